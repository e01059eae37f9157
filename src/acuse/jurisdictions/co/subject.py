"""The subject of the mail: five fields between semicolons. Source: colombia.md 8 (annex 10.6)."""

from __future__ import annotations

import re

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Sealed
from acuse.domain.party import Company
from acuse.jurisdictions.co.forms import form_of

_UNSAFE = re.compile(r"[;\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def subject(document: Document, company: Company, sealed: Sealed) -> str:
    """NIT;name;number;type code;trade name: what the buyer's robot reads, without line breaks."""
    fields = (
        company.tax_id.number,
        company.legal_name,
        sealed.number,
        form_of(document).code,
        company.shown_name,
    )
    return ";".join(map(_safe, fields))


def _safe(text: str) -> str:
    """The field without the separator and without line breaks: each becomes a blank."""
    return " ".join(_UNSAFE.sub(" ", text).split())
