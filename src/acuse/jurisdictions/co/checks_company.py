"""What a company lacks for issuing or for mailing. Source: colombia.md 3, 3b, 6 and 10."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from acuse.domain.jurisdiction import Purpose
from acuse.domain.numbering import unusable
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.co import checks_forms as forms
from acuse.jurisdictions.co import ids
from acuse.jurisdictions.co.checks_forms import problem
from acuse.jurisdictions.co.checks_ranges import is_authorised, range_problems
from acuse.jurisdictions.co.content import HOME
from acuse.jurisdictions.co.traits import TRAITS

ADDRESS_RULES = {"place": "FAJ09", "city": "FAJ10", "department": "FAJ12", "line": "FAJ14"}
NEEDED = (  # of the RUT: key, rule, words
    ("organization", "FAJ02", "el tipo de persona"),
    ("regime", "FAJ26", "la responsabilidad de IVA"),
    ("tax_scheme", "FAJ40", "el tributo"),
)
_ACTIVITY = re.compile("[0-9]{4}(;[0-9]{4})*")
_REGISTRATION = re.compile("[0-9]{6,12}")
_TECHNICAL_KEY = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_GUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def company_problems(company: Company, at: datetime, purpose: Purpose) -> Iterator[Problem]:
    """Everything that is missing or wrong, each with where to mend it."""
    yield from _identity(company)
    if purpose is Purpose.MAIL:
        yield from _mail(company)
        return
    yield from _address(company)
    yield from _rut(company)
    yield from _software(company)
    yield from _certificate(company, at)
    yield from _ranges(company, at)


def _identity(company: Company) -> Iterator[Problem]:
    name = company.legal_name
    yield from forms.sized("company.name", "FAJ20", "La razón social", name, 5, 450)
    if company.trade_name:
        field, told = "company.tradeName", company.trade_name
        yield from forms.sized(field, "FAJ06", "El nombre comercial", told, 5, 450)
    yield from forms.written("company.phone", "FAJ69", "El teléfono", company.phone)
    yield from forms.written("company.email", "FAJ71", "El correo", company.email)
    if company.tax_id.kind != "NIT":
        text = f"La empresa tiene «{one_line_of(company.tax_id.kind, 10)}» y factura con su NIT."
        yield problem("company.identification", "FAJ25", f"{text} Escríbelo en Empresa.")
    else:
        yield from forms.nit("company.identification", "FAJ21", "FAJ24", company.tax_id.number)


def _mail(company: Company) -> Iterator[Problem]:
    if "@" not in company.email:
        text = "Falta el correo de la empresa: ahí llegan las respuestas de tus clientes."
        yield problem("company.email", "FAJ71", f"{text} Agrégalo en Empresa.")
    if not company.has_mail_route:
        text = "Falta configurar por dónde sale el correo. Hazlo en Configuración > Correo."
        yield Problem("company.mailRoute", "XX-COM-2", text, forms.RULE)


def _address(company: Company) -> Iterator[Problem]:
    told = company.address
    if told is None:
        text = "Falta la dirección de la empresa con su municipio. Complétala en Empresa."
        yield problem("company.address", "FAJ28", text)
        return
    if told.country not in ("", HOME):
        text = f"La dirección de la empresa es de «{one_line_of(told.country, 5)}» y el emisor"
        yield problem("company.address.country", "FAJ16", f"{text} está en Colombia. Usa CO.")
    yield from forms.address("company.address", told, ADDRESS_RULES)


def _rut(company: Company) -> Iterator[Problem]:
    for name, code, words in NEEDED:
        if not company.extra.get(name):
            text = f"Falta {words} de la empresa. Cópialo del RUT en Empresa."
            yield problem(f"company.extra.{name}", code, text)
    yield from forms.tax_person("company", "AJ", "de la empresa", company.extra)
    activity = str(company.extra.get("activity") or "")
    if activity and not _ACTIVITY.fullmatch(activity):
        text = f"La actividad económica «{one_line_of(activity)}» no es de cuatro dígitos (CIIU)."
        yield problem("company.extra.activity", "FAJ04", f"{text} Varias van separadas por «;».")
    registration = str(company.extra.get("registration") or "")
    if registration and not _REGISTRATION.fullmatch(registration):
        text = f"La matrícula mercantil «{one_line_of(registration, 20)}» no es de 6 a 12 cifras."
        yield problem("company.extra.registration", "FAJ51", f"{text} Déjala vacía si la dudas.")
    postal = str(company.extra.get("postal_code") or "")
    yield from forms.postal_code("company.extra.postal_code", "FAJ73", postal)


def _software(company: Company) -> Iterator[Problem]:
    told = str(company.extra.get("software_id") or "")
    if not _GUID.fullmatch(told):
        text = f"El identificador del software «{one_line_of(told)}» no tiene la forma del portal"
        remedy = "(8-4-4-4-12 cifras hexadecimales). Cópialo de la DIAN."
        yield problem("company.extra.software_id", "FAB24a", f"{text} {remedy}")
    test_set = str(company.extra.get("test_set_id") or "")
    if test_set and not _GUID.fullmatch(test_set):
        text = f"El identificador del set de pruebas «{one_line_of(test_set)}» no tiene la forma"
        remedy = "del portal (8-4-4-4-12 cifras hexadecimales). Cópialo de la DIAN."
        yield problem("company.extra.test_set_id", "OWN-12", f"{text} {remedy}")
    for secret in TRAITS.secrets:
        if secret.name not in company.secrets:
            text = f"Falta: {secret.label}. Complétalo en Certificado y credenciales."
            yield Problem(f"company.secrets.{secret.name}", "XX-SEC-1", text, forms.RULE)


def secret_problems(name: str, value: str) -> Iterator[Problem]:
    """What is wrong with a credential as it is stored: blanks and capitals were taken off before.

    A technical key is never mended: the XML does not carry it, so the DIAN is the first to notice
    an error, and answers with a rejection (FAD06).
    """
    if name.startswith("technical_key:") and not _TECHNICAL_KEY.fullmatch(value):
        text = f"La clave técnica tiene {len(value)} caracteres y son 40 o 64 cifras hexadecimales"
        remedy = "en minúsculas. Consulta las numeraciones a la DIAN o cópiala entera."
        yield problem(f"company.secrets.{name}", "FAD06", f"{text}, {remedy}")
    elif not value.strip():
        text = "La credencial está vacía. Escríbela en Certificado y credenciales."
        yield Problem(f"company.secrets.{name}", "XX-SEC-1", text, forms.RULE)


def _certificate(company: Company, at: datetime) -> Iterator[Problem]:
    field, certificate, nit = "company.certificate", company.certificate, company.tax_id.number
    if certificate is None:
        text = "Falta el certificado digital. Súbelo en Certificado y credenciales."
        yield Problem(field, "XX-CRT-1", text, forms.RULE)
    elif at < certificate.valid_from:
        text = f"El certificado vale desde el {certificate.valid_from:%d/%m/%Y}."
        yield problem(field, "ZD07", f"{text} Sube uno vigente.")
    elif at > certificate.valid_until:
        text = f"El certificado venció el {certificate.valid_until:%d/%m/%Y}."
        yield problem(field, "ZD07", f"{text} Sube uno vigente.")
    elif not {nit, nit + ids.check_digit(nit)} & set(certificate.holder_ids):
        # Some certifiers glue the check digit to the NIT (section 11).
        text = f"El certificado no es del NIT {one_line_of(nit, 20)}. Sube el de esta empresa."
        yield problem(field, "OWN-1", text)


def _ranges(company: Company, at: datetime) -> Iterator[Problem]:
    today = at.astimezone(ids.BOGOTA).date()
    if not any(unusable(one, today) is None for one in company.ranges):
        text = "No hay una numeración vigente con números. Agrégala en Numeraciones."
        yield Problem("company.numberTemplates", "XX-COM-3", text, forms.RULE)
    authorised = {one.series for one in company.ranges if is_authorised(one.kind)}
    for index, one in enumerate(company.ranges):
        if one.active:
            yield from range_problems(index, one, authorised)
