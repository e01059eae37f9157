"""What was told of recipients, and what is known of addresses by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max

from acuse.domain.bounce import BounceReason
from acuse.domain.bounce_news import News, NewsKind, deciding
from acuse.domain.bounce_trace import Sent
from acuse.domain.delivery import Trigger
from acuse.domain.reach import Reached, reach
from acuse.domain.recipient import RecipientState
from acuse.domain.suppression import Came, Known, Standing
from acuse.store import models, routes
from acuse.store.recipients import LEFT

OF_ADDRESS = 500  # news of one address that are looked at, the newest
REMEMBERED = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Followed:
    """A recipient that news are about, its row locked."""

    id: int
    company_id: int
    document_id: int
    trigger: Trigger
    address: str
    state: RecipientState
    cause: str = ""  # under what its failure is shown


def kept(tokens: Sequence[str]) -> dict[str, Sent]:
    """The recipients of these tokens."""
    rows = models.Recipient.objects.filter(token__in=tokens).select_related("delivery")
    return {row.token: _sent(row) for row in rows}


def of_provider(name: str, provider: str, owner: int) -> tuple[Sent, ...]:
    """The recipients whose mail that provider calls so, of the companies that use that road.

    `owner` is the company whose road it is; 0 is the installation's, used by those without one, or
    with an address of their own only.
    """
    tries = models.Attempt.objects.filter(provider=provider, provider_name=name)
    if owner:
        tries = tries.filter(company_id=owner)
    else:
        tries = tries.exclude(company_id__in=routes.with_their_own())
    rows = models.Recipient.objects.filter(pk__in=tries.values("recipient_id")[:20])
    return tuple(_sent(row) for row in rows.select_related("delivery"))


def recent(addresses: Sequence[str], *, at: datetime, within: timedelta) -> tuple[Sent, ...]:
    """Mails that left for these addresses within that time, as many as tell one from several."""
    rows = models.Recipient.objects.filter(
        normalised__in=[one.casefold() for one in addresses],
        state__in=LEFT,
        delivery__prepared_at__gte=at - within,
    )
    return tuple(_sent(row) for row in rows.select_related("delivery")[:20])


def document_of(recipient_id: int) -> tuple[int, str]:
    """Id and number of the document that was mailed to the recipient."""
    rows = models.Recipient.objects.filter(pk=recipient_id)
    document_id, number = rows.values_list("delivery__document_id", "delivery__document__number")[0]
    return int(document_id), str(number)


def lock(recipient_id: int) -> Followed:
    """The recipient, held until commit."""
    rows = models.Recipient.objects.select_for_update(of=("self",)).select_related("delivery")
    row = rows.get(pk=recipient_id)
    return Followed(
        id=row.pk,
        company_id=row.company_id,
        document_id=row.delivery.document_id,
        trigger=Trigger(row.delivery.trigger),
        address=row.address,
        state=RecipientState(row.state),
        cause=row.cause,
    )


def move(followed: Followed, state: RecipientState, *, cause: str = "") -> bool:
    """Whether the recipient went there from where it was; a worker that holds it loses it.

    `cause` is why, of what bounced.
    """
    rows = models.Recipient.objects.filter(pk=followed.id, state=followed.state.value)
    return bool(
        rows.update(
            state=state.value, wake_at=None, lease_until=None, epoch=F("epoch") + 1, cause=cause
        )
    )


def blame(followed: Followed, cause: str) -> bool:
    """Whether the recipient, which stays where it is, is shown under that cause from now on."""
    rows = models.Recipient.objects.filter(pk=followed.id, state=followed.state.value)
    return bool(rows.update(cause=cause))


def add(
    company_id: int, recipient_id: int, address: str, told: Iterable[News], report_id: int | None
) -> tuple[News, ...]:
    """Those of the news that were not told before, now on record; the recipient is locked."""
    known = set(
        models.News.objects.filter(recipient_id=recipient_id).values_list("name", flat=True)
    )
    new = tuple(one for one in told if one.id not in known)
    models.News.objects.bulk_create(
        models.News(
            company_id=company_id,
            recipient_id=recipient_id,
            report_id=report_id,
            address=address.casefold(),
            name=one.id,
            kind=one.kind.value,
            at=one.at,
            reason=one.reason.value,
            status=one.status[:16],
            said=one.said,
        )
        for one in new
    )
    return new


def reported(recipient_id: int) -> tuple[News, ...]:
    """What reports told of the recipient; a server's refusal while it was sent is none."""
    rows = models.News.objects.filter(recipient_id=recipient_id, report__isnull=False)
    return tuple(map(_news, rows))


def bounces(recipient_ids: Iterable[int]) -> dict[int, News]:
    """The failure that reports told of each, by recipient; none of what no report told of."""
    told: dict[int, list[News]] = defaultdict(list)
    rows = models.News.objects.filter(
        recipient_id__in=list(recipient_ids), report__isnull=False, kind=NewsKind.FAILED.value
    )
    for row in rows:
        told[row.recipient_id].append(_news(row))
    found = {key: deciding(of_it) for key, of_it in told.items()}
    return {key: one for key, one in found.items() if one is not None}


def last_words(company_id: int, which: Iterable[str]) -> dict[str, str]:
    """What was said last of mails that failed to these addresses, by the address in small."""
    rows = models.News.objects.filter(
        company_id=company_id,
        address__in=[one.casefold() for one in which],
        kind=NewsKind.FAILED.value,
    )
    newest = rows.order_by("address", "-at", "-id").distinct("address")
    return {row.address: told for row in newest if (told := _news(row).words)}


def of_address(company_id: int, address: str, *, at: datetime) -> tuple[Came, ...]:
    """What came back from the address, of each delivery."""
    rows = models.News.objects.filter(
        company_id=company_id, address=address.casefold(), at__gte=at - REMEMBERED
    )
    newest = rows.select_related("recipient").order_by("-at", "-id")[:OF_ADDRESS]
    return tuple(Came(row.recipient.delivery_id, _news(row)) for row in newest)


def failures(*, since: datetime) -> dict[str, int]:
    """How many mails failed since then, by reason."""
    rows = models.News.objects.filter(kind=NewsKind.FAILED.value, at__gte=since).values("reason")
    return {row["reason"]: row["n"] for row in rows.annotate(n=Count("id")).order_by("reason")}


@dataclass(frozen=True, slots=True)
class Address:
    """How an address stands; `released_at` is a person's last word that it may be tried."""

    address: str
    known: Known
    by: str
    released_at: datetime | None


def lock_address(company_id: int, address: str, *, by: str) -> Address:
    """The address's row, made where it was missing, held until commit."""
    address = address.casefold()
    models.AddressState.objects.bulk_create(
        [
            models.AddressState(
                company_id=company_id, address=address, state=Standing.DELIVERING.value, by=by
            )
        ],
        ignore_conflicts=True,
    )
    rows = models.AddressState.objects.select_for_update()
    return _address(rows.get(company_id=company_id, address=address))


def save_address(
    company_id: int, address: str, known: Known, *, by: str, released_at: datetime | None
) -> None:
    """Write how the locked address stands."""
    models.AddressState.objects.filter(company_id=company_id, address=address.casefold()).update(
        state=known.standing.value,
        reason=known.reason,
        since=known.since,
        cause=known.cause,
        by=by,
        released_at=released_at,
    )


def suppressed(company_id: int, addresses: Iterable[str]) -> frozenset[str]:
    """Those of the addresses, as they are written, to which mail is held."""
    wanted = {one.casefold(): one for one in addresses}
    rows = models.AddressState.objects.filter(
        company_id=company_id, address__in=list(wanted), state=Standing.SUPPRESSED.value
    )
    return frozenset(wanted[one] for one in rows.values_list("address", flat=True))


def addresses(company_id: int, which: Iterable[str]) -> tuple[Address, ...]:
    """How these addresses stand, of those that something is known of."""
    rows = models.AddressState.objects.filter(
        company_id=company_id, address__in=[one.casefold() for one in which]
    )
    return tuple(_address(row) for row in rows.order_by("address"))


def reached(company_id: int, which: Sequence[str]) -> dict[str, Reached]:
    """How each of these addresses does, by the address in small letters: two queries."""
    known = {one.address: one.known for one in addresses(company_id, which)}
    wanted = [one.casefold() for one in which]
    taken = dict(
        models.Attempt.objects.filter(
            company_id=company_id,
            result=RecipientState.SENT.value,
            recipient__normalised__in=wanted,
            recipient__state__in=[RecipientState.SENT.value, RecipientState.DELIVERED.value],
        )
        .values_list("recipient__normalised")
        .annotate(Max("finished_at"))
    )
    return {one: reach(known.get(one), taken.get(one)) for one in wanted}


def _sent(row: models.Recipient) -> Sent:
    at = row.delivery.prepared_at or row.delivery.opened_at
    return Sent(row.pk, row.company_id, row.address, row.token, at)


def _news(row: models.News) -> News:
    return News(
        id=row.name,
        kind=NewsKind(row.kind),
        at=row.at,
        reason=BounceReason(row.reason),
        status=row.status,
        said=row.said,
    )


def _address(row: models.AddressState) -> Address:
    known = Known(Standing(row.state), row.since, row.reason, row.cause)
    return Address(row.address, known, row.by, row.released_at)
