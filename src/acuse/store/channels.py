"""The roads to the authorities: rates, log-ins, breakers – rows, so they hold across hosts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import F, Q

from acuse.store import models

BREAKER_FAILURES = 5
BREAKER_PAUSE = timedelta(minutes=1)


def take_token(company_id: int, *, rate: float, at: datetime) -> timedelta:
    """How long to wait before the company's next call; zero when the call may be made now.

    A bucket of `rate` tokens that fills by `rate` a second, per authority credential.
    """
    tokens = _filled(company_id, rate=rate, at=at)
    wait = timedelta()
    if tokens < 1:
        wait = timedelta(seconds=(1 - tokens) / rate)
    else:
        tokens -= 1
    models.Channel.objects.filter(pk=company_id).update(tokens=tokens, refilled_at=at)
    return wait


def rest(company_id: int, *, wait: timedelta, rate: float, at: datetime) -> None:
    """Make no call for the company for so long: until then its bucket has no token."""
    tokens = _filled(company_id, rate=rate, at=at)
    emptied = min(tokens, 1 - wait.total_seconds() * rate)
    models.Channel.objects.filter(pk=company_id).update(tokens=emptied, refilled_at=at)


def _filled(company_id: int, *, rate: float, at: datetime) -> float:
    """The tokens in the company's bucket by now; its row is locked."""
    row = models.Channel.objects.select_for_update().get(pk=company_id)
    since = (at - row.refilled_at).total_seconds() if row.refilled_at else rate
    return min(rate, row.tokens + max(0.0, since) * rate)


def begin_login(company_id: int, *, at: datetime, until: datetime) -> bool:
    """Whether this worker logs in for the company: one at a time, whatever the number of hosts.

    Never on a stopped channel. The row stays locked: what the last log-in left can be read now.
    """
    rows = models.Channel.objects.filter(pk=company_id, stopped=False).filter(
        Q(login_until=None) | Q(login_until__lte=at)
    )
    return bool(rows.update(login_until=until))


def end_login(company_id: int) -> None:
    """Let others log in again."""
    models.Channel.objects.filter(pk=company_id).update(login_until=None)


def refused(company_id: int, reason: str, *, limit: int) -> bool:
    """Count a refusal of the credentials; whether it was one too many: the channel stops."""
    models.Channel.objects.filter(pk=company_id).update(refusals=F("refusals") + 1)
    rows = models.Channel.objects.filter(pk=company_id, refusals__gte=limit, stopped=False)
    return bool(rows.update(stopped=True, reason=reason))


def worked(company_id: int) -> None:
    """The credentials were taken: refusals are counted from zero again."""
    models.Channel.objects.filter(pk=company_id, refusals__gt=0).update(refusals=0)


def resume(company_id: int) -> bool:
    """Whether a stopped channel is open again."""
    rows = models.Channel.objects.filter(pk=company_id, stopped=True)
    return bool(rows.update(stopped=False, refusals=0, reason=""))


def stopped(company_id: int) -> str | None:
    """Why the channel is stopped; None while it is open."""
    row = models.Channel.objects.filter(pk=company_id, stopped=True).first()
    return row.reason if row else None


def notes(company_id: int) -> dict[str, tuple[bytes, datetime | None]]:
    """What log-ins left, wrapped, with its expiry."""
    rows = models.ChannelNote.objects.filter(company_id=company_id)
    return {row.name: (bytes(row.wrapped), row.until) for row in rows}


def keep_notes(company_id: int, kept: Mapping[str, tuple[bytes, datetime | None] | None]) -> None:
    """Keep or, with None, forget what a log-in left."""
    for name, note in kept.items():
        if note is None:
            models.ChannelNote.objects.filter(company_id=company_id, name=name).delete()
            continue
        models.ChannelNote.objects.update_or_create(
            company_id=company_id, name=name, defaults={"wrapped": note[0], "until": note[1]}
        )


def forget_notes(company_id: int, names: Collection[str]) -> None:
    """Forget what log-ins left under these names."""
    models.ChannelNote.objects.filter(company_id=company_id, name__in=names).delete()


def breaker_wait(endpoint: str, *, at: datetime) -> timedelta:
    """How long the endpoint is left alone; zero when a call may be made.

    An open breaker lets one probe a minute through: the caller that gets zero is it.
    """
    row = models.Endpoint.objects.filter(pk=endpoint, open_until__isnull=False).first()
    if row is None or row.open_until is None:
        return timedelta()
    if row.open_until > at:
        return row.open_until - at
    probe = models.Endpoint.objects.filter(pk=endpoint, open_until=row.open_until)
    if probe.update(open_until=at + BREAKER_PAUSE):
        return timedelta()
    return BREAKER_PAUSE


def answered(endpoint: str) -> None:
    """The endpoint gave an answer: its breaker closes."""
    models.Endpoint.objects.filter(pk=endpoint).exclude(failures=0).update(
        failures=0, open_until=None
    )


def silent(endpoint: str, *, at: datetime) -> None:
    """The endpoint gave none: five in a row open its breaker."""
    models.Endpoint.objects.bulk_create([models.Endpoint(pk=endpoint)], ignore_conflicts=True)
    models.Endpoint.objects.filter(pk=endpoint).update(failures=F("failures") + 1)
    models.Endpoint.objects.filter(
        pk=endpoint, failures__gte=BREAKER_FAILURES, open_until=None
    ).update(open_until=at + BREAKER_PAUSE)
