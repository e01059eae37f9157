"""What was mailed of one document: each delivery with its files, its addresses and their ends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from acuse.domain.bounce import BounceReason
from acuse.domain.delivery import DeliveryState, Trigger
from acuse.domain.recipient import UNDER_WAY, RecipientState
from acuse.store import models, news

MOVING = frozenset({*UNDER_WAY, RecipientState.UNCERTAIN})
FAILED = frozenset({RecipientState.FAILED, RecipientState.BOUNCED})


@dataclass(frozen=True, slots=True)
class Mail:
    """One address of a delivery: how far it got, and what its server said last.

    Of what bounced, `said` and `reason` are the report's and there is no `code`.
    """

    address: str
    state: RecipientState
    tries: int
    at: datetime | None  # the end of the last try
    next_at: datetime | None
    code: int
    said: str
    reason: BounceReason | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """One delivery, as it is told."""

    id: int
    trigger: Trigger
    state: DeliveryState
    reason: str
    by: str
    at: datetime
    prepared: bool
    files: tuple[str, ...]
    mails: tuple[Mail, ...]

    @property
    def in_flight(self) -> bool:
        """Whether a mail of it may still leave by itself."""
        if self.state is not DeliveryState.OPEN:
            return False
        return not self.prepared or any(mail.state in MOVING for mail in self.mails)


def lock(document_id: int) -> None:
    """Whoever else would mail the document again by hand waits until the commit."""
    list(models.Acceptance.objects.select_for_update().filter(document_id=document_id))


def sendings(company_id: int, document_id: int) -> tuple[Sending, ...]:
    """The document's deliveries to the customer, newest first: four queries, one for bounces."""
    rows = models.Delivery.objects.filter(company_id=company_id, document_id=document_id)
    rows = rows.to_customer()
    found = list(rows.defer("snapshot").order_by("-id"))
    ids = [row.pk for row in found]
    files: dict[int, list[str]] = defaultdict(list)
    for packed in models.PacketFile.objects.filter(delivery_id__in=ids).order_by("ordinal"):
        files[packed.delivery_id].append(packed.name)
    mails = _mails(ids)
    return tuple(
        Sending(
            id=row.pk,
            trigger=Trigger(row.trigger),
            state=DeliveryState(row.state),
            reason=row.reason,
            by=row.opened_by,
            at=row.opened_at,
            prepared=row.prepared_at is not None,
            files=tuple(files[row.pk]),
            mails=tuple(mails[row.pk]),
        )
        for row in found
    )


def _mails(delivery_ids: list[int]) -> dict[int, list[Mail]]:
    kept = models.Recipient.objects.exclude(state=RecipientState.REPLACED.value)  # never left
    rows = list(kept.filter(delivery_id__in=delivery_ids).order_by("id"))
    last = {
        attempt.recipient_id: attempt
        for attempt in models.Attempt.objects.filter(
            recipient_id__in=[row.pk for row in rows]
        ).order_by("ordinal")
    }
    bounced = [row.pk for row in rows if row.state == RecipientState.BOUNCED.value]
    returned = news.bounces(bounced) if bounced else {}
    found: dict[int, list[Mail]] = defaultdict(list)
    for row in rows:
        attempt, back = last.get(row.pk), returned.get(row.pk)
        code, said = (attempt.code or 0) if attempt else 0, row.answer
        if row.pk in bounced:
            code, said = 0, back.words if back else ""
        found[row.delivery_id].append(
            Mail(
                address=row.address,
                state=RecipientState(row.state),
                tries=row.tries,
                at=(attempt.finished_at or attempt.started_at) if attempt else None,
                next_at=row.wake_at,
                code=code,
                said=said,
                reason=back.reason if back else None,
            )
        )
    return found


def newest(found: tuple[Sending, ...]) -> int:
    """The id of the newest of a document's deliveries, 0 without any."""
    return found[0].id if found else 0


def latest(found: tuple[Sending, ...]) -> dict[str, RecipientState]:
    """How the latest mail of this document to each address stands, by the address in small."""
    states: dict[str, RecipientState] = {}
    for sending in found:
        for mail in sending.mails:
            states.setdefault(mail.address.casefold(), mail.state)
    return states


def failing(found: tuple[Sending, ...]) -> frozenset[str]:
    """The addresses whose latest mail of this document failed or came back."""
    return frozenset(address for address, state in latest(found).items() if state in FAILED)
