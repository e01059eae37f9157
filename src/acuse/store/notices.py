"""Mails to the companies' own people: made once for each thing to tell, claimed under a lease."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, QuerySet

from acuse.domain.notice import NoticeState, NoticeStep
from acuse.store import models
from acuse.store.pacing import Going


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that this worker holds."""

    id: int
    epoch: int
    company_id: int
    address: str
    tries: int  # this one counted
    message: bytes
    going: Going

    @property
    def ordinal(self) -> int:
        """Which claim of it this is, whether its try counts or not."""
        return self.epoch


@dataclass(frozen=True, slots=True)
class Written:
    """A notice for one address."""

    token: str
    message: bytes


def people(company_id: int) -> tuple[str, ...]:
    """The addresses of those who work for the company."""
    rows = models.Membership.objects.filter(company_id=company_id, user__is_active=True)
    told = rows.order_by("user_id").values_list("user__email", "user__username")
    found = (email or (name if "@" in name else "") for email, name in told)
    return tuple(dict.fromkeys(one for one in found if one))


def made(company_id: int, about: str) -> bool:
    """Whether the company's people were told about that."""
    return models.Notice.objects.filter(company_id=company_id, about=about).exists()


def make(company_id: int, about: str, written: Mapping[str, Written], *, at: datetime) -> None:
    """Keep the notice for each address; the same one twice is one, whoever comes first."""
    models.Notice.objects.bulk_create(
        (
            models.Notice(
                company_id=company_id,
                about=about,
                address=address,
                token=one.token,
                message=one.message,
                wake_at=at,
                made_at=at,
            )
            for address, one in written.items()
        ),
        ignore_conflicts=True,
    )


def overtake(company_id: int, day: str) -> None:
    """Give up the digests of earlier days that have not left: what is told now is newer."""
    earlier = models.Notice.objects.filter(company_id=company_id, about__lt=day)  # "alarm:…" is not
    waiting = earlier.filter(state=NoticeState.QUEUED.value)
    waiting.update(state=NoticeState.FAILED.value, wake_at=None, answer="overtaken")


CLAIM = """
UPDATE store_notice SET state = 'SENDING', epoch = epoch + 1, tries = tries + 1,
    handed = false, lease_until = %(until)s
WHERE id = ANY(%(ids)s)
RETURNING id, epoch, company_id, address, tries, message
"""


def claim(granted: Mapping[int, Going], *, at: datetime, lease: timedelta) -> tuple[Claim, ...]:
    """Those due notices, held by this worker."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"ids": list(granted), "until": at + lease})
        rows = sorted(cursor.fetchall(), key=lambda row: int(row[0]))
    return tuple(
        Claim(id_, epoch, company_id, address, tries, bytes(message), granted[id_])
        for id_, epoch, company_id, address, tries, message in rows
    )


def before_dot(claimed: Claim, *, until: datetime) -> bool:
    """Whether it is still this worker's; if so the dot is on record."""
    return bool(_ours(claimed).update(handed=True, lease_until=until))


def finish(claimed: Claim, step: NoticeStep, answer: str) -> bool:
    """Whether the outcome was written."""
    changes = {"state": step.state.value, "wake_at": step.wake_at, "answer": answer}
    spared = {} if step.counted else {"tries": F("tries") - 1}
    return bool(_ours(claimed).update(lease_until=None, **changes, **spared))


def recover(*, at: datetime) -> int:
    """How many notices of silent workers move on: to the queue, or as sent after their dot."""
    silent = models.Notice.objects.filter(state=NoticeState.SENDING.value, lease_until__lte=at)
    after = silent.filter(handed=True).update(
        state=NoticeState.SENT.value, lease_until=None, epoch=F("epoch") + 1
    )
    return after + silent.filter(handed=False).update(
        state=NoticeState.QUEUED.value, lease_until=None, wake_at=at, epoch=F("epoch") + 1
    )


def due(*, at: datetime) -> bool:
    """Whether any notice is to be sent."""
    return models.Notice.objects.filter(state=NoticeState.QUEUED.value, wake_at__lte=at).exists()


def _ours(claimed: Claim) -> QuerySet[models.Notice]:
    return models.Notice.objects.filter(
        pk=claimed.id, epoch=claimed.epoch, state=NoticeState.SENDING.value
    )
