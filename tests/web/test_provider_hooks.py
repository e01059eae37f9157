"""The door for mail providers: nothing that comes in by it is believed for its looks."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from acuse.domain.recipient import RecipientState
from acuse.domain.route import Provider
from acuse.flow import hooks, outside, returns
from acuse.store import models
from tests.flow.hooked import accepted, connect, mailed, read_all, road, state
from tests.flow.house import House
from tests.flow.news import standing
from tests.flow.test_track import lines
from tests.support.provider_posts import (
    BOUNCED,
    COMPLAINED,
    DELAYED,
    DELIVERED,
    TAKEN,
    Posted,
    mailgun_signature,
    sns,
)

P, S = Provider, RecipientState
EACH = pytest.mark.parametrize("provider", list(Provider))
NOBODY = ("x", "A" * 22, "A" * 21 + "%C3%B1", "..%00", "A" * 5000)


def reports() -> int:
    return models.Report.objects.count()


@pytest.mark.parametrize("token", NOBODY)
@pytest.mark.django_db
def test_an_address_that_is_none_answers_every_way_the_same(token: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for method in (client.get, client.post, client.put, client.head):
        answer = method(f"/hooks/correo/{token}/")
        assert (answer.status_code, answer.content) == (404, b"")


def test_the_token_is_kept_as_its_hash_and_an_earlier_one_opens_nothing(
    house: House, settings: Any
) -> None:
    company = house.peru()
    with road(company, P.POSTMARK, settings) as there:
        row = models.MailRoute.objects.get(company_id=company.id)
        token = there.path.split("/")[3]
        assert len(token) == 22
        assert token not in str(vars(row))
        assert there.poster.secret.encode() not in bytes(row.wrapped_hook_secret or b"")
        earlier = there.path
        again = connect(company.id, P.POSTMARK, there.api)
        client = Client()
        assert client.head(earlier).status_code == 404
        assert client.head(again.path).status_code == 200
        assert client.get(again.path).status_code == 405


@EACH
def test_a_forged_post_changes_nothing(house: House, settings: Any, provider: Provider) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        told = there.news(BOUNCED, recipient)
        bare = there.poster.body(told, at=outside.now())
        if provider in (P.SES, P.MAILGUN):
            whole = json.loads(bare)
            whole |= {"Signature": "eA=="} if provider is P.SES else {"signature": {"token": "x"}}
            bare = json.dumps(whole).encode()
        assert there.post(Posted(bare, {"content-type": "application/json"})) == 401
        read_all()
    assert (state(recipient), standing(recipient), reports()) == (S.SENT, "", 0)


@EACH
def test_the_same_post_again_is_kept_once(house: House, settings: Any, provider: Provider) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        posted = there.poster.post(there.news(DELIVERED, recipient), at=outside.now())
        assert [there.post(posted) for _ in range(3)] == [200] * 3
        read_all()
        assert there.post(posted) == 200
        read_all()
    assert reports() == 1
    assert len([one for one in lines(recipient) if one.value == "recipient.delivered"]) == 1


@pytest.mark.parametrize("order", tuple(permutations(range(4))))
def test_the_order_of_the_events_is_nothing(
    house: House, settings: Any, order: tuple[int, ...]
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, P.SENDGRID, settings) as there:
        recipient = mailed(house, document_id)
        told = [there.news(kind, recipient) for kind in (TAKEN, DELAYED, DELIVERED, BOUNCED)]
        for place in order:
            there.tell(told[place])
            there.tell(told[place])
            read_all()
    assert (state(recipient), standing(recipient)) == (S.BOUNCED, "SUPPRESSED")


@EACH
def test_the_name_of_the_mail_is_enough_at_the_road_that_it_went_by(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        assert there.tell(there.news(BOUNCED, recipient, token="")) == 200
        read_all()
    assert state(recipient) is S.BOUNCED
    report = models.Report.objects.get()
    assert (report.state, report.traced_by, report.company_id) == (
        "COUNTED",
        "PROVIDER",
        company.id,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"token": "", "name": "<otro@proveedor.example>"},
        {"token": "", "name": ""},
        {"token": "", "to": "otra@cliente.example"},
        {"token": "", "to": ""},
        {"to": "otra@cliente.example"},
        {"token": "abcdefghijklmnopqrstuvwxyz234567", "name": ""},
    ],
)
@EACH
def test_what_does_not_name_the_mail_and_its_address_changes_nothing(
    house: House, settings: Any, provider: Provider, changes: dict[str, str]
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, provider, settings) as there:
        recipient = mailed(house, document_id)
        for kind in (BOUNCED, COMPLAINED):
            assert there.tell(there.news(kind, recipient, **changes)) == 200
        read_all()
    assert (state(recipient), standing(recipient)) == (S.SENT, "")
    assert set(models.Report.objects.values_list("state", flat=True)) == {"NOTED"}


@EACH
def test_another_companys_mail_is_not_its_to_speak_of(
    house: House, settings: Any, provider: Provider
) -> None:
    """Its own provider posts, well proven, the name and even the token of another's mail."""
    ours = house.peru()
    theirs = house.costa_rica()
    document_id = accepted(house, ours)
    with road(ours, provider, settings) as there:
        recipient = mailed(house, document_id)
        other = connect(theirs.id, provider, there.api)
        for changes in ({}, {"token": ""}):
            for kind in (BOUNCED, COMPLAINED):
                assert other.tell(there.news(kind, recipient, **changes)) == 200
        read_all()
    assert (state(recipient), standing(recipient)) == (S.SENT, "")
    assert set(models.Report.objects.values_list("state", flat=True)) == {"NOTED"}
    assert models.News.objects.count() == 0


def test_the_installations_road_speaks_for_those_without_their_own(
    house: House, settings: Any
) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    models.Company.objects.filter(pk=company.id).update(environment="PRODUCTION")
    with road(None, P.POSTMARK, settings) as there:
        recipient = mailed(house, document_id)
        there.tell(there.news(DELIVERED, recipient, token=""))
        read_all()
        assert state(recipient) is S.DELIVERED
        domain = models.MailRoute.objects.create(
            company_id=company.id, kind="DOMAIN", sender="ventas@taller.example"
        )
        there.tell(there.news(COMPLAINED, recipient, token=""))  # by the installation's road still
        read_all()
        assert standing(recipient) == "SUPPRESSED"
        domain.delete()
        connect(company.id, P.POSTMARK, there.api)  # from here on it has one
        there.tell(there.news(BOUNCED, recipient, token=""))
        read_all()
    assert state(recipient) is S.DELIVERED


def test_two_tokens_in_one_event_name_nobody(house: House, settings: Any) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, P.MAILGUN, settings) as there:
        recipient = mailed(house, document_id)
        told = there.news(BOUNCED, recipient, name=f"<{returns.token()}@taller.example>")
        there.tell(told)
        read_all()
    assert state(recipient) is S.SENT
    assert models.Report.objects.get().doubt == "NAMES_TWO"


def test_many_events_in_one_post(house: House, settings: Any) -> None:
    company = house.peru()
    document_id = accepted(house, company)
    with road(company, P.SENDGRID, settings) as there:
        recipient = mailed(house, document_id)
        others = [there.news(BOUNCED, recipient, to="x@y.example", token="") for _ in range(3000)]
        assert there.tell(*others[:1500], there.news(DELIVERED, recipient), *others[1500:]) == 200
        assert reports() == 3001
        waiting = models.Report.objects.order_by("pk")
        waiting.exclude(pk=waiting[1500].pk).update(wake_at=None, state="NOTED")  # read in time
        read_all()
    assert state(recipient) is S.DELIVERED


@EACH
def test_what_is_proven_and_makes_no_sense_is_kept_and_noted(
    house: House, settings: Any, provider: Provider
) -> None:
    company = house.peru()
    with road(company, provider, settings) as there:
        signature = mailgun_signature(outside.now())
        for raw in (
            b'{"event": "bounce", "event": "delivered"}',
            b"[" * 50_000,
            b'{"x": ' * 45 + b"1" + b"}" * 45,
            "{'ñ'}".encode("utf-16"),
        ):
            if provider in (P.MAILGUN, P.SES):  # without their form they prove nothing
                break
            assert there.post(there.poster.raw(raw, at=outside.now())) == 200
        if provider is P.MAILGUN:
            body = json.dumps({"signature": signature, "event-data": {"event": ["x"]}})
            assert there.post(Posted(body.encode(), {"content-type": "application/json"})) == 200
        read_all()
        assert set(models.Report.objects.values_list("state", flat=True)) <= {"NOTED"}
        assert reports() == {P.MAILGUN: 1, P.SES: 0}.get(provider, 4)


def test_what_is_too_long_is_not_taken(
    house: House, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "LARGEST", 1000)
    company = house.peru()
    with road(company, P.POSTMARK, settings) as there:
        assert there.post(there.poster.raw(b"x" * 1001, at=outside.now())) == 413
        assert there.post(there.poster.raw(b"x" * 1000, at=outside.now())) == 200
    assert reports() == 1


def test_more_than_any_provider_posts_is_asked_to_wait(
    house: House, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "MOST", 3)
    company = house.peru()
    with road(company, P.BREVO, settings) as there:
        posted = there.poster.raw(b"{}", at=outside.now())
        assert [there.post(posted) for _ in range(5)] == [200, 200, 200, 429, 429]


def test_a_road_that_is_no_providers_any_more_hears_nothing(house: House, settings: Any) -> None:
    company = house.peru()
    with road(company, P.BREVO, settings) as there:
        rows = models.MailRoute.objects.filter(company_id=company.id)
        rows.update(kind="SMTP", host="mail.taller.example", port=587, security="STARTTLS")
        assert there.post(there.poster.raw(b"{}", at=outside.now())) == 404


@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_subscription_that_amazon_does_not_confirm_is_asked_for_again(
    house: House, settings: Any, status: int
) -> None:
    company = house.peru()
    told = sns(Type="SubscriptionConfirmation", Token="x", SubscribeURL="https://x.example")
    posted = Posted(json.dumps(told).encode(), {"content-type": "text/plain"})
    with road(company, P.SES, settings) as there:
        there.api.pages["/"] = (status, b"")
        assert there.post(posted) == 503
        there.api.pages["/"] = (200, b"<ok/>")
        assert there.post(posted) == 200
        read_all()
    assert reports() == 0
