"""Documents that go by way of a batch are late, too: while they wait for one, and in one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain import submission
from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.domain.submission import Refused
from acuse.flow import gather, outside
from acuse.store import failing, failures, gathered, models
from tests.flow.clerk import TestClerk, answer
from tests.flow.clerk import clerk as clerk
from tests.flow.house import House
from tests.flow.test_batches import company as company
from tests.flow.test_batches import issue, only_batch


def counted(company: Company, **later: float) -> dict[Cause, int]:
    return failing.counts(company.id, at=outside.now() + timedelta(**later))


def test_what_waits_for_its_summary_past_every_hour_is_late(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    assert counted(company, hours=30) == {}, "its hour may still come"
    assert counted(company, days=3) == {Cause.LATE: 1}
    at = outside.now() + timedelta(days=3)
    (told,) = failures.page(company.id, Cause.LATE, at=at, limit=5)
    assert (told.document_id, told.gathered, told.batch_id) == (document, True, None)
    assert failing.companies(at=at) == (company.id,)


def test_a_summary_that_cannot_be_made_is_told_at_once_with_its_reason(
    house: House, company: Company, clerk: TestClerk
) -> None:
    issue(house, company, 2)
    models.Certificate.objects.filter(company_id=company.id).update(active=False)
    assert gather.gather_all(at=outside.now()) == 0
    assert counted(company) == {Cause.LATE: 2}
    for told in failures.page(company.id, Cause.LATE, at=outside.now(), limit=5):
        assert told.said == gathered.why(company.id) != ""


@pytest.mark.parametrize("state", ["QUEUED", "WAITING", "UNCERTAIN"])
def test_the_documents_of_a_summary_that_takes_long_are_late(
    house: House, company: Company, clerk: TestClerk, state: str
) -> None:
    issue(house, company, 2)
    gather.gather_all(at=outside.now())
    talk = models.Submission.objects.filter(batch_id=only_batch(company).id)
    if state != "QUEUED":
        talk.update(state="IN_FLIGHT")
        talk.update(state=state)
    assert counted(company, hours=5) == {}
    assert counted(company, hours=7) == {Cause.LATE: 2}
    at = outside.now() + timedelta(hours=7)
    late = failures.page(company.id, Cause.LATE, at=at, limit=5)
    assert {one.batch_id for one in late} == {only_batch(company).id}


def test_a_summary_that_waits_for_a_person_is_told_once(
    house: House, company: Company, clerk: TestClerk
) -> None:
    issue(house, company, 2)
    gather.gather_all(at=outside.now())
    answer(only_batch(company).id, Refused("el archivo no vale", submission.Cause.FILE))
    assert counted(company, days=5) == {Cause.AUTHORITY: 1}
