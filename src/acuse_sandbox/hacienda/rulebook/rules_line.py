"""The lines: rules 44 to 60 of the paper's table.

A receipt's short line (REP) keeps the tax as entered: a part payment of an exonerated document has
neither a base nor an exoneration to figure it from (UNCONFIRMED).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from acuse_sandbox.hacienda.judging.reading import ZERO, Part
from acuse_sandbox.hacienda.rulebook import combo, tables
from acuse_sandbox.hacienda.rulebook import line as sums
from acuse_sandbox.hacienda.rulebook.rule import (
    DOCUMENTS,
    FEC,
    FEE,
    SALES,
    Act,
    Case,
    LineRule,
    own,
)

R, O = Act.REJECT, Act.OBSERVE  # noqa: E741 - the letters of the paper's table

# The specific taxes and the fields that each must give.
SPECIFIC: Mapping[str, tuple[str, ...]] = {
    "03": ("CantidadUnidadMedida", "ImpuestoUnidad"),
    "04": ("CantidadUnidadMedida", "Porcentaje", "Proporcion", "ImpuestoUnidad"),
    "05": ("CantidadUnidadMedida", "VolumenUnidadConsumo", "ImpuestoUnidad"),
    "06": ("CantidadUnidadMedida", "ImpuestoUnidad"),
}
SPECIFIED = SALES - {FEC, FEE}  # kinds that have DatosImpuestoEspecifico
ALCOHOL = "04"
NOT_SUBJECT = "11"


def _taxes(line: Part, fails: Callable[[Part], bool]) -> bool:
    """Whether one of the line's taxes fails."""
    return any(fails(tax) for tax in line.parts("Impuesto"))


def _and_parts(fails: Callable[[Case, Part], bool]) -> Callable[[Case, Part], bool]:
    """The same asked of a combo's parts, which are lines under other names."""

    def fail(case: Case, line: Part) -> bool:
        return fails(case, line) or any(fails(case, part) for part in combo.parts(line))

    return fail


def _code_is_unknown(case: Case, line: Part) -> bool:
    return line.has("CodigoCABYS") and tables.CABYS.fullmatch(line.text("CodigoCABYS")) is None


def _tariff_is_unusual(case: Case, line: Part) -> bool:
    """Another tariff than the CABYS code's; exonerated or not subject is a reason given."""
    usual = tables.CABYS_RATES.get(line.text("CodigoCABYS"))
    return usual is not None and _taxes(
        line,
        lambda tax: (
            tax.text("Codigo") in sums.IVA
            and tax.has("CodigoTarifaIVA")
            and tax.text("CodigoTarifaIVA") != NOT_SUBJECT
            and not tax.has("Exoneracion")
            and tables.RATES.get(tax.text("CodigoTarifaIVA")) != usual
        ),
    )


def _unit_is_wrong(case: Case, line: Part) -> bool:
    unit = line.text("UnidadMedida")
    wrong = tables.GOODS_UNITS if sums.is_service(line) else tables.SERVICE_UNITS
    return unit in wrong


def _gross_is_wrong(case: Case, line: Part) -> bool:
    counted = sums.rounded(line.amount("Cantidad") * line.amount("PrecioUnitario"))
    return case.differ(line.amount("MontoTotal"), counted)


def _subtotal_is_wrong(case: Case, line: Part) -> bool:
    left = line.amount("MontoTotal") - sums.discounts(line)
    return left < ZERO or case.differ(line.amount("SubTotal"), left)


def _base_is_wrong(case: Case, line: Part) -> bool:
    base = line.amount("BaseImponible")
    if sums.has_free_base(line):
        return base <= ZERO
    return case.differ(base, line.amount("SubTotal") + sums.base_taxes(line))


def _tariff_is_missing(case: Case, line: Part) -> bool:
    return not combo.is_combo(line) and _taxes(
        line, lambda tax: tax.text("Codigo") in sums.IVA and not tax.has("CodigoTarifaIVA")
    )


def _rate_is_wrong(case: Case, line: Part) -> bool:
    return _taxes(
        line,
        lambda tax: (
            tax.has("CodigoTarifaIVA")
            and tax.amount("Tarifa") != tables.RATES.get(tax.text("CodigoTarifaIVA"))
        ),
    )


def _tax_is_wrong(case: Case, line: Part) -> bool:
    for tax in line.parts("Impuesto"):
        counted = sums.formulas(line, tax)
        if counted and all(case.differ(tax.amount("Monto"), one) for one in counted):
            return True
    return False


def _specific_is_incomplete(case: Case, line: Part) -> bool:
    return _taxes(
        line,
        lambda tax: any(
            not tax.has(f"DatosImpuestoEspecifico/{name}")
            for name in SPECIFIC.get(tax.text("Codigo"), ())
        ),
    )


def _line_total_is_wrong(case: Case, line: Part) -> bool:
    net = sums.told_net(line)
    total = line.amount("SubTotal") + net
    return case.differ(net, sums.net(line)) or case.differ(line.amount("MontoTotalLinea"), total)


def _drinks_are_unregistered(case: Case, line: Part) -> bool:
    alcoholic = line.text("CodigoCABYS").startswith(tables.ALCOHOLIC) or _taxes(
        line, lambda tax: tax.text("Codigo") == ALCOHOL
    )
    return alcoholic and not case.text("Emisor/Registrofiscal8707")


def _combo_is_wrong(case: Case, line: Part) -> bool:
    if not combo.is_combo(line):
        return False
    told: dict[str, Decimal] = {}
    for tax in line.parts("Impuesto"):
        told[tax.text("Codigo")] = told.get(tax.text("Codigo"), ZERO) + tax.amount("Monto")
    parts = combo.taxes(line)
    if any(case.differ(told.get(c, ZERO), parts.get(c, ZERO)) for c in {*told, *parts}):
        return True
    return _taxes(line, lambda tax: tax.has("CodigoTarifaIVA") or tax.has("Tarifa"))


def _exoneration_is_too_large(case: Case, line: Part) -> bool:
    return _taxes(
        line,
        lambda tax: (
            tax.amount("Exoneracion/TarifaExonerada") > tax.amount("Tarifa")
            or sums.exonerated(tax) > tax.amount("Monto")
        ),
    )


def _exoneration_is_not_known(case: Case, line: Part) -> bool:
    """By the register of exonerations: unknown, past its last day, or another person's."""
    if case.issued is None:
        return False
    on = case.issued.date()
    return any(
        not case.known.holds(
            off.text("NumeroDocumento"), holder=case.outline.receiver.number, on=on
        )
        for off in line.parts("Impuesto/Exoneracion")
    )


def _exoneration_is_later(case: Case, line: Part) -> bool:
    return _taxes(line, lambda tax: case.is_before(tax.text("Exoneracion/FechaEmisionEX")))


# fmt: off
RULES: tuple[LineRule, ...] = (
    LineRule(44, "CR-LIN-2", R, own(44), "El código CABYS no existe",
             _and_parts(_code_is_unknown)),
    LineRule(45, "CR-LIN-3", O, own(45), "La tarifa no es la del código CABYS",
             _and_parts(_tariff_is_unusual)),
    LineRule(46, "CR-LIN-4", R, -111, "La unidad no corresponde a un servicio o a un bien",
             _and_parts(_unit_is_wrong)),
    LineRule(47, "CR-LIN-5", R, own(47), "MontoTotal no es cantidad por precio",
             _and_parts(_gross_is_wrong)),
    LineRule(48, "CR-LIN-6", R, own(48), "SubTotal no es MontoTotal menos descuentos",
             _and_parts(_subtotal_is_wrong), DOCUMENTS),
    LineRule(49, "CR-LIN-7", R, own(49), "BaseImponible no corresponde",
             _and_parts(_base_is_wrong), SALES - {FEE}),
    LineRule(50, "CR-LIN-8", R, own(50), "El IVA no tiene código de tarifa",
             _and_parts(_tariff_is_missing), DOCUMENTS),
    LineRule(51, "CR-LIN-9", R, own(51), "La tarifa no es la de su código",
             _and_parts(_rate_is_wrong), DOCUMENTS),
    LineRule(52, "CR-LIN-10", R, own(52), "El monto del impuesto no corresponde",
             _and_parts(_tax_is_wrong)),
    LineRule(53, "CR-LIN-11", R, own(53), "Al IVA de bienes usados le falta su factor",
             lambda c, line: _taxes(line, lambda tax: tax.text("Codigo") == sums.USED_GOODS
                                    and not tax.has("FactorCalculoIVA")), DOCUMENTS),
    LineRule(54, "CR-LIN-12", R, own(54), "Al impuesto específico le faltan datos",
             _and_parts(_specific_is_incomplete), SPECIFIED),
    LineRule(55, "CR-LIN-13", R, own(55), "ImpuestoNeto o MontoTotalLinea no corresponde",
             _line_total_is_wrong, DOCUMENTS),
    LineRule(56, "CR-LIN-14", R, own(56), "Faltan datos del registro de bebidas alcohólicas",
             _drinks_are_unregistered),
    LineRule(57, "CR-LIN-15", R, own(57), "Los impuestos del surtido no corresponden",
             _combo_is_wrong, SALES - {FEC}),
    LineRule(58, "CR-EXO-1", R, own(58), "La exoneración es mayor que el impuesto",
             _exoneration_is_too_large, SALES - {FEE}),
    LineRule(59, "CR-EXO-2", R, own(59), "La exoneración no se conoce, venció o es de otro",
             _exoneration_is_not_known, SALES - {FEE}),
    LineRule(60, "CR-EXO-3", R, own(60), "La exoneración es posterior al comprobante",
             _exoneration_is_later, SALES - {FEE}),
)
# fmt: on
