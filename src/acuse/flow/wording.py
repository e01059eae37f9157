"""Words for one thing: a reason, a declaration, a batch, a trouble of a mailbox, a way of giving.

No capital and no full stop, unless it is a name.
"""

from __future__ import annotations

from collections.abc import Collection

from acuse.domain.batch import BatchKind
from acuse.domain.counter import Counter
from acuse.domain.handover import HandedOver, Way
from acuse.domain.mailbox import Cause, Trouble
from acuse.domain.received import ReceptionKind

REASONS = {
    "NO_EMAIL": "el cliente no tiene correo. Agrégalo y saldrá solo",
    "NO_TAKER": "ninguna dirección del contacto recibe este tipo de documento. Marca una en el "
    "contacto y saldrá solo",
    "COMPANY_INCOMPLETE": "faltan datos de tu empresa. Complétalos y saldrá solo",
    "ADDRESS_SUPPRESSED": "la dirección rebotó antes. Corrígela y saldrá solo",
    "PACKET_INCOMPLETE": "el paquete o el mensaje no está completo; se volverá a intentar",
    "SWITCH_OFF": "el envío automático está apagado",
    "CUSTOMER_NEVER": "el cliente pidió no recibir correos automáticos",
    "EXPIRED": "pasaron más de 30 días. Envíalo tú si todavía hace falta",
    "CONFIRM_MANY": "son muchos a la vez. Confirma que salgan",
    "NOT_WANTED": "se decidió no enviarlo",
    "HANDED_OVER": "se entregó por otro medio",
    "SENT_BY_HAND": "ya se envió a mano",
    "VOIDED": "el documento fue anulado",
    "NOBODY": "se vendió a quien no dio sus datos y no hay a quién enviarlo",
}


NO_TAKER = "NO_TAKER"  # of NO_EMAIL, where the contact has addresses for other kinds


def why(code: str, addresses: Collection[object]) -> dict[str, str]:
    """What says more than the reason alone, of a contact with those addresses; {} for nothing."""
    return {"why": NO_TAKER} if code == "NO_EMAIL" and addresses else {}


def reason(code: str) -> str:
    """Why a mail waits or does not leave, without capital and full stop."""
    return REASONS.get(code, code)


METHODS = {
    "CASH": "en efectivo",
    "TRANSFER": "por transferencia",
    "CARD": "con tarjeta",
    "CHECK": "con cheque",
    "SINPE": "por pago móvil",
    "PLATFORM": "por plataforma digital",
    "THIRD_PARTY": "recaudado por terceros",
}


def method(code: str) -> str:
    """By what means something was paid."""
    return METHODS.get(code, code)


def reception(kind: ReceptionKind, counter: Counter) -> str:
    """What is declared about a document, in the country's words."""
    return next(one.words for one in counter.declarables if one.kind is kind)


BATCHES = {
    BatchKind.SUMMARY: "Resumen diario",
    BatchKind.VOIDING: "Comunicación de baja",
    BatchKind.REVERSAL: "Resumen de reversiones",
}


def batch(kind: BatchKind) -> str:
    """What a batch is."""
    return BATCHES[kind]


MAIL_TROUBLES = {
    Cause.UNREACHABLE: "no se pudo hablar con el servidor. Lo intentaremos solos; si sigue, revisa "
    "el servidor y el puerto",
    Cause.UNPROTECTED: "el servidor no ofrece una conexión cifrada de fiar. Revisa la seguridad y "
    "el nombre del servidor",
    Cause.REFUSED: "el servidor no aceptó el usuario o la contraseña. Corrígelos y guarda; muchos "
    "proveedores piden una contraseña de aplicación",
    Cause.NO_FOLDER: "la carpeta no existe. Corrígela y guarda",
    Cause.LATER: "el servidor pidió esperar. Lo intentaremos solos",
    Cause.SENSELESS: "el servidor respondió algo que no se entiende. Revisa que el protocolo y el "
    "puerto sean los suyos",
}


def mail_trouble(trouble: Trouble) -> str:
    """What kept us from reading a mailbox, and what to do; no capital."""
    said = f" (dijo: {trouble.text})" if trouble.text else ""
    return f"{MAIL_TROUBLES[trouble.cause]}{said}."


WAYS = {
    Way.PRINTED: "impreso",
    Way.BY_HAND: "en mano, los archivos",
    Way.OTHER: "por otro medio",
}


def handed(handed_over: HandedOver) -> str:
    """How, to whom and when a document was given; no capital, no full stop."""
    told = f"{WAYS[handed_over.way]}, a {handed_over.to}, el {handed_over.day:%d/%m/%Y}"
    return f"{told}: {handed_over.note}" if handed_over.note else told
