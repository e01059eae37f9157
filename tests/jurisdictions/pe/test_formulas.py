"""Whatever has no problem keeps the sheet's formulas, follows the schema and adds up."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from acuse.domain.document import Charge, Discount, Document, Line, Prepayment, Tax
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.pe import jurisdiction
from acuse.jurisdictions.pe.line_sums import Setting, line_sum
from tests.jurisdictions.pe import equations
from tests.jurisdictions.pe.checked import PERSON, TODAY, K, document, issuer
from tests.jurisdictions.pe.makers import seal
from tests.support.makers import AT, line

D = Decimal
PRICES = st.decimals("0.01", "99999", places=4)
SHOWN = st.decimals("0.10", "9999.99", places=2)
PERCENTS = st.decimals("0", "60", places=2)
WAYS = (  # taxes, affectation
    ((Tax("IGV", D(18)),), ""),
    ((Tax("IGV", D(18)), Tax("ISC", D(10))), ""),
    ((Tax("IGV", D(18)), Tax("ISC", D(0), D("1.37"))), ""),
    ((Tax("IGV", D(18)), Tax("OTROS", D(3))), ""),
    ((Tax("IGV", D(18)),), "15"),
    ((), "20"),
    ((), "21"),
    ((), "30"),
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    taxes, affectation = draw(st.sampled_from(WAYS))
    free = affectation in ("15", "21")
    off = () if free else tuple(Discount(percent=p) for p in draw(st.lists(PERCENTS, max_size=1)))
    return line(
        quantity=draw(st.decimals("0.001", "999", places=3)),
        price=draw(SHOWN),
        taxes=taxes,
        discounts=off,
        extra={"affectation": affectation} if affectation else {},
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    kind = draw(st.sampled_from((K.INVOICE, K.RECEIPT, K.CREDIT_NOTE, K.DEBIT_NOTE)))
    changes: dict[str, Any] = {
        "lines": tuple(draw(st.lists(lines(), min_size=1, max_size=6))),
        "prices_with_tax": draw(st.booleans()),
    }
    if kind is K.RECEIPT:
        changes["counterparty"] = PERSON
    if kind in (K.INVOICE, K.RECEIPT):
        changes["discounts"] = tuple(
            Discount(percent=p) for p in draw(st.lists(PERCENTS, max_size=1))
        )
        changes["charges"] = tuple(Charge(percent=p) for p in draw(st.lists(PERCENTS, max_size=1)))
        changes["extra"] = {
            "discount_code": draw(st.sampled_from(("02", "03"))),
            "charge_code": draw(st.sampled_from(("49", "50", "46"))),
        }
        changes["prepayments"] = tuple(
            Prepayment(amount, TODAY, "F001-90")
            for amount in draw(st.lists(st.decimals("0.01", "50", places=2), max_size=2))
        )
    return document(kind, **changes)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(documents())
def test_whatever_has_no_problem_keeps_the_formulas(one: Document) -> None:
    assume(jurisdiction.document_problems(one, issuer(), AT) == ())
    content = seal(one, issuer()).content
    assert equations.broken(content) == []
    assert etree.tostring(etree.fromstring(content), method="c14n") == content.partition(b"\n")[2]


@settings(max_examples=80, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=8))
def test_the_customer_pays_what_the_labels_say(parts: list[Line]) -> None:
    """P-3: of prices with tax the total is the sum of the labels' totals, to the cent."""
    one = document(lines=tuple(parts), prices_with_tax=True)
    paid = D(0)
    for part in parts:
        counted = line_sum(part, Setting.of(one))
        if counted.free:
            continue
        exact = part.quantity * part.price
        off = sum((round_half_up(d.of(round_half_up(exact))) for d in part.discounts), D(0))
        paid += round_half_up(exact - off)
    assert jurisdiction.totals(one).total == paid + sum(
        (line_sum(part, Setting.of(one)).tax for part in parts if is_free(part)), D(0)
    )


def is_free(part: Line) -> bool:
    return part.extra.get("affectation") in ("15", "21")


def round_half_up(amount: Decimal) -> Decimal:
    return amount.quantize(D("0.01"), rounding="ROUND_HALF_UP")


def test_a_rule_that_is_broken_is_seen() -> None:
    """The reader of formulas is no rubber stamp: each mended figure is found."""
    content = seal(document(), issuer()).content
    for right, wrong, rule in (
        (b">118.00</cbc:PayableAmount>", b">119.00</cbc:PayableAmount>", "3280"),
        (b">100.00</cbc:TaxableAmount>", b">102.00</cbc:TaxableAmount>", "3277"),
        (b">59.00</cbc:PriceAmount>", b">60.00</cbc:PriceAmount>", "3270"),
        (b">50.00</cbc:PriceAmount>", b">51.00</cbc:PriceAmount>", "3271"),
        (b">100.00</cbc:LineExtensionAmount>", b">99.00</cbc:LineExtensionAmount>", "3278"),
    ):
        assert right in content
        assert rule in equations.broken(content.replace(right, wrong, 1))


@pytest.mark.authority
@pytest.mark.parametrize("kind", [K.RECEIPT, K.CREDIT_NOTE, K.DEBIT_NOTE])
def test_999_lines_follow_the_schema(kind: DocumentKind, authority_dir: Path) -> None:
    many = tuple(line(description=f"Producto {n}") for n in range(999))
    root = etree.fromstring(seal(document(kind, lines=many), issuer()).content)
    schema = _schema(authority_dir, etree.QName(root).localname)
    assert schema.validate(root), schema.error_log


@cache
def _schema(authority_dir: Path, root: str) -> etree.XMLSchema:
    return etree.XMLSchema(
        etree.parse(str(authority_dir / f"pe/xsd/2.1/maindoc/UBL-{root}-2.1.xsd"))
    )
