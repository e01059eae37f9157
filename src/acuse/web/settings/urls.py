"""Below /e/<company>/configuracion/."""

from django.urls import path

from acuse.web.settings import (
    api,
    company,
    enrol,
    general,
    keys,
    mail_templates,
    mailbox,
    ranges,
    sender,
)

urlpatterns = [
    path("", general.index, name="settings"),
    path("facturacion/datos-generales/", general.switch, name="general"),
    path("facturacion/recuperar/", general.catch_up, name="catch_up"),
    path("facturacion/liberar/", general.release_many, name="release_many"),
    path("facturacion/certificado/", keys.keys, name="keys"),
    path("facturacion/certificado/reanudar/", keys.resume, name="resume_channel"),
    path("facturacion/numeraciones/", ranges.index, name="ranges"),
    path("facturacion/numeraciones/leer/", ranges.fetch, name="fetch_ranges"),
    path("facturacion/numeraciones/<int:range_id>/", ranges.change, name="change_range"),
    path("facturacion/habilitacion/", enrol.index, name="enrol"),
    path("facturacion/habilitacion/avance/", enrol.progress, name="enrol_progress"),
    path("facturacion/habilitacion/set/", enrol.run, name="enrol_run"),
    path("facturacion/habilitacion/inicio/", enrol.finish, name="enrol_finish"),
    path("facturacion/habilitacion/produccion/", enrol.promote, name="enrol_promote"),
    path("facturacion/buzon/", mailbox.index, name="mailbox"),
    path("facturacion/buzon/leer/", mailbox.wake, name="wake_mailbox"),
    path("facturacion/buzon/desconectar/", mailbox.close, name="close_mailbox"),
    path("facturacion/buzon/<int:message_id>", mailbox.message, name="mailbox_message"),
    path("correo/remitente/", sender.index, name="sender"),
    path("correo/remitente/probar/", sender.retry, name="retry_sender"),
    path("correo/plantillas/", mail_templates.index, name="mail_templates"),
    path("correo/plantillas/<slug:kind>/", mail_templates.edit, name="mail_template"),
    path(
        "correo/plantillas/<slug:kind>/restaurar/",
        mail_templates.restore,
        name="restore_mail_template",
    ),
    path(
        "correo/plantillas/<slug:kind>/vista-previa/",
        mail_templates.preview,
        name="preview_mail_template",
    ),
    path("integraciones/api/", api.index, name="api_tokens"),
    path("integraciones/api/<int:token_id>/revocar/", api.revoke, name="revoke_token"),
    path("empresa/", company.data, name="company_data"),
]
