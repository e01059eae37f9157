"""The rulebook's one door: what SUNAT finds in a document of any kind."""

from __future__ import annotations

from datetime import date
from functools import cache

from acuse_sandbox.hardened import Element
from acuse_sandbox.sunat import content, stem
from acuse_sandbox.sunat.kinds import KINDS
from acuse_sandbox.sunat.rulebook import factura, interim, reading
from acuse_sandbox.sunat.rulebook.registers import NOTHING, Registers
from acuse_sandbox.sunat.rulebook.rule import Case, Finding, examine


def judge(
    root: Element, *, name: str, today: date, registers: Registers = NOTHING
) -> tuple[Finding, ...]:
    """What a document breaks, faults first; never raises.

    `name` is the file's without extension, `today` Lima's date of receipt. A kind without rules of
    its own is held against dates and registers alone.
    """
    named = stem.read(name) or stem.summary(name)
    if named is None:
        return ()
    read = content.read(root, named, KINDS[named.kind])
    held = interim.examine(registers, read, named, today)
    if named.kind != "01":
        return tuple(held)
    case = Case(reading.read(root), named, today)
    return (*examine(factura.FAULTS, case), *examine(factura.RULES, case), *held)


@cache
def texts() -> dict[str, str]:
    """Our words for every code, where a finding needs one without a document."""
    found = {rule.code: rule.text for rule in factura.FAULTS + factura.RULES}
    return {**interim.TEXTS, **found}
