"""From the verdict to the mailbox by a provider, and what it tells afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from acuse.domain.activity import EventKind
from acuse.domain.failure import Cause
from acuse.domain.recipient import RecipientState
from acuse.domain.route import Provider
from acuse.flow import deliver, outside, sweep
from acuse.store import failing, models
from tests.flow.hooked import accepted, mailed, read_all, road, state
from tests.flow.house import House
from tests.flow.news import standing
from tests.flow.test_track import last_words, lines
from tests.support.provider_posts import (
    BOUNCED,
    COMPLAINED,
    DELAYED,
    DELIVERED,
    DROPPED,
    FULL_BOX,
    OPENED,
    TAKEN,
)

EACH = pytest.mark.parametrize("provider", list(Provider))
S = RecipientState


@EACH
def test_a_mail_goes_by_the_provider_and_is_delivered(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        assert state(recipient) is S.SENT
        attempt = models.Attempt.objects.get(recipient_id=recipient.pk)
        assert (attempt.provider, attempt.code) == (provider.value, 250)
        assert attempt.provider_name
        assert house.mail() == ()
        assert there.tell(there.news(DELIVERED, recipient)) == 200
        read_all()
    assert state(recipient) is S.DELIVERED
    assert standing(recipient) == "VERIFIED"
    assert lines(recipient)[-1] is EventKind.RECIPIENT_DELIVERED


@EACH
def test_a_bounce_is_the_failure_that_a_mail_server_would_tell(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        there.tell(there.news(BOUNCED, recipient))
        read_all()
    assert state(recipient) is S.BOUNCED
    assert standing(recipient) == "SUPPRESSED"
    assert "la dirección no existe" in last_words(recipient, EventKind.RECIPIENT_BOUNCED)
    assert sum(failing.counts(company.id, at=outside.now()).values()) == 1


@EACH
def test_what_the_provider_does_not_even_try_is_the_addresss_matter(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        there.tell(there.news(DROPPED, recipient))
        read_all()
    assert state(recipient) is S.BOUNCED
    assert models.News.objects.get(recipient_id=recipient.pk).reason == "SUPPRESSED"
    assert standing(recipient) == "SUPPRESSED"
    assert "ya no escribe a esa dirección" in last_words(recipient, EventKind.RECIPIENT_BOUNCED)


@EACH
def test_a_full_mailbox_holds_nobody_yet(house: House, settings: Any, provider: Provider) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        there.tell(there.news(FULL_BOX, recipient))
        read_all()
    assert models.News.objects.get(recipient_id=recipient.pk).reason == "MAILBOX_FULL"
    assert standing(recipient) == "BOUNCED"


@EACH
def test_a_complaint_holds_the_address(house: House, settings: Any, provider: Provider) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        there.tell(there.news(COMPLAINED, recipient))
        read_all()
    assert state(recipient) is S.SENT
    assert standing(recipient) == "SUPPRESSED"


@EACH
def test_a_look_is_not_asked_for_and_not_kept(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        assert there.tell(there.news(OPENED, recipient)) == 200
        read_all()
    assert models.Report.objects.count() == 0


@pytest.mark.parametrize("provider", [one for one in Provider if one is not Provider.POSTMARK])
def test_the_provider_having_it_ends_what_was_uncertain(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        there.api.refuse(502)
        recipient = mailed(house, document_id)
        assert state(recipient) is S.UNCERTAIN
        there.tell(there.news(TAKEN, recipient))
        read_all()
    assert state(recipient) is S.SENT


@EACH
def test_a_lost_answer_is_asked_again_only_where_it_stays_one_mail(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        there.api.refuse(504)
        recipient = mailed(house, document_id)
        assert state(recipient) is S.UNCERTAIN
        models.Recipient.objects.filter(pk=recipient.pk).update(wake_at=outside.now())
        sweep.sweep(at=outside.now())
        waits = provider in (Provider.SES, Provider.BREVO, Provider.SENDGRID)
        assert state(recipient) is (S.STUCK if waits else S.DEFERRED)
        if waits:
            assert "haría de un reenvío otro correo" in last_words(recipient, lines(recipient)[-1])
            assert failing.counts(company.id, at=outside.now()) == {Cause.UNDECIDED: 1}
        house.deliver()
        assert len(there.api.taken) == (1 if waits else 2)
        bodies = {one.body for one in there.api.taken}
        assert len(bodies) == 1 or provider is Provider.MAILGUN  # whose form has a drawn boundary


def test_a_worker_that_dies_at_the_provider_leaves_it_to_a_person(
    house: House, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Died

    company = house.peru()
    document_id = accepted(house, company)
    with road(company, Provider.SES, settings), monkeypatch.context() as patched:
        patched.setattr(deliver.recipients, "finish", die)
        with pytest.raises(Died):
            house.deliver()
    recipient = models.Recipient.objects.get(delivery__document_id=document_id)
    rows = models.Recipient.objects.filter(pk=recipient.pk)
    rows.update(lease_until=outside.now())
    sweep.sweep(at=outside.now())
    assert state(recipient) is S.UNCERTAIN
    rows.update(wake_at=outside.now())
    sweep.sweep(at=outside.now())
    assert state(recipient) is S.STUCK
    assert lines(recipient)[-1] is EventKind.RECIPIENT_STUCK


def test_a_key_that_is_refused_rests_the_road(house: House, settings: Any) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, Provider.POSTMARK, settings) as there:
        there.api.refuse(401, {"ErrorCode": 10, "Message": "Bad token"})
        recipient = mailed(house, document_id)
        assert state(recipient) is S.DEFERRED
        paused = models.MailRoute.objects.get(company_id=company.id)
        assert paused.paused_until
        assert "Bad token" in paused.paused_reason
        house.an_hour_passes()
        house.deliver()
        assert len(there.api.taken) == 1


def test_an_address_that_the_provider_refuses_at_once_is_held(house: House, settings: Any) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, Provider.POSTMARK, settings) as there:
        there.api.refuse(422, {"ErrorCode": 406, "Message": "You tried to send to a recipient "
                               "that has been marked as inactive."})  # fmt: skip
        recipient = mailed(house, document_id)
    assert state(recipient) is S.FAILED
    assert standing(recipient) == "SUPPRESSED"
    assert models.News.objects.get(recipient_id=recipient.pk).reason == "SUPPRESSED"


def test_a_delay_is_no_failure(house: House, settings: Any) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, Provider.RESEND, settings) as there:
        recipient = mailed(house, document_id)
        there.tell(there.news(DELAYED, recipient))
        read_all()
    assert state(recipient) is S.SENT
    assert lines(recipient)[-1] is EventKind.RECIPIENT_DELAYED


def test_the_companys_people_see_it(house: House, settings: Any) -> None:
    company = house.peru()
    user = house.person(company)
    bounced, delivered = accepted(house, company), accepted(house, company)
    with road(company, Provider.BREVO, settings) as there:
        house.deliver()
        rows = {
            one.delivery.document_id: one
            for one in models.Recipient.objects.select_related("delivery")
        }
        there.tell(there.news(BOUNCED, rows[bounced]))
        there.tell(there.news(DELIVERED, rows[delivered]))
        read_all()
    client = Client()
    client.force_login(models.Membership.objects.get(user_id=user).user)
    tray = client.get(f"/e/{company.id}/fallos/").content.decode()
    assert rows[bounced].address in tray
    page = client.get(f"/e/{company.id}/facturas/{delivered}/").content.decode()
    assert "entreg" in page.lower()
