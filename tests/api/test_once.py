"""The same key and the same question: done once, answered the same, even by two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from acuse.store import models
from tests.api.caller import GOOD, ISSUED, Caller, told
from tests.api.conftest import Calls
from tests.flow.house import House


def keyed(caller: Caller, key: str, body: bytes, path: str = "/invoices") -> tuple[int, bytes, str]:
    response = caller.raw(
        "POST",
        path,
        data=body,
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )
    return response.status_code, response.content, response.get("Idempotency-Replayed", "")


def as_json(value: object) -> bytes:
    import json

    return json.dumps(value).encode()


def test_a_repeated_call_is_answered_and_not_done_again(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    body = as_json(ISSUED)
    first = keyed(caller, "pedido-1", body)
    assert (first[0], first[2]) == (201, "")
    house.run(caller.company)  # what it would say of it now is another thing
    again = keyed(caller, "pedido-1", body)
    assert again == (201, first[1], "true")
    assert models.Document.objects.count() == 1
    assert keyed(caller, "pedido-2", body)[0] == 201
    assert models.Document.objects.count() == 2


def test_a_key_stands_for_one_question(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    document = caller.post("/invoices", GOOD, status=201, key="k")["id"]
    other = GOOD | {"purchaseOrder": "otra"}
    refused = caller.post("/invoices", other, status=409, key="k")
    assert refused["code"] == "XX-API-6"
    caller.post(f"/invoices/{document}/stamp", status=409, key="k")
    assert house.state(int(document)) == "DRAFT"


def test_keys_of_two_companies_are_strangers(house: House, calls: Calls) -> None:
    peru, costa_rica = calls(house.peru()), calls(house.costa_rica(), "otra@taller.example")
    first = peru.post("/contacts", GOOD["client"], status=201)
    assert first
    peru.post("/invoices", GOOD, status=201, key="k")
    assert costa_rica.post("/invoices", {}, status=422, key="k")["code"] == "XX-DOC-1"


def test_two_tokens_of_a_company_share_its_keys(house: House, calls: Calls) -> None:
    company = house.peru()
    one, two = calls(company), calls(company, "otra@taller.example")
    assert one.post("/invoices", ISSUED, status=201, key="k") == two.post(
        "/invoices", ISSUED, status=201, key="k"
    )
    assert models.Document.objects.count() == 1


def test_a_refusal_uses_no_key(house: House, calls: Calls) -> None:
    caller = calls(house.peru())
    item = {"name": "Cosa", "price": 1, "quantity": 1, "unit": "NOEXISTE"}
    caller.post("/invoices", ISSUED | {"items": [item]}, status=422, key="k")
    assert caller.post("/invoices", ISSUED, status=201, key="k")["state"] == "ISSUED"


def test_stamping_and_mailing_are_done_once_too(house: House, calls: Calls) -> None:
    caller = calls(house.peru(automatic_delivery=False))
    document = caller.post("/invoices", GOOD, status=201)["id"]
    first = caller.post(f"/invoices/{document}/stamp", key="emitir")
    assert caller.post(f"/invoices/{document}/stamp", key="emitir") == first
    house.run(caller.company)
    mail = {"emails": ["otra@persona.example"]}
    sent = caller.post(f"/invoices/{document}/email", mail, key="enviar")
    assert caller.post(f"/invoices/{document}/email", mail, key="enviar") == sent
    house.run(caller.company)
    assert len(house.mail()) == 1


@pytest.mark.parametrize("key", [" ", "dos palabras", "ñ", "x" * 256])
def test_a_key_has_a_form(house: House, calls: Calls, key: str) -> None:
    caller = calls(house.peru())
    response = caller.raw(
        "POST",
        "/invoices",
        data=as_json(GOOD),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )
    assert response.status_code == 400
    assert told(response)["code"] == "XX-API-13"
    assert not models.Document.objects.exists()


def test_many_at_once_with_one_key_make_one_document(house: House, calls: Calls) -> None:
    caller, together = calls(house.peru()), 4
    gate, body = Barrier(together), as_json(ISSUED)

    def call(_: int) -> tuple[int, bytes, str]:
        gate.wait()
        try:
            return keyed(Caller(caller.company, caller.email, caller.token), "a-la-vez", body)
        finally:
            connection.close()

    with ThreadPoolExecutor(together) as pool:
        found = list(pool.map(call, range(together)))
    assert {status for status, _, _ in found} == {201}
    assert len({content for _, content, _ in found}) == 1
    assert sorted(again for _, _, again in found) == ["", "true", "true", "true"]
    assert models.Document.objects.count() == 1
    assert house.next_number(caller.company) == 2


def test_many_at_once_without_a_key_wait_for_nobody_for_ever(house: House, calls: Calls) -> None:
    """Each makes its own documents; a deadlock would be a 500."""
    caller, together = calls(house.peru()), 4
    gate = Barrier(together)

    def call(_: int) -> int:
        one = Caller(caller.company, caller.email, caller.token)
        gate.wait()
        try:
            return sum(bool(one.post("/invoices", ISSUED, status=201)) for _ in range(5))
        finally:
            connection.close()

    with ThreadPoolExecutor(together) as pool:
        assert sum(pool.map(call, range(together))) == 20
    numbers = models.Document.objects.order_by("value").values_list("value", flat=True)
    assert list(numbers) == list(range(1, 21))
