"""The sums, to the cent: the worked examples of colombia.md 3 and what they do not show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse.domain.document import Charge, Discount, Document, Line, Prepayment, Tax
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.co.taxes import share
from acuse.jurisdictions.co.totals import in_pesos, micro, sums, totals
from tests.jurisdictions.co.makers import document, line

D = Decimal
INC8, IVA19 = Tax("INC", D(8)), Tax("IVA", D(19))


class Expected(NamedTuple):
    """A row of the paper's table; `taxes` maps the DIAN's code to its amount."""

    line: str
    exclusive: str
    inclusive: str
    payable: str
    taxes: Mapping[str, str]


def discounted(amount: str, one: Line) -> Line:
    return replace(one, discounts=(Discount(D(amount)),))


WITHHELD = (IVA19, Tax("RETEIVA", D(15)), Tax("RETERENTA", D(11)), Tax("RETEICA", D("0.97")))
EXAMPLES: dict[str, tuple[Document, Expected]] = {
    "A": (
        document(line("2", "50000")),
        Expected("100000.00", "100000.00", "119000.00", "119000.00", {"01": "19000.00"}),
    ),
    "B": (
        document(
            line("1", "100000"),
            line("2", "25000", "5"),
            line("3", "10000", "0"),
            line("1", "40000", None),
        ),
        Expected("220000.00", "180000.00", "241500.00", "241500.00", {"01": "21500.00"}),
    ),
    "C": (
        document(discounted("6000", line("4", "15000"))),
        Expected("54000.00", "54000.00", "64260.00", "64260.00", {"01": "10260.00"}),
    ),
    "D": (
        document(
            line("1", "1000000"),
            discounts=(Discount(D(50000)),),
            prepayments=(Prepayment(D(200000), date(2026, 11, 1)),),
        ),
        Expected("1000000.00", "1000000.00", "1190000.00", "1140000.00", {"01": "190000.00"}),
    ),
    "E": (
        document(line("3", "22000", taxes=(INC8,))),
        Expected("66000.00", "66000.00", "71280.00", "71280.00", {"04": "5280.00"}),
    ),
    "F": (
        document(line("1", "2000000", taxes=WITHHELD)),
        Expected("2000000.00", "2000000.00", "2380000.00", "2380000.00", {"01": "380000.00"}),
    ),
    "G": (
        document(line("3", "3333.35"), line("7", "1234.55")),
        Expected("18641.90", "18641.90", "22183.86", "22183.86", {"01": "3541.96"}),
    ),
    "H": (
        document(line("1", "1000", taxes=(IVA19, INC8))),
        Expected("1000.00", "2000.00", "1270.00", "1270.00", {"01": "190.00", "04": "80.00"}),
    ),
    "I": (
        document(line("1", "69900", None)),
        Expected("69900.00", "0.00", "69900.00", "69900.00", {}),
    ),
    "J": (
        document(
            line("1", "90000000", None),
            line("1", "10000000", "19"),
            extra={"operation": "09", "aiu_subject": "Construcción de un muro"},
        ),
        Expected("100000000.00", "10000000.00", "101900000.00", "101900000.00", {"01": "1900000"}),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_worked_example_comes_out_to_the_cent(name: str) -> None:
    one, expected = EXAMPLES[name]
    found = sums(one)
    assert (
        found.line_extension,
        found.tax_exclusive,
        found.tax_inclusive,
        found.payable,
    ) == tuple(map(D, expected[:4]))
    assert {group.code.id: group.amount for group in found.taxes} == {
        code: D(amount) for code, amount in expected.taxes.items()
    }


def test_example_d_informs_the_prepayment_and_does_not_subtract_it() -> None:
    found = sums(EXAMPLES["D"][0])
    assert (found.allowance, found.prepaid) == (D("50000.00"), D("200000.00"))


def test_example_b_has_a_subtotal_for_each_rate_and_none_for_what_is_excluded() -> None:
    (iva,) = sums(EXAMPLES["B"][0]).taxes
    assert {one.percent: (one.base, one.amount) for one in iva.rates} == {
        D(19): (D(100000), D(19000)),
        D(5): (D(50000), D(2500)),
        D(0): (D(30000), D(0)),
    }


def test_example_f_withholds_from_iva_and_from_the_base() -> None:
    found = sums(EXAMPLES["F"][0])
    assert {group.code.id: group.amount for group in found.withholdings} == {
        "05": D("57000.00"),
        "06": D("220000.00"),
        "07": D("19400.00"),
    }
    assert [one.base for group in found.withholdings for one in group.rates] == [
        D(380000),
        D(2000000),
        D(2000000),
    ]


@pytest.mark.parametrize(
    ("price", "net"), [("0.125", "0.12"), ("0.135", "0.14"), ("2.675", "2.68"), ("1.005", "1.00")]
)
def test_half_a_cent_goes_to_the_even_one(price: str, net: str) -> None:
    assert sums(document(line("1", price, None))).line_extension == D(net)


def test_two_concepts_of_one_withholding_at_one_rate_are_one_subtotal() -> None:
    rent = Tax("RETERENTA", D(4))
    found = sums(document(line("1", "100", taxes=(rent,)), line("1", "250", taxes=(rent,))))
    ((one,),) = [group.rates for group in found.withholdings]
    assert (one.base, one.amount) == (D(350), D(14))


def test_a_unit_tax_counts_units_and_has_the_money_as_its_base() -> None:
    sugary = Tax("IBUA", D(0), D("29.75"))
    found = sums(document(line("24", "2500", taxes=(IVA19, sugary))))
    ibua = next(group for group in found.taxes if group.code.id == "34")
    assert ibua.amount == D("714.00")
    assert ibua.rates[0].base == D(60000)
    assert found.tax_exclusive == D(120000)
    assert found.payable == D(60000) + D(11400) + D(714)


def test_a_sample_costs_nothing_and_its_iva_is_on_its_value() -> None:
    free = line("3", "0", extra={"free_value": D("12000"), "free_kind": "01"})
    found = sums(document(free, line("1", "1000", None)))
    assert found.line_extension == D(1000)
    assert found.tax_exclusive == D(36000)
    assert found.payable == D(1000) + D(6840)


def test_charges_of_a_line_raise_its_base_and_those_of_the_document_do_not() -> None:
    freight = replace(line("1", "1000"), charges=(Charge(D(100), None, "Flete"),))
    found = sums(document(freight, charges=(Charge(D(50), None, "Propina"),)))
    assert (found.line_extension, found.tax_exclusive) == (D(1100), D(1100))
    assert (found.charge, found.payable) == (D(50), D(1309) + D(50))


def test_the_general_totals_say_the_same_in_the_documents_currency() -> None:
    one = EXAMPLES["D"][0]
    found = totals(one)
    assert (found.subtotal, found.discount, found.tax, found.total) == (
        D(1000000),
        D(50000),
        D(190000),
        D(1140000),
    )
    assert [(tax.label, tax.base, tax.amount) for tax in found.taxes] == [
        ("IVA 19 %", D(1000000), D(190000))
    ]


def test_a_foreign_document_is_turned_into_pesos_price_by_price() -> None:
    one = document(
        line("3", "10.1234", extra={"free_value": D(1)}),
        replace(line("1", "20"), discounts=(Discount(D("1.5")),)),
        currency="USD",
        exchange_rate=D("4001.37"),
        charges=(Charge(D(2)),),
        prepayments=(Prepayment(D(5), date(2026, 11, 1)),),
    )
    pesos = in_pesos(one)
    assert pesos.currency == "COP"
    assert [sold.price for sold in pesos.lines] == [D("40507.469058"), D("80027.4")]
    assert pesos.lines[1].discounts[0].amount == D("6002.06")  # 6002.055, to the even cent
    assert pesos.lines[0].extra["free_value"] == D("4001.37")
    assert pesos.charges[0].amount == D("8002.74")
    assert pesos.prepayments[0].amount == D("20006.85")
    assert in_pesos(pesos) == pesos


prices = st.decimals(min_value=0, max_value=10**7, places=6)
percents = st.sampled_from([None, "0", "5", "16", "19"])
sold = st.builds(
    lambda quantity, price, percent: line(str(quantity), str(price), percent),
    st.decimals(min_value=D("0.000001"), max_value=1000, places=6),
    prices,
    percents,
)


@settings(max_examples=150)
@given(st.lists(sold, min_size=1, max_size=12), st.decimals(0, 100, places=2))
def test_the_rulebooks_equations_hold_for_whatever_is_sold(
    lines: list[Line], percent: Decimal
) -> None:
    """FAU02, FAU04, FAU06, FAU08, FAU14 and FAS02, as the DIAN counts them."""
    found = sums(document(*lines, discounts=(Discount(None, percent),)))
    taxes = [tax for one in found.lines for tax in one.taxes]
    assert found.line_extension == sum(one.value for one in found.lines)
    assert found.tax_exclusive == sum(tax.base for tax in taxes)
    assert found.tax_inclusive == found.line_extension + sum(g.amount for g in found.taxes)
    assert found.payable == found.tax_inclusive - found.allowance
    assert all(g.amount == sum(one.amount for one in g.rates) for g in found.taxes)
    assert sum(g.amount for g in found.taxes) == sum(tax.amount for tax in taxes)
    written = (found.line_extension, found.tax_exclusive, found.tax_inclusive, found.payable)
    assert all(amount.as_tuple().exponent == -2 or not amount for amount in written)


def test_many_small_roundings_never_leave_the_dians_room() -> None:
    """A thousand lines that each round up by almost half a cent: 4.70 pesos, were they just added.

    FAS07 lets a header tax be 2.00 off its base at its rate; no line is more than a cent off.
    """
    found = sums(document(*(line("1", "0.13") for _ in range(1000))))
    ((iva,),) = [group.rates for group in found.taxes]
    assert (iva.base, iva.amount) == (D("130.00"), D("24.70"))
    taxes = [one.taxes[0].amount for one in found.lines]
    assert sum(taxes) == iva.amount
    assert set(taxes) == {D("0.02"), D("0.03")}  # 0.0247 each


def test_few_lines_are_rounded_one_by_one() -> None:
    assert {one.tax for one in sums(document(*(line("1", "0.13") for _ in range(9)))).lines} == {
        D("0.02")
    }


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("2", "2.00"),
        ("0.000001", "0.000001"),
        ("84.033613", "84.033613"),
        ("1000000000", "1000000000.00"),
        ("1E+3", "1000.00"),
        ("2.5000005", "2.50"),
        ("2.750", "2.75"),
        ("0.125", "0.125"),
    ],
)
def test_quantities_and_prices_have_two_to_six_decimals(amount: str, written: str) -> None:
    assert micro(D(amount)) == written


@pytest.mark.parametrize(
    ("amount", "base", "expected"),
    [
        ("6000", "60000", ("10.00", "60000")),
        ("50000", "1000000", ("5.00", "1000000")),
        ("33333.33", "1000000", ("100.00", "33333.33")),  # 3.33 % would be 33300.00
        ("10", "0", ("100.00", "10")),
        ("120", "100", ("100.00", "120")),
        ("0.01", "100", ("0.01", "100")),
    ],
)
def test_an_adjustment_is_its_percentage_of_its_base_to_the_cent(
    amount: str, base: str, expected: tuple[str, str]
) -> None:
    percent, of = share(D(amount), D(base))
    assert (percent, of) == (expected[0], D(expected[1]))
    assert round(of * D(percent) / 100, 2) == D(amount)


def test_a_note_counts_like_the_invoice_that_it_corrects() -> None:
    invoice, note = (
        sums(document(line("2", "50000"), kind=kind))
        for kind in (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE)
    )
    assert invoice == note
