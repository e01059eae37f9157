"""What a company lacks for issuing or for mailing. Source: costa-rica.md 3.2, 4 and 9.2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from acuse.domain.jurisdiction import Purpose
from acuse.domain.numbering import unusable
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import content, forms, ids
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.traits import TRAITS


def company_problems(company: Company, at: datetime, purpose: Purpose) -> Iterator[Problem]:
    """Everything that is missing or wrong, each with where to mend it."""
    yield from forms.sized(
        "company.name", "El nombre de la empresa", company.legal_name.strip(), 5, 100
    )
    yield from forms.identity("company.identification", "CR-EMI-5", company.tax_id)
    if not forms.is_mail(company.email):
        text = f"El correo de la empresa «{one_line_of(company.email)}» no tiene la forma que "
        text += (
            "Hacienda admite, y ahí llegan las respuestas de tus clientes. Corrígelo en Empresa."
        )
        yield problem("company.email", "CR-EMI-6", text)
    if purpose is Purpose.ISSUE:
        yield from _issuer_details(company)
        yield from _keys(company, at)
        yield from _ranges(company, at)
    elif not company.has_mail_route:
        text = "Falta configurar por dónde sale el correo. Hazlo en Configuración > Correo."
        yield problem("company.mailRoute", "XX-COM-2", text)


def _issuer_details(company: Company) -> Iterator[Problem]:
    """What every document says of its issuer."""
    yield from forms.address("company.address", "CR-EMI-3", company.address)
    activity = content.activity(company)
    if not forms.SIX_DIGITS.fullmatch(activity):
        text = f"La actividad económica «{one_line_of(activity, 20)}» no es de seis dígitos."
        yield problem(
            "company.extra.activity", "CR-EMI-2", f"{text} Búscala en tu registro de Hacienda."
        )
    yield from forms.sized(
        "company.extra.provider_system",
        "El proveedor del sistema",
        content.provider(company),
        1,
        20,
    )
    if company.trade_name:
        yield from forms.sized(
            "company.tradeName", "El nombre comercial", company.trade_name, 3, 80
        )
    if company.phone and content.phone(company.phone) is None:
        text = f"El teléfono «{one_line_of(company.phone, 20)}» no es de ocho dígitos."
        yield problem("company.phone", "CR-XSD", f"{text} Corrígelo en Empresa.")


def _keys(company: Company, at: datetime) -> Iterator[Problem]:
    certificate = company.certificate
    if certificate is None:
        text = "Falta la llave criptográfica (.p12). Súbela en Certificado y credenciales."
        yield problem("company.certificate", "XX-CRT-1", text)
    elif at < certificate.valid_from:
        text = f"La llave rige desde el {certificate.valid_from:%d/%m/%Y}. Espera o sube otra."
        yield problem("company.certificate", "CR-CERT-1", text)
    elif at > certificate.valid_until:
        text = f"La llave venció el {certificate.valid_until:%d/%m/%Y}. Genera otra en la OVi y "
        yield problem("company.certificate", "CR-CERT-1", f"{text}súbela: la anterior se anula.")
    elif ids.compact(company.tax_id.number) not in certificate.holder_ids:
        text = f"La llave no es de la cédula {company.tax_id.number}. Sube la de esta empresa."
        yield problem("company.certificate", "CR-CERT-2", text)
    for secret in TRAITS.secrets:
        if secret.name not in company.secrets:
            text = f"Falta: {secret.label}. Complétalo en Certificado y credenciales."
            yield problem(f"company.secrets.{secret.name}", "XX-SEC-1", text)


def _ranges(company: Company, at: datetime) -> Iterator[Problem]:
    today = ids.day(at)
    if not any(unusable(one, today) is None for one in company.ranges):
        text = "No hay una sucursal y terminal con números. Agrégala en Numeraciones."
        yield problem("company.numberTemplates", "XX-COM-3", text)
