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
    RETENTION = "RETENTION"  # what we withheld of a supplier's invoice
    PERCEPTION = "PERCEPTION"  # what we collected on top of a customer's invoice
    PAYMENT = "PAYMENT"  # money received for a sale on credit whose tax is due only then
    DESPATCH = "DESPATCH"  # goods on the way, told by who sends them
    CARRIER_DESPATCH = "CARRIER_DESPATCH"  # the same, told by who carries them
