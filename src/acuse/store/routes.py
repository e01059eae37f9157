"""The roads by which mail leaves, as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from acuse.domain.breaker import Road
from acuse.domain.mailbox import Security
from acuse.domain.party import Environment
from acuse.domain.route import Provider, RouteKind, Wanted
from acuse.store import models, senders


@dataclass(frozen=True, slots=True)
class Route:
    """A road as stored; the password (or a provider's key) is wrapped."""

    owner: int  # 0 for the installation's
    kind: RouteKind
    host: str
    port: int
    security: str
    username: str
    wrapped_password: bytes | None = field(repr=False)
    sender: str
    provider: Provider | None
    parameters: Mapping[str, Any]
    helo: str = ""  # the domain that its server is greeted with, whoever the sender is


@dataclass(frozen=True, slots=True)
class Kept:
    """A row with what is known of it, for those who look at it or change it."""

    id: int
    route: Route
    road: Road
    per_minute: int | None
    tested_at: datetime | None
    hooked: bool  # its provider has an address to tell us at
    proven: bool  # the DNS said, when it last answered, that mail of this domain is ours


def of_company(company_id: int) -> Route | None:
    """The road that the company's mail takes, under the sender that it may use; None without one.

    An address of its own domain is used once the DNS said that it may be (Kept.proven).
    """
    own = kept(company_id)
    if own is not None and own.route.kind is not RouteKind.DOMAIN:
        return own.route
    shared = kept(None)
    if shared is None:
        return None
    if own is None or not own.proven:
        return shared.route
    return replace(shared.route, sender=own.route.sender)


def of_notices(company_id: int) -> Route | None:
    """The installation's road, else the company's own: what tells of a closed road."""
    shared = kept(None)
    return shared.route if shared else of_company(company_id)


def used(company_id: int) -> Kept | None:
    """The row whose server the company's mail goes to: its own, else the installation's."""
    own = kept(company_id)
    return own if own is not None and own.route.kind is not RouteKind.DOMAIN else kept(None)


def closed(company_id: int, *, at: datetime) -> bool:
    """Whether the road that the company uses is paused for a fault of ours."""
    found = used(company_id)
    return found is not None and found.road.broken and found.road.shut(at)


def broken(company_id: int) -> bool:
    """Whether the road that the company uses was paused, and nothing has gone through since."""
    found = used(company_id)
    return found is not None and found.road.broken


def kept(company_id: int | None) -> Kept | None:
    """The company's own row, None's is the installation's; None where there is none."""
    row = models.MailRoute.objects.filter(company=company_id).first()
    return _kept(row) if row else None


def every() -> tuple[Kept, ...]:
    """All rows, the installation's first."""
    return tuple(
        _kept(row)
        for row in models.MailRoute.objects.order_by(F("company_id").asc(nulls_first=True))
    )


def save(company_id: int | None, wanted: Wanted, wrapped: bytes | None) -> None:
    """Keep the road as it is wanted; what was known of another server or domain is forgotten.

    Called with the row's owner locked.
    """
    row = models.MailRoute.objects.filter(company=company_id).first()
    row = row or models.MailRoute(company_id=company_id)
    if _domain(row.sender) != _domain(wanted.sender):
        row.checked, row.checked_at = {}, None
    if row.provider != (wanted.provider or ""):
        row.hook_digest, row.wrapped_hook_secret = "", None
    smtp = wanted.kind is RouteKind.SMTP
    row.kind, row.sender = wanted.kind.value, wanted.sender
    row.host = wanted.host if smtp else ""
    row.port = wanted.port if smtp else 0
    row.security = wanted.security.value if smtp else ""
    row.username = wanted.username if smtp else ""
    row.provider = wanted.provider.value if wanted.provider else ""
    row.parameters = dict(wanted.parameters)
    row.wrapped_password = wrapped
    row.per_minute = wanted.per_minute
    row.refusals, row.paused_until, row.paused_since, row.paused_reason = 0, None, None, ""
    row.tested_at = None
    row.save()


def clear(company_id: int | None) -> bool:
    """Whether there was a road of that owner, which is forgotten."""
    deleted, _ = models.MailRoute.objects.filter(company=company_id).delete()
    return bool(deleted)


def tested(company_id: int | None, *, at: datetime) -> None:
    """A test mail went through the road as it is stored."""
    models.MailRoute.objects.filter(company=company_id).update(tested_at=at)


def users(route: Kept) -> tuple[int, ...]:
    """The companies whose mail really takes that road; rehearsals take none."""
    rows = models.Company.objects.exclude(environment=Environment.SANDBOX.value)
    if route.route.owner:
        rows = rows.filter(pk=route.route.owner)
    else:
        rows = rows.exclude(pk__in=with_their_own())
    return tuple(rows.order_by("id").values_list("id", flat=True))


def wanted(route: Route, per_minute: int | None = None) -> Wanted:
    """The stored road as a person would describe it."""
    return Wanted(
        kind=route.kind,
        sender=route.sender,
        host=route.host,
        port=route.port,
        security=Security(route.security) if route.security else Security.STARTTLS,
        username=route.username,
        provider=route.provider,
        parameters=route.parameters,
        per_minute=per_minute,
    )


def as_stored(owner: int, wanted: Wanted, wrapped: bytes | None) -> Route:
    """The road as it would be stored."""
    return Route(
        owner=owner,
        kind=wanted.kind,
        host=wanted.host,
        port=wanted.port,
        security=wanted.security.value,
        username=wanted.username,
        wrapped_password=wrapped,
        sender=wanted.sender,
        provider=wanted.provider,
        parameters=wanted.parameters,
        helo=_domain(wanted.sender),
    )


def standing(row: models.MailRoute) -> Road:
    """How the road of a row stands."""
    return Road(row.refusals, row.paused_until, row.paused_since, row.paused_reason)


def with_their_own() -> QuerySet[models.Company]:
    """The companies whose mail takes a road of their own."""
    apart = models.MailRoute.objects.filter(company__isnull=False)
    return models.Company.objects.filter(
        pk__in=apart.exclude(kind=RouteKind.DOMAIN.value).values("company_id")
    )


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _kept(row: models.MailRoute) -> Kept:
    route = Route(
        owner=row.company_id or 0,
        kind=RouteKind(row.kind),
        host=row.host,
        port=row.port,
        security=row.security,
        username=row.username,
        wrapped_password=bytes(row.wrapped_password) if row.wrapped_password else None,
        sender=row.sender,
        provider=Provider(row.provider) if row.provider else None,
        parameters=row.parameters,
        helo=_domain(row.sender),
    )
    road = standing(row)
    proven = senders.read(row).proved
    hooked = bool(row.hook_digest)
    return Kept(row.pk, route, road, row.per_minute, row.tested_at, hooked, proven)
