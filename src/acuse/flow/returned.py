"""What came back of a company's mails to the company's own mailbox, for `track` to work off.

Where a company sends by a mail server of its own, what comes back comes to an address of its own.
It is traced here as `track` does, and handed over only where it names a mail of that company: what
is kept once for each hash cannot be used up in the mailbox of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from acuse.domain import bounce_trace
from acuse.domain.bounce_trace import Sent
from acuse.domain.mailbox import MailOutcome
from acuse.domain.report import Action, Report, ReportKind
from acuse.domain.returned import Intake
from acuse.flow import outside, returns, track
from acuse.gateways.report_reader import Unreadable
from acuse.store import news

# A person's answer lies where its company reads it: there is nobody to hand it on to, and nothing
# of it is kept. Our own mail, in the mailbox of who bought from us, is a document and no news.
TOLD = {
    ReportKind.RECEIPT: "un programa avisa que se abrió el correo a {to}",
    ReportKind.COMPLAINT: "{to} marcó el correo como no deseado",
    ReportKind.FEEDBACK: "el proveedor de {to} avisa algo del correo",
    ReportKind.AUTO_REPLY: "respuesta automática de {to}",
    ReportKind.CHALLENGE: "el servidor de {to} pide que una persona confirme el correo",
}
TOLD_OF_MAIL = (  # the first that a server says of the address
    (Action.FAILED, "el correo a {to} no llegó"),
    (Action.DELAYED, "el correo a {to} se demora"),
    (Action.DELIVERED, "aviso de entrega a {to}"),
)
PASSED_ON = "el correo a {to} pasó a otro servidor"
DOUBTED = (
    "aviso del correo a {to}, pero habla de una dirección a la que no escribimos; no lo tomamos en "
    "cuenta"
)
ANSWERS = (ReportKind.AUTO_REPLY, ReportKind.CHALLENGE)


@dataclass(frozen=True, slots=True)
class Returned:
    """A message about a mail of the company's; `answers`: its files are its writer's, not ours."""

    document: int
    number: str
    text: str
    answers: bool


def read(company_id: int, raw: bytes, *, at: datetime) -> Returned | None:
    """What the message tells of a mail of that company's; None for all other messages."""
    try:
        report = outside.report_reader().read(raw, to=())
    except Unreadable:
        return None
    if report.kind is not ReportKind.DELIVERY and report.kind not in TOLD:
        return None
    named = bounce_trace.tokens(report, returns.keys())
    kept = news.kept([token for _, token in named])
    trace = bounce_trace.trace(report, named, kept=kept, company=company_id, at=at)
    if trace.recipient is None:
        return None
    document, number = news.document_of(trace.recipient)
    text = _words(report, kept[trace.token]) if trace.believed else DOUBTED
    text = text.format(to=kept[trace.token].address)
    return Returned(document, number, text, report.kind in ANSWERS)


def take(back: Returned, company_id: int, raw: bytes, *, at: datetime) -> Mapping[str, Any]:
    """What became of the message, now kept for `track`; once, by whatever way it came."""
    new = track.take(raw, to=(), intake=Intake.MAILBOX, owner=company_id, at=at)
    return {
        "name": "",
        "outcome": (MailOutcome.RETURNED if new else MailOutcome.KNOWN).value,
        "document": back.document,
        "number": back.number,
        "text": back.text,
    }


def _words(report: Report, sent: Sent) -> str:
    if report.kind is not ReportKind.DELIVERY:
        return TOLD[report.kind]
    actions = {one.action for one in bounce_trace.about(report, sent.address)}
    return next((text for action, text in TOLD_OF_MAIL if action in actions), PASSED_ON)
