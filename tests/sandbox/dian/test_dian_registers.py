"""What the registers hold comes to the rules: the facts that a document is judged by."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from lxml import etree

from acuse_sandbox.dian import judging
from acuse_sandbox.dian.rulebook import Facts, Finding, KnownDocument, RutEntry
from tests.sandbox.dian.documents import (
    BUYER,
    ISSUER,
    KEY,
    PIN,
    SOFTWARE,
    STRANGER,
    credit_note,
    uuid_of,
)
from tests.sandbox.dian.place import NOW, Place, good
from tests.sandbox.dian.signing import sign, signer


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Facts]:
    """The facts of every document judged, none of which breaks a rule."""
    found: list[Facts] = []

    def judge(document: etree._Element, facts: Facts) -> list[Finding]:
        assert etree.QName(document).localname == "Invoice"
        found.append(facts)
        return []

    monkeypatch.setattr(judging, "judge", judge)
    return found


def test_without_entries_there_is_the_test_range_and_nothing_else(
    place: Place, seen: list[Facts]
) -> None:
    place.sent(good())
    (facts,) = seen
    assert (facts.environment, facts.at, facts.certificate_nit) == ("2", NOW, ISSUER)
    (only,) = facts.ranges
    assert (only.prefix, only.first, only.last) == ("SETP", 990000000, 995000000)
    assert (only.valid_from, only.valid_until) == (date(2019, 1, 19), date(2030, 1, 19))
    assert only.technical_key == KEY
    assert (facts.software, facts.rut, facts.contingencies) == ({}, {}, ())
    assert not facts.strict_software


def test_entries_are_told_to_whom_they_concern(place: Place, seen: list[Facts]) -> None:
    place.set("strict_software", "1")
    place.set("environment", "1")
    place.tell("software", nit=ISSUER, software_id=SOFTWARE, pin=PIN)
    place.tell("software", nit=STRANGER, software_id="otro", pin="1")
    place.tell("software", software_id="de todos")
    place.tell("rut", nit=BUYER, name="COMPRADOR DE PRUEBA S.A.S.", active=False)
    hours = ("2026-11-25T09:00:00-05:00", "2026-11-25T23:00:00-05:00")
    place.tell("contingency", start=hours[0], end=hours[1])
    own = {"first": 1, "last": 9, "valid_from": "2026-01-01", "valid_until": "2027-01-01"}
    place.tell("range", nit=ISSUER, resolution="18760000777", **own)
    place.tell("range", nit=STRANGER, resolution="18760000778", **own)
    place.sent(good())
    (facts,) = seen
    assert facts.environment == "1"
    assert facts.strict_software
    assert facts.software == {SOFTWARE: PIN, "de todos": None}
    assert facts.rut == {BUYER: RutEntry("COMPRADOR DE PRUEBA S.A.S.", active=False)}
    ((start, end),) = facts.contingencies
    assert start == datetime(2026, 11, 25, 14, tzinfo=UTC)
    assert end == datetime(2026, 11, 26, 4, tzinfo=UTC)
    assert [(one.resolution, one.technical_key) for one in facts.ranges] == [("18760000777", None)]


def test_only_accepted_documents_are_known_to_notes(place: Place, seen: list[Facts]) -> None:
    bad = good("SETP990000124").replace(b"de prueba<", b"de pruebo<")
    for document in (good(), bad, good("SETP990000125")):
        place.sent(document)
    known = seen[-1].known
    assert known(uuid_of(good()).upper()) == KnownDocument(
        ISSUER, "SETP990000123", "01", date(2026, 11, 25), BUYER
    )
    assert known(uuid_of(bad)) is None
    assert known("") is None


def test_a_provider_is_known_by_its_certificate(place: Place, seen: list[Facts]) -> None:
    place.tell("provider", nit=ISSUER, provider=STRANGER)
    place.sent(good(), by=signer(STRANGER))
    assert seen[0].certificate_nit == STRANGER


def test_what_a_rule_finds_is_answered(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Finding("FAJ43a", "N", "El nombre difiere.", None),
        Finding("FAV06", "R", "El valor de la línea difiere.", 1),
        Finding("FAV06", "R", "El valor de la línea difiere.", 1),
    ]
    monkeypatch.setattr(judging, "judge", lambda document, facts: found)
    said = place.sent(good())
    assert said.errors == [
        "Regla: FAV06, Rechazo: El valor de la línea difiere.",
        "Regla: FAJ43a, Notificación: El nombre difiere.",
    ]
    found[1:] = []
    observed = place.sent(good())
    assert (observed.valid, observed.code, observed.rules) == (True, "00", ["FAJ43a"])
    assert place.outcomes() == [("send", "rejected"), ("send", "observed")]


def test_the_notice_about_the_rut_comes_where_it_is_asked_for(
    place: Place, seen: list[Facts]
) -> None:
    place.set("notify_rut", "1")
    said = place.sent(good())
    assert (said.valid, said.rules) == (True, ["RUT01"])


# The same, with the real rules


def test_a_wrong_pin_is_found_once_it_is_registered(place: Place) -> None:
    assert place.sent(good("SETP990000001")).code == "00"
    place.tell("software", nit=ISSUER, software_id=SOFTWARE, pin="11111")
    assert "FAB27b" in place.sent(good("SETP990000002")).rules
    place.tell("software", nit=ISSUER, software_id=SOFTWARE, pin=PIN)
    assert place.sent(good("SETP990000002")).code == "00"


def test_a_strict_dian_wants_the_software_registered(place: Place) -> None:
    place.set("strict_software", "1")
    assert "FAB24b" in place.sent(good()).rules
    place.tell("software", nit=ISSUER, software_id=SOFTWARE, pin=PIN)
    assert place.sent(good()).code == "00"


def test_a_wrong_technical_key_is_found(place: Place) -> None:
    assert place.sent(good(key="0" * 40)).rules == ["FAD06"]


def test_a_contingency_must_have_been_declared(place: Place) -> None:
    assert place.sent(good(kind="04")).rules == ["CTG01"]
    place.tell("contingency", start="2026-11-25T09:00:00-05:00", end="2026-11-25T23:00:00-05:00")
    assert place.sent(good(kind="04")).code == "00"


def test_the_name_in_the_rut_is_compared(place: Place) -> None:
    place.tell("rut", nit=BUYER, name="OTRO NOMBRE S.A.S.")
    said = place.sent(good())
    assert (said.code, said.rules) == ("00", ["FAJ43b"])


def test_a_note_about_an_unknown_invoice_is_rejected(place: Place) -> None:
    note = sign(credit_note(of_uuid=uuid_of(good())))
    assert "CBG04a" in place.sent(note).rules
    place.sent(good())
    assert place.sent(note).code == "00"
