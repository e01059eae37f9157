"""For every rule: an example, and the one thing that breaks the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from tests.sandbox.hacienda import cases_examples as ex
from tests.sandbox.hacienda import cases_kinds as kinds
from tests.sandbox.hacienda.cases_examples import Example, reference
from tests.sandbox.hacienda.changes import Change, after, cut, drop, each, put, same
from tests.sandbox.hacienda.documents import SERVICE, Line, factura
from tests.sandbox.hacienda.place import BUYER, NOW, USER
from tests.sandbox.hacienda.signing import Signer, sign, signer

LINE = "DetalleServicio/LineaDetalle"
TAX = f"{LINE}/Impuesto"
SECOND_TAX = f"{LINE}/Impuesto[2]"
OFF = f"{TAX}/Exoneracion"
SUM = "ResumenFactura"
PLACE = "Emisor/Ubicacion"
REFERENCE = "InformacionReferencia"
PART = f"{LINE}/DetalleSurtido/LineaDetalleSurtido"
CHARGE = "OtrosCargos"
ANOTHER = "50625112600310199988800100001010000000009187654321"
OBSERVED = frozenset({"CR-DAT-1", "CR-DAT-2", "CR-EMI-4", "CR-REC-4", "CR-LIN-3", "CR-REF-5"})


@dataclass(frozen=True)
class Mistake:
    """What breaks a rule: a change of the document, or of what lies around it."""

    code: str
    example: Example
    change: Change = same
    note: str = ""
    at: datetime = NOW
    settings: Mapping[str, str] = field(default_factory=dict)
    before: tuple[bytes, ...] = ()  # documents sent first
    told: tuple[tuple[str, dict[str, object]], ...] = ()  # entries of registers
    by: Signer | None = None
    user: str = USER


def itself(root: etree._Element) -> None:
    """The issuer is the receiver too."""
    put("Receptor/Identificacion/Tipo", "02")(root)
    put("Receptor/Identificacion/Numero", "3101999888")(root)


def unknown_issuer() -> etree._Element:
    return factura(issuer="3101666001")


def low_tariff() -> etree._Element:
    return factura(Line(cabys=SERVICE, unit="Sp", tariff="02"))


def early() -> etree._Element:
    """Issued before the reference codes of November 2026."""
    return factura(
        issued="2026-10-30T10:30:00-06:00",
        situation="2",
        references=reference("06", "CONTRATO-1", "04", at="2026-10-01T08:00:00-06:00"),
    )


def replacing(kind: str = "10") -> Example:
    """Replaces a document that Hacienda rejected."""

    def example() -> etree._Element:
        return factura(number=5, references=reference(kind, REJECTED_CLAVE, "16"))

    return example


def rejected() -> etree._Element:
    root = factura(number=9)
    put(f"{SUM}/TotalVenta", "1.00000")(root)
    return root


REJECTED = sign(rejected())
REJECTED_CLAVE = etree.fromstring(REJECTED).findtext("{*}Clave") or ""


HEAD = (
    Mistake("CR-KEY-1", ex.goods, cut("Clave", 0, "507")),
    Mistake("CR-KEY-2", ex.goods, cut("Clave", 3, "24")),
    Mistake("CR-KEY-2", ex.goods, put("FechaEmision", "2026-11-25T10:30:00"), "no offset"),
    Mistake("CR-KEY-2", ex.goods, put("FechaEmision", "2026-11-26T06:00:00+00:00"), "midnight",
            at=datetime.fromisoformat("2026-11-26T06:00:00+00:00")),
    Mistake("CR-KEY-3", ex.goods, cut("Clave", 20, "9")),
    Mistake("CR-KEY-4", ex.goods, cut("Clave", 40, "9")),
    Mistake("CR-KEY-5", ex.goods, cut("Clave", 41, "4")),
    Mistake("CR-CON-1", ex.goods, cut("NumeroConsecutivo", 8, "04")),
    Mistake("CR-CON-2", ex.goods, cut("NumeroConsecutivo", 0, "000"), "sucursal"),
    Mistake("CR-CON-2", ex.goods, cut("NumeroConsecutivo", 3, "00000"), "terminal"),
    Mistake("CR-CON-2", ex.goods, cut("NumeroConsecutivo", 19, "0"), "number"),
    Mistake("CR-CON-3", ex.goods, before=(sign(factura(security="00000001")),)),
    Mistake("CR-DAT-1", ex.goods, at=datetime.fromisoformat("2026-11-25T10:19:00-06:00")),
    Mistake("CR-DAT-2", ex.goods, at=datetime.fromisoformat("2026-12-08T10:30:00-06:00")),
    Mistake("CR-EMI-1", unknown_issuer, by=signer("CPJ-3-101-666001"),
            user="cpj-3-101-666001@stag.example"),
    Mistake("CR-EMI-1", ex.goods, note="struck off", told=(
        ("taxpayer", {"identification": "3101999888", "active": False}),)),
    Mistake("CR-EMI-2", ex.goods, note="another's", told=(
        ("taxpayer", {"identification": "3101999888", "activities": "552004 702001"}),)),
    Mistake("CR-EMI-2", ex.goods, put("CodigoActividadEmisor", "000000"), "zeros"),
    Mistake("CR-EMI-2", ex.goods, put("CodigoActividadEmisor", "ventas"), "words"),
    Mistake("CR-EMI-3", ex.goods, put(f"{PLACE}/Distrito", "04"), "district"),
    Mistake("CR-EMI-3", ex.goods, put(f"{PLACE}/Canton", "21"), "canton"),
    Mistake("CR-EMI-3", ex.goods, put(f"{PLACE}/Provincia", "8"), "province"),
    Mistake("CR-EMI-4", ex.goods, settings={"registered_place": "1-01-01"}),
    Mistake("CR-EMI-4", ex.goods, note="told", told=(
        ("taxpayer", {"identification": "3101999888", "places": "1-01-01 1-05-02"}),)),
    Mistake("CR-EMI-5", ex.goods, put("Emisor/Identificacion/Tipo", "01")),
    Mistake("CR-EMI-6", ex.goods, put("Emisor/CorreoElectronico", "ventas@cafe")),
    Mistake("CR-REC-1", ex.goods, put("Receptor/Identificacion/Numero", "099990888"), "zero"),
    Mistake("CR-REC-1", ex.goods, put("Receptor/Identificacion/Tipo", "02"), "type"),
    Mistake("CR-REC-2", ex.goods, put("Receptor/Identificacion/Numero", "966000001")),
    Mistake("CR-REC-2", ex.goods, note="told", told=(
        ("taxpayer", {"identification": "199990888", "registered": False}),)),
    Mistake("CR-REC-3", ex.foreigner, drop("Receptor/OtrasSenasExtranjero")),
    Mistake("CR-REC-4", ex.goods, itself),
    Mistake("CR-PRV-1", ex.goods, put("ProveedorSistemas", ""), "empty"),
    Mistake("CR-PRV-1", ex.goods, put("ProveedorSistemas", "3101666001"), "unknown"),
    Mistake("CR-CV-1", ex.credit, drop("PlazoCredito"), "none"),
    Mistake("CR-CV-1", ex.credit, put("PlazoCredito", "0"), "zero"),
    Mistake("CR-CV-1", ex.goods, put("CondicionVenta", "10"), "10"),
    Mistake("CR-LIN-1", ex.goods, put(f"{LINE}/NumeroLinea", "2")),
    Mistake("CR-REF-2", replacing("01"), same, "rejected", before=(REJECTED,)),
    Mistake("CR-REF-2", replacing("10"), same, "unknown"),
    Mistake("CR-REF-3", ex.contingency,
            put(f"{REFERENCE}/FechaEmisionIR", "2026-11-25T10:31:00-06:00")),
    Mistake("CR-REF-4", early, put(f"{REFERENCE}/Codigo", "13"), "code"),
    Mistake("CR-REF-4", early, put(f"{REFERENCE}/TipoDocIR", "19"), "kind"),
)  # fmt: skip

NINETY_NINES = (
    Mistake("CR-CV-2", ex.others, drop("CondicionVentaOtros"), "condition"),
    Mistake("CR-CV-2", ex.others, drop(f"{SUM}/MedioPago/MedioPagoOtros"), "means"),
    Mistake("CR-CV-2", ex.others, drop(f"{LINE}/Descuento/CodigoDescuentoOTRO"), "discount"),
    Mistake("CR-CV-2", ex.others, drop(f"{TAX}/CodigoImpuestoOTRO"), "tax"),
    Mistake("CR-CV-2", ex.others, drop(f"{SECOND_TAX}/Exoneracion/TipoDocumentoOTRO"), "paper"),
    Mistake("CR-CV-2", ex.others, drop(f"{SECOND_TAX}/Exoneracion/NombreInstitucionOtros"), "body"),
    Mistake("CR-CV-2", ex.others, drop(f"{CHARGE}/TipoDocumentoOTROS"), "charge"),
    Mistake("CR-CV-2", ex.others, drop(f"{REFERENCE}/TipoDocRefOTRO"), "reference"),
    Mistake("CR-CV-2", ex.others, drop(f"{REFERENCE}/CodigoReferenciaOTRO"), "reason"),
    Mistake("CR-CV-2", ex.combo, drop(f"{PART}/DescuentoSurtido/DescuentoSurtidoOtros"), "part"),
    Mistake("CR-CV-2", ex.combo, drop(f"{PART}/ImpuestoSurtido[2]/CodigoImpuestoOTROSurtido"),
            "part's tax"),
    Mistake("CR-CV-2", ex.others, put("CondicionVenta", "01"), "text without 99"),
)  # fmt: skip

LINES = (
    Mistake("CR-LIN-2", ex.goods, put(f"{LINE}/CodigoCABYS", "0000000000000"), "zeros"),
    Mistake("CR-LIN-2", ex.goods, put(f"{LINE}/CodigoCABYS", "23999990001AB"), "letters"),
    Mistake("CR-LIN-3", low_tariff),
    Mistake("CR-LIN-4", ex.dollars, put(f"{LINE}/UnidadMedida", "Unid"), "service in Unid"),
    Mistake("CR-LIN-4", ex.goods, put(f"{LINE}/UnidadMedida", "Sp"), "goods in Sp"),
    Mistake("CR-LIN-5", ex.fractions, put(f"{LINE}/MontoTotal", "1110.99998")),
    Mistake("CR-LIN-6", ex.service_discounts, put(f"{LINE}/SubTotal", "135000.00001"), "sum"),
    Mistake("CR-LIN-6", ex.service_discounts,
            put(f"{LINE}/Descuento/MontoDescuento", "150000.00000"), "too much"),
    Mistake("CR-LIN-7", ex.selective, put(f"{LINE}/BaseImponible", "6000.00000"), "other taxes"),
    Mistake("CR-LIN-7", ex.factory, put(f"{LINE}/BaseImponible", "0.00000"), "factory"),
    Mistake("CR-LIN-7", ex.special_base, put(f"{LINE}/BaseImponible", "0.00000"), "tax 07"),
    Mistake("CR-LIN-8", ex.goods, drop(f"{TAX}/CodigoTarifaIVA")),
    Mistake("CR-LIN-9", ex.goods, put(f"{TAX}/Tarifa", "12")),
    Mistake("CR-LIN-10", ex.goods, put(f"{TAX}/Monto", "975.00001"), "tariff"),
    Mistake("CR-LIN-10", ex.gift, put(f"{TAX}/Monto", "650.00000"), "gift"),
    Mistake("CR-LIN-10", ex.used_goods, put(f"{TAX}/Monto", "10400.00000"), "factor"),
    Mistake("CR-LIN-10", ex.selective, put(f"{TAX}/Monto", "601.00000"), "selective"),
    Mistake("CR-LIN-10", ex.bonus, put(f"{TAX}/Monto", "650.00000"), "bonus"),
    Mistake("CR-LIN-10", ex.gift_with_iva, put(f"{TAX}/Monto", "651.00000"), "gift with IVA"),
    Mistake("CR-LIN-10", ex.exempt_by_factory, put(f"{TAX}/Monto", "1.00000"), "exempt by factory"),
    Mistake("CR-LIN-7", ex.every_base_tax, put(f"{LINE}/BaseImponible", "6600.00000"), "specific"),
    Mistake("CR-LIN-7", ex.cement, put(f"{LINE}/BaseImponible", "50000.00000"), "cement"),
    Mistake("CR-LIN-11", ex.used_goods, drop(f"{TAX}/FactorCalculoIVA")),
    Mistake("CR-LIN-12", ex.specific_taxes, drop(f"{LINE}[1]/Impuesto/DatosImpuestoEspecifico"),
            "fuel"),
    Mistake("CR-LIN-12", ex.specific_taxes,
            drop(f"{LINE}[2]/Impuesto/DatosImpuestoEspecifico/Proporcion"), "alcohol"),
    Mistake("CR-LIN-12", ex.specific_taxes,
            drop(f"{LINE}[3]/Impuesto/DatosImpuestoEspecifico/VolumenUnidadConsumo"), "drinks"),
    Mistake("CR-LIN-12", ex.specific_taxes, drop(f"{LINE}[4]/Impuesto/DatosImpuestoEspecifico"),
            "tobacco"),
    Mistake("CR-LIN-13", ex.goods, put(f"{LINE}/ImpuestoNeto", "975.00001"), "net"),
    Mistake("CR-LIN-13", ex.goods, put(f"{LINE}/MontoTotalLinea", "8475.00001"), "total"),
    Mistake("CR-LIN-14", ex.specific_taxes, drop("Emisor/Registrofiscal8707"), "tax 04"),
    Mistake("CR-LIN-14", ex.goods, put(f"{LINE}/CodigoCABYS", "2431000000100"), "CABYS"),
    Mistake("CR-LIN-15", ex.combo, after(f"{TAX}/Codigo", "<Tarifa>13</Tarifa>"), "tariff"),
    Mistake("CR-LIN-15", ex.combo, put(f"{TAX}/Monto", "781.00000"), "sum"),
    Mistake("CR-LIN-15", ex.combo,
            put(f"{PART}/ImpuestoSurtido[2]/MontoImpuestoSurtido", "1.00000"), "another tax"),
    Mistake("CR-LIN-2", ex.combo, put(f"{PART}/CodigoCABYSSurtido", "0000000000000"), "part"),
    Mistake("CR-LIN-3", ex.combo, each(put(f"{PART}/CodigoCABYSSurtido", "7211100000100"),
            put(f"{PART}/UnidadMedidaSurtido", "Sp")), "part"),
    Mistake("CR-LIN-4", ex.combo, put(f"{PART}/UnidadMedidaSurtido", "Sp"), "part"),
    Mistake("CR-LIN-5", ex.combo, put(f"{PART}/MontoTotalSurtido", "2100.00001"), "part"),
    Mistake("CR-LIN-6", ex.combo, put(f"{PART}/SubTotalSurtido", "1999.00000"), "part"),
    Mistake("CR-LIN-7", ex.combo, put(f"{PART}/BaseImponibleSurtido", "1999.00000"), "part"),
    Mistake("CR-LIN-8", ex.combo, drop(f"{PART}/ImpuestoSurtido/CodigoTarifaIVASurtido"), "part"),
    Mistake("CR-LIN-9", ex.combo, put(f"{PART}/ImpuestoSurtido/TarifaSurtido", "12"), "part"),
    Mistake("CR-LIN-10", ex.combo, put(f"{PART}/ImpuestoSurtido/MontoImpuestoSurtido", "261"),
            "part"),
    Mistake("CR-EXO-2", ex.exonerated, note="unknown", told=(
        ("exoneration", {"number": "AL-00054321"}),)),
    Mistake("CR-EXO-2", ex.exonerated, note="past", told=(
        ("exoneration", {"number": "AL-00012345", "until": "2026-11-24"}),)),
    Mistake("CR-EXO-2", ex.exonerated, note="another's", told=(
        ("exoneration", {"number": "AL-00012345", "holder": "199990889"}),)),
    Mistake("CR-EXO-1", ex.exonerated, put(f"{OFF}/TarifaExonerada", "13.01"), "points"),
    Mistake("CR-EXO-1", ex.exonerated, put(f"{OFF}/MontoExoneracion", "13000.00001"), "amount"),
    Mistake("CR-EXO-3", ex.exonerated, put(f"{OFF}/FechaEmisionEX", "2026-11-25T10:31:00-06:00"),
            "later"),
    Mistake("CR-EXO-3", ex.exonerated, put(f"{OFF}/FechaEmisionEX", "2026-11-26T00:00:00"),
            "no offset"),
)  # fmt: skip

SUMMARY = (
    Mistake("CR-OC-1", ex.restaurant, put(f"{CHARGE}/MontoCargo", "899.99999")),
    Mistake("CR-OC-2", ex.third_party, drop(f"{CHARGE}/IdentificacionTercero"), "id"),
    Mistake("CR-OC-2", ex.third_party, drop(f"{CHARGE}/NombreTercero"), "name"),
    Mistake("CR-TOT-1", ex.several_tariffs, put(f"{SUM}/TotalServGravados", "30000.00001")),
    Mistake("CR-TOT-2", ex.other_classes, put(f"{SUM}/TotalServExentos", "0.00000")),
    Mistake("CR-TOT-3", ex.partly_exonerated, put(f"{SUM}/TotalServExonerado", "38461.53845")),
    Mistake("CR-TOT-4", ex.not_subject, put(f"{SUM}/TotalServNoSujeto", "0.00000")),
    Mistake("CR-TOT-5", ex.several_tariffs, drop(f"{SUM}/TotalMercanciasGravadas")),
    Mistake("CR-TOT-6", ex.several_tariffs, put(f"{SUM}/TotalMercanciasExentas", "0.00000")),
    Mistake("CR-TOT-7", ex.other_classes, put(f"{SUM}/TotalMercExonerada", "0.00000")),
    Mistake("CR-TOT-8", ex.other_classes, put(f"{SUM}/TotalMercNoSujeta", "0.00000")),
    Mistake("CR-TOT-9", ex.goods, put(f"{SUM}/TotalGravado", "1.00000")),
    Mistake("CR-TOT-10", ex.goods, put(f"{SUM}/TotalExento", "1.00000")),
    Mistake("CR-TOT-11", ex.goods, put(f"{SUM}/TotalExonerado", "1.00000")),
    Mistake("CR-TOT-12", ex.goods, put(f"{SUM}/TotalNoSujeto", "1.00000")),
    Mistake("CR-TOT-13", ex.goods, put(f"{SUM}/TotalVenta", "8734.55999")),
    Mistake("CR-TOT-14", ex.goods, put(f"{SUM}/TotalVentaNeta", "8734.55999"), "net"),
    Mistake("CR-TOT-14", ex.service_discounts, put(f"{SUM}/TotalDescuentos", "1.00000"), "off"),
    Mistake("CR-TOT-15", ex.goods,
            put(f"{SUM}/TotalDesgloseImpuesto/TotalMontoImpuesto", "1135.49281"), "amount"),
    Mistake("CR-TOT-15", ex.goods,
            put(f"{SUM}/TotalDesgloseImpuesto/CodigoTarifaIVA", "07"), "tariff"),
    Mistake("CR-TOT-15", ex.goods, drop(f"{SUM}/TotalDesgloseImpuesto"), "none"),
    Mistake("CR-TOT-16", ex.goods, put(f"{SUM}/TotalImpuesto", "1135.49281")),
    Mistake("CR-TOT-17", ex.borne, drop(f"{SUM}/TotalImpAsumEmisorFabrica"), "missing"),
    Mistake("CR-TOT-17", ex.borne, put(f"{SUM}/TotalImpAsumEmisorFabrica", "1.00000"), "wrong"),
    Mistake("CR-TOT-18", ex.refund, put(f"{SUM}/MedioPago/TipoMedioPago", "01"), "cash"),
    Mistake("CR-TOT-18", ex.refund, put(f"{SUM}/TotalIVADevuelto", "976.00000"), "too much"),
    Mistake("CR-TOT-19", ex.goods, put(f"{SUM}/TotalComprobante", "9870.05281"), "total"),
    Mistake("CR-TOT-19", ex.restaurant, put(f"{SUM}/TotalOtrosCargos", "0.00000"), "charges"),
    Mistake("CR-TOT-20", ex.goods, put(f"{SUM}/MedioPago/TotalMedioPago", "9870.00000"), "sum"),
    Mistake("CR-TOT-20", ex.two_means, drop(f"{SUM}/MedioPago[2]/TotalMedioPago"), "missing"),
    Mistake("CR-MON-1", ex.goods, put(f"{SUM}/CodigoTipoMoneda/TipoCambio", "2.00000"), "colones"),
    Mistake("CR-MON-1", ex.dollars, put(f"{SUM}/CodigoTipoMoneda/TipoCambio", "1.00000"), "one"),
    Mistake("CR-MON-1", ex.dollars, put(f"{SUM}/CodigoTipoMoneda/TipoCambio", "0.00000"), "none"),
)  # fmt: skip

NOTES = (
    Mistake("CR-REF-2", kinds.credit_note, note="unknown"),
    Mistake("CR-REF-2", kinds.second_purchase_note, note="purchase unknown"),
    Mistake("CR-REF-3", kinds.credit_note,
            put(f"{REFERENCE}/FechaEmisionIR", "2026-11-25T10:31:00-06:00"), "note",
            before=(kinds.FIRST,)),
    Mistake("CR-REF-5", kinds.large_note, note="at once", before=(kinds.FIRST,)),
    Mistake("CR-REF-5", kinds.credit_note, note="together",
            before=(kinds.FIRST, sign(kinds.most_of_it()))),
    Mistake("CR-REC-3", kinds.others.export, drop("Receptor/OtrasSenasExtranjero"), "export"),
    Mistake("CR-LIN-10", kinds.others.export, put(f"{TAX}/Monto", "1.00000"), "export"),
    Mistake("CR-LIN-13", kinds.others.export, put(f"{LINE}/MontoTotalLinea", "1250.00001"),
            "export"),
    Mistake("CR-TOT-16", kinds.others.export, put(f"{SUM}/TotalImpuesto", "1.00000"), "export"),
    Mistake("CR-TOT-5", kinds.others.export, put(f"{SUM}/TotalMercanciasGravadas", "1.00000"),
            "export"),
    Mistake("CR-EMI-2", kinds.others.purchase, put("CodigoActividadReceptor", "000000"),
            "purchase"),
    Mistake("CR-KEY-3", kinds.others.purchase, cut("Clave", 20, "9"), "purchase"),
    Mistake("CR-LIN-10", kinds.others.ticket, put(f"{TAX}/Monto", "975.00001"), "ticket"),
    Mistake("CR-REC-1", kinds.named_ticket, put("Receptor/Identificacion/Numero", "099990888"),
            "ticket"),
)  # fmt: skip

RECEIPTS = (
    Mistake("CR-CV-3", kinds.receipt, put("CondicionVenta", "11"), before=(kinds.CREDITED,)),
    Mistake("CR-REP-1", kinds.receipt_of_cash, before=(kinds.FIRST,)),
    Mistake("CR-REP-2", kinds.large_receipt, note="at once", before=(kinds.CREDITED,)),
    Mistake("CR-REP-2", kinds.receipt, note="together",
            before=(kinds.CREDITED, sign(kinds.most_of_the_payment()))),
    Mistake("CR-REF-2", kinds.receipt, note="receipt"),
    Mistake("CR-TOT-13", kinds.receipt, put(f"{SUM}/TotalVenta", "1.00000"), "receipt"),
    Mistake("CR-TOT-16", kinds.receipt, put(f"{SUM}/TotalImpuesto", "1.00000"), "receipt"),
    Mistake("CR-LIN-13", kinds.receipt, put(f"{LINE}/ImpuestoNeto", "1.00000"), "receipt"),
    Mistake("CR-LIN-6", kinds.receipt, put(f"{LINE}/SubTotal", "1.00000"), "receipt"),
)  # fmt: skip


def answered(code: str, change: Change = same, note: str = "", **around: Any) -> Mistake:
    """A mistake in what the buyer answers."""
    around = {"before": (kinds.FIRST,), "by": kinds.BOUGHT, "user": BUYER} | around
    return Mistake(code, kinds.message, change, note or "message", **around)


MESSAGES = (
    answered("CR-MR-1", cut("NumeroConsecutivoReceptor", 8, "06")),
    answered("CR-MR-1", put("Mensaje", "3"), "rejection"),
    answered("CR-MR-2", put("TotalFactura", "8475.00001"), "total"),
    answered("CR-MR-2", put("MontoTotalImpuesto", "975.00001"), "tax"),
    answered("CR-MR-2", drop("MontoTotalImpuesto"), "no tax"),
    answered("CR-MR-3", note="unknown", before=()),
    answered("CR-MR-3", note="rejected", before=(), told=(
        ("document", {"clave": kinds.FIRST_CLAVE, "state": "rejected"}),)),
    answered("CR-KEY-3", put("NumeroCedulaEmisor", "3101999889")),
    answered("CR-CON-2", cut("NumeroConsecutivoReceptor", 0, "000")),
    answered("CR-DAT-1", put("FechaEmisionDoc", "2026-11-25T10:42:00-06:00")),
    answered("CR-EMI-1", told=(
        ("taxpayer", {"identification": "199990888", "registered": False}),)),
)  # fmt: skip

MISTAKES = (*HEAD, *NINETY_NINES, *LINES, *SUMMARY, *NOTES, *RECEIPTS, *MESSAGES)
