"""An address that bounced gets no more mail, until it changes or a person says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import addresses, outside, release
from acuse.store import customers, models
from tests.flow.house import BY, House
from tests.flow.news import bring, dsn, mailed_again, standing
from tests.flow.test_mail_faults import script

NEW = "nueva@cliente.example"


def bounced(house: House, company: Company) -> models.Recipient:
    recipient = mailed_again(house, company)
    bring(dsn(recipient))
    return recipient


def judged(house: House, company: Company) -> int:
    """The id of a further accepted document of the same customer."""
    issued = house.issue(company)
    house.submit(company)
    return issued.id


def held(house: House, document_id: int) -> tuple[str, str]:
    row = house.delivery(document_id)
    return row.state, row.reason


def mend(company: Company, *emails: str) -> None:
    row = models.Customer.objects.get(company_id=company.id)
    at = outside.now()
    customers.save(company.id, row.pk, replace(customers.value(row), emails=emails), at=at)
    release.release(company.id, at=at)


def test_the_next_document_waits_with_its_reason(house: House) -> None:
    company = house.peru()
    bounced(house, company)
    document_id = judged(house, company)
    assert held(house, document_id) == ("HELD", "ADDRESS_SUPPRESSED")
    house.deliver()
    assert len(house.mail()) == 1


def test_it_leaves_by_itself_once_the_contact_has_another_address(house: House) -> None:
    company = house.peru()
    bounced(house, company)
    document_id = judged(house, company)
    mend(company, NEW)
    house.run(company)
    assert house.recipients(document_id) == [(NEW, "SENT")]


def test_an_address_beside_it_still_gets_its_mail(house: House) -> None:
    company = house.peru()
    recipient = bounced(house, company)
    mend(company, recipient.address, NEW)
    document_id = judged(house, company)
    house.run(company)
    assert house.recipients(document_id) == [(NEW, "SENT")]
    packet = models.Event.objects.get(document_id=document_id, kind="packet.ready")
    assert packet.facts["withheld"] == [recipient.address]


def test_a_person_may_have_it_tried_again(house: House) -> None:
    company = house.peru()
    recipient = bounced(house, company)
    document_id = judged(house, company)
    at = outside.now()
    assert addresses.try_again(company.id, recipient.address.upper(), by=BY, at=at)
    assert standing(recipient) == "DELIVERING"
    house.run(company)
    assert house.recipients(document_id) == [(recipient.address, "SENT")]
    assert not addresses.try_again(company.id, recipient.address, by=BY, at=at)
    told = models.Event.objects.filter(kind="address.released")
    assert [one.actor for one in told] == [BY]


def test_a_failure_after_that_holds_it_anew(house: House) -> None:
    company = house.peru()
    recipient = bounced(house, company)
    addresses.try_again(company.id, recipient.address, by=BY, at=outside.now())
    assert standing(bounced(house, company)) == "SUPPRESSED"


def test_a_hand_is_told_before_it_sends_there(house: House) -> None:
    company = house.peru()
    recipient = bounced(house, company)
    document_id = recipient.delivery.document_id
    with pytest.raises(Blocked) as blocked:
        release.send_by_hand(
            company.id, document_id, (NEW, recipient.address), by=BY, at=outside.now()
        )
    assert blocked.value.problems[0].code == "XX-DLV-3"
    assert recipient.address in blocked.value.problems[0].text
    assert release.send_by_hand(company.id, document_id, (NEW,), by=BY, at=outside.now())


def deferred(house: House, company: Company) -> int:
    """The id of a document whose mail was put off by the server."""
    script(house.sandbox, stage="rcpt", code=450, text="4.7.1 wait")
    document_id = judged(house, company)
    house.deliver()
    return document_id


def test_a_mail_under_way_waits_when_its_address_bounces_meanwhile(house: House) -> None:
    company = house.peru()
    first = mailed_again(house, company)
    document_id = deferred(house, company)
    bring(dsn(first))
    house.run(company)
    assert held(house, document_id) == ("HELD", "ADDRESS_SUPPRESSED")
    assert len(house.mail()) == 1

    mend(company, NEW)
    house.run(company)
    assert sorted(house.recipients(document_id)) == sorted(
        [(first.address, "REPLACED"), (NEW, "SENT")]
    )
    packets = models.PacketFile.objects.filter(delivery__document_id=document_id)
    assert packets.count() == packets.values("ordinal").distinct().count()


def test_and_goes_on_to_the_same_address_once_a_person_says_so(house: House) -> None:
    company = house.peru()
    first = mailed_again(house, company)
    document_id = deferred(house, company)
    bring(dsn(first))
    house.run(company)
    addresses.try_again(company.id, first.address, by=BY, at=outside.now())
    house.run(company)
    assert house.recipients(document_id) == [(first.address, "SENT")]
    assert len(house.mail()) == 2
    # Held back in between it was not tried.
    assert models.Recipient.objects.get(delivery__document_id=document_id).tries == 2


def test_beside_a_mail_that_left_it_is_cancelled(house: House) -> None:
    company = house.peru()
    first = mailed_again(house, company)
    mend(company, NEW, first.address)
    script(house.sandbox, stage="rcpt", code=250, text="2.1.5 ok")
    script(house.sandbox, stage="rcpt", code=450, text="4.7.1 wait")
    document_id = judged(house, company)
    house.deliver()
    assert house.recipients(document_id) == [(NEW, "SENT"), (first.address, "DEFERRED")]
    bring(dsn(first))
    house.run(company)
    assert house.recipients(document_id) == [(NEW, "SENT"), (first.address, "CANCELLED")]
    told = models.Event.objects.get(document_id=document_id, kind="recipient.cancelled")
    assert told.facts == {"reason": "ADDRESS_SUPPRESSED", "to": first.address}


@pytest.mark.parametrize(
    ("text", "standing_then"),
    [
        ("5.1.1 no such user", "SUPPRESSED"),
        ("5.2.2 mailbox full", "BOUNCED"),
        ("5.1.1. Perdone", "SUPPRESSED"),
        ("5.7.1 rejected by policy", "DELIVERING"),
    ],
)
def test_a_refusal_while_sending_counts_as_a_report_would(
    house: House, text: str, standing_then: str
) -> None:
    company = house.peru()
    script(house.sandbox, stage="rcpt", code=550, text=text)
    recipient = mailed_again(house, company)
    assert recipient.state == "FAILED"
    assert standing(recipient) == standing_then
    told = house.told(company, recipient.delivery.document_id)
    assert (EventKind.ADDRESS_SUPPRESSED in told) == (standing_then == "SUPPRESSED")
