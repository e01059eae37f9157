"""The name of a document's file, RUC-TT-SERIE-NUM, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

FORM = re.compile(r"([0-9]{11})-([0-9]{2})-([A-Z0-9]{4})-([0-9]{1,8})")
SUMMARY = re.compile(r"[0-9]{11}-(RC|RA|RR)-[0-9]{8}-[0-9]{1,5}")
PACK = re.compile(r"[0-9]{11}-LT-[0-9]{8}-[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Stem:
    """Who, which kind, series and number, as the file's name says it."""

    ruc: str
    kind: str  # catalogue 01
    series: str
    number: str  # as written; left zeros are kept

    @property
    def name(self) -> str:
        """The name without extension, as written."""
        return f"{self.ruc}-{self.kind}-{self.series}-{self.number}"

    @property
    def label(self) -> str:
        """Series and number without left zeros: F001-1."""
        return f"{self.series}-{int(self.number)}"

    @property
    def fiscal_id(self) -> str:
        """The register's key: RUC-TT-SERIE-NUM without left zeros."""
        return f"{self.ruc}-{self.kind}-{self.label}"


def read(name: str) -> Stem | None:
    """The parts of a name without extension; None if it has another form."""
    match = FORM.fullmatch(name)
    return Stem(*match.groups()) if match else None
