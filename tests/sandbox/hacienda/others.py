"""The other kinds, made of a factura of the same lines: what each has not is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lxml import etree

from tests.sandbox.hacienda.documents import ISSUED, ISSUER, RECEIVER, Line, factura, money

BASE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/"
SELLER = (
    "<Nombre>Productor Inventado</Nombre><Identificacion><Tipo>06</Tipo>"
    "<Numero>GANADERO-001</Numero></Identificacion>"
)
FOREIGNER = (
    "<Nombre>Jane Imaginary</Nombre><Identificacion><Tipo>05</Tipo><Numero>PAS-12345</Numero>"
    "</Identificacion><OtrasSenasExtranjero>1 Nowhere Street</OtrasSenasExtranjero>"
)
US = (
    "<Nombre>Café Ejemplar de Tarrazú S.A.</Nombre><Identificacion><Tipo>02</Tipo>"
    f"<Numero>{ISSUER}</Numero></Identificacion>"
)
CITED = "2026-11-25T10:29:00-06:00"


@dataclass(frozen=True)
class Turn:
    """A kind: code, root, and the elements of a factura that it does not have."""

    code: str
    root: str
    lacks: tuple[str, ...] = ()


NOTES = {"02": "NotaDebitoElectronica", "03": "NotaCreditoElectronica"}
TICKET = Turn("04", "TiqueteElectronico", ("Receptor",))
PURCHASE = Turn(
    "08",
    "FacturaElectronicaCompra",
    ("ImpuestoAsumidoEmisorFabrica", "TotalIVADevuelto"),
)
EXPORT = Turn(
    "09",
    "FacturaElectronicaExportacion",
    (
        "BaseImponible", "ImpuestoAsumidoEmisorFabrica", "ImpuestoNeto", "TotalServExonerado",
        "TotalServNoSujeto", "TotalMercExonerada", "TotalMercNoSujeta", "TotalExonerado",
        "TotalNoSujeto", "TotalIVADevuelto",
    ),
)  # fmt: skip


def turned(root: etree._Element, turn: Turn) -> etree._Element:
    """The factura as another kind, its consecutivo and clave too."""
    xml = etree.tostring(root, encoding="unicode")
    tail = turn.root[0].lower() + turn.root[1:]
    xml = xml.replace(f"{BASE}facturaElectronica", BASE + tail)
    xml = xml.replace("<FacturaElectronica ", f"<{turn.root} ")
    xml = xml.replace("</FacturaElectronica>", f"</{turn.root}>")
    found = etree.fromstring(xml)
    for name in turn.lacks:
        for element in list(found.iter(f"{{*}}{name}")):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
    for name, at in (("Clave", 29), ("NumeroConsecutivo", 8)):
        element = found.find(f"{{*}}{name}")
        assert element is not None
        assert element.text
        element.text = element.text[:at] + turn.code + element.text[at + 2 :]
    return found


def cited(number: str, code: str, kind: str = "01", at: str = CITED) -> str:
    return (
        f"<InformacionReferencia><TipoDocIR>{kind}</TipoDocIR><Numero>{number}</Numero>"
        f"<FechaEmisionIR>{at}</FechaEmisionIR><Codigo>{code}</Codigo>"
        "<Razon>Inventada</Razon></InformacionReferencia>"
    )


def note(
    code: str, number: str, *lines: Line, reason: str = "06", ordinal: int = 1, **changes: object
) -> etree._Element:
    """A credit ("03") or debit ("02") note on the document with this clave."""
    root = factura(
        *lines,
        number=ordinal,
        references=cited(number, reason),
        **changes,
    )
    return turned(root, Turn(code, NOTES[code]))


def ticket(*lines: Line, ordinal: int = 1) -> etree._Element:
    return turned(factura(*lines, number=ordinal), TICKET)


def export(*lines: Line, receiver: str = FOREIGNER) -> etree._Element:
    found = lines or (Line("100", "12.5", tariff="01", unit="Kg"),)
    return turned(factura(*found, receiver=receiver, currency=("USD", "512.34")), EXPORT)


def purchase(*lines: Line, seller: str = SELLER, references: str = "") -> etree._Element:
    """A factura de compra: the seller is its Emisor, we are its Receptor and sign it."""
    found = lines or (Line("20", "650", tariff="02", unit="Kg"),)
    paper = cited("REC-55", "04", kind="14")
    root = turned(factura(*found, receiver=US, references=references or paper), PURCHASE)
    xml = etree.tostring(root, encoding="unicode")
    xml = xml.replace("CodigoActividadEmisor", "CodigoActividadReceptor")
    return etree.fromstring(xml.replace(f"<Emisor>{US}", f"<Emisor>{seller}"))


def receipt(
    number: str,
    net: str,
    tax: str,
    *,
    condition: str = "09",
    ordinal: int = 1,
    at: str = CITED,
    reason: str = "17",
) -> etree._Element:
    """A payment of a part of a document sold on credit."""
    consecutivo = f"0010000110{ordinal:010d}"
    clave = f"506251126{ISSUER:0>12}{consecutivo}100000007"
    total = money(Fraction(net) + Fraction(tax))
    net, tax = money(Fraction(net)), money(Fraction(tax))
    tariff = "<Codigo>01</Codigo><CodigoTarifaIVA>08</CodigoTarifaIVA>"
    root = "ReciboElectronicoPago"
    return etree.fromstring(
        f'<{root} xmlns="{BASE}reciboElectronicoPago"><Clave>{clave}</Clave>'
        f"<ProveedorSistemas>{ISSUER}</ProveedorSistemas>"
        f"<NumeroConsecutivo>{consecutivo}</NumeroConsecutivo>"
        f"<FechaEmision>{ISSUED}</FechaEmision><Emisor>{US}"
        "<CorreoElectronico>ventas@cafe.example</CorreoElectronico></Emisor>"
        "<Receptor><Nombre>Institución Inventada</Nombre><Identificacion><Tipo>02</Tipo>"
        "<Numero>3007999111</Numero></Identificacion></Receptor>"
        f"<CondicionVenta>{condition}</CondicionVenta><DetalleServicio><LineaDetalle>"
        f"<NumeroLinea>1</NumeroLinea><Detalle>Pago</Detalle><MontoTotal>{net}</MontoTotal>"
        f"<SubTotal>{net}</SubTotal><Impuesto>{tariff}<Tarifa>13.00</Tarifa><Monto>{tax}</Monto>"
        f"</Impuesto><ImpuestoNeto>{tax}</ImpuestoNeto><MontoTotalLinea>{total}"
        "</MontoTotalLinea></LineaDetalle></DetalleServicio><ResumenFactura><CodigoTipoMoneda>"
        "<CodigoMoneda>CRC</CodigoMoneda><TipoCambio>1.00000</TipoCambio></CodigoTipoMoneda>"
        f"<TotalVenta>{net}</TotalVenta><TotalVentaNeta>{net}</TotalVentaNeta>"
        f"<TotalDesgloseImpuesto>{tariff}<TotalMontoImpuesto>{tax}</TotalMontoImpuesto>"
        f"</TotalDesgloseImpuesto><TotalImpuesto>{tax}</TotalImpuesto><MedioPago>"
        f"<TipoMedioPago>04</TipoMedioPago><TotalMedioPago>{total}</TotalMedioPago></MedioPago>"
        f"<TotalComprobante>{total}</TotalComprobante></ResumenFactura>"
        f"{cited(number, reason, at=at)}</{root}>"
    )


def message(
    clave: str,
    *,
    told: str = "1",
    total: str = "8475.00000",
    tax: str = "975.00000",
    ordinal: int = 1,
    at: str = ISSUED,
    receiver: str = RECEIVER,
) -> etree._Element:
    """What the buyer answers to a factura; the amounts are those of the makers' default one."""
    kind = {"1": "05", "2": "06", "3": "07"}[told]
    taxed = f"<MontoTotalImpuesto>{tax}</MontoTotalImpuesto>" if tax else ""
    return etree.fromstring(
        f'<MensajeReceptor xmlns="{BASE}mensajeReceptor"><Clave>{clave}</Clave>'
        f"<NumeroCedulaEmisor>{ISSUER}</NumeroCedulaEmisor><FechaEmisionDoc>{at}</FechaEmisionDoc>"
        f"<Mensaje>{told}</Mensaje><DetalleMensaje>Todo en orden</DetalleMensaje>{taxed}"
        "<CodigoActividad>474100</CodigoActividad><CondicionImpuesto>01</CondicionImpuesto>"
        f"<TotalFactura>{total}</TotalFactura>"
        f"<NumeroCedulaReceptor>{receiver}</NumeroCedulaReceptor>"
        f"<NumeroConsecutivoReceptor>00100001{kind}{ordinal:010d}</NumeroConsecutivoReceptor>"
        "</MensajeReceptor>"
    )
