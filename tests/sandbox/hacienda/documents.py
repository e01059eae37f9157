"""Facturas of invented people, built and added up in fractions, apart from the sandbox's sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from lxml import etree

NAMESPACE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/facturaElectronica"
ISSUER, RECEIVER = "3101999888", "199990888"
ISSUED = "2026-11-25T10:30:00-06:00"
GOODS, SERVICE = "2399999000100", "8314100000000"
RATES = {
    "01": "0", "02": "1", "03": "2", "04": "4", "05": "0", "06": "4", "07": "8", "08": "13",
    "09": "0.5", "10": "0", "11": "0",
}  # fmt: skip
IN_THE_BASE = ("02", "04", "05", "12")
NOTHING = Fraction(0)


@dataclass(frozen=True)
class Tax:
    """A tax beside IVA: its amount as entered, and what else stands in its element."""

    code: str
    amount: str
    inner: str = ""


@dataclass(frozen=True)
class Line:
    quantity: str = "3"
    price: str = "2500"
    tariff: str = "08"
    cabys: str = GOODS
    unit: str = "Unid"
    discounts: tuple[tuple[str, str], ...] = ()  # amount, code and what follows it
    exonerated: str = ""  # points of the tariff
    taxes: tuple[Tax, ...] = ()
    iva: str = "01"  # code of the IVA; "" for a line without
    factor: str = ""  # of tax 08
    base: str = ""  # where it is free
    factory: str = ""
    borne: bool = False  # by the issuer
    combo: str = ""  # LineaDetalleSurtido elements
    combo_tax: str = ""


@dataclass(frozen=True)
class Sum:
    """A line added up."""

    line: Line
    gross: Fraction
    off: Fraction
    base: Fraction
    iva: Fraction
    off_iva: Fraction  # exonerated
    borne: Fraction

    @property
    def taxes(self) -> Fraction:
        return sum((Fraction(tax.amount) for tax in self.line.taxes), self.iva)

    @property
    def net(self) -> Fraction:
        return self.taxes - self.off_iva - self.borne


def five(amount: Fraction) -> Fraction:
    """Rounded half up at five decimals."""
    return Fraction(int(amount * 100000 + Fraction(1, 2)), 100000)


def money(amount: Fraction) -> str:
    units = int(amount * 100000)
    assert units == amount * 100000
    return f"{units // 100000}.{units % 100000:05d}"


def added(line: Line) -> Sum:
    gross = five(Fraction(line.quantity) * Fraction(line.price))
    off = sum((Fraction(amount) for amount, _ in line.discounts), NOTHING)
    entering = sum((Fraction(t.amount) for t in line.taxes if t.code in IN_THE_BASE), NOTHING)
    base = Fraction(line.base) if line.base else gross - off + entering
    gift = any(code[:2] in ("01", "03") for _, code in line.discounts)
    rate = Fraction(RATES[line.tariff])
    iva = five((gross if gift else base) * rate / 100) if line.iva else NOTHING
    if line.factor:
        iva = five(base * Fraction(line.factor))
    if line.combo:
        iva = Fraction(line.combo_tax)
    off_iva = five(base * Fraction(line.exonerated) / 100) if line.exonerated else NOTHING
    return Sum(line, gross, off, base, iva, off_iva, iva - off_iva if line.borne else NOTHING)


def factura(
    *lines: Line,
    number: int = 1,
    issued: str = ISSUED,
    issuer: str = ISSUER,
    situation: str = "1",
    receiver: str = f"<Nombre>Cliente Inventado</Nombre><Identificacion><Tipo>01</Tipo>"
    f"<Numero>{RECEIVER}</Numero></Identificacion>",
    condition: str = "<CondicionVenta>01</CondicionVenta>",
    drinks: str = "",
    currency: tuple[str, str] = ("CRC", "1"),
    means: tuple[str, ...] = ("01",),
    charges: tuple[tuple[str, str], ...] = (),  # amount, and what precedes it in its element
    refund: str = "0",
    references: str = "",
    security: str = "12345678",
) -> etree._Element:
    """A factura without its signature; its sums are right."""
    sums = [added(line) for line in lines or (Line(),)]
    consecutivo = f"0010000101{number:010d}"
    day = f"{issued[8:10]}{issued[5:7]}{issued[2:4]}"
    clave = f"506{day}{issuer:0>12}{consecutivo}{situation}{security}"
    other = sum((Fraction(amount) for amount, _ in charges), NOTHING)
    cargos = "".join(
        f"<OtrosCargos>{before}<MontoCargo>{money(Fraction(amount))}</MontoCargo></OtrosCargos>"
        for amount, before in charges
    )
    xml = (
        f'<FacturaElectronica xmlns="{NAMESPACE}"><Clave>{clave}</Clave>'
        "<ProveedorSistemas>3101999888</ProveedorSistemas>"
        "<CodigoActividadEmisor>474100</CodigoActividadEmisor>"
        f"<NumeroConsecutivo>{consecutivo}</NumeroConsecutivo><FechaEmision>{issued}</FechaEmision>"
        "<Emisor><Nombre>Café Ejemplar de Tarrazú S.A.</Nombre><Identificacion><Tipo>02</Tipo>"
        f"<Numero>{issuer}</Numero></Identificacion>{drinks}<Ubicacion><Provincia>1</Provincia>"
        "<Canton>05</Canton><Distrito>01</Distrito><OtrasSenas>Calle Invento 10</OtrasSenas>"
        "</Ubicacion><CorreoElectronico>ventas@cafe.example</CorreoElectronico></Emisor>"
        f"<Receptor>{receiver}</Receptor>{condition}<DetalleServicio>"
        + "".join(_line(ordinal, one) for ordinal, one in enumerate(sums, start=1))
        + f"</DetalleServicio>{cargos}<ResumenFactura>"
        + _summary(sums, currency, means, other, Fraction(refund))
        + f"</ResumenFactura>{references}</FacturaElectronica>"
    )
    return etree.fromstring(xml)


def _line(ordinal: int, one: Sum) -> str:
    line = one.line
    off = "".join(
        f"<Descuento><MontoDescuento>{money(Fraction(amount))}</MontoDescuento>"
        f"<CodigoDescuento>{code[:2]}</CodigoDescuento>{code[2:]}</Descuento>"
        for amount, code in line.discounts
    )
    factory = f"<IVACobradoFabrica>{line.factory}</IVACobradoFabrica>" if line.factory else ""
    combo = f"<DetalleSurtido>{line.combo}</DetalleSurtido>" if line.combo else ""
    return (
        f"<LineaDetalle><NumeroLinea>{ordinal}</NumeroLinea><CodigoCABYS>{line.cabys}</CodigoCABYS>"
        f"<Cantidad>{line.quantity}</Cantidad><UnidadMedida>{line.unit}</UnidadMedida>"
        f"<Detalle>Cosa inventada</Detalle>{combo}"
        f"<PrecioUnitario>{money(Fraction(line.price))}</PrecioUnitario>"
        f"<MontoTotal>{money(one.gross)}</MontoTotal>{off}"
        f"<SubTotal>{money(one.gross - one.off)}</SubTotal>{factory}"
        f"<BaseImponible>{money(one.base)}</BaseImponible>{_taxes(one)}"
        f"<ImpuestoAsumidoEmisorFabrica>{money(one.borne)}</ImpuestoAsumidoEmisorFabrica>"
        f"<ImpuestoNeto>{money(one.net)}</ImpuestoNeto>"
        f"<MontoTotalLinea>{money(one.gross - one.off + one.net)}</MontoTotalLinea></LineaDetalle>"
    )


def _taxes(one: Sum) -> str:
    line = one.line
    found = [
        f"<Impuesto><Codigo>{tax.code}</Codigo>{tax.inner}"
        f"<Monto>{money(Fraction(tax.amount))}</Monto></Impuesto>"
        for tax in line.taxes
    ]
    if line.iva:
        tariff = (
            f"<CodigoTarifaIVA>{line.tariff}</CodigoTarifaIVA><Tarifa>{RATES[line.tariff]}</Tarifa>"
        )
        if line.factor:
            tariff = f"<FactorCalculoIVA>{line.factor}</FactorCalculoIVA>"
        off = (
            "<Exoneracion><TipoDocumentoEX1>04</TipoDocumentoEX1><NumeroDocumento>AL-00012345"
            "</NumeroDocumento><NombreInstitucion>01</NombreInstitucion><FechaEmisionEX>"
            "2026-03-01T00:00:00-06:00</FechaEmisionEX>"
            f"<TarifaExonerada>{line.exonerated}</TarifaExonerada>"
            f"<MontoExoneracion>{money(one.off_iva)}</MontoExoneracion></Exoneracion>"
        )
        found.append(
            f"<Impuesto><Codigo>{line.iva}</Codigo>{'' if line.combo else tariff}"
            f"<Monto>{money(one.iva)}</Monto>{off if line.exonerated else ''}</Impuesto>"
        )
    return "".join(found)


# Which total of the summary a line goes to, by tariff: services, goods.
TOTALS = (
    ("TotalServGravados", "TotalMercanciasGravadas"),
    ("TotalServExentos", "TotalMercanciasExentas"),
    ("TotalServExonerado", "TotalMercExonerada"),
    ("TotalServNoSujeto", "TotalMercNoSujeta"),
)
ROWS = {"10": 1, "11": 3}


def _classes(sums: Iterable[Sum]) -> dict[str, Fraction]:
    found = {name: NOTHING for pair in TOTALS for name in pair}
    for one in sums:
        column = 0 if one.line.cabys[0] in "56789" else 1
        usual = TOTALS[0 if not one.line.iva else ROWS.get(one.line.tariff, 0)][column]
        share = NOTHING
        if one.line.exonerated:
            points, rate = Fraction(one.line.exonerated), Fraction(RATES[one.line.tariff])
            share = five(one.gross * points / rate)
        found[TOTALS[2][column]] += share
        found[usual] += one.gross - share
    return found


def _breakdown(sums: Iterable[Sum]) -> str:
    found: dict[tuple[str, str], Fraction] = {}
    for one in sums:
        for tax in one.line.taxes:
            key = (tax.code, "")
            found[key] = found.get(key, NOTHING) + Fraction(tax.amount)
        if one.line.iva:
            bare = one.line.combo or one.line.factor
            key = (one.line.iva, "" if bare else one.line.tariff)
            found[key] = found.get(key, NOTHING) + one.iva - one.off_iva - one.borne
    return "".join(
        f"<TotalDesgloseImpuesto><Codigo>{code}</Codigo>"
        + (f"<CodigoTarifaIVA>{tariff}</CodigoTarifaIVA>" if tariff else "")
        + f"<TotalMontoImpuesto>{money(amount)}</TotalMontoImpuesto></TotalDesgloseImpuesto>"
        for (code, tariff), amount in found.items()
    )


def _summary(
    sums: list[Sum],
    currency: tuple[str, str],
    means: tuple[str, ...],
    other: Fraction,
    refund: Fraction,
) -> str:
    classes = _classes(sums)
    rows = [(name, classes[name]) for column in (0, 1) for name in (r[column] for r in TOTALS)]
    groups = ("TotalGravado", "TotalExento", "TotalExonerado", "TotalNoSujeto")
    rows += [
        (name, classes[pair[0]] + classes[pair[1]])
        for name, pair in zip(groups, TOTALS, strict=True)
    ]
    sale = sum((one.gross for one in sums), NOTHING)
    off = sum((one.off for one in sums), NOTHING)
    tax = sum((one.net for one in sums), NOTHING)
    borne = sum((one.borne for one in sums), NOTHING)
    total = sale - off + tax + other - refund
    rows += [("TotalVenta", sale), ("TotalDescuentos", off), ("TotalVentaNeta", sale - off)]
    ends = [
        ("TotalImpuesto", tax),
        ("TotalImpAsumEmisorFabrica", borne),
        ("TotalIVADevuelto", refund),
        ("TotalOtrosCargos", other),
    ]
    parts = [five(total / 3)] * (len(means) - 1)
    parts.append(total - sum(parts, NOTHING))
    return (
        f"<CodigoTipoMoneda><CodigoMoneda>{currency[0]}</CodigoMoneda>"
        f"<TipoCambio>{money(Fraction(currency[1]))}</TipoCambio></CodigoTipoMoneda>"
        + _amounts(rows)
        + _breakdown(sums)
        + _amounts(ends)
        + "".join(
            f"<MedioPago><TipoMedioPago>{code[:2]}</TipoMedioPago>{code[2:]}"
            f"<TotalMedioPago>{money(part)}</TotalMedioPago></MedioPago>"
            for code, part in zip(means, parts, strict=True)
        )
        + f"<TotalComprobante>{money(total)}</TotalComprobante>"
    )


def _amounts(rows: Iterable[tuple[str, Fraction]]) -> str:
    return "".join(f"<{name}>{money(amount)}</{name}>" for name, amount in rows)
