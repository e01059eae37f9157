"""A person mends one failure, or all of a cause that were shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.failure import Cause
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.patience import Patience
from acuse.flow import company as company_flow
from acuse.flow import mending, outside, release, resend, sweep
from acuse.store import customers, documents, failing, models
from acuse.store.failing import Span
from tests.flow import failed
from tests.flow.house import BY, House
from tests.support.makers import customer, replaced

ALL = Span(2**60)


def now_failing(company: Company) -> dict[Cause, int]:
    return failing.counts(company.id, at=outside.now())


def test_adding_the_address_lets_the_mail_leave_by_itself(house: House) -> None:
    company = house.peru()
    first, second = (failed.without_email(house, company) for _ in range(2))
    customer_id = documents.load(first.id).customer_id
    assert customer_id is not None
    emails = ("nuevo@cliente.example",)
    resend.address(company.id, customer_id, emails, DocumentKind.INVOICE, by=BY, at=outside.now())
    house.run(company)
    assert now_failing(company) == {}
    assert house.recipients(first.id) == [("nuevo@cliente.example", "SENT")]
    assert house.recipients(second.id) == [("nuevo@cliente.example", "SENT")]


def test_a_corrected_address_goes_out_as_its_own_delivery_and_stays_with_the_contact(
    house: House,
) -> None:
    company = house.peru()
    buyer = customer(emails=("mal@cliente.example", "jefe@cliente.example"))
    failed.mail_script(house, failed.UNKNOWN)
    issued = house.issue(company, counterparty=buyer)
    house.submit(company)
    house.deliver()
    row = models.Recipient.objects.get(state="FAILED")
    wrong = row.address
    resend.correct(company.id, row.pk, ("bien@cliente.example",), by=BY, at=outside.now())
    assert now_failing(company) == {}
    house.run(company)
    manual = house.delivery(issued.id, "MANUAL")
    assert list(manual.wanted) == ["bien@cliente.example"]
    assert ("bien@cliente.example", "SENT") in house.recipients(issued.id)
    kept = customers.load(company.id, documents.load(issued.id).customer_id or 0).emails
    assert "bien@cliente.example" in kept
    assert wrong not in kept
    assert len(kept) == 2


def test_released_by_cause_each_document_tells_it(house: House) -> None:
    company = house.peru()
    held = [failed.without_email(house, company) for _ in range(3)]
    models.Delivery.objects.update(reason="EXPIRED")
    later = failed.without_email(house, company)
    seen = Span(models.Delivery.objects.get(document_id=held[-1].id).pk)
    at = outside.now()
    assert mending.release_all(company.id, Cause.EXPIRED, seen, by=BY, at=at).many == 3
    for one in held:
        assert house.told(company, one.id)[-1] is EventKind.DELIVERY_RELEASED
        assert house.delivery(one.id).state == "OPEN"
    assert house.delivery(later.id).state == "HELD"


def test_only_what_was_shown_is_closed(house: House) -> None:
    company, other = house.peru(), house.costa_rica()
    shown, later = (failed.without_email(house, company) for _ in range(2))
    foreign = failed.without_email(house, other)
    house.run(other)
    seen = Span(house.delivery(shown.id).pk)
    at = outside.now()
    assert mending.dismiss_all(company.id, Cause.NO_EMAIL, seen, by=BY, at=at).many == 1
    assert house.delivery(shown.id).reason == "NOT_WANTED"
    assert house.delivery(later.id).state == "HELD"
    assert house.delivery(foreign.id).state == "HELD"


def test_more_than_a_chunk_is_worked_off(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "CHUNK", 2)
    company = house.peru()
    for _ in range(5):
        failed.without_email(house, company)
    at = outside.now()
    assert mending.dismiss_all(company.id, Cause.NO_EMAIL, ALL, by=BY, at=at).many == 5
    assert now_failing(company) == {}


def test_a_failed_mail_tried_again_is_a_new_delivery_to_the_same_address(house: House) -> None:
    company = house.peru()
    issued = failed.refused(house, company, failed.FULL)
    at = outside.now()
    assert mending.retry_all(company.id, Cause.MAILBOX_FULL, ALL, by=BY, at=at).many == 1
    assert now_failing(company) == {}
    house.run(company)
    address = failed.mail_of(issued).address
    assert house.recipients(issued.id) == [(address, "FAILED"), (address, "SENT")]


def test_what_was_put_off_is_tried_now_as_the_same_mail(house: House) -> None:
    company = house.peru()
    issued = failed.put_off(house, company)
    at = outside.now()
    assert mending.retry_all(company.id, Cause.THEIR_SERVER, ALL, by=BY, at=at).many == 1
    house.deliver()
    assert [state for _, state in house.recipients(issued.id)] == ["SENT"]
    assert EventKind.RECIPIENT_RETRIED in house.told(company, issued.id)


@pytest.mark.parametrize(("again", "state"), [(True, "DEFERRED"), (False, "SENT")])
def test_a_person_decides_about_a_mail_that_was_uncertain_twice(
    house: House, again: bool, state: str
) -> None:
    company = house.peru()
    issued = failed.uncertain_twice(house, company)
    verb = mending.retry_all if again else mending.resolve_all
    assert verb(company.id, Cause.UNDECIDED, ALL, by=BY, at=outside.now()).many == 1
    assert failed.mail_of(issued).state == state
    assert now_failing(company) == {}


def test_stuck_conversations_go_on_with_a_question(house: House) -> None:
    company = house.peru()
    issued = failed.stuck(house, company)
    assert mending.retry_all(company.id, Cause.AUTHORITY, ALL, by=BY, at=outside.now()).many == 1
    assert house.submission(issued.id).state == "UNCERTAIN"


def test_dealt_with_is_told_and_gone_from_the_list(house: House) -> None:
    company = house.peru()
    issued = failed.bounced(house, company)
    at = outside.now()
    assert mending.resolve_all(company.id, Cause.BOUNCED, ALL, by=BY, at=at).many == 1
    assert mending.resolve_all(company.id, Cause.BOUNCED, ALL, by=BY, at=at).many == 0
    assert now_failing(company) == {}
    assert house.told(company, issued.id)[-1] is EventKind.FAILURE_RESOLVED
    assert house.recipients(issued.id)[0][1] == "BOUNCED"


def test_the_mail_of_a_voided_document_does_not_go_again(house: House) -> None:
    company = house.peru()
    issued = failed.refused(house, company, failed.FULL)
    models.Document.objects.filter(pk=issued.id).update(state="VOIDED")
    at = outside.now()
    done = mending.retry_all(company.id, Cause.MAILBOX_FULL, ALL, by=BY, at=at)
    assert done.many == 0
    assert "no está aceptado" in done.why_not[0]


def test_a_mail_of_another_company_cannot_be_corrected(house: House) -> None:
    company, other = house.peru(), house.costa_rica()
    failed.refused(house, other)
    house.run(other, turns=4)
    row = models.Recipient.objects.get()
    with pytest.raises(models.Recipient.DoesNotExist):
        resend.correct(company.id, row.pk, ("x@y.example",), by=BY, at=outside.now())


def test_completing_the_company_lets_its_mail_leave(house: House) -> None:
    company = house.peru(email="")
    failed_one = house.issue(company)
    house.submit(company)
    assert now_failing(company) == {Cause.COMPANY_INCOMPLETE: 1}
    mended = replaced(company, email="ventas@tejidos.example")
    company_flow.save(mended, by=BY, at=outside.now())
    house.run(company)
    assert now_failing(company) == {}
    assert [state for _, state in house.recipients(failed_one.id)] == ["SENT"]


def test_a_mail_sent_by_hand_that_waited_for_the_company_leaves_with_its_data(
    house: House,
) -> None:
    company = house.peru(automatic_delivery=False)
    issued = house.issue(company)
    house.run(company)
    lacking = replaced(company, email="", automatic_delivery=False)
    company_flow.save(lacking, by=BY, at=outside.now())
    emails = ("ana@cliente.example",)
    release.send_by_hand(company.id, issued.id, emails, by=BY, at=outside.now())
    house.deliver()
    assert now_failing(company) == {Cause.COMPANY_INCOMPLETE: 1}
    company_flow.save(replaced(lacking, email=company.email), by=BY, at=outside.now())
    house.run(company)
    assert house.recipients(issued.id) == [("ana@cliente.example", "SENT")]


def test_a_mail_that_its_workers_died_of_says_so(house: House) -> None:
    company = house.peru()
    issued = failed.put_off(house, company)
    past = outside.now() - timedelta(days=1)
    rows = models.Recipient.objects.all()
    rows.update(state="SENDING", stage="body", tries=Patience().mail_tries, lease_until=past)
    sweep.sweep(at=outside.now())
    assert now_failing(company) == {Cause.OUR_SERVER: 1}
    assert house.told(company, issued.id)[-1] is EventKind.RECIPIENT_FAILED


def test_a_mail_that_still_waits_is_cancelled_when_its_address_is_corrected(house: House) -> None:
    company = house.peru()
    issued = failed.put_off(house, company)
    key = failed.mail_of(issued).pk
    resend.correct(company.id, key, ("nuevo@cliente.example",), by=BY, at=outside.now())
    with pytest.raises(models.Recipient.DoesNotExist):
        resend.correct(company.id, key, ("otro@cliente.example",), by=BY, at=outside.now())
    house.run(company)
    assert [mail.recipient for mail in house.mail()] == ["nuevo@cliente.example"]
    assert [state for _, state in house.recipients(issued.id)] == ["CANCELLED", "SENT"]
    assert EventKind.RECIPIENT_CANCELLED in house.told(company, issued.id)


def test_sending_to_others_leaves_the_failure_where_it_is(house: House) -> None:
    company = house.peru()
    issued = failed.refused(house, company)
    emails = ("contador@estudio.example",)
    release.send_by_hand(company.id, issued.id, emails, by=BY, at=outside.now())
    assert now_failing(company) == {Cause.BAD_ADDRESS: 1}


def test_what_goes_to_a_held_address_is_not_tried_and_the_others_are(house: House) -> None:
    company = house.peru()
    buyer = customer(emails=("uno@cliente.example", "dos@cliente.example"))
    failed.mail_script(house, failed.FULL, failed.FULL)
    issued = house.issue(company, counterparty=buyer)
    house.submit(company)
    house.deliver()
    models.AddressState.objects.update_or_create(
        company_id=company.id,
        address="uno@cliente.example",
        defaults={"state": "SUPPRESSED", "by": "sistema"},
    )
    done = mending.retry_all(company.id, Cause.MAILBOX_FULL, ALL, by=BY, at=outside.now())
    assert (done.many, done.held) == (1, {"uno@cliente.example"})
    assert list(house.delivery(issued.id, "MANUAL").wanted) == ["dos@cliente.example"]
    assert now_failing(company) == {Cause.MAILBOX_FULL: 1}
