"""What is told of a line of a Colombian document: one value differs each time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import Charge, Discount, Tax
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.co import codes
from tests.jurisdictions.co.checked import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    K,
    document,
    line,
    of,
    of_line,
)

D = Decimal
IVA = Tax("IVA", D(19))
RETENTIONS = (Tax("RETEIVA", D(15)), Tax("RETERENTA", D("2.5")), Tax("RETEICA", D("0.966")))
FREE = {"price": D(0), "extra": {"free_value": D(1000)}}

GOOD: list[dict[str, Any]] = [
    {"unit": ""},
    {"unit": "KGM", "code": ""},
    {"taxes": ()},
    {"quantity": D("0.000001"), "price": D("0.000001")},
    *({"taxes": (Tax("IVA", D(rate)),)} for rate in ("0", "5", "16", "19.00")),
    *({"taxes": (Tax("INC", D(rate)),)} for rate in ("2", "4", "8", "16")),
    {"taxes": (IVA, Tax("INC", D(8)))},
    {"taxes": (IVA, *RETENTIONS)},
    {"taxes": (IVA, Tax("RETEIVA", D(100)))},
    {"taxes": (IVA, Tax("INCBOLSAS", D(0), D(70)))},
    {"taxes": (IVA, Tax("IBUA", D(0), D("38.5")), Tax("ICUI", D(20)))},
    {"taxes": (Tax("IC", D(0), D(300)),)},
    {"taxes": (Tax("IC", D(25)),)},
    {"discounts": (Discount(amount=D(100_000)),)},
    {"discounts": (Discount(amount=D(1), reason="Saldo"),)},
    {"discounts": (Discount(percent=D("33.33")),), "charges": (Charge(amount=D(1)),)},
    {"extra": {"standard_kind": "001", "standard_code": "43211500"}},
    {"extra": {"standard_kind": "010", "standard_code": "7701234567897"}},
    {"extra": {"standard_kind": "020", "standard_code": "8471300000"}},
    {"extra": {"brand": "Inventada", "model": "X-1"}},
    FREE,
    FREE | {"extra": {"free_value": D(1000), "free_kind": "03"}},
]
WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("name", "FAZ02", {"description": "Café"}),
    ("name", "FAZ02", {"description": "D" * 301}),
    ("name", "FAZ02", {"description": "Silla\x00 de oficina"}),
    ("unit", "FAV05", {"unit": "kgm"}),
    ("code", "FAZ06", {"code": "C" * 51, "extra": {"standard_code": "1"}}),
    ("extra.brand", "FAZ04", {"extra": {"brand": "M" * 101}}),
    ("extra.model", "FAZ05", {"extra": {"model": "M" * 101}}),
    ("extra.standard_kind", "FAZ12", {"extra": {"standard_kind": "002"}}),
    ("extra.standard_code", "FAZ10", {"extra": {"standard_kind": "001"}}),
    ("extra.standard_code", "FAZ10", {"extra": {"standard_kind": "010", "standard_code": "77"}}),
    ("extra.standard_code", "FAZ10", {"extra": {"standard_kind": "020", "standard_code": "84"}}),
    ("extra.standard_code", "FAZ10", {"extra": {"standard_code": "C" * 51}}),
    ("quantity", "FAV04", {"quantity": D(0)}),
    ("quantity", "VLR01", {"quantity": D(-1)}),
    ("quantity", "FAV04", {"quantity": D("0.0000001")}),
    ("price", "VLR01", {"price": D(-1)}),
    ("price", "FBB02", {"price": D("1.0000001")}),
    ("price", "FBB02", {"price": D("1E15")}),
    ("tax.0.code", "FAX16", {"taxes": (Tax("IGV", D(18)),)}),
    ("tax.0.percentage", "FAX14", {"taxes": (Tax("IVA", D(18)),)}),
    ("tax.0.percentage", "FAX14", {"taxes": (Tax("INC", D(19)),)}),
    ("tax.0.percentage", "FAX14", {"taxes": (Tax("ICUI", D(101)),)}),
    ("tax.0.percentage", "FAX14", {"taxes": (Tax("ICA", D("0.9661")),)}),
    ("tax.0.percentage", "VLR01", {"taxes": (Tax("ICUI", D(-1)),)}),
    ("tax.0.perUnit", "FAX11", {"taxes": (Tax("IBUA", D(0)),)}),
    ("tax.0.perUnit", "FAX11", {"taxes": (Tax("IVA", D(0), D(100)),)}),
    ("tax.0.perUnit", "VLR01", {"taxes": (Tax("IBUA", D(0), D(-1)),)}),
    ("tax.1.percentage", "FAY14", {"taxes": (IVA, Tax("RETEIVA", D(50)))}),
    ("tax", "FAX01", {"taxes": (IVA, Tax("IVA", D(5)))}),
    ("tax", "FAY01", {"taxes": (IVA, RETENTIONS[1], RETENTIONS[1])}),
    ("tax", "FAY07", {"taxes": (RETENTIONS[0],)}),
    ("tax", "FAY07", {"taxes": (Tax("IVA", D(0)), RETENTIONS[0])}),
    ("discount", "FBE06", {"discounts": (Discount(percent=D(101)),)}),
    ("discount", "FBE06", {"discounts": (Discount(),)}),
    ("discount.reason", "FBE05", {"discounts": (Discount(amount=D(1), reason="R" * 5001),)}),
    ("charge.reason", "FBE05", {"charges": (Charge(amount=D(1), reason="Flete\x01"),)}),
    ("extra.standard_code", "FAZ10", {"extra": {"standard_code": "A\x01"}}),
    ("tax.0.percentage", "FAX14", {"taxes": (Tax("ICUI", D("NaN")),)}),
    ("discount", "FBE06", {"discounts": (Discount(percent=D("1.001")),)}),
    ("discount", "FBE07", {"discounts": (Discount(amount=D("1.001")),)}),
    ("discount", "VLR01", {"discounts": (Discount(amount=D(-1)),)}),
    ("discount", "VLR01", {"discounts": (Discount(amount=D("100000.01")),)}),
    ("charge", "FBE06", {"charges": (Charge(percent=D(101)),)}),
    ("extra.free_value", "FAW01", {"price": D(0)}),
    ("extra.free_value", "FAW03", {"price": D(0), "extra": {"free_value": D(0)}}),
    ("price", "FAW01", {"extra": {"free_value": D(1000)}}),
    (
        "extra.free_kind",
        "FAW05",
        {"price": D(0), "extra": {"free_value": D(1), "free_kind": "04"}},
    ),
]


@pytest.mark.parametrize("changes", GOOD, ids=range(len(GOOD)))
def test_nothing_is_told_of_a_good_line(changes: dict[str, Any]) -> None:
    assert of_line(**changes) == []


@pytest.mark.parametrize(
    ("field", "code", "changes"), WRONG, ids=[f"{n}-{one[1]}" for n, one in enumerate(WRONG)]
)
def test_what_is_wrong_with_a_line_is_told(field: str, code: str, changes: dict[str, Any]) -> None:
    assert of_line(**changes) == [(f"items.0.{field}", f"CO-{code}")]


@pytest.mark.parametrize("kind", [K.CREDIT_NOTE, K.DEBIT_NOTE, K.RECEIPT, K.PURCHASE_NOTE])
def test_a_withholding_stands_in_invoices_only(kind: DocumentKind) -> None:
    withheld = (line(taxes=(IVA, RETENTIONS[1])),)
    assert of(document(kind, lines=withheld)) == [("items.0.tax.1.code", "CO-OWN-3")]


@pytest.mark.parametrize("kind", [K.EXPORT_INVOICE, K.PAPER_INVOICE, K.PURCHASE])
def test_invoices_and_documentos_soporte_may_withhold(kind: DocumentKind) -> None:
    assert of(document(kind, lines=(line(taxes=(IVA, *RETENTIONS)),))) == []


def test_a_debit_note_gives_nothing_away() -> None:
    told = of(document(K.DEBIT_NOTE, lines=(line(**FREE),)))
    assert told == [("items.0.extra.free_value", "CO-OWN-4")]
    assert of(document(K.CREDIT_NOTE, lines=(line(**FREE),))) == []


@pytest.mark.parametrize(
    ("told", "extra"),
    [
        ([], {"purchase_date": TODAY, "purchase_form": "1"}),
        ([], {"purchase_date": YESTERDAY, "purchase_form": "2"}),
        ([("items.0.extra.purchase_date", "CO-DSAE02")], {"purchase_date": TOMORROW}),
        ([("items.0.extra.purchase_form", "CO-DSAE05")], {"purchase_form": "3"}),
    ],
)
def test_a_purchase_tells_when_and_how_it_was_made(
    told: list[tuple[str, str]], extra: dict[str, Any]
) -> None:
    assert of(document(K.PURCHASE, lines=(line(extra=extra),))) == told


@pytest.mark.parametrize("code", codes.TAXES)
def test_every_tax_of_the_list_can_be_on_a_line(code: str) -> None:
    known = codes.TAXES[code]
    rate = min(codes.RATES.get(code, {D(1)}))
    by_unit = known.base is codes.Base.UNIT
    tax = Tax(code, D(0), D(10)) if by_unit else Tax(code, rate)
    others = (IVA,) if code == "RETEIVA" else ()
    assert of_line(taxes=(*others, tax)) == []
