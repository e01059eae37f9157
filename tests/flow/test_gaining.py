"""What a mail that waits must not gain: an address that was dealt with, or that another mail has.

Source: design.md 1.5.6, issue of delivery (no double mail, nothing silent).
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.contact import ContactAddress, Role
from acuse.domain.delivery import Reason
from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.flow import company as company_flow
from acuse.flow import mending, outside, release, resend, sweep
from acuse.flow.issue import Issued
from acuse.store import deliveries, failing, frozen, models, public_pages
from acuse.store.failing import Span
from tests.flow.house import BY, House
from tests.flow.test_gates_again import ANA, NEW, customer, prepared, put_off, suppressed, switch
from tests.flow.test_mail_faults import script
from tests.support import makers

GOOD = "buena@inventada.example"
REFUSED = {"stage": "rcpt", "code": 550, "text": "5.7.1 by policy"}
WAIT = {"stage": "rcpt", "code": 450, "text": "4.7.1 wait"}


def two(house: House, company: Company) -> Issued:
    """An accepted document for two addresses."""
    issued = house.issue(company, counterparty=makers.customer(emails=(ANA, NEW)))
    house.submit(company)
    return issued


def one_left_out(house: House, company: Company) -> Issued:
    """The same, whose first address is held when the second is tried and put off."""
    issued = two(house, company)
    suppressed(company)
    script(house.sandbox, match={"to": NEW}, **WAIT)
    house.deliver()
    return issued


def put_off_often(house: House, *addresses: str) -> None:
    """Have these addresses answer "later", so often that it is listed as a failure."""
    for _ in range(4):
        for address in addresses:
            script(house.sandbox, match={"to": address}, **WAIT)
        house.an_hour_passes()
        house.deliver()


def mailed(house: House, turns: int = 6) -> list[str]:
    """Whom mail has reached after some turns more."""
    for _ in range(turns):
        house.an_hour_passes()
        house.deliver()
    return sorted(one.recipient for one in house.mail())


def mail_to(address: str) -> models.Recipient:
    return models.Recipient.objects.filter(address=address).earliest("id")


def test_an_address_that_a_person_closed_stays_closed_and_the_other_gets_its_mail(
    house: House,
) -> None:
    company = house.peru()
    issued = two(house, company)
    put_off_often(house, ANA, NEW)
    span = Span.only(mail_to(ANA).pk)
    at = outside.now()
    assert mending.resolve_all(company.id, Cause.THEIR_SERVER, span, by=BY, at=at).many == 1
    assert mailed(house) == [NEW]
    assert house.recipients(issued.id) == [(ANA, "CANCELLED"), (NEW, "SENT")]


def test_a_corrected_address_is_mailed_once(house: House) -> None:
    company = house.peru()
    two(house, company)
    put_off_often(house, ANA, NEW)
    resend.correct(company.id, mail_to(ANA).pk, (GOOD,), by=BY, at=outside.now())
    assert mailed(house) == [GOOD, NEW]


def test_an_address_that_may_be_tried_again_is_mailed_once(house: House) -> None:
    company = house.peru()
    issued = one_left_out(house, company)
    span = Span.only(house.delivery(issued.id).pk)
    mending.try_addresses(company.id, Cause.ADDRESS_SUPPRESSED, span, by=BY, at=outside.now())
    assert mailed(house) == [ANA, NEW]


def test_another_address_instead_of_one_left_out_is_mailed_once(house: House) -> None:
    company = house.peru()
    issued = one_left_out(house, company)
    key = house.delivery(issued.id).pk
    resend.complete(company.id, Cause.ADDRESS_SUPPRESSED, key, (GOOD,), by=BY, at=outside.now())
    assert mailed(house) == [GOOD, NEW]


def test_where_only_what_failed_is_meant_any_more_its_failure_stays_in_sight(house: House) -> None:
    company = house.peru()
    issued = two(house, company)
    script(house.sandbox, match={"to": ANA}, **REFUSED)
    script(house.sandbox, match={"to": NEW}, **WAIT)
    house.deliver()
    customer(company, emails=(ANA,))
    assert mailed(house) == []
    assert house.recipients(issued.id) == [(ANA, "FAILED"), (NEW, "REPLACED")]
    assert failing.counts(company.id, at=outside.now()) == {Cause.BLOCKED: 1}


def test_where_all_that_was_tried_failed_the_switch_still_holds_the_rest(house: House) -> None:
    company = house.peru()
    issued = two(house, company)
    script(house.sandbox, match={"to": ANA}, stage="rcpt", code=550, text="5.1.1 no such user")
    script(house.sandbox, match={"to": NEW}, **WAIT)
    house.deliver()
    switch(company, False)
    assert mailed(house) == []
    assert house.delivery(issued.id).state == "HELD"


def test_who_becomes_a_blind_copy_before_the_mail_leaves_is_shown_to_nobody(house: House) -> None:
    company = house.peru()
    house.issue(company)
    house.submit(company)
    row = models.Customer.objects.get(company_id=company.id)

    def becomes(role: Role) -> None:
        reached = makers.customer().reached_at((ContactAddress(ANA), ContactAddress(NEW, role)))
        company_flow.save_customer(company.id, row.pk, reached, by=BY, at=outside.now())

    becomes(Role.COPY)
    prepared(house)
    becomes(Role.BLIND)
    assert mailed(house) == [ANA, NEW]
    (shown,) = [one.raw for one in house.mail() if one.recipient == ANA]
    assert NEW.encode() not in shown.split(b"\r\n\r\n")[0]


def test_what_was_made_anew_has_no_link_and_no_message_to_show(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    customer(company, emails=(NEW,))
    assert mailed(house) == [NEW]
    assert [one.address for one in public_pages.of_document(issued.id)] == [NEW]
    assert [one.name for one in frozen.messages(company.id, issued.id)] == [NEW]


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_is_closed_after_its_first_try_leaves_nothing_due(house: House, by_hand: bool) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    put_off(house)
    customer(company, emails=())
    house.run(company)
    delivery = house.delivery(issued.id)
    assert (delivery.state, delivery.reason) == ("HELD", "NO_EMAIL")
    assert not deliveries.due(at=outside.now() + timedelta(days=9))
    if by_hand:
        release.send_by_hand(company.id, issued.id, (NEW,), by=BY, at=outside.now())
        house.run(company)
    else:
        release.dismiss(delivery.pk, reason=Reason.NOT_WANTED, how="", by=BY, at=outside.now())
    assert house.delivery(issued.id).state == "SKIPPED"
    assert house.recipients(issued.id)[0] == (ANA, "CANCELLED")


def test_an_address_left_out_of_a_voided_document_is_no_failure(house: House) -> None:
    company = house.peru()
    issued = two(house, company)
    suppressed(company)
    house.run(company)
    assert failing.counts(company.id, at=outside.now()) == {Cause.ADDRESS_SUPPRESSED: 1}
    models.Document.objects.filter(pk=issued.id).update(state="VOIDED")
    sweep.sweep(at=outside.now())
    assert failing.counts(company.id, at=outside.now()) == {}


def test_what_was_dealt_with_does_not_come_back_when_the_mail_is_made_anew(house: House) -> None:
    company = house.peru()
    issued = one_left_out(house, company)
    span = Span.only(house.delivery(issued.id).pk)
    mending.dismiss_all(company.id, Cause.ADDRESS_SUPPRESSED, span, by=BY, at=outside.now())
    customer(company, emails=(ANA, NEW, GOOD))
    assert mailed(house) == [GOOD, NEW]
    assert failing.counts(company.id, at=outside.now()) == {}


def test_a_refused_address_that_a_person_resolved_stays_so(house: House) -> None:
    company = house.peru()
    two(house, company)
    script(house.sandbox, match={"to": ANA}, stage="rcpt", code=550, text="5.1.1 no such user")
    script(house.sandbox, match={"to": NEW}, **WAIT)
    house.deliver()
    mending.resolve_all(company.id, Cause.BAD_ADDRESS, Span(10**9), by=BY, at=outside.now())
    customer(company, emails=(ANA, NEW, GOOD))
    assert mailed(house) == [GOOD, NEW]
    assert failing.counts(company.id, at=outside.now()) == {}
