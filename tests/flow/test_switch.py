"""The switch, the wish, the address: who gets mail, who waits, who never does."""

from __future__ import annotations

import pytest

from acuse.domain.party import Company, TaxId, Wish
from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import outside, release
from acuse.store import models
from acuse_sandbox.world import Script, ScriptedReply
from tests.flow.house import BY, House
from tests.support import makers

RUC = "20998000123"


def turn(house: House, company: Company, on: bool) -> bool:
    return company_flow.set_automatic_delivery(company.id, on, by=BY, at=outside.now())


def test_with_the_switch_off_an_accepted_document_is_skipped_with_its_reason(house: House) -> None:
    company = house.peru(automatic_delivery=False)
    issued = house.issue(company)
    house.run(company)
    delivery = house.delivery(issued.id)
    assert (delivery.state, delivery.reason) == ("SKIPPED", "SWITCH_OFF")
    assert house.mail() == ()


def test_turned_on_it_holds_for_old_and_new_customers_but_not_for_the_past(house: House) -> None:
    company = house.peru(automatic_delivery=False)
    house.issue(company)
    house.run(company)
    assert turn(house, company, True)
    house.run(company)
    assert house.mail() == ()
    house.issue(company)  # the same, old customer
    new = makers.customer(tax_id=TaxId("RUC", RUC), emails=("nuevo@cliente.example",))
    house.issue(company, counterparty=new)
    house.run(company)
    assert sorted(m.recipient for m in house.mail()) == [
        "compras@inventada.example",
        "nuevo@cliente.example",
    ]
    assert release.catch_up(company.id, by=BY, at=outside.now()) == 1
    house.run(company)
    assert len(house.mail()) == 3


def test_a_customer_with_never_gets_nothing(house: House) -> None:
    company = house.costa_rica()
    customer = makers.costa_rican_document().counterparty
    never = makers.replaced(customer, wish=Wish.NEVER)
    issued = house.issue(company, counterparty=never)
    house.run(company)
    delivery = house.delivery(issued.id)
    assert (delivery.state, delivery.reason) == ("SKIPPED", "CUSTOMER_NEVER")
    assert house.mail() == ()


def test_a_held_mail_leaves_by_itself_once_the_address_is_there(house: House) -> None:
    company = house.peru()
    issued = house.issue(company, counterparty=makers.customer(emails=()))
    house.run(company)
    assert house.delivery(issued.id).reason == "NO_EMAIL"
    customer = models.Customer.objects.get()
    at = outside.now()
    company_flow.save_customer(company.id, customer.pk, makers.customer(), by=BY, at=at)
    house.run(company)
    assert [m.recipient for m in house.mail()] == ["compras@inventada.example"]


def test_incomplete_company_data_hold_the_mail_until_completed(house: House) -> None:
    company = house.peru(email="")
    issued = house.issue(company)
    house.run(company)
    assert house.delivery(issued.id).reason == "COMPANY_INCOMPLETE"
    at = outside.now()
    company_flow.save(makers.replaced(company, email="ventas@tejidos.example"), by=BY, at=at)
    house.run(company)
    assert len(house.mail()) == 1


def test_turning_the_switch_off_holds_what_has_not_begun(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    assert house.delivery(issued.id).state == "OPEN"
    assert turn(house, company, False)
    house.run(company)
    delivery = house.delivery(issued.id)
    assert (delivery.state, delivery.reason) == ("HELD", "SWITCH_OFF")
    assert house.mail() == ()
    assert release.release_by_hand(delivery.pk, by=BY, at=outside.now())
    house.run(company)
    assert len(house.mail()) == 1


def test_a_mail_held_for_data_does_not_leave_after_the_switch_was_turned_off(house: House) -> None:
    company = house.peru()
    house.issue(company, counterparty=makers.customer(emails=()))
    house.run(company)
    turn(house, company, False)
    customer = models.Customer.objects.get()
    at = outside.now()
    company_flow.save_customer(company.id, customer.pk, makers.customer(), by=BY, at=at)
    house.run(company)
    assert house.mail() == ()


def test_a_manual_mail_goes_with_the_switch_off_but_never_without_acceptance(house: House) -> None:
    company = house.peru(automatic_delivery=False)
    accepted = house.issue(company)
    house.sandbox.world.scripts.add(
        "sunat", {"number": "F001-2"}, [ScriptedReply(Script.REJECT, code="2017")]
    )
    rejected = house.issue(company)
    house.run(company)
    emails = ("otra@persona.example",)
    with pytest.raises(Blocked):
        release.send_by_hand(company.id, rejected.id, emails, by=BY, at=outside.now())
    release.send_by_hand(company.id, accepted.id, emails, by=BY, at=outside.now())
    house.run(company)
    assert [m.recipient for m in house.mail()] == ["otra@persona.example"]


def test_more_than_twenty_wait_for_a_persons_word(house: House) -> None:
    company = house.peru(email="")
    for _ in range(21):
        house.issue(company)
    house.run(company, turns=40)
    at = outside.now()
    company_flow.save(makers.replaced(company, email="ventas@tejidos.example"), by=BY, at=at)
    house.run(company)
    assert house.mail() == ()
    assert release.confirm_many(company.id, by=BY, at=outside.now()) == 21
    house.run(company, turns=40)
    assert len(house.mail()) == 21
