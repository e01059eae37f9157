"""Below /e/<company>/resumenes/."""

from django.urls import path

from acuse.web.batches import views

urlpatterns = [
    path("", views.index, name="batches"),
    path("enviar/", views.gather_now, name="gather_now"),
    path("<int:batch_id>/", views.detail, name="batch"),
    path("<int:batch_id>/reintentar/", views.retry_view, name="retry_batch"),
    path("<int:batch_id>/devolver/", views.dissolve_view, name="dissolve_batch"),
    path("<int:batch_id>/archivos/<str:name>", views.download, name="batch_file"),
]
