"""What differs from kind to kind: root, texts, names of elements. Source: colombia.md 2 and 3.

The order of what is written differs by root, as the UBL schemas have it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.co.doubts import PURCHASE_PROFILE, RECEIPT_NOTE_PROFILE
from acuse.jurisdictions.co.ids import CUDE, CUDS, CUFE
from acuse.jurisdictions.co.traits import KINDS

INVOICE, CREDIT, DEBIT = "Invoice", "CreditNote", "DebitNote"

_SALE = "DIAN 2.1: Factura Electrónica de Venta"
_K = DocumentKind


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind is written; `code` is the DIAN's, `scheme` names the kind of its identifier."""

    root: str
    code: str
    profile: str
    scheme: str
    file_kind: str
    buys: bool = False  # the supplier is the other party
    range_key: bool = False  # hashed with the range's technical key, else with the PIN
    controlled: bool = True  # carries InvoiceControl: its range was authorised


FORMS = {
    _K.INVOICE: Form(INVOICE, "01", _SALE, CUFE, "fv", range_key=True),
    _K.EXPORT_INVOICE: Form(INVOICE, "02", _SALE, CUFE, "fv", range_key=True),
    _K.PAPER_INVOICE: Form(INVOICE, "03", _SALE, CUDE, "fv"),
    _K.CREDIT_NOTE: Form(
        CREDIT,
        "91",
        "DIAN 2.1: Nota Crédito de Factura Electrónica de Venta",
        CUDE,
        "nc",
        controlled=False,
    ),
    _K.DEBIT_NOTE: Form(
        DEBIT,
        "92",
        "DIAN 2.1: Nota Débito de Factura Electrónica de Venta",
        CUDE,
        "nd",
        controlled=False,
    ),
    _K.RECEIPT: Form(INVOICE, "20", "DIAN 2.1: Documento Equivalente POS", CUDE, "ds"),
    _K.RECEIPT_NOTE: Form(CREDIT, "94", RECEIPT_NOTE_PROFILE, CUDE, "ncs", controlled=False),
    _K.PURCHASE: Form(INVOICE, "05", PURCHASE_PROFILE, CUDS, "ds", buys=True),
    _K.PURCHASE_NOTE: Form(
        CREDIT,
        "95",
        "DIAN 2.1: Nota de ajuste al documento soporte en adquisiciones efectuadas a sujetos no "
        "obligados a expedir factura o documento equivalente",
        CUDS,
        "nas",
        buys=True,
        controlled=False,
    ),
}
_AGAIN = {  # made again while the DIAN's service is down
    one.kind: replace(FORMS[one.kind], code=one.contingency) for one in KINDS if one.contingency
}


def form_of(document: Document) -> Form:
    """The form of the document; what is made again in the DIAN's contingency has its own code."""
    if document.contingency:
        return _AGAIN.get(document.kind, FORMS[document.kind])
    return FORMS[document.kind]


_CORRECTED = {  # what a note corrects where its reference does not tell
    _K.RECEIPT_NOTE: _K.RECEIPT,
    _K.PURCHASE_NOTE: _K.PURCHASE,
}


def scheme_of(kind: DocumentKind | None, note: DocumentKind) -> str:
    """The identifier's scheme of a document that a note refers to."""
    return FORMS[kind or _CORRECTED.get(note, _K.INVOICE)].scheme
