"""The papers' worked examples, to the cent; sums that are always the sum of their parts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.document import Discount, Document, Line, Tax
from acuse.jurisdictions.pe import jurisdiction
from acuse.jurisdictions.pe.totals import sums
from tests.jurisdictions.pe.makers import read_case
from tests.support import makers

D = Decimal

# Source: peru.md 9. Case, its number there, Line, TaxInclusive and Payable, Tax, and the header
# subtotals as (tribute, base, tax).
EXAMPLES = [
    ("contado", "1", "100.00", "118.00", "18.00", [("1000", "100.00", "18.00")]),
    (
        "gravado-exonerado-inafecto",
        "2",
        "160.00",
        "178.00",
        "18.00",
        [("1000", "100.00", "18.00"), ("9997", "30.00", "0.00"), ("9998", "30.00", "0.00")],
    ),
    ("descuento-linea", "4", "112.50", "132.75", "20.25", [("1000", "112.50", "20.25")]),
    ("descuento-global", "5", "900.00", "1062.00", "162.00", [("1000", "900.00", "162.00")]),
    ("credito-dos-cuotas", "10", "100.00", "118.00", "18.00", [("1000", "100.00", "18.00")]),
    ("dolares", "12", "100.00", "118.00", "18.00", [("1000", "100.00", "18.00")]),
    ("diez-decimales", "43", "777.71", "917.70", "139.99", [("1000", "777.71", "139.99")]),
    ("diez-lineas", "44", "1.00", "1.20", "0.20", [("1000", "1.00", "0.20")]),
]


@pytest.mark.parametrize(
    ("name", "line", "payable", "tax", "bases"),
    [(name, *rest) for name, _, *rest in EXAMPLES],
    ids=[f"{number}-{name}" for name, number, *_ in EXAMPLES],
)
def test_a_worked_example_adds_up_to_the_cent(
    name: str, line: str, payable: str, tax: str, bases: list[tuple[str, str, str]]
) -> None:
    counted = sums(read_case(name))
    assert counted.line_extension == D(line)
    assert counted.payable == D(payable)
    assert counted.tax == D(tax)
    assert [(t, str(b), f"{x:.2f}") for t, b, x in counted.bases] == bases


def test_the_general_form_says_the_same() -> None:
    totals = jurisdiction.totals(read_case("gravado-exonerado-inafecto"))
    assert (totals.subtotal, totals.tax, totals.total) == (D("160.00"), D("18.00"), D("178.00"))
    labels = [(tax.label, tax.base, tax.amount) for tax in totals.taxes]
    assert labels == [
        ("IGV 18 %", D("100.00"), D("18.00")),
        ("Op. exonerada", D("30.00"), D("0.00")),
        ("Op. inafecta", D("30.00"), D("0.00")),
    ]


def test_discounts_of_lines_and_document_are_told_together() -> None:
    line = makers.line(quantity=D(10), price=D("12.50"), discounts=(Discount(amount=D("12.50")),))
    totals = jurisdiction.totals(
        makers.document(lines=(line,), discounts=(Discount(percent=D(10)),))
    )
    assert totals.discount == D("23.75")  # 12.50, and 10 % of 112.50
    assert totals.subtotal == D("101.25")


def test_a_percentage_is_of_the_line_before_it() -> None:
    line = makers.line(quantity=D(3), price=D("3.33"), discounts=(Discount(percent=D("12.5")),))
    (counted,) = jurisdiction.totals(makers.document(lines=(line,))).lines
    assert counted.discount == D("1.25")  # 12.5 % of 9.99 is 1.24875
    assert counted.net == D("8.74")


def test_figures_of_many_digits_are_rounded_once() -> None:
    """The exact product is 697026984126.54499999999999999999: 28 digits would make it …545."""
    line = makers.line(quantity=D("9999.9999999937"), price=D("69702698.4126984127"))
    (counted,) = jurisdiction.totals(makers.document(lines=(line,))).lines
    assert counted.net == D("697026984126.54")


money = st.decimals("0.0000000001", "99999", places=10)
percents = st.decimals("0", "100", places=2)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    taxed = draw(st.booleans())
    return makers.line(
        quantity=draw(money),
        price=draw(money),
        taxes=(Tax("IGV", D(18)),) if taxed else (),
        extra={} if taxed else {"affectation": draw(st.sampled_from(["20", "30"]))},
        discounts=tuple(Discount(percent=p) for p in draw(st.lists(percents, max_size=1))),
    )


@given(st.lists(lines(), min_size=1, max_size=8), st.lists(percents, max_size=1))
def test_the_whole_is_the_sum_of_its_parts(parts: list[Line], off: list[D]) -> None:
    document = makers.document(
        lines=tuple(parts), discounts=tuple(Discount(percent=p) for p in off)
    )
    counted, totals = sums(document), jurisdiction.totals(document)
    assert totals.total == totals.subtotal + totals.tax
    assert sum(tax.base for tax in totals.taxes) == totals.subtotal
    assert sum(tax.amount for tax in totals.taxes) == totals.tax
    assert sum(line.net for line in totals.lines) - counted.global_discount == totals.subtotal
    assert within_the_authoritys_tolerance(document)


def within_the_authoritys_tolerance(document: Document) -> bool:
    """3291: the header's IGV against its base times the rate, ±1 (peru.md 3.3)."""
    for tribute, base, tax in sums(document).bases:
        rate = D("0.18") if tribute == "1000" else D(0)
        if abs(base * rate - tax) > 1:
            return False
    return True
