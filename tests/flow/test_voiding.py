"""An accepted document is taken back, by the authority's word alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.batch import BatchKind
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.submission import Judged
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.flow import deliver, gather, outside, sweep, void
from acuse.store import batches, deliveries, journeys, models
from tests.flow.clerk import ACCEPTED, TestClerk, answer
from tests.flow.clerk import clerk as clerk
from tests.flow.house import BY, House
from tests.flow.test_mail_faults import script
from tests.support import makers


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Blocked) as caught:
        yield
    assert [problem.code for problem in caught.value.problems] == [code]


def only_batch(company: Company) -> batches.Kept:
    (found,) = batches.page(company.id)
    return found


def accepted(house: House, company: Company, clerk: TestClerk, **changes: Any) -> int:
    document = house.issue(company, **changes).id
    gather.gather_all(at=outside.now())
    answer(only_batch(company).id, ACCEPTED)
    return document


def test_a_document_is_void_only_by_the_authoritys_word(
    house: House, company: Company, clerk: TestClerk
) -> None:
    document = accepted(house, company, clerk)
    voiding = void.void(company.id, document, "Se duplicó el pedido", by=BY, at=outside.now())
    assert house.state(document) == "ACCEPTED"
    assert batches.load(company.id, voiding).kind is BatchKind.SUMMARY  # as it was judged
    with refused("XX-VOI-3"):
        void.void(company.id, document, "Otra vez", by=BY, at=outside.now())
    answer(voiding, ACCEPTED)
    assert house.state(document) == "VOIDED"
    assert EventKind.DOCUMENT_VOIDED in house.told(company, document)


def test_what_is_voided_before_its_mail_began_is_never_mailed(
    house: House, company: Company, clerk: TestClerk
) -> None:
    document = accepted(house, company, clerk)
    voiding = void.void(company.id, document, "Se duplicó el pedido", by=BY, at=outside.now())
    answer(voiding, ACCEPTED)
    house.deliver()
    assert house.mail() == ()
    assert (house.delivery(document).state, house.delivery(document).reason) == (
        "SKIPPED",
        "VOIDED",
    )
    assert journeys.load(company.id, document).settled


def test_a_mail_prepared_before_the_voiding_is_cancelled(
    house: House, company: Company, clerk: TestClerk
) -> None:
    document = accepted(house, company, clerk)
    house.sandbox.mail.scripts.clear()
    models.Delivery.objects.update(wake_at=outside.now())
    for held in deliveries.claim(at=outside.now(), lease=outside.claim_lease(), limit=5):
        deliver.prepare(held)
    assert [state for _, state in house.recipients(document)] == ["QUEUED"]
    voiding = void.void(company.id, document, "Se duplicó el pedido", by=BY, at=outside.now())
    answer(voiding, ACCEPTED)
    house.deliver()
    assert [state for _, state in house.recipients(document)] == ["CANCELLED"]
    assert house.mail() == ()


def test_of_a_document_that_was_mailed_in_part_the_rest_is_cancelled_and_told(
    house: House, company: Company, clerk: TestClerk
) -> None:
    buyer = makers.customer(emails=("ana@cliente.example", "beto@cliente.example"))
    document = accepted(house, company, clerk, counterparty=buyer)
    wait = {"stage": "rcpt", "code": 450, "text": "4.7.1 wait"}
    script(house.sandbox, match={"to": "beto@cliente.example"}, **wait)
    house.deliver()
    assert [state for _, state in house.recipients(document)] == ["SENT", "DEFERRED"]
    voiding = void.void(company.id, document, "Se duplicó el pedido", by=BY, at=outside.now())
    answer(voiding, ACCEPTED)
    later = outside.now() + timedelta(hours=1)
    sweep.sweep(at=later)
    assert [state for _, state in house.recipients(document)] == ["SENT", "CANCELLED"]
    assert EventKind.RECIPIENT_CANCELLED in house.told(company, document)
    assert not deliveries.due(at=later)


def test_a_voiding_that_is_refused_leaves_the_document_valid(
    house: House, company: Company, clerk: TestClerk
) -> None:
    document = accepted(house, company, clerk)
    voiding = void.void(company.id, document, "Se duplicó el pedido", by=BY, at=outside.now())
    answer(voiding, Judged(Verdict(Outcome.REJECTED, (Remark("2957", "tarde"),))))
    assert house.state(document) == "ACCEPTED"
    assert EventKind.VOIDING_REJECTED in house.told(company, document)
    void.void(company.id, document, "Con otro motivo", by=BY, at=outside.now())


@pytest.mark.parametrize("reason", ["", "  a ", "x" * 101])
def test_a_voiding_needs_a_reason(
    house: House, company: Company, clerk: TestClerk, reason: str
) -> None:
    document = accepted(house, company, clerk)
    with pytest.raises(Blocked):
        void.void(company.id, document, reason, by=BY, at=outside.now())
    assert len(batches.page(company.id)) == 1


def test_what_is_not_accepted_or_too_late_is_not_voided(
    house: House, company: Company, clerk: TestClerk
) -> None:
    waiting = house.issue(company).id
    with refused("XX-VOI-2"):
        void.void(company.id, waiting, "Se duplicó", by=BY, at=outside.now())
    gather.gather_all(at=outside.now())
    answer(only_batch(company).id, ACCEPTED)
    clerk.late = Problem("document", "PE-2957", "Pasaron más de 7 días.")
    assert void.offer(company.id, waiting, at=outside.now()).problems == (clerk.late,)
    with refused("PE-2957"):
        void.void(company.id, waiting, "Se duplicó", by=BY, at=outside.now())


def test_who_was_mailed_is_offered_a_note_first(
    house: House, company: Company, clerk: TestClerk
) -> None:
    document = accepted(house, company, clerk)
    assert void.offer(company.id, document, at=outside.now()).advice == ""
    house.run(company)
    assert void.offer(company.id, document, at=outside.now()).advice == "Emite una nota crédito."


def test_another_companys_document_is_not_voided(
    house: House, company: Company, clerk: TestClerk
) -> None:
    document = accepted(house, company, clerk)
    other = house.costa_rica()
    with pytest.raises((Blocked, models.Document.DoesNotExist)):
        void.void(other.id, document, "No es mío", by=BY, at=outside.now())
