"""Payments: each makes its receipt, together never more than the document, and never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from acuse import jurisdictions
from acuse.domain.activity import EventKind
from acuse.domain.payment import Paid
from acuse.domain.problem import Blocked
from acuse.flow import draft as drafting
from acuse.flow import outside, payment, phrases
from acuse.store import activity, documents, drafts, models
from tests.flow.house import BY, House
from tests.flow.payers import Payers, today
from tests.flow.payers import payers as payers  # noqa: F401 - a fixture

TOTAL = Decimal("9870.05280")


def codes(refused: pytest.ExceptionInfo[Blocked]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in refused.value.problems]


@pytest.mark.parametrize(("condition", "answer"), [("10", "11"), ("08", "09")])
def test_two_part_payments_close_the_document_and_a_third_is_refused(
    payers: Payers, condition: str, answer: str
) -> None:
    sold = payers.sell(condition)
    assert payers.standing(sold).left == TOTAL
    first = payers.pay(sold, "5000", note="Depósito 12")
    draft = drafts.load(payers.company.id, first)
    assert draft.extra["sale_condition"] == answer
    assert draft.references[0].fiscal_id == documents.load(sold).sealed.fiscal_id
    assert payers.standing(sold).left == TOTAL - 5000  # a draft counts
    payers.issue(first)
    assert payers.house.state(first) == "ACCEPTED"
    second = payers.pay(sold, "4870.05")  # to the cent, all that is left
    payers.issue(second)
    assert payers.house.state(second) == "ACCEPTED"
    standing = payers.standing(sold)
    assert (standing.paid, standing.pending, standing.left) == (TOTAL, 0, 0)
    assert [one.id for one in standing.receipts] == [first, second]
    counted = [jurisdictions.find("CR").totals(one.document) for one in standing.receipts]
    whole = jurisdictions.find("CR").totals(documents.load(sold).document)
    assert sum(one.tax for one in counted) == whole.tax
    assert sum(one.subtotal for one in counted) == whole.subtotal
    with pytest.raises(Blocked) as refused:
        payers.pay(sold, "0.01")
    assert codes(refused) == [("amount", "XX-PAY-3")]
    assert len(payers.house.mail()) == 3  # the document and each receipt


def test_a_payment_is_told_on_the_document_that_it_pays(payers: Payers) -> None:
    sold = payers.sell()
    receipt = payers.pay(sold, "100", method="SINPE", note="Ref 9")
    event = activity.timeline(payers.company.id, sold)[-1]
    assert (event.kind, event.facts["receipt"]) == (EventKind.PAYMENT_REGISTERED, receipt)
    told = phrases.sentence(event, jurisdictions.find("CR").traits)
    assert told == (
        f"Pago registrado: CRC 100.00 del {today():%d/%m/%Y}, por pago móvil. Ref 9. "
        "Su recibo quedó propuesto, para revisar y emitir."
    )


def test_cr_rep_2_more_than_what_is_left_is_refused(payers: Payers) -> None:
    sold = payers.sell()
    payers.pay(sold, "9000")
    with pytest.raises(Blocked) as refused:
        payers.pay(sold, "870.06")
    assert codes(refused) == [("amount", "XX-PAY-3")]
    assert "870.06 y del documento queda 870.0528" in str(refused.value)
    assert models.Document.objects.filter(kind="PAYMENT").count() == 1


WRONG: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"amount": Decimal(0)}, "amount", "XX-PAY-1"),
    ({"amount": Decimal(-1)}, "amount", "XX-PAY-1"),
    ({"amount": Decimal("NaN")}, "amount", "XX-PAY-1"),
    ({"amount": Decimal("Infinity")}, "amount", "XX-PAY-1"),
    ({"amount": Decimal("1.000001")}, "amount", "XX-PAY-1"),
    ({"day": today() + timedelta(days=1)}, "date", "XX-PAY-4"),
    ({"day": today() - timedelta(days=1)}, "date", "XX-PAY-4"),
    ({"exchange_rate": Decimal(512)}, "exchangeRate", "XX-PAY-6"),
    ({"note": "x" * 121}, "note", "XX-TXT-1"),
)


@pytest.mark.parametrize(("changes", "field", "code"), WRONG)
def test_a_payment_that_cannot_be_makes_nothing(
    payers: Payers, changes: dict[str, Any], field: str, code: str
) -> None:
    sold = payers.sell(run=False)
    models.Document.objects.filter(pk=sold).update(state="ACCEPTED")
    with pytest.raises(Blocked) as refused:
        payers.pay(sold, **{"amount": "100"} | changes)
    assert codes(refused) == [(field, code)]
    assert not models.Document.objects.filter(kind="PAYMENT").exists()


def test_only_an_accepted_document_of_the_two_conditions_is_paid_so(payers: Payers) -> None:
    waiting = payers.sell(run=False)
    with pytest.raises(Blocked) as refused:
        payers.pay(waiting, "100")
    assert codes(refused) == [("document", "XX-PAY-2")]
    with pytest.raises(Blocked) as refused:
        payers.pay(payers.sell("02"), "100")
    assert codes(refused) == [("document", "XX-PAY-7")]


def test_another_companys_document_does_not_exist(payers: Payers, house: House) -> None:
    sold, stranger = payers.sell(), house.peru()
    with pytest.raises(models.Document.DoesNotExist):
        payment.register(stranger.id, sold, Paid(Decimal(1), today()), by=BY, at=outside.now())
    issued = house.issue(stranger)
    with pytest.raises(Blocked) as refused:
        payment.register(stranger.id, issued.id, Paid(Decimal(1), today()), by=BY, at=outside.now())
    assert codes(refused) == [("document", "XX-PAY-7")]


def test_a_rejected_receipt_pays_nothing(payers: Payers) -> None:
    sold = payers.sell()
    receipt = payers.pay(sold, "5000")
    payers.issue(receipt, run=False)
    assert payers.standing(sold).pending == 5000
    models.Document.objects.filter(pk=receipt).update(state="REJECTED")
    standing = payers.standing(sold)
    assert (standing.left, [one.state.value for one in standing.receipts]) == (TOTAL, ["REJECTED"])


def test_what_a_credit_note_took_off_is_not_paid(payers: Payers) -> None:
    sold = payers.sell()
    payers.credit(sold, "1234.56")
    standing = payers.standing(sold)
    assert (standing.credited, standing.left) == (Decimal("1395.05280"), 8475)
    payers.issue(payers.pay(sold, "8475"))
    assert payers.standing(sold).left == 0


def test_a_receipt_grown_beyond_what_is_left_is_not_issued(payers: Payers) -> None:
    sold = payers.sell()
    first, second = payers.pay(sold, "5000"), payers.pay(sold, "4000")
    draft = drafts.load(payers.company.id, second)
    lines = (replace(draft.lines[0], price=Decimal(5000), extra={"paid_tax": Decimal(650)}),)
    grown = replace(draft, lines=lines)
    drafting.edit(payers.company.id, second, grown, by=BY, at=outside.now())
    payers.issue(first)  # another's draft does not stand in its way
    with pytest.raises(Blocked) as refused:
        payers.issue(second)
    assert codes(refused) == [("items", "CR-REP-2")]
    assert "Se paga 5650.00 y del documento queda 4870.0528" in str(refused.value)
    assert models.NumberingRange.objects.get(kind="PAYMENT").next == 2  # none was lost


def test_cr_rep_1_a_receipt_by_hand_to_a_sale_of_another_condition_is_not_issued(
    payers: Payers,
) -> None:
    good = drafts.load(payers.company.id, payers.pay(payers.sell(), "100"))
    usual = documents.load(payers.sell("02")).sealed
    state = documents.load(payers.sell("08")).sealed
    waiting = documents.load(payers.sell(run=False)).sealed
    (named,) = good.references
    expected = {
        usual: ("references.0", "CR-REP-1"),
        state: ("extra.sale_condition", "CR-CV-3"),
        waiting: ("references.0", "XX-PAY-2"),
    }
    for sealed, problem in expected.items():
        told = replace(named, number=sealed.number, fiscal_id=sealed.fiscal_id)
        with pytest.raises(Blocked) as refused:
            payers.house.issue_document(payers.company, replace(good, references=(told,)))
        assert codes(refused) == [problem]
    both = replace(good, references=(named, replace(named, reason="Otra vez")))
    with pytest.raises(Blocked) as refused:
        payers.house.issue_document(payers.company, both)
    assert codes(refused) == [("references", "XX-PAY-5")]
    dollars = replace(good, currency="USD", exchange_rate=Decimal(512))
    with pytest.raises(Blocked) as refused:
        payers.house.issue_document(payers.company, dollars)
    assert codes(refused) == [("currency.code", "CR-REP-2")]


def test_a_receipt_of_a_document_of_another_system_is_issued(payers: Payers) -> None:
    good = drafts.load(payers.company.id, payers.pay(payers.sell(), "100"))
    (named,) = good.references
    theirs = replace(named, fiscal_id=named.fiscal_id[:-8] + "99999999")
    payers.house.issue_document(payers.company, replace(good, references=(theirs,)))


def test_a_sale_in_dollars_is_paid_at_the_rate_of_the_payment(payers: Payers) -> None:
    sold = payers.sell(currency="USD", exchange_rate=Decimal("512.34"))
    with pytest.raises(Blocked) as refused:
        payers.pay(sold, "50")
    assert codes(refused) == [("exchangeRate", "XX-PAY-6")]
    receipt = payers.pay(sold, "50", exchange_rate=Decimal("498.10"))
    payers.issue(receipt)
    assert payers.house.state(receipt) == "ACCEPTED"
    assert documents.load(receipt).document.exchange_rate == Decimal("498.10")
    assert payers.standing(sold).paid == 50


def test_it_is_late_when_something_is_left_after_its_term(payers: Payers) -> None:
    sold = payers.sell()
    standing = payers.standing(sold)
    assert standing.due == today() + timedelta(days=90)
    assert not standing.is_late(today() + timedelta(days=90))
    assert standing.is_late(today() + timedelta(days=91))
    payers.pay(sold, "9870.05")
    assert not payers.standing(sold).is_late(today() + timedelta(days=91))


def test_many_at_once_never_pay_more_than_the_document(payers: Payers) -> None:
    sold, together = payers.sell(), 6
    gate = Barrier(together)

    def pay(_: int) -> bool:
        gate.wait()
        try:
            payers.pay(sold, "3000")
        except Blocked:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(together) as pool:
        assert sum(pool.map(pay, range(together))) == 3
    assert payers.standing(sold).left == TOTAL - 9000


def test_receipts_issued_at_once_never_pay_more_than_the_document(payers: Payers) -> None:
    """Each draft alone fits; grown by hand, no two of them do."""
    sold, together = payers.sell(), 3
    receipts = [payers.pay(sold, "100") for _ in range(together)]
    for receipt in receipts:
        draft = drafts.load(payers.company.id, receipt)
        extra = {"paid_tax": Decimal(700)}
        lines = (replace(draft.lines[0], price=Decimal(8000), extra=extra),)
        content = replace(draft, lines=lines)
        drafting.edit(payers.company.id, receipt, content, by=BY, at=outside.now())
    gate = Barrier(together)

    def issue(receipt: int) -> bool:
        gate.wait()
        try:
            payers.issue(receipt, run=False)
        except Blocked:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(together) as pool:
        assert sum(pool.map(issue, receipts)) == 1
