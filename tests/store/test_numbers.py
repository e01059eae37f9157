"""No gap, no repeat: many at once, some of them failing half-way."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from acuse.domain import numbering
from acuse.domain.kinds import DocumentKind
from acuse.store import companies, models, ranges
from tests.support.makers import AT, company

THREADS, EACH = 6, 20


class Broken(Exception):
    """A transaction that fails after it took a number."""


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_have_no_gap_and_no_repeat() -> None:
    company_id = companies.create(company(), at=AT)
    companies.add_range(company_id, company().ranges[0])
    taken: list[int] = []

    def work(ordinal: int) -> None:
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    counter = ranges.lock(company_id, DocumentKind.INVOICE, "F001")
                    assert counter is not None
                    found = numbering.take(counter, date(2026, 11, 25))
                    assert isinstance(found, tuple)
                    ranges.keep(found[1])
                    if (turn + ordinal) % 5 == 0:
                        raise Broken
                    taken.append(found[0].value)
            except Broken:
                continue
        connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert models.NumberingRange.objects.get().next == len(taken) + 1
    assert len(taken) == THREADS * EACH * 4 // 5
