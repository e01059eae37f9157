"""Every recorded verdict of the three authorities × every gate: mail for the right cells alone."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from acuse.domain.delivery import Hold, Reason, Send, Skip, decide
from acuse.domain.lifecycle import MAILABLE, DocumentState
from acuse.domain.party import Wish
from acuse.domain.problem import Problem
from acuse.domain.verdict import Outcome

REPLIES = sorted((Path(__file__).parents[1] / "jurisdictions").glob("*/replies/*/finding.json"))
FINDINGS = {path: json.loads(path.read_text(encoding="utf-8")) for path in REPLIES}
JUDGED = [path for path, found in FINDINGS.items() if found["finding"] == "Judged"]
LACKING = (Problem("company.email", "XX-COM-1", "Falta el correo de la empresa."),)
GOOD, BOUNCED = "ana@cliente.example", "nadie@cliente.example"
ADDRESSES = {  # the state of the customer's addresses -> the addresses, those that are held
    "none": ((), ()),
    "nobody": ((), ()),
    "good": ((GOOD,), ()),
    "suppressed": ((BOUNCED,), (BOUNCED,)),
    "one of two": ((GOOD, BOUNCED), (BOUNCED,)),
}
CELLS = tuple(product((True, False), Wish, (True, False), ADDRESSES))


def expected(switch: bool, wish: Wish, complete: bool, addresses: str) -> Send | Hold | Skip:
    """What design.md 1.5 says of a cell of an accepted document, gate by gate."""
    emails, held = ADDRESSES[addresses]
    gates = (
        (not switch, Skip(Reason.SWITCH_OFF)),
        (wish is Wish.NEVER, Skip(Reason.CUSTOMER_NEVER)),
        (addresses == "nobody", Skip(Reason.NOBODY)),
        (not complete, Hold(Reason.COMPANY_INCOMPLETE)),
        (addresses == "none", Hold(Reason.NO_EMAIL)),
        (addresses == "suppressed", Hold(Reason.ADDRESS_SUPPRESSED)),
    )
    free = tuple(one for one in emails if one not in held)
    return next((answer for shut, answer in gates if shut), Send(free, held))


def decided(outcome: Outcome, cell: tuple[bool, Wish, bool, str]) -> Send | Hold | Skip:
    switch, wish, complete, addresses = cell
    emails, held = ADDRESSES[addresses]
    return decide(
        switch=switch,
        wish=wish,
        outcome=outcome,
        company_problems=() if complete else LACKING,
        emails=emails,
        nobody=addresses == "nobody",
        suppressed=held,
    )


def test_the_replies_of_all_three_are_walked() -> None:
    assert {path.parts[-4] for path in JUDGED} == {"co", "cr", "pe"}
    assert {FINDINGS[path]["outcome"] for path in JUDGED} == {one.value for one in Outcome}


def test_what_is_no_verdict_says_no_outcome_that_a_mail_could_hang_from() -> None:
    assert not [path for path in REPLIES if path not in JUDGED and FINDINGS[path].get("outcome")]


@pytest.mark.parametrize("path", JUDGED, ids=lambda path: f"{path.parts[-4]}/{path.parts[-2]}")
def test_mail_goes_for_exactly_the_right_cells(path: Path) -> None:
    told = FINDINGS[path]["outcome"]
    outcome = Outcome(told)
    accepts = DocumentState(told) in MAILABLE
    assert outcome.accepts is accepts
    for cell in CELLS:
        if not accepts:
            with pytest.raises(ValueError, match="no delivery"):
                decided(outcome, cell)
        else:
            assert decided(outcome, cell) == expected(*cell)
    if accepts:
        sent = [cell for cell in CELLS if isinstance(decided(outcome, cell), Send)]
        assert sent == [
            (True, Wish.AS_COMPANY, True, "good"),
            (True, Wish.AS_COMPANY, True, "one of two"),
        ]


@pytest.mark.parametrize("state", DocumentState)
def test_no_other_state_of_a_document_can_be_mailed(state: DocumentState) -> None:
    assert (state in MAILABLE) is (state.value in {"ACCEPTED", "ACCEPTED_WITH_OBSERVATIONS"})
