"""Scripts, magic customers and faults: what the next answer to a document shall be."""

from __future__ import annotations

from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import pytest

from acuse_sandbox.world import Script, ScriptedReply
from tests.sandbox.dian.documents import STRANGER, uuid_of
from tests.sandbox.dian.place import Place, answer, fault, good, verifies
from tests.sandbox.dian.signing import signer

CUFE = uuid_of(good())
BAD = good().replace(b"de prueba<", b"de pruebo<")


@pytest.mark.parametrize(
    ("reply", "code", "rules"),
    [
        (ScriptedReply(Script.ACCEPT), "00", []),
        (ScriptedReply(Script.OBSERVE), "00", ["FAZ09"]),
        (ScriptedReply(Script.OBSERVE, code="FAJ43b"), "00", ["FAJ43b"]),
        (ScriptedReply(Script.REJECT), "99", ["FAD06"]),
        (ScriptedReply(Script.REJECT, code="FAU04"), "99", ["FAU04"]),
        (ScriptedReply(Script.REJECT, code="90"), "99", ["90"]),
        (ScriptedReply(Script.REJECT, code="no es código"), "99", ["FAD06"]),
        (ScriptedReply(Script.REJECT, code="89"), "89", []),
    ],
)
def test_a_script_decides_about_a_good_document(
    place: Place, reply: ScriptedReply, code: str, rules: list[str]
) -> None:
    place.script(reply)
    said = place.sent(good())
    assert (said.code, said.rules) == (code, rules)
    word = "Notificación" if code == "00" else "Rechazo"
    assert all(f", {word}: " in error for error in said.errors)


def test_no_script_makes_a_bad_document_good(place: Place) -> None:
    place.script(ScriptedReply(Script.ACCEPT))
    assert place.sent(BAD).code == "99"


def test_scripts_find_their_document_by_uuid_or_number(place: Place) -> None:
    first, second, third = (good(f"SETP99000000{n}") for n in (1, 2, 3))
    place.script(ScriptedReply(Script.REJECT), fiscal_id=uuid_of(second))
    place.script(ScriptedReply(Script.OBSERVE), number="SETP990000003")
    found = [place.sent(document) for document in (first, second, third)]
    assert [said.rules for said in found] == [[], ["FAD06"], ["FAZ09"]]


@pytest.mark.parametrize(
    ("name", "code", "rules"),
    [
        ("Cliente ACEPTA", "00", []),
        ("Cliente OBSERVA", "00", ["FAZ09"]),
        ("Cliente OBSERVA FAJ43b", "00", ["FAJ43b"]),
        ("CLIENTE OBSERVA FAJ43B", "00", ["FAJ43b"]),
        ("Cliente RECHAZA", "99", ["FAD06"]),
        ("Cliente RECHAZA FAU04", "99", ["FAU04"]),
        ("Cliente RECHAZA 90", "99", ["90"]),
    ],
)
def test_a_customers_name_decides_where_no_script_does(
    place: Place, name: str, code: str, rules: list[str]
) -> None:
    said = place.sent(good(buyer_name=name))
    assert (said.code, said.rules) == (code, rules)


def test_a_script_comes_before_the_customers_name(place: Place) -> None:
    place.script(ScriptedReply(Script.OBSERVE))
    assert place.sent(good(buyer_name="Cliente RECHAZA")).code == "00"


def test_a_slow_customer_holds_the_answer(place: Place) -> None:
    response = place.send(good(buyer_name="Cliente DEMORA 3"))
    assert (answer(response).code, response.delay) == ("00", 3.0)


def test_an_answer_that_never_leaves_leaves_a_judged_document(place: Place) -> None:
    place.script(ScriptedReply(Script.HANG_AFTER_ACCEPT))
    assert place.send(good()).hang
    assert place.status(CUFE).code == "00"
    assert place.sent(good()).rules == ["90"]


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (ScriptedReply(Script.HTTP, status=503), 503),
        (ScriptedReply(Script.HTTP, status=403), 403),
        (ScriptedReply(Script.HTML200), 200),
    ],
)
def test_a_gateways_page_keeps_nothing(place: Place, reply: ScriptedReply, status: int) -> None:
    place.script(reply)
    response = place.send(good())
    assert (response.status, response.headers["content-type"]) == (status, "text/html")
    assert place.outcomes() == [("send", "fault")]
    assert place.status(CUFE).code == "66"
    assert place.sent(good()).code == "00"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (Script.INVALID_SECURITY, "InvalidSecurity An error occurred"),
        (Script.EMPTY_FAULT, "did not specify a Reason"),
    ],
)
def test_a_scripted_fault_keeps_nothing(place: Place, script: Script, said: str) -> None:
    place.script(ScriptedReply(script))
    assert said in fault(place.send(good()))
    assert place.status(CUFE).code == "66"


def test_an_empty_answer_says_only_that_it_is_not_valid(place: Place) -> None:
    place.script(ScriptedReply(Script.EMPTY_ANSWER))
    said = place.sent(good())
    assert (said.valid, said.code, said.words, said.errors) == (False, "", "", [])
    assert said.receipt is None
    assert place.status(CUFE).code == "66"


def test_an_acceptance_may_lack_its_receipt(place: Place) -> None:
    place.script(ScriptedReply(Script.NO_RECEIPT))
    said = place.sent(good())
    assert (said.valid, said.code, said.receipt) == (True, "00", None)
    assert place.status(CUFE).receipt is not None


def test_a_rejection_may_lack_its_receipt_too(place: Place) -> None:
    place.script(ScriptedReply(Script.NO_RECEIPT))
    said = place.sent(BAD)
    assert (said.valid, said.code, said.rules, said.receipt) == (False, "99", ["ZE02"], None)


def test_a_receipt_may_be_unsigned_once(place: Place) -> None:
    place.script(ScriptedReply(Script.UNSIGNED_RECEIPT))
    first, then = place.sent(good()), place.status(CUFE)
    contents = [b64decode(one.members["XmlBase64Bytes"] or "") for one in (first, then)]
    assert [verifies(one, place.dian.certificate) for one in contents] == [False, True]
    assert first.receipt is not None
    assert first.receipt.findtext(".//{*}DocumentReference/{*}UUID") == CUFE


def test_a_validator_that_gives_nothing_has_judged_all_the_same(place: Place) -> None:
    place.script(ScriptedReply(Script.STATUS_66_ON_SEND))
    said = place.sent(good())
    assert (said.valid, said.code, said.receipt) == (False, "66", None)
    assert "Error al generar ApplicationResponse" in said.words
    assert place.status(CUFE).code == "00"


def test_an_answer_about_another_document_is_told_once(place: Place) -> None:
    place.script(ScriptedReply(Script.WRONG_DOCUMENT))
    receipt = place.sent(good()).receipt
    assert receipt is not None
    named = ".//{*}DocumentReference/{*}"
    assert receipt.findtext(f"{named}UUID") != CUFE
    assert receipt.findtext(f"{named}ID") != "SETP990000123"
    found = place.status(CUFE).receipt
    assert found is not None
    assert found.findtext(f"{named}UUID") == CUFE


def test_a_document_is_in_process_as_often_as_scripted(place: Place) -> None:
    place.script(ScriptedReply(Script.PROCESSING, times=3))
    said = place.sent(good())
    assert (said.valid, said.code, said.receipt) == (False, "98", None)
    assert [place.status(CUFE).code for _ in range(4)] == ["98", "98", "00", "00"]


def test_a_refused_document_uses_up_no_script(place: Place) -> None:
    place.script(ScriptedReply(Script.REJECT))
    assert place.sent(good(), by=signer(STRANGER)).code == "89"
    assert place.sent(good()).rules == ["FAD06"]


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("invalid_security", 500, b"InvalidSecurity"),
        ("empty_fault", 500, b"did not specify a Reason"),
        ("page_503", 503, b"<html>"),
        ("page_200", 200, b"<html>"),
    ],
)
def test_a_fault_that_is_set_answers_every_call(
    place: Place, name: str, status: int, said: bytes
) -> None:
    place.sent(good())
    place.set("fault", name)
    for response in (place.send(good("SETP990000124")), place.call("GetStatus", trackId=CUFE)):
        assert response.status == status
        assert said in response.body
    place.set("fault", "")
    assert place.status(CUFE).code == "00"


def test_one_of_many_at_once_is_accepted(place: Place) -> None:
    document = good()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: place.sent(document).code or "", range(16)))
    assert sorted(found) == ["00"] + ["99"] * 15
