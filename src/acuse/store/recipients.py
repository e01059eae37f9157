"""Addresses and their SMTP tries: claimed under a lease, fenced by an epoch."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from acuse.domain import recipient
from acuse.domain.delivery import Trigger
from acuse.domain.failure import Cause
from acuse.domain.party import Environment
from acuse.domain.recipient import Move, RecipientState, SmtpOutcome, Stage
from acuse.store import artifacts, models
from acuse.store.pacing import Going

NOT_BEGUN = [one.value for one in recipient.WAITING]
UNSENT = [one.value for one in recipient.UNSENT]
BEGUN = ~Q(state__in=UNSENT) | Q(uncertain__gt=0)  # as recipient.has_begun
COUNTED = (RecipientState.UNCERTAIN, RecipientState.STUCK)  # among a mail's uncertain tries
LEFT = [
    RecipientState.UNCERTAIN.value,
    RecipientState.SENT.value,
    RecipientState.DELIVERED.value,
    RecipientState.BOUNCED.value,
]


@dataclass(frozen=True, slots=True)
class Claim:
    """A recipient that this worker holds, with the try that it has begun."""

    id: int
    epoch: int
    company_id: int
    document_id: int
    delivery_id: int
    address: str
    return_path: str
    token: str
    attempt_id: int
    tries: int  # this one counted
    ordinal: int  # of this try among all, counted or not
    uncertain: int
    message: bytes
    suppressed: bool  # mail to the address is held meanwhile
    begun: bool  # of its delivery, something left or another worker is sending
    wanted: tuple[str, ...]  # addresses that a person named for its delivery
    beside: tuple[str, ...]  # in lower case, those of its delivery that wait
    roles: Mapping[str, list[str]]  # that its delivery's messages were made with
    trigger: Trigger
    environment: Environment
    going: Going


def add(
    company_id: int,
    delivery_id: int,
    *,
    address: str,
    token: str,
    message_name: str,
    return_path: str,
    message: bytes,
    template: int | None,
    at: datetime,
) -> int:
    """The id of a new recipient with its frozen message, due at once.

    `template` is the version of the company's words that it was made with, None for the house's.
    """
    row = models.Recipient(
        company_id=company_id,
        delivery_id=delivery_id,
        address=address,
        normalised=address.casefold(),
        token=token,
        message_name=message_name,
        return_path=return_path,
        message_id=artifacts.save(company_id, message),
        template_id=template,
        wake_at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


CLAIM = """
UPDATE store_recipient r SET
    state = 'SENDING', epoch = r.epoch + 1, tries = r.tries + 1, stage = '',
    lease_until = %(until)s
FROM store_delivery d, store_artifact a, store_company c
WHERE d.id = r.delivery_id AND a.id = r.message_id AND c.id = r.company_id AND r.id = ANY(%(ids)s)
RETURNING r.id, r.epoch, r.company_id, d.document_id, r.delivery_id, r.address, r.return_path,
    r.token, r.tries, r.uncertain, a.sha256, a.packing, a.content,
    EXISTS (SELECT FROM store_addressstate s WHERE s.company_id = r.company_id
        AND s.address = r.normalised AND s.state = 'SUPPRESSED'), d.trigger,
    (SELECT coalesce(max(t.ordinal), 0) + 1 FROM store_attempt t WHERE t.recipient_id = r.id),
    c.environment, EXISTS (
        SELECT FROM store_recipient o WHERE o.delivery_id = r.delivery_id AND o.id <> ALL(%(ids)s)
            AND (o.state <> ALL(%(unsent)s) OR o.uncertain > 0)
    ) OR r.uncertain > 0, d.wanted, ARRAY(
        SELECT o.normalised FROM store_recipient o WHERE o.delivery_id = r.delivery_id
            AND o.id <> ALL(%(ids)s) AND o.state IN ('QUEUED', 'DEFERRED')
    ), d.roles
"""


def claim(granted: Mapping[int, Going], *, at: datetime, lease: timedelta) -> tuple[Claim, ...]:
    """Those due recipients, each with the record of the try that now begins."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"ids": list(granted), "until": at + lease, "unsent": UNSENT})
        rows = sorted(cursor.fetchall())
    attempts = models.Attempt.objects.bulk_create(
        models.Attempt(
            company_id=row[2],
            recipient_id=row[0],
            ordinal=row[15],
            epoch=row[1],
            message_sha256=row[10],
            started_at=at,
        )
        for row in rows
    )
    return tuple(
        Claim(
            id=row[0],
            epoch=row[1],
            company_id=row[2],
            document_id=row[3],
            delivery_id=row[4],
            address=row[5],
            return_path=row[6],
            token=row[7],
            attempt_id=attempt.pk,
            tries=row[8],
            uncertain=row[9],
            message=artifacts.unpack(row[10], row[11], bytes(row[12])),
            suppressed=row[13],
            begun=row[17],
            wanted=tuple(json.loads(row[18])),
            beside=tuple(row[19]),
            roles=json.loads(row[20]),
            trigger=Trigger(row[14]),
            ordinal=row[15],
            environment=Environment(row[16]),
            going=granted[row[0]],
        )
        for row, attempt in zip(rows, attempts, strict=True)
    )


# One statement each: they stand between the worker and its next mail.
BEFORE_DOT = """
WITH ours AS (
    UPDATE store_recipient SET stage = %(stage)s, lease_until = %(until)s
    WHERE id = %(id)s AND epoch = %(epoch)s AND state = 'SENDING' RETURNING id
), told AS (
    UPDATE store_attempt SET stage = %(stage)s, provider = %(provider)s
    WHERE id = %(attempt)s AND finished_at IS NULL AND EXISTS (SELECT FROM ours)
)
SELECT count(*) FROM ours
"""
FINISH = """
WITH told AS (
    UPDATE store_attempt SET finished_at = %(at)s, stage = %(stage)s, code = %(code)s,
        text = %(text)s, result = %(state)s, provider_name = %(name)s
    WHERE id = %(attempt)s AND finished_at IS NULL
), ours AS (
    UPDATE store_recipient SET state = %(state)s, wake_at = %(wake_at)s, lease_until = NULL,
        answer = %(text)s, cause = %(cause)s, uncertain = uncertain + %(uncertain)s,
        tries = tries - %(spared)s
    WHERE id = %(id)s AND epoch = %(epoch)s AND state = 'SENDING' RETURNING id
)
SELECT count(*) FROM ours
"""


def before_dot(claimed: Claim, *, until: datetime, provider: str = "") -> bool:
    """Whether the recipient is still this worker's; if so the stage DOT is on record.

    And whose road it takes, where that is a provider's.
    """
    values = {"stage": Stage.DOT.value, "until": until, "provider": provider}
    return _is_ours(BEFORE_DOT, claimed, values)


def finish(
    claimed: Claim, move: Move, outcome: SmtpOutcome, *, cause: str = "", at: datetime
) -> bool:
    """Whether the outcome was written: not where the recipient was given away meanwhile."""
    values = {
        "at": at,
        "stage": outcome.stage.value,
        "code": outcome.code,
        "text": outcome.text,
        "name": outcome.name,
        "state": move.state.value,
        "wake_at": move.retry_at,
        "cause": cause,
        "uncertain": int(move.state in COUNTED),
        "spared": int(not move.counted),
    }
    return _is_ours(FINISH, claimed, values)


def _is_ours(statement: str, claimed: Claim, values: dict[str, Any]) -> bool:
    named = {"id": claimed.id, "epoch": claimed.epoch, "attempt": claimed.attempt_id}
    with connection.cursor() as cursor:
        cursor.execute(statement, values | named)
        (ours,) = cursor.fetchone()
    return bool(ours)


def wake(company_ids: Collection[int], *, at: datetime) -> int:
    """How many mails of these companies that wait for our own road are tried now."""
    rows = models.Recipient.objects.filter(
        company_id__in=company_ids,
        state=RecipientState.DEFERRED.value,
        cause=Cause.OUR_SERVER.value,
        wake_at__gt=at,
    )
    return rows.update(wake_at=at)


def cancel(delivery_id: int) -> None:
    """Cancel the delivery's mails that have not begun."""
    rows = models.Recipient.objects.filter(delivery_id=delivery_id, state__in=NOT_BEGUN)
    rows.update(state=RecipientState.CANCELLED.value, wake_at=None)


def was_sent(document_id: int) -> bool:
    """Whether any mail to the customer left: a server took it, or may have; copies are none."""
    begun = models.Recipient.objects.filter(delivery__document_id=document_id)
    return begun.filter(state__in=LEFT).to_customer().exists()
