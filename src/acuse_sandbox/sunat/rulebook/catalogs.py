"""SUNAT's catalogues, as far as the rules ask them (RS 340-2017 and changes, state of 2026-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tribute:
    """A row of catalogue 05."""

    name: str
    type_code: str


TRIBUTES = {
    "1000": Tribute("IGV", "VAT"),
    "1016": Tribute("IVAP", "VAT"),
    "2000": Tribute("ISC", "EXC"),
    "3000": Tribute("IR", "TOX"),
    "7152": Tribute("ICBPER", "OTH"),
    "9995": Tribute("EXP", "FRE"),
    "9996": Tribute("GRA", "FRE"),
    "9997": Tribute("EXO", "VAT"),
    "9998": Tribute("INA", "FRE"),
    "9999": Tribute("OTROS", "OTH"),
}

# The tributes of which a line has exactly one, and what may stand beside it (rule 3223).
FAMILY = {
    "1000": frozenset({"2000", "9999"}),
    "1016": frozenset({"9999"}),
    "9995": frozenset({"9999"}),
    "9996": frozenset({"2000", "9999"}),
    "9997": frozenset({"2000", "9999"}),
    "9998": frozenset({"2000", "9999"}),
}

CHARGED = frozenset({"1000", "1016", "2000", "7152", "9999"})  # what the customer really pays

TAXED_FREE = frozenset({"11", "12", "13", "14", "15", "16"})
UNTAXED_FREE = frozenset({"21", "31", "32", "33", "34", "35", "36", "37", "40"})
AFFECTATIONS = {  # catalogue 07 by tribute
    "1000": frozenset({"10"}),
    "1016": frozenset({"17"}),
    "9995": frozenset({"40"}),
    "9996": TAXED_FREE | UNTAXED_FREE | {"17"},
    "9997": frozenset({"20"}),
    "9998": frozenset({"30"}),
}

ISC_SYSTEMS = frozenset({"01", "02", "03"})
PRICE_TYPES = frozenset({"01", "02", "03"})
IDENTITIES = frozenset("01467ABCDEFGH")  # one character each

EXPORTS = frozenset(f"020{n}" for n in range(9))
DEPOSITS = frozenset({"1001", "1002", "1003", "1004"})
BANKS = frozenset({"2100", "2101", "2102", "2103", "2104"})
OPERATIONS = (  # catalogue 51, those of a factura; 2002 and 2106 by the rules that name them
    frozenset({"0101", "0112", "0301", "0302", "0401", "2001", "2002", "2106"})
    | EXPORTS
    | DEPOSITS
    | BANKS
)

LEGENDS = frozenset({"1000", "1002", *(str(code) for code in range(2000, 2013))})

LINE_CHARGES = {"00": "false", "01": "false", "47": "true", "48": "true"}
GLOBAL_CHARGES = {
    **dict.fromkeys(("02", "03", "04", "05", "06", "20", "61", "62", "63"), "false"),
    **dict.fromkeys(("45", "46", "49", "50", "51", "52", "53"), "true"),
}
CHARGES = frozenset(LINE_CHARGES) | frozenset(GLOBAL_CHARGES) | {"07", "54"}
PERCEPTIONS = frozenset({"51", "52", "53"})

DEPOSIT_CODES = {"1002": "004", "1003": "028", "1004": "027"}

# Rates of IGV that a factura may carry, by first day; the last row is UNCONFIRMED (peru.md 14).
IGV_RATES = (
    (date(2011, 3, 1), frozenset({Decimal(18)})),
    (date(2022, 9, 1), frozenset({Decimal(18), Decimal(10)})),
    (date(2026, 1, 1), frozenset({Decimal(18), Decimal("10.5")})),
    (date(2027, 1, 1), frozenset({Decimal(18), Decimal(15)})),
)
FORMER_RATES = frozenset({Decimal(18), Decimal("10.5"), Decimal(10)})
IVAP_RATE = Decimal(4)
BAG_RATES = (
    (date(2019, 8, 1), Decimal("0.10")),
    (date(2020, 1, 1), Decimal("0.20")),
    (date(2021, 1, 1), Decimal("0.30")),
    (date(2022, 1, 1), Decimal("0.40")),
    (date(2023, 1, 1), Decimal("0.50")),
)


def igv_rates(at: date) -> frozenset[Decimal]:
    """The rates in force on a day."""
    return next((rates for since, rates in reversed(IGV_RATES) if at >= since), frozenset())


def bag_rate(at: date) -> Decimal:
    """What a plastic bag costs on a day."""
    return next((rate for since, rate in reversed(BAG_RATES) if at >= since), Decimal(0))
