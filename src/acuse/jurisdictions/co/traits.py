"""What is fixed about Colombia and the DIAN. Source: colombia.md 2, 3, 6."""

from __future__ import annotations

from datetime import timedelta

from acuse.domain.jurisdiction import (
    FieldSpec,
    FieldType,
    KindTraits,
    RejectedNumber,
    Role,
    Scope,
    SecretSpec,
    TaxIdKind,
    Traits,
    Words,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.parts import EVERY_PART
from acuse.domain.party import Environment
from acuse.jurisdictions.co.enrolment import ENROLMENT

ORGANIZATIONS = (("1", "Persona jurídica"), ("2", "Persona natural"))
REGIMES = (("48", "Responsable de IVA"), ("49", "No responsable de IVA"))
SCHEMES = (("01", "IVA"), ("04", "INC"), ("ZA", "IVA e INC"), ("ZZ", "No aplica"))
RESPONSIBILITIES = "O-13, O-15, O-23, O-47 o R-99-PN, separadas por «;»."

CREDIT_REASONS = (
    ("1", "Devolución parcial de bienes o no aceptación parcial del servicio"),
    ("2", "Anulación de la factura"),
    ("3", "Rebaja o descuento parcial o total"),
    ("4", "Ajuste de precio"),
    ("5", "Descuento comercial por pronto pago"),
    ("6", "Descuento comercial por volumen de ventas"),
)
DEBIT_REASONS = (
    ("1", "Intereses"),
    ("2", "Gastos por cobrar"),
    ("3", "Cambio del valor"),
    ("4", "Otros"),
)
PURCHASE_REASONS = (
    ("1", "Devolución parcial de bienes o no aceptación parcial del servicio"),
    ("2", "Anulación del documento soporte"),
    ("3", "Rebaja o descuento parcial o total"),
    ("4", "Ajuste de precio"),
    ("5", "Otros"),
)

_K = DocumentKind
_INVOICES = (_K.INVOICE, _K.EXPORT_INVOICE, _K.PAPER_INVOICE)

KINDS = (
    KindTraits(_K.INVOICE, "01", "Factura electrónica de venta", "Facturas", authorised=True),
    KindTraits(
        _K.EXPORT_INVOICE,
        "02",
        "Factura electrónica de exportación",
        "Facturas de exportación",
        authorised=True,
    ),
    KindTraits(
        _K.PAPER_INVOICE,
        "03",
        "Factura de contingencia del facturador",
        "Facturas de contingencia",
        authorised=True,
    ),
    KindTraits(
        _K.CREDIT_NOTE,
        "91",
        "Nota crédito",
        "Notas crédito",
        corrects=_INVOICES,
        reasons=CREDIT_REASONS,
    ),
    KindTraits(
        _K.DEBIT_NOTE,
        "92",
        "Nota débito",
        "Notas débito",
        corrects=_INVOICES,
        reasons=DEBIT_REASONS,
    ),
    KindTraits(_K.RECEIPT, "20", "Documento equivalente POS", "Documentos POS", authorised=True),
    KindTraits(
        _K.RECEIPT_NOTE,
        "94",
        "Nota de ajuste al documento equivalente",
        "Notas de ajuste POS",
        corrects=(_K.RECEIPT,),
        reasons=CREDIT_REASONS,
    ),
    KindTraits(
        _K.PURCHASE,
        "05",
        "Documento soporte",
        "Documentos soporte",
        role=Role.SELLER,
        authorised=True,
    ),
    KindTraits(
        _K.PURCHASE_NOTE,
        "95",
        "Nota de ajuste al documento soporte",
        "Notas de ajuste",
        role=Role.SELLER,
        corrects=(_K.PURCHASE,),
        reasons=PURCHASE_REASONS,
    ),
)

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
    FieldSpec("postal_code", Scope.CUSTOMER, FieldType.TEXT, "Código postal"),
)

_DOCUMENT = (
    FieldSpec(
        "operation",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Tipo de operación",
        help="10 estándar, 09 AIU, 11 mandatos, 12 transporte. Vacío, el usual del documento.",
    ),
    FieldSpec(
        "aiu_subject",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Objeto del contrato AIU",
        help="Solo con el tipo de operación 09.",
    ),
    FieldSpec(
        "paper_number",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Número de la factura en papel",
        help="Solo en la factura de contingencia.",
    ),
    FieldSpec("paper_date", Scope.DOCUMENT, FieldType.DATE, "Fecha de la factura en papel"),
    FieldSpec("incoterm", Scope.DOCUMENT, FieldType.TEXT, "INCOTERM", help="En exportaciones."),
    FieldSpec("order_date", Scope.DOCUMENT, FieldType.DATE, "Fecha de la orden de compra"),
    FieldSpec("delivery_address", Scope.DOCUMENT, FieldType.TEXT, "Dirección de entrega"),
    FieldSpec(
        "payment_code",
        Scope.DOCUMENT,
        FieldType.TEXT,
        "Medio de pago de la DIAN",
        help="Código de la DIAN; vacío, el del medio de pago.",
    ),
    FieldSpec(
        "cash_register", Scope.DOCUMENT, FieldType.TEXT, "Placa de la caja", help="Solo POS."
    ),
    FieldSpec(
        "cash_place", Scope.DOCUMENT, FieldType.TEXT, "Ubicación de la caja", help="Solo POS."
    ),
    FieldSpec("cash_kind", Scope.DOCUMENT, FieldType.TEXT, "Tipo de caja", help="Solo POS."),
    FieldSpec("cashier", Scope.DOCUMENT, FieldType.TEXT, "Cajero", help="Solo POS."),
    FieldSpec("sale_code", Scope.DOCUMENT, FieldType.TEXT, "Código de la venta", help="Solo POS."),
    FieldSpec(
        "buyer_points", Scope.DOCUMENT, FieldType.INTEGER, "Puntos del comprador", help="Solo POS."
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
    ),
    FieldSpec(
        "free_kind",
        Scope.LINE,
        FieldType.CHOICE,
        "Base de ese valor",
        choices=(("01", "Valor comercial"), ("02", "Valor en inventarios"), ("03", "Otro valor")),
    ),
    FieldSpec(
        "principal_nit", Scope.LINE, FieldType.TEXT, "NIT del mandante", help="En mandatos (11)."
    ),
    FieldSpec(
        "purchase_date",
        Scope.LINE,
        FieldType.DATE,
        "Fecha de la compra",
        help="En el documento soporte; vacía, la del documento.",
    ),
    FieldSpec(
        "purchase_form",
        Scope.LINE,
        FieldType.CHOICE,
        "Forma de generación",
        choices=(("1", "Por operación"), ("2", "Acumulado semanal")),
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

TRAITS = Traits(
    code="CO",
    timezone="America/Bogota",
    currency="COP",
    currencies=("COP", "USD", "EUR"),
    words=Words(
        country="Colombia",
        authority="la DIAN",
        accepted_by="la DIAN la aceptó",
        tax_id="NIT",
        tax="IVA",
        place="Código del municipio (5 dígitos)",
        numbering="Prefijo",
        fiscal_id="CUFE / CUDE",
        receipt="Validación de la DIAN",
        no_validity="SIN VALIDEZ FISCAL",
        money_format="es-CO",
    ),
    kinds=KINDS,
    tax_ids=(
        TaxIdKind("NIT", "NIT", "31"),
        TaxIdKind("CC", "Cédula de ciudadanía", "13"),
        TaxIdKind("CE", "Cédula de extranjería", "22"),
        TaxIdKind("PP", "Pasaporte", "41"),
        TaxIdKind("TI", "Tarjeta de identidad", "12"),
        TaxIdKind("RC", "Registro civil", "11"),
        TaxIdKind("TE", "Tarjeta de extranjería", "21"),
        TaxIdKind("DE", "Documento extranjero", "42"),
        TaxIdKind("PEP", "PEP", "47"),
        TaxIdKind("PPT", "PPT", "48"),
        TaxIdKind("NITX", "NIT de otro país", "50"),
        TaxIdKind("NUIP", "NUIP", "91"),
    ),
    fields=(*_COMPANY, *_CUSTOMER, *_DOCUMENT, *_LINE, *_RANGE),
    secrets=(SecretSpec("software_pin", "PIN del software", "El PIN que elegiste en el portal."),),
    units=(
        ("94", "Unidad"),
        ("KGM", "Kilogramo"),
        ("GRM", "Gramo"),
        ("LTR", "Litro"),
        ("MTR", "Metro"),
        ("HUR", "Hora"),
        ("DAY", "Día"),
        ("ZZ", "Otra"),
    ),
    taxes=(
        ("IVA", "19", "IVA 19 %"),
        ("IVA", "5", "IVA 5 %"),
        ("IVA", "0", "IVA 0 % (exento)"),
        ("INC", "8", "INC 8 %"),
        ("INC", "4", "INC 4 %"),
        ("INC", "2", "INC 2 %"),
        ("INC", "16", "INC 16 %"),
        ("ICUI", "20", "ICUI 20 % (ultraprocesados)"),
        ("IBUA", "0", "IBUA (bebidas azucaradas, por unidad)"),
        ("INCBOLSAS", "0", "INC bolsas (por unidad)"),
        ("ICL", "0", "Consumo de licores (por unidad)"),
        ("ADV", "25", "Ad valorem de licores"),
        ("IC", "0", "Impuesto al consumo"),
        ("ICDATOS", "4", "INC de datos 4 %"),
        ("INCARBONO", "0", "Impuesto al carbono (por unidad)"),
        ("INCOMBUSTIBLES", "0", "Impuesto a la gasolina y al ACPM (por unidad)"),
        ("INPP", "0", "Plásticos de un solo uso (por unidad)"),
        ("ICA", "0.966", "ICA"),
        ("RETERENTA", "11", "ReteRenta"),
        ("RETEIVA", "15", "ReteIVA"),
        ("RETEICA", "0.966", "ReteICA"),
    ),
    rejected_number=RejectedNumber.REUSE,
    automatic_delivery_by_law=(
        "en Colombia la entrega al adquirente es parte de expedir la factura (Resolución 000012 "
        "de 2021)"
    ),
    parts=EVERY_PART,
    enrolment=ENROLMENT,
    contingency=timedelta(hours=48),  # of type 04, from the service's return
    numbers_files=True,
)

SERVICE = "/WcfDianCustomerServices.svc"
ENDPOINTS = {
    Environment.SANDBOX: {"service": f"sandbox://dian{SERVICE}"},
    Environment.TEST: {"service": f"https://vpfe-hab.dian.gov.co{SERVICE}"},
    Environment.PRODUCTION: {"service": f"https://vpfe.dian.gov.co{SERVICE}"},
}
