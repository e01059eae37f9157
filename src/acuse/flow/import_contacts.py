"""Contacts from a table: looked at first, then written in batches that may be repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.contact_columns import Layout, Table
from acuse.domain.contact_file import ReadRow
from acuse.domain.contact_plan import Fate, ImportState, merged
from acuse.domain.party import Company
from acuse.flow import contact_preview, contact_tables, lanes, release
from acuse.store import activity, companies, contact_imports, customers
from acuse.store.contact_imports import Kept

BATCH = 250
AT_ONCE = 500  # rows that are worked off while their person waits; the rest by a worker
KEPT_FOR = timedelta(days=7)


def keep(company: Company, content: bytes, *, file_name: str, by: str, at: datetime) -> int:
    """The id of the import that keeps the file's table; nothing else is written. Raises Blocked."""
    found, layout = contact_tables.of_file(company, content)
    return keep_table(company, found, layout, file_name=file_name, by=by, at=at)


def keep_table(
    company: Company, found: Table, layout: Layout, *, file_name: str, by: str, at: datetime
) -> int:
    """The id of the import that keeps the table."""
    with transaction.atomic():
        return contact_imports.keep(
            company.id,
            found,
            layout,
            file_name=file_name[-200:],
            by=by,
            at=at,
            expires_at=at + KEPT_FOR,
        )


def settle(company: Company, import_id: int, layout: Layout) -> bool:
    """Whether the columns hold that from now on; not once it runs. Raises Blocked."""
    kept = contact_imports.load(company.id, import_id)
    contact_tables.check(company, contact_imports.table(kept.id), layout)
    return contact_imports.choose(kept.id, layout)


def start(company: Company, import_id: int, *, updates: bool, at: datetime) -> bool:
    """Whether it runs from now on; its first rows are worked off at once. Raises Blocked.

    With `updates` known contacts take what the table says, else they stay as they are.
    """
    kept = contact_imports.load(company.id, import_id)
    contact_tables.check(company, contact_imports.table(kept.id), kept.layout)
    with transaction.atomic():
        if not contact_imports.start(kept.id, updates=updates):
            return False
        lanes.nudge(lanes.CONTACTS)
    work_off(company.id, kept.id, at=at, most=AT_ONCE)
    return True


def import_due(*, at: datetime) -> int:
    """How many running imports were worked off."""
    due = contact_imports.running()
    for company_id, import_id in due:
        work_off(company_id, import_id, at=at)
    return len(due)


def work_off(
    company_id: int, import_id: int, *, at: datetime, most: int = contact_tables.MOST_ROWS
) -> None:
    """Write the rows that are left, so many at most: each batch whole, in its own transaction.

    Mail that waited for an address leaves after each. Died in the middle, it goes on where the
    last whole batch ended.
    """
    company = companies.load(company_id)
    kept = contact_imports.load(company_id, import_id)
    found = contact_preview.read(company, kept)
    for _ in range(0, most, BATCH):
        with transaction.atomic():
            companies.lock(company_id)  # two imports never wait for each other's rows
            kept = contact_imports.lock(import_id)
            if kept.state is not ImportState.RUNNING:
                return
            places = range(kept.done, min(kept.done + BATCH, kept.rows))
            _write(kept, [found.row(place) for place in places], at)
        release.release(company_id, at=at)


def expire(*, at: datetime) -> int:
    """How many imports were forgotten: their term is over."""
    return contact_imports.expire(at=at)


def _write(kept: Kept, rows: Sequence[ReadRow], at: datetime) -> None:
    known = contact_imports.ids(kept.company_id)
    fates = [_written(kept, row, known, at) for row in rows]
    contact_imports.advance(kept, fates)
    made, updated = fates.count(Fate.NEW), fates.count(Fate.CHANGED)
    if made or updated:
        facts = {"import": kept.id, "file": kept.file_name, "made": made, "updated": updated}
        event = Event(at, EventKind.CONTACTS_IMPORTED, kept.by, facts)
        activity.record(kept.company_id, None, event)


def _written(kept: Kept, row: ReadRow, known: Mapping[str, int], at: datetime) -> Fate:
    """What became of the row."""
    if row.customer is None:
        return Fate.FAILED
    customer_id = known.get(row.customer.tax_id.key)
    if customer_id is None:
        try:
            with transaction.atomic():
                customers.save(kept.company_id, None, row.customer, at=at)
            return Fate.NEW
        except IntegrityError as twice:
            if customers.SAME_IDENTITY not in str(twice):
                raise
            return Fate.SAME  # an earlier row's, or somebody made it in this moment: it stays
    before = contact_imports.hold(kept.company_id, customer_id)
    after = merged(before, row)
    if not kept.updates or after == before:
        return Fate.SAME
    customers.save(kept.company_id, customer_id, after, at=at)
    return Fate.CHANGED
