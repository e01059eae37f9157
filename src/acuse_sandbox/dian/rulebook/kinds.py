"""The kinds of document, and what the annexes ask of each. Source: colombia.md 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: the letters its codes begin with, and the literals of its header."""

    code: str
    prefix: str  # "F": FAU04 is the kind's rule AU04
    profiles: tuple[str, ...]
    customizations: frozenset[str]
    scheme: str  # of the UUID
    has_range: bool  # hangs from an authorised range
    is_bought: bool = False  # the buyer issues it: the supplier is the one who may not
    line: str = "cac:InvoiceLine"
    quantity: str = "cbc:InvoicedQuantity"
    totals: str = "cac:LegalMonetaryTotal"


SALE = "DIAN 2.1: Factura Electrónica de Venta"
# The two texts that issuers write; which one annex 1.1 wants is UNCONFIRMED (colombia.md 2).
SUPPORT = (
    "DIAN 2.1: documento soporte en adquisiciones efectuadas a no obligados a facturar.",
    "DIAN 2.1: Documento Soporte en adquisiciones efectuadas a sujetos no obligados"
    " a expedir factura de venta o documento equivalente",
)
SUPPORT_NOTE = (
    "DIAN 2.1: Nota de ajuste al documento soporte en adquisiciones efectuadas"
    " a sujetos no obligados a expedir factura o documento equivalente"
)
HEALTH = ("SS-CUFE", "SS-CUDE", "SS-POS", "SS-SNum", "SS-Recaudo", "SS-Reporte", "SS-SinAporte")
SALES = frozenset({"09", "10", "11", "12", "13", "14", "15", "16", "20-REG", *HEALTH})
CUFE, CUDE, CUDS = "CUFE-SHA384", "CUDE-SHA384", "CUDS-SHA384"
STANDARD = frozenset({"10"})
RESIDENCE = frozenset({"10", "11"})


def _sale(code: str, scheme: str) -> Kind:
    return Kind(code, "F", (SALE,), SALES, scheme, has_range=True)


def _till(code: str) -> Kind:
    """A documento equivalente POS; 08 is one of a contingency (colombia.md 1)."""
    profiles = ("DIAN 2.1: Documento Equivalente POS",)
    return Kind(code, "DE", profiles, STANDARD, CUDE, has_range=True)


def _credit(code: str, prefix: str, profiles: tuple[str, ...], operations: frozenset[str]) -> Kind:
    return Kind(
        code,
        prefix,
        profiles,
        operations,
        CUDS if prefix == "NS" else CUDE,
        has_range=False,
        is_bought=prefix == "NS",
        line="cac:CreditNoteLine",
        quantity="cbc:CreditedQuantity",
    )


INVOICES: Mapping[str, Kind] = {
    "01": _sale("01", CUFE),
    "02": _sale("02", CUFE),
    "03": _sale("03", CUDE),
    "04": _sale("04", CUFE),
    "05": Kind("05", "DS", SUPPORT, RESIDENCE, CUDS, has_range=True, is_bought=True),
    "08": _till("08"),
    "20": _till("20"),
}
CREDITS: Mapping[str, Kind] = {
    "91": _credit(
        "91",
        "C",
        ("DIAN 2.1: Nota Crédito de Factura Electrónica de Venta",),
        frozenset({"20", "22", "23"}),
    ),
    # Its texts are not known here: nothing is asked of them.
    "94": _credit("94", "NA", (), frozenset()),
    "95": _credit("95", "NS", (SUPPORT_NOTE,), RESIDENCE),
}
DEBIT = Kind(
    "92",
    "D",
    ("DIAN 2.1: Nota Débito de Factura Electrónica de Venta",),
    frozenset({"30", "32", "33"}),
    CUDE,
    has_range=False,
    line="cac:DebitNoteLine",
    quantity="cbc:DebitedQuantity",
    totals="cac:RequestedMonetaryTotal",
)
ROOTS = {"Invoice": INVOICES["01"], "CreditNote": CREDITS["91"], "DebitNote": DEBIT}


def of(root: str, type_code: str) -> Kind:
    """The kind of a document, the usual one of its root if the code is unknown."""
    table = {"Invoice": INVOICES, "CreditNote": CREDITS}.get(root, {})
    return table.get(type_code) or ROOTS[root]
