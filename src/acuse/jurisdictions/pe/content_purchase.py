"""What only a liquidación de compra tells, parsed once. Source: peru.md 13.

We buy of a natural person without RUC and issue the document ourselves: the counterparty sells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO

PURCHASE = "0501"
GOLD = "0503"
SELLERS = ("DNI", "CE", "PP")  # who has no RUC
IGV, INCOME = "IGV", "IR"
IGV_RATE = Decimal(18)  # the general rate of peru.md 1: the reduced one is for what is sold
TAXED = "10"
AFFECTATIONS: Mapping[str, tuple[str, str]] = {  # code -> (tribute, code of an advance of it)
    TAXED: ("1000", "04"),
    "20": ("9997", "05"),
    "30": ("9998", "06"),
}
INCOME_TRIBUTE = ("3000", "IR", "TOX")
GOLD_PROPERTIES = (  # of catalogue 55: our field, SUNAT's code, name, code of the rule that asks
    ("concession", "6000", "Código único de la concesión minera", "PE-2466"),
    ("gold_grade", "6004", "Ley del mineral", "PE-2467"),
    ("mineral", "6005", "Naturaleza del mineral", "PE-2468"),
    ("mining_right", "6006", "Nombre del derecho minero", "PE-2469"),
)


def operation(document: Document) -> str:
    """The code of catalogue 51, an internal purchase where none is told."""
    return str(document.extra.get("purchase_type", "") or PURCHASE)


def affectation(line: Line) -> str:
    """The line's code of catalogue 07: as told, else taxed where it has IGV, else ""."""
    told = str(line.extra.get("purchase_affectation", "")).strip()
    if told:
        return told
    return TAXED if percent_of(line, IGV) else ""


def percent_of(line: Line, code: str) -> Decimal:
    """The percentage of the line's tax of that code; 0 where it has none."""
    return next((tax.percent for tax in line.taxes if tax.code == code), ZERO)


def seller_place(document: Document) -> str:
    """What the seller's address is (catalogue 60)."""
    return str(document.extra.get("seller_place", "") or "05")


def purchase_place(document: Document) -> tuple[str, str, str]:
    """Where it is bought: what the place is (catalogue 60), its ubigeo, its address."""
    told: Mapping[str, Any] = document.extra
    return (
        str(told.get("purchase_place", "") or "01"),
        str(told.get("purchase_ubigeo", "")),
        str(told.get("purchase_address", "")),
    )


def gold(line: Line) -> Iterator[tuple[str, str, str]]:
    """The gold's properties that the line tells: code, name, value."""
    for field, code, name, _ in GOLD_PROPERTIES:
        value = line.extra.get(field, "")
        if value not in ("", None):
            yield code, name, f"{value:f}" if isinstance(value, Decimal) else str(value)
