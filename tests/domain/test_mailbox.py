"""How a mailbox goes on after a visit, and where one may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from acuse.domain.mailbox import (
    Cause,
    MailOutcome,
    Place,
    Protocol,
    Security,
    Step,
    Trouble,
    after_visit,
    best,
    place_problems,
)
from acuse.domain.patience import Patience

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
PLACE = Place(Protocol.IMAP, "imap.compradora.example", 993, Security.TLS, "a@compradora.example")


def step(cause: Cause | None, *, refusals: int = 0, failures: int = 0, more: bool = False) -> Step:
    return after_visit(
        Trouble(cause, "x") if cause else None,
        refusals=refusals,
        failures=failures,
        more=more,
        at=AT,
        patience=Patience(),
    )


def test_a_good_visit_forgets_the_bad_ones() -> None:
    assert step(None, refusals=1, failures=7) == Step(AT + timedelta(minutes=3))
    assert step(None, more=True) == Step(AT)


@pytest.mark.parametrize("cause", [Cause.REFUSED, Cause.NO_FOLDER])
def test_what_needs_a_person_stops_at_the_second_time(cause: Cause) -> None:
    first = step(cause)
    assert (first.refusals, first.failures, first.stop) == (1, 1, False)
    assert step(cause, refusals=1, failures=1).stop


@pytest.mark.parametrize("cause", [c for c in Cause if c not in (Cause.REFUSED, Cause.NO_FOLDER)])
def test_what_may_pass_by_itself_is_tried_less_and_less(cause: Cause) -> None:
    waits = [step(cause, failures=n).wake_at - AT for n in range(9)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=3)
    assert waits[-1] == timedelta(hours=4)
    told = step(cause, refusals=1, failures=50)
    assert (told.refusals, told.stop) == (1, False)


def test_the_best_of_its_files_is_the_messages() -> None:
    assert best(()) is MailOutcome.NOTHING
    assert best((MailOutcome.REFUSED, MailOutcome.RECEIVED)) is MailOutcome.RECEIVED
    assert best((MailOutcome.REFUSED, MailOutcome.KNOWN)) is MailOutcome.KNOWN


def fields(place: Place, *, private: bool = False) -> set[str]:
    return {one.field for one in place_problems(place, private=private)}


def test_a_usual_place_is_good() -> None:
    assert fields(PLACE) == set()
    assert fields(replace(PLACE, host="192.0.2.7")) == set()
    assert fields(replace(PLACE, host="2001:db8::7")) == set()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"host": "http://x.example"}, "host"),
        ({"host": "x y"}, "host"),
        ({"host": "-x.example"}, "host"),
        ({"host": ""}, "host"),
        ({"port": 0}, "port"),
        ({"port": 70000}, "port"),
        ({"port": 5432}, "port"),
        ({"security": Security.NONE}, "security"),
        ({"username": ""}, "username"),
        ({"username": "a\r\nb"}, "username"),
        ({"folder": "a\0"}, "folder"),
    ],
)
def test_another_place_is_said_to_be_wrong(changes: dict[str, object], field: str) -> None:
    assert fields(replace(PLACE, **changes)) == {field}  # type: ignore[arg-type]


def test_who_may_use_private_places_may_use_any_port_and_loopback_in_plain() -> None:
    plain = replace(PLACE, host="localhost", port=1143, security=Security.NONE)
    assert fields(plain, private=True) == set()
    assert fields(plain) == {"port", "security"}
    assert fields(replace(plain, host="10.0.0.1"), private=True) == {"security"}
