"""What is fixed about Peru and SUNAT."""

from __future__ import annotations

from datetime import timedelta

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Environment
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
from acuse.jurisdictions.pe.kinds_traits import OTHER_FIELDS, OTHER_KINDS, OTHER_TAXES

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
    kinds=(
        KindTraits(DocumentKind.INVOICE, "01", "Factura electrónica", "Facturas"),
        *OTHER_KINDS,
    ),
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
            kinds=frozenset({DocumentKind.INVOICE}),
        ),
        FieldSpec(
            "operation_type",
            Scope.DOCUMENT,
            FieldType.TEXT,
            "Tipo de operación (catálogo 51)",
            default="0101",
            kinds=frozenset({DocumentKind.INVOICE}),
        ),
        *OTHER_FIELDS,
    ),
    secrets=(
        SecretSpec("sol_user", "Usuario SOL", "El usuario secundario, sin el RUC."),
        SecretSpec("sol_password", "Clave SOL", "La clave de ese usuario."),
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
    taxes=(("IGV", "18", "IGV 18 %"), ("IGV", "0", "Sin IGV (exonerado o inafecto)"), *OTHER_TAXES),
    rejected_number=RejectedNumber.NEW,
    # The third calendar day after the issue date is the last (RS 000003-2023): later it would only
    # burn its number (2108). Counted from the moment of issue, three days never pass that day's
    # end; one hour is left for the sending. Of a backdated document `calls` looks at the date.
    deadline=timedelta(days=3) - timedelta(hours=1),
)

ENDPOINTS = {
    Environment.SANDBOX: {
        "bill": "sandbox://sunat/billService",
        "consult": "sandbox://sunat/billConsultService",
    },
    Environment.TEST: {
        # The rehearsal has no consult service, and nothing of it may reach production's: it keeps
        # no register, so the same bytes sent again are the question (peru.md 5.1).
        "bill": "https://e-beta.sunat.gob.pe/ol-ti-itcpfegem-beta/billService",
    },
    Environment.PRODUCTION: {
        "bill": "https://e-factura.sunat.gob.pe/ol-ti-itcpfegem/billService",
        "consult": "https://e-factura.sunat.gob.pe/ol-it-wsconscpegem/billConsultService",
    },
}
