"""What is shown of a mail follows all that was told of it, whatever came first."""

from __future__ import annotations

from itertools import permutations

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.recipient import RecipientState
from acuse.flow import outside, sweep
from acuse.store import failing, mended, models
from tests.flow.house import House
from tests.flow.news import bring, dsn, mailed, mailed_again, state
from tests.flow.test_gates_again import customer, prepared
from tests.flow.test_mail_faults import script
from tests.flow.test_track import last_words, lines


def cause(recipient: models.Recipient) -> str:
    return models.Recipient.objects.get(pk=recipient.pk).cause


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_a_bounce_is_shown_by_the_failure_that_counts_whatever_came_first(
    house: House, order: tuple[int, ...]
) -> None:
    recipient = mailed(house)
    failures = (
        dsn(recipient, "failed", "4.4.7", "expired"),
        dsn(recipient, "failed", "5.2.2", "552 5.2.2 mailbox full"),
        dsn(recipient, "failed", "5.1.1", "550 5.1.1 no such user"),
    )
    for place in order:
        bring(failures[place])
    assert cause(recipient) == "BOUNCED"
    assert "la dirección no existe" in last_words(recipient, EventKind.RECIPIENT_BOUNCED)


def test_a_lighter_failure_that_comes_later_is_no_second_line(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient), dsn(recipient, "failed", "4.4.7", "expired"))
    assert lines(recipient).count(EventKind.RECIPIENT_BOUNCED) == 1
    assert cause(recipient) == "BOUNCED"


def test_proof_of_a_first_copy_beats_the_refusal_of_the_second(house: House) -> None:
    company = house.peru()
    script(house.sandbox, stage="dot", action="cut", kept=True)
    recipient = mailed_again(house, company)
    assert state(recipient) == "UNCERTAIN"
    script(house.sandbox, stage="dot", code=552, text="5.2.2 mailbox full")
    house.run(company)
    assert (state(recipient), cause(recipient)) == ("FAILED", "MAILBOX_FULL")
    bring(dsn(recipient, "delivered", "2.0.0", "ok"))
    assert (state(recipient), cause(recipient)) == ("DELIVERED", "")
    assert failing.counts(company.id, at=outside.now()) == {}
    bring(dsn(recipient, "failed", "5.1.1", "550 5.1.1 no such user"))
    assert (state(recipient), cause(recipient)) == ("BOUNCED", "BOUNCED")


def test_proof_of_a_copy_beats_a_persons_no(house: House) -> None:
    company = house.peru()
    script(house.sandbox, stage="dot", action="cut", kept=True)
    recipient = mailed_again(house, company)
    house.an_hour_passes()
    sweep.sweep(at=outside.now())
    assert state(recipient) == "DEFERRED"  # about to be sent once more
    assert mended.stop(recipient.pk, at=outside.now()) is RecipientState.CANCELLED
    bring(dsn(recipient, "delayed", "4.4.1", "later"))
    assert state(recipient) == "SENT"
    assert "lo prueba una noticia" in last_words(recipient, EventKind.RECIPIENT_SENT)


def test_proof_of_what_was_made_anew_since_changes_nothing_and_breaks_nothing(
    house: House,
) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    first = models.Recipient.objects.get(delivery__document_id=issued.id)
    for emails in (("otra@cliente.example",), (first.address,)):
        customer(company, emails=emails)
        models.Delivery.objects.update(prepared_at=None, wake_at=outside.now())
        prepared(house)
    bring(dsn(first, "delivered", "2.0.0", "250 kept"))
    assert state(first) == "REPLACED"
    house.run(company)
    assert house.recipients(issued.id)[-1] == (first.address, "SENT")
    assert len(house.mail()) == 1
