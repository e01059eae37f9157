"""Documents over the API: drafted, issued, judged, mailed, followed; each answer in its shape."""

from __future__ import annotations

import io
from typing import Any

import pytest

from acuse.api import shapes
from acuse.store import models
from acuse_sandbox.world import Script, ScriptedReply
from tests.api.caller import GOOD, ISSUED
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.domain.test_jws import certificate_of, check
from tests.flow.house import House
from tests.support import pades


def test_a_posted_document_is_a_draft_that_says_what_was_asked(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    told = caller.post("/invoices", GOOD, status=201)
    shaped(shapes.Document, told)
    assert (told["status"], told["state"]) == ("draft", "DRAFT")
    assert told["stamp"]["legalStatus"] == "PENDING"
    assert told["numberTemplate"]["fullNumber"] is None
    assert told["client"]["name"] == GOOD["client"]["name"]
    assert told["client"]["id"] == str(models.Customer.objects.get().pk)
    assert told["items"][0]["name"] == GOOD["items"][0]["name"]
    assert told["subtotal"] + told["tax"] == told["total"]
    assert "pdf" not in told
    assert caller.get(f"/invoices/{told['id']}") == told
    assert house.next_number(caller.company) == 1


def test_with_generate_stamp_it_is_issued_judged_and_mailed(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    issued = caller.post("/invoices", ISSUED, status=201)
    assert issued["numberTemplate"]["fullNumber"] == "F001-1"
    assert issued["stamp"]["legalStatus"] == "STAMPED_AND_WAITING_RESPONSE"
    house.run(caller.company)
    told = caller.get(f"/invoices/{issued['id']}")
    shaped(shapes.Document, told)
    assert (told["status"], told["stamp"]["legalStatus"]) == ("open", "STAMPED_AND_ACCEPTED")
    assert told["stamp"]["fiscalId"] == told["stamp"]["cufe"] == issued["stamp"]["fiscalId"]
    assert "F001|1" in told["stamp"]["barCodeContent"]
    (mail,) = told["deliveries"]
    assert (mail["to"], mail["state"]) == ("compras@lossauces.example", "SENT")


def test_what_the_authority_observes_or_rejects_is_told_apart(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    scripts = house.sandbox.world.scripts
    scripts.add("sunat", {"number": "F001-1"}, [ScriptedReply(Script.OBSERVE, code="4000")])
    scripts.add("sunat", {"number": "F001-2"}, [ScriptedReply(Script.REJECT, code="2017")])
    first, second = (caller.post("/invoices", ISSUED, status=201)["id"] for _ in range(2))
    house.run(caller.company)
    observed = caller.get(f"/invoices/{first}")["stamp"]
    assert observed["legalStatus"] == "STAMPED_AND_ACCEPTED_WITH_OBSERVATIONS"
    assert "4000" in observed["warnings"][0]
    assert observed["reasons"] == []
    rejected = caller.get(f"/invoices/{second}")["stamp"]
    assert rejected["legalStatus"] == "STAMPED_AND_REJECTED"
    assert "2017" in rejected["reasons"][0]
    assert rejected["warnings"] == []


def test_a_draft_is_issued_later_and_only_once(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    draft = caller.post("/invoices", GOOD, status=201)
    told = caller.post(f"/invoices/{draft['id']}/stamp")
    assert told["numberTemplate"]["fullNumber"] == "F001-1"
    assert caller.codes("POST", f"/invoices/{draft['id']}/stamp") == ["XX-ISS-1"]
    assert house.next_number(caller.company) == 2


def test_a_draft_is_discarded_once_and_issued_never(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    made = caller.post("/invoices", GOOD, status=201)
    place = f"/invoices/{made['id']}"
    for _ in range(2):
        told = caller.call("DELETE", place, None)
        assert (told["state"], told["status"]) == ("DISCARDED", "void")
        assert told["stamp"]["legalStatus"] == "DISCARDED"
    assert caller.get("/invoices") == []
    assert [one["id"] for one in caller.get("/invoices?state=DISCARDED")] == [made["id"]]
    assert caller.get(place)["items"] == made["items"]
    assert caller.get(f"{place}/files") == []
    assert caller.codes("POST", f"{place}/stamp") == ["XX-ISS-1"]
    issued = caller.post("/invoices", GOOD | {"stamp": {"generateStamp": True}}, status=201)
    assert caller.codes("DELETE", f"/invoices/{issued['id']}") == ["XX-DRF-1"]


def test_all_problems_come_back_together_and_nothing_stays(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    wrong = ISSUED | {"dueDate": "ayer", "items": [{"name": "Cosa", "price": 1}], "clent": {}}
    refused = caller.post("/invoices", wrong, status=422)
    fields = {problem["field"] for problem in refused["problems"]}
    assert {"dueDate", "items.0.quantity", "clent"} <= fields
    assert refused["code"] == refused["problems"][0]["code"]
    item = {"name": "Cosa", "price": 1, "quantity": 1, "unit": "NOEXISTE"}
    assert caller.codes("POST", "/invoices", ISSUED | {"items": [item]})
    assert not models.Document.objects.exists()
    assert not models.Customer.objects.exists()
    assert house.next_number(caller.company) == 1


def test_a_contact_and_a_numbering_may_be_named_by_id(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    contact = caller.post("/contacts", GOOD["client"], status=201)["id"]
    numbering = caller.get("/company")["numberTemplates"][0]["id"]
    for client in (int(contact), contact, {"id": contact}):
        asked = ISSUED | {"client": client, "numberTemplate": {"id": numbering}}
        told = caller.post("/invoices", asked, status=201)
        assert told["client"]["name"] == GOOD["client"]["name"]
        assert told["numberTemplate"]["prefix"] == "F001"
    unknown = ISSUED | {"client": 999_999, "numberTemplate": {"id": "999999"}}
    refused = caller.post("/invoices", unknown, status=422)
    assert [(one["field"], one["code"]) for one in refused["problems"]] == [
        ("client", "XX-API-15"),
        ("numberTemplate", "XX-API-15"),
    ]


def test_an_accepted_document_is_mailed_by_hand_and_no_other(house: House, calls: Calls) -> None:
    caller = calls(house.peru(automatic_delivery=False))
    issued = caller.post("/invoices", ISSUED, status=201)["id"]
    to = {"emails": ["otra@persona.example", "dos@persona.example"]}
    assert caller.codes("POST", f"/invoices/{issued}/email", to) == ["XX-DLV-1"]
    house.run(caller.company)
    assert caller.codes("POST", f"/invoices/{issued}/email", {"emails": []}) == ["XX-DLV-2"]
    assert caller.codes("POST", f"/invoices/{issued}/email", {"emails": ["esto no"]})
    told = caller.post(f"/invoices/{issued}/email", to)
    shaped(shapes.Mail, told)
    house.run(caller.company)
    assert [mail.recipient for mail in house.mail()] == to["emails"]
    mails = [one for one in caller.get(f"/invoices/{issued}")["deliveries"] if one["to"]]
    assert [(one["to"], one["trigger"], one["state"]) for one in mails] == [
        (address, "MANUAL", "SENT") for address in to["emails"]
    ]


def test_its_files_are_those_that_were_mailed(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    draft = caller.post("/invoices", GOOD, status=201)["id"]
    assert caller.get(f"/invoices/{draft}/files") == []
    caller.get(f"/invoices/{draft}/files/xml", status=404)
    issued = caller.post(f"/invoices/{draft}/stamp")
    assert [one["name"] for one in caller.get(f"/invoices/{draft}/files")] == ["pdf", "xml"]
    caller.get(f"/invoices/{draft}/files/receipt", status=404)
    caller.get(f"/invoices/{draft}/files/otro", status=404)
    assert issued["receipt"] is None
    house.run(caller.company)
    listed = caller.get(f"/invoices/{draft}/files")
    shaped(list[shapes.File], listed)
    assert [one["name"] for one in listed] == ["pdf", "xml", "receipt"]
    told = caller.get(f"/invoices/{draft}")
    assert [one["url"] for one in listed] == [told["pdf"], told["xml"], told["receipt"]]
    kinds = {"pdf": b"%PDF", "xml": b"<", "receipt": b"PK"}
    for name, beginning in kinds.items():
        response = caller.raw("GET", f"/invoices/{draft}/files/{name}")
        content = io.BytesIO(response.content).getvalue()
        assert content.startswith(beginning)
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "no-store"


def test_its_activity_is_told_in_words(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    issued = caller.post("/invoices", ISSUED, status=201)["id"]
    house.run(caller.company)
    told = caller.get(f"/invoices/{issued}/activity")
    shaped(list[shapes.Event], told)
    assert [one["kind"] for one in told][:2] == ["document.created", "document.issued"]
    assert told[-1]["text"].startswith("Enviado a compras@lossauces.example")
    assert told[0]["actor"] == f"{caller.email} (API {caller.token.prefix})"


@pytest.fixture
def three(house: House, calls: Calls) -> Any:
    """A caller whose company has a draft and two issued documents, of two contacts."""
    caller = calls(house.peru())
    other = GOOD["client"] | {
        "name": "Otra Cliente S.A.C.",
        "identificationObject": {"type": "RUC", "number": "20998000123"},
    }
    caller.post("/invoices", ISSUED, status=201)
    caller.post("/invoices", ISSUED | {"client": other}, status=201)
    caller.post("/invoices", GOOD, status=201)
    return caller


def test_a_list_goes_from_new_to_old_in_parts(three: Any) -> None:
    rows = three.get("/invoices")
    shaped(list[shapes.DocumentRow], rows)
    assert [row["numberTemplate"]["fullNumber"] for row in rows] == [None, "F001-2", "F001-1"]
    part = three.get("/invoices?start=1&limit=1&metadata=true")
    shaped(shapes.DocumentPage, part)
    assert part["metadata"] == {"total": 3}
    assert part["data"] == rows[1:2]
    assert three.get("/invoices?start=3") == []


def test_a_list_is_narrowed(three: Any) -> None:
    def numbers(query: str) -> list[str | None]:
        rows = three.get(f"/invoices?{query}")
        return [row["numberTemplate"]["fullNumber"] for row in rows]

    other = models.Customer.objects.get(name="Otra Cliente S.A.C.")
    assert numbers(f"client={other.pk}") == ["F001-2"]
    assert numbers("state=DRAFT") == [None]
    assert numbers("kind=CREDIT_NOTE") == []
    assert numbers("query=F001-1") == ["F001-1"]
    assert numbers("query=otra%20c") == ["F001-2"]
    assert numbers("query=%00") == [None, "F001-2", "F001-1"]
    assert three.get(f"/invoices?metadata=1&client={other.pk}&limit=1")["metadata"]["total"] == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=31", "limit"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("start=-1", "start"),
        ("start=99999999999999999999999", "start"),
        ("metadata=quiza", "metadata"),
        ("state=PERDIDO", "state"),
        ("kind=COSA", "kind"),
        ("client=0", "client"),
        ("query=%EF%BF%BF", "query"),
    ],
)
def test_what_cannot_be_asked_for_is_told(
    house: House, calls: Calls, query: str, field: str
) -> None:
    caller = calls(house.peru())
    refused = caller.get(f"/invoices?{query}", status=422)
    assert [problem["field"] for problem in refused["problems"]] == [field]


def test_a_document_comes_back_as_it_can_be_posted_again(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    told = caller.post("/invoices", GOOD, status=201)
    asked = {key: told[key] for key in ("items", "paymentForm", "paymentMethod", "kind")}
    asked["items"] = [item | {"price": str(item["price"])} for item in asked["items"]]
    again = caller.post("/invoices", asked | {"client": told["client"]["id"]}, status=201)
    assert (again["total"], again["items"]) == (told["total"], told["items"])


def test_its_constancia_is_signed(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    issued = caller.post("/invoices", ISSUED, status=201)["id"]
    house.run(caller.company)
    told = caller.get(f"/invoices/{issued}/constancia")
    shaped(shapes.Constancia, told)
    check(told["constancia"], told["jws"])
    assert told["constancia"]["verdict"]["outcome"] == "ACCEPTED"
    paper = caller.raw("GET", f"/invoices/{issued}/constancia.pdf")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert pades.signer_of(paper.content) == certificate_of(told["jws"])
    draft = caller.post("/invoices", GOOD, status=201)["id"]
    for name in ("constancia", "constancia.pdf"):
        caller.get(f"/invoices/{draft}/{name}", status=404)
