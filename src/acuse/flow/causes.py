"""Words for a cause of failures: what it is called, what it means, what to do.

Source: product.md 5.11 and 6.2.
"""

from __future__ import annotations

from acuse.domain.alarm import Trouble
from acuse.domain.failure import Cause
from acuse.domain.traits import Traits

TITLES = {
    Cause.NO_EMAIL: "Falta correo",
    Cause.COMPANY_INCOMPLETE: "Empresa incompleta",
    Cause.ADDRESS_SUPPRESSED: "Dirección suspendida",
    Cause.PACKET_INCOMPLETE: "Paquete incompleto",
    Cause.CONFIRM_MANY: "Esperan tu confirmación",
    Cause.SWITCH_OFF: "Envío automático apagado",
    Cause.EXPIRED: "Retenidos más de 30 días",
    Cause.VOIDED: "Documento anulado",
    Cause.BAD_ADDRESS: "Dirección inválida",
    Cause.BOUNCED: "Rebote permanente",
    Cause.MAILBOX_FULL: "Buzón lleno",
    Cause.BLOCKED: "Rechazado por el servidor",
    Cause.TOO_BIG: "Adjunto demasiado grande",
    Cause.OUR_SERVER: "Servidor nuestro",
    Cause.THEIR_SERVER: "El servidor del cliente no responde",
    Cause.UNDECIDED: "Envío incierto: decide tú",
    Cause.UNCERTAIN: "Envío incierto",
    Cause.AUTHORITY: "Detenidos con {authority}",
    Cause.LATE: "Tardan más de lo normal",
}

SENTENCES = {
    Cause.NO_EMAIL: "El cliente no tiene correo para ese documento. Agrégalo aquí y sale solo.",
    Cause.COMPANY_INCOMPLETE: "Faltan datos de tu empresa. Complétalos y salen solos.",
    Cause.ADDRESS_SUPPRESSED: "La dirección rebotó antes y no se le escribe. Corrígela y sale "
    "solo; si ya funciona, vuelve a intentar con ella.",
    Cause.PACKET_INCOMPLETE: "No se pudo armar el paquete de archivos. Se intenta de nuevo cada 15 "
    "minutos; el motivo está en la Actividad del documento.",
    Cause.CONFIRM_MANY: "Ya tienen lo que les faltaba. Como son muchos a la vez, confirma que "
    "salgan.",
    Cause.SWITCH_OFF: "Quedaron retenidos al apagar el envío automático. Libéralos si deben salir.",
    Cause.EXPIRED: "Esperaron más de 30 días y ya no salen solos. Envíalos tú, si todavía hace "
    "falta.",
    Cause.VOIDED: "El documento se anuló antes de enviarse. Ciérralo con «No enviar».",
    Cause.BAD_ADDRESS: "La dirección no existe o su dominio no recibe correo. Corrígela con tu "
    "cliente.",
    Cause.BOUNCED: "El correo salió y volvió. Corrige la dirección con tu cliente.",
    Cause.MAILBOX_FULL: "El buzón del cliente está lleno. Pídele que libere espacio o que te dé "
    "otro correo.",
    Cause.BLOCKED: "El servidor del cliente lo bloqueó por sus reglas. Pide que autoricen a tu "
    "remitente y reintenta.",
    Cause.TOO_BIG: "Pesa más de lo que admite el servidor del cliente. Entrégalo por otro medio.",
    Cause.OUR_SERVER: "Tu servidor de salida no responde o no acepta a tu remitente. No es culpa "
    "de tus clientes: revísalo; se reintenta solo.",
    Cause.THEIR_SERVER: "Su servidor pide esperar una y otra vez. Se reintenta solo; si falló del "
    "todo, reintenta tú.",
    Cause.UNDECIDED: "El servidor no confirmó: puede haber llegado. Reenvíalo, o márcalo "
    "como resuelto si tu cliente lo tiene.",
    Cause.UNCERTAIN: "El servidor no confirmó la entrega. Esperamos noticias; no tienes que hacer "
    "nada.",
    Cause.AUTHORITY: "La conversación con {authority} se detuvo y espera tu decisión. Reintentar "
    "siempre pregunta primero.",
    Cause.LATE: "Llevan más de 6 horas en camino, o algo les impide salir: cada uno dice qué. Se "
    "sigue intentando; si no dice nada, revisa que los procesos de Acuse estén en marcha.",
}

TROUBLES = {
    Trouble.SENDER_LOST: (
        "El DNS ya no prueba tu dominio",
        "tus correos nuevos salen con el remitente de la instalación",
    ),
    Trouble.KEY_LOST: (
        "El DNS ya no muestra tu llave DKIM",
        "nadie puede comprobar la firma de tus correos",
    ),
}


def title(cause: Cause | str, traits: Traits) -> str:
    """What a cause is called."""
    return TITLES[Cause(cause)].format(authority=traits.words.authority)


def sentence(cause: Cause | str, traits: Traits) -> str:
    """What it means and what to do."""
    return SENTENCES[Cause(cause)].format(authority=traits.words.authority)
