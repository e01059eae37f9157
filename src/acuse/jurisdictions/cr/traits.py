"""What is fixed about Costa Rica and Hacienda."""

from __future__ import annotations

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
from acuse.jurisdictions.cr.cabys import CABYS
from acuse.jurisdictions.cr.codes import EXONERATIONS, INSTITUTIONS, TARIFFS
from acuse.jurisdictions.cr.doubts import CALLS_PER_SECOND, STAGING

TRAITS = Traits(
    code="CR",
    timezone="America/Costa_Rica",
    currency="CRC",
    currencies=("CRC", "USD"),
    words=Words(
        country="Costa Rica",
        authority="Hacienda",
        accepted_by="Hacienda l{o} aceptó",
        tax_id="Cédula",
        tax="IVA",
        place="Provincia-cantón-distrito (1-01-01)",
        numbering="Sucursal y terminal",
        fiscal_id="Clave numérica",
        receipt="Respuesta de Hacienda",
        no_validity="SIN VALIDEZ TRIBUTARIA",
        money_format="es-CR",
    ),
    # Tiquete, notes, REP and the rest take their place here when they come.
    kinds=(KindTraits(DocumentKind.INVOICE, "01", "Factura electrónica", "Facturas"),),
    tax_ids=(
        TaxIdKind("CJ", "Cédula jurídica", "02"),
        TaxIdKind("CF", "Cédula física", "01"),
        TaxIdKind("DIMEX", "DIMEX", "03"),
        TaxIdKind("NITE", "NITE", "04"),
        TaxIdKind("EXT", "Extranjero no domiciliado", "05"),
        TaxIdKind("NC", "No contribuyente", "06"),
    ),
    fields=(
        FieldSpec(
            "activity",
            Scope.COMPANY,
            FieldType.TEXT,
            "Actividad económica",
            help="Seis dígitos, como aparece en Hacienda.",
            required=True,
        ),
        FieldSpec(
            "provider_system",
            Scope.COMPANY,
            FieldType.TEXT,
            "Proveedor del sistema",
            help="Cédula de quien hizo el sistema; vacío, la de la propia empresa.",
        ),
        FieldSpec(
            "activity",
            Scope.CUSTOMER,
            FieldType.TEXT,
            "Actividad económica del receptor",
            help="Seis dígitos, si el cliente la pide en su factura.",
        ),
        FieldSpec(
            "cabys",
            Scope.LINE,
            FieldType.TEXT,
            "Código CABYS",
            help="Trece dígitos.",
            required=True,
            catalogue=CABYS,
        ),
        FieldSpec(
            "product_kind",
            Scope.LINE,
            FieldType.CHOICE,
            "Bien o servicio",
            help="Vacío, según el CABYS.",
            choices=(("GOODS", "Bien"), ("SERVICE", "Servicio")),
        ),
        FieldSpec(
            "tariff",
            Scope.LINE,
            FieldType.CHOICE,
            "Tarifa de IVA",
            help="Vacía, la usual del porcentaje; para 0 %, exenta (10).",
            choices=tuple((code, f"{code} · {rate} %") for code, rate in TARIFFS.items()),
        ),
        FieldSpec(
            "exonerated_points",
            Scope.LINE,
            FieldType.DECIMAL,
            "Puntos exonerados",
            help="Puntos de la tarifa que la autorización exonera: 13 de 13, 5 de 13.",
        ),
        FieldSpec(
            "exoneration_kind",
            Scope.DOCUMENT,
            FieldType.CHOICE,
            "Autorización de exoneración",
            choices=tuple(EXONERATIONS.items()),
        ),
        FieldSpec(
            "exoneration_number",
            Scope.DOCUMENT,
            FieldType.TEXT,
            "Número de la autorización",
            help="De 3 a 40 caracteres.",
        ),
        FieldSpec(
            "exoneration_institution",
            Scope.DOCUMENT,
            FieldType.CHOICE,
            "Institución que autoriza",
            choices=tuple(INSTITUTIONS.items()),
        ),
        FieldSpec("exoneration_date", Scope.DOCUMENT, FieldType.DATE, "Fecha de la autorización"),
    ),
    secrets=(
        SecretSpec("api_user", "Usuario del API", "El que genera Hacienda, completo, con su @."),
        SecretSpec("api_password", "Contraseña del API", "La de ese usuario."),
    ),
    units=(
        ("Unid", "Unidad"),
        ("Sp", "Servicio profesional"),
        ("Os", "Otro servicio"),
        ("Kg", "Kilogramo"),
        ("L", "Litro"),
        ("M", "Metro"),
        ("h", "Hora"),
        ("D", "Día"),
        ("Al", "Alquiler"),
    ),
    taxes=(
        ("IVA", "13", "IVA 13 %"),
        ("IVA", "4", "IVA 4 %"),
        ("IVA", "2", "IVA 2 %"),
        ("IVA", "1", "IVA 1 %"),
        ("IVA", "0", "Exento"),
    ),
    rejected_number=RejectedNumber.NEW,
    calls_per_second=CALLS_PER_SECOND,
)

_IDP = "https://idp.comprobanteselectronicos.go.cr/auth/realms"
_TOKEN = "protocol/openid-connect/token"  # noqa: S105

ENDPOINTS = {
    Environment.SANDBOX: {
        "token": f"sandbox://hacienda/auth/realms/rut-stag/{_TOKEN}",
        "api": "sandbox://hacienda/recepcion/v1",
    },
    Environment.TEST: {"token": f"{_IDP}/rut-stag/{_TOKEN}", "api": STAGING},
    Environment.PRODUCTION: {
        "token": f"{_IDP}/rut/{_TOKEN}",
        "api": "https://api.comprobanteselectronicos.go.cr/recepcion/v1",
    },
}
CLIENTS = {
    Environment.SANDBOX: "api-stag",
    Environment.TEST: "api-stag",
    Environment.PRODUCTION: "api-prod",
}
