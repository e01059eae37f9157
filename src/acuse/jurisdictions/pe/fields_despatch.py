"""What is asked of a despatch advice: the trip, who carries, with what, what it hangs from.

Source: peru.md 12. Where several are possible, one text holds them with `;` between.
"""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, Scope

SENDER = frozenset({DocumentKind.DESPATCH})
CARRIER = frozenset({DocumentKind.CARRIER_DESPATCH})
BOTH = SENDER | CARRIER

REASONS = (  # catalogue 20
    ("01", "Venta"),
    ("02", "Compra"),
    ("03", "Venta con entrega a terceros"),
    ("04", "Traslado entre establecimientos propios"),
    ("05", "Consignación"),
    ("06", "Devolución"),
    ("07", "Recojo de bienes transformados"),
    ("08", "Importación"),
    ("09", "Exportación"),
    ("13", "Otros"),
    ("14", "Venta sujeta a confirmación"),
    ("17", "Traslado para transformación"),
    ("18", "Emisor itinerante"),
    ("19", "Mercancía extranjera"),
)
MODES = (("01", "Transporte público"), ("02", "Transporte privado"))  # catalogue 18
WEIGHTS = (("KGM", "Kilogramos"), ("TNE", "Toneladas"))
IDENTITIES = (
    ("RUC", "RUC"),
    ("DNI", "DNI"),
    ("CE", "Carné de extranjería"),
    ("PP", "Pasaporte"),
)
PERSONS = IDENTITIES[1:]
PAYERS = (
    ("Remitente", "El remitente"),
    ("Subcontratador", "El subcontratador"),
    ("Tercero", "Un tercero"),
)
AUTHORITIES = (  # catalogue D-37
    ("01", "SUCAMEC"),
    ("02", "DIGEMID"),
    ("03", "DIGESA"),
    ("04", "SENASA"),
    ("05", "SERFOR"),
    ("06", "MTC"),
    ("07", "PRODUCE"),
    ("08", "MINAM"),
    ("09", "SANIPES"),
    ("10", "Municipalidad de Lima"),
    ("11", "MINSA"),
    ("12", "Gobierno regional"),
)
UBIGEO = "Los seis dígitos del distrito."
ANNEX = "Cuatro dígitos; en traslados entre establecimientos propios es obligatorio."
DRIVERS = (
    "Tipo y número de documento, nombres, apellidos y licencia con comas; varios, con punto y "
    "coma: DNI 40112233, ANA, SOTO PAZ, Q40112233."
)
RELATED = (
    "Tipo, número y RUC de quien lo emitió; varios, con punto y coma: 01 F001-15; 09 T001-3 "
    "20999000119."
)

_TEXT, _CHOICE, _DATE = FieldType.TEXT, FieldType.CHOICE, FieldType.DATE
_DECIMAL, _INTEGER, _BOOLEAN = FieldType.DECIMAL, FieldType.INTEGER, FieldType.BOOLEAN
Choices = tuple[tuple[str, str], ...]


# What few trips need: other parties, customs, empty returns, second vehicles and drivers.
RARE = frozenset(
    {
        *("departure_annex", "departure_ruc", "arrival_annex", "arrival_ruc"),
        *("transshipment", "returns_packaging", "returns_empty", "whole_customs"),
        *("plate_card", "plate_authority", "plate_permit", "other_plates", "other_drivers"),
        *("buyer_kind", "buyer_id", "buyer_name", "supplier_kind", "supplier_id", "supplier_name"),
        *("containers", "net_weight", "weight_reason", "handover_date", "carrier_vehicle"),
        *("subcontractor_ruc", "subcontractor_name", "reason_text"),
    }
)


def _of(
    kinds: frozenset[DocumentKind],
    name: str,
    type_: FieldType,
    label: str,
    help_: str = "",
    *,
    choices: Choices = (),
    default: str = "",
    required: bool = False,
    scope: Scope = Scope.DOCUMENT,
) -> FieldSpec:
    rare = name in RARE
    return FieldSpec(
        name, scope, type_, label, help_, required, default, choices, kinds=kinds, rare=rare
    )


_TRIP = (
    _of(SENDER, "reason", _CHOICE, "Motivo del traslado", choices=REASONS, required=True),
    _of(SENDER, "reason_text", _TEXT, "Descripción del motivo", "Con el motivo «Otros»."),
    _of(SENDER, "mode", _CHOICE, "Modalidad", choices=MODES, required=True),
    _of(BOTH, "start_date", _DATE, "Inicio del traslado", "Vacía, la de la guía."),
    _of(SENDER, "handover_date", _DATE, "Entrega al transportista", "Vacía, la del inicio."),
    _of(BOTH, "weight", _DECIMAL, "Peso bruto total", "Hasta tres decimales.", required=True),
    _of(BOTH, "weight_unit", _CHOICE, "Unidad del peso", choices=WEIGHTS, default="KGM"),
    _of(SENDER, "packages", _INTEGER, "Bultos o pallets"),
    _of(BOTH, "departure_ubigeo", _TEXT, "Partida: ubigeo", UBIGEO, required=True),
    _of(BOTH, "departure_address", _TEXT, "Partida: dirección", required=True),
    _of(SENDER, "departure_annex", _TEXT, "Partida: establecimiento", ANNEX),
    _of(SENDER, "departure_ruc", _TEXT, "Partida: RUC del establecimiento", "Vacío, el tuyo."),
    _of(BOTH, "arrival_ubigeo", _TEXT, "Llegada: ubigeo", UBIGEO),
    _of(BOTH, "arrival_address", _TEXT, "Llegada: dirección"),
    _of(SENDER, "arrival_annex", _TEXT, "Llegada: establecimiento", ANNEX),
    _of(SENDER, "arrival_ruc", _TEXT, "Llegada: RUC del establecimiento", "Vacío, el tuyo."),
)
_INDICATORS = (
    _of(BOTH, "transshipment", _BOOLEAN, "Transbordo programado"),
    _of(SENDER, "light_vehicle", _BOOLEAN, "Vehículo de categoría M1 o L"),
    _of(BOTH, "returns_packaging", _BOOLEAN, "Retorno con envases vacíos"),
    _of(BOTH, "returns_empty", _BOOLEAN, "Retorno de vehículo vacío"),
    _of(SENDER, "whole_customs", _BOOLEAN, "Traslado total de la DAM o DS"),
    _of(SENDER, "carrier_vehicle", _BOOLEAN, "Registrar vehículo y conductor del transportista"),
    _of(CARRIER, "freight_payer", _CHOICE, "Paga el flete", choices=PAYERS, required=True),
)
_CARRIERS = (
    _of(SENDER, "carrier_ruc", _TEXT, "Transportista: RUC", "Solo en transporte público."),
    _of(SENDER, "carrier_name", _TEXT, "Transportista: nombre"),
    _of(BOTH, "carrier_mtc", _TEXT, "Registro MTC del transportista"),
    _of(BOTH, "plate", _TEXT, "Placa", "Sin guion: ABC123."),
    _of(BOTH, "plate_card", _TEXT, "Tarjeta de circulación", "TUC o certificado del vehículo."),
    _of(BOTH, "plate_authority", _CHOICE, "Entidad que autoriza", choices=AUTHORITIES),
    _of(BOTH, "plate_permit", _TEXT, "Autorización especial del vehículo"),
    _of(BOTH, "other_plates", _TEXT, "Vehículos secundarios", "Placas con punto y coma, hasta 2."),
    _of(BOTH, "driver_kind", _CHOICE, "Conductor: documento", choices=PERSONS, default="DNI"),
    _of(BOTH, "driver_id", _TEXT, "Conductor: número"),
    _of(BOTH, "driver_names", _TEXT, "Conductor: nombres"),
    _of(BOTH, "driver_surnames", _TEXT, "Conductor: apellidos"),
    _of(BOTH, "driver_licence", _TEXT, "Conductor: licencia"),
    _of(BOTH, "other_drivers", _TEXT, "Conductores secundarios", DRIVERS),
)
_OTHERS = (
    _of(SENDER, "buyer_kind", _CHOICE, "Comprador: documento", choices=IDENTITIES),
    _of(SENDER, "buyer_id", _TEXT, "Comprador: número", "Con entrega a terceros u otros."),
    _of(SENDER, "buyer_name", _TEXT, "Comprador: nombre"),
    _of(SENDER, "supplier_kind", _CHOICE, "Proveedor: documento", choices=IDENTITIES),
    _of(SENDER, "supplier_id", _TEXT, "Proveedor: número", "En compras."),
    _of(SENDER, "supplier_name", _TEXT, "Proveedor: nombre"),
    _of(
        CARRIER, "shipper_kind", _CHOICE, "Remitente: documento", choices=IDENTITIES, required=True
    ),
    _of(CARRIER, "shipper_id", _TEXT, "Remitente: número", required=True),
    _of(CARRIER, "shipper_name", _TEXT, "Remitente: nombre", required=True),
    _of(CARRIER, "subcontractor_ruc", _TEXT, "Subcontratador: RUC"),
    _of(CARRIER, "subcontractor_name", _TEXT, "Subcontratador: nombre"),
    _of(CARRIER, "payer_kind", _CHOICE, "Quien paga: documento", choices=IDENTITIES),
    _of(CARRIER, "payer_id", _TEXT, "Quien paga: número", "Si paga un tercero."),
    _of(CARRIER, "payer_name", _TEXT, "Quien paga: nombre"),
    _of(BOTH, "related", _TEXT, "Documentos relacionados", RELATED),
    _of(SENDER, "containers", _TEXT, "Contenedores", "Contenedor/precinto, hasta dos con «;»."),
    _of(SENDER, "net_weight", _DECIMAL, "Peso de los ítems, kg", "De un traslado parcial de DAM."),
    _of(SENDER, "weight_reason", _TEXT, "Sustento de la diferencia de peso"),
)
_LINES = (
    _of(BOTH, "product_code", _TEXT, "Código de producto SUNAT", scope=Scope.LINE),
    _of(BOTH, "tariff", _TEXT, "Partida arancelaria", "Diez dígitos.", scope=Scope.LINE),
    _of(BOTH, "normalised", _BOOLEAN, "Bien normalizado", scope=Scope.LINE),
    _of(SENDER, "customs_number", _TEXT, "Número de DAM o DS", scope=Scope.LINE),
    _of(SENDER, "customs_series", _INTEGER, "Serie en la DAM o DS", scope=Scope.LINE),
)
DESPATCH_FIELDS = (*_TRIP, *_INDICATORS, *_CARRIERS, *_OTHERS, *_LINES)
