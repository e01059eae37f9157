"""A part that a country does not write is refused, never left out in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import Charge, Document, Line, Period, Prepayment, Reference, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.parts import EVERY_PART, unserved
from acuse.domain.party import Customer, TaxId

ONE = Decimal(1)
LINE = Line("Silla", ONE, ONE)
PLAIN = Document(DocumentKind.INVOICE, Customer(TaxId("TIN", "1"), "Ana"), (LINE,), "ZZD")
DAY = date(2026, 11, 25)

PARTS = [
    ({"charges": (Charge(amount=ONE),)}, "charge"),
    ({"prepayments": (Prepayment(ONE, DAY),)}, "prepayments"),
    ({"references": (Reference("F1", DAY),)}, "references"),
    ({"period": Period(DAY, DAY)}, "period"),
    ({"prices_with_tax": True}, "pricesIncludeTax"),
    ({"lines": (replace(LINE, charges=(Charge(amount=ONE),)),)}, "items.0.charge"),
    ({"lines": (LINE, replace(LINE, taxes=(Tax("X", ONE, ONE),)))}, "items.1.tax.0.perUnit"),
]


@pytest.mark.parametrize(("changes", "field"), PARTS)
def test_a_part_that_is_not_served_is_refused(changes: dict[str, Any], field: str) -> None:
    document = replace(PLAIN, **changes)
    (problem,) = unserved(document, frozenset(), "Perú")
    assert (problem.field, problem.code) == (field, "XX-PRT-1")
    assert unserved(document, EVERY_PART, "Perú") == ()


def test_a_plain_document_is_served_everywhere() -> None:
    assert unserved(PLAIN, frozenset(), "Perú") == ()
