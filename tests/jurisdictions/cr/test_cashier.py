"""Recibos de pago: in whatever parts a document is paid, they add up to it, net and tax."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from acuse.domain.document import Charge, Document, Line, Payment, PaymentForm, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.payment import Paid
from acuse.jurisdictions.cr import jurisdiction
from acuse.jurisdictions.cr.cashier import PAYABLE
from acuse.jurisdictions.cr.owed import owed
from acuse.jurisdictions.cr.totals import sums
from tests.jurisdictions.cr.goldens import NAMES, read_case
from tests.jurisdictions.cr.makers import AT, TODAY, company, document, line, seal, service

CREDIT = Payment(PaymentForm.CREDIT, "TRANSFER", TODAY + timedelta(days=90))
UNIT = Decimal("0.00001")
EACH = {"08": "09", "10": "11"}


def deferred(one: Document, condition: str = "10") -> Document:
    """The document sold so that its IVA is due when it is paid."""
    extra = {**one.extra, "sale_condition": condition}
    extra.pop("other_payment_means", None)
    return replace(one, payment=CREDIT, extra=extra)


SOLD = [
    deferred(one)
    for one in map(read_case, NAMES)
    if one.kind in PAYABLE and sums(one).total > 0 and "situation" not in one.extra
]
TO_SOMEBODY = [one for one in SOLD if one.counterparty.tax_id.kind != "SD"]
MANY_TARIFFS = deferred(
    document(
        line("3", "2500"),
        service("1.5", "20000", "4"),
        line("7", "33.33333", "1"),
        line("1", "9000", "0"),
        charges=(Charge(percent=Decimal(10)),),
    )
)


def proposed(one: Document, amount: Decimal, *before: Document, **told: object) -> Document:
    given_: dict[str, object] = {"exchange_rate": one.exchange_rate} | told
    paid = Paid(amount, TODAY, **given_)  # type: ignore[arg-type]  # each has its own type
    return jurisdiction.cashier.receipt(one, seal(one), paid, before)


def by_rate(*documents: Document) -> dict[object, Decimal]:
    found: dict[object, Decimal] = {}
    for one in documents:
        for slot, amount in owed(one).items():
            found[slot] = found.get(slot, Decimal(0)) + amount
    return {slot: amount for slot, amount in found.items() if amount}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SOLD), st.data())
def test_any_part_payments_add_up_to_the_document(one: Document, data: st.DataObject) -> None:
    total, whole, receipts = sums(one).total, by_rate(one), list[Document]()
    left = total
    for _ in range(data.draw(st.integers(0, 5))):
        if not left:
            break
        amount = data.draw(st.integers(1, int(left / UNIT))) * UNIT
        receipts.append(proposed(one, amount, *receipts))
        assert sums(receipts[-1]).total == amount
        assert all(part <= whole[slot] for slot, part in by_rate(*receipts).items())
        left -= amount
    if left:
        receipts.append(proposed(one, left, *receipts))
    assert by_rate(*receipts) == whole
    assert sum(sums(receipt).total for receipt in receipts) == total


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SOLD), st.integers(1, 99))
def test_a_part_is_in_proportion_and_lacks_nothing(one: Document, percent: int) -> None:
    total = sums(one).total
    made = proposed(one, (total * percent / 100).quantize(UNIT))
    for slot, amount in owed(made).items():
        assert abs(amount - owed(one).get(slot, Decimal(0)) * percent / 100) < 2 * UNIT
    lacking = jurisdiction.document_problems(made, company(), AT)
    named = [problem for problem in lacking if not problem.field.startswith("client.")]
    assert named == []  # a tiquete to nobody lacks a customer, and its receipt is for one


@pytest.mark.authority
@pytest.mark.parametrize("one", TO_SOMEBODY, ids=lambda one: one.lines[0].description[:20])
def test_a_receipt_follows_the_published_schema(one: Document, authority_dir: Path) -> None:
    (path,) = (authority_dir / "cr" / "xsd" / "2026").glob("ReciboElectronicoPago*.xsd")
    made = replace(proposed(one, sums(one).total), date=TODAY, number=one.number)
    root = etree.fromstring(seal(made).content)
    schema = etree.XMLSchema(file=str(path))
    assert schema.validate(root), schema.error_log


def test_the_whole_of_a_sale_with_many_tariffs() -> None:
    total = sums(MANY_TARIFFS).total
    made = proposed(MANY_TARIFFS, total, note="Depósito 4471")
    assert [
        (one.description.partition(": ")[2], str(one.price), str(one.extra["paid_tax"]))
        for one in made.lines
    ] == [
        ("IVA 13 %", "7500.00000", "975.00000"),
        ("IVA 4 %", "30000.00000", "1200.00000"),
        ("IVA 1 %", "233.33331", "2.33333"),
        ("IVA 0 %", "13673.33333", "0.00000"),  # what is exempt, and the charge
    ]
    assert sums(made).total == total
    (reference,) = made.references
    assert (reference.reason_code, reference.kind) == ("17", DocumentKind.INVOICE)
    assert reference.fiscal_id == seal(MANY_TARIFFS).fiscal_id
    assert reference.reason == "Pago del 25/11/2026. Depósito 4471"


@pytest.mark.parametrize(("condition", "answer"), EACH.items())
def test_a_receipt_has_the_condition_that_answers(condition: str, answer: str) -> None:
    one = deferred(document(), condition)
    assert jurisdiction.cashier.awaits(one)
    made = proposed(one, Decimal(100))
    assert made.extra["sale_condition"] == answer
    assert jurisdiction.cashier.receipt_problems(made, one, sums(one).total) == ()
    (line_,) = made.lines
    assert line_.description == "Pago de factura electrónica 00100001010000000001"
    assert (line_.price, line_.extra["paid_tax"]) == (Decimal("88.49558"), Decimal("11.50442"))


@pytest.mark.parametrize("condition", ["01", "02", "03", "11", "99"])
def test_cr_rep_1_no_other_condition_asks_for_receipts(condition: str) -> None:
    one, made = deferred(document(), condition), proposed(deferred(document()), Decimal(100))
    assert not jurisdiction.cashier.awaits(one)
    (found,) = jurisdiction.cashier.receipt_problems(made, one, sums(one).total)
    assert (found.field, found.code) == ("references.0", "CR-REP-1")


def test_no_note_of_credit_and_no_export_asks_for_receipts() -> None:
    for kind in (DocumentKind.CREDIT_NOTE, DocumentKind.EXPORT_INVOICE, DocumentKind.PAYMENT):
        assert not jurisdiction.cashier.awaits(deferred(document(kind=kind)))
    assert not jurisdiction.cashier.awaits(document())


def test_cr_cv_3_a_receipt_with_the_other_condition() -> None:
    state = deferred(document(), "08")
    (found,) = jurisdiction.cashier.receipt_problems(
        proposed(deferred(document()), UNIT), state, sums(state).total
    )
    assert (found.field, found.code) == ("extra.sale_condition", "CR-CV-3")


def test_a_payment_has_its_own_exchange_rate() -> None:
    one = deferred(document(currency="USD", exchange_rate=Decimal("512.34")))
    made = proposed(one, Decimal(50), exchange_rate=Decimal("498.10"))
    assert (made.currency, made.exchange_rate) == ("USD", Decimal("498.10"))


def test_what_a_credit_note_took_off_is_not_paid() -> None:
    one = deferred(document(line("3", "2500"), line("1", "9000", "0")))
    note = document(line("1", "2500"), kind=DocumentKind.CREDIT_NOTE)
    made = proposed(one, sums(one).total - sums(note).total, note)
    assert [(line_.price, line_.extra["paid_tax"]) for line_ in made.lines] == [
        (Decimal(5000), Decimal(650)),
        (Decimal(9000), Decimal(0)),
    ]


def test_a_receipt_that_a_person_changed_is_made_up_for_by_the_last() -> None:
    one = deferred(document(line("1", "1000"), line("1", "1000", "0")))
    first = proposed(one, Decimal(1000))
    odd = Line("Todo a lo gravado", Decimal(1), Decimal(900), taxes=first.lines[0].taxes,
               extra={"paid_tax": Decimal(100)})  # fmt: skip
    last = proposed(one, Decimal(1130), replace(first, lines=(odd,)))
    assert by_rate(last, replace(first, lines=(odd,))) == by_rate(one)


def test_a_receipt_of_other_taxes_says_what_was_paid_of_each() -> None:
    one = deferred(read_case("selectivo"))
    made = proposed(one, sums(one).total)
    (line_,) = made.lines
    assert [(tax.code, tax.per_unit) for tax in line_.taxes] == [
        ("IVA", None),
        ("SELECTIVO", Decimal(600)),
    ]
    assert sums(made).tax == sums(one).tax


def test_a_payment_too_small_for_a_tax_still_counts_for_its_line() -> None:
    one = deferred(read_case("otro-impuesto"))
    first = proposed(one, UNIT)
    assert len(first.lines[0].taxes) == 1
    last = proposed(one, sums(one).total - UNIT, first)
    assert by_rate(first, last) == by_rate(one)


def test_of_a_payment_other_taxes_are_amounts() -> None:
    made = proposed(deferred(read_case("selectivo")), Decimal(1000))
    taxes = (Tax("IVA", Decimal(13)), Tax("SELECTIVO", Decimal(10)))
    wrong = replace(made, lines=(replace(made.lines[0], taxes=taxes),))
    found = jurisdiction.document_problems(wrong, company(), AT)
    assert [(one.field, one.code) for one in found] == [("items.0.tax.1.perUnit", "CR-LIN-12")]


def test_a_long_note_of_the_payment_fits() -> None:
    made = proposed(deferred(document()), Decimal(100), note="x" * 300)
    assert len(made.references[0].reason) == 180
    assert jurisdiction.document_problems(made, company(), AT) == ()


def test_cr_rep_2_a_receipt_of_more_than_what_is_left_or_of_other_money() -> None:
    one = deferred(document())
    made = proposed(one, Decimal(100))
    assert jurisdiction.cashier.receipt_problems(made, one, Decimal(100)) == ()
    (found,) = jurisdiction.cashier.receipt_problems(made, one, Decimal("99.99999"))
    assert (found.field, found.code) == ("items", "CR-REP-2")
    assert "Se paga 100.00 y del documento queda 99.99999" in found.text
    dollars = replace(made, currency="USD", exchange_rate=Decimal(512))
    (found,) = jurisdiction.cashier.receipt_problems(dollars, one, Decimal(100))
    assert (found.field, found.code) == ("currency.code", "CR-REP-2")
