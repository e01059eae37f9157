"""Every rule written by hand passes on one document and fails on its twin."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.sandbox.sunat.cases_hand import TWINS, Twin
from tests.sandbox.sunat.cases_kinds import BASES

from acuse_sandbox.sunat.rulebook import judge


def codes(twin: Twin, *, bad: bool) -> set[str]:
    """What a twin breaks."""
    root = etree.fromstring(twin.base.xml().encode())
    for change in (twin.before, twin.change if bad else None):
        if change is not None:
            change(root)
    registers = twin.bad if bad and twin.bad is not None else twin.good
    today = twin.today if bad and twin.today is not None else twin.base.today
    return {
        f.code for f in judge.judge(root, name=twin.base.name, today=today, registers=registers)
    }


@pytest.mark.parametrize("twin", TWINS, ids=lambda t: f"{t.kind}-{t.code}")
def test_a_rule_passes_one_document_and_fails_its_twin(twin: Twin) -> None:
    passed, failed = codes(twin, bad=False), codes(twin, bad=True)
    assert twin.code not in passed
    assert twin.code in failed
    assert failed - passed - twin.companions == {twin.code}


@pytest.mark.parametrize("kind", BASES)
def test_every_rule_by_hand_has_its_twin(kind: str) -> None:
    by_hand = {rule.code for rule in judge.by_hand(kind)}
    assert by_hand == {twin.code for twin in TWINS if twin.kind == kind}
