"""Messages that came by mail: what became of each, written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from acuse.domain.mailbox import MailOutcome
from acuse.mail.incoming import Incoming
from acuse.store import artifacts, models


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as a list shows it; `files` tell of each file what became of it."""

    id: int
    sender: str
    sender_name: str
    subject: str
    sent_at: datetime | None
    received_at: datetime
    outcome: MailOutcome
    files: tuple[Mapping[str, Any], ...]
    kept: bool  # whether the raw message is


def known(mailbox_id: int, name: str) -> bool:
    """Whether the message of that name was worked off."""
    return models.IncomingMessage.objects.filter(mailbox_id=mailbox_id, uid=name).exists()


def save(
    company_id: int,
    mailbox_id: int,
    name: str,
    message: Incoming,
    outcome: MailOutcome,
    files: tuple[Mapping[str, Any], ...],
    *,
    raw: bytes | None,
    at: datetime,
) -> int:
    """The id of the message, worked off; raises IntegrityError where it was before."""
    row = models.IncomingMessage(
        company_id=company_id,
        mailbox_id=mailbox_id,
        uid=name,
        message_id=message.message_id,
        sender=message.sender,
        sender_name=message.sender_name,
        subject=message.subject,
        sent_at=message.sent_at,
        received_at=at,
        outcome=outcome.value,
        facts=[dict(one) for one in files],
        raw_id=artifacts.save(company_id, raw) if raw else None,
    )
    row.save(force_insert=True)
    return int(row.pk)


def page(company_id: int, *, before: int | None = None, limit: int = 30) -> tuple[Listed, ...]:
    """The company's messages, newest first, from the one before `before` on."""
    rows = models.IncomingMessage.objects.filter(company_id=company_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(
        Listed(
            id=row.pk,
            sender=row.sender,
            sender_name=row.sender_name,
            subject=row.subject,
            sent_at=row.sent_at,
            received_at=row.received_at,
            outcome=MailOutcome(row.outcome),
            files=tuple(row.facts),
            kept=row.raw_id is not None,
        )
        for row in rows.order_by("-id")[:limit]
    )


def raw(company_id: int, message_id: int) -> bytes | None:
    """The message as it came, None where it was not kept; raises DoesNotExist for another's."""
    row = models.IncomingMessage.objects.get(pk=message_id, company_id=company_id)
    return artifacts.load(row.raw_id) if row.raw_id else None
