"""What a mail server's answer means, in words for people.

Why it was refused is for `mail.reasons` to say, as of a report; here it is told by who can mend it,
and "later" is not too late yet. Source: RFC 6647 (greylisting); whose fault a reason is: mail.md 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from acuse.domain.bounce import BounceReason, Response, response_to
from acuse.mail.reasons import reason
from acuse.mail.words import GREYLISTING


class Meaning(StrEnum):
    """Why a server did not take the mail, by who can mend it."""

    ADDRESS = "ADDRESS"  # nobody there: another address is needed
    DOMAIN = "DOMAIN"  # the part after the @ takes no mail
    DISABLED = "DISABLED"  # the mailbox exists and is closed
    FULL = "FULL"
    SIZE = "SIZE"  # the packet is too heavy
    CONTENT = "CONTENT"  # a virus scanner or a rule on attachments
    SENDER = "SENDER"  # our reputation, authentication or relay: never the customer's fault
    GREYLISTED = "GREYLISTED"  # come again in some minutes
    BUSY = "BUSY"  # the server cannot now
    REFUSED = "REFUSED"  # for good, without a reason that we know
    NO_ANSWER = "NO_ANSWER"  # nothing readable was said


EXPLANATIONS = {
    Meaning.ADDRESS: "la dirección no existe, según su servidor. Revísala con tu cliente.",
    Meaning.DOMAIN: "el dominio del correo no recibe mensajes. Revisa lo que va después de la @.",
    Meaning.DISABLED: "su buzón está desactivado. Pide otro correo a tu cliente.",
    Meaning.FULL: "su buzón está lleno. Pide a tu cliente que libere espacio.",
    Meaning.SIZE: "el mensaje pesa más de lo que su servidor admite.",
    Meaning.CONTENT: "su servidor no admite el contenido o los adjuntos.",
    Meaning.SENDER: "su servidor no acepta a nuestro remitente. No es culpa de tu cliente: "
    "revisa tu servidor de salida o pide que autoricen al remitente.",
    Meaning.GREYLISTED: "su servidor pidió esperar unos minutos, como suele hacer la primera vez.",
    Meaning.BUSY: "su servidor no puede recibirlo ahora.",
    Meaning.REFUSED: "su servidor lo rechazó sin un motivo conocido. Revisa el correo con tu "
    "cliente.",
    Meaning.NO_ANSWER: "no hubo respuesta legible del servidor de correo.",
}

WHO_MENDS: Mapping[Response, Meaning] = {
    Response.HOLD: Meaning.ADDRESS,
    Response.COUNT: Meaning.REFUSED,
    Response.PACKET: Meaning.CONTENT,
    Response.ALARM: Meaning.SENDER,
    Response.LATER: Meaning.BUSY,
}
SAID_APART: Mapping[BounceReason, Meaning] = {  # within what is done about them
    BounceReason.HOST_UNKNOWN: Meaning.DOMAIN,
    BounceReason.NOT_ACCEPTED: Meaning.DOMAIN,
    BounceReason.SUSPENDED: Meaning.DISABLED,
    BounceReason.MAILBOX_FULL: Meaning.FULL,
    BounceReason.TOO_BIG: Meaning.SIZE,
    BounceReason.UNDEFINED: Meaning.REFUSED,
}
FOR_NOW = frozenset({Meaning.FULL, Meaning.SIZE, Meaning.SENDER, Meaning.GREYLISTED, Meaning.BUSY})
_ENHANCED = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")  # no IP address


def meaning(code: int, text: str) -> Meaning:
    """What the answer means; code 0 is no answer. Any text is survived.

    An answer of "later" (4xx) never says that an address is wrong, whatever its words.
    """
    if not 400 <= code <= 599:
        return Meaning.NO_ANSWER
    because = why(code, text)
    if because is BounceReason.EXPIRED and _asks_to_wait(code, text):
        return Meaning.GREYLISTED
    found = SAID_APART.get(because) or WHO_MENDS[response_to(because)]
    return found if code >= 500 or found in FOR_NOW else Meaning.BUSY


def explained(code: int, text: str) -> str:
    """One sentence about a server's refusal, to follow a colon."""
    return EXPLANATIONS[meaning(code, text)]


def why(code: int, text: str) -> BounceReason:
    """The reason for it, as a report of the same words would have it."""
    return reason(status=enhanced(code, text), code=code, said=text)


def enhanced(code: int, text: str) -> str:
    """Its enhanced code; "" also where the class is not the reply's: not believed (RFC 3463 2)."""
    found = _ENHANCED.search(text)
    return found[0] if found and found[0][0] == str(code)[0] else ""


def _asks_to_wait(code: int, text: str) -> bool:
    status = enhanced(code, text)
    told = status.startswith("4.7.") or (code == 450 and not status)
    return told or GREYLISTING.search(text) is not None
