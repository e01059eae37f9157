"""What is fixed about Colombia and the DIAN. Source: colombia.md 2, 3, 6."""

from __future__ import annotations

from datetime import timedelta

from acuse.domain.kinds import DocumentKind
from acuse.domain.parts import EVERY_PART, Part
from acuse.domain.party import Customer, Environment, TaxId
from acuse.domain.traits import (
    KindTraits,
    RejectedNumber,
    Role,
    SecretSpec,
    Traits,
    Words,
)
from acuse.jurisdictions.co.doubts import RECEIPT_CONTINGENCY
from acuse.jurisdictions.co.enrolment import ENROLMENT, TECHNICAL_KEY
from acuse.jurisdictions.co.fields import FIELDS
from acuse.jurisdictions.co.lists import (
    CONSUMER,
    CREDIT_REASONS,
    DEBIT_REASONS,
    PURCHASE_REASONS,
    TAX_IDS,
)

_K = DocumentKind
_INVOICES = (_K.INVOICE, _K.EXPORT_INVOICE, _K.PAPER_INVOICE)

KINDS = (
    KindTraits(
        _K.INVOICE,
        "01",
        "Factura electrónica de venta",
        "Facturas",
        authorised=True,
        contingency="04",
    ),
    KindTraits(
        _K.EXPORT_INVOICE,
        "02",
        "Factura electrónica de exportación",
        "Facturas de exportación",
        authorised=True,
        contingency="04",
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
    KindTraits(
        _K.RECEIPT,
        "20",
        "Documento equivalente POS",
        "Documentos POS",
        authorised=True,
        contingency=RECEIPT_CONTINGENCY,
        feminine=False,
    ),
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
        feminine=False,
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

TRAITS = Traits(
    code="CO",
    timezone="America/Bogota",
    currency="COP",
    currencies=("COP", "USD", "EUR"),
    words=Words(
        country="Colombia",
        authority="la DIAN",
        accepted_by="la DIAN l{o} aceptó",
        tax_id="NIT",
        tax="IVA",
        place="Código del municipio (5 dígitos)",
        numbering="Prefijo",
        fiscal_id="CUFE / CUDE",
        receipt="Validación de la DIAN",
        no_validity="SIN VALIDEZ FISCAL",
        money_format="es-CO",
        english=(
            ("la DIAN", "the DIAN"),
            ("Total", "Total amount"),
            ("Neto a pagar", "Net to pay"),
        ),
    ),
    kinds=KINDS,
    tax_ids=TAX_IDS,
    fields=FIELDS,
    secrets=(SecretSpec("software_pin", "PIN del software", "El PIN que elegiste en el portal."),),
    range_secret=SecretSpec(
        TECHNICAL_KEY,
        "Clave técnica",
        "La de facturas y exportaciones; viene sola al leer las numeraciones.",
        required=False,
    ),
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
    nobody=(Customer(TaxId("CC", CONSUMER), "Consumidor final"),),
    parts=EVERY_PART - {Part.TAX_INCLUDED, Part.COMPONENTS, Part.SEVERAL},
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
