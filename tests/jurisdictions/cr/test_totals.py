"""The worked examples of costa-rica.md 3.6, to five decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.document import Discount, Document
from acuse.jurisdictions.cr import jurisdiction
from acuse.jurisdictions.cr.totals import sums
from acuse.xml import parse
from tests.jurisdictions.cr.goldens import read_case
from tests.jurisdictions.cr.makers import (
    AUTHORISATION,
    document,
    exonerated,
    line,
    seal,
    service,
)

EXAMPLES: tuple[tuple[str, Document, Mapping[str, str]], ...] = (
    (
        "W1",
        document(line("3", "2500"), line("1", "1234.56")),
        {
            "TotalMercanciasGravadas": "8734.56000",
            "TotalImpuesto": "1135.49280",
            "TotalComprobante": "9870.05280",
        },
    ),
    (
        "W2",
        document(
            service(
                "10",
                "15000",
                discounts=(Discount(amount=Decimal(12500)), Discount(amount=Decimal(2500))),
            )
        ),
        {
            "TotalServGravados": "150000.00000",
            "TotalDescuentos": "15000.00000",
            "TotalVentaNeta": "135000.00000",
            "TotalImpuesto": "17550.00000",
            "TotalComprobante": "152550.00000",
        },
    ),
    (
        "W3",
        document(
            line("2", "1500"),
            line("5", "800", "1"),
            line("1", "9000", "0"),
            service("1.5", "20000"),
        ),
        {
            "TotalServGravados": "30000.00000",
            "TotalMercanciasGravadas": "7000.00000",
            "TotalMercanciasExentas": "9000.00000",
            "TotalGravado": "37000.00000",
            "TotalExento": "9000.00000",
            "TotalVenta": "46000.00000",
            "TotalImpuesto": "4330.00000",
            "TotalComprobante": "50330.00000",
        },
    ),
    (
        "W4",
        document(exonerated("13", service("1", "100000")), extra=AUTHORISATION),
        {
            "TotalServGravados": "0.00000",
            "TotalServExonerado": "100000.00000",
            "TotalImpuesto": "0.00000",
            "TotalComprobante": "100000.00000",
        },
    ),
    (
        "W5",
        document(
            exonerated("5", service("1", "100000", discounts=(Discount(amount=Decimal(10000)),))),
            extra=AUTHORISATION,
        ),
        {
            "TotalServGravados": "61538.46154",
            "TotalServExonerado": "38461.53846",
            "TotalExonerado": "38461.53846",
            "TotalVenta": "100000.00000",
            "TotalDescuentos": "10000.00000",
            "TotalImpuesto": "7200.00000",
            "TotalComprobante": "97200.00000",
        },
    ),
    (
        "W6",
        document(line("3.333", "333.33333"), line("0.125", "7.77777", "2")),
        {
            "TotalMercanciasGravadas": "1111.97221",
            "TotalImpuesto": "144.44944",
            "TotalComprobante": "1256.42165",
        },
    ),
    (
        "W7",
        document(service("4", "99.99"), currency="USD", exchange_rate=Decimal("512.34")),
        {
            "TotalServGravados": "399.96000",
            "TotalImpuesto": "51.99480",
            "TotalComprobante": "451.95480",
        },
    ),
    (
        "W8",
        read_case("tiquete-sin-receptor"),
        {
            "TotalServGravados": "9000.00000",
            "TotalImpuesto": "1170.00000",
            "TotalOtrosCargos": "900.00000",
            "TotalComprobante": "11070.00000",
        },
    ),
    (
        "W9",
        read_case("selectivo"),
        {
            "TotalMercanciasGravadas": "6000.00000",
            "TotalImpuesto": "1458.00000",
            "TotalComprobante": "7458.00000",
        },
    ),
    (
        "W10",
        read_case("asumido"),
        {
            "TotalImpuesto": "0.00000",
            "TotalImpAsumEmisorFabrica": "650.00000",
            "TotalComprobante": "5000.00000",
        },
    ),
    (
        "W11",
        read_case("nota-credito-devolucion"),
        {
            "TotalVenta": "2500.00000",
            "TotalImpuesto": "325.00000",
            "TotalComprobante": "2825.00000",
        },
    ),
    (
        "W12",
        replace(read_case("exportacion"), charges=()),
        {
            "TotalMercanciasGravadas": "1250.00000",
            "TotalImpuesto": "0.00000",
            "TotalComprobante": "1250.00000",
        },
    ),
    (
        "W13",
        read_case("compra-regimen-especial"),
        {
            "TotalVenta": "13000.00000",
            "TotalImpuesto": "130.00000",
            "TotalComprobante": "13130.00000",
        },
    ),
    (
        "W14",
        document(service("1", "30000", "0", extra={"tariff": "11"}), line("1", "1000")),
        {
            "TotalServNoSujeto": "30000.00000",
            "TotalMercanciasGravadas": "1000.00000",
            "TotalNoSujeto": "30000.00000",
            "TotalImpuesto": "130.00000",
            "TotalComprobante": "31130.00000",
        },
    ),
)


@pytest.mark.parametrize(("name", "one", "told"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
def test_a_worked_example_adds_up(name: str, one: Document, told: Mapping[str, str]) -> None:
    summary = parse.child(parse.parse(seal(one).content), "ResumenFactura")
    assert summary is not None
    assert {name: parse.child_text(summary, name) for name in told} == told
    assert jurisdiction.totals(one).total == Decimal(told["TotalComprobante"])


def test_the_lines_of_w6_are_rounded_one_by_one() -> None:
    first, second = sums(document(*EXAMPLES[5][1].lines)).lines
    assert [str(first.gross), str(second.gross)] == ["1110.99999", "0.97222"]
    assert [str(one.taxes[0].amount) for one in (first, second)] == ["144.43000", "0.01944"]


def test_the_taxes_of_w3_are_told_by_tariff() -> None:
    counted = sums(EXAMPLES[2][1])
    assert {tariff: str(amount) for _, tariff, amount in counted.taxes} == {
        "02": "40.00000",
        "08": "4290.00000",
        "10": "0.00000",
    }


def test_the_exoneration_of_w5_is_points_of_the_base() -> None:
    (only,) = sums(EXAMPLES[4][1]).lines
    told = [str(amount) for amount in (only.taxes[0].amount, only.exempted, only.charged)]
    assert told == ["11700.00000", "4500.00000", "7200.00000"]


def test_a_further_discount_is_figured_on_what_the_former_left() -> None:
    ten_and_ten = (Discount(percent=Decimal(10)), Discount(percent=Decimal(10)))
    (only,) = sums(document(line("1", "1000", discounts=ten_and_ten))).lines
    assert only.discounts == (Decimal("100.00000"), Decimal("90.00000"))
    assert only.subtotal == Decimal("810.00000")


FIVE = Decimal("0.00001")
quantities = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(10**6), places=3)
prices = st.decimals(min_value=Decimal("0.00001"), max_value=Decimal(10**7), places=5)
percents = st.sampled_from(["13", "4", "2", "1", "0.5", "0"])


def _half_up(value: Fraction) -> Decimal:
    """A fraction at five decimals: an independent way to the same figure."""
    scaled = value * 10**5
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-5)


@given(st.lists(st.tuples(quantities, prices, percents), min_size=1, max_size=6))
def test_the_sums_agree_with_a_calculation_in_fractions(
    rows: list[tuple[Decimal, Decimal, str]],
) -> None:
    counted = sums(document(*(line(str(q), f"{p:f}", t) for q, p, t in rows)))
    sale = [_half_up(Fraction(q) * Fraction(p)) for q, p, _ in rows]
    tax = [
        _half_up(Fraction(s) * Fraction(t) / 100) for s, (_, _, t) in zip(sale, rows, strict=True)
    ]
    assert counted.sale == sum(sale)
    assert counted.tax == sum(tax)
    assert counted.total == sum(sale) + sum(tax)
    assert sum(counted.classes.values()) == counted.sale
    assert counted.total.quantize(FIVE, ROUND_HALF_UP) == counted.total


def test_the_base_of_w9_holds_the_other_tax() -> None:
    (only,) = sums(read_case("selectivo")).lines
    assert str(only.base) == "6600.00000"
    assert [str(tax.amount) for tax in only.taxes] == ["600.00000", "858.00000"]


def test_a_gift_lowers_the_price_and_not_the_tax() -> None:
    for code, tax in (("01", "130.00000"), ("03", "130.00000"), ("02", "65.00000")):
        half = line("1", "1000", discounts=(Discount(percent=Decimal(50), reason=code),))
        (only,) = sums(document(half)).lines
        assert (str(only.subtotal), str(only.taxes[0].amount)) == ("500.00000", tax)


def test_a_bundle_is_taxed_as_its_products_are() -> None:
    (only,) = sums(read_case("surtido")).lines
    assert [str(part.subtotal) for part in only.parts] == [
        "5000.00000",
        "5000.00000",
        "9000.00000",
    ]
    assert [(tax.code, tax.tariff, str(tax.amount)) for tax in only.taxes] == [
        ("01", "", "1390.00000")
    ]


def test_what_the_other_means_leave_is_paid_by_the_first() -> None:
    counted = sums(read_case("medios-varios"))
    assert [(one.code, str(amount)) for one, amount in counted.means] == [
        ("02", "17899.50000"),
        ("01", "10000.00000"),
        ("06", "5000.50000"),
        ("99", "1000.00000"),
    ]
    assert sum(amount for _, amount in counted.means) == counted.total


def test_a_specific_tax_is_what_its_issuer_says_or_units_by_the_tax_of_one() -> None:
    (told,) = sums(read_case("alcohol")).lines
    assert str(told.taxes[0].amount) == "4095.00000"
    (counted,) = sums(read_case("tabaco")).lines
    assert str(counted.taxes[0].amount) == "5132.00000"  # 200 × 25.66
    assert str(counted.base) == "18000.00000"  # tobacco's tax is no part of the base
