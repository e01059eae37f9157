"""What is composed is held against the DIAN's arithmetic before it is signed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from acuse.domain.document import Charge, Discount, Document, Prepayment, Tax
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.co.audit import Disagreement, audit
from acuse.jurisdictions.co.audit_reading import LINE, tables
from tests.jurisdictions.co.makers import document, line, seal

FULL = document(
    replace(
        line(),
        discounts=(Discount(amount=Decimal(1000)),),
        charges=(Charge(amount=Decimal(500)),),
        taxes=(Tax("IVA", Decimal(19)), Tax("INC", Decimal(8)), Tax("RETERENTA", Decimal(11))),
    ),
    line("3", "3333.35"),
    line("1", "69900", None),
    line("1", "0", extra={"free_value": Decimal(5000)}),
    discounts=(Discount(amount=Decimal(2000)),),
    charges=(Charge(amount=Decimal(700), reason="Propina"),),
    prepayments=(Prepayment(Decimal(10000), date(2026, 11, 20)),),
)


def body(one: Document = FULL) -> str:
    text = seal(one).content.decode()
    return text.partition("</ext:UBLExtensions>")[2]


def changed(rule: str, pattern: str, *, nth: int = 0) -> None:
    """One amount of the text is another: the rule says so."""
    text = body()
    found = list(re.finditer(pattern, text))[nth]
    wrong = text[: found.start(1)] + f"{Decimal(found[1]) + 7:.2f}" + text[found.end(1) :]
    with pytest.raises(Disagreement, match=rule):
        audit(wrong)


def amount(name: str) -> str:
    return rf'<cbc:{name} currencyID="COP">([0-9.]+)<'


def test_lines_alike_are_read_as_one_table_whatever_their_number_and_quantity() -> None:
    many = document(*(line(str(n), description=f"Producto {n}") for n in range(1, 11)))
    _, *lines = body(many).split(LINE)
    (table,) = tables(lines)
    assert len(table.prices) == 10


@pytest.mark.parametrize("kind", [DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE])
def test_what_we_write_adds_up(kind: DocumentKind) -> None:
    audit(body(document(kind=kind)))


@pytest.mark.parametrize(
    ("rule", "name", "nth"),
    [
        ("FAU02", "LineExtensionAmount", 0),
        ("FAV06", "LineExtensionAmount", 1),
        ("FAU04", "TaxExclusiveAmount", 0),
        ("FAU06", "TaxInclusiveAmount", 0),
        ("FAU08", "AllowanceTotalAmount", 0),
        ("FAU10", "ChargeTotalAmount", 0),
        ("FAU12", "PrepaidAmount", 0),
        ("FAU12", "PaidAmount", 0),
        ("FAU14", "PayableAmount", 0),
        ("FAS02", "TaxAmount", 0),
        ("FAS07", "TaxAmount", 1),
        ("FAX07", "TaxableAmount", -1),
        ("FAQ07", "Amount", 0),
        ("FAQ07", "Amount", 1),
        ("FBE07", "Amount", 2),
        ("FAV06", "PriceAmount", 0),
    ],
)
def test_a_wrong_amount_is_found_by_its_rule(rule: str, name: str, nth: int) -> None:
    changed(rule, amount(name), nth=nth)


def test_an_amount_without_two_decimals_is_none_of_ours() -> None:
    with pytest.raises(Disagreement):
        audit(body().replace(">700.00<", ">700<"))


def test_withholdings_change_no_sum_and_must_add_up_too() -> None:
    text = body()
    start = text.index("<cac:WithholdingTaxTotal>")
    found = re.compile(amount("TaxAmount")).search(text, start)
    assert found is not None
    wrong = text[: found.start(1)] + "1.00" + text[found.end(1) :]
    with pytest.raises(Disagreement, match="FAT02"):
        audit(wrong)


def test_a_header_charge_that_is_the_first_figure_is_read() -> None:
    """Its group begins far before its amount: the reason stands between, as long as it likes."""
    told = Charge(amount=Decimal(700), reason="Propina voluntaria para el personal de servicio")
    audit(body(document(charges=(told,))))
