"""The code tables: facts, read once from the CSVs beside."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

AFFECTATIONS = {  # catalogue 07, as far as it is served: code -> (tribute, words)
    "10": ("1000", "Gravado"),
    "20": ("9997", "Exonerado"),
    "30": ("9998", "Inafecto"),
}
TRIBUTES = {  # catalogue 05: code -> (name, type)
    "1000": ("IGV", "VAT"),
    "9997": ("EXO", "VAT"),
    "9998": ("INA", "FRE"),
}
IDENTITIES = {  # catalogue 06: our word -> SUNAT's code
    "RUC": "6",
    "DNI": "1",
    "CE": "4",
    "PP": "7",
    "CDI": "A",
    "TIN": "D",
}
CURRENCIES = {"PEN": ("S/", "SOLES"), "USD": ("US$", "DÓLARES AMERICANOS")}


@cache
def ubigeos() -> frozenset[str]:
    """The codes of all districts (INEI, catalogue 13)."""
    return frozenset(row["code"] for row in _rows("ubigeos.csv"))


@cache
def units() -> frozenset[str]:
    """The codes of all units (catalogue 03)."""
    return frozenset(row["code"] for row in _rows("units.csv"))


@cache
def operations() -> frozenset[str]:
    """The operation types that a factura may have (catalogue 51)."""
    return frozenset(row["code"] for row in _rows("operations.csv") if row["factura"] == "1")


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("codes", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
