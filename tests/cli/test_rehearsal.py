"""The rehearsal goes on where the authority was asked a moment ago."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acuse.cli import rehearsal
from acuse.domain.problem import Problem
from acuse.flow.inquire import Busy


def asking(times: int) -> Callable[[], int]:
    """A question that comes too soon so many times, and then is answered by their number."""
    asked = iter(range(times + 1))

    def ask() -> int:
        told = next(asked)
        if told < times:
            raise Busy([Problem("authority", "XX-ASK-1", "Inténtalo en 1 s.")])
        return told

    return ask


@pytest.fixture(autouse=True)
def waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal.time, "sleep", lambda seconds: None)


def test_it_asks_again_where_the_rate_is_used_up() -> None:
    assert rehearsal.in_turn(asking(2)) == 2


def test_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "PATIENCE", -1)
    with pytest.raises(Busy):
        rehearsal.in_turn(asking(1))
