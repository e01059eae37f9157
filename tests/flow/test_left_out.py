"""An address that mail is held to stands among the failures, also where others got theirs."""

from __future__ import annotations

import pytest

from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.flow import mending, notify, outside, release, resend
from acuse.store import customers, documents, failing, failures, models
from acuse.store.failing import Span
from acuse.store.failures import Failure
from tests.flow.house import BY, House
from tests.flow.news import bring, dsn, mailed_again
from tests.flow.test_mail_faults import script
from tests.flow.test_suppression import NEW, judged, mend

OTHER = "otra@cliente.example"
ONE = {Cause.ADDRESS_SUPPRESSED: 1}


def counted(company: Company) -> dict[Cause, int]:
    return failing.counts(company.id, at=outside.now())


def withheld(house: House, company: Company) -> tuple[int, str]:
    """A document that one address has got, and an address that is held before its next try."""
    first = mailed_again(house, company)
    mend(company, NEW, first.address)
    script(house.sandbox, stage="rcpt", code=250, text="2.1.5 ok")
    script(house.sandbox, stage="rcpt", code=450, text="4.7.1 wait")
    document_id = judged(house, company)
    house.deliver()
    bring(dsn(first))
    models.Recipient.objects.filter(pk=first.pk).update(resolved_at=outside.now())
    house.run(company)
    assert house.recipients(document_id) == [(NEW, "SENT"), (first.address, "CANCELLED")]
    return document_id, first.address


def only(company: Company) -> Failure:
    (found,) = failures.page(company.id, Cause.ADDRESS_SUPPRESSED, at=outside.now(), limit=5)
    return found


def test_a_mail_cancelled_because_its_address_bounced_is_listed(house: House) -> None:
    company, other = house.peru(), house.costa_rica()
    document_id, address = withheld(house, company)
    assert counted(company) == ONE
    assert counted(other) == {}
    assert failing.total(company.id, at=outside.now()) == 1
    assert failing.companies(at=outside.now()) == (company.id,)
    told = only(company)
    assert (told.document_id, told.address, told.left_out) == (document_id, address, True)
    assert told.said == "550 5.1.1 no such user"
    cancelled = models.Event.objects.get(document_id=document_id, kind="recipient.cancelled")
    assert told.since == cancelled.at
    assert notify.digest(company, "2026-11-26", at=outside.now())


def test_an_address_left_out_when_the_packet_is_made_is_listed(house: House) -> None:
    company = house.peru()
    first = mailed_again(house, company)
    bring(dsn(first))
    models.Recipient.objects.filter(pk=first.pk).update(resolved_at=outside.now())
    mend(company, first.address, NEW)
    document_id = judged(house, company)
    house.run(company)
    assert house.recipients(document_id) == [(NEW, "SENT")]
    assert counted(company) == ONE
    assert (only(company).document_id, only(company).address) == (document_id, first.address)


def test_it_stands_until_a_person_has_dealt_with_it(house: House) -> None:
    company = house.peru()
    document_id, address = withheld(house, company)
    span, at = Span.only(only(company).id), outside.now()
    assert mending.dismiss_all(company.id, Cause.ADDRESS_SUPPRESSED, span, by=BY, at=at).many == 1
    assert mending.dismiss_all(company.id, Cause.ADDRESS_SUPPRESSED, span, by=BY, at=at).many == 0
    assert counted(company) == {}
    (told,) = models.Event.objects.filter(document_id=document_id, kind="recipient.resolved")
    assert (told.facts, told.actor) == ({"to": address}, BY)
    assert house.delivery(document_id).state == "OPEN"


def test_another_address_takes_its_place_here_and_in_the_contact(house: House) -> None:
    company = house.peru()
    document_id, address = withheld(house, company)
    key, at = only(company).id, outside.now()
    cause = Cause.ADDRESS_SUPPRESSED
    with pytest.raises(Blocked):
        resend.complete(company.id, cause, key, (address,), by=BY, at=at)
    assert counted(company) == ONE
    resend.complete(company.id, cause, key, (OTHER,), by=BY, at=at)
    assert counted(company) == {}
    house.run(company)
    assert (OTHER, "SENT") in house.recipients(document_id)
    kept = customers.load(company.id, documents.load(document_id).customer_id or 0).emails
    assert set(kept) == {NEW, OTHER}
    with pytest.raises(models.Delivery.DoesNotExist):
        resend.complete(company.id, cause, key, (OTHER,), by=BY, at=at)


def test_a_mail_by_hand_to_it_deals_with_it_and_one_to_others_does_not(house: House) -> None:
    company = house.peru()
    document_id, address = withheld(house, company)
    release.send_by_hand(company.id, document_id, (OTHER,), by=BY, at=outside.now())
    assert counted(company) == ONE
    models.AddressState.objects.update(state="DELIVERING")
    release.send_by_hand(company.id, document_id, (address.upper(),), by=BY, at=outside.now())
    assert counted(company) == {}
