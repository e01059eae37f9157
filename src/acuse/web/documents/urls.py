"""Below /e/<company>/facturas/."""

from django.urls import path

from acuse.web.documents import files, issuing, views

urlpatterns = [
    path("", views.index, name="documents"),
    path("nueva/", issuing.new, name="new_document"),
    path("nueva/linea/", issuing.line, name="new_line"),
    path("nueva/totales/", issuing.totals, name="new_totals"),
    path("<int:document_id>/", views.detail, name="document"),
    path("<int:document_id>/emitir/", issuing.issue_draft, name="issue_draft"),
    path("<int:document_id>/reintentar/", views.retry_view, name="retry_document"),
    path("<int:document_id>/enviar/", views.send_view, name="send_document"),
    path("<int:document_id>/retenido/<int:delivery_id>/", views.held_view, name="held_delivery"),
    path("<int:document_id>/archivos/<str:name>", files.download, name="document_file"),
]
