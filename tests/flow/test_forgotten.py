"""What came back and changed nothing is kept for a term; what is evidence of a document stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.returned import Intake
from acuse.flow import outside, sweep, track
from acuse.gateways.report_reader import Unreadable
from acuse.store import models
from tests.flow.house import House
from tests.flow.news import away, bounce_address, bring, dsn, letter, mailed


def kept() -> list[str]:
    return sorted(models.Report.objects.values_list("subject", flat=True))


def test_what_changed_nothing_goes_after_its_term(house: House) -> None:
    recipient = mailed(house)
    bring(letter("Oferta"), dsn(None), dsn(recipient))
    bring(away(recipient), letter("De Ana"), to=bounce_address(recipient))
    track.take(letter("Sin leer"), to=(), intake=Intake.HAND, at=outside.now())
    evidence = [
        "",  # not read yet
        "De Ana",  # noted, and about a document
        "Respuesta automática: de vacaciones",
        "Undelivered Mail Returned to Sender",
    ]
    assert len(kept()) == 6
    sweep.sweep(at=outside.now() + timedelta(days=89))
    assert len(kept()) == 6
    assert sweep.sweep(at=outside.now() + timedelta(days=91)) >= 2
    assert kept() == evidence
    assert models.News.objects.count() == 2


def test_so_does_what_brought_its_reader_down(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down:
        def read(self, raw: bytes, *, to: tuple[str, ...]) -> object:
            raise Unreadable("it died")

    monkeypatch.setattr(outside, "report_reader", Down)
    bring(letter("Oferta"))
    for turn in (3, 6):
        track.track_due(at=outside.now() + timedelta(minutes=turn))
    assert track.forget(at=outside.now() + timedelta(days=91)) == 1
    assert kept() == []


def test_they_go_some_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(*(letter(f"Oferta {number}") for number in range(3)))
    monkeypatch.setattr(track, "FORGOTTEN_AT_ONCE", 2)
    late = outside.now() + timedelta(days=91)
    assert [track.forget(at=late) for _ in range(3)] == [2, 1, 0]


def test_a_term_of_none_keeps_them(house: House, settings: Any) -> None:
    settings.NOTED_DAYS = 0
    bring(letter("Oferta"))
    assert track.forget(at=outside.now() + timedelta(days=9999)) == 0
