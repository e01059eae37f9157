"""The name of a file, taken apart: RUC-TT-SERIE-NUM of a document, RUC-RC-DATE-n of a summary."""

from __future__ import annotations

import re
from dataclasses import dataclass

FORM = re.compile(r"([0-9]{11})-([0-9]{2})-([A-Z0-9]{4})-([0-9]{1,8})")
SUMMARY = re.compile(r"([0-9]{11})-(RC|RA|RR)-([0-9]{8})-([0-9]{1,5})")
PACK = re.compile(r"[0-9]{11}-LT-[0-9]{8}-[0-9]{1,5}")
SUMMARIES = frozenset({"RC", "RA", "RR"})


@dataclass(frozen=True, slots=True)
class Stem:
    """Who, which kind, series and number, as the file's name says it."""

    ruc: str
    kind: str  # catalogue 01; RC, RA, RR
    series: str  # of a summary: the date of its making, YYYYMMDD
    number: str  # as written; left zeros are kept

    @property
    def name(self) -> str:
        """The name without extension, as written."""
        return f"{self.ruc}-{self.kind}-{self.series}-{self.number}"

    @property
    def is_summary(self) -> bool:
        """True if it names a file of many documents."""
        return self.kind in SUMMARIES

    @property
    def label(self) -> str:
        """What CDRs call it, without left zeros: F001-1, RC-20261121-1."""
        before = f"{self.kind}-" if self.is_summary else ""
        return f"{before}{self.series}-{int(self.number)}"

    @property
    def padded(self) -> str:
        """The same with the zeros that some CDRs have: F001-00000001."""
        return self.label if self.is_summary else f"{self.series}-{int(self.number):08}"

    @property
    def fiscal_id(self) -> str:
        """The register's key: the name without left zeros."""
        return f"{self.ruc}-{self.kind}-{self.series}-{int(self.number)}"


def read(name: str) -> Stem | None:
    """The parts of a document's name without extension; None if it has another form."""
    match = FORM.fullmatch(name)
    return Stem(*match.groups()) if match else None


def summary(name: str) -> Stem | None:
    """The parts of a summary's name without extension; None if it has another form."""
    match = SUMMARY.fullmatch(name)
    return Stem(*match.groups()) if match and int(match[4]) else None
