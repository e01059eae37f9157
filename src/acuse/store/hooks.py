"""Where mail providers post to: each address is of one road, found by the hash of its token."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from acuse.domain.route import Provider, RouteKind
from acuse.store import models


@dataclass(frozen=True, slots=True)
class Hooked:
    """A provider's road that is posted to; `owner` is its company, 0 for the installation."""

    owner: int
    provider: Provider
    digest: str
    wrapped_secret: bytes | None = field(repr=False)


def find(digest: str) -> Hooked | None:
    """The road whose token has that hash."""
    return _read(models.MailRoute.objects.exclude(hook_digest="").filter(hook_digest=digest))


def lock(owner: int) -> Hooked | None:
    """The owner's own road, held until commit; None where it is no provider's."""
    rows = models.MailRoute.objects.select_for_update()
    return _read(rows.filter(company=owner or None))


def save(owner: int, *, digest: str, wrapped_secret: bytes | None) -> None:
    """Another token and secret from here on: the earlier address opens nothing any more."""
    rows = models.MailRoute.objects.filter(company=owner or None)
    rows.update(hook_digest=digest, wrapped_hook_secret=wrapped_secret)


def _read(rows: Any) -> Hooked | None:
    row = rows.filter(kind=RouteKind.PROVIDER.value).first()
    if row is None:
        return None
    return Hooked(
        owner=row.company_id or 0,
        provider=Provider(row.provider),
        digest=row.hook_digest,
        wrapped_secret=bytes(row.wrapped_hook_secret) if row.wrapped_hook_secret else None,
    )
