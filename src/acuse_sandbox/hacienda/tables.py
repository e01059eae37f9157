"""Code tables of the pretended Hacienda: its own, made from the published lists' facts."""

from __future__ import annotations

import re
from decimal import Decimal

RATES = {
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
SERVICE_UNITS = {"Sp", "Spe", "St", "Os", "Al", "Alc", "Cm", "I"}
IDENTITIES = {
    "01": re.compile(r"[1-9]\d{8}"),
    "02": re.compile(r"[0-9A-Z]{10}"),
    "03": re.compile(r"\d{11,12}"),
    "04": re.compile(r"\d{10}"),
    "05": re.compile(r".{1,20}"),
    "06": re.compile(r".{1,20}"),
}
MAIL = re.compile(r"\s*\w+([-+.']\w+)*@\w+([-.]\w+)*\.\w+([-.]\w+)*\s*")
CANTONS = {"1": 20, "2": 16, "3": 8, "4": 10, "5": 11, "6": 13, "7": 6}

# Section 3.5 of costa-rica.md: the class of a line's gross amount, by tariff.
TAXED, EXEMPT, EXONERATED, NOT_SUBJECT = "Gravad", "Exent", "Exonerad", "NoSujet"
CLASSES = {"10": EXEMPT, "11": NOT_SUBJECT}

# Taxpayers with a stated behaviour; every other well-formed number is a good one.
UNKNOWN = re.compile(r"^(3101666\d{3}|966\d{6})$")
