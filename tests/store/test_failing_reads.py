"""What failed is counted on every page: by its few rows, not by all of the company's."""

from __future__ import annotations

from django.db import connection, transaction

from acuse.flow import outside
from acuse.store import failing, models
from tests.flow.conftest import house as house  # noqa: F401 - the journey's fixtures
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401
from tests.flow.house import House
from tests.store.test_guards import without_triggers

MANY = 5000


def documents_read(company_id: int) -> int:
    """How many rows of documents are read to count the company's failures."""
    read = (
        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
        " WHERE relname = 'store_document'"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(read)
        (before,) = cursor.fetchone()
        failing.total(company_id, at=outside.now())
        cursor.execute(read)
        (after,) = cursor.fetchone()
    return int(after) - int(before)


def test_the_count_of_failures_reads_no_document_that_does_not_fail(house: House) -> None:  # noqa: F811
    company = house.peru()
    issued = house.issue(company)
    house.run(company)
    names = [
        field.column
        for field in models.Document._meta.concrete_fields
        if field.column not in ("id", "number", "value", "fiscal_id")
    ]
    told = ", ".join(names)
    with without_triggers("store_document"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO store_document ({told}, number, value, fiscal_id)"
            f" SELECT {told}, number || '-' || n, value + n, 'x' || n"
            " FROM store_document, generate_series(1, %s) n WHERE id = %s",
            [MANY, issued.id],
        )
        cursor.execute("ANALYZE store_document")
    assert documents_read(company.id) < 100
