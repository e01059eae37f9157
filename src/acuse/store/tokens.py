"""API tokens: found by the part that is shown, counted by the minute, revoked for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from acuse.store import models


@dataclass(frozen=True, slots=True)
class Kept:
    """A token as it is kept: whose it is, and the hash that the whole must have."""

    id: int
    company_id: int
    user: str
    email: str
    prefix: str
    digest: str
    member: bool  # the person still works for the company


@dataclass(frozen=True, slots=True)
class Listed:
    """A token as a list shows it."""

    id: int
    name: str
    prefix: str
    user: str
    created_at: datetime
    last_used_at: datetime | None


def create(
    company_id: int, user_id: int, *, name: str, prefix: str, digest: str, at: datetime
) -> int:
    """The id of the new token."""
    row = models.ApiToken(
        company_id=company_id,
        user_id=user_id,
        name=name,
        prefix=prefix,
        digest=digest,
        created_at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


def find(prefix: str) -> Kept | None:
    """The token whose shown part this is; None where it was revoked or its person cannot enter."""
    rows = models.ApiToken.objects.select_related("user")
    row = rows.filter(prefix=prefix, revoked_at=None, user__is_active=True).first()
    if row is None:
        return None
    return Kept(
        id=row.pk,
        company_id=row.company_id,
        user=row.user.get_username(),
        email=row.user.email,
        prefix=row.prefix,
        digest=row.digest,
        member=works_for(row.company_id, row.user_id),
    )


def works_for(company_id: int, user_id: int) -> bool:
    """Whether the person is a member of the company."""
    return models.Membership.objects.filter(company_id=company_id, user_id=user_id).exists()


def of_company(company_id: int) -> tuple[Listed, ...]:
    """The company's tokens that open something, newest first."""
    rows = models.ApiToken.objects.filter(company_id=company_id, revoked_at=None)
    return tuple(
        Listed(
            row.pk, row.name, row.prefix, row.user.get_username(), row.created_at, row.last_used_at
        )
        for row in rows.select_related("user").order_by("-id")
    )


def revoke(company_id: int, token_id: int, *, at: datetime) -> str | None:
    """The shown part of the token that was revoked now; None where there was none to revoke."""
    rows = models.ApiToken.objects.filter(pk=token_id, company_id=company_id, revoked_at=None)
    prefix = rows.values_list("prefix", flat=True).first()
    return prefix if rows.update(revoked_at=at) else None


COUNT = """
UPDATE store_apitoken SET last_used_at = %(at)s,
    calls = CASE WHEN window_at > %(since)s THEN least(calls + 1, %(most)s) ELSE 1 END,
    window_at = CASE WHEN window_at > %(since)s THEN window_at ELSE %(at)s END
WHERE id = %(token)s AND revoked_at IS NULL
RETURNING calls, window_at
"""


def count(
    token_id: int, *, at: datetime, window: timedelta, most: int
) -> tuple[int, datetime] | None:
    """Calls of the token's window, this one included, `most` at most, and since when.

    One statement: the row's lock makes it hold across hosts. None where it was revoked meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"token": token_id, "at": at, "since": at - window, "most": most})
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
