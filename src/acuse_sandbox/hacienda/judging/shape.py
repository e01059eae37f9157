"""What stands in for the schema on machines without the published papers: a skeleton per kind.

Only what the rules rely on: what is obligatory, what the kind does not have, and that amounts are
amounts. Order, lengths and code lists are left to the schema. Source: costa-rica.md 3.1 and 6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from acuse_sandbox.hacienda.judging.reading import COSTA_RICA, Part, moment
from acuse_sandbox.hacienda.judging.xsd import Complaint

MONEY = re.compile(r"\+?[0-9]{1,13}(?:\.[0-9]{1,5})?")
LINE = "DetalleServicio/LineaDetalle"
TAX = f"{LINE}/Impuesto"
SUMMARY = "ResumenFactura"
ROOT = ""
Rows = tuple[tuple[str, str], ...]  # where, and the elements of each such place

# What a factura must have; the other kinds differ from it by the two tables below.
OBLIGATORY: Rows = (
    (
        ROOT,
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
    (TAX, "Codigo Monto"),
    (
        f"{TAX}/Exoneracion",
        "TipoDocumentoEX1 NumeroDocumento NombreInstitucion FechaEmisionEX TarifaExonerada "
        "MontoExoneracion",
    ),
    ("OtrosCargos", "TipoDocumentoOC Detalle MontoCargo"),
    (SUMMARY, "CodigoTipoMoneda TotalVenta TotalVentaNeta TotalComprobante"),
    (f"{SUMMARY}/CodigoTipoMoneda", "CodigoMoneda TipoCambio"),
    (f"{SUMMARY}/TotalDesgloseImpuesto", "Codigo TotalMontoImpuesto"),
    ("InformacionReferencia", "TipoDocIR FechaEmisionIR"),
)
NOTE_SPARES: Mapping[str, str] = {
    ROOT: "CodigoActividadEmisor Receptor",
    "Emisor": "Ubicacion CorreoElectronico",
    "Receptor": "Identificacion",
    LINE: "CodigoCABYS ImpuestoAsumidoEmisorFabrica",
}
EXPORT_LACKS: Mapping[str, str] = {
    ROOT: "CodigoActividadReceptor",
    "Receptor": "Ubicacion",
    LINE: "IVACobradoFabrica BaseImponible ImpuestoAsumidoEmisorFabrica ImpuestoNeto",
    TAX: "DatosImpuestoEspecifico Exoneracion",
    SUMMARY: "TotalServExonerado TotalServNoSujeto TotalMercExonerada TotalMercNoSujeta "
    "TotalExonerado TotalNoSujeto TotalIVADevuelto",
}
RECEIPT_LACKS: Mapping[str, str] = {
    ROOT: "CodigoActividadEmisor CodigoActividadReceptor PlazoCredito OtrosCargos Otros",
    "Emisor": "Ubicacion Telefono",
    "Receptor": "Ubicacion OtrasSenasExtranjero",
    LINE: "CodigoCABYS Cantidad UnidadMedida PrecioUnitario Descuento BaseImponible "
    "ImpuestoAsumidoEmisorFabrica",
    TAX: "DatosImpuestoEspecifico Exoneracion",
    SUMMARY: "TotalGravado TotalExento TotalExonerado TotalNoSujeto TotalDescuentos "
    "TotalOtrosCargos TotalIVADevuelto",
}
# What a kind may leave out though a factura may not.
SPARES: Mapping[str, Mapping[str, str]] = {
    "NotaDebitoElectronica": NOTE_SPARES,
    "NotaCreditoElectronica": NOTE_SPARES,
    "TiqueteElectronico": {ROOT: "Receptor", "Receptor": "Identificacion"},
    "FacturaElectronicaCompra": {
        ROOT: "CodigoActividadEmisor",
        "Emisor": "Ubicacion CorreoElectronico",
    },
    "FacturaElectronicaExportacion": {ROOT: "Receptor", "Receptor": "Identificacion"},
    "ReciboElectronicoPago": {LINE: "Impuesto"},
}
# What a kind must have though a factura need not.
WANTS: Mapping[str, Rows] = {
    "NotaDebitoElectronica": ((ROOT, "InformacionReferencia"),),
    "NotaCreditoElectronica": ((ROOT, "InformacionReferencia"),),
    "FacturaElectronicaCompra": (
        (ROOT, "CodigoActividadReceptor DetalleServicio InformacionReferencia"),
    ),
    "FacturaElectronicaExportacion": ((ROOT, "DetalleServicio"),),
    "ReciboElectronicoPago": (
        (ROOT, "DetalleServicio InformacionReferencia"),
        (SUMMARY, "MedioPago"),
        ("InformacionReferencia", "Numero"),
    ),
}
# What a kind does not have though a factura may.
LACKS: Mapping[str, Mapping[str, str]] = {
    "TiqueteElectronico": {ROOT: "CodigoActividadReceptor", LINE: "TipoTransaccion"},
    "FacturaElectronicaCompra": {
        LINE: "DetalleSurtido IVACobradoFabrica ImpuestoAsumidoEmisorFabrica",
        TAX: "DatosImpuestoEspecifico",
        SUMMARY: "TotalIVADevuelto",
    },
    "FacturaElectronicaExportacion": EXPORT_LACKS,
    "ReciboElectronicoPago": RECEIPT_LACKS,
}
MESSAGE: Rows = (
    (
        ROOT,
        "Clave NumeroCedulaEmisor FechaEmisionDoc Mensaje TotalFactura NumeroCedulaReceptor "
        "NumeroConsecutivoReceptor",
    ),
)
AMOUNTS: Rows = (
    (ROOT, "MontoTotalImpuesto TotalFactura"),
    (
        LINE,
        "PrecioUnitario MontoTotal SubTotal BaseImponible ImpuestoAsumidoEmisorFabrica "
        "ImpuestoNeto MontoTotalLinea",
    ),
    (TAX, "Monto"),
    (f"{LINE}/Descuento", "MontoDescuento"),
    ("OtrosCargos", "MontoCargo"),
    (f"{SUMMARY}/TotalDesgloseImpuesto", "TotalMontoImpuesto"),
)


def skeleton(kind: str) -> Rows:
    """What a kind must have, by its root: where, and the elements of each such place."""
    if kind == "MensajeReceptor":
        return MESSAGE
    spared = (SPARES.get(kind, {}), LACKS.get(kind, {}))
    rows = []
    for place, names in OBLIGATORY:
        free = {name for one in spared for name in one.get(place, "").split()}
        rows.append((place, " ".join(name for name in names.split() if name not in free)))
    return (*rows, *WANTS.get(kind, ()))


def complaint(document: Part, kind: str) -> Complaint | None:
    """The first element that is missing, does not belong or is no amount; None if none is."""
    for place, names in skeleton(kind):
        for part in document.parts(place):
            for name in names.split():
                if not part.has(name):
                    return Complaint(f"{place or 'El comprobante'}: falta {name}")
    for place, names in LACKS.get(kind, {}).items():
        for part in document.parts(place):
            for name in names.split():
                if part.has(name):
                    return Complaint(f"{place or 'El comprobante'}: {name} no es de este tipo")
    return _moments(document) or _amounts(document) or _summary(document)


def _moments(document: Part) -> Complaint | None:
    for name in ("FechaEmision", "FechaEmisionDoc"):
        if document.has(name) and moment(document.text(name), assumed=COSTA_RICA) is None:
            return Complaint(f"{name} no es una fecha")
    return None


def _amounts(document: Part) -> Complaint | None:
    for place, names in AMOUNTS:
        for part in document.parts(place):
            for name in names.split():
                if part.has(name) and not MONEY.fullmatch(part.text(name)):
                    return Complaint(f"{place or 'El mensaje'}: {name} no es un monto")
    return None


def _summary(document: Part) -> Complaint | None:
    summary = document.part(SUMMARY)
    for name, parts in summary.inner.items() if summary else ():
        if name.startswith("Total") and name != "TotalDesgloseImpuesto":
            if len(parts) > 1:
                return Complaint(f"{SUMMARY}: {name} está dos veces")
            if not MONEY.fullmatch(parts[0].value):
                return Complaint(f"{SUMMARY}: {name} no es un monto")
    return None
