"""The rules of section 9.2 for a factura, as a table. R rejects, O only observes.

`sim` is the code in DetalleMensaje: one seen at Hacienda where there is one, else −9000 minus the
rule's number, a range that Hacienda was never seen to use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from acuse_sandbox.hacienda import tables
from acuse_sandbox.hacienda.reading import KINDS, Part

COSTA_RICA = timezone(timedelta(hours=-6))
FIVE = Decimal("0.00001")
AHEAD = timedelta(minutes=10)
LATE = timedelta(days=12)  # eight working days and the weekends between


@dataclass(frozen=True, slots=True)
class Case:
    """A document on the table, its root's name, and the moment it came."""

    root: Part
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its number and code in section 9.2, what it does, and when it fails."""

    number: int
    code: str
    rejects: bool
    sim: int
    text: str
    fails: Callable[[Case], bool]


def rounded(amount: Decimal) -> Decimal:
    """At five decimals, halves up."""
    return amount.quantize(FIVE, rounding=ROUND_HALF_UP)


def issued(case: Case) -> datetime | None:
    """FechaEmision, None where it has no offset or cannot be read."""
    try:
        at = datetime.fromisoformat(case.root.text("FechaEmision"))
    except ValueError:
        return None
    return at if at.tzinfo else None


def lines(case: Case) -> tuple[Part, ...]:
    """The document's lines."""
    return case.root.parts("DetalleServicio/LineaDetalle")


def some(case: Case, fails: Callable[[Part], bool]) -> bool:
    """Whether a line fails."""
    return any(fails(line) for line in lines(case))


def line_service(line: Part) -> bool:
    """Whether a line is a service, by its CABYS."""
    return line.text("CodigoCABYS")[:1] in tuple("56789")


def discounts(line: Part) -> Decimal:
    """The sum of a line's discounts."""
    return sum((d.amount("MontoDescuento") for d in line.parts("Descuento")), Decimal(0))


def other_taxes(line: Part) -> Decimal:
    """The taxes of a line that enter the base of IVA."""
    wanted = {"02", "04", "05", "12"}
    found = (t.amount("Monto") for t in line.parts("Impuesto") if t.text("Codigo") in wanted)
    return sum(found, Decimal(0))


def iva(line: Part) -> tuple[Part, ...]:
    """The IVA taxes of a line."""
    return tuple(t for t in line.parts("Impuesto") if t.text("Codigo") in ("01", "07"))


def classed(case: Case, service: bool, name: str) -> Decimal:
    """The gross amount of a class of the summary, from the lines (exonerations not counted)."""
    total = Decimal(0)
    for line in lines(case):
        tariff = next((t.text("CodigoTarifaIVA") for t in iva(line)), "")
        if line_service(line) is service and tables.CLASSES.get(tariff, tables.TAXED) == name:
            total += line.amount("MontoTotal")
    return total


def summary(case: Case, name: str) -> Decimal:
    """An amount of the summary."""
    return case.root.amount(f"ResumenFactura/{name}")


def place(case: Case, owner: str) -> tuple[str, str, str]:
    """Province, canton and district of a party."""
    path = f"{owner}/Ubicacion/"
    return (
        case.root.text(path + "Provincia"),
        case.root.text(path + "Canton"),
        case.root.text(path + "Distrito"),
    )


def _key_date_differs(case: Case) -> bool:
    at = issued(case)
    clave = case.root.text("Clave")
    return at is None or clave[3:9] != at.astimezone(COSTA_RICA).strftime("%d%m%y")


def _id_wrong(case: Case, owner: str) -> bool:
    kind = case.root.text(f"{owner}/Identificacion/Tipo")
    form = tables.IDENTITIES.get(kind)
    number = case.root.text(f"{owner}/Identificacion/Numero")
    return form is None or form.fullmatch(number) is None


def _unknown(case: Case, owner: str) -> bool:
    return tables.UNKNOWN.match(case.root.text(f"{owner}/Identificacion/Numero")) is not None


def _no_such_place(case: Case) -> bool:
    province, canton, district = place(case, "Emisor")
    most = tables.CANTONS.get(province, 0)
    return not (canton.isdigit() and 1 <= int(canton) <= most and district not in ("", "00"))


def _ninety_nine(case: Case) -> bool:
    condition = case.root.text("CondicionVenta") == "99"
    if condition != case.root.has("CondicionVentaOtros"):
        return True
    means = case.root.parts("ResumenFactura/MedioPago")
    return any((m.text("TipoMedioPago") == "99") != m.has("MedioPagoOtros") for m in means)


def _unit_wrong(line: Part) -> bool:
    unit = line.text("UnidadMedida")
    if line_service(line):
        return unit == "Unid"
    return unit in tables.SERVICE_UNITS


def _tax_wrong(line: Part) -> bool:
    base = line.amount("BaseImponible")
    return any(
        tax.amount("Monto") != rounded(base * tax.amount("Tarifa") / 100) for tax in iva(line)
    )


def _net(line: Part) -> Decimal:
    taxes = sum((t.amount("Monto") for t in line.parts("Impuesto")), Decimal(0))
    exempted = sum(
        (t.amount("Exoneracion/MontoExoneracion") for t in line.parts("Impuesto")), Decimal(0)
    )
    return taxes - exempted - line.amount("ImpuestoAsumidoEmisorFabrica")


def _line_sum_wrong(line: Part) -> bool:
    net = line.amount("ImpuestoNeto")
    return net != _net(line) or line.amount("MontoTotalLinea") != line.amount("SubTotal") + net


def _breakdown_wrong(case: Case) -> bool:
    told: dict[tuple[str, str], Decimal] = {}
    for part in case.root.parts("ResumenFactura/TotalDesgloseImpuesto"):
        key = (part.text("Codigo"), part.text("CodigoTarifaIVA"))
        told[key] = told.get(key, Decimal(0)) + part.amount("TotalMontoImpuesto")
    found: dict[tuple[str, str], Decimal] = {}
    for line in lines(case):
        for tax in line.parts("Impuesto"):
            key = (tax.text("Codigo"), tax.text("CodigoTarifaIVA"))
            charged = tax.amount("Monto") - tax.amount("Exoneracion/MontoExoneracion")
            found[key] = found.get(key, Decimal(0)) + charged
    keys = {*told, *found}
    zero = Decimal(0)
    return any(told.get(key, zero) != found.get(key, zero) for key in keys)


def _total(case: Case) -> Decimal:
    return (
        summary(case, "TotalVentaNeta")
        + summary(case, "TotalImpuesto")
        + summary(case, "TotalOtrosCargos")
        - summary(case, "TotalIVADevuelto")
    )


def _means_wrong(case: Case) -> bool:
    means = case.root.parts("ResumenFactura/MedioPago")
    told = [m.amount("TotalMedioPago") for m in means if m.has("TotalMedioPago")]
    if len(means) > 1 and len(told) < len(means):
        return True
    return bool(told) and sum(told, Decimal(0)) != summary(case, "TotalComprobante")


def _rate_wrong(case: Case) -> bool:
    rate = summary(case, "CodigoTipoMoneda/TipoCambio")
    if case.root.text("ResumenFactura/CodigoTipoMoneda/CodigoMoneda") == "CRC":
        return rate != 1
    return rate in (Decimal(0), Decimal(1))


def _class_rules() -> Iterable[Rule]:
    names = (
        ("TotalServGravados", True, tables.TAXED),
        ("TotalServExentos", True, tables.EXEMPT),
        ("TotalServNoSujeto", True, tables.NOT_SUBJECT),
        ("TotalMercanciasGravadas", False, tables.TAXED),
        ("TotalMercanciasExentas", False, tables.EXEMPT),
        ("TotalMercNoSujeta", False, tables.NOT_SUBJECT),
    )
    for ordinal, (name, service, of_class) in enumerate(names, start=1):

        def fails(case: Case, name: str = name, s: bool = service, c: str = of_class) -> bool:
            exempted = any(line.parts("Impuesto/Exoneracion") for line in lines(case))
            return not exempted and summary(case, name) != classed(case, s, c)

        yield Rule(63, f"CR-TOT-{ordinal}", True, -111, f"{name} no coincide", fails)


def _sum_rules() -> Iterable[Rule]:
    sums = (
        ("TotalGravado", "TotalServGravados", "TotalMercanciasGravadas"),
        ("TotalExento", "TotalServExentos", "TotalMercanciasExentas"),
        ("TotalExonerado", "TotalServExonerado", "TotalMercExonerada"),
        ("TotalNoSujeto", "TotalServNoSujeto", "TotalMercNoSujeta"),
    )
    for ordinal, (name, first, second) in enumerate(sums, start=9):

        def fails(case: Case, n: str = name, a: str = first, b: str = second) -> bool:
            return summary(case, n) != summary(case, a) + summary(case, b)

        yield Rule(64, f"CR-TOT-{ordinal}", True, -111, f"{name} no es la suma", fails)


def _own(number: int) -> int:
    return -9000 - number


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(19, "CR-KEY-1", True, -1, "La clave no es válida",
         lambda c: len(c.root.text("Clave")) != 50 or c.root.text("Clave")[:3] != "506"),
    Rule(20, "CR-KEY-2", True, -405, "La fecha de la clave no es la de emisión",
         _key_date_differs),
    Rule(21, "CR-KEY-3", True, _own(21), "La clave no lleva la identificación del emisor",
         lambda c: c.root.text("Clave")[9:21].lstrip("0")
         != c.root.text("Emisor/Identificacion/Numero").lstrip("0")),
    Rule(22, "CR-KEY-4", True, _own(22), "La clave no lleva el consecutivo",
         lambda c: c.root.text("Clave")[21:41] != c.root.text("NumeroConsecutivo")),
    Rule(23, "CR-KEY-5", True, _own(23), "La situación de la clave no es 1, 2 o 3",
         lambda c: c.root.text("Clave")[41:42] not in ("1", "2", "3")),
    Rule(24, "CR-CON-1", True, _own(24), "El tipo del consecutivo no es el del comprobante",
         lambda c: c.root.text("NumeroConsecutivo")[8:10] != KINDS.get(c.kind)),
    Rule(25, "CR-CON-2", True, _own(25), "Sucursal, terminal o número en cero",
         lambda c: c.root.text("NumeroConsecutivo")[:3] == "000"
         or c.root.text("NumeroConsecutivo")[3:8] == "00000"
         or c.root.text("NumeroConsecutivo")[10:] == "0" * 10),
    Rule(27, "CR-DAT-1", False, -53, "La hora no corresponde a la oficial",
         lambda c: (at := issued(c)) is not None and at - c.at > AHEAD),
    Rule(28, "CR-DAT-2", False, -16, "Se envió fuera de plazo",
         lambda c: (at := issued(c)) is not None and c.at - at > LATE),
    Rule(29, "CR-EMI-1", True, _own(29), "El emisor no está inscrito",
         lambda c: _unknown(c, "Emisor")),
    Rule(31, "CR-EMI-3", True, -37, "La ubicación del emisor no existe", _no_such_place),
    Rule(33, "CR-EMI-5", True, _own(33), "La identificación del emisor no es válida",
         lambda c: _id_wrong(c, "Emisor")),
    Rule(34, "CR-EMI-6", True, _own(34), "El correo del emisor no es válido",
         lambda c: any(tables.MAIL.fullmatch(p.element.text or "") is None
                       for p in c.root.parts("Emisor/CorreoElectronico"))),
    Rule(35, "CR-REC-1", True, _own(35), "La identificación del receptor no es válida",
         lambda c: c.root.has("Receptor/Identificacion") and _id_wrong(c, "Receptor")),
    Rule(36, "CR-REC-2", True, _own(36), "El receptor no está inscrito",
         lambda c: c.root.text("Receptor/Identificacion/Tipo") in ("01", "02", "03", "04")
         and _unknown(c, "Receptor")),
    Rule(37, "CR-REC-3", True, _own(37), "Falta la dirección del receptor en el extranjero",
         lambda c: c.root.text("Receptor/Identificacion/Tipo") == "05"
         and not c.root.text("Receptor/OtrasSenasExtranjero")),
    Rule(38, "CR-REC-4", False, _own(38), "El receptor es el emisor",
         lambda c: c.root.text("Receptor/Identificacion/Numero")
         == c.root.text("Emisor/Identificacion/Numero")),
    Rule(39, "CR-PRV-1", True, _own(39), "Falta el proveedor del sistema",
         lambda c: not c.root.text("ProveedorSistemas")),
    Rule(40, "CR-CV-1", True, _own(40), "Falta el plazo del crédito",
         lambda c: c.root.text("CondicionVenta") in ("02", "08", "10")
         and c.root.amount("PlazoCredito") <= 0),
    Rule(41, "CR-CV-2", True, _own(41), "Un código 99 sin su texto, o al revés", _ninety_nine),
    Rule(43, "CR-LIN-1", True, _own(43), "Las líneas no están numeradas en orden",
         lambda c: [p.text("NumeroLinea") for p in lines(c)]
         != [str(n) for n in range(1, len(lines(c)) + 1)]),
    Rule(44, "CR-LIN-2", True, _own(44), "El código CABYS no existe",
         lambda c: some(c, lambda p: not (len(p.text("CodigoCABYS")) == 13
                                          and p.text("CodigoCABYS").isdigit()))),
    Rule(46, "CR-LIN-4", True, -111, "La unidad no corresponde al bien o servicio",
         lambda c: some(c, _unit_wrong)),
    Rule(47, "CR-LIN-5", True, _own(47), "MontoTotal no es cantidad por precio",
         lambda c: some(c, lambda p: p.amount("MontoTotal")
                        != rounded(p.amount("Cantidad") * p.amount("PrecioUnitario")))),
    Rule(48, "CR-LIN-6", True, _own(48), "El subtotal o los descuentos no cuadran",
         lambda c: some(c, lambda p: discounts(p) > p.amount("MontoTotal")
                        or p.amount("SubTotal") != p.amount("MontoTotal") - discounts(p))),
    Rule(49, "CR-LIN-7", True, _own(49), "La base imponible no cuadra",
         lambda c: some(c, lambda p: not p.has("IVACobradoFabrica")
                        and p.amount("BaseImponible") != p.amount("SubTotal") + other_taxes(p))),
    Rule(50, "CR-LIN-8", True, _own(50), "El IVA no tiene código de tarifa",
         lambda c: some(c, lambda p: any(not t.has("CodigoTarifaIVA") for t in iva(p)))),
    Rule(51, "CR-LIN-9", True, _own(51), "La tarifa no es la de su código",
         lambda c: some(c, lambda p: any(
             t.amount("Tarifa") != tables.RATES.get(t.text("CodigoTarifaIVA"), Decimal(-1))
             for t in iva(p)))),
    Rule(52, "CR-LIN-10", True, _own(52), "El monto del impuesto no cuadra",
         lambda c: some(c, _tax_wrong)),
    Rule(55, "CR-LIN-13", True, _own(55), "El impuesto neto o el total de la línea no cuadra",
         lambda c: some(c, _line_sum_wrong)),
    Rule(58, "CR-EXO-1", True, _own(58), "La exoneración supera al impuesto",
         lambda c: some(c, lambda p: any(
             t.amount("Exoneracion/TarifaExonerada") > t.amount("Tarifa")
             or t.amount("Exoneracion/MontoExoneracion") > t.amount("Monto")
             for t in p.parts("Impuesto")))),
    *_class_rules(),
    *_sum_rules(),
    Rule(65, "CR-TOT-13", True, -111, "TotalVenta no es la suma",
         lambda c: summary(c, "TotalVenta") != summary(c, "TotalGravado")
         + summary(c, "TotalExento") + summary(c, "TotalExonerado") + summary(c, "TotalNoSujeto")),
    Rule(66, "CR-TOT-14", True, -111, "Descuentos o venta neta no cuadran",
         lambda c: summary(c, "TotalDescuentos") != sum(map(discounts, lines(c)), Decimal(0))
         or summary(c, "TotalVentaNeta")
         != summary(c, "TotalVenta") - summary(c, "TotalDescuentos")),
    Rule(67, "CR-TOT-15", True, _own(67), "El desglose de impuestos no cuadra", _breakdown_wrong),
    Rule(68, "CR-TOT-16", True, _own(68), "TotalImpuesto no cuadra",
         lambda c: summary(c, "TotalImpuesto")
         != sum((p.amount("ImpuestoNeto") for p in lines(c)), Decimal(0))),
    Rule(69, "CR-TOT-17", True, _own(69), "TotalImpAsumEmisorFabrica falta o no cuadra",
         lambda c: summary(c, "TotalImpAsumEmisorFabrica")
         != sum((p.amount("ImpuestoAsumidoEmisorFabrica") for p in lines(c)), Decimal(0))),
    Rule(70, "CR-TOT-18", True, _own(70), "El IVA devuelto supera al impuesto",
         lambda c: summary(c, "TotalIVADevuelto") > summary(c, "TotalImpuesto")),
    Rule(71, "CR-TOT-19", True, _own(71), "TotalComprobante no cuadra",
         lambda c: summary(c, "TotalComprobante") != _total(c)),
    Rule(72, "CR-TOT-20", True, _own(72), "Los medios de pago no suman el total", _means_wrong),
    Rule(73, "CR-MON-1", True, _own(73), "El tipo de cambio no corresponde a la moneda",
         _rate_wrong),
)
# fmt: on
