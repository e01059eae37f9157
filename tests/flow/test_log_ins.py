"""One log-in for all workers, and never a second one with a password that was refused.

Source: costa-rica.md 5 ("Token"): users are blocked after a few refused log-ins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.db import connections

from acuse import jurisdictions
from acuse.domain.party import Company
from acuse.domain.submission import Note
from acuse.flow import outside, submit
from acuse.gateways import http
from acuse.store import channels, models
from tests.flow.house import House

WORKERS = 4
MANY, SOME = 20, 6  # documents
PATIENCE = 60.0  # seconds of a slow machine


def issue_many(house: House, company: Company, documents: int = SOME) -> list[int]:
    return [house.issue(company).id for _ in range(documents)]


def work(company: Company, done: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """So many workers talk until it is done, or for so long; an exception of any of them counts."""
    until = monotonic() + seconds

    def worker() -> None:
        try:
            while not done() and monotonic() < until:
                if not submit.submit_due(company.jurisdiction, at=outside.now()):
                    sleep(0.01)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        for future in [pool.submit(worker) for _ in range(WORKERS)]:
            future.result()


def all_accepted() -> bool:
    return not models.Document.objects.exclude(state="ACCEPTED").exists()


def never() -> bool:
    return False


def away_from_the_next_minute() -> None:
    """The pretended limits are of a minute: what is told of one shall not end in the next."""
    left = 60 - outside.now().second
    if left < 10:
        sleep(left)


@pytest.fixture
def grants(house: House, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many log-ins by each grant reached the identity provider."""
    counted: Counter[str] = Counter()
    perform = http.perform

    def counting(call, **more):  # type: ignore[no-untyped-def]
        if call.purpose == "LOGIN":
            counted[call.body.fields["grant_type"]] += 1
            sleep(0.05)  # so that others come while it lasts
        return perform(call, **more)

    monkeypatch.setattr(http, "perform", counting)
    country = jurisdictions.find("CR")
    hurried = replace(country.traits, calls_per_second=100.0)
    monkeypatch.setattr(type(country), "traits", hurried)
    return counted


def test_many_workers_log_in_once(house: House, grants: Counter[str]) -> None:
    company = house.costa_rica()
    issue_many(house, company, MANY)
    work(company, all_accepted)
    assert all_accepted()
    assert grants == {"password": 1}


def test_a_log_in_that_ended_while_this_worker_looked_for_a_token_is_used(
    house: House, grants: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.costa_rica()
    issued = house.issue(company)
    credential = outside.credential

    def late(one: Company) -> object:
        token = Note("of-another", outside.now() + timedelta(minutes=4))
        outside.keep_notes(one.id, {"access_token": token})
        return credential(one)

    monkeypatch.setattr(outside, "credential", late)
    house.submit(company)
    assert grants == {}
    assert house.submission(issued.id).state == "QUEUED"
    assert models.Channel.objects.get(pk=company.id).login_until is None


def test_a_token_of_a_second_is_renewed_without_the_password(
    house: House, grants: Counter[str]
) -> None:
    company = house.costa_rica()
    house.sandbox.world.settings["hacienda.token_seconds"] = "1"
    for batch in range(2):
        issue_many(house, company)
        sleep(batch)  # a fast machine is through with the first one before its token is old
        work(company, all_accepted)
        assert all_accepted()
    assert grants["password"] == 1
    assert grants["refresh_token"] >= 1


def test_a_token_that_dies_in_mid_run_is_renewed_once_for_all(
    house: House, grants: Counter[str]
) -> None:
    company = house.costa_rica()
    issue_many(house, company, 2)
    work(company, all_accepted)
    issue_many(house, company)
    models.ChannelNote.objects.filter(name="access_token").update(until=outside.now())
    work(company, all_accepted)
    assert all_accepted()
    assert grants == {"password": 1, "refresh_token": 1}


def test_a_dead_refresh_token_asks_the_password_once_more(
    house: House, grants: Counter[str]
) -> None:
    company = house.costa_rica()
    issue_many(house, company, 2)
    work(company, all_accepted)
    house.sandbox.authorities["hacienda"].clear()  # it forgets every token, both kinds
    issue_many(house, company)
    models.ChannelNote.objects.filter(name="access_token").update(until=outside.now())
    work(company, all_accepted)
    assert all_accepted()
    assert grants == {"password": 2, "refresh_token": 1}


def test_a_token_refused_before_its_time_is_replaced_once_for_all(
    house: House, grants: Counter[str]
) -> None:
    company = house.costa_rica()
    issue_many(house, company, 2)
    work(company, all_accepted)
    house.sandbox.authorities["hacienda"].clear()
    issue_many(house, company)
    work(company, all_accepted)
    assert all_accepted()
    assert grants["password"] == 2


def test_a_refused_password_is_tried_once_however_many_documents_wait(
    house: House, grants: Counter[str]
) -> None:
    company = house.costa_rica()
    house.set_secret(company, "api_password", "mala")
    documents = issue_many(house, company, MANY)
    work(company, never, seconds=3)
    assert grants == {"password": 1}
    assert "usuario o la contraseña" in (channels.stopped(company.id) or "")
    assert {house.submission(one).state for one in documents} == {"QUEUED"}
    house.set_secret(company, "api_password", "buena")
    work(company, all_accepted)
    assert all_accepted()
    assert grants == {"password": 2}


def test_a_blocked_user_is_left_alone(house: House, grants: Counter[str]) -> None:
    company = house.costa_rica()
    name = "cpj-3-101-999888@stag.comprobanteselectronicos.example"
    house.sandbox.world.settings["hacienda.blocked"] = name
    issue_many(house, company, 5)
    work(company, never, seconds=2)
    assert grants == {"password": 1}
    assert "bloqueó" in (channels.stopped(company.id) or "")


def test_an_identity_provider_that_is_down_only_waits(house: House, grants: Counter[str]) -> None:
    company = house.costa_rica()
    house.sandbox.world.settings["hacienda.idp"] = "down"
    documents = issue_many(house, company)
    at = outside.now()
    with ThreadPoolExecutor(WORKERS) as pool:

        def turn() -> None:
            submit.submit_due(company.jurisdiction, at=at)
            connections.close_all()

        for future in [pool.submit(turn) for _ in range(WORKERS)]:
            future.result()
    assert channels.stopped(company.id) is None
    assert {house.submission(one).state for one in documents} == {"QUEUED"}
    del house.sandbox.world.settings["hacienda.idp"]
    work(company, all_accepted)
    assert all_accepted()


def test_while_the_identity_provider_is_down_one_document_tries_for_all(
    house: House, grants: Counter[str], settings: object
) -> None:
    settings.SANDBOX_HURRY = 1  # type: ignore[attr-defined]
    company = house.costa_rica()
    house.sandbox.world.settings["hacienda.idp"] = "down"
    issue_many(house, company)
    house.submit(company)
    assert grants == {"password": 1}
    waiting = models.Submission.objects.values_list("wake_at", flat=True)
    assert all(wake - outside.now() > timedelta(seconds=1) for wake in waiting if wake)


def test_another_password_is_another_session(house: House, grants: Counter[str]) -> None:
    company = house.costa_rica()
    issue_many(house, company, 2)
    work(company, all_accepted)
    house.set_secret(company, "api_password", "otra")
    issue_many(house, company, 2)
    work(company, all_accepted)
    assert all_accepted()
    assert grants == {"password": 2}


def test_one_token_belongs_to_one_company(house: House, grants: Counter[str]) -> None:
    first = house.costa_rica()
    house.issue(first)
    work(first, all_accepted)
    notes = models.ChannelNote.objects.filter(name="access_token")
    assert [row.company_id for row in notes] == [first.id]


def test_an_account_without_calls_left_waits_before_it_is_told_to(
    house: House, settings: object
) -> None:
    settings.SANDBOX_HURRY = 1  # type: ignore[attr-defined]
    company = house.costa_rica()
    house.sandbox.world.settings["hacienda.rate_limit"] = "3"
    issue_many(house, company)
    house.submit(company)
    statuses = models.Exchange.objects.exclude(purpose="LOGIN").values_list("status", flat=True)
    assert set(statuses) == {202}


def test_one_call_too_many_rests_every_document_until_the_reset(
    house: House, settings: object
) -> None:
    settings.SANDBOX_HURRY = 1  # type: ignore[attr-defined]
    company = house.costa_rica()
    house.sandbox.world.settings["hacienda.rate_limit"] = "0"
    issue_many(house, company)
    away_from_the_next_minute()
    house.submit(company)
    house.submit(company)
    calls = models.Exchange.objects.exclude(purpose="LOGIN")
    assert list(calls.values_list("status", flat=True)) == [429]
    reset = outside.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    waiting = models.Submission.objects.values_list("wake_at", flat=True)
    assert all(abs(wake - reset) < timedelta(seconds=3) for wake in waiting if wake)
