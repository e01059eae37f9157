"""What a mail server's answer means, in words for people.

What the numbers say is known to `mail.statuses`, as for reports; here it is told by who can mend
it, and "later" is not too late yet. An enhanced code says most, known words say more than a bare
number. Source: RFC 6647 (greylisting); whose fault a reason is: mail.md 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from acuse.domain.bounce import BounceReason, Response, response_to
from acuse.mail.statuses import of_reply, of_status


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
}
FOR_NOW = frozenset({Meaning.FULL, Meaning.SIZE, Meaning.SENDER, Meaning.GREYLISTED, Meaning.BUSY})
WORDS = (  # what servers say, in lower case; first come, first served
    (r"gr[ea]y-?list", Meaning.GREYLISTED),
    (r"recipientnotfound|user unknown|unknown user|no such (?:user|recipient|mailbox)|"
     r"(?:user|address|account|mailbox) (?:does not|doesn't) exist|invalid recipient",
     Meaning.ADDRESS),
    (r"(?:mailbox|inbox|account)(?: is)? full|over ?quota|quota exceeded|out of storage|"
     r"insufficient (?:disk|storage) space", Meaning.FULL),
    (r"(?:account|mailbox)[^.]{0,20}(?:disabled|suspended|inactive)", Meaning.DISABLED),
    (r"(?:message|size)[^.]{0,30}(?:too (?:big|large)|exceeds)", Meaning.SIZE),
    (r"virus|malware|attachment", Meaning.CONTENT),
    (r"\bspam|blocked|block ?list|black ?list|dnsbl|rbl\b|reputation|\bspf\b|\bdkim\b|\bdmarc\b|"
     r"relay(?:ing)? (?:access )?denied|not permitted to relay|too many|rate limit|"
     r"sender (?:address )?(?:is )?(?:rejected|denied)",
     Meaning.SENDER),
    (r"domain not found|host(?: or domain name)? not found", Meaning.DOMAIN),
)  # fmt: skip
CERTAIN = frozenset(
    {Meaning.GREYLISTED, Meaning.ADDRESS, Meaning.FULL, Meaning.SENDER, Meaning.DOMAIN}
)  # words that say more than an enhanced code
_ENHANCED = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")  # no IP address


def meaning(code: int, text: str) -> Meaning:
    """What the answer means; code 0 is no answer. Any text is survived.

    An answer of "later" (4xx) never says that an address is wrong, whatever its words.
    """
    if not 400 <= code <= 599:
        return Meaning.NO_ANSWER
    by_words = _by_words(text)
    certain = by_words if by_words in CERTAIN else None
    found = certain or _by_enhanced(code, text) or by_words or _by_code(code)
    return found if code >= 500 or found in FOR_NOW else Meaning.BUSY


def explained(code: int, text: str) -> str:
    """One sentence about a server's refusal, to follow a colon."""
    return EXPLANATIONS[meaning(code, text)]


def _by_enhanced(code: int, text: str) -> Meaning | None:
    """None also where its class is not the reply's: such a code is not believed (RFC 3463 2)."""
    found = _ENHANCED.search(text)
    if not found or found[0][0] != str(code)[0]:
        return None
    if found[0].startswith("4.7."):
        return Meaning.GREYLISTED
    return _of(of_status(found[0])) or (Meaning.BUSY if code < 500 else None)


def _by_words(text: str) -> Meaning | None:
    said = text.lower()[:2000]
    return next((one for words, one in WORDS if re.search(words, said)), None)


def _by_code(code: int) -> Meaning:
    if code == 450:
        return Meaning.GREYLISTED
    return _of(of_reply(code)) or Meaning.REFUSED


def _of(reason: BounceReason | None) -> Meaning | None:
    if reason is None:
        return None
    return SAID_APART.get(reason) or WHO_MENDS[response_to(reason)]
