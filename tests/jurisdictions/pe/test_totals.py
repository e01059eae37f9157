"""The papers' worked examples, to the cent; sums that are always the sum of their parts."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.document import Discount, Document, Line, Tax
from acuse.jurisdictions.pe import jurisdiction
from acuse.jurisdictions.pe.codes import TRIBUTES
from acuse.jurisdictions.pe.totals import sums
from tests.jurisdictions.pe.makers import CASES, NAMES, paper_case, read_case
from tests.support import makers

D = Decimal

HELD = ("detraction", "retention", "perception")
ROWS = range(1, 57)  # of peru.md 9, the kinds that are served here


@pytest.mark.parametrize("name", NAMES)
def test_a_case_adds_up_to_the_cent(name: str) -> None:
    case = paper_case(name)
    counted, expected = sums(case.document), dict(case.expected)
    subtotals = {TRIBUTES[code][0]: [f"{b:.2f}", f"{x:.2f}"] for code, b, x in counted.bases}
    assert subtotals == expected.pop("subtotals")
    told = {
        "line": counted.line_extension,
        "tax_inclusive": counted.tax_inclusive,
        "tax": counted.tax,
        "payable": counted.payable,
    }
    for key in expected.keys() - told.keys():
        held = getattr(counted, key)
        told[key] = held.amount if key in HELD else held
    assert {key: f"{amount:.2f}" for key, amount in told.items()} == expected


def test_every_worked_example_of_the_papers_is_a_case() -> None:
    firsts = [(CASES / name / "document.toml").read_text().partition("\n")[0] for name in NAMES]
    numbers = {int(one[2:].partition(":")[0]) for one in firsts if re.match("# [0-9]+:", one)}
    assert numbers == set(ROWS)
    assert len(NAMES) >= 100


def test_what_is_withheld_is_only_what_was_asked_for() -> None:
    """No case has a detracción, retention or percepción that its author did not write down."""
    for name in NAMES:
        case = paper_case(name)
        counted = sums(case.document)
        assert [key for key in HELD if getattr(counted, key)] == [
            key for key in HELD if key in case.expected
        ], name


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
    taken = sum(one.amount for one in counted.globals)
    assert sum(line.net for line in totals.lines) - taken == totals.subtotal
    assert within_the_authoritys_tolerance(document)


def within_the_authoritys_tolerance(document: Document) -> bool:
    """3291: the header's IGV against its base times the rate, ±1 (peru.md 3.3)."""
    for tribute, base, tax in sums(document).bases:
        rate = D("0.18") if tribute == "1000" else D(0)
        if abs(base * rate - tax) > 1:
            return False
    return True
