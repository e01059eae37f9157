"""What is fixed about Peru and SUNAT."""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import (
    FieldSpec,
    FieldType,
    KindTraits,
    RejectedNumber,
    Scope,
    SecretSpec,
    TaxIdKind,
    Traits,
    Words,
)
from acuse.jurisdictions.pe.fields_sending import API_SECRETS, SENDING_FIELDS

TRAITS = Traits(
    code="PE",
    timezone="America/Lima",
    currency="PEN",
    currencies=("PEN", "USD"),
    words=Words(
        country="Perú",
        authority="SUNAT",
        accepted_by="SUNAT la aceptó",
        tax_id="RUC",
        tax="IGV",
        place="Ubigeo (6 dígitos)",
        numbering="Serie",
        fiscal_id="Valor resumen (hash)",
        receipt="CDR",
        no_validity="SIN VALOR TRIBUTARIO",
        money_format="es-PE",
    ),
    # Boletas, notes, guías and the rest take their place here when they come.
    kinds=(KindTraits(DocumentKind.INVOICE, "01", "Factura electrónica", "Facturas"),),
    tax_ids=(
        TaxIdKind("RUC", "RUC", "6"),
        TaxIdKind("DNI", "DNI", "1"),
        TaxIdKind("CE", "Carné de extranjería", "4"),
        TaxIdKind("PP", "Pasaporte", "7"),
    ),
    fields=(
        FieldSpec(
            "annex",
            Scope.COMPANY,
            FieldType.TEXT,
            "Código de establecimiento anexo",
            help="Cuatro dígitos, como en tu ficha RUC; 0000 es el domicilio fiscal.",
            default="0000",
        ),
        FieldSpec(
            "affectation",
            Scope.LINE,
            FieldType.CHOICE,
            "Afectación del IGV",
            help="Vacía, gravado si la línea lleva IGV.",
            choices=(("10", "Gravado"), ("20", "Exonerado"), ("30", "Inafecto")),
        ),
        FieldSpec(
            "operation_type",
            Scope.DOCUMENT,
            FieldType.TEXT,
            "Tipo de operación (catálogo 51)",
            default="0101",
        ),
        *SENDING_FIELDS,
    ),
    secrets=(
        SecretSpec("sol_user", "Usuario SOL", "El usuario secundario, sin el RUC."),
        SecretSpec("sol_password", "Clave SOL", "La clave de ese usuario."),
        *API_SECRETS,
    ),
    units=(
        ("NIU", "Unidad"),
        ("ZZ", "Servicio"),
        ("KGM", "Kilogramo"),
        ("LTR", "Litro"),
        ("MTR", "Metro"),
        ("HUR", "Hora"),
        ("BX", "Caja"),
        ("DZN", "Docena"),
    ),
    taxes=(("IGV", "18", "IGV 18 %"), ("IGV", "0", "Sin IGV (exonerado o inafecto)")),
    rejected_number=RejectedNumber.NEW,
    # Nothing but the same bytes tells whether SUNAT holds these, where its register is not asked.
    # No `deadline`: the term hangs from kind and series, and `services` reads it from the date.
    resend_is_question=frozenset(
        {
            DocumentKind.RECEIPT,
            DocumentKind.PURCHASE,
            DocumentKind.RETENTION,
            DocumentKind.PERCEPTION,
            DocumentKind.DESPATCH,
            DocumentKind.CARRIER_DESPATCH,
        }
    ),
)
