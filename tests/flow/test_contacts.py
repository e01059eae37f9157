"""A contact with many addresses: who gets which document, and who sees whom."""

from __future__ import annotations

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.contact import ContactAddress, Role
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, TaxId
from acuse.flow import company as company_flow
from acuse.flow import draft as drafting
from acuse.flow import gates, outside, phrases, release
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.store import activity, customers, documents, models, news
from acuse_sandbox.mailbox import Stored
from tests.flow.house import BY, House
from tests.flow.news import bring, dsn
from tests.support import makers

NOTE = frozenset({DocumentKind.CREDIT_NOTE})
MAIN, COPY, BLIND = (f"{name}@cliente.example" for name in ("pagos", "copia", "socio"))
ALL = (
    ContactAddress(MAIN),
    ContactAddress(COPY, Role.COPY),
    ContactAddress(BLIND, Role.BLIND),
    ContactAddress("notas@cliente.example", Role.TO, NOTE),
    ContactAddress("vieja@cliente.example", Role.NONE),
)


def reached_at(house: House, company: Company, *addresses: ContactAddress) -> int:
    """The id of an accepted document whose contact has these addresses."""
    issued = house.issue(company, counterparty=makers.customer().reached_at(addresses))
    house.run(company)
    return issued.id


def heads(mail: Stored) -> bytes:
    return mail.raw.partition(b"\r\n\r\n")[0]


def test_each_address_gets_its_own_mail_and_nobody_sees_the_blind(house: House) -> None:
    company = house.peru()
    document = reached_at(house, company, *ALL)
    found = {mail.recipient: mail for mail in house.mail()}
    assert set(found) == {MAIN, COPY, BLIND}
    for mail in found.values():
        assert f"To: <{MAIN}>\r\nCc: <{COPY}>\r\n".encode() in mail.raw
        assert BLIND.encode() not in mail.raw
    assert house.recipients(document) == [(one, "SENT") for one in (MAIN, COPY, BLIND)]


def test_where_no_address_takes_the_kind_the_mail_waits_and_says_so(house: House) -> None:
    company = house.peru()
    document = reached_at(house, company, *ALL[1:])
    assert house.delivery(document).reason == "NO_EMAIL"
    assert house.mail() == ()
    (event,) = (
        one
        for one in activity.timeline(company.id, document)
        if one.kind is EventKind.DELIVERY_HELD
    )
    told = phrases.sentence(event, TRAITS)
    assert "ninguna dirección del contacto recibe este tipo de documento" in told
    customer_id = documents.load(document).customer_id
    assert customer_id is not None
    contact = customers.load(company.id, customer_id)
    reached = contact.reached_at(ALL)
    company_flow.save_customer(company.id, customer_id, reached, by=BY, at=outside.now())
    house.run(company)
    assert {mail.recipient for mail in house.mail()} == {MAIN, COPY, BLIND}


def test_copies_do_not_go_where_mail_to_the_main_address_is_held(house: House) -> None:
    company = house.peru()
    first = reached_at(house, company, *ALL[:2])
    gone = models.Recipient.objects.get(delivery__document_id=first, address=MAIN)
    bring(dsn(gone))
    assert news.suppressed(company.id, (MAIN,))
    second = house.issue(company, counterparty=makers.customer()).id
    house.run(company)
    held = house.delivery(second)
    assert (held.state, held.reason) == ("HELD", "ADDRESS_SUPPRESSED")
    assert house.recipients(second) == []


def test_a_suppressed_copy_stays_behind_and_is_not_shown(house: House) -> None:
    company = house.peru()
    first = reached_at(house, company, *ALL[:2])
    bring(dsn(models.Recipient.objects.get(delivery__document_id=first, address=COPY)))
    second = house.issue(company, counterparty=makers.customer()).id
    house.run(company)
    assert house.recipients(second) == [(MAIN, "SENT")]
    last = house.mail()[-1]
    assert b"\r\nCc:" not in heads(last)


def test_sent_by_hand_the_contacts_blind_stays_blind(house: House) -> None:
    company = house.peru()
    document = reached_at(house, company, *ALL[:3])
    house.sandbox.mailboxes.clear()
    named = (BLIND, MAIN, "otra@cliente.example")
    release.send_by_hand(company.id, document, named, by=BY, at=outside.now())
    house.run(company)
    assert {mail.recipient for mail in house.mail()} == set(named)
    for mail in house.mail():
        assert BLIND.encode() not in mail.raw
        assert f"<{MAIN}>,\r\n <otra@cliente.example>".encode() in heads(mail)


def test_an_old_file_does_not_undo_that_an_address_gets_nothing(house: House) -> None:
    company = house.peru()
    quiet = makers.customer().reached_at((ContactAddress("a@cliente.example", Role.NONE),))
    company_flow.save_customer(company.id, None, quiet, by=BY, at=outside.now())
    house.issue(company, counterparty=makers.customer(emails=("a@cliente.example",)))
    row = models.Customer.objects.get()
    assert (row.emails, len(row.rules)) == ([], 1)


@pytest.mark.parametrize("old", [False, True])
def test_a_draft_finds_its_contact_however_the_number_is_written(
    house: House, *, old: bool
) -> None:
    company, at = house.peru(), outside.now()
    written = makers.customer(tax_id=TaxId("RUC", "20-999888772"))
    if old:  # older ones were kept as they were written
        contact = customers.save(company.id, None, written, at=at)
    else:
        contact = company_flow.save_customer(company.id, None, written, by=BY, at=at)
    drafts = [drafting.draft(company.id, makers.document(counterparty=written), by=BY, at=at)]
    if not old:
        plain = makers.document(counterparty=customers.load(company.id, contact))
        drafts.append(drafting.draft(company.id, plain, by=BY, at=at))
    met = models.Document.objects.filter(pk__in=drafts).values_list("customer_id", flat=True)
    assert set(met) == {contact}


def test_a_draft_may_be_for_a_number_that_cannot_be(house: House) -> None:
    company, at = house.peru(), outside.now()
    wrong = makers.customer(tax_id=TaxId("RUC", "20999888771"))
    drafting.draft(company.id, makers.document(counterparty=wrong), by=BY, at=at)
    assert models.Customer.objects.get().tax_id == "20999888771"


def test_a_draft_lets_go_what_waited_for_its_contacts_address_and_asks_of_nothing_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    elsewhere = makers.customer(tax_id=TaxId("RUC", "20998000026"), emails=())
    first, other = (
        house.issue(company, counterparty=one).id for one in (makers.customer(emails=()), elsewhere)
    )
    house.submit(company)
    house.submit(company)
    assert house.delivery(first).reason == house.delivery(other).reason == "NO_EMAIL"
    asked: list[int] = []
    ask = gates.ask
    monkeypatch.setattr(
        gates, "ask", lambda held, *rest: (asked.append(held.document_id), ask(held, *rest))[1]
    )
    house.issue(company)
    assert (house.delivery(first).state, house.delivery(other).state) == ("OPEN", "HELD")
    asked.clear()
    house.issue(company)
    assert asked == []
