"""What tests of callbacks share: a document that waits, and a hand to tell its news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from acuse.domain.party import Environment
from acuse.flow import hints, outside
from acuse.store import models
from tests.flow.house import House

PUBLIC = "https://facturas.ejemplo.example"
HOUR = timedelta(hours=1)


class Clock:
    """This program's clock, which can be put forward."""

    ahead = timedelta()


@pytest.fixture
def unhurried(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits as they are outside rehearsals, and an installation that may be called back."""
    now = outside.now
    monkeypatch.setattr(Clock, "ahead", timedelta())
    monkeypatch.setattr(outside, "now", lambda: now() + Clock.ahead)
    settings.SANDBOX_HURRY = 1
    settings.CALLBACK_URL = PUBLIC
    cache.clear()


def waiting(house: House, *, asked_ago: timedelta = HOUR) -> models.Submission:
    """A document that Hacienda received and has not judged; the next question is an hour away."""
    company = house.costa_rica()
    issued = house.issue(company)
    house.submit(company)
    Clock.ahead += asked_ago
    row = house.submission(issued.id)
    models.Submission.objects.filter(pk=row.pk).update(wake_at=outside.now() + HOUR)
    return house.submission(issued.id)


def place(submission: models.Submission) -> str:
    """The path that the authority was given."""
    whole = hints.address(Environment.PRODUCTION, submission.pk)
    return whole.removeprefix(PUBLIC)


def tell(client: Client, path: str, body: bytes = b"{}") -> None:
    answer = client.post(path, body, content_type="application/json")
    assert (answer.status_code, answer.content) == (204, b"")
    assert not answer.cookies


def wake_at(submission: models.Submission) -> datetime:
    submission.refresh_from_db()
    assert submission.wake_at is not None
    return submission.wake_at


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])
