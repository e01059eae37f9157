"""Peru's own fields: what is asked of a company and a sales document; `fields_line` has the lines.

Source: peru.md 3. Screens draw them without knowing the country. What repeats is one text with
`;` between its parts ("T001-15; T001-16"), and `code=value` where each part has a code.
"""

from __future__ import annotations

from collections.abc import Mapping

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, Scope
from acuse.jurisdictions.pe import codes
from acuse.jurisdictions.pe.fields_line import CORE, LINE, NOTES, SALES

_K = DocumentKind
INVOICES = frozenset({_K.INVOICE})
DETRACTED = SALES | {_K.DEBIT_NOTE}

_TEXT, _DECIMAL, _CHOICE = FieldType.TEXT, FieldType.DECIMAL, FieldType.CHOICE
_BOOLEAN = FieldType.BOOLEAN


def _coded(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, f"{code} {name}"[:90]) for code, name in names.items())


OPERATIONS = codes.operations("factura") | codes.operations("boleta")
PAPERS = (("A4", "Todo en A4"), ("80mm-B", "Boletas en 80 mm"), ("80mm", "Todo en 80 mm"))

_COMPANY = (
    FieldSpec(
        "annex",
        Scope.COMPANY,
        _TEXT,
        "Código de establecimiento anexo",
        help="Cuatro dígitos, como en tu ficha RUC; 0000 es el domicilio fiscal.",
        default="0000",
    ),
    FieldSpec(
        "detraction_account",
        Scope.COMPANY,
        _TEXT,
        "Cuenta de detracciones",
        help="La del Banco de la Nación; solo si vendes algo sujeto a detracción.",
    ),
    FieldSpec(
        "reduced_igv",
        Scope.COMPANY,
        _BOOLEAN,
        "Inscrita con IGV reducido",
        help="Restaurantes, hoteles y alojamientos que SUNAT tiene en ese padrón.",
    ),
    FieldSpec("paper", Scope.COMPANY, _CHOICE, "Papel", choices=PAPERS, default="A4"),
    FieldSpec(
        "receipt_as_xml",
        Scope.COMPANY,
        _BOOLEAN,
        "Adjuntar el CDR como XML",
        help="Para clientes cuyo correo no recibe archivos ZIP.",
    ),
)

_SPECIAL = (
    FieldSpec(
        "operation_type",
        Scope.DOCUMENT,
        _CHOICE,
        "Tipo de operación",
        help="Vacío, venta interna, o la que pide la detracción o percepción.",
        choices=_coded(OPERATIONS),
        kinds=SALES,
    ),
    FieldSpec(
        "detraction_code",
        Scope.DOCUMENT,
        _CHOICE,
        "Detracción: bien o servicio",
        choices=_coded(codes.detractions()),
        kinds=DETRACTED,
    ),
    FieldSpec(
        "detraction_percent",
        Scope.DOCUMENT,
        _DECIMAL,
        "Detracción: porcentaje",
        help="Vacío, el usual de ese bien o servicio.",
        kinds=DETRACTED,
    ),
    FieldSpec(
        "detraction_amount",
        Scope.DOCUMENT,
        _DECIMAL,
        "Detracción: monto en soles",
        help="Solo si no sale del total: transporte con valor referencial mayor.",
        kinds=DETRACTED,
    ),
    FieldSpec(
        "detraction_means",
        Scope.DOCUMENT,
        _CHOICE,
        "Detracción: medio de pago",
        choices=codes.MEANS,
        default="001",
        kinds=DETRACTED,
    ),
    FieldSpec(
        "perception_code",
        Scope.DOCUMENT,
        _CHOICE,
        "Percepción del IGV",
        choices=codes.PERCEPTIONS,
        kinds=SALES,
    ),
    FieldSpec(
        "igv_retention",
        Scope.DOCUMENT,
        _BOOLEAN,
        "El cliente retiene el IGV",
        help="Es agente de retención y el total llega al mínimo.",
        kinds=INVOICES,
    ),
    FieldSpec(
        "income_retention",
        Scope.DOCUMENT,
        _DECIMAL,
        "Retención de renta de segunda categoría",
        kinds=INVOICES,
    ),
)

_TRAIN = (
    FieldSpec(
        "agency_ruc",
        Scope.DOCUMENT,
        _TEXT,
        "Boleto de tren: RUC del agente de ventas",
        help="Solo de la operación 0302: quien vendió el boleto.",
        kinds=SALES,
    ),
    FieldSpec(
        "payment_means",
        Scope.DOCUMENT,
        _CHOICE,
        "Boleto de tren: medio de pago",
        choices=_coded(dict(codes.MEANS)),
        kinds=SALES,
    ),
    FieldSpec(
        "payment_authorisation",
        Scope.DOCUMENT,
        _TEXT,
        "Boleto de tren: autorización del pago",
        help="El número que dio el sistema de la tarjeta.",
        kinds=SALES,
    ),
)

_SUMS = (
    FieldSpec(
        "discount_code",
        Scope.DOCUMENT,
        _CHOICE,
        "El descuento al total",
        choices=(("02", "Rebaja la base del IGV"), ("03", "Se resta después del IGV")),
        default="02",
        kinds=SALES,
    ),
    FieldSpec(
        "charge_code",
        Scope.DOCUMENT,
        _CHOICE,
        "El cargo al total",
        choices=(
            ("49", "Aumenta la base del IGV"),
            ("50", "Se suma después del IGV"),
            ("46", "Recargo al consumo o propina"),
            ("45", "FISE"),
        ),
        default="49",
        kinds=CORE,
    ),
    FieldSpec("tip", Scope.DOCUMENT, _DECIMAL, "Recargo al consumo o propina", kinds=CORE),
    FieldSpec("other_discount", Scope.DOCUMENT, _DECIMAL, "Otro descuento, sin IGV", kinds=SALES),
    FieldSpec("other_charge", Scope.DOCUMENT, _DECIMAL, "Otro cargo, sin IGV", kinds=CORE),
    FieldSpec(
        "rounding",
        Scope.DOCUMENT,
        _DECIMAL,
        "Redondeo",
        help="De -1 a 1, para cobrar sin céntimos.",
        kinds=CORE,
    ),
    FieldSpec(
        "paid_now",
        Scope.DOCUMENT,
        _DECIMAL,
        "Pagado al emitir",
        help="De una venta al crédito: lo que no entra en las cuotas.",
        kinds=INVOICES,
    ),
    FieldSpec(
        "prepayment_affectations",
        Scope.DOCUMENT,
        _TEXT,
        "Afectación de los anticipos",
        help="Una por anticipo, en su orden: 10 gravado, 20 exonerado, 30 inafecto. Ej.: 10; 20",
        kinds=SALES,
    ),
    FieldSpec("prepaid_isc", Scope.DOCUMENT, _DECIMAL, "ISC de los anticipos", kinds=SALES),
)

_AROUND = (
    FieldSpec(
        "despatch_documents",
        Scope.DOCUMENT,
        _TEXT,
        "Guías de remisión",
        help="Separadas por «;»: T001-15; V001-3",
        kinds=CORE,
    ),
    FieldSpec(
        "related_documents",
        Scope.DOCUMENT,
        _TEXT,
        "Otros documentos relacionados",
        help="Tipo del catálogo 12 y documento: 05=123456; 99=CONTRATO-7",
        kinds=CORE,
    ),
    FieldSpec(
        "legends",
        Scope.DOCUMENT,
        _TEXT,
        "Leyendas",
        help="Códigos del catálogo 52: 2001 bienes en la Amazonía, 2002 servicios; 2008 Tacna.",
        kinds=CORE,
    ),
    FieldSpec(
        "country_of_use",
        Scope.DOCUMENT,
        _TEXT,
        "País donde se usa el servicio",
        help="Dos letras; de exportaciones de servicios 0201 y 0208.",
        kinds=SALES,
    ),
    FieldSpec("incoterm", Scope.DOCUMENT, _TEXT, "Incoterm", kinds=SALES),
    FieldSpec(
        "delivery_address",
        Scope.DOCUMENT,
        _TEXT,
        "Lugar de entrega",
        help="Solo de vendedores itinerantes.",
        kinds=SALES,
    ),
    FieldSpec("delivery_place", Scope.DOCUMENT, _TEXT, "Ubigeo de la entrega", kinds=SALES),
    FieldSpec(
        "modified_type",
        Scope.DOCUMENT,
        _TEXT,
        "Tipo del documento que corrige",
        help="Código del catálogo 01, si no es factura ni boleta: 12 ticket, 14 recibo…",
        kinds=NOTES,
    ),
)

FIELDS = (*_COMPANY, *_SPECIAL, *_TRAIN, *_SUMS, *_AROUND, *LINE)
