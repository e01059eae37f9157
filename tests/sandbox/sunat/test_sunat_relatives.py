"""The factura's rules in its relatives: the same mistake, the code of each kind's sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from lxml import etree
from tests.sandbox.sunat import cases_examples as ex
from tests.sandbox.sunat.cases_kinds import TODAY, of_boleta, of_note
from tests.sandbox.sunat.cases_mistakes import MISTAKES, Mistake
from tests.sandbox.sunat.changes import put
from tests.sandbox.sunat.documents import ISSUER

from acuse_sandbox.sunat.rulebook import family, reading
from acuse_sandbox.sunat.rulebook.judge import judge
from acuse_sandbox.sunat.rulebook.registers import Stated
from acuse_sandbox.sunat.rulebook.rule import Severity


class Relative(NamedTuple):
    """A kind made from a factura, and which of two codes its sheet gives."""

    kind: str
    made: Callable[[str], str]
    number: str
    remarks: bool


def _boleta_note(xml: str) -> str:
    note = of_note(xml, "CreditNote", reference="B001-9", kind="03")
    return note.replace("<cbc:ID>FC01-1<", "<cbc:ID>BC01-1<")


RELATIVES = {
    "boleta": Relative("03", of_boleta, "B001-1", True),
    "credit note": Relative("07", lambda x: of_note(x, "CreditNote"), "FC01-1", False),
    "debit note": Relative("08", lambda x: of_note(x, "DebitNote"), "FC01-1", False),
    "note of a boleta": Relative("07", _boleta_note, "BC01-1", True),
}
# Mistakes that are none there: another series, type or term; a former rate; no forma de pago.
NONE_THERE = {
    "03": frozenset({"1001", "1003", "1004", "2108"}),
    "07": frozenset({"3248", "3291"}),
    "08": frozenset({"3291"}),
}


@cache
def codes(xml: str, relative: Relative, issuer: str = ISSUER) -> set[str]:
    root = etree.fromstring(relative.made(xml).encode())
    name = f"{issuer}-{relative.kind}-{relative.number}"
    return {f.code for f in judge(root, name=name, today=TODAY, registers=Stated())}


def mistaken(mistake: Mistake) -> str:
    root = etree.fromstring(mistake.example().encode())
    mistake.change(root)
    return etree.tostring(root, encoding="unicode")


def expected(mistake: Mistake, relative: Relative) -> str | None:
    """The code of the relative's sheet; None where the rule does not hold for it."""
    found = family.codes(relative.kind).get(mistake.code)
    return None if found is None else found[-1 if relative.remarks else 0]


# What an example carries that a relative may not: an operation, an advance, a global discount.
NOT_ALLOWED = {
    "second_category": {"3206", "3280", "4312"},
    "to_a_person": {"3206"},
    "advance": {"4009"},
    "rice": {"3230"},
    "after_tax": {"3280", "4312"},
    "related": {"4010"},
}


@pytest.mark.parametrize("name", RELATIVES)
def test_the_worked_examples_pass_as_boletas_and_notes(name: str) -> None:
    broken = {}
    for example in ex.EXAMPLES:
        issuer = reading.read(etree.fromstring(example().encode())).supplier.number
        found = codes(example(), RELATIVES[name], issuer or "")
        found -= NOT_ALLOWED.get(example.__name__, set())
        if found:
            broken[example.__name__] = found
    assert broken == {}


CASES = [
    (name, mistake)
    for name, relative in RELATIVES.items()
    for mistake in MISTAKES
    if expected(mistake, relative) and mistake.code not in NONE_THERE[relative.kind]
]


@pytest.mark.parametrize("name", RELATIVES)
def test_the_same_mistake_has_the_code_of_each_kind(name: str) -> None:
    relative, missed = RELATIVES[name], []
    for mistake in (m for n, m in CASES if n == name):
        wanted = expected(mistake, relative)
        if wanted not in codes(mistaken(mistake), relative):
            missed.append((mistake.code, wanted, mistake.example.__name__))
        elif wanted in codes(mistake.example(), relative):
            missed.append((mistake.code, wanted, "breaks it unchanged"))
    assert missed == []


@pytest.mark.parametrize(
    ("name", "code", "severity"),
    [
        ("boleta", "4288", Severity.OBSERVATION),
        ("credit note", "3271", Severity.REJECTION),
        ("note of a boleta", "4288", Severity.OBSERVATION),
    ],
)
def test_a_wrong_sum_rejects_a_factura_and_its_notes_and_marks_a_boleta_and_its_notes(
    name: str, code: str, severity: Severity
) -> None:
    relative = RELATIVES[name]
    root = etree.fromstring(ex.plain().encode())
    put("cac:InvoiceLine/cac:Price/cbc:PriceAmount", "60.00")(root)
    made = etree.fromstring(relative.made(etree.tostring(root, encoding="unicode")).encode())
    found = judge(made, name=f"{ISSUER}-{relative.kind}-{relative.number}", today=TODAY)
    assert [(f.code, f.severity) for f in found] == [(code, severity)]
