"""What is no report of a server: automatic answers, challenges, people, and our own mail.

None of them is ever a failure (reliability.md F86). Signs: mail.md 6, RFC 3834.
"""

from __future__ import annotations

import re

from acuse.domain.text import bare
from acuse.mail.incoming import sender_of, words_of
from acuse.mail.reports.opened import Opened, words

MOST_HOPS = 60  # a mail that was handed on so often goes round in circles
_DAEMONS = re.compile(
    r"(?:mailer-?daemon|mail-?daemon|m?daemon|postmaster|mail[._-]?delivery\S*|postoffice|bounces?|"
    r"ndr)(?![a-z])"
)
_REPORT = re.compile(r'report-type="?delivery-status')
_DAEMON_NAMES = re.compile(
    r"mail (?:delivery|administrator|system)|system administrator|postmaster"
)
_FAILING = re.compile(
    r"undeliver|deliver|returned (?:e-?)?mail|mail (?:error|failure|system)|failure|non-?remis|"
    r"non-?delivery|no (?:se )?(?:pudo|puede|ha podido) (?:ser )?entreg|devuelto|no entregado|"
    r"rebotad|rejected|rechazad|processing error|mail failed",
)
_BY_PROGRAMS = ("auto_reply", "auto-reply", "bulk", "junk", "list")
_AUTOMATIC = re.compile(
    r"respuesta automatica|fuera de (?:la |mi )?oficina|out of (?:the )?office|automatic reply|"
    r"auto(?:matic)?[- ]?(?:reply|respon\w+)|contestador|estoy de vacaciones|de vacaciones|"
    r"\bausente\b|ausencia|vacation|away from|resposta automatica|fora do escritorio|"
    r"acuse de recibo automatico|no responder|\bticket\b|caso #|hemos recibido su",
)
_MARK = r"(?:re|rv|aw|sv|res|fwd?|enc)\s*(?:\[\d+\])?\s*:"
_ANSWER = re.compile(rf"\s*{_MARK}")
# Where our own subject begins, in which customers and companies have any name.
_OURS = re.compile(
    rf"\b{_MARK}|\b(?:facturas?|boletas?|tiquetes?|notas? de|comprobantes?|recibo electronico|"
    r"guias?|retencion|percepcion|liquidacion|documentos?)\b|\b[a-z]{0,3}\d{1,4}-\d|\b\d{6,};"
)
_LINK = re.compile(r"https?://", re.IGNORECASE)
_HUMAN = re.compile(
    r"(?:confirm|verif|demostr|prove|comprueb|valid)\w*[^.]{0,80}"
    r"(?:human|persona|robot|remitente|sender|real\b|identidad)|"
    r"(?:para que (?:su|tu) (?:mensaje|correo)|in order for your (?:message|mail)|"
    r"before your (?:message|mail))[^.]{0,80}(?:entreg|deliver)|captcha|challenge.?response|"
    r"lista blanca|white ?list request",
)


def is_ours(message: Opened) -> bool:
    """Whether it is our own mail, or one that goes round in circles."""
    hops = sum(1 for name, _ in message.head.raw_items() if name.lower() == "received")
    return bool(message.header("X-Acuse-Delivery")) or hops > MOST_HOPS


def is_of_a_server(message: Opened) -> bool:
    """Whether a mail system wrote it, by its sender's address or name, or its form."""
    name, address = sender_of(message.head)
    nobody = message.header("Return-Path") == "<>" and not is_automatic(message)
    return nobody or bool(
        _DAEMONS.match(address.rpartition("@")[0].lower())
        or _DAEMON_NAMES.search(name.lower())
        or message.header("X-Failed-Recipients")
        or _REPORT.search(message.header("Content-Type").lower())
    )


def may_tell_of_failure(message: Opened) -> bool:
    """Whether its subject says that a mail did not arrive, and it is no answer to one."""
    told = subject(message)
    return bool(_FAILING.search(told)) and not _ANSWER.match(told)


def says_automatic(message: Opened) -> bool:
    """Whether a header says that a program answered (RFC 3834)."""
    submitted = message.header("Auto-Submitted").lower()
    answered = any(map(message.header, ("X-Autoreply", "X-Autorespond", "X-Autoresponse")))
    return (
        (submitted not in ("", "no") and not submitted.startswith("no;"))
        or answered
        or bool(message.header("X-Auto-Response-Suppress"))
        or message.header("Precedence").lower() in _BY_PROGRAMS[:2]
    )


def is_automatic(message: Opened) -> bool:
    """Whether a program answered, by its headers or by what it put before our subject.

    Our subject holds names of people's own: a Ticketmaster, some Vacation Rentals.
    """
    told = subject(message)
    if is_answer(message):
        ours = _OURS.search(told)
        told = told[: ours.start()] if ours else told
    return says_automatic(message) or bool(_AUTOMATIC.search(told))


def is_of_a_program(message: Opened) -> bool:
    """Whether a header or an empty sender says that nobody wrote it: it goes no further (F81)."""
    sent = message.header("Precedence").lower() in _BY_PROGRAMS
    nobody = message.header("Return-Path") == "<>"
    return sent or nobody or says_automatic(message) or is_of_a_server(message)


def is_challenge(message: Opened) -> bool:
    """Whether it wants a person to follow a link before the mail is handed over.

    Who answers our subject, and no header says otherwise, is a person that sends a link.
    """
    if _ANSWER.match(subject(message)) and not says_automatic(message):
        return False
    text = words(message)[:8000]
    return bool(_LINK.search(text) and _HUMAN.search(bare(f"{subject(message)}\n{text}")))


def is_answer(message: Opened) -> bool:
    """Whether it answers a mail."""
    named = message.header("In-Reply-To") or message.header("References")
    return bool(named or _ANSWER.match(subject(message)))


def subject(message: Opened) -> str:
    """Its subject as it is compared: decoded, lower case, without accents."""
    return bare(words_of(message.header("Subject")[:1000]))
