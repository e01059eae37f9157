"""Ranges, originals, mailboxes and acquirers, and the registers that the control port fills."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from acuse_sandbox.world import Response
from tests.sandbox.dian.documents import BUYER, ISSUER, KEY, PIN, SOFTWARE, STRANGER, uuid_of
from tests.sandbox.dian.place import Place, answer, answers, good, members, refused, result
from tests.sandbox.dian.signing import Signer, signer

TEST_RANGE = {
    "ResolutionNumber": "18760000001",
    "ResolutionDate": "2019-01-19",
    "Prefix": "SETP",
    "FromNumber": "990000000",
    "ToNumber": "995000000",
    "ValidDateFrom": "2019-01-19",
    "ValidDateTo": "2030-01-19",
    "TechnicalKey": KEY,
}
OWN = {
    "resolution": "18764000000123",
    "prefix": "FE",
    "first": 1,
    "last": 5000,
    "valid_from": "2026-01-15",
    "valid_until": "2028-01-15",
    "technical_key": "0" * 40,
}


def ranges(
    place: Place, nit: str = ISSUER, *, by: Signer | None = None
) -> tuple[str | None, list[dict[str, str | None]]]:
    response = place.call(
        "GetNumberingRange", by=by, accountCode=nit, accountCodeT=nit, softwareCode=SOFTWARE
    )
    inner = result(response)
    told = members(inner, "NumberRangeResponseList")
    assert list(told) == ["OperationCode", "OperationDescription", "ResponseList"]
    found = [members(one, "NumberRangeResponse") for one in inner[2]]
    assert all(list(one) == list(TEST_RANGE) for one in found)
    return told["OperationCode"], found


def test_everybody_has_the_test_range(place: Place) -> None:
    assert ranges(place) == ("100", [TEST_RANGE])
    assert ranges(place, STRANGER, by=signer(STRANGER)) == ("100", [TEST_RANGE])
    assert place.outcomes() == [("ask", "accepted")] * 2


def test_a_range_that_was_registered_is_its_issuers_only(place: Place) -> None:
    place.tell("range", nit=ISSUER, resolved_on="2026-01-10", **OWN)
    _, found = ranges(place)
    assert [one["Prefix"] for one in found] == ["SETP", "FE"]
    assert found[1] == {
        "ResolutionNumber": "18764000000123",
        "ResolutionDate": "2026-01-10",
        "Prefix": "FE",
        "FromNumber": "1",
        "ToNumber": "5000",
        "ValidDateFrom": "2026-01-15",
        "ValidDateTo": "2028-01-15",
        "TechnicalKey": "0" * 40,
    }
    _, found = ranges(place, STRANGER, by=signer(STRANGER))
    assert found == [TEST_RANGE]


def test_production_has_no_test_range(place: Place) -> None:
    place.set("environment", "1")
    code, found = ranges(place)
    assert code != "100"
    assert found == []
    place.tell("range", nit=ISSUER, **OWN)
    assert [one["Prefix"] for one in ranges(place)[1]] == ["FE"]


def test_anothers_ranges_are_not_told(place: Place) -> None:
    place.tell("range", nit=ISSUER, **OWN)
    code, found = ranges(place, ISSUER, by=signer(STRANGER))
    assert (code, found) == ("401", [])
    assert place.outcomes() == [("ask", "refused")]


def original(place: Place, uuid: str, *, by: Signer | None = None) -> dict[str, str | None]:
    found = members(result(place.call("GetXmlByDocumentKey", by=by, trackId=uuid)), "EventResponse")
    assert list(found) == ["Code", "Message", "ValidationDate", "XmlBytesBase64"]
    return found


def test_an_accepted_document_is_given_back_byte_for_byte(place: Place) -> None:
    document = good()
    place.sent(document)
    for by in (signer(ISSUER), signer(BUYER)):
        found = original(place, uuid_of(document), by=by)
        assert found["Code"] == "100"
        assert found["ValidationDate"] == "2026-11-25T10:30:30"
        assert b64decode(found["XmlBytesBase64"] or "") == document


def test_other_documents_are_not_given(place: Place) -> None:
    bad = good().replace(b"de prueba<", b"de pruebo<")
    place.sent(bad)
    for uuid in ("a" * 96, uuid_of(bad)):
        found = original(place, uuid)
        assert found["Code"] != "100"
        assert found["XmlBytesBase64"] is None
    place.sent(good())
    assert original(place, uuid_of(good()), by=signer(STRANGER))["Code"] == "401"


def test_the_mailboxes_come_as_csv(place: Place) -> None:
    place.tell("mailbox", nit=ISSUER, email="facturas@empresa.example")
    place.tell("mailbox", nit=BUYER, email="compras@comprador.example")
    found = members(result(place.call("GetExchangeEmails")), "ExchangeEmailResponse")
    assert list(found) == ["CsvBase64Bytes", "Message", "StatusCode", "Success"]
    assert (found["StatusCode"], found["Success"]) == ("0", "true")
    assert b64decode(found["CsvBase64Bytes"] or "").decode().splitlines() == [
        f"{BUYER},compras@comprador.example",
        f"{ISSUER},facturas@empresa.example",
    ]


def acquirer(place: Place, kind: str, number: str) -> dict[str, str | None]:
    response = place.call("GetAcquirer", identificationType=kind, identificationNumber=number)
    found = members(result(response), "Gosocket.Dian.Services.Utils.Common")
    assert list(found) == ["Message", "ReceiverEmail", "ReceiverName", "StatusCode"]
    return found


def test_an_acquirer_is_told_by_type_and_number(place: Place) -> None:
    place.tell(
        "acquirer", kind="13", number="1020304050", name="ANA PRUEBA", email="ana@ana.example"
    )
    found = acquirer(place, "13", "1020304050")
    assert (found["ReceiverName"], found["ReceiverEmail"]) == ("ANA PRUEBA", "ana@ana.example")
    other = acquirer(place, "31", "1020304050")
    assert (other["ReceiverName"], other["ReceiverEmail"]) == (None, None)
    assert other["StatusCode"] != found["StatusCode"]


def told_401(response: Response, operation: str) -> bool:
    if operation == "GetStatusZip":
        return answers(response)[0].code == "401"
    if operation.startswith("Send") and operation.endswith("Async"):
        return "no está registrado" in refused(response)[0]
    codes = [
        one.text
        for one in result(response)
        if str(one.tag).endswith(("}StatusCode", "}OperationCode", "}Code"))
    ]
    return codes == ["401"]


@pytest.mark.parametrize(
    "operation",
    [
        "SendBillSync",
        "SendBillAsync",
        "SendTestSetAsync",
        "SendEventUpdateStatus",
        "GetStatus",
        "GetStatusZip",
        "GetStatusEvent",
        "GetNumberingRange",
        "GetXmlByDocumentKey",
        "GetExchangeEmails",
        "GetAcquirer",
    ],
)
def test_every_operation_tells_an_unknown_certificate_by_its_own_contract(
    place: Place, operation: str
) -> None:
    place.set("unknown_certificates", "727")
    assert told_401(place.call(operation), operation)
    assert place.outcomes()[0][1] == "refused"


# Registers


@pytest.mark.parametrize(
    ("register", "told", "said"),
    [
        ("nits", {"nit": "1"}, "no register 'nits'"),
        ("rut", {"nit": ISSUER}, "rut needs name"),
        ("rut", {"nit": f"{ISSUER}-1", "name": "X"}, "check digit"),
        ("rut", {"nit": ISSUER, "name": "X", "active": "yes"}, "rut.active"),
        ("rut", {"nit": ISSUER, "name": "X", "state": "1"}, "no 'state'"),
        ("range", OWN | {"first": "1"}, "range.first"),
        ("range", OWN | {"valid_from": "15/01/2026"}, "range.valid_from"),
        (
            "contingency",
            {"start": "2026-11-25T10:00:00", "end": "2026-11-25T12:00:00-05:00"},
            "offset",
        ),
        ("test_set", {"id": "x", "state": "Listo"}, "test_set.state"),
        ("software", {"software_id": ""}, "software.software_id"),
        ("test_set", {"id": "x", "needed": True}, "test_set.needed"),
    ],
)
def test_an_unclear_entry_is_refused(
    place: Place, register: str, told: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        place.dian.learn(register, told)
    assert place.world.settings == {}


def test_a_good_entry_of_every_register_is_kept(place: Place) -> None:
    entries: dict[str, dict[str, Any]] = {
        "software": {"software_id": SOFTWARE, "nit": ISSUER, "pin": PIN},
        "range": OWN,
        "rut": {"nit": ISSUER, "name": "EMPRESA DE PRUEBA S.A.S.", "active": True},
        "provider": {"provider": STRANGER, "nit": ISSUER},
        "mailbox": {"nit": ISSUER, "email": "facturas@empresa.example"},
        "acquirer": {"kind": "13", "number": "1", "name": "ANA"},
        "test_set": {"id": "x", "needed": 2, "state": "En proceso"},
        "enabled": {"nit": ISSUER},
        "contingency": {"start": "2026-11-25T09:00:00-05:00", "end": "2026-11-25T23:00:00-05:00"},
    }
    for register, told in entries.items():
        place.dian.learn(register, told)
    assert len(place.world.settings) == len(entries)
    assert answer(place.call("GetStatus", trackId="a")).code == "66"
