"""Checks of notes that need nothing but the note: reason, document corrected, sums, instalments."""

from __future__ import annotations

from collections.abc import Iterable

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_payment import instalments_miss, no_instalment
from acuse_sandbox.sunat.rulebook.rules_properties import HOME

REFERENCE = "cac:BillingReference/cac:InvoiceDocumentReference"
REASON = "cac:DiscrepancyResponse/cbc:ResponseCode"
TRIBUTE = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID"
EXPORT, RICE, TERMS, FACTURA = "11", "12", "13", "01"
OTHERS = {"07": "10", "08": "03"}  # the reason that needs no document
SOLD = ("1000", "1016", "9995", "9997", "9998")
TOTALS = {"07": "cac:LegalMonetaryTotal", "08": "cac:RequestedMonetaryTotal"}


def reason(case: Case) -> str:
    """Why the note is issued: catalogues 09 and 10."""
    return case.root.value(REASON)


def references(case: Case) -> int:
    """How many documents the note corrects."""
    return len(case.root.every(REFERENCE))


def no_reference(case: Case) -> Iterable[Spot]:
    """2524: a note of nothing, where its reason needs a document."""
    bare = reason(case) != OTHERS[case.kind] and not references(case)
    return (Spot(f"{REFERENCE}/cbc:ID"),) if bare else ()


def only_one(why: str) -> Check:
    """A check that fails where a note of a reason corrects more than one document."""
    return lambda case: (
        (Spot(f"{REFERENCE}/cbc:ID"),) if reason(case) == why and references(case) > 1 else ()
    )


def several_kinds(case: Case) -> Iterable[Spot]:
    """2884: documents of different kinds."""
    found = set(case.root.values(f"{REFERENCE}/cbc:DocumentTypeCode"))
    return (Spot(f"{REFERENCE}/cbc:DocumentTypeCode"),) if len(found) > 1 else ()


def several_others(case: Case) -> Iterable[Spot]:
    """2635: a note of other concepts with more than one document of type 99."""
    node = "cac:AdditionalDocumentReference/cbc:DocumentTypeCode"
    many = reason(case) == OTHERS["07"] and case.root.values(node).count("99") > 1
    return (Spot(node, "99"),) if many else ()


def no_family(case: Case) -> Iterable[Spot]:
    """3105: a line without IGV, IVAP, export, free, exempt or not subject."""
    for line in case.invoice.lines:
        if not any(s.tribute in catalogs.FAMILY for s in line.subtotals):
            yield Spot(TRIBUTE, "", line.id)


def not_with(why: str, tributes: frozenset[str], *, even_empty: bool = False) -> Check:
    """A check that fails where a note of a reason totals tributes that do not belong to it."""

    def check(case: Case) -> Iterable[Spot]:
        if reason(case) != why:
            return
        for subtotal in case.invoice.subtotals:
            if subtotal.tribute in tributes and (even_empty or subtotal.has_base):
                yield Spot(TRIBUTE, subtotal.tribute or "")

    return check


def all_of(*checks: Check) -> Check:
    """A check that finds what any of several finds."""
    return lambda case: [spot for check in checks for spot in check(case)]


def of_facturas(good: bool, check: Check) -> Check:
    """The check, for notes of facturas alone or for the others alone."""
    return lambda case: check(case) if (case.modified == FACTURA) is good else ()


def payable_misses(case: Case) -> Iterable[Spot]:
    """3280, 4312: the note's total is not the sum of its parts."""
    invoice = case.invoice
    bases = (s.base.number for s in invoice.subtotals if s.tribute in SOLD)
    taxes = (s.tax.number for s in invoice.subtotals if s.tribute in catalogs.CHARGED)
    expected = (
        sum(bases, formats.ZERO)
        + sum(taxes, formats.ZERO)
        + invoice.total("ChargeTotalAmount")
        + invoice.total("PayableRoundingAmount")
    )
    found = invoice.total("PayableAmount")
    node = f"{TOTALS[case.kind]}/cbc:PayableAmount"
    return (Spot(node, str(found)),) if formats.far(found, expected) else ()


def for_terms(check: Check) -> Check:
    """The check, for a note that corrects the terms of payment."""
    return lambda case: check(case) if reason(case) == TERMS else ()


COMMON: tuple[Rule, ...] = (
    Rule("2524", "Falta el documento que se modifica", no_reference),
    Rule("3194", "El ajuste de exportación modifica un solo documento", only_one(EXPORT)),
    Rule("2884", "Los documentos que se modifican no son del mismo tipo", several_kinds),
    Rule("3105", "La línea no tiene un tributo de la familia del IGV", no_family),
    Rule(
        "3107",
        "El total tiene un tributo que no va con el motivo de la nota",
        all_of(
            not_with(RICE, frozenset({"1000"})),
            not_with(EXPORT, frozenset({"1000", "1016"})),
            not_with(EXPORT, frozenset({"2000", "9999"}), even_empty=True),
        ),
    ),
    Rule(
        "3221",
        "El total tiene operaciones que no van con el motivo de la nota",
        all_of(
            not_with(RICE, frozenset({"9995", "9997", "9998"})),
            not_with(EXPORT, frozenset({"9997", "9998"})),
        ),
    ),
    Rule("3280", "El importe total no coincide", of_facturas(True, payable_misses)),
    Rule("4312", "El importe total no coincide", of_facturas(False, payable_misses)),
    *HOME,
)
CREDIT: tuple[Rule, ...] = (
    *COMMON,
    Rule("3261", "El ajuste de montos o fechas modifica un solo documento", only_one(TERMS)),
    Rule("2635", "Hay más de un documento relacionado de tipo 99", several_others),
    Rule("3249", "El crédito pide al menos una cuota", no_instalment),
    Rule("3319", "Las cuotas no suman el monto pendiente", for_terms(instalments_miss)),
)
DEBIT = COMMON
