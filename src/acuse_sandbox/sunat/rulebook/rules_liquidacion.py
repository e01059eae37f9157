"""Checks of the liquidación de compra (04), whose taxes end with the income tax withheld (3000)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Invoice, Line, Subtotal
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.rules_line_taxes import amount_misses, each_subtotal
from acuse_sandbox.sunat.rulebook.rules_tax_totals import (
    each_total,
    line_bases,
    paid_tax,
    parts,
    rates,
)
from acuse_sandbox.sunat.taxpayers import Standing

INCOME = "3000"
FAMILY = frozenset({"1000", "9996", "9997", "9998"})
BESIDE = frozenset({INCOME, "9999"})
BUYER = "cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification/cbc:ID"
SUBTOTAL = "cac:TaxTotal/cac:TaxSubtotal"
TRIBUTE = f"{SUBTOTAL}/cac:TaxCategory/cac:TaxScheme/cbc:ID"
TOTAL = "cac:LegalMonetaryTotal"
ADVANCE = "cac:AdditionalDocumentReference/cbc:DocumentStatusCode"
INCOME_RATES = frozenset({Decimal("1.5"), Decimal(4)})  # UNCONFIRMED: the sheet says "in force"


def buyer_stands(bad: Callable[[Standing], bool]) -> Check:
    """A check that fails where the lists say something bad of the issuer, who buys."""
    return lambda case: (
        (Spot(BUYER, case.invoice.supplier.number or ""),)
        if case.stands(case.invoice.supplier.number, bad)
        else ()
    )


def other_buyer(case: Case) -> Iterable[Spot]:
    """1034: the issuer is not the one in the file's name."""
    found = case.invoice.supplier.number
    return (Spot(BUYER, found or ""),) if found != case.stem.ruc else ()


def no_family(case: Case) -> Iterable[Spot]:
    """3105: a line without IGV, free, exempt or not subject."""
    for line in case.invoice.lines:
        if not any(line.carries(tribute) for tribute in FAMILY):
            yield Spot(TRIBUTE, "", line.id)


def mixed(case: Case) -> Iterable[Spot]:
    """3223: tributes that may not stand in one line."""
    for line in case.invoice.lines:
        present = {s.tribute for s in line.subtotals if s.has_base}
        own = present & FAMILY
        if own and not any(present <= BESIDE | {tribute} for tribute in own):
            yield Spot(TRIBUTE, "", line.id)


def _income(line: Line, subtotal: Subtotal) -> bool:
    return subtotal.tribute == INCOME and subtotal.has_base


def must_be_zero(line: Line, subtotal: Subtotal) -> bool:
    """3110: a tax on what is exempt or not subject, or given for nothing."""
    free = subtotal.tribute == "9996" and subtotal.has_base
    untaxed = subtotal.tribute in ("9997", "9998") or (
        free and subtotal.affectation in catalogs.UNTAXED_FREE
    )
    return untaxed and subtotal.tax.number != 0


def tax_misses(case: Case) -> Iterable[Spot]:
    """4301: the document's tax is not IGV and other tributes."""
    invoice = case.invoice
    paid = (s.tax.number for s in invoice.subtotals if s.tribute in ("1000", "9999"))
    wrong = invoice.tax.exists and formats.far(invoice.tax.number, sum(paid, formats.ZERO))
    return (Spot("cac:TaxTotal/cbc:TaxAmount", invoice.tax.text or ""),) if wrong else ()


def income_base(invoice: Invoice) -> Decimal:
    """4345: the values of the lines that the income tax is withheld of."""
    found = (x.value.number for x in invoice.lines if x.carries(INCOME) and not x.is_free)
    return sum(found, formats.ZERO)


def income_tax(invoice: Invoice) -> Decimal:
    """4346: what is withheld of the lines, less what was withheld of advances."""
    return parts(invoice, INCOME, paid_tax, paid_only=True) - invoice.sum_of("61")


def inclusive(invoice: Invoice) -> Decimal:
    """4310: value, IGV of the lines, other tributes."""
    rate = max(rates(invoice), default=formats.ZERO)
    others = (s.tax.number for s in invoice.subtotals if s.tribute == "9999")
    igv = line_bases(invoice, "1000") * rate / 100
    return invoice.total("LineExtensionAmount") + igv + sum(others, formats.ZERO)


def payable(invoice: Invoice) -> Decimal:
    """4312: what the seller gets: no IGV, no income tax, nothing paid before."""
    withheld = parts(invoice, "1000", paid_tax) + parts(invoice, INCOME, paid_tax)
    prepaid = invoice.total("PrepaidAmount")
    return (
        invoice.total("TaxInclusiveAmount")
        - withheld
        - prepaid
        + invoice.total("PayableRoundingAmount")
    )


def misses(name: str, expected: Callable[[Invoice], Decimal]) -> Check:
    """A check that fails where a total is not what follows."""

    def check(case: Case) -> Iterable[Spot]:
        found = case.invoice.total(name)
        wrong = formats.far(found, expected(case.invoice))
        return (Spot(f"{TOTAL}/cbc:{name}", str(found)),) if wrong else ()

    return check


def unpaid_document(case: Case) -> Iterable[Spot]:
    """3214: the document of an advance that is not among the advances."""
    paid = {id_ for id_, _ in case.invoice.advances}
    for found in case.invoice.documents:
        if found.type_code == "10" and found.status and found.status not in paid:
            yield Spot(ADVANCE, found.status)


def undocumented(case: Case) -> Iterable[Spot]:
    """3213: an advance without its document."""
    there = {d.status for d in case.invoice.documents if d.type_code == "10"}
    for id_, _ in case.invoice.advances:
        if id_ and id_ not in there:
            yield Spot("cac:PrepaidPayment/cbc:ID", id_)


RULES = (
    Rule(
        "2463",
        "El emisor no es contribuyente de tercera categoría",
        buyer_stands(lambda s: not s.third_category),
    ),
    Rule("3105", "La línea no tiene un tributo de la familia del IGV", no_family),
    Rule("3223", "Los tributos de la línea no pueden ir juntos", mixed),
    Rule(
        "3110",
        "El impuesto de una línea no gravada debe ser cero",
        each_subtotal(f"{SUBTOTAL}/cbc:TaxAmount", must_be_zero, lambda s: s.tax.text),
    ),
    Rule(
        "2464",
        "La renta retenida no es la base por la tasa",
        each_subtotal(
            f"{SUBTOTAL}/cbc:TaxAmount",
            lambda x, s: _income(x, s) and amount_misses(s),
            lambda s: s.tax.text,
        ),
    ),
    Rule(
        "4237",
        "La tasa de la renta no es la vigente",
        each_subtotal(
            f"{SUBTOTAL}/cac:TaxCategory/cbc:Percent",
            lambda x, s: _income(x, s) and s.percent.number not in INCOME_RATES,
            lambda s: s.percent.text,
        ),
    ),
    Rule("4301", "El total de impuestos no es la suma de los tributos", tax_misses),
    Rule(
        "4345",
        "La base de la renta no es la suma de sus líneas",
        each_total(
            f"{SUBTOTAL}/cbc:TaxableAmount",
            lambda c, s: s.tribute == INCOME and formats.far(s.base.number, income_base(c.invoice)),
            lambda s: s.base.text,
        ),
    ),
    Rule(
        "4346",
        "La renta retenida no es la suma de sus líneas",
        each_total(
            f"{SUBTOTAL}/cbc:TaxAmount",
            lambda c, s: s.tribute == INCOME and formats.far(s.tax.number, income_tax(c.invoice)),
            lambda s: s.tax.text,
        ),
    ),
    Rule("4310", "El total con impuestos no coincide", misses("TaxInclusiveAmount", inclusive)),
    Rule("4312", "El importe total no coincide", misses("PayableAmount", payable)),
    Rule("3213", "El anticipo no tiene su liquidación", undocumented),
    Rule("3214", "La liquidación no tiene su anticipo", unpaid_document),
)
