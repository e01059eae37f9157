"""The code tables that are reckoned with; long ones in the CSVs beside, short lists in lists.py."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from importlib import resources

IDENTITIES = {  # our word -> Hacienda's code (costa-rica.md 2)
    "CF": "01",
    "CJ": "02",
    "DIMEX": "03",
    "NITE": "04",
    "EXT": "05",
    "NC": "06",
}
TARIFFS = {  # CodigoTarifaIVA -> rate
    "01": Decimal(0),
    "02": Decimal(1),
    "03": Decimal(2),
    "04": Decimal(4),
    "05": Decimal(0),
    "06": Decimal(4),
    "07": Decimal(8),
    "08": Decimal(13),
    "09": Decimal("0.5"),
    "10": Decimal(0),
    "11": Decimal(0),
}
USUAL_TARIFF = {  # the code that a percentage means where none is told
    Decimal(13): "08",
    Decimal(4): "04",
    Decimal(2): "03",
    Decimal(1): "02",
    Decimal("0.5"): "09",
    Decimal(0): "10",
}


@cache
def units() -> frozenset[str]:
    """The codes of all units; case and accents count."""
    return frozenset(row["code"] for row in _rows("units.csv"))


@cache
def places() -> dict[str, tuple[str, str, str]]:
    """Location code -> names of province, canton and district."""
    return {
        row["code"]: (row["province"], row["canton"], row["district"])
        for row in _rows("places.csv")
    }


@cache
def currencies() -> frozenset[str]:
    """The codes of all currencies."""
    return frozenset(row["code"] for row in _rows("currencies.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("codes", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
