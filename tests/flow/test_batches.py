"""Documents that go by way of a batch, and messages that take documents back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.conversation import Fate
from acuse.domain.document import Reference
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.domain.submission import (
    CallPurpose,
    Cause,
    Judged,
    NoAnswer,
    Refused,
)
from acuse.domain.verdict import Evidence, Outcome, Remark, Verdict
from acuse.flow import gather, outside
from acuse.store import batches, gathered, journeys, models, submissions
from tests.flow.clerk import ACCEPTED, TestClerk, answer
from tests.flow.clerk import clerk as clerk
from tests.flow.house import BY, House
from tests.support import makers

REJECTED = Verdict(Outcome.REJECTED, (Remark("2282", "ya informado", 2),), b"constancia")


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Blocked) as caught:
        yield
    assert [problem.code for problem in caught.value.problems] == [code]


def issue(house: House, company: Company, count: int) -> list[int]:
    return [house.issue(company).id for _ in range(count)]


def only_batch(company: Company) -> batches.Kept:
    (found,) = batches.page(company.id)
    return found


def fates(batch_id: int) -> list[Fate | None]:
    return [member.fate for member in batches.members(batch_id)]


def test_a_document_that_waits_for_its_summary_is_not_sent_by_itself(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    assert house.submit(company) == 0
    assert house.submission(document).state == "GATHERED"
    assert journeys.load(company.id, document).state == "ISSUED"


def test_a_summary_waits_for_its_hour_or_a_person(
    house: House, company: Company, clerk: TestClerk
) -> None:
    issue(house, company, 2)
    clerk.closed = False
    assert gather.gather_all(at=outside.now()) == 0
    assert gather.gather(company.id, by=BY, at=outside.now(), now=True) == 1
    assert only_batch(company).size == 2


def test_a_full_summary_leaves_at_once_and_the_rest_waits_in_another(
    house: House, company: Company, clerk: TestClerk
) -> None:
    issue(house, company, 4)
    clerk.closed = False
    assert gather.gather_all(at=outside.now()) == 2
    assert [one.size for one in batches.page(company.id)] == [1, 3]
    assert [batch.ordinal for batch in clerk.made] == [1, 2]
    assert gather.gather_all(at=outside.now()) == 0  # nothing goes twice


def test_an_accepted_summary_accepts_and_mails_each_document(
    house: House, company: Company, clerk: TestClerk
) -> None:
    documents = issue(house, company, 2)
    gather.gather_all(at=outside.now())
    batch = only_batch(company)
    answer(batch.id, ACCEPTED)
    for document in documents:
        assert house.state(document) == "ACCEPTED"
        assert house.submission(document).state == "SETTLED"
        assert house.delivery(document).state == "OPEN"
    assert fates(batch.id) == [Fate.SETTLED, Fate.SETTLED]
    assert only_batch(company).outcome is Outcome.ACCEPTED


def test_an_observation_is_of_the_line_that_it_names(
    house: House, company: Company, clerk: TestClerk
) -> None:
    documents = issue(house, company, 2)
    gather.gather_all(at=outside.now())
    remarks = (Remark("4027", "total", 2),)
    answer(
        only_batch(company).id, Judged(Verdict(Outcome.ACCEPTED_WITH_OBSERVATIONS, remarks, b"c"))
    )
    assert [house.state(one) for one in documents] == ["ACCEPTED", "ACCEPTED_WITH_OBSERVATIONS"]


def test_one_bad_line_is_left_out_and_the_others_go_in_a_new_file(
    house: House, company: Company, clerk: TestClerk
) -> None:
    documents = issue(house, company, 3)
    gather.gather_all(at=outside.now())
    first = only_batch(company)
    answer(first.id, Judged(REJECTED, culprits=(2,)))
    assert fates(first.id) == [Fate.RETURNED, Fate.LEFT_OUT, Fate.RETURNED]
    assert [house.state(one) for one in documents] == ["ISSUED"] * 3
    stuck = house.submission(documents[1])
    assert (stuck.state, stuck.not_held, stuck.reason) == ("STUCK", True, "2282 ya informado")
    assert EventKind.DOCUMENT_RETURNED in house.told(company, documents[1])
    assert not models.Delivery.objects.exists()

    assert gather.gather_all(at=outside.now()) == 1
    second = batches.page(company.id)[0]
    assert [one.document_id for one in batches.members(second.id)] == [documents[0], documents[2]]
    answer(second.id, ACCEPTED)
    assert house.state(documents[0]) == house.state(documents[2]) == "ACCEPTED"


def test_a_rejection_that_names_nobody_waits_for_a_person(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    gather.gather_all(at=outside.now())
    answer(only_batch(company).id, Judged(Verdict(Outcome.REJECTED)))
    assert house.submission(document).state == "STUCK"
    assert gather.gather_all(at=outside.now()) == 0
    gather.gather_instead(company.id, document, by=BY, at=outside.now())
    assert gather.gather_all(at=outside.now()) == 1


def test_a_summary_that_never_came_returns_its_documents(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    gather.gather_all(at=outside.now())
    answer(only_batch(company).id, Judged(Verdict(Outcome.REJECTED, evidence=Evidence.REGISTER)))
    assert house.submission(document).state == "GATHERED"
    assert gather.gather_all(at=outside.now()) == 1


def test_what_the_authority_holds_already_is_asked_about_by_itself(
    house: House, company: Company, clerk: TestClerk
) -> None:
    documents = issue(house, company, 2)
    gather.gather_all(at=outside.now())
    answer(only_batch(company).id, Judged(REJECTED, culprits=(2,), known=(2,)))
    assert house.submission(documents[1]).state == "UNCERTAIN"
    assert house.submission(documents[1]).wake_at is not None


def test_a_lost_answer_leaves_the_documents_in_their_summary(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    gather.gather_all(at=outside.now())
    batch = only_batch(company)
    answer(batch.id, NoAnswer(left=True, reason="read"))
    assert gather.gather_all(at=outside.now()) == 0
    assert only_batch(company).submission == "UNCERTAIN"
    assert EventKind.SUBMISSION_ANSWER_LOST in house.told(company, document)
    held = submissions.hold(
        submissions.Claim(models.Submission.objects.get(batch_id=batch.id).pk, 1, company.id),
        until=outside.now(),
    )
    assert held is not None
    assert [one.number for one in held.case.members] == ["F001-1"]


def test_a_refused_summary_is_dissolved_by_a_person_with_the_proof(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    gather.gather_all(at=outside.now())
    batch = only_batch(company)
    with pytest.raises(Blocked):
        gather.dissolve(company.id, batch.id, by=BY, at=outside.now())
    answer(batch.id, Refused("el archivo no vale", Cause.FILE))
    assert only_batch(company).trouble == "el archivo no vale"
    gather.dissolve(company.id, batch.id, by=BY, at=outside.now())
    assert gather.gather_all(at=outside.now()) == 1


def test_a_stuck_summary_that_may_be_held_only_asks_again(
    house: House, company: Company, clerk: TestClerk
) -> None:
    issue(house, company, 1)
    gather.gather_all(at=outside.now())
    batch = only_batch(company)
    answer(batch.id, NoAnswer(left=True, reason="read"))
    answer(batch.id, Refused("permiso", Cause.CONFIG), purpose=CallPurpose.ASK)
    with refused("XX-BAT-2"):
        gather.dissolve(company.id, batch.id, by=BY, at=outside.now())
    assert gather.retry(company.id, batch.id, by=BY, at=outside.now())
    assert only_batch(company).submission == "UNCERTAIN"


def test_a_note_never_goes_before_what_it_corrects(
    house: House, company: Company, clerk: TestClerk
) -> None:
    corrected = house.issue(company)
    note = makers.document(
        number=None, date=None, references=(Reference(corrected.number, date(2026, 11, 25)),)
    )
    waiting = gathered.Gathered(0, "F001-9", note)
    assert gather._in_order(company.id, (waiting,)) == ()
    gather.gather_all(at=outside.now())
    answer(only_batch(company).id, ACCEPTED)
    assert gather._in_order(company.id, (waiting,)) == (waiting,)


def test_without_summary_any_more_what_waits_goes_by_itself(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    clerk.gathering = False
    assert gather.gather_all(at=outside.now()) == 0
    assert house.submission(document).state == "QUEUED"
    assert EventKind.DOCUMENT_ALONE in house.told(company, document)


def test_what_keeps_a_summary_from_being_made_is_told(
    house: House, company: Company, clerk: TestClerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (document,) = issue(house, company, 1)
    models.Certificate.objects.filter(company_id=company.id).update(active=False)
    assert gather.gather_all(at=outside.now()) == 0
    assert "certificado" in journeys.load(company.id, document).reason
    models.Certificate.objects.filter(company_id=company.id).update(active=True)
    assert gather.gather_all(at=outside.now()) == 1
    assert journeys.load(company.id, document).reason == ""


def test_what_would_have_the_file_rejected_is_left_out_before(
    house: House, company: Company, clerk: TestClerk
) -> None:
    documents = issue(house, company, 3)
    clerk.wrong = "F001-2"
    assert gather.gather_all(at=outside.now()) == 1
    members = batches.members(only_batch(company).id)
    assert [one.document_id for one in members] == [documents[0], documents[2]]
    stuck = house.submission(documents[1])
    assert (stuck.state, stuck.not_held, stuck.reason) == ("STUCK", True, "No cuadra.")


def test_a_summary_of_nothing_sound_is_not_made(
    house: House, company: Company, clerk: TestClerk
) -> None:
    (document,) = issue(house, company, 1)
    clerk.wrong = "F001-1"
    gather.gather_all(at=outside.now())
    assert batches.page(company.id) == ()
    assert house.submission(document).state == "STUCK"
