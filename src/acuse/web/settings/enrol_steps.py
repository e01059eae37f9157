"""The five steps of enabling electronic invoicing: how far each is, where to mend what lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Problem
from acuse.domain.traits import Scope, Traits
from acuse.flow.enrol import KindProgress, may_number_invoices
from acuse.web.states import Chip

RANGES = "company.numberTemplates"
CERTIFICATE = "company.certificate"
SECRETS = "company.secrets."
OWN = "company.extra."
KEYS = "Certificado y credenciales"


class State(StrEnum):
    """How far a step is."""

    DONE = "done"
    CURRENT = "current"  # the first that is not done
    WAITING = "waiting"


CHIPS = {
    State.DONE: Chip("accepted", "circle-check", "Hecho"),
    State.CURRENT: Chip("process", "chevron-right", "Ahora"),
    State.WAITING: Chip("quiet", "clock", "En espera"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the page."""

    name: str
    title: str
    state: State

    @property
    def chip(self) -> Chip:
        """Its state as colour, icon and word."""
        return CHIPS[self.state]


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem with the words of its field, and where that field is written."""

    problem: Problem
    label: str
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """One of the facts that the portal gives: whether the company has it, and where it goes."""

    label: str
    help: str
    there: bool
    place: str


def states(
    company: Company,
    lacking: Iterable[Problem],
    kinds: tuple[KindProgress, ...],
    accepted_needed: int,
    traits: Traits,
    at: datetime,
) -> tuple[Step, ...]:
    """The steps in order; of those that are not done the first is the current one."""
    rehearses = company.environment is not Environment.PRODUCTION
    accepted = next((one.accepted for one in kinds if one.kind is DocumentKind.INVOICE), 0)
    through = not any(one.waiting or one.to_issue for one in kinds)
    enabled = company.electronic_invoicing
    done = (
        ("data", "Datos y certificado", not data_problems(lacking, company, traits)),
        ("software", "Software", all(one.there for one in software(company, traits))),
        ("set", "Set de pruebas", enabled or (through and accepted >= accepted_needed)),
        ("ranges", "Numeraciones", may_number_invoices(company, traits, at)),
        ("start", "Inicio", enabled),
    )
    asked = [one for one in done if rehearses or one[0] != "set"]
    first = next((name for name, _, is_done in asked if not is_done), "")
    return tuple(
        Step(name, title, _state(is_done, is_current=name == first))
        for name, title, is_done in asked
    )


def data_problems(
    lacking: Iterable[Problem], company: Company, traits: Traits
) -> tuple[Placed, ...]:
    """What the company lacks but for what other steps ask: the portal's facts and the ranges."""
    elsewhere = {f"{OWN}{name}" for name in _portal_fields(company, traits)}
    return tuple(
        placed(problem, company, traits)
        for problem in lacking
        if not problem.field.startswith((RANGES, SECRETS)) and problem.field not in elsewhere
    )


def software(company: Company, traits: Traits) -> tuple[Told, ...]:
    """What the authority's portal gave for the software: own fields and credentials."""
    fields = {spec.name: spec for spec in traits.own(Scope.COMPANY)}
    data, keys = reverse("company_data", args=[company.id]), reverse("keys", args=[company.id])
    return (
        *(
            Told(
                fields[name].label,
                fields[name].help,
                bool(str(company.extra.get(name) or "").strip()),
                f"{data}#extra-{name}",
            )
            for name in _portal_fields(company, traits)
        ),
        *(
            Told(one.label, one.help, one.name in company.secrets, f"{keys}#{one.name}")
            for one in traits.secrets
            if one.required
        ),
    )


def placed(problem: Problem, company: Company, traits: Traits) -> Placed:
    """The problem with its field's name in Spanish and the screen where it is mended."""
    field = problem.field
    data, keys = reverse("company_data", args=[company.id]), reverse("keys", args=[company.id])
    if field.startswith(OWN):
        name = field.removeprefix(OWN)
        labels = {spec.name: spec.label for spec in traits.own(Scope.COMPANY)}
        return Placed(problem, labels.get(name, "Empresa"), f"{data}#extra-{name}")
    if field.startswith(SECRETS):
        name = field.removeprefix(SECRETS)
        secrets = {one.name: one.label for one in traits.secrets}
        return Placed(problem, secrets.get(name, KEYS), f"{keys}#{name}")
    if field == CERTIFICATE:
        return Placed(problem, "Certificado digital", f"{keys}#certificate")
    if field == "ranges" or field.startswith(RANGES):
        return Placed(problem, "Numeraciones", reverse("ranges", args=[company.id]))
    if field in ("plan", "testSet"):
        return Placed(problem, "Set de pruebas", "#set")
    label, name = _COMPANY_FIELDS.get(field, ("Empresa", "legal_name"))
    return Placed(problem, label or traits.words.place, f"{data}#{name}")


_COMPANY_FIELDS = {  # label ("" for the country's word) and the form's field
    "company.name": ("Razón social", "legal_name"),
    "company.tradeName": ("Nombre comercial", "trade_name"),
    "company.email": ("Correo", "email"),
    "company.phone": ("Teléfono", "phone"),
    "company.address": ("Dirección", "line"),
    "company.address.line": ("Dirección", "line"),
    "company.address.place": ("", "place"),
    "company.address.city": ("Ciudad", "city"),
    "company.address.region": ("Departamento", "region"),
    "company.address.department": ("Departamento", "region"),
    "company.identification": ("Identificación", "legal_name"),
}


def _portal_fields(company: Company, traits: Traits) -> tuple[str, ...]:
    """The own fields that the portal gives; what only the set wants is not asked in production."""
    enrolment = traits.enrolment
    if enrolment is None:
        return ()
    needed = company.environment is not Environment.PRODUCTION
    return (*enrolment.software, *(enrolment.needs if needed else ()))


def _state(is_done: bool, *, is_current: bool) -> State:
    if is_done:
        return State.DONE
    return State.CURRENT if is_current else State.WAITING
