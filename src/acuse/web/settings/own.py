"""What only its country knows of a company, as its forms have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.intake_own import own_fields
from acuse.domain.traits import FieldSpec, Scope, Traits
from acuse.web import typed

MISSING = "XX-DOC-1"


def specs(traits: Traits, *, beside_secrets: bool = False) -> tuple[FieldSpec, ...]:
    """The fields of the company's page, or those asked where its credentials are entered."""
    return tuple(
        spec for spec in traits.own(Scope.COMPANY) if spec.beside_secrets == beside_secrets
    )


def read(
    values: Mapping[str, str],
    specs: tuple[FieldSpec, ...],
    traits: Traits,
    errors: dict[str, str],
) -> dict[str, Any]:
    """The fields by their declared type, "" for what is empty; what is wrong goes to `errors`.

    What is missing is no error here: it stands in the list of what the company lacks.
    """
    problems = Problems()
    fields = Fields(
        {"extra": typed.own(values, specs, "extra-", traits.words.decimal_mark)}, "", problems
    )
    told = own_fields(fields, Scope.COMPANY, traits)
    for problem in problems.found():
        if problem.code != MISSING:
            errors[problem.field.replace("extra.", "extra-", 1)] = problem.text
    return {spec.name: told.get(spec.name, "") for spec in specs}


def shown(value: object) -> str:
    """A stored value as its field shows it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
