"""The events of RADIAN: order, parties, terms, and what GetStatusEvent tells of them."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime

import pytest

from acuse_sandbox import papers
from acuse_sandbox.dian import xsd
from acuse_sandbox.world import Script, ScriptedReply
from tests.sandbox.dian.documents import (
    BUYER,
    ISSUER,
    STRANGER,
    credit_note,
    uuid_of,
)
from tests.sandbox.dian.event_documents import event
from tests.sandbox.dian.place import Answer, Place, answer, good, packed, verifies
from tests.sandbox.dian.signing import sign, signer

CUFE = uuid_of(good())
THURSDAY = "2026-11-26"
FRIDAY = "2026-11-27"
TUESDAY = "2026-12-01"  # the third business day after Thursday
WEDNESDAY = "2026-12-02"


def declared(
    code: str, number: str, *, day: str = THURSDAY, hour: str = "09:00:00", **changes: str
) -> bytes:
    by = signer(changes.get("sender") or (ISSUER if code == "034" else BUYER))
    of_uuid = changes.pop("of_uuid", CUFE)
    told = event(code, number, of_uuid=of_uuid, day=day, hour=f"{hour}-05:00", **changes)
    return sign(told, by, at=f"{day}T{hour}.000-05:00")


def declare(place: Place, code: str, number: str, *, day: str = THURSDAY, **how: str) -> Answer:
    """The answer to an event that is sent a minute after it is signed, by its sender."""
    hour = how.get("hour", "09:00:00")
    moment = datetime.fromisoformat(f"{day}T{hour}-05:00").astimezone(UTC)
    place.at = moment.replace(minute=1)
    by = signer(how.get("sender") or (ISSUER if code == "034" else BUYER))
    return place.declare(declared(code, number, day=day, **how), by=by)


@pytest.fixture
def told(place: Place) -> Place:
    """A place where the invoice is accepted."""
    assert place.sent(good()).code == "00"
    return place


def after(place: Place, *codes: str) -> Place:
    """The place where these events came on Thursday, an hour apart."""
    for n, code in enumerate(codes):
        said = declare(place, code, f"AR{n + 1}", hour=f"{10 + n}:00:00")
        assert said.code == "00", said.errors
    return place


def test_an_event_is_accepted_and_its_receipt_names_it(told: Place) -> None:
    said = declare(told, "030", "AR1")
    document = declared("030", "AR1")
    assert (said.valid, said.code, said.errors) == (True, "00", [])
    assert said.members["XmlDocumentKey"] == uuid_of(document)
    receipt = said.receipt
    assert receipt is not None
    named = "{*}DocumentResponse/{*}DocumentReference/{*}"
    assert receipt.findtext(f"{named}ID") == "AR1"
    assert receipt.findtext(f"{named}UUID") == uuid_of(document)
    assert receipt.findtext("{*}ReceiverParty//{*}CompanyID") == BUYER
    assert told.status(uuid_of(document)).code == "00"
    assert told.outcomes()[1] == ("send", "accepted")


@pytest.mark.parametrize("codes", [("030", "032", "033"), ("030", "032", "031")])
def test_the_usual_order_is_accepted(told: Place, codes: tuple[str, ...]) -> None:
    after(told, *codes)


def test_the_issuer_declares_the_acceptance_by_lapse(told: Place) -> None:
    after(told, "030", "032")
    assert declare(told, "034", "AT1", day=WEDNESDAY).code == "00"


@pytest.mark.parametrize(
    ("before", "code", "rules"),
    [
        (("030",), "030", ["LGC01"]),
        (("030", "032", "033"), "033", ["LGC01"]),
        (("030", "032", "033"), "031", ["LGC02"]),
        ((), "031", ["LGC03"]),
        (("030",), "031", ["LGC03"]),
        ((), "032", ["LGC09"]),
        (("030",), "033", ["LGC12"]),
        ((), "033", ["LGC12", "LGC13"]),
    ],
)
def test_an_event_out_of_order_is_rejected(
    told: Place, before: tuple[str, ...], code: str, rules: list[str]
) -> None:
    after(told, *before)
    said = declare(told, code, "AR9", day=FRIDAY)
    assert (said.code, said.rules) == ("99", rules)
    assert said.receipt is not None
    assert told.outcomes()[-1] == ("send", "rejected")


@pytest.mark.parametrize(
    ("before", "day", "rules"),
    [
        (("030", "032", "033"), WEDNESDAY, ["LGC05"]),
        (("030", "032", "031"), WEDNESDAY, ["LGC05"]),
        (("030", "032"), TUESDAY, ["LGC14"]),
        (("030",), WEDNESDAY, ["LGC14"]),
    ],
)
def test_an_acceptance_by_lapse_needs_the_lapse(
    told: Place, before: tuple[str, ...], day: str, rules: list[str]
) -> None:
    after(told, *before)
    assert declare(told, "034", "AT1", day=day).rules == rules


def test_nothing_follows_an_acceptance_by_lapse_but_itself_is_known(told: Place) -> None:
    after(told, "030", "032")
    assert declare(told, "034", "AT1", day=WEDNESDAY).code == "00"
    assert "LGC02" in declare(told, "031", "AR8", day=WEDNESDAY, hour="11:00:00").rules


@pytest.mark.parametrize(("code", "rule"), [("033", "DC24c"), ("031", "DC24z")])
def test_acceptance_and_claim_have_three_business_days(told: Place, code: str, rule: str) -> None:
    after(told, "030", "032")
    assert declare(told, code, "AR8", day=WEDNESDAY).rules == [rule]
    assert declare(told, code, "AR9", day=TUESDAY).code == "00"


def test_an_event_signed_before_what_it_follows_is_rejected(told: Place) -> None:
    assert declare(told, "030", "AR1", day="2026-11-24").rules == ["DC24q"]
    assert declare(told, "030", "AR2", hour="12:00:00").code == "00"
    assert declare(told, "032", "AR3", hour="11:00:00").rules == ["DC24r"]


def test_only_the_buyer_tells_and_only_the_issuer_of_the_lapse(told: Place) -> None:
    assert declare(told, "030", "AR1", sender=ISSUER).rules == ["LGC64", "AAF01"]
    assert declare(told, "030", "AR2", sender=STRANGER).rules == ["AAF01"]
    assert declare(told, "030", "AR3", receiver=STRANGER).rules == ["AAG01"]
    after(told, "030", "032")
    assert declare(told, "034", "AT1", day=WEDNESDAY, sender=BUYER).rules == ["LGC64", "AAF01"]
    assert declare(told, "034", "AT2", day=WEDNESDAY, receiver=BUYER).rules == ["AAG01"]


def test_what_is_referenced_must_be_known_and_an_invoice(told: Place) -> None:
    assert declare(told, "030", "AR1", of_uuid="a" * 96).rules == ["AAH07"]
    assert declare(told, "030", "AR2", of="SETP990000124").rules == ["AAH06"]
    note = sign(credit_note(of_uuid=CUFE))
    assert told.sent(note).code == "00"
    assert declare(told, "030", "AR3", of="NC1", of_uuid=uuid_of(note)).rules == ["AAH07"]


def test_an_unknown_event_is_rejected(told: Place) -> None:
    assert declare(told, "039", "AR1").rules == ["AAD11"]


def test_a_number_of_an_event_is_used_once(told: Place) -> None:
    after(told, "030")
    assert declare(told, "032", "AR1", hour="12:00:00").rules == ["AAD05b"]
    assert declare(told, "032", "AR2", hour="12:00:00").code == "00"


def test_an_altered_event_is_rejected(told: Place) -> None:
    altered = declared("030", "AR1").replace(b"De Prueba", b"De Pruebo")
    said = told.declare(altered)
    assert said.rules[0] == "ZE02"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "ZIP"),
        (packed({"a.xml": b"<a/>"}), "ApplicationResponse"),
        (packed({"a.xml": good()}), "ApplicationResponse"),
    ],
)
def test_what_is_no_event_is_refused(place: Place, content: str, said: str) -> None:
    found = answer(place.call("SendEventUpdateStatus", contentFile=content))
    assert found.code == "89"
    assert said in found.words


def test_an_event_comes_with_its_senders_certificate(told: Place) -> None:
    found = told.declare(declared("030", "AR1"), by=signer(ISSUER))
    assert found.code == "89"
    assert "no autorizado" in found.words


# Scripts


def test_events_are_scripted_like_documents(told: Place) -> None:
    told.script(ScriptedReply(Script.REJECT, code="LGC01"))
    assert declare(told, "030", "AR1").rules == ["LGC01"]
    told.script(ScriptedReply(Script.NO_RECEIPT), number="AR2")
    assert declare(told, "030", "AR2").receipt is None
    told.script(ScriptedReply(Script.EMPTY_ANSWER))
    assert declare(told, "032", "AR3").code == ""
    assert declare(told, "032", "AR3").code == "00"


# GetStatusEvent


def events_of(place: Place, uuid: str) -> Answer:
    return answer(place.call("GetStatusEvent", trackId=uuid))


def test_the_events_of_a_document_are_told_in_order(told: Place) -> None:
    after(told, "030", "032", "031")
    found = events_of(told, CUFE)
    assert (found.valid, found.code) == (True, "00")
    receipt = found.receipt
    assert receipt is not None
    responses = receipt.findall("{*}DocumentResponse")
    assert [one.findtext("{*}Response/{*}ResponseCode") for one in responses] == [
        "030",
        "032",
        "031",
    ]
    assert responses[0].findtext("{*}DocumentReference/{*}UUID") == uuid_of(
        declared("030", "AR1", hour="10:00:00")
    )
    assert responses[1].findtext("{*}Response/{*}EffectiveTime") == "11:00:00-05:00"
    concept = responses[2].find("{*}Response/{*}ResponseCode")
    assert concept is not None
    assert concept.get("name") == "Mercancía no entregada totalmente"
    content = b64decode(found.members["XmlBase64Bytes"] or "")
    assert verifies(content, told.dian.certificate)


@pytest.mark.authority
def test_what_tells_of_events_follows_the_schema(told: Place) -> None:
    schema = xsd.of("ApplicationResponse")
    if schema is None:
        pytest.skip(f"no published schemas in {papers.folder()} (ACUSE_AUTHORITY_DIR)")
    for receipt in (declare(told, "030", "AR1").receipt, events_of(told, CUFE).receipt):
        assert receipt is not None
        assert schema.validate(receipt), schema.error_log


@pytest.mark.parametrize(
    ("uuid", "code"), [(CUFE, "67"), ("a" * 96, "66"), ("SETP990000123", "68"), ("", "68")]
)
def test_a_document_without_events_says_so(told: Place, uuid: str, code: str) -> None:
    found = events_of(told, uuid)
    assert (found.valid, found.code, found.receipt) == (False, code, None)
