"""Reports as servers shape them, written by us about invented people (mail.md 4 and 9).

`report` makes the formed ones; each function below it is one server's own way.
"""

from __future__ import annotations

import email.policy
from base64 import encodebytes
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from acuse.domain import verp
from acuse.domain.bounce_news import Followed, News, fold, news
from acuse.domain.bounce_trace import Sent, Trace, tokens, trace
from acuse.domain.recipient import RecipientState
from acuse.domain.report import Report
from acuse.mail.compose import compose, part
from acuse.mail.reports.read import read
from tests.mail.letters import FILES, letter

AT = datetime(2026, 11, 26, 15, tzinfo=UTC)
KEYS = verp.Keys(b"k" * 32)
NAME = bytes(range(10))
TOKEN = verp.token(NAME, KEYS)
OTHER_TOKEN = verp.token(b"0123456789", KEYS)
TO = "pagos@cliente.example"
COMPANY, RECIPIENT = 7, 41
RETURN_PATH = f"avisos+{TOKEN}@acuse.example"
SENT = Sent(RECIPIENT, COMPANY, TO, TOKEN, AT - timedelta(hours=1))
OTHER = Sent(42, 8, "otro@cliente.example", OTHER_TOKEN, AT - timedelta(hours=1))
KEPT = {TOKEN: SENT, OTHER_TOKEN: OTHER}


def ours(token: str = TOKEN, to: str = TO) -> bytes:
    """The message that we sent."""
    made = letter(to=to, token=token, message_id=f"<{token}@acuse.example>", date=AT)
    return compose(made, (part(FILES[0]),))


def head_of(message: bytes) -> bytes:
    return message.partition(b"\r\n\r\n")[0] + b"\r\n"


def status(
    action: str = "failed",
    code: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 No such user here",
    *,
    to: str = TO,
    more: str = "",
    about: str = "",
) -> str:
    """The fields of a delivery status about one address."""
    return (
        f"Reporting-MTA: dns; mx.relevo.example\r\n{about}"
        f"Arrival-Date: Thu, 26 Nov 2026 10:00:00 -0500\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\n{more}Action: {action}\r\nStatus: {code}\r\n"
        f"Remote-MTA: dns; mx.cliente.example\r\nDiagnostic-Code: {said}\r\n"
    )


def report(
    fields: str | None = None,
    *,
    text: str = "No se pudo entregar tu mensaje.",
    kind: str = "multipart/report; report-type=delivery-status",
    status_type: str = "message/delivery-status",
    encoding: str = "",
    original: bytes | None = None,
    original_type: str = "message/rfc822",
    head: str = "",
    to: str = RETURN_PATH,
    sender: str = "MAILER-DAEMON@mx.relevo.example (Mail Delivery System)",
    subject: str = "Undelivered Mail Returned to Sender",
) -> bytes:
    """A report of three parts."""
    told = status() if fields is None else fields
    packed = told.encode()
    if encoding == "base64":
        packed = encodebytes(packed)
    elif encoding == "quoted-printable":
        packed = packed.replace(b"=", b"=3D").replace(b"Status", b"=53tatus")
    encoded = f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    back = ours() if original is None else original
    return (
        f"Return-Path: <>\r\nFrom: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\n{head}"
        f'Date: Thu, 26 Nov 2026 10:00:00 -0500\r\nMIME-Version: 1.0\r\nContent-Type: {kind};\r\n'
        f' boundary="=_corte"\r\n\r\n--=_corte\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
        f"{text}\r\n\r\n--=_corte\r\nContent-Type: {status_type}\r\n{encoded}\r\n"
    ).encode() + packed + (
        f"\r\n--=_corte\r\nContent-Type: {original_type}\r\n\r\n"
    ).encode() + back + b"\r\n--=_corte--\r\n"  # fmt: skip


def plain(text: str, *, head: str = "", subject: str = "failure notice", to: str = "") -> bytes:
    """A report without parts."""
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <Mailer-Daemon@mx.relevo.example>\r\n"
        f"To: {to or RETURN_PATH}\r\nSubject: {subject}\r\n{head}Date: Thu, 26 Nov 2026 10:00:00 "
        f"-0500\r\n\r\n"
    ).encode() + text.replace("\n", "\r\n").encode()


def exim(said: str = "550 5.1.1 No such user here", *, more: str = "") -> bytes:
    """Exim's plain text with a copy of the message below."""
    return plain(
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to all of its recipients.\n"
        f"The following address(es) failed:\n\n  {TO}\n{more}    host mx.cliente.example "
        f"[192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<{TO}>:\n    {said}\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        + ours().decode().replace("\r\n", "\n"),
        head=f"X-Failed-Recipients: {TO}\r\nAuto-Submitted: auto-replied\r\n",
        subject="Mail delivery failed: returning message to sender",
    )


def exim_delay() -> bytes:
    """Exim's warning: not a failure, though it names a failed recipient's form."""
    return plain(
        "This message was created automatically by mail delivery software.\n"
        "A message that you sent has not yet been delivered to one or more of its\n"
        "recipients after more than 24 hours on the queue.\n\n"
        f"The address to which the message has not yet been delivered is:\n\n  {TO}\n"
        "    Delay reason: connection timed out\n\n"
        "No action is required on your part.\n",
        head="Auto-Submitted: auto-replied\r\n",
        subject="Warning: message 1abc-000 delayed 24 hours",
    )


def qmail(said: str = "550 user unknown") -> bytes:
    """qmail's plain text."""
    return plain(
        "Hi. This is the qmail-send program at mx.relevo.example.\n"
        "Your message could not be handed over, and I have stopped trying.\n\n"
        f"<{TO}>:\n192.0.2.7 does not like recipient.\nRemote host said: {said}\n"
        "Giving up on 192.0.2.7.\n\n--- Below this line is a copy of the message.\n\n"
        + ours().decode().replace("\r\n", "\n")
    )


def postfix_text(*, waiting: bool = False) -> bytes:
    """Postfix's text where the report part was lost on the way."""
    warning = "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n\n"
    return plain(
        f"This is the mail system at host mx.relevo.example.\n\n{warning if waiting else ''}"
        f"{'' if waiting else 'Your message could not be delivered.'}\n\n"
        f"<{TO}>: host mx.cliente.example[192.0.2.7] said:\n    550 5.1.1 <{TO}>: Recipient\n"
        "    address rejected: User unknown (in reply to RCPT TO command)\n",
        subject="Delayed Mail (still being retried)"
        if waiting
        else "Undelivered Mail Returned to Sender",
    )


def answer(text: str, *, to: str = RETURN_PATH, **headers: str) -> bytes:
    """A mail of the addressee, by a person or a program."""
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = "Pagos Cliente <pagos@cliente.example>"
    made["To"] = to
    made["Subject"] = "Re: Factura F001-123"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def complaint(kind: str = "abuse", *, original: bytes | None = None) -> bytes:
    """A report in the form of RFC 5965, its addressee blotted out as is usual."""
    fields = (
        f"Feedback-Type: {kind}\r\nUser-Agent: Quejas/1\r\nVersion: 1\r\nOriginal-Rcpt-To: x@y\r\n"
    )
    return report(
        fields,
        kind="multipart/report; report-type=feedback-report",
        status_type="message/feedback-report",
        original=original,
        sender="quejas@proveedor.example",
        subject="FW: Factura",
        to="avisos@acuse.example",
    )


def receipt(done: str = "manual-action/MDN-sent-manually; displayed", named: str = TOKEN) -> bytes:
    """A read receipt in the form of RFC 8098."""
    fields = (
        f"Reporting-UA: cliente.example; Correo\r\nFinal-Recipient: rfc822;{TO}\r\n"
        f"Original-Message-ID: <{named}@acuse.example>\r\nDisposition: {done}\r\n"
    )
    return report(
        fields,
        kind="multipart/report; report-type=disposition-notification",
        status_type="message/disposition-notification",
        original=b"",
        original_type="text/plain",
        sender=TO,
        subject="Leído: Factura F001-123",
    )


def traced(raw: bytes, *, company: int | None = None) -> tuple[Report, Trace]:
    """What the bytes are and whose mail they are about."""
    told = read(raw)
    found = trace(told, tokens(told, KEYS), kept=KEPT, recent=(SENT,), company=company, at=AT)
    return told, found


def told_by(raw: bytes, *, at: datetime = AT, company: int | None = None) -> tuple[News, ...]:
    """The news of our recipient that the bytes bring."""
    told, found = traced(raw, company=company)
    return news(told, found, TO, at=at) if found.recipient == RECIPIENT else ()


def after(*raws: bytes, state: RecipientState = RecipientState.SENT) -> Followed:
    """What our recipient is after these mails came."""
    return fold(state, [one for raw in raws for one in told_by(raw)])
