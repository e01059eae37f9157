"""A lost answer is a question, never a second sending, never a verdict."""

from __future__ import annotations

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.party import Company
from acuse.flow import outside, submit
from acuse.flow.retry import retry
from acuse.store import models, submissions
from acuse_sandbox.world import Script, ScriptedReply
from tests.flow.house import House

AUTHORITIES = {"PE": "sunat", "CR": "hacienda", "CO": "dian"}
COUNTRIES = tuple(AUTHORITIES)
REJECTED = {"PE": "2017", "CR": "-99", "CO": "FAK24"}


def company_of(house: House, country: str) -> Company:
    companies = {"PE": house.peru, "CR": house.costa_rica, "CO": house.colombia}
    return companies[country]()


def script(house: House, country: str, *replies: ScriptedReply) -> None:
    house.sandbox.world.scripts.add(AUTHORITIES[country], {}, list(replies))


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_answer_that_hangs_after_acceptance_is_asked_for(house: House, country: str) -> None:
    company = company_of(house, country)
    script(house, country, ScriptedReply(Script.HANG_AFTER_ACCEPT))
    issued = house.issue(company)
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    name = house.ledger_name(company, issued)
    assert house.sends(name) == 1
    told = house.told(company, issued.id)
    assert EventKind.SUBMISSION_ANSWER_LOST in told
    assert EventKind.SUBMISSION_SENT not in told  # nobody said that it arrived
    assert len(house.mail()) == 1


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("kind", [Script.HTTP, Script.HTML200])
def test_a_gateway_that_kept_nothing_is_asked_twice_before_the_same_bytes_go_again(
    house: House, country: str, kind: Script
) -> None:
    company = company_of(house, country)
    script(house, country, ScriptedReply(kind, status=503))
    issued = house.issue(company)
    house.run(company, turns=20)
    assert house.state(issued.id) == "ACCEPTED"
    name = house.ledger_name(company, issued)
    entries = house.sandbox.world.ledger.read(fiscal_id=name)
    purposes = [entry.purpose for entry in entries]
    assert purposes.count("send") == 2
    second = len(purposes) - 1 - purposes[::-1].index("send")
    first = purposes.index("send")
    assert purposes[first + 1 : second].count("ask") >= 2
    assert len({entry.sha256 for entry in entries if entry.document}) == 1
    assert len(house.mail()) == 1


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_answer_about_another_document_is_no_verdict(house: House, country: str) -> None:
    company = company_of(house, country)
    script(house, country, ScriptedReply(Script.WRONG_DOCUMENT))
    issued = house.issue(company)
    house.submit(company)
    assert house.state(issued.id) == "ISSUED"
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"
    assert house.sends(house.ledger_name(company, issued)) == 1
    assert len(house.mail()) == 1


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_document_in_process_waits_and_is_not_mailed(house: House, country: str) -> None:
    company = company_of(house, country)
    script(house, country, ScriptedReply(Script.PROCESSING, times=2))
    issued = house.issue(company)
    house.submit(company)
    assert house.state(issued.id) == "ISSUED"
    assert house.mail() == ()
    house.run(company, turns=20)
    assert house.state(issued.id) == "ACCEPTED"
    assert len(house.mail()) == 1


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_rejected_document_is_never_mailed(house: House, country: str) -> None:
    company = company_of(house, country)
    script(house, country, ScriptedReply(Script.REJECT, code=REJECTED[country]))
    issued = house.issue(company)
    house.run(company)
    assert house.state(issued.id) == "REJECTED"
    assert not models.Delivery.objects.exists()
    assert house.mail() == ()


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_observed_document_is_mailed(house: House, country: str) -> None:
    company = company_of(house, country)
    script(house, country, ScriptedReply(Script.OBSERVE))
    issued = house.issue(company)
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED_WITH_OBSERVATIONS"
    assert len(house.mail()) == 1


def test_a_refused_log_in_stops_the_channel_and_loses_nothing(house: House) -> None:
    company = house.costa_rica()
    house.set_secret(company, "api_password", "mala")
    issued = house.issue(company)
    house.run(company, turns=20)
    channel = models.Channel.objects.get(pk=company.id)
    assert channel.stopped
    assert house.submission(issued.id).state == "QUEUED"
    refused = models.Event.objects.get(document_id=issued.id, kind="submission.refused")
    assert refused.facts["reason"]
    assert refused.facts["retry_at"]  # Actividad says when it is tried again
    logins = [e for e in house.sandbox.world.ledger.read() if e.purpose == "login"]
    assert len(logins) == 1
    house.set_secret(company, "api_password", "buena")
    house.run(company)
    assert house.state(issued.id) == "ACCEPTED"


def test_a_stuck_document_is_asked_about_first_when_a_person_retries(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    models.Submission.objects.filter(document_id=issued.id).update(state="IN_FLIGHT", epoch=1)
    models.Submission.objects.filter(document_id=issued.id).update(state="STUCK")
    assert retry(company.id, issued.id, by="ana", at=outside.now())
    house.submit(company)
    name = house.ledger_name(company, issued)
    assert [e.purpose for e in house.sandbox.world.ledger.read(fiscal_id=name)] == ["ask"]


def test_a_worker_whose_lease_was_given_away_writes_nothing(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    at = outside.now()
    (claim,) = submissions.claim("PE", at=at, lease=outside.claim_lease(), limit=5)
    models.Submission.objects.filter(pk=claim.id).update(epoch=claim.epoch + 1)
    submit.converse(claim)
    assert house.sends(house.ledger_name(company, issued)) == 0
    assert house.state(issued.id) == "ISSUED"
