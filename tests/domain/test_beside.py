"""No address gets the same document twice by two of its deliveries."""

from __future__ import annotations

import pytest

from acuse.domain.beside import Mail, Sent, dealt_with, elsewhere
from acuse.domain.delivery import DeliveryState, Trigger
from acuse.domain.recipient import RecipientState as S

ANA, LUIS = "ana@cliente.example", "luis@cliente.example"


def delivery(
    *mails: Mail,
    number: int = 2,
    trigger: Trigger = Trigger.MANUAL,
    state: DeliveryState = DeliveryState.OPEN,
    prepared: bool = True,
    wanted: tuple[str, ...] = (),
) -> Sent:
    return Sent(number, trigger, state, prepared, wanted, mails)


def ours(*mails: Mail) -> Sent:
    return delivery(*mails, number=1, trigger=Trigger.AUTOMATIC)


GOES = {S.QUEUED, S.DEFERRED, S.SENDING, S.UNCERTAIN, S.SENT, S.DELIVERED, S.STUCK}


@pytest.mark.parametrize("state", S)
def test_an_address_is_left_to_a_mail_that_goes_to_it_or_may_have(state: S) -> None:
    found = elsewhere(ours(), [ours(), delivery(Mail(ANA, state))])
    assert found == (frozenset({ANA}) if state in GOES else frozenset())


@pytest.mark.parametrize("state", [S.DEFERRED, S.FAILED, S.CANCELLED])
def test_a_try_whose_end_nobody_knows_counts_whatever_became_of_the_next(state: S) -> None:
    closed = delivery(Mail(ANA, state, uncertain=1), state=DeliveryState.SKIPPED)
    assert elsewhere(ours(), [closed]) == {ANA}


@pytest.mark.parametrize("state", [DeliveryState.HELD, DeliveryState.SKIPPED])
def test_what_waits_in_a_delivery_that_waits_or_is_over_goes_nowhere(state: DeliveryState) -> None:
    waits = delivery(Mail(ANA, S.DEFERRED), state=state)
    unmade = delivery(state=state, prepared=False, wanted=(LUIS,))
    assert elsewhere(ours(), [waits, unmade]) == frozenset()
    assert elsewhere(ours(), [delivery(Mail(ANA, S.SENT), state=state)]) == {ANA}


def test_before_it_is_prepared_a_delivery_goes_to_those_that_a_person_named() -> None:
    assert elsewhere(ours(), [delivery(prepared=False, wanted=(ANA.upper(),))]) == {ANA}
    # Once it is, its mails say so: of those named, one bounced, another was left out.
    told = delivery(Mail(ANA, S.BOUNCED), wanted=(ANA, LUIS))
    assert elsewhere(ours(), [told]) == frozenset()


def test_the_companys_own_copy_is_no_mail_to_the_customer() -> None:
    assert elsewhere(ours(), [delivery(Mail(ANA, S.SENT), trigger=Trigger.COPY)]) == frozenset()


@pytest.mark.parametrize("state", S)
def test_what_a_delivery_goes_to_itself_it_leaves_to_no_other(state: S) -> None:
    own = ours(Mail(ANA, state))
    assert elsewhere(own, [own]) == frozenset()
    found = elsewhere(own, [own, delivery(Mail(ANA, S.QUEUED))])
    going = state in {S.QUEUED, S.DEFERRED, S.SENDING}
    assert found == (frozenset() if going else {ANA})


@pytest.mark.parametrize("state", S)
def test_a_delivery_is_done_with_whatever_is_not_under_way_nor_made_anew(state: S) -> None:
    done = state not in {S.QUEUED, S.DEFERRED, S.SENDING, S.REPLACED}
    assert dealt_with([Mail(ANA, state)]) == (frozenset({ANA}) if done else frozenset())
    assert dealt_with([Mail(ANA, S.REPLACED), Mail(ANA, S.SENT)]) == {ANA}
