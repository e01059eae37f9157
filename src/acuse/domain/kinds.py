"""The kinds of documents, in the field's general words."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is; each jurisdiction gives it its own code and name."""

    INVOICE = "INVOICE"
    EXPORT_INVOICE = "EXPORT_INVOICE"
    PAPER_INVOICE = "PAPER_INVOICE"  # written by hand while our side was down, transcribed later
    RECEIPT = "RECEIPT"
    CREDIT_NOTE = "CREDIT_NOTE"
    DEBIT_NOTE = "DEBIT_NOTE"
    RECEIPT_NOTE = "RECEIPT_NOTE"  # a credit note to receipts, where these have their own
    PURCHASE = "PURCHASE"  # we buy of someone who does not invoice, and issue it ourselves
    PURCHASE_NOTE = "PURCHASE_NOTE"
