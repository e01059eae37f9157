"""So many and no more, by whatever plan: a subquery with a limit and locks may be run again for
every row, and then finds others each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction

from acuse.flow import outside
from acuse.store import deliveries, models, public_pages, reports, submissions
from tests.flow.house import House
from tests.flow.news import bring, letter

LEASE = timedelta(minutes=5)
PLANS = ("enable_hashjoin", "enable_mergejoin", "enable_hashagg", "enable_sort", "enable_material")


@contextmanager
def row_by_row() -> Iterator[None]:
    """A transaction in which the planner has little else than a loop in a loop."""
    with transaction.atomic(), connection.cursor() as cursor:
        for plan in PLANS:
            cursor.execute(f"SET LOCAL {plan} = off")
        yield


def test_conversations_are_claimed_so_many_at_a_time(house: House) -> None:
    company = house.peru()
    for _ in range(3):
        house.issue(company)
    claimed = []
    for _ in range(3):
        with row_by_row():
            claimed.append(len(submissions.claim("PE", at=outside.now(), lease=LEASE, limit=2)))
    assert claimed == [2, 1, 0]


def test_deliveries_are_claimed_so_many_at_a_time(house: House) -> None:
    company = house.peru()
    for _ in range(3):
        house.issue(company)
        house.submit(company)
    assert models.Delivery.objects.count() == 3
    claimed = []
    for _ in range(3):
        with row_by_row():
            claimed.append(len(deliveries.claim(at=outside.now(), lease=LEASE, limit=2)))
    assert claimed == [2, 1, 0]


def test_reports_and_callers_are_forgotten_so_many_at_a_time(house: House) -> None:
    bring(*(letter(f"Oferta {number}") for number in range(3)))
    late = outside.now() + timedelta(days=1)
    gone = []
    for _ in range(3):
        with row_by_row():
            gone.append(reports.forget(before=late, limit=2))
    assert gone == [2, 1, 0]
    models.PublicCaller.objects.bulk_create(
        models.PublicCaller(key=f"k{number}", window_at=outside.now() - timedelta(days=9), calls=1)
        for number in range(25)
    )
    with row_by_row(), connection.cursor() as cursor:
        cursor.execute(public_pages.FORGET, [outside.now()])
    assert models.PublicCaller.objects.count() == 5
