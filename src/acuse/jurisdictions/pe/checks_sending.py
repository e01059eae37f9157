"""What a document lacks to reach SUNAT at all, told before it gets a number.

Source: peru.md 5.1, 5.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import services
from acuse.jurisdictions.pe.fields_sending import API_SECRETS
from acuse.jurisdictions.pe.wording import problem


def sending_problems(document: Document, company: Company) -> Iterator[Problem]:
    """Why such a document could not be sent; only guías need credentials of their own."""
    service = services.TAKEN_BY.get(services.KIND_CODES.get(document.kind, ""))
    if service != "gre":
        return
    if not services.endpoint(company, service):
        text = "SUNAT no tiene servicio de guías en su ambiente de pruebas. Usa el de Acuse."
        yield problem("kind", "PE-OWN-43", text)
        return
    for secret in API_SECRETS:
        if secret.name.startswith("gre_") and secret.name not in company.secrets:
            text = f"Falta: {secret.label}. Complétalo en Certificado y credenciales."
            yield problem(f"company.secrets.{secret.name}", "XX-SEC-1", text)
