"""A nudge belongs to its transaction, also inside a worker (design.md 4, the first trap)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from acuse.gateways import queue

PLAIN = "plain"


def waiting(lane: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = %s",
            [lane],
        )
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def written(lane: str) -> int:
    """The jobs of a lane in any state: another thread of the worker may have taken it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = %s", [lane])
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def rolled_back(write: Callable[[], object]) -> None:
    """Run `write` in a transaction that ends in a rollback."""
    with transaction.atomic():
        write()
        transaction.set_rollback(True)


def plain_defer() -> int:
    """What everybody would write."""
    return app.configure_task("acuse.lane", allow_unknown=True, queue=PLAIN).defer(lane=PLAIN)


@pytest.mark.django_db(transaction=True)
def test_a_nudge_rolls_back_with_its_transaction() -> None:
    rolled_back(lambda: queue.enqueue("web"))
    assert waiting("web") == 0
    with transaction.atomic():
        queue.enqueue("web")
        assert waiting("web") == 1
    assert waiting("web") == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_worker_a_nudge_rolls_back_too_and_a_plain_defer_does_not() -> None:
    seen: dict[str, int] = {}

    def run_lane(lane: str) -> None:
        if lane != "start":  # the plain job, which the worker found although it was rolled back
            return
        rolled_back(lambda: queue.enqueue("from-worker"))
        seen["enqueue"] = waiting("from-worker")
        rolled_back(plain_defer)
        seen["plain"] = written(PLAIN)
        connection.close()

    queue.enqueue("start")
    with ThreadPoolExecutor(1) as own_loop:  # a browser of another test may keep this thread's
        own_loop.submit(queue.work, run_lane, threads=1, wait=False).result()
    assert seen == {"enqueue": 0, "plain": 1}
