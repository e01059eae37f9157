"""A posted declaration about a document of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acuse import jurisdictions
from acuse.api.answers import Refused
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_own import fields_of
from acuse.domain.party import Company, TaxId
from acuse.domain.received import ReceivedDocument, ReceptionKind, Signatory
from acuse.domain.traits import Traits
from acuse.flow import counters


@dataclass(frozen=True, slots=True)
class Told:
    """What is declared; `person` None where nobody is named."""

    kind: ReceptionKind
    reason_code: str
    note: str
    person: Signatory | None
    extra: Mapping[str, Any]


def read(raw: Mapping[str, object], document: ReceivedDocument, company: Company) -> Told:
    """The declaration about that document. Raises Refused with all that is wrong with it."""
    problems = Problems()
    fields = Fields(raw, "", problems)
    counter = counters.of(company)
    kinds = {one.kind.value: one.kind for one in counter.declarables if not one.by_issuer}
    if not fields.given("kind"):
        fields.wrong("kind", "1", f"Falta «kind»: uno de {', '.join(kinds)}.")
    kind = fields.choice("kind", kinds, next(iter(kinds.values())))
    told = Told(
        kind=kind,
        reason_code=fields.text("reasonCode", 8),
        note=fields.text("note", 500),
        person=_person(fields, jurisdictions.find(company.jurisdiction).traits),
        extra=fields_of(fields, counter.fields(kind, document, company)),
    )
    fields.finish()
    if problems.found():
        raise Refused(422, *problems.found())
    return told


def _person(fields: Fields, traits: Traits) -> Signatory | None:
    inner = fields.child("person")
    if inner is None:
        return None
    identity = inner.child("identificationObject", required=True)
    tax_id = TaxId("", "")
    if identity is not None:
        kinds = {kind.key: kind.key for kind in traits.tax_ids}
        tax_id = TaxId(
            identity.choice("type", kinds, ""), identity.text("number", 20, required=True)
        )
        identity.finish()
    found = Signatory(
        tax_id,
        inner.text("firstName", 100, required=True),
        inner.text("familyName", 100, required=True),
        inner.text("jobTitle", 100),
        inner.text("department", 100),
    )
    inner.finish()
    return found
