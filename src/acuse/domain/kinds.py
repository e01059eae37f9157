"""The kinds of documents, in the field's general words."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is; each jurisdiction gives it its own code and name."""

    INVOICE = "INVOICE"
    RECEIPT = "RECEIPT"
    CREDIT_NOTE = "CREDIT_NOTE"
    DEBIT_NOTE = "DEBIT_NOTE"
