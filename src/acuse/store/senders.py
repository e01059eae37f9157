"""What proves the sender of a road: its key, and what the DNS said when it was last asked.

`checked` holds the rows of the last look, and under "spf" and "dkim" how these stood when somebody
last answered; a key that waits for the DNS lies under "next" until a look finds it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from acuse.domain.party import Environment
from acuse.domain.route import RouteKind
from acuse.domain.sender import Check, State, dkim_host
from acuse.store import models


@dataclass(frozen=True, slots=True)
class Key:
    """A key as stored; the private one is wrapped for its owner."""

    selector: str
    public: str
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A road's sender with what proves it."""

    owner: int  # 0 for the installation's
    kind: RouteKind
    sender: str
    host: str
    key: Key | None
    following: Key | None  # signs from the look that finds it in the DNS
    checked: Mapping[str, Any]
    checked_at: datetime | None

    @property
    def domain(self) -> str:
        """The domain of the sender's address, lower case."""
        return self.sender.rpartition("@")[2].lower()

    @property
    def proved(self) -> bool:
        """Whether the DNS, when it last answered, named our servers and the key that signs now."""
        return self.key_seen and self.stood(Check.SPF).get("state") == State.RIGHT

    @property
    def key_seen(self) -> bool:
        """Whether the DNS, when it last answered, showed the key that signs now."""
        name = dkim_host(self.key.selector, self.domain) if self.key else ""
        dkim = self.stood(Check.DKIM)
        return dkim.get("state") == State.RIGHT and dkim.get("host") == name

    def stood(self, check: Check) -> Mapping[str, Any]:
        """How that record stood when somebody last answered: its state and host, or nothing."""
        found: Mapping[str, Any] = self.checked.get(check.value.lower(), {})
        return found


def of(owner: int) -> Kept | None:
    """The owner's own road; 0 is the installation."""
    row = models.MailRoute.objects.filter(company=owner or None).first()
    return read(row) if row else None


def lock(owner: int) -> Kept | None:
    """The same, held until the transaction ends."""
    row = models.MailRoute.objects.select_for_update().filter(company=owner or None).first()
    return read(row) if row else None


def due(*, before: datetime, limit: int) -> tuple[int, ...]:
    """The owners of what is signed here or proved by the DNS, and was not looked at since then."""
    rehearsed = Q(company__environment=Environment.SANDBOX.value)
    rows = (
        models.MailRoute.objects.filter(Q(checked_at=None) | Q(checked_at__lt=before))
        .filter(~Q(dkim_selector="") | Q(kind=RouteKind.DOMAIN.value))
        .exclude(rehearsed)
        .order_by(F("checked_at").asc(nulls_first=True))
    )
    return tuple(owner or 0 for owner in rows.values_list("company_id", flat=True)[:limit])


def sign_with(kept: Kept, key: Key) -> None:
    """That key is in force from now on; what was seen of the one before is forgotten."""
    models.MailRoute.objects.filter(company=kept.owner or None).update(
        dkim_selector=key.selector,
        dkim_public=key.public,
        wrapped_dkim_key=key.wrapped,
        checked={name: told for name, told in kept.checked.items() if name == "spf"},
    )


def keep(owner: int, checked: Mapping[str, Any], following: Key | None, *, at: datetime) -> None:
    """What a look found, and the key that still waits."""
    told = {name: value for name, value in checked.items() if name != "next"}
    _write(owner, told, following, checked_at=at)


def wait(kept: Kept, following: Key) -> None:
    """The key waits for the DNS; one that waited before is forgotten."""
    told = {name: value for name, value in kept.checked.items() if name != "next"}
    _write(kept.owner, told, following)


def _write(owner: int, checked: dict[str, Any], following: Key | None, **more: Any) -> None:
    if following:
        checked["next"] = {
            "selector": following.selector,
            "public": following.public,
            "wrapped": b64encode(following.wrapped).decode(),
        }
    models.MailRoute.objects.filter(company=owner or None).update(checked=checked, **more)


def read(row: models.MailRoute) -> Kept:
    """What a row says of its sender."""
    key = None
    if row.dkim_selector and row.wrapped_dkim_key:
        key = Key(row.dkim_selector, row.dkim_public, bytes(row.wrapped_dkim_key))
    waits = row.checked.get("next")
    following = None
    if waits:
        following = Key(waits["selector"], waits["public"], b64decode(waits["wrapped"]))
    return Kept(
        owner=row.company_id or 0,
        kind=RouteKind(row.kind),
        sender=row.sender,
        host=row.host,
        key=key,
        following=following,
        checked=row.checked,
        checked_at=row.checked_at,
    )
