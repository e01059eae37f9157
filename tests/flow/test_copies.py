"""The company's own copies: mailed as anything else, and never a delivery to the customer."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from acuse.domain.contact import ContactAddress, Role
from acuse.domain.copies import CompanyCopy, CopyUse, copied_to
from acuse.domain.delivery import Trigger
from acuse.domain.failure import Cause
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Wish
from acuse.domain.problem import Blocked
from acuse.flow import company as company_flow
from acuse.flow import constancia, copies, mending, outside, phrases, release, resend
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.store import (
    acceptances,
    activity,
    evidence,
    failing,
    failures,
    journeys,
    models,
    news,
    public_pages,
    recipients,
    sent,
)
from acuse.store.failing import Span
from acuse_sandbox.mail_script import Misbehaviour
from acuse_sandbox.world import Script, ScriptedReply
from tests.flow.house import BY, House
from tests.flow.news import bring, dsn
from tests.support import makers

ARCHIVE, ACCOUNTANT = "archivo@taller.example", "contador@estudio.example"
CUSTOMER = "compras@inventada.example"
NOTES = frozenset({DocumentKind.CREDIT_NOTE})
BOTH = (CompanyCopy(ARCHIVE), CompanyCopy(ACCOUNTANT, CopyUse.ACCOUNTANT))


def keeping(house: House, *told: CompanyCopy, **changes: object) -> Company:
    company = house.peru(**changes)
    copies.save(company.id, told or BOTH, by=BY, at=outside.now())
    return company


def told(company: Company, document_id: int) -> list[str]:
    return [phrases.sentence(one, TRAITS) for one in activity.timeline(company.id, document_id)]


def refuse(house: House, address: str) -> None:
    fault = Misbehaviour("rcpt", 552, "5.2.2 mailbox full")
    house.sandbox.mail.scripts.add({"to": address}, [fault])


def test_a_copy_goes_apart_and_sees_nobody(house: House) -> None:
    company = keeping(house)
    issued = house.issue(company)
    assert house.mail() == ()
    house.run(company)
    found = {mail.recipient: mail.raw for mail in house.mail()}
    assert set(found) == {CUSTOMER, ARCHIVE, ACCOUNTANT}
    for own in (ARCHIVE, ACCOUNTANT):
        (other,) = {ARCHIVE, ACCOUNTANT} - {own}
        assert f"To: <{own}>\r\n".encode() in found[own]
        assert other.encode() not in found[own]
        assert own.encode() not in found[CUSTOMER]
    packets = models.PacketFile.objects.filter(delivery__document_id=issued.id)
    by_delivery: dict[int, list[str]] = {}
    for one in packets.order_by("ordinal").select_related("artifact"):
        by_delivery.setdefault(one.delivery_id, []).append(one.artifact.sha256)
    first, second = by_delivery.values()
    assert first == second  # the same frozen bytes
    lines = told(company, issued.id)
    assert f"Se enviará copia de archivo a {ARCHIVE}, {ACCOUNTANT}." in lines
    assert f"Copia de archivo enviada a {ARCHIVE}." in lines


def test_a_copy_never_counts_as_delivered(house: House) -> None:
    company = keeping(house)
    issued = house.issue(company, counterparty=makers.customer(emails=()))
    house.run(company)
    assert {mail.recipient for mail in house.mail()} == {ARCHIVE, ACCOUNTANT}
    held = house.delivery(issued.id)
    assert (held.state, held.reason) == ("HELD", "NO_EMAIL")
    (hop,) = journeys.load(company.id, issued.id).hops
    assert (hop.to, hop.state, hop.trigger) == (None, "HELD", "AUTOMATIC")
    assert [one.trigger for one in sent.sendings(company.id, issued.id)] == [Trigger.AUTOMATIC]
    assert [one.trigger for one in evidence.deliveries(issued.id)] == ["AUTOMATIC"]
    assert public_pages.of_document(issued.id) == ()
    assert not recipients.was_sent(issued.id)
    signed = constancia.signed(company.id, issued.id, by=BY, at=outside.now())
    assert "COPY" not in str(signed.told)
    # Evidence of it changes nothing of that either.
    for row in models.Recipient.objects.filter(delivery__trigger="COPY"):
        bring(dsn(row, action="delivered", status="2.0.0", said="250 ok"))
    assert house.delivery(issued.id).state == "HELD"
    assert not recipients.was_sent(issued.id)


@pytest.mark.parametrize("wish", Wish)
def test_neither_wish_nor_switch_of_others_stops_a_copy(house: House, wish: Wish) -> None:
    company = keeping(house, automatic_delivery=False)
    house.issue(company, counterparty=makers.customer(wish=wish))
    house.run(company)
    assert {mail.recipient for mail in house.mail()} == {ARCHIVE, ACCOUNTANT}


def test_no_copy_before_the_verdict_none_of_what_is_rejected_none_of_the_past(
    house: House,
) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    copies.save(company.id, BOTH, by=BY, at=outside.now())
    house.run(company)
    assert {mail.recipient for mail in house.mail()} == {CUSTOMER}
    reply = ScriptedReply(Script.REJECT, code="2017")
    house.sandbox.world.scripts.add("sunat", {"number": "F001-2"}, [reply])
    rejected = house.issue(company)
    house.run(company)
    assert house.state(rejected.id) == "REJECTED"
    assert not models.Delivery.objects.filter(trigger="COPY").exists()


def test_each_gets_its_kinds(house: House) -> None:
    only_notes = CompanyCopy(ACCOUNTANT, CopyUse.ACCOUNTANT, NOTES)
    twice = (CompanyCopy(ARCHIVE), only_notes, CompanyCopy(ARCHIVE.upper()))
    assert copied_to(twice, DocumentKind.INVOICE) == (ARCHIVE,)
    assert copied_to(twice, DocumentKind.CREDIT_NOTE) == (ARCHIVE, ACCOUNTANT)
    company = keeping(house, only_notes)
    issued = house.issue(company)
    house.run(company)
    assert not models.Delivery.objects.filter(document_id=issued.id, trigger="COPY").exists()


def test_one_verdict_opens_one_copy(house: House) -> None:
    company = keeping(house)
    issued = house.issue(company)
    house.run(company)
    acceptance = acceptances.of_document(company.id, issued.id)
    assert acceptance is not None
    with pytest.raises(IntegrityError, match="one_copy_by_itself"), transaction.atomic():
        copies.accepted(company.id, issued.id, acceptance, DocumentKind.INVOICE, at=outside.now())


def test_a_copy_that_failed_is_among_the_failures_and_goes_again_as_a_copy(house: House) -> None:
    company = keeping(house, CompanyCopy(ARCHIVE))
    issued = house.issue(company, counterparty=makers.customer(emails=()))
    refuse(house, ARCHIVE)
    house.run(company)
    row = models.Recipient.objects.get(delivery__trigger="COPY")
    assert row.state == "FAILED"
    at = outside.now()
    (cause,) = set(failing.counts(company.id, at=at)) - {Cause.NO_EMAIL}
    (failure,) = failures.page(company.id, cause, at=at, limit=5)
    assert failure.own_copy
    with pytest.raises(Blocked, match="XX-DLV-6|Copias"):
        resend.correct(company.id, row.pk, ("otra@taller.example",), by=BY, at=at)
    house.sandbox.mail.scripts.clear()
    assert mending.retry_all(company.id, cause, Span.only(row.pk), by=BY, at=at).many == 1
    house.run(company)
    assert [mail.recipient for mail in house.mail()] == [ARCHIVE]
    triggers = models.Delivery.objects.filter(document_id=issued.id).order_by("id")
    assert list(triggers.values_list("trigger", flat=True)) == ["AUTOMATIC", "COPY", "COPY"]
    assert house.delivery(issued.id).state == "HELD"
    assert cause not in failing.counts(company.id, at=outside.now())


def test_mailing_the_customer_by_hand_deals_with_no_copy(house: House) -> None:
    company = keeping(house, CompanyCopy(ARCHIVE))
    issued = house.issue(company)
    refuse(house, ARCHIVE)
    house.run(company)
    release.send_by_hand(company.id, issued.id, (ARCHIVE,), by=BY, at=outside.now())
    failed = models.Recipient.objects.get(delivery__trigger="COPY")
    assert (failed.state, failed.resolved_at) == ("FAILED", None)


def test_a_copy_to_a_held_address_waits_and_the_customers_mail_does_not(house: House) -> None:
    company = keeping(house, CompanyCopy(ARCHIVE))
    first = house.issue(company)
    house.run(company)
    row = models.Recipient.objects.get(delivery__document_id=first.id, address=ARCHIVE)
    bring(dsn(row))
    assert news.suppressed(company.id, (ARCHIVE,))
    second = house.issue(company)
    house.run(company)
    copy = house.delivery(second.id, "COPY")
    assert (copy.state, copy.reason) == ("HELD", "ADDRESS_SUPPRESSED")
    assert house.recipients(second.id) == [(CUSTOMER, "SENT")]
    assert journeys.page(company.id, held=True) == ()
    with pytest.raises(Blocked):
        resend.complete(
            company.id, Cause.ADDRESS_SUPPRESSED, copy.pk, ("x@y.example",), by=BY,
            at=outside.now(),
        )  # fmt: skip
    assert models.Customer.objects.get().emails == [CUSTOMER]


def test_turning_the_switch_off_holds_no_copy_and_many_copies_wait_for_nobody(
    house: House,
) -> None:
    company = keeping(house, CompanyCopy(ARCHIVE))
    issued = house.issue(company)
    house.submit(company)
    company_flow.set_automatic_delivery(company.id, False, by=BY, at=outside.now())
    assert house.delivery(issued.id).reason == "SWITCH_OFF"
    assert house.delivery(issued.id, "COPY").state == "OPEN"
    house.run(company)
    assert [mail.recipient for mail in house.mail()] == [ARCHIVE]


def test_a_blind_address_of_the_contact_is_no_secret_of_the_copy(house: House) -> None:
    company = keeping(house, CompanyCopy(ARCHIVE))
    told_to = (ContactAddress(CUSTOMER), ContactAddress(ARCHIVE, Role.COPY))
    house.issue(company, counterparty=makers.customer().reached_at(told_to))
    house.run(company)
    # The same address as the customer's copy and as ours gets both: they are two things.
    assert sorted(mail.recipient for mail in house.mail()) == [ARCHIVE, ARCHIVE, CUSTOMER]


def test_a_held_copy_says_so_in_its_own_words(house: House) -> None:
    company = keeping(house, CompanyCopy(ARCHIVE))
    issued = house.issue(company)
    house.submit(company)
    models.Company.objects.filter(pk=company.id).update(email="")
    house.deliver()
    assert house.delivery(issued.id, "COPY").reason == "COMPANY_INCOMPLETE"
    lines = told(company, issued.id)
    assert any(line.startswith("La copia de archivo no sale todavía") for line in lines)
