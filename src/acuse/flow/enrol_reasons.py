"""Why a step of enrolling cannot be taken: each reason says where to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import capitalised
from acuse.domain.traits import Enrolment, Scope, Traits

MOST = 200  # documents of a kind: no set asks for more

Plan = Mapping[DocumentKind, int]


def lacking(company: Company, enrolment: Enrolment, traits: Traits) -> list[Problem]:
    """What the set needs of the company; its ranges come with the set."""
    missing = []
    if company.certificate is None:
        missing.append(Problem("company.certificate", "XX-CRT-1", "Falta el certificado digital."))
    for name in enrolment.needs:
        if not str(company.extra.get(name) or "").strip():
            label = next(s.label for s in traits.own(Scope.COMPANY) if s.name == name)
            missing.append(
                Problem(f"company.extra.{name}", "XX-ENR-2", f"Falta «{label}»: está en el portal.")
            )
    for secret in traits.secrets:
        if secret.required and secret.name not in company.secrets:
            text = f"Falta «{secret.label}». Escríbelo en Certificado y credenciales."
            missing.append(Problem(f"company.secrets.{secret.name}", "XX-ENR-3", text))
    return missing


def of_plan(plan: Plan, traits: Traits) -> list[Problem]:
    """What is wrong with the numbers of documents that the set is to have."""
    wrong = [
        Problem(
            "plan",
            "XX-ENR-4",
            f"«{kind.value}»: pide de 0 a {MOST} documentos; dice {count}.",
        )
        for kind, count in plan.items()
        if traits.kind(kind) is None or not 0 <= count <= MOST
    ]
    if not wrong and not plan.get(DocumentKind.INVOICE):
        wrong.append(Problem("plan", "XX-ENR-5", "El set necesita al menos una factura."))
    return wrong


def no_enrolment(traits: Traits) -> Problem:
    """Its authority asks for no test set."""
    text = f"En {traits.words.country} no hay habilitación: la empresa emite en cuanto tiene datos."
    return Problem("company", "XX-ENR-1", text)


def not_accepted(traits: Traits, accepted: int, needed: int) -> Problem:
    """The set has not got far enough."""
    authority = capitalised(traits.words.authority)
    text = (
        f"{authority} aceptó {accepted} facturas del set y hacen falta {needed}. "
        "Espera a que termine; si rechazó alguna, pide más facturas y sigue con el set."
    )
    return Problem("testSet", "XX-ENR-7", text)


def no_invoice_range(traits: Traits) -> Problem:
    """Series of notes give invoices no number."""
    text = (
        f"No hay una numeración de facturas vigente. Lee las de {traits.words.authority} o "
        "agrégala en Numeraciones."
    )
    return Problem("ranges", "XX-ENR-10", text)


def not_enabled(traits: Traits) -> Problem:
    """It cannot move before its rehearsal is through."""
    text = "Primero termina la habilitación en el ambiente de pruebas de la autoridad."
    return Problem("company", "XX-ENR-8", text)


def in_production(company_id: int) -> Problem:
    """It moved before."""
    text = f"La empresa ya está en producción (empresa {company_id}). Ábrela en el selector."
    return Problem("company", "XX-ENR-9", text)
