"""The job queue, and the only module that knows Procrastinate.

Jobs are nudges: any of them may run twice, late or never; the rows are the truth. Inside a worker
Procrastinate's own `defer` writes on another connection and so leaves the transaction (design.md
4); `enqueue` always writes on Django's. A job that died with its worker stays `doing` and costs
nothing: it holds no lock, and the sweep nudges its lane anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from django.db import close_old_connections
from procrastinate import tasks
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

LANE_TASK = "acuse.lane"


def enqueue(lane: str) -> None:
    """Nudge a lane in the current transaction: if it rolls back, so does the nudge."""
    tasks.configure_task(
        name=LANE_TASK, job_manager=JobManager(DjangoConnector()), queue=lane
    ).defer(lane=lane)


def work(run_lane: Callable[[str], None], *, threads: int, wait: bool = True) -> None:
    """Run `run_lane(lane)` for each nudge until told to stop; without `wait`, until none left."""
    _task_for(run_lane)
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as worker_app:

        async def run() -> None:
            async with worker_app.open_async():
                await worker_app.run_worker_async(
                    concurrency=threads,
                    wait=wait,
                    delete_jobs="successful",
                    fetch_job_polling_interval=5.0,
                    shutdown_graceful_timeout=30,
                )

        asyncio.run(run())


def _task_for(run_lane: Callable[[str], None]) -> None:
    """Make `run_lane` what a nudge runs in this process; told twice, the last word counts."""

    def run(lane: str) -> None:
        close_old_connections()
        try:
            run_lane(lane)
        finally:
            close_old_connections()

    app.tasks.pop(LANE_TASK, None)
    app.task(name=LANE_TASK)(run)
