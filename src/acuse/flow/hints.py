"""Hints: an authority calls back, unauthenticated. That is a reason to ask it sooner, nothing more.

What it says is not read: the verdict is what the authority answers when it is asked. A hint moves
one question forward, never closer to the last one than `Patience.hinted`; it makes no other work.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from acuse.domain.party import Environment
from acuse.domain.patience import delay
from acuse.flow import lanes, outside
from acuse.store import companies, submissions

PATH = "aviso"
TICKET = re.compile(r"([1-9][0-9]{0,17})-([0-9a-f]{40})")
MOST, WINDOW = 30, 60  # hints about one conversation that are looked at, in so many seconds
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def address(environment: Environment, submission_id: int) -> str:
    """Where the authority may call back about the conversation, "" where it is not asked to.

    Only the pretended world, which is on this machine, is given an address without TLS.
    """
    base = urlsplit(settings.CALLBACK_URL)
    rehearsal = environment is Environment.SANDBOX and base.hostname in LOOPBACK
    if base.scheme != "https" and not (base.scheme == "http" and rehearsal):
        return ""
    return f"{settings.CALLBACK_URL}/{PATH}/{submission_id}-{_mark(submission_id)}"


def about(ticket: str) -> int | None:
    """The conversation that the last part of such an address names; None for what is not ours."""
    told = TICKET.fullmatch(ticket)
    if told is None or not constant_time_compare(told[2], _mark(int(told[1]))):
        return None
    return int(told[1])


def heard(submission_id: int, *, at: datetime) -> bool:
    """Whether the next question came forward: not where nobody waits, nor too often."""
    if _too_often(submission_id):
        return False
    with transaction.atomic():
        asked = submissions.asked(submission_id)
        if asked is None:
            return False
        patience = outside.patience(companies.environment(asked.company_id))
        since = asked.called_at or at
        soonest = max(at, since + delay(patience.hinted, asked.asks + 1))
        moved = submissions.hasten(submission_id, wake_at=soonest)
        if moved and soonest <= at:
            lanes.nudge(lanes.submit(asked.jurisdiction))
    return moved


def _mark(submission_id: int) -> str:
    """What nobody can guess who has not this installation's key."""
    made = salted_hmac("acuse.callback", str(submission_id), algorithm="sha256")
    return made.hexdigest()[:40]


def _too_often(submission_id: int) -> bool:
    """Whether a flood of them is on: this process then looks at no more of it for a while."""
    key = f"hint:{submission_id}"
    if cache.add(key, 1, timeout=WINDOW):
        return False
    try:
        return cache.incr(key) > MOST
    except ValueError:  # it ended this very moment
        return False
