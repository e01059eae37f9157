"""One document, several mails: what became of one, and what another may do for it.

By hand, to the company's copies, to two addresses. Source: design.md 1.5.6, reliability.md 5.3.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.copies import CompanyCopy
from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.flow import copies, deliver, mending, outside, release, sweep
from acuse.flow.issue import Issued
from acuse.store import failing, models
from acuse.store.failing import Span
from tests.flow.house import BY, House
from tests.flow.test_gaining import REFUSED, WAIT, mailed, put_off_often, two
from tests.flow.test_gates_again import ANA, NEW, customer
from tests.flow.test_mail_faults import script
from tests.support import makers


def to_nobody(house: House, company: Company) -> Issued:
    """An accepted document whose customer has no address yet."""
    issued = house.issue(company, counterparty=makers.customer(emails=()))
    house.submit(company)
    return issued


def test_what_a_hand_sends_is_not_sent_again_by_a_hold_that_ends_meanwhile(house: House) -> None:
    company = house.peru()
    issued = house.issue(company, counterparty=makers.customer(emails=()))
    house.submit(company)
    release.send_by_hand(company.id, issued.id, (ANA,), by=BY, at=outside.now())
    customer(company, emails=(ANA,))
    assert mailed(house) == [ANA]
    assert (house.delivery(issued.id).state, house.delivery(issued.id).reason) == (
        "SKIPPED",
        "SENT_BY_HAND",
    )


def test_of_two_that_a_hand_named_one_is_refused_and_the_other_gets_it(house: House) -> None:
    company = house.peru()
    issued = to_nobody(house, company)
    release.send_by_hand(company.id, issued.id, (ANA, NEW), by=BY, at=outside.now())
    script(house.sandbox, match={"to": ANA}, **REFUSED)
    script(house.sandbox, match={"to": NEW}, **WAIT)
    house.deliver()
    assert mailed(house) == [NEW]
    assert house.recipients(issued.id) == [(ANA, "FAILED"), (NEW, "SENT")]


def test_of_the_companys_copies_one_is_refused_and_the_other_gets_it(house: House) -> None:
    company = house.peru()
    one, other = "uno@archivo.example", "dos@archivo.example"
    copies.save(company.id, [CompanyCopy(one), CompanyCopy(other)], by=BY, at=outside.now())
    script(house.sandbox, match={"to": one}, **REFUSED)
    script(house.sandbox, match={"to": other}, **WAIT)
    house.issue(company)
    house.submit(company)
    house.deliver()
    assert mailed(house) == sorted([ANA, other])
    assert models.Recipient.objects.filter(state="REPLACED").count() == 0


@pytest.mark.parametrize("closed", [False, True])
def test_an_uncertain_copy_counts_whatever_became_of_its_second_try(
    house: House, closed: bool
) -> None:
    company = house.peru()
    issued = to_nobody(house, company)
    release.send_by_hand(company.id, issued.id, (ANA,), by=BY, at=outside.now())
    script(house.sandbox, match={"to": ANA}, stage="dot", action="cut", kept=True)
    house.deliver()
    house.an_hour_passes()
    sweep.sweep(at=outside.now())
    if closed:
        put_off_often(house, ANA)
        at = outside.now()
        mending.resolve_all(company.id, Cause.THEIR_SERVER, Span(10**9), by=BY, at=at)
    else:
        script(house.sandbox, match={"to": ANA}, **REFUSED)
        house.deliver()
    customer(company, emails=(ANA,))
    assert mailed(house) == [ANA]
    assert house.delivery(issued.id).reason == "SENT_BY_HAND"


@pytest.mark.parametrize("with_copy", [False, True])
def test_what_lacks_its_packet_is_told_once_beside_a_copy_that_lacks_it_too(
    house: House, settings: Any, with_copy: bool
) -> None:
    company = house.peru()
    if with_copy:
        kept = [CompanyCopy("copia@archivo.example")]
        copies.save(company.id, kept, by=BY, at=outside.now())
    settings.MAIL_LARGEST = 1000
    house.issue(company)
    house.submit(company)
    told = []
    for round_ in range(5):
        house.an_hour_passes()
        sweep.release_all(at=outside.now() + timedelta(hours=round_ + 1))
        house.deliver()
        told.append(models.Event.objects.filter(kind="delivery.held").count())
    assert told[1:] == [1 + with_copy] * 4


def test_where_one_may_have_left_the_other_is_not_made_lighter(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    issued = two(house, company)
    outcomes = {
        ANA: SmtpOutcome(Stage.DOT, 0, "no reply in time"),
        NEW: SmtpOutcome(Stage.RCPT, 552, "5.3.4 too large", limit=1000),
    }
    monkeypatch.setattr(
        deliver.roads, "carry", lambda message, *, recipient, **_: outcomes[recipient]
    )
    house.deliver()
    assert house.recipients(issued.id) == [(ANA, "UNCERTAIN"), (NEW, "DEFERRED")]
    assert house.delivery(issued.id).state == "OPEN"
    house.deliver()
    assert house.recipients(issued.id) == [(ANA, "UNCERTAIN"), (NEW, "FAILED")]
    assert failing.counts(company.id, at=outside.now())[Cause.TOO_BIG] == 1


def test_where_one_may_have_left_the_other_follows_it_though_the_contact_has_others(
    house: House,
) -> None:
    company = house.peru()
    issued = two(house, company)
    script(house.sandbox, match={"to": ANA}, **WAIT)
    script(house.sandbox, match={"to": NEW}, stage="dot", action="cut", kept=False)
    house.deliver()
    assert house.recipients(issued.id) == [(ANA, "DEFERRED"), (NEW, "UNCERTAIN")]
    house.an_hour_passes()
    sweep.sweep(at=outside.now())
    customer(company, emails=("otra@cliente.example",))
    assert mailed(house) == [ANA, NEW]
    assert house.recipients(issued.id) == [(ANA, "SENT"), (NEW, "SENT")]
