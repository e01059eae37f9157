"""Payments over the API: each makes its receipt, once under its key, and is told with the rest."""

from __future__ import annotations

from decimal import Decimal

from acuse.api import shapes
from acuse.store import models
from tests.api.conftest import Calls
from tests.api.shaped import shaped
from tests.flow.house import House
from tests.flow.payers import Payers, today
from tests.flow.payers import payers as payers  # noqa: F401 - a fixture

AT_ONCE = {"stamp": {"generateStamp": True}}
LEFT = Decimal("9870.0528")


def test_a_payment_is_a_draft_and_then_a_receipt(payers: Payers, calls: Calls) -> None:
    caller, sold = calls(payers.company), payers.sell()
    place = f"/invoices/{sold}/payments"
    asked = {"amount": "5000", "date": today().isoformat(), "paymentMethod": "CHEQUE"}
    draft = caller.post(place, asked, status=201)
    shaped(shapes.Document, draft)
    assert (draft["kind"], draft["state"], draft["total"]) == ("PAYMENT", "DRAFT", 5000)
    assert (draft["paymentMethod"], draft["extra"]["sale_condition"]) == ("CHECK", "11")
    told = caller.get(f"/invoices/{sold}")
    shaped(shapes.Document, told)
    assert (told["payments"]["pending"], told["payments"]["left"]) == (5000, LEFT - 5000)
    caller.post(f"/invoices/{draft['id']}/stamp")
    payers.house.run(payers.company)
    told = caller.get(f"/invoices/{sold}")["payments"]
    assert (told["paid"], told["pending"], told["overdue"]) == (5000, 0, False)
    assert [(one["id"], one["state"]) for one in told["receipts"]] == [(draft["id"], "ACCEPTED")]
    last = caller.post(place, {"amount": 4870.05} | AT_ONCE, status=201)
    assert (last["state"], last["total"]) == ("ISSUED", LEFT - 5000)
    assert caller.codes("POST", place, {"amount": 1}) == ["XX-PAY-3"]
    assert caller.get(f"/invoices/{sold}")["payments"]["left"] == 0


def test_a_payment_under_a_key_is_registered_once(payers: Payers, calls: Calls) -> None:
    caller, sold = calls(payers.company), payers.sell()
    first = caller.post(f"/invoices/{sold}/payments", {"amount": 1}, status=201, key="pago")
    again = caller.post(f"/invoices/{sold}/payments", {"amount": 1}, status=201, key="pago")
    assert first == again
    assert models.Document.objects.filter(kind="PAYMENT").count() == 1
    caller.post(f"/invoices/{sold}/payments", {"amount": 2}, status=409, key="pago")


def test_what_cannot_be_issued_at_once_is_not_registered(payers: Payers, calls: Calls) -> None:
    caller, sold = calls(payers.company), payers.sell()
    models.NumberingRange.objects.filter(kind="PAYMENT").update(active=False)
    asked = {"amount": 5000} | AT_ONCE
    assert caller.codes("POST", f"/invoices/{sold}/payments", asked) == ["XX-NUM-5"]
    told = caller.get(f"/invoices/{sold}")
    assert told["payments"]["receipts"] == []
    assert all(
        one["kind"] != "payment.registered" for one in caller.get(f"/invoices/{sold}/activity")
    )


def test_all_that_is_wrong_with_a_payment_is_told(payers: Payers, calls: Calls) -> None:
    caller, sold = calls(payers.company), payers.sell()
    place = f"/invoices/{sold}/payments"
    asked = {"date": "ayer", "paymentMethod": "TRUEQUE", "monto": 1}
    told = caller.call("POST", place, asked, status=422)
    assert sorted(one["field"] for one in told["problems"]) == [
        "amount",
        "date",
        "monto",
        "paymentMethod",
    ]
    assert caller.codes("POST", place, {"amount": 0}) == ["XX-PAY-1"]
    assert caller.codes("POST", place, {"amount": 1, "exchangeRate": 512}) == ["XX-PAY-6"]


def test_no_payment_of_what_is_not_there_or_has_no_receipts(
    payers: Payers, house: House, calls: Calls
) -> None:
    sold, stranger = payers.sell(), calls(house.peru(), "otra@taller.example")
    stranger.post(f"/invoices/{sold}/payments", {"amount": 1}, status=404)
    issued = house.issue(stranger.company)
    assert stranger.codes("POST", f"/invoices/{issued.id}/payments", {"amount": 1}) == ["XX-PAY-7"]
    assert "payments" not in stranger.get(f"/invoices/{issued.id}")
    draft = payers.pay(sold, "1")
    calls(payers.company).post(f"/invoices/{draft}/payments", {"amount": 1}, status=404)
