"""The roads by which mail leaves, as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from acuse.domain.route import Provider, RouteKind
from acuse.store import models


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


def of_company(company_id: int) -> Route | None:
    """The company's own road, else the installation's, else None."""
    return _read(company_id) or _read(None)


def of_notices(company_id: int) -> Route | None:
    """The installation's road, else the company's own: what tells of a closed road."""
    return _read(None) or _read(company_id)


def pause(company_id: int, *, until: datetime, reason: str) -> None:
    """Stop the company's road for a while: the fault is ours, not the customers'."""
    used(company_id).update(paused_until=until, paused_reason=reason)


def closed(company_id: int, *, at: datetime) -> bool:
    """Whether the road that the company uses is paused for a fault of ours."""
    return used(company_id).filter(paused_until__gt=at).exists()


def used(company_id: int) -> QuerySet[models.MailRoute]:
    """The row of the road that the company's mail takes, if there is one."""
    own = models.MailRoute.objects.filter(company_id=company_id)
    return own if own.exists() else models.MailRoute.objects.filter(company=None)


def _read(company_id: int | None) -> Route | None:
    row = models.MailRoute.objects.filter(company=company_id).first()
    if row is None:
        return None
    return Route(
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
    )
