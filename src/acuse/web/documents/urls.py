"""Below /e/<company>/facturas/."""

from django.urls import path

from acuse.web.documents import (
    answers,
    catalogue,
    contingency,
    deciding,
    files,
    frozen,
    issuing,
    resending,
    views,
    voiding,
)
from acuse.web.public import links

urlpatterns = [
    path("", views.index, name="documents"),
    path("nueva/", issuing.new, name="new_document"),
    path("<int:document_id>/editar/", issuing.edit, name="edit_draft"),
    path("<int:document_id>/copiar/", issuing.copy, name="copy_document"),
    path("nueva/linea/", issuing.line, name="new_line"),
    path("nueva/catalogo/<slug:name>/", catalogue.search, name="catalogue"),
    path("nueva/totales/", issuing.totals, name="new_totals"),
    path("<int:document_id>/", views.detail, name="document"),
    path("<int:document_id>/emitir/", issuing.issue_draft, name="issue_draft"),
    path("<int:document_id>/descartar/", issuing.discard, name="discard_draft"),
    path("<int:document_id>/reintentar/", deciding.retry_view, name="retry_document"),
    path("<int:document_id>/reenviar/", resending.resend_view, name="resend_document"),
    path("<int:document_id>/corregir/", deciding.mend, name="mend_document"),
    path("<int:document_id>/sin-uso/", deciding.leave_unused, name="leave_unused"),
    path("<int:document_id>/anular/", voiding.void_view, name="void_document"),
    path("<int:document_id>/resumen/", voiding.gather_view, name="gather_document"),
    path("<int:document_id>/contingencia/", contingency.declare, name="declare_contingency"),
    path("<int:document_id>/contingencia/entrega/", contingency.handed, name="hand_container"),
    path("<int:document_id>/retenido/<int:delivery_id>/", deciding.held_view, name="held_delivery"),
    path("<int:document_id>/eventos/", answers.events_view, name="buyer_events"),
    path("<int:document_id>/tacita/", answers.lapse_view, name="accept_by_lapse"),
    path("<int:document_id>/enlace/<int:recipient_id>/", links.change, name="change_link"),
    path("<int:document_id>/pagos/", views.pay, name="pay_document"),
    path(
        "<int:document_id>/enviado/archivo/<int:file_id>/", frozen.packet_file, name="frozen_file"
    ),
    path(
        "<int:document_id>/enviado/mensaje/<int:recipient_id>/",
        frozen.message,
        name="frozen_message",
    ),
    path("<int:document_id>/archivos/<str:name>", files.download, name="document_file"),
]
