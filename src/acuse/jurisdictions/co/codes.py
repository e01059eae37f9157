"""The code tables: facts, small ones here, long ones in the CSVs beside.

Source: colombia.md 2, 3 (annex 1.9); `scripts/make_co_codes.py` makes the CSVs.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import resources

from acuse.jurisdictions.co.traits import TRAITS


class Base(Enum):
    """What a tax is counted on."""

    NET = "NET"  # percent of the line
    UNIT = "UNIT"  # so much for each unit
    IVA = "IVA"  # percent of the line's IVA


@dataclass(frozen=True, slots=True, eq=False)  # one of each: looked up by identity, on every line
class TaxCode:
    """A tax in the DIAN's list: its id and name there; a withholding never changes the total."""

    id: str
    name: str
    base: Base = Base.NET
    withholding: bool = False


IVA, INC, ICA, RETEIVA = "IVA", "INC", "ICA", "RETEIVA"
TAXES = {  # our general code -> the DIAN's; a tax told per unit counts units whatever it says here
    IVA: TaxCode("01", "IVA"),
    "IC": TaxCode("02", "IC"),
    ICA: TaxCode("03", "ICA"),
    INC: TaxCode("04", "INC"),
    RETEIVA: TaxCode("05", "ReteIVA", Base.IVA, withholding=True),
    "RETERENTA": TaxCode("06", "ReteRenta", withholding=True),
    "RETEICA": TaxCode("07", "ReteICA", withholding=True),
    "ICPORCENTUAL": TaxCode("08", "IC Porcentual"),
    "FTOHORTICULTURA": TaxCode("20", "FtoHorticultura"),
    "TIMBRE": TaxCode("21", "Timbre"),
    "INCBOLSAS": TaxCode("22", "INC Bolsas", Base.UNIT),
    "INCARBONO": TaxCode("23", "INCarbono", Base.UNIT),
    "INCOMBUSTIBLES": TaxCode("24", "INCombustibles", Base.UNIT),
    "SOBRETASA": TaxCode("25", "Sobretasa Combustibles", Base.UNIT),
    "SORDICOM": TaxCode("26", "Sordicom", Base.UNIT),
    "ICDATOS": TaxCode("30", "IC Datos"),
    "ICL": TaxCode("32", "ICL", Base.UNIT),
    "INPP": TaxCode("33", "INPP", Base.UNIT),
    "IBUA": TaxCode("34", "IBUA", Base.UNIT),
    "ICUI": TaxCode("35", "ICUI"),
    "ADV": TaxCode("36", "ADV"),
    "OTROS": TaxCode("ZZ", "Otros tributos"),
}
RATES = {  # the percentages that the DIAN's list knows, of the taxes that have such a list
    "IVA": frozenset(map(Decimal, ("0", "5", "16", "19"))),
    "INC": frozenset(map(Decimal, ("2", "4", "8", "16"))),
    "RETEIVA": frozenset(map(Decimal, ("15", "100"))),
}
IDENTITIES = {kind.key: kind.code for kind in TRAITS.tax_ids}
NIT = "31"
ABROAD = frozenset({"DE", "NITX"})  # identities that only who lives elsewhere has
RESPONSIBILITIES = {
    "O-13": "Gran contribuyente",
    "O-15": "Autorretenedor",
    "O-23": "Agente de retención IVA",
    "O-47": "Régimen simple de tributación",
    "R-99-PN": "No aplica – Otros",
}
ADJUSTMENTS = {  # AllowanceChargeReasonCode of the header
    "00": "Descuento no condicionado",
    "01": "Descuento condicionado",
    "02": "Recargo no condicionado",
    "03": "Recargo condicionado",
}
HEALTH = ("SS-CUFE", "SS-CUDE", "SS-POS", "SS-SNum", "SS-Recaudo", "SS-Reporte", "SS-SinAporte")
OPERATIONS = {  # CustomizationID by root
    "Invoice": ("09", "10", "11", "12", "13", "14", "15", "16", *HEALTH),
    "CreditNote": ("20", "22", "23"),
    "DebitNote": ("30", "32", "33"),
}
MEANS = {  # our general word -> the DIAN's code; any other word is "1", not defined
    "CASH": "10",
    "CHECK": "20",
    "TRANSFER": "47",
    "CARD": "48",
}
UNDEFINED_MEANS = "1"
UNIT = "94"
PURCHASE_FORMS = {"1": "Por operación", "2": "Acumulado semanal"}


@cache
def municipalities() -> dict[str, str]:
    """Code of five digits -> name."""
    return _names("municipalities.csv")


@cache
def departments() -> dict[str, str]:
    """Code of two digits, the first of a municipality's -> name."""
    return _names("departments.csv")


@cache
def countries() -> dict[str, str]:
    """ISO 3166 alpha-2 -> name."""
    return _names("countries.csv")


@cache
def units() -> dict[str, str]:
    """UN/ECE recommendation 20 -> name."""
    return _names("units.csv")


@cache
def payment_means() -> dict[str, str]:
    """PaymentMeansCode -> name."""
    return _names("payment_means.csv")


@cache
def incoterms() -> dict[str, str]:
    """INCOTERM -> name."""
    return _names("incoterms.csv")


@cache
def currencies() -> frozenset[str]:
    """ISO 4217."""
    return frozenset(row["code"] for row in _rows("currencies.csv"))


@cache
def postal_codes() -> frozenset[str]:
    """Colombia's postal codes, six digits."""
    return frozenset(row["code"] for row in _rows("postal_codes.csv"))


def _names(name: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows(name)}


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("codes", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
