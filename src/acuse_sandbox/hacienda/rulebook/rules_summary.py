"""Other charges and the summary: rules 61 to 73 of the paper's table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from acuse_sandbox.hacienda.judging.reading import ZERO, Part
from acuse_sandbox.hacienda.rulebook import line as sums
from acuse_sandbox.hacienda.rulebook.line import Class
from acuse_sandbox.hacienda.rulebook.rule import FEE, REP, SALES, Act, Case, Rule, own

R = Act.REJECT
CARD = "02"
THIRD_PARTY = "04"
COLON = "CRC"

# Ordinal of the rule, element, services or goods, class.
CLASSED = (
    (1, "TotalServGravados", True, Class.TAXED),
    (2, "TotalServExentos", True, Class.EXEMPT),
    (3, "TotalServExonerado", True, Class.EXONERATED),
    (4, "TotalServNoSujeto", True, Class.NOT_SUBJECT),
    (5, "TotalMercanciasGravadas", False, Class.TAXED),
    (6, "TotalMercanciasExentas", False, Class.EXEMPT),
    (7, "TotalMercExonerada", False, Class.EXONERATED),
    (8, "TotalMercNoSujeta", False, Class.NOT_SUBJECT),
)
# Ordinal, element, the elements it is the sum of.
SUMMED = (
    (9, "TotalGravado", ("TotalServGravados", "TotalMercanciasGravadas")),
    (10, "TotalExento", ("TotalServExentos", "TotalMercanciasExentas")),
    (11, "TotalExonerado", ("TotalServExonerado", "TotalMercExonerada")),
    (12, "TotalNoSujeto", ("TotalServNoSujeto", "TotalMercNoSujeta")),
)
SALE = ("TotalGravado", "TotalExento", "TotalExonerado", "TotalNoSujeto")


def _over_lines(case: Case, amount: Callable[[Part], Decimal]) -> Decimal:
    return sum(map(amount, case.lines), ZERO)


def _means(case: Case) -> tuple[Part, ...]:
    return case.root.parts("ResumenFactura/MedioPago")


def _class_rule(ordinal: int, name: str, service: bool, wanted: Class) -> Rule:
    def fails(case: Case) -> bool:
        found = (sums.classes(x, case.kind).get(wanted, ZERO) for x in case.lines)
        of_kind = (
            amount
            for line, amount in zip(case.lines, found, strict=True)
            if sums.is_service(line) is service
        )
        return case.differ(case.total(name), sum(of_kind, ZERO))

    text = f"{name} no corresponde a las líneas"
    return Rule(63, f"CR-TOT-{ordinal}", R, -111, text, fails, _having(name))


def _having(name: str) -> frozenset[str]:
    """The kinds whose summary has this total: a factura de exportación has four less."""
    return SALES - {FEE} if "xonerad" in name or "NoSujet" in name else SALES


def _sum_rule(number: int, code: str, name: str, terms: tuple[str, ...]) -> Rule:
    def fails(case: Case) -> bool:
        return case.differ(case.total(name), sum(map(case.total, terms), ZERO))

    return Rule(number, code, R, -111, f"{name} no es la suma", fails, _having(name))


def _classes() -> Iterator[Rule]:
    for row in CLASSED:
        yield _class_rule(*row)
    for ordinal, name, terms in SUMMED:
        yield _sum_rule(64, f"CR-TOT-{ordinal}", name, terms)
    yield _sum_rule(65, "CR-TOT-13", "TotalVenta", SALE)
    yield Rule(
        65, "CR-TOT-13", R, -111, "TotalVenta no es la suma", _receipt_is_wrong, frozenset({REP})
    )


def _receipt_is_wrong(case: Case) -> bool:
    paid = _over_lines(case, lambda line: line.amount("MontoTotal"))
    return case.differ(case.total("TotalVenta"), paid)


def _charge_is_wrong(case: Case) -> bool:
    """The base of a percentage is TotalVentaNeta (UNCONFIRMED)."""
    return any(
        case.differ(
            charge.amount("MontoCargo"),
            sums.rounded(case.total("TotalVentaNeta") * charge.amount("PorcentajeOC") / 100),
        )
        for charge in case.root.parts("OtrosCargos")
        if charge.has("PorcentajeOC")
    )


def _third_party_is_missing(case: Case) -> bool:
    return any(
        not (charge.has("IdentificacionTercero") and charge.text("NombreTercero"))
        for charge in case.root.parts("OtrosCargos")
        if charge.text("TipoDocumentoOC") == THIRD_PARTY
    )


def _net_sale_is_wrong(case: Case) -> bool:
    off = case.total("TotalDescuentos")
    return case.differ(off, _over_lines(case, sums.discounts)) or case.differ(
        case.total("TotalVentaNeta"), case.total("TotalVenta") - off
    )


def _breakdown_is_wrong(case: Case) -> bool:
    told: dict[tuple[str, str], Decimal] = {}
    for part in case.root.parts("ResumenFactura/TotalDesgloseImpuesto"):
        key = (part.text("Codigo"), part.text("CodigoTarifaIVA"))
        told[key] = told.get(key, ZERO) + part.amount("TotalMontoImpuesto")
    counted: dict[tuple[str, str], Decimal] = {}
    for line in case.lines:
        for key, amount in sums.charged(line).items():
            counted[key] = counted.get(key, ZERO) + amount
    keys = {*told, *counted}
    return any(case.differ(told.get(key, ZERO), counted.get(key, ZERO)) for key in keys)


def _refund_is_wrong(case: Case) -> bool:
    refund = case.total("TotalIVADevuelto")
    by_card = any(means.text("TipoMedioPago") == CARD for means in _means(case))
    return refund > case.total("TotalImpuesto") or (refund > ZERO and not by_card)


def _total_is_wrong(case: Case) -> bool:
    charges = sum((c.amount("MontoCargo") for c in case.root.parts("OtrosCargos")), ZERO)
    total = (
        case.total("TotalVentaNeta")
        + case.total("TotalImpuesto")
        + case.total("TotalOtrosCargos")
        - case.total("TotalIVADevuelto")
    )
    return case.differ(case.total("TotalOtrosCargos"), charges) or case.differ(
        case.total("TotalComprobante"), total
    )


def _means_are_wrong(case: Case) -> bool:
    told = [means.amount("TotalMedioPago") for means in _means(case) if means.has("TotalMedioPago")]
    if len(_means(case)) > 1 and len(told) < len(_means(case)):
        return True
    return bool(told) and case.differ(sum(told, ZERO), case.total("TotalComprobante"))


def _exchange_rate_is_wrong(case: Case) -> bool:
    rate = case.total("CodigoTipoMoneda/TipoCambio")
    if case.text("ResumenFactura/CodigoTipoMoneda/CodigoMoneda") == COLON:
        return rate != 1
    return rate in (ZERO, Decimal(1))


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(61, "CR-OC-1", R, own(61), "Un cargo no corresponde a su porcentaje", _charge_is_wrong),
    Rule(62, "CR-OC-2", R, own(62), "Al cobro de un tercero le falta el tercero",
         _third_party_is_missing),
    *_classes(),
    Rule(66, "CR-TOT-14", R, -111, "TotalDescuentos o TotalVentaNeta no corresponde",
         _net_sale_is_wrong),
    Rule(67, "CR-TOT-15", R, own(67), "El desglose de impuestos no corresponde a las líneas",
         _breakdown_is_wrong),
    Rule(68, "CR-TOT-16", R, own(68), "TotalImpuesto no es la suma de las líneas",
         lambda c: c.differ(c.total("TotalImpuesto"),
                            _over_lines(c, sums.told_net))),
    Rule(69, "CR-TOT-17", R, own(69), "TotalImpAsumEmisorFabrica falta o no corresponde",
         lambda c: c.differ(c.total("TotalImpAsumEmisorFabrica"), _over_lines(
             c, lambda line: line.amount("ImpuestoAsumidoEmisorFabrica")))),
    Rule(70, "CR-TOT-18", R, own(70), "TotalIVADevuelto no procede", _refund_is_wrong),
    Rule(71, "CR-TOT-19", R, own(71), "TotalOtrosCargos o TotalComprobante no corresponde",
         _total_is_wrong),
    Rule(72, "CR-TOT-20", R, own(72), "Los medios de pago no suman el total", _means_are_wrong),
    Rule(73, "CR-MON-1", R, own(73), "El tipo de cambio no corresponde a la moneda",
         _exchange_rate_is_wrong),
)
# fmt: on
