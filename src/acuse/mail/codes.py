"""What a mail server's answer means, in words for people.

Source: RFC 3463 (enhanced codes), RFC 5321 4.2 (replies), RFC 6647 (greylisting); whose fault a
reason is: mail.md 4. An enhanced code says most, known words say more than a bare number.
"""

from __future__ import annotations

import re
from enum import StrEnum


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

ENHANCED = (  # beginning of the code, what it means; the longer beginnings first
    ("5.1.10", Meaning.DOMAIN),  # RFC 7505: a null MX; Exchange's other use is found by its words
    ("5.1.7", Meaning.SENDER),
    ("5.1.8", Meaning.SENDER),
    ("5.1.2", Meaning.DOMAIN),
    ("5.1", Meaning.ADDRESS),
    ("5.2.2", Meaning.FULL),
    ("5.2.3", Meaning.SIZE),
    ("5.2", Meaning.DISABLED),
    ("5.3.4", Meaning.SIZE),
    ("5.4.4", Meaning.DOMAIN),
    ("5.6", Meaning.CONTENT),
    ("5.7", Meaning.SENDER),
    ("4.2.2", Meaning.FULL),
    ("4.7", Meaning.GREYLISTED),
    ("4", Meaning.BUSY),
)
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
     r"relay(?:ing)? (?:access )?denied|not permitted to relay|too many|rate limit",
     Meaning.SENDER),
    (r"domain not found|host(?: or domain name)? not found", Meaning.DOMAIN),
)  # fmt: skip
BY_CODE = (  # first, last, what a reply code alone means
    (452, 452, Meaning.BUSY),
    (552, 552, Meaning.FULL),
    (450, 450, Meaning.GREYLISTED),
    (530, 539, Meaning.SENDER),
    (400, 499, Meaning.BUSY),
    (500, 599, Meaning.REFUSED),
)
_ENHANCED = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")  # no IP address


def meaning(code: int, text: str) -> Meaning:
    """What the answer means; code 0 is no answer. Any text is survived.

    An answer of "later" (4xx) never says that an address is wrong, whatever its words.
    """
    if not 400 <= code <= 599:
        return Meaning.NO_ANSWER
    by_words = _by_words(text)
    certain = by_words in (Meaning.GREYLISTED, Meaning.ADDRESS, Meaning.FULL, Meaning.SENDER)
    found = (by_words if certain else None) or _by_enhanced(code, text) or by_words
    found = found or _by_code(code)
    return found if code >= 500 or found in FOR_NOW else Meaning.BUSY


def explained(code: int, text: str) -> str:
    """One sentence about a server's refusal, to follow a colon."""
    return EXPLANATIONS[meaning(code, text)]


def _by_enhanced(code: int, text: str) -> Meaning | None:
    """None also where its class is not the reply's: such a code is not believed (RFC 3463 2)."""
    found = _ENHANCED.search(text)
    if not found or found[0][0] != str(code)[0]:
        return None
    return next((one for start, one in ENHANCED if f"{found[0]}.".startswith(f"{start}.")), None)


def _by_words(text: str) -> Meaning | None:
    said = text.lower()[:2000]
    return next((one for words, one in WORDS if re.search(words, said)), None)


def _by_code(code: int) -> Meaning:
    return next(one for first, last, one in BY_CODE if first <= code <= last)
