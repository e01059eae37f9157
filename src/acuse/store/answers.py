"""Answers kept under an Idempotency-Key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from acuse.store import models


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked (its hash) and what was answered."""

    asked: str
    status: int
    body: str


def hold(company_id: int, key: str) -> None:
    """Let nobody else act under that key until this transaction ends.

    Two keys may share the lock by chance: then one only waits for the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, company_id])


def find(company_id: int, key: str) -> Answered | None:
    """What was answered under the key, None where nothing was."""
    row = models.KeyedAnswer.objects.filter(company_id=company_id, key=key).first()
    return Answered(row.asked, row.status, row.body) if row else None


def keep(company_id: int, key: str, answered: Answered, *, at: datetime) -> None:
    """Keep the answer; raises IntegrityError where the key has one."""
    models.KeyedAnswer(
        company_id=company_id,
        key=key,
        asked=answered.asked,
        status=answered.status,
        body=answered.body,
        at=at,
    ).save(force_insert=True)
