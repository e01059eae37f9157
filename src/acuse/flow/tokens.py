"""API tokens: made once, shown once, known by their hash, counted, revoked."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from math import ceil

from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import clean
from acuse.store import activity, tokens

FORM = re.compile(r"acuse_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
LONGEST_NAME = 60
CALLS, WINDOW = 150, timedelta(minutes=1)  # product.md 1.9
NOBODY = sha256(b"").hexdigest()  # compared with where no token has that prefix


@dataclass(frozen=True, slots=True)
class Made:
    """A new token; `plain` is shown to its person once and kept nowhere."""

    id: int
    prefix: str
    plain: str


@dataclass(frozen=True, slots=True)
class Use:
    """What is left of the minute's calls; `passed` says whether this one was among them."""

    passed: bool
    left: int
    resets_in: int  # seconds


def make(company_id: int, user_id: int, name: str, *, by: str, at: datetime) -> Made:
    """A token of that person for the company: 256 random bits behind a part that is shown.

    Raises Blocked without a name, or where the person does not work for the company.
    """
    cleaned = clean(name, field="name", longest=LONGEST_NAME)
    if isinstance(cleaned, Problem):
        raise Blocked([cleaned])
    if not cleaned:
        raise Blocked([_no_name()])
    prefix = secrets.token_hex(6)
    plain = f"acuse_{prefix}_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        if not tokens.works_for(company_id, user_id):
            raise Blocked([_no_member()])
        digest = sha256(plain.encode()).hexdigest()
        made = tokens.create(company_id, user_id, name=cleaned, prefix=prefix, digest=digest, at=at)
        facts = {"name": cleaned, "prefix": prefix}
        activity.record(company_id, None, Event(at, EventKind.API_ACCESS_GIVEN, by, facts))
    return Made(made, prefix, plain)


def revoke(company_id: int, token_id: int, *, by: str, at: datetime) -> bool:
    """Whether the company's token was revoked now: from here on it opens nothing."""
    with transaction.atomic():
        prefix = tokens.revoke(company_id, token_id, at=at)
        if prefix is None:
            return False
        facts = {"prefix": prefix}
        activity.record(company_id, None, Event(at, EventKind.API_ACCESS_REVOKED, by, facts))
    return True


def known(plain: str, email: str | None = None) -> tokens.Kept | None:
    """Whose token it is; None for any that is none, and where `email` is another person's.

    Every way to None costs the same comparisons, so that an answer's time tells nothing.
    """
    told = FORM.fullmatch(plain)
    kept = tokens.find(told[1]) if told else None
    digest = sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    right = compare_digest(digest, kept.digest if kept else NOBODY)
    theirs = kept.email if kept else ""
    named = compare_digest(_folded(theirs if email is None else email), _folded(theirs))
    return kept if right and named else None


def use(token_id: int, *, at: datetime) -> Use | None:
    """This call counted; None where the token was revoked meanwhile."""
    counted = tokens.count(token_id, at=at, window=WINDOW, most=CALLS + 1)
    if counted is None:
        return None
    calls, since = counted
    resets_in = max(1, ceil((since + WINDOW - at).total_seconds()))
    return Use(calls <= CALLS, max(0, CALLS - calls), resets_in)


def _folded(email: str) -> bytes:
    return sha256(email.strip().casefold().encode("utf-8", "surrogatepass")).digest()


def _no_name() -> Problem:
    return Problem("name", "XX-TOK-1", "Falta el nombre del token. Escribe para qué programa es.")


def _no_member() -> Problem:
    return Problem(
        "user",
        "XX-TOK-2",
        "Esa persona no trabaja para la empresa: no puede tener un token de ella. Asóciala antes.",
    )
