"""Below /e/<company>/recibidos/."""

from django.urls import path

from acuse.web.received import files, views

urlpatterns = [
    path("", views.index, name="received"),
    path("<int:received_id>/", views.detail, name="received_document"),
    path("<int:received_id>/archivos/<str:name>", files.download, name="received_file"),
    path(
        "<int:received_id>/declarado/<int:reception_id>/reintentar/",
        views.retry_view,
        name="retry_reception",
    ),
    path(
        "<int:received_id>/declarado/<int:reception_id>/<str:name>",
        files.of_reception,
        name="reception_file",
    ),
]
