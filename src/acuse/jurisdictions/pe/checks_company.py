"""What a Peruvian company lacks for issuing or for mailing. Source: peru.md 3.1, 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from acuse.domain.jurisdiction import Purpose
from acuse.domain.numbering import unusable
from acuse.domain.party import Address, Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content, ids
from acuse.jurisdictions.pe.checks_ranges import range_problems
from acuse.jurisdictions.pe.fields_sending import SUMMARY_HOUR, summary_hour
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.wording import bad_ruc, problem, text_problems

NAMES = (  # of the places behind the ubigeo: field of Address, SUNAT's code, word
    ("city", "PE-4096", "La provincia"),
    ("region", "PE-4097", "El departamento"),
    ("district", "PE-4098", "El distrito"),
)


def company_problems(company: Company, at: datetime, purpose: Purpose) -> Iterator[Problem]:
    """What the company lacks for issuing or for mailing."""
    yield from _identity(company)
    if purpose is Purpose.MAIL:
        yield from _mail(company)
        return
    yield from _address(company.address)
    if not re.fullmatch("[0-9]{4}", content.annex(company)):
        text = f"El código de anexo «{one_line_of(content.annex(company))}» no es de 4 dígitos."
        yield problem(
            "company.extra.annex", "PE-4242", text + " Usa 0000 si es el domicilio fiscal."
        )
    hour = str(company.extra.get(SUMMARY_HOUR, "")).strip()
    if hour and summary_hour(company) is None:
        told = one_line_of(hour, 12)
        text = f"La hora del resumen diario «{told}» no va de 0 a 23. Corrígela o déjala vacía."
        yield problem(f"company.extra.{SUMMARY_HOUR}", "PE-OWN-42", text)
    yield from _account(company)
    yield from range_problems(company)
    yield from _certificate(company, at)
    for secret in TRAITS.secrets:
        if secret.required and secret.name not in company.secrets:
            text = f"Falta: {secret.label}. Complétalo en Certificado y credenciales."
            yield problem(f"company.secrets.{secret.name}", "XX-SEC-1", text)
    today = at.astimezone(content.LIMA).date()
    if not any(unusable(one, today) is None for one in company.ranges):
        text = "No hay una serie activa con números. Agrégala en Numeraciones."
        yield problem("company.numberTemplates", "XX-COM-3", text)


def _identity(company: Company) -> Iterator[Problem]:
    if not company.legal_name.strip():
        text = "Falta la razón social. Complétala en Empresa."
        yield problem("company.name", "PE-1037", text)
    else:
        what = "La razón social"
        yield from text_problems(
            "company.name", "PE-4338", what, company.legal_name, least=1, most=1500
        )
    yield from text_problems(
        "company.tradeName",
        "PE-4092",
        "El nombre comercial",
        company.trade_name,
        least=0,
        most=1500,
    )
    if not ids.is_ruc(company.tax_id.number):
        yield problem("company.identification", "PE-1034", bad_ruc(company.tax_id.number))


def _mail(company: Company) -> Iterator[Problem]:
    if "@" not in company.email:
        text = "Falta el correo de la empresa: ahí llegan las respuestas de tus clientes."
        yield problem("company.email", "XX-COM-1", text + " Agrégalo en Empresa.")
    if not company.has_mail_route:
        text = "Falta configurar por dónde sale el correo. Hazlo en Configuración > Correo."
        yield problem("company.mailRoute", "XX-COM-2", text)


def _address(address: Address | None) -> Iterator[Problem]:
    if address is None or not address.line.strip():
        text = "Falta la dirección fiscal (de 3 a 200 caracteres). Complétala en Empresa."
        yield problem("company.address", "PE-4094", text)
        return
    yield from text_problems(
        "company.address.address", "PE-4094", "La dirección fiscal", address.line, least=3, most=200
    )
    if address.place not in codes.ubigeos():
        told = one_line_of(address.place, 12)
        text = f"El ubigeo «{told}» no existe. Usa los seis dígitos de tu distrito."
        yield problem("company.address.place", "PE-4093", text)
    for name, code, what in NAMES:
        field = "department" if name == "region" else name
        yield from text_problems(
            f"company.address.{field}", code, what, getattr(address, name), least=0, most=30
        )


def _account(company: Company) -> Iterator[Problem]:
    told = content.own(company.extra, "detraction_account")
    if told and not re.fullmatch("[0-9][0-9 -]{3,30}", told):
        text = f"La cuenta de detracciones «{one_line_of(told, 20)}» no es de cifras. Corrígela."
        yield problem("company.extra.detraction_account", "PE-3034", text)


def _certificate(company: Company, at: datetime) -> Iterator[Problem]:
    certificate = company.certificate
    if certificate is None:
        text = "Falta el certificado digital. Súbelo en Certificado y credenciales."
        yield problem("company.certificate", "XX-CRT-1", text)
    elif at < certificate.valid_from:
        text = f"El certificado vale recién desde el {certificate.valid_from:%d/%m/%Y}."
        yield problem("company.certificate", "PE-2327", text + " Sube uno vigente.")
    elif at > certificate.valid_until:
        text = f"El certificado venció el {certificate.valid_until:%d/%m/%Y}. Sube uno vigente."
        yield problem("company.certificate", "PE-2327", text)
    elif company.tax_id.number not in certificate.holder_ids:
        number = one_line_of(company.tax_id.number, 20)
        text = f"El certificado no es del RUC {number}. Sube el de esta empresa."
        yield problem("company.certificate", "PE-2325", text)
