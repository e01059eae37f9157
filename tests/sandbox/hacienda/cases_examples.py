"""Facturas that break no rule; W1 to W14 are the worked examples of costa-rica.md 3.6."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from tests.sandbox.hacienda.changes import after, drop, put
from tests.sandbox.hacienda.documents import SERVICE, Line, Tax, factura

Example = Callable[[], etree._Element]
EXONERATION = "DetalleServicio/LineaDetalle/Impuesto[2]/Exoneracion"


def goods() -> etree._Element:  # W1
    return factura(Line("3", "2500"), Line("1", "1234.56"))


def service_discounts() -> etree._Element:  # W2
    return factura(
        Line("10", "15000", cabys=SERVICE, unit="Sp", discounts=(("12500", "07"), ("2500", "07")))
    )


def several_tariffs() -> etree._Element:  # W3
    return factura(
        Line("2", "1500"),
        Line("5", "800", tariff="02"),
        Line("1", "9000", tariff="10"),
        Line("1.5", "20000", cabys=SERVICE, unit="Sp"),
    )


def exonerated() -> etree._Element:  # W4
    return factura(Line("1", "100000", cabys=SERVICE, unit="Sp", exonerated="13"))


def partly_exonerated() -> etree._Element:  # W5
    return factura(
        Line("1", "100000", cabys=SERVICE, unit="Sp", discounts=(("10000", "07"),), exonerated="5")
    )


def fractions() -> etree._Element:  # W6
    return factura(Line("3.333", "333.33333"), Line("0.125", "7.77777", tariff="03"))


def dollars() -> etree._Element:  # W7
    return factura(Line("4", "99.99", cabys=SERVICE, unit="Sp"), currency=("USD", "512.34"))


def restaurant() -> etree._Element:  # W8's sums, in a factura
    charge = "<TipoDocumentoOC>06</TipoDocumentoOC><Detalle>Servicio</Detalle>"
    return factura(
        Line("2", "4500", cabys=SERVICE, unit="Os"),
        charges=(("900", f"{charge}<PorcentajeOC>10</PorcentajeOC>"),),
        means=("02",),
    )


def selective() -> etree._Element:  # W9
    return factura(Line("6", "1000", taxes=(Tax("02", "600", "<Tarifa>10</Tarifa>"),)))


def borne() -> etree._Element:  # W10
    return factura(Line("1", "5000", borne=True))


def not_subject() -> etree._Element:  # W14
    return factura(Line("1", "30000", cabys=SERVICE, unit="Sp", tariff="11"), Line("1", "1000"))


# Example, TotalImpuesto and TotalComprobante as the paper has them.
WORKED = (
    (goods, "1135.49280", "9870.05280"),
    (service_discounts, "17550.00000", "152550.00000"),
    (several_tariffs, "4330.00000", "50330.00000"),
    (exonerated, "0.00000", "100000.00000"),
    (partly_exonerated, "7200.00000", "97200.00000"),
    (fractions, "144.44944", "1256.42165"),
    (dollars, "51.99480", "451.95480"),
    (restaurant, "1170.00000", "11070.00000"),
    (selective, "1458.00000", "7458.00000"),
    (borne, "0.00000", "5000.00000"),
    (not_subject, "130.00000", "31130.00000"),
)


def other_classes() -> etree._Element:
    """The classes that the worked examples leave out."""
    return factura(
        Line("1", "1000", cabys="7211200000200", unit="Sp", tariff="10"),
        Line("1", "2000", tariff="11"),
        Line("1", "3000", exonerated="13"),
        Line("1", "4000", tariff="09"),
    )


def gift() -> etree._Element:
    return factura(Line("3", "2500", discounts=(("2500", "01"),)))


def gift_with_iva() -> etree._Element:
    """Discount 02: the tax on what is left, as for any other."""
    return factura(Line(cabys=SERVICE, unit="Sp", discounts=(("2500", "02"),)))


def bonus() -> etree._Element:
    return factura(Line(discounts=(("2500", "03"),)))


def exempt_by_factory() -> etree._Element:
    return factura(Line(factory="02", tariff="10"))


def cement() -> etree._Element:
    return factura(Line("10", "5000", taxes=(Tax("12", "2500"),)))


def every_base_tax() -> etree._Element:
    """The base of IVA holds 02, 04, 05 and 12, and neither 03 nor 06."""
    unit, count = "ImpuestoUnidad", "CantidadUnidadMedida"
    return factura(
        Line(
            "6",
            "1000",
            taxes=(
                Tax("02", "600", "<Tarifa>10</Tarifa>"),
                specific("03", count, unit),
                specific("04", count, "Porcentaje", "Proporcion", unit),
                specific("05", count, "VolumenUnidadConsumo", unit),
                specific("06", count, unit),
                Tax("12", "70"),
            ),
        ),
        drinks="<Registrofiscal8707>REG-0001</Registrofiscal8707>",
    )


def two_exonerations() -> etree._Element:
    """Lines of one document may be exonerated by different points."""
    return factura(
        Line("1", "10000", cabys=SERVICE, unit="Sp", exonerated="13"),
        Line("2", "1000", exonerated="4"),
        Line("1", "500"),
    )


def many_means() -> etree._Element:
    return factura(means=("01", "02", "04", "06"))


def only_charges() -> etree._Element:
    """Interest for late payment, and nothing sold."""
    charge = "<TipoDocumentoOC>10</TipoDocumentoOC><Detalle>Intereses moratorios</Detalle>"
    root = factura(Line("0", "0"), charges=(("1500", charge),))
    for name in ("DetalleServicio", "ResumenFactura/TotalDesgloseImpuesto"):
        drop(name)(root)
    return root


def factory() -> etree._Element:
    return factura(Line(factory="01", base="9000", borne=True))


def special_base() -> etree._Element:
    return factura(Line(iva="07", base="1000"))


def used_goods() -> etree._Element:
    return factura(Line("1", "80000", iva="08", factor="0.0500"))


def specific(code: str, *fields: str) -> Tax:
    inner = "".join(f"<{name}>1</{name}>" for name in fields)
    return Tax(code, "50", f"<DatosImpuestoEspecifico>{inner}</DatosImpuestoEspecifico>")


def specific_taxes() -> etree._Element:
    unit = "ImpuestoUnidad"
    return factura(
        Line(taxes=(specific("03", "CantidadUnidadMedida", unit),)),
        Line(
            taxes=(specific("04", "CantidadUnidadMedida", "Porcentaje", "Proporcion", unit),),
            cabys="2431000000100",
            unit="L",
        ),
        Line(taxes=(specific("05", "CantidadUnidadMedida", "VolumenUnidadConsumo", unit),)),
        Line(taxes=(specific("06", "CantidadUnidadMedida", unit),)),
        drinks="<Registrofiscal8707>REG-0001</Registrofiscal8707>",
    )


def combo() -> etree._Element:
    part = (
        "<LineaDetalleSurtido><CodigoCABYSSurtido>239999900010%d</CodigoCABYSSurtido>"
        "<CantidadSurtido>1</CantidadSurtido><UnidadMedidaSurtido>Unid</UnidadMedidaSurtido>"
        "<DetalleSurtido>Parte</DetalleSurtido>"
        "<PrecioUnitarioSurtido>2100</PrecioUnitarioSurtido>"
        "<MontoTotalSurtido>2100</MontoTotalSurtido><DescuentoSurtido>"
        "<MontoDescuentoSurtido>100</MontoDescuentoSurtido>"
        "<CodigoDescuentoSurtido>99</CodigoDescuentoSurtido>"
        "<DescuentoSurtidoOtros>De la casa</DescuentoSurtidoOtros></DescuentoSurtido>"
        "<SubTotalSurtido>2000</SubTotalSurtido><BaseImponibleSurtido>2000</BaseImponibleSurtido>"
        "<ImpuestoSurtido><CodigoImpuestoSurtido>01</CodigoImpuestoSurtido>"
        "<CodigoTarifaIVASurtido>08</CodigoTarifaIVASurtido><TarifaSurtido>13</TarifaSurtido>"
        "<MontoImpuestoSurtido>260</MontoImpuestoSurtido></ImpuestoSurtido>"
        "<ImpuestoSurtido><CodigoImpuestoSurtido>99</CodigoImpuestoSurtido>"
        "<CodigoImpuestoOTROSurtido>Inventado</CodigoImpuestoOTROSurtido>"
        "<MontoImpuestoSurtido>0</MontoImpuestoSurtido></ImpuestoSurtido></LineaDetalleSurtido>"
    )
    parts = "".join(part % ordinal for ordinal in (1, 2, 3))
    return factura(Line("1", "6000", combo=parts, combo_tax="780"))


def credit() -> etree._Element:
    return factura(condition="<CondicionVenta>02</CondicionVenta><PlazoCredito>30</PlazoCredito>")


def foreigner() -> etree._Element:
    return factura(
        receiver="<Nombre>Jane Imaginary</Nombre><Identificacion><Tipo>05</Tipo>"
        "<Numero>PAS-12345</Numero></Identificacion>"
        "<OtrasSenasExtranjero>1 Nowhere Street</OtrasSenasExtranjero>"
    )


def refund() -> etree._Element:
    return factura(Line(cabys=SERVICE, unit="Sp"), means=("02",), refund="500")


def two_means() -> etree._Element:
    return factura(means=("01", "06"))


def third_party() -> etree._Element:
    before = (
        "<TipoDocumentoOC>04</TipoDocumentoOC><IdentificacionTercero><Tipo>02</Tipo>"
        "<Numero>3101888777</Numero></IdentificacionTercero>"
        "<NombreTercero>Tercero Inventado</NombreTercero><Detalle>Flete</Detalle>"
    )
    return factura(charges=(("500", before),))


def reference(kind: str, number: str, code: str, at: str = "2026-11-20T08:00:00-06:00") -> str:
    return (
        f"<InformacionReferencia><TipoDocIR>{kind}</TipoDocIR><Numero>{number}</Numero>"
        f"<FechaEmisionIR>{at}</FechaEmisionIR><Codigo>{code}</Codigo></InformacionReferencia>"
    )


def contingency() -> etree._Element:
    return factura(situation="2", references=reference("08", "PREIMPRESA-17", "05"))


def others() -> etree._Element:
    """Every code 99 that a line without combo can have, with its text."""
    document = factura(
        Line(
            discounts=(("10", "99<CodigoDescuentoOTRO>Aniversario</CodigoDescuentoOTRO>"),),
            taxes=(Tax("99", "20", "<CodigoImpuestoOTRO>Inventado</CodigoImpuestoOTRO>"),),
            exonerated="13",
        ),
        condition="<CondicionVenta>99</CondicionVenta>"
        "<CondicionVentaOtros>A convenir</CondicionVentaOtros>",
        means=("99<MedioPagoOtros>Trueque</MedioPagoOtros>",),
        charges=(
            (
                "100",
                "<TipoDocumentoOC>99</TipoDocumentoOC><TipoDocumentoOTROS>Empaque"
                "</TipoDocumentoOTROS><Detalle>Caja</Detalle>",
            ),
        ),
        references="<InformacionReferencia><TipoDocIR>99</TipoDocIR><TipoDocRefOTRO>Convenio"
        "</TipoDocRefOTRO><Numero>7</Numero><FechaEmisionIR>2026-11-20T08:00:00-06:00"
        "</FechaEmisionIR><Codigo>99</Codigo><CodigoReferenciaOTRO>Convenio"
        "</CodigoReferenciaOTRO></InformacionReferencia>",
    )
    put(f"{EXONERATION}/TipoDocumentoEX1", "99")(document)
    after(f"{EXONERATION}/TipoDocumentoEX1", "<TipoDocumentoOTRO>Convenio</TipoDocumentoOTRO>")(
        document
    )
    put(f"{EXONERATION}/NombreInstitucion", "99")(document)
    after(
        f"{EXONERATION}/NombreInstitucion",
        "<NombreInstitucionOtros>Junta inventada</NombreInstitucionOtros>",
    )(document)
    return document


EXAMPLES: tuple[Example, ...] = (
    *(example for example, _, _ in WORKED),
    other_classes, gift, gift_with_iva, bonus, factory, exempt_by_factory, cement, every_base_tax,
    two_exonerations, many_means, only_charges, special_base, used_goods, specific_taxes, combo,
    credit, foreigner, refund, two_means, third_party, contingency, others,
)  # fmt: skip
