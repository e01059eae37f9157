"""The arithmetic of a line. Source: costa-rica.md 3.4 and 3.5.

Every product is rounded half up at five decimals; sums are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from acuse_sandbox.hacienda.judging.reading import ZERO, Part
from acuse_sandbox.hacienda.rulebook import tables
from acuse_sandbox.hacienda.rulebook.combo import is_combo, parts

FIVE = Decimal("0.00001")
IVA = frozenset({"01", "07"})
SPECIAL_IVA, USED_GOODS, SELECTIVE = "07", "08", "02"
IN_THE_BASE = frozenset({"02", "04", "05", "12"})
GIFTS = frozenset({"01", "03"})  # regalía, bonificación: the discount does not lower the tax
GIFT_WITH_IVA = "02"
FACTORY, EXEMPT_BY_FACTORY = "01", "02"  # IVACobradoFabrica
EXPORT = "09"


class Class(Enum):
    """Where a line's MontoTotal goes in the summary."""

    TAXED = "gravado"
    EXEMPT = "exento"
    EXONERATED = "exonerado"
    NOT_SUBJECT = "no sujeto"


# The one table of classes, by CodigoTarifaIVA (3.5). An exoneration takes its share of any row.
CLASSES: Mapping[str, Class] = {
    "01": Class.TAXED,  # at 0 %: UNCONFIRMED, another reading says not subject
    "02": Class.TAXED,
    "03": Class.TAXED,
    "04": Class.TAXED,
    "05": Class.TAXED,  # at 0 %: UNCONFIRMED
    "06": Class.TAXED,
    "07": Class.TAXED,
    "08": Class.TAXED,
    "09": Class.TAXED,
    "10": Class.EXEMPT,
    "11": Class.NOT_SUBJECT,  # UNCONFIRMED without the product's own flag
}


def rounded(amount: Decimal) -> Decimal:
    """At five decimals, halves up."""
    return amount.quantize(FIVE, rounding=ROUND_HALF_UP)


def is_service(line: Part) -> bool:
    """Whether the line is a service: by the first digit of its CABYS, a note's without by unit."""
    code = line.text("CodigoCABYS")
    if not code:
        return line.text("UnidadMedida") in tables.SERVICE_UNITS
    return code[:1] in tables.SERVICE_DIGITS


def discounts(line: Part) -> Decimal:
    """The sum of the line's discounts."""
    return sum((one.amount("MontoDescuento") for one in line.parts("Descuento")), ZERO)


def base_taxes(line: Part) -> Decimal:
    """The taxes of the line that enter the base of IVA."""
    found = line.parts("Impuesto")
    return sum((tax.amount("Monto") for tax in found if tax.text("Codigo") in IN_THE_BASE), ZERO)


def has_free_base(line: Part) -> bool:
    """Whether the issuer may edit the base: IVA collected at the factory, or tax 07."""
    codes = {tax.text("Codigo") for tax in line.parts("Impuesto")}
    return line.text("IVACobradoFabrica") == FACTORY or SPECIAL_IVA in codes


def base(line: Part) -> Decimal:
    """What IVA is figured on; a factura de exportación does not tell it.

    MontoExportacion, which it may have instead, is taken as entered (UNCONFIRMED).
    """
    if line.has("BaseImponible"):
        return line.amount("BaseImponible")
    return line.amount("SubTotal") + base_taxes(line)


def formulas(line: Part, tax: Part) -> tuple[Decimal, ...]:
    """What a tax may amount to, one of these; () where it is taken as entered.

    With discount 02 (regalía, its IVA charged to the customer) no paper says whether the discount
    lowers the tax: both will do (UNCONFIRMED).
    """
    code = tax.text("Codigo")
    rate = tax.amount("Tarifa") / 100
    if code in IVA and not is_combo(line):
        if line.text("IVACobradoFabrica") == EXEMPT_BY_FACTORY:
            return (ZERO,)
        kinds = {one.text("CodigoDescuento") for one in line.parts("Descuento")}
        gross, usual = rounded(line.amount("MontoTotal") * rate), rounded(base(line) * rate)
        if kinds & GIFTS:
            return (gross,)
        return (gross, usual) if GIFT_WITH_IVA in kinds else (usual,)
    if code == USED_GOODS and tax.has("FactorCalculoIVA"):
        return (rounded(base(line) * tax.amount("FactorCalculoIVA")),)
    if code == SELECTIVE and tax.has("Tarifa"):
        return (rounded(line.amount("SubTotal") * rate),)
    return ()


def exonerated(tax: Part) -> Decimal:
    """What an exoneration takes off a tax."""
    return tax.amount("Exoneracion/MontoExoneracion")


def net(line: Part) -> Decimal:
    """ImpuestoNeto: taxes, less exonerations, less what the issuer bears."""
    taxes = line.parts("Impuesto")
    charged = sum((tax.amount("Monto") - exonerated(tax) for tax in taxes), ZERO)
    return charged - line.amount("ImpuestoAsumidoEmisorFabrica")


def told_net(line: Part) -> Decimal:
    """ImpuestoNeto as told; counted where the kind has no such element."""
    return line.amount("ImpuestoNeto") if line.has("ImpuestoNeto") else net(line)


def charged(line: Part) -> dict[tuple[str, str], Decimal]:
    """What is charged, by tax and tariff; what the issuer bears comes off IVA, else the first."""
    found: dict[tuple[str, str], Decimal] = {}
    taxes = line.parts("Impuesto")
    bearer = next((tax for tax in taxes if tax.text("Codigo") in IVA), taxes[0] if taxes else None)
    for tax in taxes:
        key = (tax.text("Codigo"), tax.text("CodigoTarifaIVA"))
        borne = line.amount("ImpuestoAsumidoEmisorFabrica") if tax is bearer else ZERO
        found[key] = found.get(key, ZERO) + tax.amount("Monto") - exonerated(tax) - borne
    return found


def classes(line: Part, kind: str) -> dict[Class, Decimal]:
    """The line's MontoTotal by class; an export has taxed and exempt only (UNCONFIRMED)."""
    gross = line.amount("MontoTotal")
    tax = next((tax for tax in line.parts("Impuesto") if tax.text("Codigo") in IVA), None)
    if tax is None:
        return {Class.TAXED: gross}
    usual = CLASSES.get(_tariff(line, tax), Class.TAXED)
    if line.text("IVACobradoFabrica") == EXEMPT_BY_FACTORY:
        usual = Class.EXEMPT
    if kind == EXPORT and usual is Class.NOT_SUBJECT:
        usual = Class.TAXED
    rate, points = tax.amount("Tarifa"), tax.amount("Exoneracion/TarifaExonerada")
    if rate <= 0 or points <= 0:
        return {usual: gross}
    share = rounded(gross * points / rate)
    return {Class.EXONERATED: share, usual: gross - share}


def _tariff(line: Part, tax: Part) -> str:
    """The tariff's code; a combo has the highest of its parts' (UNCONFIRMED)."""
    if not is_combo(line):
        return tax.text("CodigoTarifaIVA")
    codes = [tax.text("CodigoTarifaIVA") for part in parts(line) for tax in part.parts("Impuesto")]
    return max(codes, key=lambda code: tables.RATES.get(code, ZERO), default="")
