"""Few round trips: how many statements a document may cost (performance.md 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from acuse.flow import deliver, outside, submit
from tests.flow.house import House


def statements(work: Callable[[], object]) -> int:
    """How many statements the work sends, but those that begin and end transactions."""
    sent = 0

    def count(execute: Any, *statement: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        work()
    return sent


def test_a_document_is_issued_judged_and_mailed_in_few_round_trips(house: House) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    assert statements(lambda: house.issue(company)) <= 16
    assert statements(lambda: submit.submit_due("PE", at=outside.now())) <= 30
    assert statements(lambda: deliver.deliver_due(at=outside.now())) <= 31
