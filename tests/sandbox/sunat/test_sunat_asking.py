"""What the consult service says of documents that were sent, and of those that were not."""

from __future__ import annotations

from base64 import b64decode

import pytest
from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.signing import ask, cdr, code, fault, said, send_bill, sign

from acuse_sandbox.world import Script, ScriptedReply


def test_an_accepted_document_gives_the_very_cdr_that_was_answered(place: Place) -> None:
    sent = place.sunat.handle(send_bill(sign(invoice())))
    asked = place.sunat.handle(ask())
    assert said(asked, "statusCode") == "0004"
    assert b64decode(said(asked, "content") or "") == b64decode(
        said(sent, "applicationResponse") or ""
    )
    assert place.outcomes() == [("send", "accepted"), ("ask", "accepted")]


def test_a_lost_answer_is_found_by_asking(place: Place) -> None:
    place.world.scripts.add("sunat", {}, [ScriptedReply(Script.HANG_AFTER_ACCEPT)])
    assert place.sunat.handle(send_bill(sign(invoice()))).hang
    assert code(cdr(place.sunat.handle(ask()), "content")) == "0"


def test_a_wrong_answer_is_put_right_by_asking(place: Place) -> None:
    place.world.scripts.add("sunat", {}, [ScriptedReply(Script.WRONG_DOCUMENT)])
    place.sunat.handle(send_bill(sign(invoice())))
    root = cdr(place.sunat.handle(ask()), "content")
    assert root.findtext(".//{*}ReferenceID") == "F001-1"


def test_a_rejected_document_gives_its_cdr_too(place: Place) -> None:
    place.sunat.handle(send_bill(sign(invoice(tax="25.00"))))
    assert code(cdr(place.sunat.handle(ask()), "content")) == "3294"
    assert place.outcomes()[1] == ("ask", "rejected")


def test_the_state_is_told_without_the_cdr(place: Place) -> None:
    place.sunat.handle(send_bill(sign(invoice())))
    place.sunat.handle(send_bill(sign(invoice(number="F001-2", tax="25.00")), number="F001-2"))
    answers = [place.sunat.handle(ask("getStatus", number=number)) for number in ("1", "2", "3")]
    assert [said(answer, "statusCode") for answer in answers] == ["0001", "0002", "0011"]
    assert said(answers[0], "content") is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({}, "0011"),
        ({"kind": "03"}, "0009"),
        ({"series": "B001"}, "0010"),
        ({"issuer": CUSTOMER}, "0012"),
        ({"kind": "1"}, "0005"),
        ({"series": "F1"}, "0006"),
        ({"number": "0"}, "0007"),
        ({"issuer": "1"}, "0125"),
    ],
)
def test_a_document_that_is_not_there_has_no_cdr(
    place: Place, question: dict[str, str], expected: str
) -> None:
    answer = place.sunat.handle(ask(**question))
    assert said(answer, "statusCode") == expected
    assert said(answer, "content") is None


def test_an_unknown_document_is_unknown_in_the_ledger(place: Place) -> None:
    place.sunat.handle(ask(number="00000007"))
    (entry,) = place.world.ledger.read(fiscal_id=f"{ISSUER}-01-F001-7")
    assert (entry.purpose, entry.outcome, entry.document) == ("ask", "unknown", b"")


def test_asking_needs_credentials(place: Place) -> None:
    assert fault(place.sunat.handle(ask(user=None))) == "0101"


def test_a_script_waits_for_a_document_not_for_a_question(place: Place) -> None:
    place.world.scripts.add("sunat", {}, [ScriptedReply(Script.REJECT, code="2335")])
    place.sunat.handle(ask())
    assert code(cdr(place.sunat.handle(send_bill(sign(invoice()))))) == "2335"
