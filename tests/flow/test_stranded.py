"""An answer that cannot be handed on is told, listed, kept to be read, and dealt with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.flow import forward, mending, outside, track
from acuse.store import failing, failures, models
from acuse.store.failing import Span
from tests.flow.house import BY, House
from tests.flow.news import answer, bounce_address, bring, mailed_again
from tests.flow.test_mail_faults import script
from tests.flow.test_track import last_words, lines

ALL = Span(2**62)
REFUSED: dict[str, object] = {"stage": "dot", "code": 552, "text": "5.3.4 message too big"}


def stranded(house: House, company: Company) -> models.Recipient:
    """A mail whose answer the company's own server refused."""
    recipient = mailed_again(house, company)
    script(house.sandbox, **REFUSED)
    bring(answer(recipient), to=bounce_address(recipient))
    return recipient


def now_failing(company: Company) -> dict[Cause, int]:
    return failing.counts(company.id, at=outside.now())


def test_an_answer_that_is_refused_is_told_and_listed(house: House) -> None:
    company, other = house.peru(), house.costa_rica()
    recipient = stranded(house, company)
    assert lines(recipient)[-2:] == [EventKind.RECIPIENT_REPLIED, EventKind.RECIPIENT_NOT_FORWARDED]
    words = last_words(recipient, EventKind.RECIPIENT_NOT_FORWARDED)
    assert f"no se pudo reenviar a {company.email}" in words
    assert "5.3.4 message too big" in words
    assert now_failing(company) == {Cause.ANSWER: 1}
    assert now_failing(other) == {}
    assert failing.total(company.id, at=outside.now()) == 1
    assert failing.companies(at=outside.now()) == (company.id,)
    (told,) = failures.page(company.id, Cause.ANSWER, at=outside.now(), limit=5)
    assert (told.address, told.document_id) == (
        "ana@cliente.example",
        recipient.delivery.document_id,
    )
    assert told.since is not None
    assert "5.3.4" in told.said
    assert track.track_due(at=outside.now() + timedelta(days=9)) == 0


def test_so_is_one_whose_tries_are_over(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    monkeypatch.setattr(forward, "TRIES", 2)
    for _ in range(2):
        script(house.sandbox, stage="rcpt", code=450, text="4.2.0 later")
        assert EventKind.RECIPIENT_NOT_FORWARDED not in lines(recipient)
        bring(answer(recipient) if not _ else b"", to=bounce_address(recipient))
        models.Report.objects.filter(forward_at__isnull=False).update(forward_at=outside.now())
    assert lines(recipient).count(EventKind.RECIPIENT_NOT_FORWARDED) == 1
    assert now_failing(company) == {Cause.ANSWER: 1}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({"email": ""}, "no tiene correo"), ({}, "no hay servidor")],
)
def test_so_is_one_that_has_nowhere_to_go(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, Any],
    expected: str,
) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    models.Company.objects.filter(pk=company.id).update(**changes or {"email": company.email})
    if not changes:
        monkeypatch.setattr(forward.roads, "of_company", lambda *_: None)
    monkeypatch.setattr(forward, "TRIES", 1)
    bring(answer(recipient), to=bounce_address(recipient))
    assert now_failing(company) == {Cause.ANSWER: 1}
    assert expected in last_words(recipient, EventKind.RECIPIENT_NOT_FORWARDED)


def test_it_is_handed_on_once_a_person_asks_for_it(house: House) -> None:
    company = house.peru()
    recipient = stranded(house, company)
    assert mending.retry_all(company.id, Cause.ANSWER, ALL, by=BY, at=outside.now()).many == 1
    assert now_failing(company) == {}
    bring()
    assert len(house.sandbox.mailboxes.of(company.email)) == 1
    assert lines(recipient)[-2:] == [EventKind.RECIPIENT_RETRIED, EventKind.RECIPIENT_FORWARDED]


def test_a_second_refusal_lists_it_again(house: House) -> None:
    company = house.peru()
    stranded(house, company)
    mending.retry_all(company.id, Cause.ANSWER, ALL, by=BY, at=outside.now())
    script(house.sandbox, **REFUSED)
    bring()
    assert now_failing(company) == {Cause.ANSWER: 1}


def test_what_is_dealt_with_is_gone_and_told(house: House) -> None:
    company = house.peru()
    recipient = stranded(house, company)
    at = outside.now()
    assert mending.resolve_all(company.id, Cause.ANSWER, ALL, by=BY, at=at).many == 1
    assert mending.resolve_all(company.id, Cause.ANSWER, ALL, by=BY, at=at).many == 0
    assert now_failing(company) == {}
    assert "respuesta de ana@cliente.example" in last_words(recipient, EventKind.FAILURE_RESOLVED)
