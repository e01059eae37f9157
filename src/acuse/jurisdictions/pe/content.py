"""What only Peru knows of a document and a line, parsed once.

`Address.place` is the ubigeo (six digits); `Address.region`, `city`, `district` are the
department, the province and the district.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO
from acuse.domain.party import Company

LIMA = ZoneInfo("America/Lima")
ONEROUS = "10"


def affectation(line: Line) -> str:
    """The line's code of catalogue 07: as told, else taxed where it has a tax, else ""."""
    told = str(line.extra.get("affectation", "")).strip()
    if told:
        return told
    return ONEROUS if any(tax.percent != ZERO for tax in line.taxes) else ""


def operation_type(document: Document) -> str:
    """The code of catalogue 51, 0101 (internal sale) where none is told."""
    return str(document.extra.get("operation_type", "") or "0101")


def annex(company: Company) -> str:
    """The code of the establishment that issues, 0000 the main seat."""
    return str(company.extra.get("annex", "") or "0000")


def unit(line: Line) -> str:
    """The unit's code, NIU (units) where none is told."""
    return line.unit or "NIU"
