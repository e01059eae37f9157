"""Every rule: what passes, and the one thing that fails with exactly its code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acuse_sandbox.dian import xsd
from acuse_sandbox.dian.rulebook import judge, table
from acuse_sandbox.dian.rulebook.rule import Rule
from tests.sandbox.dian.rulebook.cases_mistakes import MISTAKES, Mistake
from tests.sandbox.dian.rulebook.documents import document
from tests.sandbox.dian.rulebook.facts import FACTS
from tests.sandbox.dian.rulebook.kinds import KINDS, LETTERS
from tests.sandbox.dian.rulebook.sealing import seal

CODES = {letters: code for code, letters in LETTERS.items()}


def rules(suffix: str) -> list[Rule]:
    """The rules of a suffix: a few are another in other kinds."""
    found = [rule for rule in table.RULES if rule.suffix == suffix]
    assert found, suffix
    return found


def letters(mistake: Mistake) -> tuple[str, ...]:
    """The kinds in which it is made."""
    return mistake.of or tuple(one for rule in rules(mistake.rule) for one in rule.severity)


def cases() -> Iterator[object]:
    """Every mistake in every kind."""
    for mistake in MISTAKES:
        for one in letters(mistake):
            code = rules(mistake.rule)[0].code(one)
            yield pytest.param(mistake, one, id=f"{code} {one} {mistake.note}".strip())


@pytest.mark.parametrize("code", KINDS)
def test_a_good_document_breaks_no_rule(code: str) -> None:
    assert judge(document(code), FACTS) == []


@pytest.mark.parametrize("code", KINDS)
def test_a_good_document_is_valid(code: str) -> None:
    if not xsd.are_there():
        pytest.skip("no published schemas (ACUSE_AUTHORITY_DIR)")
    assert xsd.complaint(document(code)) == ""


@pytest.mark.parametrize(("mistake", "kind"), list(cases()))
def test_one_mistake_fails_with_its_code(mistake: Mistake, kind: str) -> None:
    code = mistake.base or CODES[kind]
    root = document(code)
    if not mistake.after_seal:
        mistake.change(root)
        seal(root, code)
    else:
        mistake.change(root)
    found = judge(root, mistake.facts(FACTS))
    wanted = [mistake.rule, *mistake.also]
    expected = {
        (rule.code(kind), rule.severity[kind])
        for suffix in wanted
        for rule in rules(suffix)
        if kind in rule.severity
    }
    assert {(one.code, one.severity) for one in found} == expected
    assert [one.line for one in found if one.code == rules(mistake.rule)[0].code(kind)] == [
        mistake.line
    ]


def test_every_code_has_its_mistake() -> None:
    made = {
        (rule.code(one), one)
        for mistake in MISTAKES
        for rule in rules(mistake.rule)
        for one in letters(mistake)
    }
    assert {(row.code, row.kind) for row in table.rows() if row.kind != "AA"} == made
