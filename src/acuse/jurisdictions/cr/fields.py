"""What Costa Rica asks of a company, a contact, a document and a line beyond the usual."""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, Scope
from acuse.jurisdictions.cr import ids, lists, references
from acuse.jurisdictions.cr.cabys import CABYS
from acuse.jurisdictions.cr.codes import TARIFFS
from acuse.jurisdictions.cr.content import ROLL, SHEET
from acuse.jurisdictions.cr.kinds import FORMS, NOTES

_K = DocumentKind
_TEXT, _CHOICE, _DATE = FieldType.TEXT, FieldType.CHOICE, FieldType.DATE
_DECIMAL, _INTEGER, _BOOLEAN = FieldType.DECIMAL, FieldType.INTEGER, FieldType.BOOLEAN

SOLD = frozenset(FORMS) - {_K.PAYMENT}  # what has quantities and products
EXONERATED = frozenset(kind for kind in SOLD if FORMS[kind].exonerations)
BY_FACTORY = frozenset(kind for kind in SOLD if FORMS[kind].factory)
BORNE = frozenset(kind for kind in SOLD if FORMS[kind].assumed)
HEADED = frozenset(kind for kind in SOLD if FORMS[kind].heading)
TRANSACTED = frozenset(kind for kind in SOLD if FORMS[kind].transaction)
RETURNED = frozenset(kind for kind in SOLD if FORMS[kind].returned)
IDENTITIES = (
    ("CF", "Cédula física"),
    ("CJ", "Cédula jurídica"),
    ("DIMEX", "DIMEX"),
    ("NITE", "NITE"),
    ("EXT", "Extranjero no domiciliado"),
    ("NC", "No contribuyente"),
)


def _document(
    name: str,
    kind: FieldType,
    label: str,
    help_: str = "",
    *,
    kinds: frozenset[DocumentKind] = frozenset(),
    choices: tuple[tuple[str, str], ...] = (),
    rare: bool = True,
) -> FieldSpec:
    return FieldSpec(
        name, Scope.DOCUMENT, kind, label, help_, choices=choices, kinds=kinds, rare=rare
    )


def _line(
    name: str,
    kind: FieldType,
    label: str,
    help_: str = "",
    *,
    kinds: frozenset[DocumentKind] = SOLD,
    choices: tuple[tuple[str, str], ...] = (),
) -> FieldSpec:
    return FieldSpec(name, Scope.LINE, kind, label, help_, choices=choices, kinds=kinds)


def _words(known: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, f"{code} · {words}") for code, words in known.items())


PARTY_FIELDS = (
    FieldSpec(
        "activity",
        Scope.COMPANY,
        _TEXT,
        "Actividad económica",
        help="Seis dígitos, como aparece en Hacienda.",
        required=True,
    ),
    FieldSpec(
        "provider_system",
        Scope.COMPANY,
        _TEXT,
        "Proveedor del sistema",
        help="Cédula de quien hizo el sistema; vacío, la de la propia empresa.",
    ),
    FieldSpec(
        "alcohol_register",
        Scope.COMPANY,
        _TEXT,
        "Registro fiscal 8707",
        help="Solo si vendes bebidas alcohólicas.",
    ),
    FieldSpec(
        "paper",
        Scope.COMPANY,
        _CHOICE,
        "Papel",
        help="Vacío: rollo de 80 mm para tiquetes y A4 para lo demás.",
        choices=((SHEET, "Todo en A4"), (ROLL, "Todo en rollo de 80 mm")),
    ),
    FieldSpec(
        "activity",
        Scope.CUSTOMER,
        _TEXT,
        "Actividad económica del receptor",
        help="Seis dígitos, si el cliente la pide en su factura.",
    ),
)
DOCUMENT_FIELDS = (
    _document(
        "sale_condition",
        _CHOICE,
        "Condición de venta",
        "Vacía, contado o crédito según la forma de pago.",
        choices=_words(lists.CONDITIONS),
    ),
    _document("sale_condition_text", _TEXT, "Otra condición", "Solo con 99."),
    _document(
        "other_payment_means",
        _TEXT,
        "Otros medios de pago",
        "Código y monto de cada uno: 02=5000; 06=2500. El resto va con el medio de pago.",
    ),
    _document("payment_other", _TEXT, "Otro medio de pago", "Si no está en la lista: qué es."),
    _document(
        "situation",
        _CHOICE,
        "Situación",
        "Vacía, normal.",
        choices=(
            (ids.CONTINGENCY, "Sustituye un comprobante de contingencia"),
            (ids.OFFLINE, "Emitido sin internet"),
        ),
    ),
    _document(
        "reference_type",
        _CHOICE,
        "Tipo del documento de referencia",
        "Vacío, según el documento que se corrige.",
        choices=_words(references.KINDS),
    ),
    _document("reference_type_text", _TEXT, "Otro tipo de referencia", "Solo con 99."),
    _document(
        "exoneration_kind",
        _CHOICE,
        "Autorización de exoneración",
        kinds=EXONERATED,
        choices=_words(lists.EXONERATIONS),
    ),
    _document(
        "exoneration_kind_text", _TEXT, "Otra autorización", "Solo con 99.", kinds=EXONERATED
    ),
    _document(
        "exoneration_number",
        _TEXT,
        "Número de la autorización",
        "De 3 a 40 caracteres.",
        kinds=EXONERATED,
    ),
    _document(
        "exoneration_institution",
        _CHOICE,
        "Institución que autoriza",
        kinds=EXONERATED,
        choices=_words(lists.INSTITUTIONS),
    ),
    _document(
        "exoneration_institution_text", _TEXT, "Otra institución", "Solo con 99.", kinds=EXONERATED
    ),
    _document("exoneration_date", _DATE, "Fecha de la autorización", kinds=EXONERATED),
    _document("exoneration_article", _INTEGER, "Artículo de la ley", kinds=EXONERATED),
    _document("exoneration_clause", _INTEGER, "Inciso de la ley", kinds=EXONERATED),
    _document(
        "third_party_type",
        _CHOICE,
        "Identificación del tercero",
        "Con un cargo 04, cobro de un tercero.",
        kinds=SOLD,
        choices=IDENTITIES,
    ),
    _document("third_party_id", _TEXT, "Número del tercero", kinds=SOLD),
    _document("third_party_name", _TEXT, "Nombre del tercero", kinds=SOLD),
    _document(
        "vat_returned",
        _DECIMAL,
        "IVA devuelto",
        "De servicios de salud pagados con tarjeta.",
        kinds=RETURNED,
    ),
)
LINE_FIELDS = (
    FieldSpec(
        "cabys",
        Scope.LINE,
        _TEXT,
        "Código CABYS",
        help="Trece dígitos.",
        required=True,
        kinds=SOLD - NOTES,
        catalogue=CABYS,
    ),
    FieldSpec(
        "cabys",
        Scope.LINE,
        _TEXT,
        "Código CABYS",
        help="Trece dígitos; vacío en una nota financiera.",
        kinds=NOTES,
        catalogue=CABYS,
    ),
    _line(
        "product_kind",
        _CHOICE,
        "Bien o servicio",
        "Vacío, según el CABYS.",
        choices=(("GOODS", "Bien"), ("SERVICE", "Servicio")),
    ),
    _line(
        "tariff",
        _CHOICE,
        "Tarifa de IVA",
        "Vacía, la usual del porcentaje; para 0 %, exenta (10).",
        kinds=frozenset(FORMS),
        choices=tuple((code, f"{code} · {rate} %") for code, rate in TARIFFS.items()),
    ),
    _line(
        "exonerated_points",
        _DECIMAL,
        "Puntos exonerados",
        "Puntos de la tarifa que la autorización exonera: 13 de 13, 5 de 13.",
        kinds=EXONERATED,
    ),
    _line(
        "tax_assumed",
        _BOOLEAN,
        "El emisor asume el IVA",
        "Lo paga la empresa y no el cliente.",
        kinds=BORNE,
    ),
    _line(
        "transaction_type",
        _CHOICE,
        "Tipo de transacción",
        kinds=TRANSACTED,
        choices=_words(lists.TRANSACTIONS),
    ),
    _line("commercial_unit", _TEXT, "Unidad comercial", "Como la llamas: caja, saco."),
    _line("tariff_heading", _TEXT, "Partida arancelaria", "Doce dígitos.", kinds=HEADED),
    _line("serial_numbers", _TEXT, "Series o VIN", "Varios, separados por punto y coma."),
    _line("medicine_register", _TEXT, "Registro del medicamento"),
    _line("pharma_form", _TEXT, "Forma farmacéutica", "Hasta tres letras."),
    _line(
        "factory_vat",
        _CHOICE,
        "IVA de fábrica",
        kinds=BY_FACTORY,
        choices=_words(lists.FACTORY),
    ),
    _line(
        "taxable_base",
        _DECIMAL,
        "Base del IVA",
        "Solo con IVA de fábrica 01 o de cálculo especial.",
    ),
    _line("vat_factor", _DECIMAL, "Factor de bienes usados", kinds=frozenset(FORMS)),
    _line("other_tax_name", _TEXT, "Nombre del otro impuesto", kinds=frozenset(FORMS)),
    _line("specific_quantity", _DECIMAL, "Unidades del impuesto", "Vacías, la cantidad."),
    _line("specific_percent", _DECIMAL, "Porcentaje de alcohol"),
    _line("specific_volume", _DECIMAL, "Volumen de consumo", "De bebidas envasadas."),
    _line(
        "specific_amount",
        _DECIMAL,
        "Monto del impuesto específico",
        "Vacío, las unidades por el impuesto de cada una.",
    ),
    _line(
        "paid_tax",
        _DECIMAL,
        "IVA de lo pagado",
        "Vacío, el de la tarifa.",
        kinds=frozenset({_K.PAYMENT}),
    ),
)
FIELDS = (*PARTY_FIELDS, *DOCUMENT_FIELDS, *LINE_FIELDS)
