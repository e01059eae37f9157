"""What a company says about how its documents reach SUNAT, and the credentials of its API.

Source: peru.md 5.1, 5.6, 6.
"""

from __future__ import annotations

import re

from acuse.domain.party import Company
from acuse.domain.traits import FieldSpec, FieldType, Scope, SecretSpec

SUMMARY_HOUR = "summary_hour"
SUMMARY_SERIES = "summary_series"
REGISTER_SETTLES = "register_settles"

SENDING_FIELDS = (
    FieldSpec(
        SUMMARY_HOUR,
        Scope.COMPANY,
        FieldType.INTEGER,
        "Enviar las boletas por resumen diario a esta hora",
        help="De 0 a 23, hora de Lima, del día siguiente. Vacía, cada boleta se envía sola.",
    ),
    FieldSpec(
        SUMMARY_SERIES,
        Scope.COMPANY,
        FieldType.TEXT,
        "Solo las boletas y notas de estas series van en el resumen",
        help="Separadas por comas: B001, BC01. Vacío, todas las de boleta.",
    ),
    FieldSpec(
        REGISTER_SETTLES,
        Scope.COMPANY,
        FieldType.BOOLEAN,
        "Aceptar la palabra del registro de SUNAT cuando la constancia se perdió",
        help="El cliente recibe entonces el XML y el PDF, sin CDR. Pide la API de consulta.",
        beside_secrets=True,
    ),
)

API_SECRETS = (
    SecretSpec(
        "gre_client_id",
        "API de guías: client_id",
        "Solo si emites guías de remisión. Se crea en SUNAT Operaciones en Línea.",
        required=False,
    ),
    SecretSpec("gre_client_secret", "API de guías: client_secret", required=False),
    SecretSpec(
        "register_client_id",
        "API de consulta de comprobantes: client_id",
        "Para preguntar por una boleta cuya respuesta se perdió. Se crea en el menú SOL.",
        required=False,
    ),
    SecretSpec(
        "register_client_secret", "API de consulta de comprobantes: client_secret", required=False
    ),
)


def summary_hour(company: Company) -> int | None:
    """The hour at which the company sends its summaries; None where boletas go singly."""
    told = str(company.extra.get(SUMMARY_HOUR, "")).strip()
    return int(told) if re.fullmatch("[0-9]|1[0-9]|2[0-3]", told) else None


def register_settles(company: Company) -> bool:
    """Whether the company takes the register's word for a lost CDR; forms store it as text."""
    return company.extra.get(REGISTER_SETTLES) in (True, "true")
