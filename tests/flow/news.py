"""What comes back of a mail, as servers and people write it, and hands to bring it in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from acuse.domain.returned import Intake
from acuse.flow import outside, track
from acuse.store import models
from tests.flow.house import House

DOMAIN = "b.acuse.example"
_count = 0


def _unique() -> str:
    global _count
    _count += 1
    return f"Message-ID: <{_count}@mx.cliente.example>"


def dsn(
    recipient: models.Recipient | None,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 no such user",
    *,
    address: str = "",
    returned: bool = True,
) -> bytes:
    """A report of a mail server (RFC 3464), with the head of our mail as it gives it back."""
    to = address or (recipient.address if recipient else "nadie@cliente.example")
    ours = ""
    if recipient is not None and returned:
        ours = f"X-Acuse-Delivery: {recipient.token}\nMessage-ID: {recipient.message_name}"
    return (
        f"""From: Mail Delivery System <MAILER-DAEMON@mx.cliente.example>
Subject: Undelivered Mail Returned to Sender
{_unique()}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.cliente.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

{ours}
Subject: Factura

--b--
"""
    ).replace("\n", "\r\n").encode()  # fmt: skip


def complaint(recipient: models.Recipient) -> bytes:
    """What a provider tells whose user pressed "spam" (RFC 5965)."""
    return (
        f"""From: <feedback@proveedor.example>
Subject: complaint
{_unique()}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Proveedor/1
Version: 1

--b
Content-Type: text/rfc822-headers

X-Acuse-Delivery: {recipient.token}
Subject: Factura

--b--
"""
    ).replace("\n", "\r\n").encode()  # fmt: skip


def letter(subject: str, *lines: str, text: str = "Gracias, recibida.") -> bytes:
    """A mail of a person or a program."""
    head = [
        "From: Ana Ejemplo <ana@cliente.example>",
        f"Subject: {subject}",
        _unique(),
        *lines,
        "Content-Type: text/plain; charset=utf-8",
    ]
    return ("\r\n".join(head) + "\r\n\r\n" + text + "\r\n").encode()


def away(recipient: models.Recipient) -> bytes:
    """Somebody's holidays."""
    return letter(
        "Respuesta automática: de vacaciones",
        "Auto-Submitted: auto-replied",
        f"In-Reply-To: {recipient.message_name}",
    )


def answer(recipient: models.Recipient) -> bytes:
    """A person's answer."""
    return letter("Re: Factura", f"In-Reply-To: {recipient.message_name}")


def bounce_address(recipient: models.Recipient) -> str:
    return f"bounce+{recipient.token}@{DOMAIN}"


def bring(*raws: bytes, to: str = "", later: timedelta = timedelta()) -> None:
    """Take the messages in, and work off what is due."""
    for raw in raws:
        track.take(raw, to=(to,) if to else (), intake=Intake.SMTP, at=outside.now())
    while track.track_due(at=outside.now() + later):
        pass


def mailed(house: House, **changes: Any) -> models.Recipient:
    """A recipient whose mail left."""
    company = house.peru(**changes)
    return mailed_again(house, company)


def mailed_again(house: House, company: Any, **changes: Any) -> models.Recipient:
    issued = house.issue(company, **changes)
    house.submit(company)
    house.deliver()
    return models.Recipient.objects.filter(delivery__document_id=issued.id).latest("id")


def state(recipient: models.Recipient) -> str:
    return models.Recipient.objects.get(pk=recipient.pk).state


def last_report() -> models.Report:
    return models.Report.objects.latest("id")


def standing(recipient: models.Recipient) -> str:
    row = models.AddressState.objects.filter(
        company_id=recipient.company_id, address=recipient.normalised
    ).first()
    return row.state if row else ""
