"""Buyers' events, in each of the forms that the DIAN may give them back in."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.question import Answer, EventsGiven, NothingKnown, Question, Topic
from acuse.domain.submission import NoAnswer, Refused, Reply
from acuse.jurisdictions.co.questions import Questions
from tests.jurisdictions.co import dian

BOGOTA = timezone(timedelta(hours=-5))


def answered(body: bytes) -> Answer:
    return Questions().answer(Question(Topic.EVENTS), Reply(200, {}, body))


def event(code: str = "030", key: str = "a" * 96, on: str = "2026-11-26", many: str = "") -> bytes:
    """An event as its buyer signed it, less the signature; `many` are told by the DIAN itself."""
    sender = dian.party("800197268", "DIAN") if many else dian.party(dian.BUYER, "COMPRADOR")
    name = ' listID="02" name="Mercancía no entregada totalmente"' if code == "031" else ""
    one = (
        f"<cac:DocumentResponse><cac:Response><cbc:ResponseCode{name}>{code}</cbc:ResponseCode>"
        f"<cbc:Description>Evento {code}</cbc:Description></cac:Response><cac:DocumentReference>"
        f"<cbc:ID>{dian.NUMBER}</cbc:ID><cbc:UUID>{dian.CUFE}</cbc:UUID></cac:DocumentReference>"
        "</cac:DocumentResponse>"
    )
    return (
        f"{dian.opening('ApplicationResponse').replace('{signature}', '')}"
        f"<cbc:ID>AR1</cbc:ID><cbc:UUID>{key}</cbc:UUID><cbc:IssueDate>{on}</cbc:IssueDate>"
        "<cbc:IssueTime>09:00:00-05:00</cbc:IssueTime>"
        f"<cac:SenderParty>{sender}</cac:SenderParty>"
        f"{many or one}</ApplicationResponse>"
    ).encode()


def told_events(*receipts: bytes, code: str = "00", valid: bool = True) -> bytes:
    many = [dian.members(valid, code, receipt=receipt) for receipt in receipts]
    if len(many) == 1:
        return dian.dian_response("GetStatusEvent", *many)
    listed = "".join(f"<b:DianResponse>{one}</b:DianResponse>" for one in many)
    return dian.answer("GetStatusEvent", listed, "DianResponse")


def test_an_event_is_read_with_who_when_and_why() -> None:
    content = event("031")
    told = answered(told_events(content))
    assert isinstance(told, EventsGiven)
    (one,) = told.events
    assert (one.code, one.text, one.key, one.by) == ("031", "Evento 031", "a" * 96, "COMPRADOR")
    assert one.reason == "Mercancía no entregada totalmente"
    assert one.at == datetime(2026, 11, 26, 9, tzinfo=BOGOTA)
    assert one.raw == content


def test_events_come_alone_listed_or_in_an_archive_oldest_first() -> None:
    first, second = event("030", "a" * 96), event("032", "b" * 96, "2026-11-27")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("2.xml", second)
        archive.writestr("1.xml", first)
    for body in (told_events(second, first), told_events(buffer.getvalue())):
        told = answered(body)
        assert isinstance(told, EventsGiven)
        assert [one.code for one in told.events] == ["030", "032"]


def relayed(*events: tuple[str, str, str]) -> bytes:
    """Events as the DIAN tells them itself: code, id, day ("" where it gives none)."""
    many = "".join(
        f"<cac:DocumentResponse><cac:Response><cbc:ResponseCode>{code}</cbc:ResponseCode>"
        + (f"<cbc:EffectiveDate>{day}</cbc:EffectiveDate>" if day else "")
        + f"</cac:Response><cac:DocumentReference><cbc:UUID>{key}</cbc:UUID>"
        "</cac:DocumentReference></cac:DocumentResponse>"
        for code, key, day in events
    )
    return event(many=many)


def test_events_that_the_dian_tells_itself_have_their_own_ids_and_moments() -> None:
    body = relayed(("02", "x", ""), ("032", "b", "2026-11-27"), ("030", "a", "2026-11-26"))
    told = answered(told_events(body))
    assert isinstance(told, EventsGiven)
    assert [(one.code, one.key, one.by) for one in told.events] == [
        ("030", "a", ""),
        ("032", "b", ""),
    ]
    assert told.events[0].text == "Acuse de recibo de Factura Electrónica de Venta"
    assert told.events[0].at == datetime(2026, 11, 26, tzinfo=BOGOTA)


def test_the_moment_of_asking_is_not_taken_for_the_events() -> None:
    told = answered(told_events(relayed(("030", "a", ""), ("032", "b", ""))))
    assert isinstance(told, EventsGiven)
    assert [(one.code, one.at) for one in told.events] == [("030", None), ("032", None)]
    alone = answered(told_events(relayed(("030", "a", ""))))
    assert isinstance(alone, EventsGiven)
    assert alone.events[0].key == "a"


@pytest.mark.parametrize("code", ["66", "67", "68"])
def test_a_document_without_events_has_none(code: str) -> None:
    assert isinstance(answered(told_events(b"", code=code)), NothingKnown)


def test_events_that_cannot_be_read_are_no_answer() -> None:
    for broken in (b"<a/>", b"PK nothing", event()[:-5]):
        assert isinstance(answered(told_events(broken)), NoAnswer)
    assert isinstance(answered(told_events(b"", code="98", valid=False)), NoAnswer)
    assert isinstance(answered(told_events(b"", code="89", valid=False)), Refused)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    answered(told_events(raw))
    answered(told_events(b"PK" + raw))
