"""What a document may refer to, and why: Hacienda's codes. Source: costa-rica.md 3.3 and 3.7."""

from __future__ import annotations

from datetime import date

from acuse.domain.document import Document, Reference
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.cr.lists import OTHER

REVISED = date(2026, 11, 1)  # from this day on there are the reference codes 13 to 17

KINDS = {  # TipoDocIR
    "01": "Factura electrónica",
    "02": "Nota de débito electrónica",
    "03": "Nota de crédito electrónica",
    "04": "Tiquete electrónico",
    "05": "Nota de despacho",
    "06": "Contrato",
    "07": "Procedimiento",
    "08": "Comprobante de contingencia",
    "09": "Devolución de mercadería",
    "10": "Comprobante rechazado por Hacienda",
    "11": "Factura rechazada por el receptor",
    "12": "Sustituye factura de exportación",
    "13": "Facturación de mes vencido",
    "14": "Comprobante de régimen especial",
    "15": "Sustituye factura de compra",
    "16": "Comprobante de proveedor no domiciliado",
    "17": "Nota de crédito a factura de compra",
    "18": "Nota de débito a factura de compra",
    "19": "Factura electrónica de exportación",
    "20": "Recibo electrónico de pago",
    OTHER: "Otro",
}
REJECTED = "10"
CLAVES = frozenset({"01", "02", "03", "04", "10", "11", "19", "20"})  # named by their clave

VOIDS, REPLACES_PAPER, REPLACES_REJECTED, PAYS = "01", "05", "16", "17"
FROM_ABROAD = "11"
CODES = {  # Codigo; there is no 03
    VOIDS: "Anula el documento",
    "02": "Corrige texto",
    "04": "Referencia a otro documento",
    REPLACES_PAPER: "Sustituye comprobante provisional por contingencia",
    "06": "Devolución de mercancía",
    "07": "Sustituye comprobante electrónico",
    "08": "Factura endosada",
    "09": "Nota de crédito financiera",
    "10": "Nota de débito financiera",
    FROM_ABROAD: "Proveedor no domiciliado",
    "12": "Crédito por exoneración posterior",
    "13": "Anula por error material",
    "14": "Corrige monto por error material",
    "15": "Sustituye por error material",
    REPLACES_REJECTED: "Sustituye comprobante rechazado",
    PAYS: "Pago de un comprobante",
    OTHER: "Otro motivo",
}
SINCE_REVISION = frozenset({"13", "14", "15", REPLACES_REJECTED, PAYS})
CREDIT_CODES = (VOIDS, "13", "06", "02", "14", "09", "12", "04", "07", OTHER)
DEBIT_CODES = ("02", "14", "10", "04", "07", OTHER)
OTHER_CODES = ("04", REPLACES_PAPER, "07", "15", REPLACES_REJECTED, "08", OTHER)
PURCHASE_CODES = ("04", FROM_ABROAD, "07", "15", REPLACES_REJECTED, OTHER)

_OF_OURS = {
    DocumentKind.INVOICE: "01",
    DocumentKind.DEBIT_NOTE: "02",
    DocumentKind.CREDIT_NOTE: "03",
    DocumentKind.RECEIPT: "04",
    DocumentKind.EXPORT_INVOICE: "19",
    DocumentKind.PAYMENT: "20",
}
_BY_CODE = {REPLACES_REJECTED: REJECTED, REPLACES_PAPER: "08", FROM_ABROAD: "16"}


def words(codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Those codes with their words."""
    return tuple((code, CODES[code]) for code in codes)


def kind(document: Document, reference: Reference) -> str:
    """Its TipoDocIR: as told for the document, as its reason implies, else by its kind; or ""."""
    told = str(document.extra.get("reference_type", "")).strip()
    return told or _BY_CODE.get(reference.reason_code) or _OF_OURS.get(kind_of(reference), "")


def kind_of(reference: Reference) -> DocumentKind:
    """The kind of the document that is referred to; a factura where it is not told."""
    return reference.kind or DocumentKind.INVOICE


def reason(reference: Reference) -> str:
    """Why it is referred to, in words: those told, else those of its code."""
    return reference.reason or CODES.get(reference.reason_code, "")


def number(reference: Reference) -> str:
    """What names the document: its clave where it has one."""
    return reference.fiscal_id or reference.number
