"""The heart of the mission: one function of six arguments, over its whole table."""

from __future__ import annotations

from itertools import product

import pytest

from acuse.domain.delivery import Hold, Reason, Send, Skip, decide
from acuse.domain.party import Wish
from acuse.domain.problem import Problem
from acuse.domain.verdict import Outcome

ACCEPTING = (Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_OBSERVATIONS)
EMAILS = ("ana@cliente.example", "luis@cliente.example")
LACKING = (Problem("address", "XX-OWN-1", "Falta la dirección."),)

# switch, wish, company complete, has e-mail -> what happens; the first gate that says no counts
TABLE = {
    (True, Wish.AS_COMPANY, True, True): Send(EMAILS),
    (True, Wish.AS_COMPANY, True, False): Hold(Reason.NO_EMAIL),
    (True, Wish.AS_COMPANY, False, True): Hold(Reason.COMPANY_INCOMPLETE),
    (True, Wish.AS_COMPANY, False, False): Hold(Reason.COMPANY_INCOMPLETE),
    (True, Wish.NEVER, True, True): Skip(Reason.CUSTOMER_NEVER),
    (True, Wish.NEVER, True, False): Skip(Reason.CUSTOMER_NEVER),
    (True, Wish.NEVER, False, True): Skip(Reason.CUSTOMER_NEVER),
    (True, Wish.NEVER, False, False): Skip(Reason.CUSTOMER_NEVER),
    (False, Wish.AS_COMPANY, True, True): Skip(Reason.SWITCH_OFF),
    (False, Wish.AS_COMPANY, True, False): Skip(Reason.SWITCH_OFF),
    (False, Wish.AS_COMPANY, False, True): Skip(Reason.SWITCH_OFF),
    (False, Wish.AS_COMPANY, False, False): Skip(Reason.SWITCH_OFF),
    (False, Wish.NEVER, True, True): Skip(Reason.SWITCH_OFF),
    (False, Wish.NEVER, True, False): Skip(Reason.SWITCH_OFF),
    (False, Wish.NEVER, False, True): Skip(Reason.SWITCH_OFF),
    (False, Wish.NEVER, False, False): Skip(Reason.SWITCH_OFF),
}
COMBINATIONS = list(product((True, False), Wish, (True, False), (True, False)))


def _decide(outcome: Outcome, combination: tuple[bool, Wish, bool, bool]) -> Send | Hold | Skip:
    switch, wish, complete, has_email = combination
    return decide(
        switch=switch,
        wish=wish,
        outcome=outcome,
        company_problems=() if complete else LACKING,
        emails=EMAILS if has_email else (),
    )


@pytest.mark.parametrize("outcome", ACCEPTING)
@pytest.mark.parametrize("combination", COMBINATIONS)
def test_an_accepted_document_goes_as_the_table_says(
    outcome: Outcome, combination: tuple[bool, Wish, bool, bool]
) -> None:
    assert _decide(outcome, combination) == TABLE[combination]


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_what_was_sold_to_nobody_waits_for_no_address(
    combination: tuple[bool, Wish, bool, bool],
) -> None:
    switch, wish, complete, has_email = combination
    found = decide(
        switch=switch,
        wish=wish,
        outcome=Outcome.ACCEPTED,
        company_problems=() if complete else LACKING,
        emails=EMAILS if has_email else (),
        nobody=True,
    )
    asked = switch and wish is Wish.AS_COMPANY and not has_email
    assert found == (Skip(Reason.NOBODY) if asked else TABLE[combination])


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_a_rejected_document_is_never_mailed_whatever_asks_for_it(
    combination: tuple[bool, Wish, bool, bool],
) -> None:
    with pytest.raises(ValueError, match="REJECTED"):
        _decide(Outcome.REJECTED, combination)


def test_every_outcome_is_in_the_table() -> None:
    assert set(Outcome) == {*ACCEPTING, Outcome.REJECTED}
    assert set(TABLE) == set(COMBINATIONS)


def test_nothing_goes_to_an_address_that_mail_is_held_to() -> None:
    def decided(*suppressed: str) -> Send | Hold | Skip:
        return decide(
            switch=True,
            wish=Wish.AS_COMPANY,
            outcome=Outcome.ACCEPTED,
            company_problems=(),
            emails=("a@x.example", "b@x.example"),
            suppressed=suppressed,
        )

    assert decided() == Send(("a@x.example", "b@x.example"))
    assert decided("a@x.example") == Send(("b@x.example",), left_out=("a@x.example",))
    assert decided("a@x.example", "b@x.example") == Hold(Reason.ADDRESS_SUPPRESSED)


def test_a_copy_to_an_address_that_mail_is_held_to_is_left_out_and_named_nowhere() -> None:
    held = ("copia.vieja@x.example", "oculta.vieja@x.example")
    assert decide(
        switch=True,
        wish=Wish.AS_COMPANY,
        outcome=Outcome.ACCEPTED,
        company_problems=(),
        emails=("a@x.example",),
        copies=("copia@x.example", held[0]),
        blind=(held[1], "oculta@x.example"),
        suppressed=held,
    ) == Send(
        ("a@x.example", "copia@x.example", "oculta@x.example"),
        left_out=held,
        copies=("copia@x.example",),
        blind=("oculta@x.example",),
    )
