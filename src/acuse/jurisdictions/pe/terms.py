"""How many days after its date SUNAT takes a document. Source: peru.md 1 and 14 (1)."""

from __future__ import annotations

from datetime import date

from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.pe import rates

_BOLETA = "B"


def days_to_send(kind: DocumentKind, series: str, day: date) -> int:
    """Calendar days after the issue date, for a document that goes by itself."""
    return int(rates.must("days", _term(kind, series), day))


def days_ahead(day: date) -> int:
    """How far ahead of today a document may be dated (2329)."""
    return int(rates.must("days", "ahead", day))


def _term(kind: DocumentKind, series: str) -> str:
    if kind is DocumentKind.RECEIPT:
        return "boleta"
    is_note = kind in (DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE)
    return "boleta_note" if is_note and series.startswith(_BOLETA) else "factura"
