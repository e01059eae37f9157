"""What is fixed about Costa Rica and Hacienda."""

from __future__ import annotations

from acuse.domain.parts import Part
from acuse.domain.party import Customer, Environment, TaxId
from acuse.domain.traits import Packing, RejectedNumber, SecretSpec, TaxIdKind, Traits, Words
from acuse.jurisdictions.cr import references
from acuse.jurisdictions.cr.codes import currencies
from acuse.jurisdictions.cr.content import ANYBODY, NOBODY
from acuse.jurisdictions.cr.doubts import CALLS_PER_SECOND, STAGING
from acuse.jurisdictions.cr.fields import FIELDS
from acuse.jurisdictions.cr.kinds import KINDS

ACCESS, REFRESH = "access_token", "refresh_token"  # notes of a log-in

TRAITS = Traits(
    code="CR",
    timezone="America/Costa_Rica",
    currency="CRC",
    currencies=("CRC", "USD", "EUR", *sorted(currencies() - {"CRC", "USD", "EUR"})),
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
        subject="{{documento.tipo}} {{documento.numero}} de {{empresa.nombre}}",
        english=(("Hacienda", "Hacienda"), ("Total", "Total amount")),
    ),
    packing=Packing(zips=True),
    kinds=KINDS,
    tax_ids=(
        TaxIdKind("CJ", "Cédula jurídica", "02", ("Jurídica", "Persona jurídica")),
        TaxIdKind("CF", "Cédula física", "01", ("Física", "Persona física")),
        TaxIdKind("DIMEX", "DIMEX", "03"),
        TaxIdKind("NITE", "NITE", "04"),
        TaxIdKind("EXT", "Extranjero no domiciliado", "05"),
        TaxIdKind("NC", "No contribuyente", "06"),
        TaxIdKind(NOBODY, "Sin identificación (tiquetes)", "-"),
    ),
    fields=FIELDS,
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
        ("IVA", "8", "IVA 8 %"),
        ("IVA", "4", "IVA 4 %"),
        ("IVA", "2", "IVA 2 %"),
        ("IVA", "1", "IVA 1 %"),
        ("IVA", "0.5", "IVA 0,5 %"),
        ("IVA", "0", "Exento"),
        ("SELECTIVO", "10", "Selectivo de consumo 10 %"),
        ("COMBUSTIBLE", "0", "Combustibles, por unidad"),
        ("ALCOHOL", "0", "Bebidas alcohólicas, por unidad"),
        ("BEBIDAS", "0", "Bebidas envasadas y jabones, por unidad"),
        ("TABACO", "0", "Tabaco, por unidad"),
        ("CEMENTO", "5", "Cemento 5 %"),
        ("IVA_ESPECIAL", "13", "IVA 13 %, cálculo especial"),
        ("IVA_USADOS", "0", "IVA de bienes usados, por factor"),
        ("OTRO", "0", "Otro impuesto, por unidad"),
    ),
    parts=frozenset(
        {Part.CHARGES, Part.SEVERAL, Part.REFERENCES, Part.UNIT_TAXES, Part.COMPONENTS}
    ),
    nobody=(Customer(TaxId(NOBODY, "-"), ANYBODY),),
    replaces_rejected=references.REPLACES_REJECTED,
    rejected_number=RejectedNumber.NEW,
    tokens=(ACCESS, REFRESH),
    calls_per_second=CALLS_PER_SECOND,
)

_IDP = "https://idp.comprobanteselectronicos.go.cr/auth/realms"
_TOKEN = "protocol/openid-connect/token"  # noqa: S105
_TAXPAYERS = "https://api.hacienda.go.cr/fe/ae"  # there is one register, with no staging

ENDPOINTS = {
    Environment.SANDBOX: {
        "token": f"sandbox://hacienda/auth/realms/rut-stag/{_TOKEN}",
        "api": "sandbox://hacienda/recepcion/v1",
        "taxpayers": "sandbox://hacienda/fe/ae",
    },
    Environment.TEST: {
        "token": f"{_IDP}/rut-stag/{_TOKEN}",
        "api": STAGING,
        "taxpayers": _TAXPAYERS,
    },
    Environment.PRODUCTION: {
        "token": f"{_IDP}/rut/{_TOKEN}",
        "api": "https://api.comprobanteselectronicos.go.cr/recepcion/v1",
        "taxpayers": _TAXPAYERS,
    },
}
CLIENTS = {
    Environment.SANDBOX: "api-stag",
    Environment.TEST: "api-stag",
    Environment.PRODUCTION: "api-prod",
}
