"""The kinds that are no sale, and what is asked of retentions, perceptions and purchases.

Source: peru.md 2, 13. What is asked of despatch advices stands in fields_despatch.py.
"""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, KindTraits, Lines, Role, Scope
from acuse.jurisdictions.pe.content_withholding import PERCEPTIONS, RETENTIONS
from acuse.jurisdictions.pe.fields_despatch import DESPATCH_FIELDS

_K = DocumentKind
OTHER_KINDS = (
    KindTraits(
        _K.PURCHASE,
        "04",
        "Liquidación de compra electrónica",
        "Liquidaciones de compra",
        role=Role.SELLER,
    ),
    KindTraits(
        _K.RETENTION,
        "20",
        "Comprobante de retención electrónico",
        "Retenciones",
        feminine=False,
        role=Role.SELLER,
        lines=Lines.PAYMENTS,
        party="Proveedor",
    ),
    KindTraits(
        _K.PERCEPTION,
        "40",
        "Comprobante de percepción electrónico",
        "Percepciones",
        feminine=False,
        lines=Lines.PAYMENTS,
    ),
    KindTraits(
        _K.DESPATCH,
        "09",
        "Guía de remisión remitente electrónica",
        "Guías de remisión",
        lines=Lines.GOODS,
        party="Destinatario",
    ),
    KindTraits(
        _K.CARRIER_DESPATCH,
        "31",
        "Guía de remisión transportista electrónica",
        "Guías de transportista",
        lines=Lines.GOODS,
        party="Destinatario",
    ),
)
PURCHASES = (  # catalogue 51, the three that a liquidación has
    ("0501", "Compra interna"),
    ("0502", "Anticipo"),
    ("0503", "Compra de oro"),
)
PLACES = (  # catalogue 60
    ("01", "Punto de venta"),
    ("02", "Producción"),
    ("03", "Extracción"),
    ("04", "Explotación"),
    ("05", "Otro"),
)
RELATED = (  # catalogue 01, as far as a retention or a perception may hang from it
    ("01", "Factura"),
    ("03", "Boleta de venta"),
    ("07", "Nota de crédito"),
    ("08", "Nota de débito"),
    ("12", "Ticket de máquina registradora"),
    ("20", "Comprobante de retención"),
    ("40", "Comprobante de percepción"),
)
CURRENCIES = (("PEN", "Soles"), ("USD", "Dólares"), ("EUR", "Euros"))

_PURCHASE = frozenset({_K.PURCHASE})
_RETENTION, _PERCEPTION = frozenset({_K.RETENTION}), frozenset({_K.PERCEPTION})
_WITHHELD = _RETENTION | _PERCEPTION
_TEXT, _CHOICE, _DATE = FieldType.TEXT, FieldType.CHOICE, FieldType.DATE
_DECIMAL, _INTEGER = FieldType.DECIMAL, FieldType.INTEGER


def _document(
    name: str,
    kind: FieldType,
    label: str,
    kinds: frozenset[DocumentKind],
    help_: str = "",
    *,
    default: str = "",
    choices: tuple[tuple[str, str], ...] = (),
    required: bool = False,
) -> FieldSpec:
    return FieldSpec(
        name, Scope.DOCUMENT, kind, label, help_, required, default, choices, kinds=kinds
    )


def _line(
    name: str,
    kind: FieldType,
    label: str,
    kinds: frozenset[DocumentKind],
    help_: str = "",
    *,
    default: str = "",
    choices: tuple[tuple[str, str], ...] = (),
    required: bool = False,
) -> FieldSpec:
    return FieldSpec(name, Scope.LINE, kind, label, help_, required, default, choices, kinds=kinds)


_WITHHOLDING_FIELDS = (
    _document("retention_regime", _CHOICE, "Régimen", _RETENTION, default="01", choices=RETENTIONS),
    _document(
        "perception_regime", _CHOICE, "Régimen", _PERCEPTION, default="01", choices=PERCEPTIONS
    ),
    _document(
        "rounding",
        _DECIMAL,
        "Redondeo del total pagado",
        _WITHHELD,
        "De -1.00 a 1.00, si se paga sin céntimos.",
    ),
    _line("related_kind", _CHOICE, "Tipo", _WITHHELD, default="01", choices=RELATED),
    _line("related_date", _DATE, "Su fecha de emisión", _WITHHELD, required=True),
    _line(
        "related_total",
        _DECIMAL,
        "Su importe total",
        _WITHHELD,
        "En su propia moneda.",
        required=True,
    ),
    _line("related_currency", _CHOICE, "Su moneda", _WITHHELD, default="PEN", choices=CURRENCIES),
    _line("payment_number", _INTEGER, "Número de pago", _WITHHELD, default="1"),
    _line("payment_date", _DATE, "Fecha de pago", _WITHHELD, "Vacía, la del comprobante."),
    _line(
        "exchange_rate",
        _DECIMAL,
        "Tipo de cambio",
        _WITHHELD,
        "Soles por uno de su moneda, hasta seis decimales.",
    ),
    _line("exchange_date", _DATE, "Fecha del cambio", _WITHHELD, "Vacía, la del pago."),
)
_PURCHASE_FIELDS = (
    _document("purchase_type", _CHOICE, "Operación", _PURCHASE, default="0501", choices=PURCHASES),
    _document(
        "seller_place",
        _CHOICE,
        "El domicilio del vendedor es",
        _PURCHASE,
        default="05",
        choices=PLACES,
    ),
    _document("purchase_address", _TEXT, "Lugar de la compra", _PURCHASE, required=True),
    _document(
        "purchase_ubigeo",
        _TEXT,
        "Ubigeo del lugar",
        _PURCHASE,
        "Los seis dígitos del distrito.",
        required=True,
    ),
    _document(
        "purchase_place",
        _CHOICE,
        "Ese lugar es",
        _PURCHASE,
        default="01",
        choices=PLACES,
    ),
    _line(
        "purchase_affectation",
        _CHOICE,
        "Afectación del IGV",
        _PURCHASE,
        "Vacía, gravado si la línea lleva IGV.",
        choices=(("10", "Gravado"), ("20", "Exonerado"), ("30", "Inafecto")),
    ),
    _line("concession", _TEXT, "Código de la concesión minera", _PURCHASE, "Solo de oro."),
    _line("gold_grade", _DECIMAL, "Ley del mineral, %", _PURCHASE, "Solo de oro."),
    _line("mineral", _TEXT, "Naturaleza del mineral", _PURCHASE, "Solo de oro."),
    _line("mining_right", _TEXT, "Nombre del derecho minero", _PURCHASE, "Solo de oro."),
)
OTHER_FIELDS = (*_WITHHOLDING_FIELDS, *_PURCHASE_FIELDS, *DESPATCH_FIELDS)
OTHER_TAXES = (("IR", "1.5", "Retención de renta 1,5 % (liquidaciones)"),)
