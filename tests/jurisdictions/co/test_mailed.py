"""What comes by mail is told apart by its look; a buyer's event counts only where all holds."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import Looks, ReceivedEvent
from acuse.jurisdictions.co import counter
from tests.jurisdictions.co import papers
from tests.jurisdictions.co.papers import (
    application_response,
    buyer_event,
    container,
    event_container,
    invoice,
)
from tests.jurisdictions.co.receptions import BOGOTA
from tests.jurisdictions.co.test_received import altered, zipped

COUNTER = counter.Receptions()


def refused(raw: bytes) -> str:
    told = COUNTER.read_event(raw)
    assert isinstance(told, Problem), told
    assert told.field == "file"
    return told.code


def taken(raw: bytes) -> ReceivedEvent:
    told = COUNTER.read_event(raw)
    assert isinstance(told, ReceivedEvent), told
    return told


@pytest.mark.parametrize("code", ["030", "031", "032", "033", "034"])
def test_a_verified_event_is_read(code: str) -> None:
    content = buyer_event(code)
    told = taken(event_container(content))
    assert (told.number, told.fiscal_id) == (papers.NUMBER, papers.CUFE)
    assert told.sender == TaxId("NIT", papers.BUYER)
    event = told.event
    assert (event.code, event.key, event.raw) == (code, papers.EVENT_KEY, content)
    assert event.at == datetime(2026, 11, 26, 9, tzinfo=BOGOTA)
    assert event.by == "COMPRADOR DE PRUEBA S.A.S."
    assert bool(event.reason) == (code == "031")


def test_it_may_come_in_its_archive() -> None:
    raw = zipped(("ar.xml", event_container()), ("ar.pdf", b"%PDF"))
    assert taken(raw) == taken(event_container())


def test_a_forged_or_unsigned_event_is_refused() -> None:
    forged = altered(buyer_event("030"), b">030<", b">033<")
    assert refused(event_container(forged)) == "CO-OWN-64"
    outside = altered(event_container(), b"<cbc:LineID>1<", b"<cbc:LineID>2<")
    assert refused(outside) == "CO-OWN-64"
    unsigned = buyer_event()
    start = unsigned.index(b"<ds:Signature ")
    end = unsigned.index(b"</ds:Signature>") + len(b"</ds:Signature>")
    assert refused(event_container(unsigned[:start] + unsigned[end:])) == "CO-OWN-64"


def test_an_event_signed_by_somebody_else_is_refused() -> None:
    assert refused(event_container(buyer_event(signer=papers.NIT))) == "CO-OWN-68"
    assert refused(event_container(buyer_event(sender=""))) == "CO-OWN-68"
    assert refused(event_container(buyer_event(sender=".*"))) == "CO-OWN-68"


def test_an_event_that_the_dian_does_not_know_is_refused() -> None:
    assert refused(event_container(receipt=b"")) == "CO-OWN-62"
    by_another = application_response(
        number=papers.EVENT, fiscal_id=papers.EVENT_KEY, signer=papers.BUYER
    )
    assert refused(event_container(receipt=by_another)) == "CO-OWN-65"
    rejected = application_response("04", number=papers.EVENT, fiscal_id=papers.EVENT_KEY)
    assert refused(event_container(receipt=rejected)) == "CO-OWN-67"


def test_a_verdict_on_something_else_is_no_verdict() -> None:
    assert refused(event_container(receipt=application_response())) == "CO-OWN-66"
    assert refused(event_container(buyer_event(key="f" * 96))) == "CO-OWN-66"


def test_what_is_no_event_is_refused() -> None:
    assert refused(container()) == "CO-OWN-61"
    assert refused(event_container(buyer_event("02"))) == "CO-OWN-61"
    assert refused(buyer_event()) == "CO-OWN-61"  # bare, without its container
    assert refused(b"") == "CO-OWN-63"
    assert refused(b"PK\x03\x04") == "CO-OWN-60"


@pytest.mark.parametrize(
    ("raw", "looks"),
    [
        (container(), Looks.DOCUMENT),
        (zipped(("a.xml", container()), ("a.pdf", b"%PDF")), Looks.DOCUMENT),
        (invoice(), Looks.DOCUMENT),
        (zipped(("a.xml", invoice()), ("b.xml", application_response())), Looks.DOCUMENT),
        (b"<a", Looks.DOCUMENT),
        (b"PK\x03\x04 torn", Looks.DOCUMENT),
        (container(b"<torn"), Looks.DOCUMENT),
        (event_container(), Looks.EVENT),
        (zipped(("a.xml", event_container())), Looks.EVENT),
        (buyer_event(), Looks.EVENT),
        (application_response(), Looks.NOTHING),
        (b"<feedback/>", Looks.NOTHING),
        (zipped(("informe.xml", b"<feedback/>")), Looks.NOTHING),
        (zipped(("foto.jpg", b"\xff\xd8")), Looks.NOTHING),
    ],
)
def test_files_are_told_apart_by_their_look(raw: bytes, looks: Looks) -> None:
    assert COUNTER.looks(raw) is looks


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda raw: b"PK" + raw)))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    COUNTER.looks(raw)
    assert isinstance(COUNTER.read_event(raw), Problem)


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=3))
def test_a_damaged_container_tells_nothing_else(place: int, noise: bytes) -> None:
    content = event_container()
    start = place % len(content)
    told = COUNTER.read_event(content[:start] + noise + content[start + len(noise) :])
    if isinstance(told, ReceivedEvent):
        assert told == taken(content)
