"""What stands in for the schema on machines without the published papers: a factura's skeleton.

Only what the rules rely on: what is obligatory, and that amounts are amounts. Order, lengths and
code lists are left to the schema.
"""

from __future__ import annotations

import re

from acuse_sandbox.hacienda.judging.reading import Part
from acuse_sandbox.hacienda.judging.xsd import Complaint

MONEY = re.compile(r"\+?[0-9]{1,13}(?:\.[0-9]{1,5})?")
LINE = "DetalleServicio/LineaDetalle"
ALWAYS = ""
# Where, and the elements that each such place must have.
OBLIGATORY = (
    (
        ALWAYS,
        "Clave ProveedorSistemas CodigoActividadEmisor NumeroConsecutivo FechaEmision Emisor "
        "Receptor CondicionVenta ResumenFactura",
    ),
    ("Emisor", "Nombre Identificacion Ubicacion CorreoElectronico"),
    ("Receptor", "Nombre Identificacion"),
    ("Emisor/Identificacion", "Tipo Numero"),
    ("Receptor/Identificacion", "Tipo Numero"),
    ("Emisor/Ubicacion", "Provincia Canton Distrito OtrasSenas"),
    (
        LINE,
        "NumeroLinea CodigoCABYS Cantidad UnidadMedida Detalle PrecioUnitario MontoTotal SubTotal "
        "BaseImponible Impuesto ImpuestoAsumidoEmisorFabrica ImpuestoNeto MontoTotalLinea",
    ),
    (f"{LINE}/Descuento", "MontoDescuento CodigoDescuento"),
    (f"{LINE}/Impuesto", "Codigo Monto"),
    (
        f"{LINE}/Impuesto/Exoneracion",
        "TipoDocumentoEX1 NumeroDocumento NombreInstitucion FechaEmisionEX TarifaExonerada "
        "MontoExoneracion",
    ),
    ("OtrosCargos", "TipoDocumentoOC Detalle MontoCargo"),
    ("ResumenFactura", "CodigoTipoMoneda TotalVenta TotalVentaNeta TotalComprobante"),
    ("ResumenFactura/CodigoTipoMoneda", "CodigoMoneda TipoCambio"),
    ("ResumenFactura/TotalDesgloseImpuesto", "Codigo TotalMontoImpuesto"),
    ("InformacionReferencia", "TipoDocIR FechaEmisionIR"),
)
AMOUNTS = (
    (
        LINE,
        "PrecioUnitario MontoTotal SubTotal BaseImponible ImpuestoAsumidoEmisorFabrica "
        "ImpuestoNeto MontoTotalLinea",
    ),
    (f"{LINE}/Impuesto", "Monto"),
    (f"{LINE}/Descuento", "MontoDescuento"),
    ("OtrosCargos", "MontoCargo"),
    ("ResumenFactura/TotalDesgloseImpuesto", "TotalMontoImpuesto"),
)


def complaint(document: Part) -> Complaint | None:
    """The first element that is missing, or is no amount; None if none is."""
    for place, names in OBLIGATORY:
        for part in document.parts(place):
            for name in names.split():
                if not part.has(name):
                    return Complaint(f"{place or 'El comprobante'}: falta {name}")
    for place, names in AMOUNTS:
        for part in document.parts(place):
            for name in names.split():
                if part.has(name) and not MONEY.fullmatch(part.text(name)):
                    return Complaint(f"{place}: {name} no es un monto")
    return _summary(document)


def _summary(document: Part) -> Complaint | None:
    summary = document.part("ResumenFactura")
    for name, parts in summary.inner.items() if summary else ():
        if name.startswith("Total") and name != "TotalDesgloseImpuesto":
            if len(parts) > 1:
                return Complaint(f"ResumenFactura: {name} está dos veces")
            if not MONEY.fullmatch(parts[0].value):
                return Complaint(f"ResumenFactura: {name} no es un monto")
    return None
