"""Hacienda's callback: whoever calls, only a question comes forward.

Source: costa-rica.md 5 ("Callback") and 9.3; reliability.md F56i.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from acuse.domain.party import Environment
from acuse.flow import hints, outside
from acuse.store import models
from tests.flow.house import House
from tests.web.callbacks import HOUR, PUBLIC, jobs, place, tell, waiting, wake_at
from tests.web.callbacks import unhurried as unhurried

pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def test_news_of_a_waiting_document_bring_the_question_forward(
    house: House, client: Client
) -> None:
    row, before = waiting(house), jobs()
    tell(client, place(row))
    assert wake_at(row) <= outside.now()
    assert row.state == "WAITING"
    assert jobs() == before + 1


def test_the_question_never_comes_closer_to_the_last_one_than_it_may(
    house: House, client: Client
) -> None:
    row = waiting(house, asked_ago=timedelta(seconds=2))
    tell(client, place(row))
    seconds = (wake_at(row) - outside.now()).total_seconds()
    assert 5 < seconds <= 8


def test_the_more_was_asked_the_less_a_hint_hastens(house: House, client: Client) -> None:
    row = waiting(house, asked_ago=timedelta(minutes=2))
    models.Submission.objects.filter(pk=row.pk).update(asks=40)
    tell(client, place(row))
    seconds = (wake_at(row) - outside.now()).total_seconds()
    assert 460 < seconds <= 480


def test_a_hint_never_puts_a_question_off(house: House, client: Client) -> None:
    row = waiting(house, asked_ago=timedelta())
    soon = outside.now() + timedelta(seconds=1)
    models.Submission.objects.filter(pk=row.pk).update(wake_at=soon)
    tell(client, place(row))
    assert wake_at(row) == soon


def test_a_flood_moves_one_question_and_makes_one_job(house: House, client: Client) -> None:
    row, before = waiting(house), jobs()
    tell(client, place(row))
    first = wake_at(row)
    for _ in range(60):
        tell(client, place(row))
    assert wake_at(row) == first
    assert jobs() == before + 1


def test_in_a_flood_nothing_is_looked_up_any_more(
    house: House, client: Client, django_assert_num_queries: Any
) -> None:
    row = waiting(house)
    for _ in range(hints.MOST):
        tell(client, place(row))
    with django_assert_num_queries(0):
        tell(client, place(row))


@pytest.mark.parametrize("state", ["QUEUED", "STUCK", "SETTLED", "CLOSED"])
def test_what_waits_for_no_answer_is_left_alone(house: House, client: Client, state: str) -> None:
    company = house.costa_rica()
    issued = house.issue(company)
    row = house.submission(issued.id)
    later = outside.now() + HOUR
    if state == "SETTLED":
        house.submit(company)
        models.Submission.objects.filter(pk=row.pk).update(wake_at=outside.now())
        house.submit(company)
    elif state == "QUEUED":
        models.Submission.objects.filter(pk=row.pk).update(wake_at=later)
    else:
        models.Submission.objects.filter(pk=row.pk).update(state="IN_FLIGHT")
        models.Submission.objects.filter(pk=row.pk).update(state="STUCK", wake_at=None)
        if state == "CLOSED":
            models.Submission.objects.filter(pk=row.pk).update(state="CLOSED")
    before, count = house.submission(issued.id), jobs()
    assert before.state == state
    tell(client, place(row))
    after = house.submission(issued.id)
    assert (after.state, after.wake_at, after.epoch) == (state, before.wake_at, before.epoch)
    assert jobs() == count


def test_what_is_asked_at_this_moment_is_left_to_its_worker(house: House, client: Client) -> None:
    row = waiting(house)
    later = wake_at(row)
    until = outside.now() + timedelta(minutes=5)
    models.Submission.objects.filter(pk=row.pk).update(lease_until=until)
    tell(client, place(row))
    assert wake_at(row) == later


def test_an_address_that_is_not_ours_changes_nothing(
    house: House, client: Client, django_assert_num_queries: Any
) -> None:
    row = waiting(house)
    later, good = wake_at(row), place(row)
    number, _, mark = good.rpartition("/")[2].partition("-")
    other = "0" if mark[0] != "0" else "1"
    for ticket in (
        f"{int(number) + 1}-{mark}",
        f"{number}-{other}{mark[1:]}",
        f"{number}-{mark.upper()}x",
        f"{number}-",
        f"0{number}-{mark}",
        f"{'9' * 400}-{mark}",
        number,
        "٣-" + mark,
        "x" * 5000,
        "%00",
        "'; DROP TABLE store_submission; --",
    ):
        with django_assert_num_queries(0):
            tell(client, f"/{hints.PATH}/{ticket}")
    assert wake_at(row) == later


def test_an_address_of_a_conversation_that_is_gone_is_answered_alike(
    house: House, client: Client
) -> None:
    before = jobs()
    path = hints.address(Environment.PRODUCTION, 987654321).removeprefix(PUBLIC)
    tell(client, path)
    assert jobs() == before


def test_another_installation_has_other_addresses(settings: Any) -> None:
    one = hints.address(Environment.PRODUCTION, 7)
    settings.SECRET_KEY = "another installation's key"
    assert hints.address(Environment.PRODUCTION, 7) != one
    assert hints.about(one.rpartition("/")[2]) is None


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_only_a_post_is_a_hint(house: House, client: Client, method: str) -> None:
    row = waiting(house)
    later = wake_at(row)
    assert getattr(client, method)(place(row)).status_code == 204
    assert wake_at(row) == later
