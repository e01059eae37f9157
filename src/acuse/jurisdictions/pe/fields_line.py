"""What only Peru asks of a line of the sales documents. Source: peru.md 3.2, 3.7."""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, Scope
from acuse.jurisdictions.pe import codes

_K = DocumentKind
SALES = frozenset({_K.INVOICE, _K.RECEIPT})
NOTES = frozenset({_K.CREDIT_NOTE, _K.DEBIT_NOTE})
CORE = SALES | NOTES
_TEXT, _DECIMAL, _CHOICE = FieldType.TEXT, FieldType.DECIMAL, FieldType.CHOICE
_BOOLEAN = FieldType.BOOLEAN

LINE = (
    FieldSpec(
        "affectation",
        Scope.LINE,
        _CHOICE,
        "Afectación del IGV",
        help="Vacía, gravado si la línea lleva IGV. De lo gratuito, el precio es el de referencia.",
        choices=tuple((code, f"{code} {words}") for code, (_, words) in codes.AFFECTATIONS.items()),
        kinds=CORE,
    ),
    FieldSpec(
        "free",
        Scope.LINE,
        _BOOLEAN,
        "Se entrega gratis",
        help="Solo de arroz (17) y exportación (40): los demás tienen afectación propia.",
        kinds=CORE,
    ),
    FieldSpec(
        "isc_system",
        Scope.LINE,
        _CHOICE,
        "Sistema del ISC",
        choices=codes.ISC_SYSTEMS,
        kinds=CORE,
    ),
    FieldSpec(
        "isc_price",
        Scope.LINE,
        _DECIMAL,
        "Importe sugerido al público",
        help="Por unidad, del ISC al precio de venta al público.",
        kinds=CORE,
    ),
    FieldSpec(
        "discount_code",
        Scope.LINE,
        _CHOICE,
        "El descuento",
        choices=(("00", "Rebaja la base del IGV"), ("01", "Se resta después del IGV")),
        default="00",
        kinds=SALES,
    ),
    FieldSpec(
        "charge_code",
        Scope.LINE,
        _CHOICE,
        "El cargo",
        choices=(("47", "Aumenta la base del IGV"), ("48", "Se suma después del IGV")),
        default="47",
        kinds=SALES,
    ),
    FieldSpec(
        "product_code",
        Scope.LINE,
        _TEXT,
        "Código SUNAT (UNSPSC)",
        help="Ocho dígitos.",
        kinds=CORE,
    ),
    FieldSpec("gtin", Scope.LINE, _TEXT, "Código de barras (GTIN)", kinds=CORE),
    FieldSpec(
        "properties",
        Scope.LINE,
        _TEXT,
        "Datos del catálogo 55",
        help="Código y valor: 5010=ABC-123; 5012=Marca. Fechas: 2026-11-25.",
        kinds=CORE,
    ),
    *(
        FieldSpec(f"freight_{name}", Scope.LINE, type_, f"Carga: {label}", kinds=SALES)
        for name, type_, label in (
            ("from_place", _TEXT, "ubigeo de origen"),
            ("from", _TEXT, "origen"),
            ("to_place", _TEXT, "ubigeo de destino"),
            ("to", _TEXT, "destino"),
            ("details", _TEXT, "detalle del viaje"),
            ("value", _DECIMAL, "valor referencial del servicio, en soles"),
            ("load_value", _DECIMAL, "valor por carga efectiva, en soles"),
            ("capacity_value", _DECIMAL, "valor por carga útil, en soles"),
        )
    ),
)
