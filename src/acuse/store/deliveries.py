"""Deliveries: the decision about an acceptance, its hold, its frozen packet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from acuse.domain.delivery import (
    DeliveryEvent,
    DeliveryState,
    Reason,
    Trigger,
    advance_delivery,
)
from acuse.domain.face import Attachment
from acuse.store import artifacts, models
from acuse.store.recipients import NOT_BEGUN


@dataclass(frozen=True, slots=True)
class Held:
    """A delivery that this worker prepares, or one looked at under its row's lock."""

    id: int
    epoch: int
    company_id: int
    document_id: int
    trigger: Trigger
    state: DeliveryState
    reason: Reason
    wanted: tuple[str, ...]
    tries: int
    largest: int | None  # bytes that its road's server said it takes

    @property
    def delivery_id(self) -> int:
        """The same as its id, as a mail of it has it."""
        return self.id


def open_for(
    company_id: int,
    document_id: int,
    acceptance_id: int,
    *,
    trigger: Trigger,
    state: DeliveryState,
    reason: Reason,
    snapshot: Mapping[str, Any],
    wanted: tuple[str, ...] = (),
    by: str,
    at: datetime,
    hold_until: datetime | None = None,
) -> int:
    """The id of the decision, kept with what was asked for it.

    It takes an acceptance: there is no other way to a mail. Raises IntegrityError for a second
    automatic one.
    """
    row = models.Delivery(
        company_id=company_id,
        document_id=document_id,
        acceptance_id=acceptance_id,
        trigger=trigger.value,
        state=state.value,
        reason=reason.value,
        snapshot=dict(snapshot),
        wanted=list(wanted),
        opened_by=by,
        opened_at=at,
        hold_until=hold_until,
        wake_at=at if state is DeliveryState.OPEN else None,
    )
    row.save(force_insert=True)
    return int(row.pk)


# An array is made once: what IN asks may be asked again for each row, and then locks others.
CLAIM = """
UPDATE store_delivery SET epoch = epoch + 1, lease_until = %(until)s
WHERE id = ANY(ARRAY(
    SELECT id FROM store_delivery
    WHERE state = 'OPEN' AND prepared_at IS NULL AND wake_at <= %(at)s
        AND (lease_until IS NULL OR lease_until <= %(at)s)
    ORDER BY wake_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
))
RETURNING *
"""


def claim(*, at: datetime, lease: timedelta, limit: int) -> tuple[Held, ...]:
    """Open deliveries whose packet is not made yet, held by this worker."""
    values = {"at": at, "until": at + lease, "limit": limit}
    claimed = map(held, models.Delivery.objects.raw(CLAIM, values))
    return tuple(sorted(claimed, key=lambda one: one.id))


def lock(delivery_id: int) -> Held:
    """The delivery, held until commit."""
    return held(models.Delivery.objects.select_for_update().get(pk=delivery_id))


@dataclass(frozen=True, slots=True)
class Ours:
    """A claimed delivery that is still this worker's, its row locked, as it was prepared before."""

    id: int
    roles: Mapping[str, list[str]]  # that its messages were made with
    given_up: tuple[str, ...]  # addresses left out with which a person has dealt
    has_packet: bool


def still_ours(held: Held) -> Ours | None:
    """The claimed delivery, locked until commit; None where it is not this worker's any more."""
    rows = models.Delivery.objects.select_for_update(of=("self",)).filter(
        pk=held.id, epoch=held.epoch, state=DeliveryState.OPEN.value
    )
    kept = Exists(models.PacketFile.objects.filter(delivery_id=OuterRef("pk")))
    told = rows.annotate(kept=kept).values_list("id", "roles", "given_up", "kept").first()
    return Ours(told[0], told[1], tuple(told[2]), told[3]) if told else None


def move(
    held: Held,
    event: DeliveryEvent,
    *,
    reason: Reason = Reason.NONE,
    at: datetime,
    hold: timedelta | None = None,
    try_at: datetime | None = None,
) -> bool:
    """Whether the delivery took the step of its table; the domain refuses what it does not have.

    `hold` is for how long after the decision it leaves by itself, if that is not settled yet.
    """
    after = advance_delivery(held.state, event)
    opened = after is DeliveryState.OPEN
    changes: dict[str, object] = {
        "state": after.value,
        "reason": reason.value,
        "epoch": F("epoch") + 1,
        "lease_until": None,
        "wake_at": at if opened else try_at,
        "tries": 0,
    }
    if hold is not None:
        # What was held before waits no longer for being tried in between (design.md 1.5.5).
        changes["hold_until"] = Coalesce(F("hold_until"), F("opened_at") + Value(hold))
    if event is DeliveryEvent.RELEASED_BY_HAND:
        changes["largest"] = None  # its server may take more by now
    rows = models.Delivery.objects.filter(pk=held.id, epoch=held.epoch, state=held.state.value)
    return bool(rows.update(**changes))


def set_reason(held: Held, reason: Reason) -> bool:
    """Whether a held delivery now waits for another reason."""
    rows = models.Delivery.objects.filter(pk=held.id, state=DeliveryState.HELD.value)
    return bool(rows.exclude(reason=reason.value).update(reason=reason.value))


def freeze(held: Held, files: Sequence[Attachment]) -> None:
    """Keep the packet: from now on a retry sends these bytes."""
    kept = artifacts.save_all(held.company_id, [file.content for file in files])
    models.PacketFile.objects.bulk_create(
        models.PacketFile(
            company_id=held.company_id,
            delivery_id=held.id,
            ordinal=ordinal,
            name=file.name,
            content_type=file.content_type,
            artifact_id=artifact_id,
            optional=file.optional,
        )
        for ordinal, (file, artifact_id) in enumerate(zip(files, kept, strict=True), start=1)
    )


def put_off(held: Held, *, wake_at: datetime) -> bool:
    """Whether the claimed delivery is due again then; this try at its packet is counted."""
    rows = models.Delivery.objects.filter(
        pk=held.id, epoch=held.epoch, state=DeliveryState.OPEN.value
    )
    return bool(rows.update(wake_at=wake_at, lease_until=None, tries=F("tries") + 1))


def prepare_anew(delivery_id: int, *, at: datetime, largest: int | None = None) -> None:
    """Have the delivery prepared anew now, or when it leaves; its packet stays.

    Its messages are to have no more bytes than `largest`.
    """
    changes: dict[str, object] = {"prepared_at": None, "wake_at": at}
    if largest is not None:
        changes["largest"] = largest
    models.Delivery.objects.filter(pk=delivery_id).update(**changes)


def packet(delivery_id: int) -> tuple[Attachment, ...]:
    """The files of the frozen packet, () while there is none."""
    rows = models.PacketFile.objects.filter(delivery_id=delivery_id).order_by("ordinal")
    return tuple(
        Attachment(row.name, row.content_type, artifacts.load(row.artifact_id), row.optional)
        for row in rows
    )


def earlier_packet(document_id: int) -> tuple[Attachment, ...]:
    """The packet of an earlier delivery of the document: what was mailed once is mailed again."""
    first = (
        models.PacketFile.objects.filter(delivery__document_id=document_id)
        .order_by("delivery_id")
        .values_list("delivery_id", flat=True)
        .first()
    )
    return packet(first) if first else ()


def automatic(document_id: int) -> Held | None:
    """The document's automatic delivery, locked; None while it has none."""
    row = (
        models.Delivery.objects.select_for_update()
        .filter(document_id=document_id, trigger=Trigger.AUTOMATIC.value)
        .first()
    )
    return held(row) if row else None


def due(*, at: datetime) -> bool:
    """Whether there is a packet to make or a mail to send."""
    return (
        models.Delivery.objects.filter(
            Q(lease_until=None) | Q(lease_until__lte=at),
            state=DeliveryState.OPEN.value,
            prepared_at__isnull=True,
            wake_at__lte=at,
        ).exists()
        or models.Recipient.objects.filter(
            state__in=NOT_BEGUN, wake_at__lte=at, delivery__state=DeliveryState.OPEN.value
        ).exists()
    )


def held(row: models.Delivery) -> Held:
    return Held(
        id=row.pk,
        epoch=row.epoch,
        company_id=row.company_id,
        document_id=row.document_id,
        trigger=Trigger(row.trigger),
        state=DeliveryState(row.state),
        reason=Reason(row.reason),
        wanted=tuple(row.wanted),
        tries=row.tries,
        largest=row.largest,
    )
