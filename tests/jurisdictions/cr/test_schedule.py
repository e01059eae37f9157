"""When Hacienda is asked about what it has not judged, and for how long it is left alone.

Source: costa-rica.md 5 (headers) and 5.1, first row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from acuse.domain.conversation import advance
from acuse.domain.patience import Patience
from acuse.domain.submission import CallPurpose, NeedsPerson, Pending, Reply, SubmissionState
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.makers import AT, case, company, credential, default_sealed
from tests.jurisdictions.cr.test_calls import TOKEN, called

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOW = int(AT.timestamp())


def unjudged(status: int, state: str = "procesando") -> Reply:
    told = {"clave": default_sealed().fiscal_id, "ind-estado": state}
    return Reply(status, {}, json.dumps(told).encode())


def waits(reply: Reply) -> Iterator[timedelta]:
    """The wait before every question after a 202, until a person is called."""
    sending = case(notes=TOKEN)
    finding = jurisdiction.read(sending, called(sending), Reply(202, {}, b""), AT)
    step = advance(sending, CallPurpose.SEND, finding, at=AT, patience=Patience())
    at, asks = AT, 0
    while step.wake_at is not None:
        yield step.wake_at - at
        at = step.wake_at
        asked = case(SubmissionState.WAITING, asks=asks, sent_at=AT)
        call = jurisdiction.next_call(
            case(SubmissionState.WAITING, notes=TOKEN), company(), credential(), AT
        )
        assert call is not None
        finding = jurisdiction.read(asked, call, reply, at)
        step = advance(asked, CallPurpose.ASK, finding, at=at, patience=Patience())
        asks += 1
    assert isinstance(finding, NeedsPerson)
    assert step.state is SubmissionState.STUCK


def test_the_questions_become_rarer_until_a_person_is_called() -> None:
    seconds = [wait.total_seconds() for wait in waits(unjudged(200))]
    assert seconds[:6] == [5, 10, 30, 60, 120, 300]
    age = sum(seconds[:6])
    for wait in seconds[6:]:
        expected = 600 if age < 3 * 3600 else 3600 if age < 86400 else 86400
        assert wait == expected
        age += wait
    assert 8 * 86400 < age <= 10 * 86400


@pytest.mark.parametrize(
    ("reply", "earliest", "latest"),
    [
        (Reply(404, {}, b""), DAY, 2 * DAY + HOUR),
        (unjudged(200, "error"), DAY, 2 * DAY + HOUR),
        (unjudged(200, "recibido"), 8 * DAY, 10 * DAY),
        (Reply(502, {}, b""), 8 * DAY, 10 * DAY),
    ],
)
def test_nothing_is_asked_for_ever(reply: Reply, earliest: timedelta, latest: timedelta) -> None:
    total = sum(waits(reply), timedelta())
    assert earliest < total <= latest


def test_a_404_right_after_the_202_is_only_early() -> None:
    for age in (timedelta(seconds=5), 9 * MINUTE):
        one = case(SubmissionState.WAITING, sent_at=AT - age)
        call = called(case(SubmissionState.WAITING, notes=TOKEN))
        assert isinstance(jurisdiction.read(one, call, Reply(404, {}, b""), AT), Pending)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (202, {}, 0),
        (202, {"x-ratelimit-remaining": "1", "x-ratelimit-reset": str(NOW + 40)}, 0),
        (202, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(NOW + 40)}, 40),
        (200, {"x-ratelimit-remaining": "-2", "x-ratelimit-reset": str(NOW + 40)}, 40),
        (200, {"x-ratelimit-remaining": "0"}, 60),
        (429, {"x-ratelimit-remaining": "3", "x-ratelimit-reset": str(NOW + 40)}, 40),
        (429, {"x-ratelimit-reset": str(NOW - 40)}, 1),
        (429, {"x-ratelimit-reset": "9" * 10}, 3600),
        (429, {"x-ratelimit-reset": "9" * 400}, 60),
        (429, {"x-ratelimit-reset": "٣"}, 60),
        (200, {"x-ratelimit-remaining": "nada\r\n", "x-ratelimit-reset": "x"}, 0),
    ],
)
def test_what_is_left_of_the_calls_is_heard_before_the_429(
    status: int, headers: dict[str, str], seconds: int
) -> None:
    rest = jurisdiction.rest(Reply(status, headers, b""), AT)
    assert rest == timedelta(seconds=seconds)
