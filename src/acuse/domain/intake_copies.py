"""The company's own copies as the API and the command tell them: `copies`, a list of addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from acuse.domain import intake_contact
from acuse.domain.copies import MOST, CompanyCopy, CopyUse
from acuse.domain.intake_fields import Fields, Problems
from acuse.domain.problem import Problem
from acuse.domain.traits import Traits

LOOKED_AT = 10 * MOST  # of more entries, nothing but their number is said
USES = {use.value: use for use in CopyUse}


def read(
    raw: Mapping[str, object], traits: Traits, *, rehearsal: bool
) -> tuple[list[CompanyCopy], tuple[Problem, ...]]:
    """The copies that are told, and everything that is wrong with one of them.

    `emailConfirmed` says that a person stands by what looks wrong.
    """
    problems = Problems()
    fields = Fields(raw, "", problems)
    insisted = fields.flag("emailConfirmed", False)
    if not fields.given("copies"):
        text = "Falta «copies»: la lista de direcciones, [] para ninguna."
        fields.wrong("copies", "1", text)
    found = [
        one
        for inner in fields.children("copies", LOOKED_AT)
        for one in _copy(inner, traits, rehearsal=rehearsal, insisted=insisted)
    ]
    fields.finish()
    return found, problems.found()


def write(copies: Iterable[CompanyCopy]) -> list[dict[str, Any]]:
    """The copies as they are told; without kinds, of every kind."""
    return [
        {"address": one.address, "use": one.use.value}
        | ({"kinds": sorted(kind.value for kind in one.kinds)} if one.kinds else {})
        for one in copies
    ]


def _copy(fields: Fields, traits: Traits, *, rehearsal: bool, insisted: bool) -> list[CompanyCopy]:
    """The copies of one entry: addresses pasted as several are for the same."""
    if not fields.given("address"):
        fields.wrong("address", "1", "Falta «address»: la dirección de correo.")
    found = intake_contact.read(fields, "address", rehearsal=rehearsal, insisted=insisted)
    use = fields.choice("use", USES, CopyUse.ARCHIVE)
    kinds = fields.words("kinds", {one.kind.value: one.kind for one in traits.kinds})
    fields.finish()
    return [CompanyCopy(one, use, frozenset(kinds)) for one in found]
