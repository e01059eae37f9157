"""What a person fills in to declare something, as it is drawn and as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acuse.domain.counter import Counter
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_own import fields_of
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import ReceptionKind, Signatory
from acuse.domain.text import clean
from acuse.domain.traits import Traits
from acuse.flow.declare import Offer
from acuse.web import typed
from acuse.web.inputs import Filled, Input

LONGEST = {"number": 20, "first_name": 100, "family_name": 100, "job_title": 100, "department": 100}


@dataclass(frozen=True, slots=True)
class Form:
    """A declaration on the screen: its words, its fields, or why it cannot be now."""

    kind: ReceptionKind
    words: str
    action: str
    inputs: tuple[Input, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was filled in; `problems` is empty where all of it can be read."""

    person: Signatory | None
    reason_code: str
    note: str
    extra: Mapping[str, Any]
    problems: tuple[Problem, ...]


def form(
    offer: Offer,
    counter: Counter,
    traits: Traits,
    values: Mapping[str, str],
    person: Signatory | None,
) -> Form:
    """The offer as it is drawn; the person of the last time is proposed again."""
    prefix = f"{offer.kind.value}-"
    drawn = Filled(values, {})
    inputs: list[Input] = []
    if "person" in offer.needs:
        inputs += _person(drawn, prefix, traits, person)
    if "reason_code" in offer.needs:
        choices = (("", "Elige un motivo"), *counter.claims)
        inputs.append(drawn.input(f"{prefix}reason_code", "Motivo", choices=choices, required=True))
    told = offer.declarable
    if told.note:
        required = "note" in offer.needs
        inputs.append(drawn.input(f"{prefix}note", told.note, required=required))
    inputs += drawn.own(offer.fields, f"{prefix}extra-")
    return Form(offer.kind, told.words, told.action, tuple(inputs), offer.problems)


def read(values: Mapping[str, str], offer: Offer, traits: Traits) -> Told:
    """What the form says."""
    prefix, problems = f"{offer.kind.value}-", []

    def text(name: str, longest: int) -> str:
        cleaned = clean(values.get(f"{prefix}{name}", ""), field=name, longest=longest)
        if isinstance(cleaned, Problem):
            problems.append(cleaned)
            return ""
        return cleaned

    person = None
    if "person" in offer.needs:
        told = {name: text(name, longest) for name, longest in LONGEST.items()}
        person = Signatory(
            TaxId(text("type", 24), told["number"]),
            told["first_name"],
            told["family_name"],
            told["job_title"],
            told["department"],
        )
    reason_code = text("reason_code", 8) if "reason_code" in offer.needs else ""
    note = text("note", 500) if offer.declarable.note else ""
    found = Problems()
    own = typed.own(values, offer.fields, f"{prefix}extra-", traits.words.decimal_mark)
    extra = fields_of(Fields({"extra": own}, "", found), offer.fields)
    return Told(person, reason_code, note, extra, (*problems, *found.found()))


def _person(
    drawn: Filled, prefix: str, traits: Traits, person: Signatory | None
) -> tuple[Input, ...]:
    known = person or Signatory(TaxId("", ""), "", "")
    kinds = tuple((kind.key, kind.label) for kind in traits.tax_ids)
    type_ = known.tax_id.kind or _of_a_person(traits)
    return (
        drawn.input(f"{prefix}type", "Identificación de quien recibe", type_, choices=kinds),
        drawn.input(f"{prefix}number", "Número", known.tax_id.number, required=True),
        drawn.input(f"{prefix}first_name", "Nombres", known.first_name, required=True),
        drawn.input(f"{prefix}family_name", "Apellidos", known.family_name, required=True),
        drawn.input(f"{prefix}job_title", "Cargo", known.job_title),
        drawn.input(f"{prefix}department", "Área", known.department),
    )


def _of_a_person(traits: Traits) -> str:
    """The second kind of identity where there is one: the first is a company's."""
    return traits.tax_ids[min(1, len(traits.tax_ids) - 1)].key
