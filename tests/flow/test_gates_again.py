"""The gates are asked again until the mail leaves, whatever changed and whenever it did.

Source: design.md 1.5.2 to 1.5.5, reliability.md R9, F58, F60.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Wish
from acuse.flow import (
    addresses,
    constancia,
    constancia_mails,
    deliver,
    outside,
    pace,
    release,
    sweep,
)
from acuse.flow import company as company_flow
from acuse.jurisdictions import find
from acuse.store import activity, deliveries, holds, journeys, models, sent
from acuse.web import states
from tests.flow.house import BY, House
from tests.flow.news import standing
from tests.flow.test_mail_faults import script
from tests.store.test_guards import without_triggers
from tests.support import makers

ANA, NEW = "compras@inventada.example", "nueva@cliente.example"
Change = Callable[[Company], None]


def customer(company: Company, **changes: Any) -> None:
    """Save the company's only contact with these changes."""
    row = models.Customer.objects.get(company_id=company.id)
    value = makers.replaced(makers.customer(), **changes)
    company_flow.save_customer(company.id, row.pk, value, by=BY, at=outside.now())


def suppressed(company: Company) -> None:
    models.AddressState.objects.create(
        company_id=company.id, address=ANA, state="SUPPRESSED", since=outside.now(), by=BY
    )


def switch(company: Company, on: bool) -> None:
    company_flow.set_automatic_delivery(company.id, on, by=BY, at=outside.now())


CHANGES: dict[str, tuple[Change, tuple[str, str], list[str]]] = {
    "nothing": (lambda c: None, ("OPEN", ""), [ANA]),
    "switch off": (lambda c: switch(c, False), ("HELD", "SWITCH_OFF"), []),
    "wish": (lambda c: customer(c, wish=Wish.NEVER), ("SKIPPED", "CUSTOMER_NEVER"), []),
    "no address": (lambda c: customer(c, emails=()), ("HELD", "NO_EMAIL"), []),
    "another address": (lambda c: customer(c, emails=(NEW,)), ("OPEN", ""), [NEW]),
    "one more address": (lambda c: customer(c, emails=(ANA, NEW)), ("OPEN", ""), [ANA, NEW]),
    "incomplete": (
        lambda c: company_flow.save(replace(c, email=""), by=BY, at=outside.now()),
        ("HELD", "COMPANY_INCOMPLETE"),
        [],
    ),
    "suppressed": (suppressed, ("HELD", "ADDRESS_SUPPRESSED"), []),
}


def prepared(house: House) -> None:
    """Make the packets and messages that are due; nothing is sent."""
    with transaction.atomic():
        claimed = deliveries.claim(at=outside.now(), lease=timedelta(minutes=5), limit=10)
    for held in claimed:
        deliver.prepare(held)


def put_off(house: House) -> None:
    """Have the first try answered by "later"."""
    script(house.sandbox, stage="rcpt", code=450, text="4.7.1 wait")
    house.deliver()


MOMENTS: dict[str, Callable[[House], None]] = {
    "before it is prepared": lambda house: None,
    "once it is prepared": prepared,
    "once it was put off": put_off,
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_counts_until_the_mail_leaves(house: House, name: str, moment: str) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    MOMENTS[moment](house)
    change, stands, mailed = CHANGES[name]
    change(company)
    house.run(company)
    delivery = house.delivery(issued.id)
    assert (delivery.state, delivery.reason) == stands
    assert sorted(one.recipient for one in house.mail()) == mailed
    live = models.Recipient.objects.filter(delivery=delivery).exclude(state="REPLACED")
    assert sorted(row.address for row in live if row.state == "SENT") == mailed


def test_back_to_the_first_address_it_goes_there(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    for emails in ((NEW,), (ANA,)):
        customer(company, emails=emails)
        with transaction.atomic():
            models.Delivery.objects.update(prepared_at=None, wake_at=outside.now())
        prepared(house)
    house.run(company)
    assert house.recipients(issued.id) == [(ANA, "REPLACED"), (NEW, "REPLACED"), (ANA, "SENT")]


def test_once_one_has_left_the_others_follow(house: House) -> None:
    company = house.peru()
    issued = house.issue(company, counterparty=makers.customer(emails=(ANA, NEW)))
    house.submit(company)
    script(house.sandbox, match={"to": NEW}, stage="rcpt", code=450, text="4.7.1 wait")
    house.deliver()
    assert house.recipients(issued.id) == [(ANA, "SENT"), (NEW, "DEFERRED")]
    customer(company, emails=("tercera@cliente.example",))
    house.run(company)
    assert house.recipients(issued.id) == [(ANA, "SENT"), (NEW, "SENT")]


def test_a_wish_that_is_taken_back_is_no_trap(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    customer(company, wish=Wish.NEVER)
    house.run(company)
    told = activity.timeline(company.id, issued.id)[-1]
    assert (told.kind.value, told.facts["reason"]) == ("delivery.skipped", "CUSTOMER_NEVER")
    at = outside.now()
    assert release.send_by_hand(company.id, issued.id, (ANA,), by=BY, at=at)
    house.run(company)
    assert [one.recipient for one in house.mail()] == [ANA]


def test_what_waits_for_its_packet_stays_where_the_switch_is_off(
    house: House, settings: Any
) -> None:
    company, largest = house.peru(), settings.MAIL_LARGEST
    settings.MAIL_LARGEST = 1000
    issued = house.issue(company)
    house.run(company)
    assert house.delivery(issued.id).reason == "PACKET_INCOMPLETE"
    switch(company, False)
    settings.MAIL_LARGEST = largest
    sweep.release_all(at=outside.now() + timedelta(hours=1))
    house.run(company)
    assert (house.delivery(issued.id).state, house.delivery(issued.id).reason) == (
        "HELD",
        "SWITCH_OFF",
    )
    assert house.mail() == ()


def test_what_was_found_missing_is_told(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    models.Company.objects.filter(pk=company.id).update(email="")
    house.deliver()
    told = activity.timeline(company.id, issued.id)[-1]
    assert told.facts["reason"] == "COMPANY_INCOMPLETE"
    assert any("correo" in one for one in told.facts["lacking"])


def test_a_hold_ends_thirty_days_after_the_verdict_whenever_it_began(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    opened = house.delivery(issued.id).opened_at - timedelta(days=20)
    with without_triggers("store_delivery"):
        models.Delivery.objects.update(opened_at=opened)
    customer(company, emails=())
    house.run(company)
    assert house.delivery(issued.id).hold_until == opened + timedelta(days=30)


def test_a_cancelled_address_beside_it_keeps_no_mail_from_being_held(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    customer(company, emails=(NEW,))
    models.Delivery.objects.update(prepared_at=None, wake_at=outside.now())
    prepared(house)
    assert house.recipients(issued.id) == [(ANA, "REPLACED"), (NEW, "QUEUED")]
    assert [one.document_id for one in _not_begun(company)] == [issued.id]


def _not_begun(company: Company) -> tuple[deliveries.Held, ...]:
    with transaction.atomic():
        return holds.not_begun(company.id)


def test_an_address_held_before_the_first_try_leaves_the_others_alone(house: House) -> None:
    company = house.peru()
    issued = house.issue(company, counterparty=makers.customer(emails=(ANA, NEW)))
    house.submit(company)
    prepared(house)
    suppressed(company)
    house.run(company)
    assert house.recipients(issued.id) == [(ANA, "REPLACED"), (NEW, "REPLACED"), (NEW, "SENT")]
    first = models.Recipient.objects.get(address=ANA)
    assert standing(first) == "SUPPRESSED"


def test_an_address_that_works_again_before_its_turn_keeps_its_mail(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    suppressed(company)
    (claimed,) = pace.claim(at=outside.now(), lease=outside.claim_lease(), limit=1)[1]
    assert addresses.try_again(company.id, ANA, by=BY, at=outside.now())
    deliver.send(claimed)  # it was claimed while its address was held
    assert house.recipients(issued.id) == [(ANA, "DEFERRED")]
    house.run(company)
    assert house.recipients(issued.id) == [(ANA, "SENT")]


def test_what_was_made_anew_reads_as_sent_everywhere(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    customer(company, emails=(NEW,))
    house.run(company)
    assert house.recipients(issued.id) == [(ANA, "REPLACED"), (NEW, "SENT")]
    assert _shown(company, issued.id) == "Enviado"
    (sending,) = sent.sendings(company.id, issued.id)
    assert [mail.address for mail in sending.mails] == [NEW]
    told = constancia.signed(company.id, issued.id, by=BY, at=outside.now()).told
    traits = find(company.jurisdiction).traits
    summed = constancia_mails.sentences(told["deliveries"], DocumentKind.INVOICE, traits)
    assert [one.split(" el ")[0] for one in summed] == [f"Enviada a {NEW}"]


def test_what_waits_once_it_was_prepared_is_shown_as_held_and_can_be_released(
    house: House,
) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    switch(company, False)
    assert _shown(company, issued.id) == "Retenido"
    (hop,) = journeys.load(company.id, issued.id).hops
    assert (hop.state, hop.reason) == ("HELD", "SWITCH_OFF")
    assert release.release_by_hand(hop.delivery_id, by=BY, at=outside.now())
    assert not release.release_by_hand(hop.delivery_id, by=BY, at=outside.now())
    house.run(company)
    assert _shown(company, issued.id) == "Enviado"


def _shown(company: Company, document_id: int) -> str:
    """The words of the chip that tells of the document's mail."""
    chip = states.delivery(journeys.load(company.id, document_id))
    assert chip
    return chip.words
