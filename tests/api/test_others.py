"""Company, contacts, and documents of others over the API."""

from __future__ import annotations

from typing import Any

from acuse.api import shapes, shapes_contacts, shapes_received
from acuse.domain.party import Wish
from acuse.flow import company as company_flow
from acuse.flow import outside
from acuse.store import models, received
from tests.api.caller import GOOD, Caller, told
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow.house import BY, House
from tests.flow.traders import Traders

PERSON = {
    "identificationObject": {"type": "CC", "number": "1020304050"},
    "firstName": "Persona",
    "familyName": "De Prueba",
    "jobTitle": "Recepción",
}
OFF, ON = {"automaticDelivery": False}, {"automaticDelivery": True}


def test_the_company_says_what_it_lacks(house: House, calls: Calls) -> None:
    caller = calls(house.peru(email=""))
    found = caller.get("/company")
    shaped(shapes.Company, found)
    assert found["lacking"]["mail"][0]["field"]
    assert found["identificationObject"]["type"] == "RUC"
    assert "sol_password" not in str(found)


def test_the_switch_is_turned_here_too(house: House, calls: Calls) -> None:
    caller = calls(house.peru(automatic_delivery=False))
    assert caller.put("/company/settings", ON)["settings"]["automaticDelivery"] is True
    assert models.Company.objects.get().automatic_delivery
    assert caller.put("/company/settings", OFF)["settings"]["automaticDelivery"] is False
    assert not models.Company.objects.get().automatic_delivery


def test_where_the_law_keeps_it_on_it_is_refused_as_the_web_refuses_it(
    house: House, calls: Calls
) -> None:
    company = house.colombia()
    caller = calls(company)
    law = caller.get("/company")["settings"]["automaticDeliveryByLaw"]
    assert law
    refused = caller.put("/company/settings", OFF, status=422)
    try:
        company_flow.set_automatic_delivery(company.id, False, by=BY, at=outside.now())
    except company_flow.Blocked as blocked:
        (problem,) = blocked.problems
    expected = {
        "field": problem.field,
        "code": problem.code,
        "text": problem.text,
        "rule": problem.rule,
    }
    assert refused["problems"] == [expected]
    assert (expected["code"], expected["rule"]) == ("XX-SWI-1", law)
    assert models.Company.objects.get().automatic_delivery
    assert caller.put("/company/settings", ON)["settings"]["automaticDelivery"] is True


def test_a_switch_that_says_nothing_turns_nothing(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    for body in ({}, {"automaticDelivery": None}, {"automaticDelivery": "false"}, OFF | {"x": 1}):
        caller.put("/company/settings", body, status=422)
    assert models.Company.objects.get().automatic_delivery


def test_both_switches_change_together_or_not_at_all(
    house: House, calls: Calls, settings: Any
) -> None:
    settings.PUBLIC_URL = settings.SANDBOX_PUBLIC_URL = ""
    caller = calls(house.peru())
    refused = caller.put("/company/settings", OFF | {"countsOpens": True}, status=422)
    assert (refused["code"], refused["problems"][0]["field"]) == ("XX-PAG-1", "countsOpens")
    assert models.Company.objects.get().automatic_delivery
    settings.PUBLIC_URL = "https://papeles.ejemplar.example"
    told = caller.put("/company/settings", {"countsOpens": True})["settings"]
    assert (told["countsOpens"], told["automaticDelivery"]) == (True, True)


def test_a_contact_is_made_changed_and_listed(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    made = caller.post("/contacts", GOOD["client"], status=201)
    shaped(shapes_contacts.Contact, made)
    assert made["settings"] == {"sendElectronicDocuments": True}
    never = {"settings": {"sendElectronicDocuments": False}}
    changed = caller.put(f"/contacts/{made['id']}", never)
    assert changed == made | never
    assert models.Customer.objects.get().wish == Wish.NEVER.value
    emails = {"email": "uno@lossauces.example; dos@lossauces.example"}
    assert caller.put(f"/contacts/{made['id']}", emails)["email"] == emails["email"]
    assert models.Customer.objects.get().wish == Wish.NEVER.value
    each = [{"address": f"{one}@lossauces.example", "role": "TO"} for one in ("uno", "dos")]
    assert caller.get(f"/contacts/{made['id']}") == changed | emails | {"emails": each}
    assert caller.get("/contacts?query=ferre&metadata=true")["metadata"] == {"total": 1}
    assert caller.get("/contacts?query=zzz") == []
    shaped(list[shapes_contacts.Contact], caller.get("/contacts"))


def test_a_contacts_addresses_say_what_they_are_for(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    emails = [
        {"address": "pagos@lossauces.example", "role": "TO", "kinds": ["CREDIT_NOTE", "INVOICE"]},
        {"address": "copia@lossauces.example", "role": "COPY"},
        {"address": "socio@lossauces.example", "role": "BLIND", "kinds": ["INVOICE"]},
        {"address": "vieja@lossauces.example", "role": "NONE"},
    ]
    client = {key: part for key, part in GOOD["client"].items() if key != "email"}
    made = caller.post("/contacts", client | {"emails": emails}, status=201)
    shaped(shapes_contacts.Contact, made)
    assert made["emails"] == emails
    mailed = "pagos@lossauces.example; copia@lossauces.example; socio@lossauces.example"
    assert made["email"] == mailed
    place = f"/contacts/{made['id']}"
    # What came back may be sent back; what is not told stays.
    assert caller.put(place, {"email": mailed, "emails": emails}) == made
    assert caller.put(place, {"phonePrimary": "555 0100"})["emails"] == emails
    # Mere addresses say nothing of what each is for: who stays keeps it, who is new gets all.
    plain = {"email": ["socio@lossauces.example", "nueva@lossauces.example"]}
    assert caller.put(place, plain)["emails"] == [
        {"address": "nueva@lossauces.example", "role": "TO"},
        emails[2],
        emails[3],
    ]
    wrong = {"email": "otra@lossauces.example", "emails": emails}
    assert caller.codes("PUT", place, wrong) == ["XX-DOC-14"]
    doubt = {"emails": [{"address": "ana@gmial.com"}]}
    told = caller.put(place, doubt, status=422)
    (one,) = told["problems"]
    assert (one["field"], one["code"]) == ("emails.0.address", "XX-DOC-11")
    assert caller.put(place, doubt | {"emailConfirmed": True})["email"] == "ana@gmial.com"


def test_a_document_for_a_contact_keeps_what_its_addresses_are_for(
    house: House, calls: Calls
) -> None:
    caller = calls(house.peru())
    emails = [{"address": "pagos@lossauces.example", "role": "TO", "kinds": ["CREDIT_NOTE"]}]
    client = {key: part for key, part in GOOD["client"].items() if key != "email"}
    made = caller.post("/contacts", client | {"emails": emails}, status=201)
    body = GOOD | {"client": {"id": made["id"]}, "stamp": {"generateStamp": True}}
    document = int(caller.post("/invoices", body, status=201)["id"])
    house.run(caller.company)
    held = house.delivery(document)
    assert (held.state, held.reason) == ("HELD", "NO_EMAIL")
    caller.put(f"/contacts/{made['id']}", {"emails": [{"address": "pagos@lossauces.example"}]})
    house.run(caller.company)
    assert [mail.recipient for mail in house.mail()] == ["pagos@lossauces.example"]


def test_a_contact_is_not_made_twice_nor_without_its_data(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    caller.post("/contacts", GOOD["client"], status=201)
    assert caller.codes("POST", "/contacts", GOOD["client"]) == ["XX-CUS-1"]
    assert "XX-DOC-1" in caller.codes("POST", "/contacts", {"name": "Sin número"})
    doubt = {"email": "ana@gmial.com"}
    place = f"/contacts/{models.Customer.objects.get().pk}"
    assert caller.codes("PUT", place, doubt) == ["XX-DOC-11"]
    sure = doubt | {"emailConfirmed": True}
    assert caller.put(place, sure)["email"] == "ana@gmial.com"
    assert models.Customer.objects.count() == 1


def test_an_address_added_here_lets_held_mail_leave(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    client = {key: part for key, part in GOOD["client"].items() if key != "email"}
    body = GOOD | {"client": client, "stamp": {"generateStamp": True}}
    document = int(caller.post("/invoices", body, status=201)["id"])
    house.run(caller.company)
    (held,) = caller.get(f"/invoices/{document}")["deliveries"]
    assert (held["state"], held["reason"], held["to"]) == ("HELD", "NO_EMAIL", None)
    contact = models.Customer.objects.get().pk
    caller.put(f"/contacts/{contact}", {"email": "ya@lossauces.example"})
    house.run(caller.company)
    assert [mail.recipient for mail in house.mail()] == ["ya@lossauces.example"]


def taken(traders: Traders, caller: Caller) -> Any:
    raw = traders.mailed(traders.sell())
    response = caller.raw("POST", "/received", data=raw, content_type="application/zip")
    assert response.status_code == 201, response.content
    return told(response)


def test_a_document_of_another_is_kept_and_answered(traders: Traders, calls: Calls) -> None:
    caller = calls(traders.buyer)
    kept = taken(traders, caller)
    shaped(shapes_received.Received, kept)
    assert kept["issuer"]["identification"] == traders.seller.tax_id.number
    assert kept["source"] == "api"
    assert caller.get(f"/received/{kept['id']}") == kept
    page = caller.get("/received?metadata=true")
    shaped(shapes_received.ReceivedPage, page)
    assert [row["id"] for row in page["data"]] == [kept["id"]]
    place = f"/received/{kept['id']}/events"
    assert caller.get(place) == []
    acknowledged = caller.post(place, {"kind": "ACKNOWLEDGED", "person": PERSON}, status=201)
    shaped(shapes_received.Declaration, acknowledged)
    assert (acknowledged["number"], acknowledged["outcome"]) == ("AR1", None)
    waits = caller.codes("POST", place, {"kind": "GOODS_RECEIVED", "person": PERSON})
    assert waits[0] == "XX-REC-2"
    traders.house.run(traders.buyer)
    assert caller.get(place)[0]["outcome"] == "ACCEPTED"
    caller.post(place, {"kind": "GOODS_RECEIVED"}, status=201)  # by the person of the last time
    traders.house.run(traders.buyer)
    claim = {"kind": "CLAIMED", "reasonCode": "02", "note": "Llegaron 8 de 10"}
    claimed = caller.post(place, claim, status=201)
    assert (claimed["reasonCode"], claimed["note"]) == ("02", "Llegaron 8 de 10")
    shaped(list[shapes_received.Declaration], caller.get(place))


def test_a_file_may_come_in_a_form_and_twice(traders: Traders, calls: Calls) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    caller = calls(traders.buyer)
    kept = taken(traders, caller)
    raw = received.original(traders.buyer.id, int(kept["id"]))
    form = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("factura.zip", raw)})
    again = caller.raw("POST", "/received", data=form, content_type=MULTIPART_CONTENT)
    assert (again.status_code, told(again)) == (201, kept)
    empty = encode_multipart(BOUNDARY, {"otro": "x"})
    refused = caller.raw("POST", "/received", data=empty, content_type=MULTIPART_CONTENT)
    assert (refused.status_code, told(refused)["code"]) == (422, "XX-REC-6")


def test_somebody_elses_document_and_no_document_are_refused(
    traders: Traders, calls: Calls
) -> None:
    seller, buyer = calls(traders.seller), calls(traders.buyer, "compra@taller.example")
    raw = traders.mailed(traders.sell())
    response = seller.raw("POST", "/received", data=raw, content_type="application/zip")
    assert (response.status_code, told(response)["code"]) == (422, "XX-REC-1")
    for content in (b"<no/>", b"PK\x03\x04basura", b"\x00" * 100):
        response = buyer.raw("POST", "/received", data=content, content_type="text/xml")
        assert response.status_code == 422
        assert told(response)["problems"][0]["field"] == "file"
    assert not models.Received.objects.exists()


def test_a_declaration_is_read_whole_or_not_at_all(traders: Traders, calls: Calls) -> None:
    caller, stranger = calls(traders.buyer), calls(traders.seller, "ajena@taller.example")
    kept = taken(traders, caller)
    place = f"/received/{kept['id']}/events"
    refused = caller.post(place, {"kind": "ACCEPTED_BY_LAPSE"}, status=422)
    assert [one["code"] for one in refused["problems"]] == ["XX-DOC-7"]
    half = {"kind": "ACKNOWLEDGED", "person": {"firstName": "Ana"}, "de_mas": 1}
    fields = {one["field"] for one in caller.post(place, half, status=422)["problems"]}
    assert {"person.familyName", "person.identificationObject", "de_mas"} <= fields
    assert caller.codes("POST", place, {}) == ["XX-DOC-1"]
    for method, path in (("GET", place), ("POST", place), ("GET", f"/received/{kept['id']}")):
        stranger.call(method, path, {"kind": "ACKNOWLEDGED"}, status=404)
    assert not models.Reception.objects.exists()


def test_where_nobody_receives_it_is_told(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    response = caller.raw("POST", "/received", data=b"<x/>", content_type="application/xml")
    assert (response.status_code, told(response)["code"]) == (422, "XX-REC-4")
    assert caller.get("/received") == []


def test_what_the_buyer_declared_is_told(traders: Traders, calls: Calls) -> None:
    from acuse.flow import inquire

    buyer, seller = calls(traders.buyer), calls(traders.seller, "venta@taller.example")
    kept = taken(traders, buyer)
    document = models.Document.objects.get(fiscal_id=kept["fiscalId"]).pk
    place = f"/invoices/{document}/buyer-events"
    assert seller.get(place) == []
    body = {"kind": "ACKNOWLEDGED", "person": PERSON}
    buyer.post(f"/received/{kept['id']}/events", body, status=201)
    traders.house.run(traders.buyer)
    inquire.fetch_events(traders.seller.id, document, by=BY, at=outside.now())
    found = seller.get(place)
    shaped(list[shapes.BuyerEvent], found)
    assert [one["code"] for one in found] == ["030"]
