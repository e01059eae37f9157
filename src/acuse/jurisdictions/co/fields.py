"""Colombia's own fields: what is asked of a company, a contact, a document, a line, a range.

Source: colombia.md 2 and 3. Screens draw them without knowing the country.
"""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, Scope
from acuse.jurisdictions.co.lists import CREDIT_REASONS, DEBIT_REASONS, TAX_IDS

ORGANIZATIONS = (("1", "Persona jurídica"), ("2", "Persona natural"))
REGIMES = (("48", "Responsable de IVA"), ("49", "No responsable de IVA"))
SCHEMES = (("01", "IVA"), ("04", "INC"), ("ZA", "IVA e INC"), ("ZZ", "No aplica"))
RESPONSIBILITIES = "O-13, O-15, O-23, O-47 o R-99-PN, separadas por «;»."

_K = DocumentKind
_INVOICE, _PAPER, _TILL = (frozenset({one}) for one in (_K.INVOICE, _K.PAPER_INVOICE, _K.RECEIPT))
_EXPORT, _PURCHASE = frozenset({_K.EXPORT_INVOICE}), frozenset({_K.PURCHASE})
_SALES = frozenset({_K.INVOICE, _K.EXPORT_INVOICE, _K.PAPER_INVOICE, _K.RECEIPT})
_OURS = frozenset({*_SALES, _K.CREDIT_NOTE, _K.DEBIT_NOTE, _K.RECEIPT_NOTE})  # we are who sells

_COMPANY = (
    FieldSpec(
        "organization",
        Scope.COMPANY,
        FieldType.CHOICE,
        "Tipo de persona",
        required=True,
        choices=ORGANIZATIONS,
    ),
    FieldSpec(
        "regime",
        Scope.COMPANY,
        FieldType.CHOICE,
        "Responsabilidad de IVA",
        required=True,
        choices=REGIMES,
    ),
    FieldSpec(
        "responsibilities",
        Scope.COMPANY,
        FieldType.TEXT,
        "Responsabilidades del RUT",
        help=RESPONSIBILITIES,
        default="R-99-PN",
    ),
    FieldSpec(
        "tax_scheme",
        Scope.COMPANY,
        FieldType.CHOICE,
        "Tributo",
        required=True,
        choices=SCHEMES,
        default="01",
    ),
    FieldSpec(
        "activity",
        Scope.COMPANY,
        FieldType.TEXT,
        "Actividad económica (CIIU)",
        help="Cuatro dígitos; varias van separadas por «;».",
    ),
    FieldSpec(
        "registration",
        Scope.COMPANY,
        FieldType.TEXT,
        "Matrícula mercantil",
        help="De 6 a 12 dígitos; vacía si no la sabes.",
    ),
    FieldSpec("postal_code", Scope.COMPANY, FieldType.TEXT, "Código postal"),
    FieldSpec(
        "software_id",
        Scope.COMPANY,
        FieldType.TEXT,
        "Identificador del software",
        help="El SoftwareID que el portal de la DIAN muestra al registrar el modo de operación.",
        required=True,
    ),
    FieldSpec(
        "test_set_id",
        Scope.COMPANY,
        FieldType.TEXT,
        "Identificador del set de pruebas",
        help="El TestSetId del portal; solo hace falta para la habilitación.",
    ),
)

_CUSTOMER = (
    FieldSpec(
        "organization",
        Scope.CUSTOMER,
        FieldType.CHOICE,
        "Tipo de persona",
        choices=ORGANIZATIONS,
        help="Vacío: jurídica si tiene NIT, natural si no.",
    ),
    FieldSpec(
        "regime", Scope.CUSTOMER, FieldType.CHOICE, "Responsabilidad de IVA", choices=REGIMES
    ),
    FieldSpec(
        "responsibilities",
        Scope.CUSTOMER,
        FieldType.TEXT,
        "Responsabilidades del RUT",
        help=RESPONSIBILITIES,
    ),
    FieldSpec("tax_scheme", Scope.CUSTOMER, FieldType.CHOICE, "Tributo", choices=SCHEMES),
    FieldSpec(
        "first_name",
        Scope.CUSTOMER,
        FieldType.TEXT,
        "Nombres",
        help="Solo de una persona natural; van además del nombre completo.",
    ),
    FieldSpec("family_name", Scope.CUSTOMER, FieldType.TEXT, "Apellidos"),
    FieldSpec("postal_code", Scope.CUSTOMER, FieldType.TEXT, "Código postal"),
)

_DOCUMENT = (
    FieldSpec(
        "operation",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Tipo de operación",
        help="10 estándar, 09 AIU, 11 mandatos, 12 transporte, SS-… de salud. Vacío, estándar.",
        kinds=_INVOICE,
    ),
    FieldSpec(
        "aiu_subject",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Objeto del contrato AIU",
        help="Solo con el tipo de operación 09.",
        kinds=_INVOICE,
    ),
    FieldSpec(
        "paper_number",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Número de la factura en papel",
        kinds=_PAPER,
    ),
    FieldSpec(
        "paper_date", Scope.DOCUMENT, FieldType.DATE, "Fecha de la factura en papel", kinds=_PAPER
    ),
    FieldSpec("incoterm", Scope.DOCUMENT, FieldType.TEXT, "INCOTERM", kinds=_EXPORT),
    FieldSpec("order_date", Scope.DOCUMENT, FieldType.DATE, "Fecha de la orden de compra"),
    FieldSpec(
        "delivery_address", Scope.DOCUMENT, FieldType.TEXT, "Dirección de entrega", kinds=_SALES
    ),
    FieldSpec(
        "payment_code",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Medio de pago de la DIAN",
        help="Código de la DIAN; vacío, el del medio de pago.",
    ),
    FieldSpec(
        "reason_code",
        Scope.DOCUMENT,
        FieldType.CHOICE,
        "Concepto de la nota sin factura",
        help="Con factura, el motivo va con ella. Vacío, ajuste de precio.",
        choices=CREDIT_REASONS,
        kinds=frozenset({_K.CREDIT_NOTE}),
    ),
    FieldSpec(
        "reason_code",
        Scope.DOCUMENT,
        FieldType.CHOICE,
        "Concepto de la nota sin factura",
        help="Con factura, el motivo va con ella. Vacío, otros.",
        choices=DEBIT_REASONS,
        kinds=frozenset({_K.DEBIT_NOTE}),
    ),
    FieldSpec(
        "representative_type",
        Scope.DOCUMENT,
        FieldType.CHOICE,
        "Identificación de quien puede consultarla",
        help="Otra persona, además del cliente, que puede ver el documento en la DIAN.",
        choices=tuple((one.key, one.label) for one in TAX_IDS),
        kinds=_SALES,
    ),
    FieldSpec(
        "representative_number",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Su número",
        kinds=_SALES,
    ),
    *(
        FieldSpec(name, Scope.DOCUMENT, type_, label, kinds=_TILL)
        for name, type_, label in (
            ("cash_register", FieldType.TEXT, "Placa de la caja"),
            ("cash_place", FieldType.TEXT, "Ubicación de la caja"),
            ("cash_kind", FieldType.TEXT, "Tipo de caja"),
            ("cashier", FieldType.TEXT, "Cajero"),
            ("sale_code", FieldType.TEXT, "Código de la venta"),
            ("buyer_points", FieldType.INTEGER, "Puntos del comprador"),
        )
    ),
)

_LINE = (
    FieldSpec(
        "standard_kind",
        Scope.LINE,
        FieldType.CHOICE,
        "Estándar del código",
        choices=(("999", "Propio"), ("001", "UNSPSC"), ("010", "GTIN"), ("020", "Arancel")),
        help="Vacío, el código propio.",
    ),
    FieldSpec("standard_code", Scope.LINE, FieldType.TEXT, "Código estándar"),
    FieldSpec("brand", Scope.LINE, FieldType.TEXT, "Marca"),
    FieldSpec("model", Scope.LINE, FieldType.TEXT, "Modelo"),
    FieldSpec(
        "free_value",
        Scope.LINE,
        FieldType.DECIMAL,
        "Valor comercial unitario de la muestra",
        help="De lo que se entrega sin cobrar; el precio de la línea es 0.",
        kinds=_OURS,
    ),
    FieldSpec(
        "free_kind",
        Scope.LINE,
        FieldType.CHOICE,
        "Base de ese valor",
        choices=(("01", "Valor comercial"), ("02", "Valor en inventarios"), ("03", "Otro valor")),
        kinds=_OURS,
    ),
    FieldSpec(
        "principal_nit",
        Scope.LINE,
        FieldType.TEXT,
        "NIT del mandante",
        help="En mandatos (11).",
        kinds=_INVOICE,
    ),
    FieldSpec(
        "purchase_date",
        Scope.LINE,
        FieldType.DATE,
        "Fecha de la compra",
        help="Vacía, la del documento.",
        kinds=_PURCHASE,
    ),
    FieldSpec(
        "purchase_form",
        Scope.LINE,
        FieldType.CHOICE,
        "Forma de generación",
        choices=(("1", "Por operación"), ("2", "Acumulado semanal")),
        kinds=_PURCHASE,
    ),
)

_RANGE = (
    FieldSpec(
        "resolution",
        Scope.RANGE,
        FieldType.TEXT,
        "Resolución",
        help="El número de la autorización de la DIAN; las notas no tienen.",
    ),
    FieldSpec("resolution_date", Scope.RANGE, FieldType.DATE, "Fecha de la resolución"),
)

FIELDS = (*_COMPANY, *_CUSTOMER, *_DOCUMENT, *_LINE, *_RANGE)
