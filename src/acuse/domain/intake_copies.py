"""The company's own copies as the API and the command tell them: `copies`, a list of addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import starmap
from typing import Any

from acuse.domain.copies import MOST, CompanyCopy, CopyUse
from acuse.domain.intake_contact import entry, entry_of, reader
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
    reads = reader(fields, rehearsal=rehearsal)  # its own addresses are what is looked for
    if not fields.given("copies"):
        text = "Falta «copies»: la lista de direcciones, [] para ninguna."
        fields.wrong("copies", "1", text)
    found = [
        one
        for inner in fields.children("copies", LOOKED_AT)
        for one in starmap(
            CompanyCopy,
            entry(inner, traits, "use", USES, CopyUse.ARCHIVE, read=reads),
        )
    ]
    fields.finish()
    return found, problems.found()


def write(copies: Iterable[CompanyCopy]) -> list[dict[str, Any]]:
    """The copies as they are told; without kinds, of every kind."""
    return [entry_of(one.address, "use", one.use, one.kinds) for one in copies]
