"""Every row of the table passes on one document and fails on its twin, and so does every kind."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.sandbox.sunat.cases_kinds import BASES, OTHERS, Base
from tests.sandbox.sunat.changes import Element
from tests.sandbox.sunat.rows import pair

from acuse_sandbox.sunat.rulebook import judge, table
from acuse_sandbox.sunat.rulebook.registers import Stated
from acuse_sandbox.sunat.rulebook.rule import Severity
from acuse_sandbox.sunat.rulebook.table import Row

# What cannot but break with it: a formula over the value, or the same value's other rule.
COMPANIONS = {
    "1001": {"1035", "1036", "1049"},
    "2048": {"2344"},
    "2255": {"4019", "4027"},
    "2256": {"4019", "4027"},
    "2257": {"4019", "4027"},
    "2268": {"2278"},
    "2269": {"2278"},
    "2357": {"4027"},
    "2465": {"4009"},
    "2470": {"2999"},
    "2637": {"4009"},
    "2643": {"3103", "3272"},
    "2699": {"2608"},
    "2721": {"2608", "2623"},
    "2735": {"2623"},
    "2800": {"2017"},
    "2986": {"2517"},
    "3259": {"2116"},
    "3303": {"2629", "2668"},
    "3323": {"2626", "2667", "2668"},
    "3324": {"2692"},
    "3354": {"2567"},
    "3417": {"2760"},
    "4367": {"2117"},
}


def chosen() -> list[tuple[str, Row]]:
    """Each row once, on one of the kinds that it is for."""
    kinds: dict[tuple[str, ...], list[tuple[str, Row]]] = {}
    for kind in BASES:
        for row in table.rows(kind):
            kinds.setdefault(table.shared(kind, row), []).append((kind, row))
    return [found[int(found[0][1].code) % len(found)] for found in kinds.values()]


ROWS = chosen()


def found(root: Element, base: Base) -> set[str]:
    """The codes that a document breaks."""
    return {f.code for f in judge.judge(root, name=base.name, today=base.today)}


@pytest.mark.parametrize("name", [*BASES, *OTHERS])
def test_a_good_document_of_every_kind_breaks_nothing(name: str) -> None:
    base = (BASES | OTHERS)[name]
    root = etree.fromstring(base.xml().encode())
    codes = judge.judge(root, name=base.name, today=base.today, registers=Stated())
    assert [f.sentence for f in codes] == []


@pytest.mark.parametrize("kind", BASES)
def test_a_row_passes_one_document_and_fails_its_twin(kind: str) -> None:
    """In one test a kind: a thousand small ones would cost more than what they test."""
    base, wrong = BASES[kind], []
    root = etree.fromstring(base.xml().encode())
    for row in (row for of, row in ROWS if of == kind):
        good, bad = pair(root, row)
        passed, failed = found(good, base), found(bad, base)
        more = failed - passed - COMPANIONS.get(row.code, set())
        if row.code in passed or more != {row.code}:
            wrong.append((row, sorted(passed), sorted(more)))
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "severity"), [("07", Severity.OBSERVATION), ("08", Severity.REJECTION)]
)
def test_a_product_code_rejects_a_debit_note_and_marks_a_credit_note(
    kind: str, severity: Severity
) -> None:
    row = next(row for row in table.rows(kind) if row.code == "3496")
    base = BASES[kind]
    _, bad = pair(etree.fromstring(base.xml().encode()), row)
    (finding,) = judge.judge(bad, name=base.name, today=base.today)
    assert (finding.code, finding.severity) == ("3496", severity)
