"""Uploaded tables of contacts: kept packed, worked off in batches, forgotten after their term."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

import zstandard
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Lower

from acuse.domain.catalogue_file import Cell
from acuse.domain.contact_columns import Layout, Table
from acuse.domain.contact_plan import Fate, ImportState
from acuse.domain.party import Customer, TaxId
from acuse.store import customers, models

COUNTS = {Fate.NEW: "made", Fate.CHANGED: "updated", Fate.SAME: "same", Fate.FAILED: "failed"}


@dataclass(frozen=True, slots=True)
class Kept:
    """An import as it stands, without its table."""

    id: int
    company_id: int
    by: str
    file_name: str
    layout: Layout
    taken: tuple[str, ...]
    updates: bool
    state: ImportState
    rows: int
    done: int
    made: int
    updated: int
    same: int
    failed: int
    created_at: datetime


def keep(
    company_id: int,
    table: Table,
    layout: Layout,
    *,
    file_name: str,
    by: str,
    at: datetime,
    expires_at: datetime,
) -> int:
    """The id of the new import."""
    row = models.ContactImport.objects.create(
        company_id=company_id,
        by=by,
        file_name=file_name,
        table=_packed(table),
        rows=len(table.rows),
        columns=list(layout.columns),
        kind=layout.kind,
        created_at=at,
        expires_at=expires_at,
    )
    return int(row.pk)


def load(company_id: int, import_id: int) -> Kept:
    """The import; raises ContactImport.DoesNotExist for another company's."""
    return _value(_shown().get(pk=import_id, company_id=company_id))


def lock(import_id: int) -> Kept:
    """The import, held until the transaction ends; raises ContactImport.DoesNotExist."""
    return _value(_shown().select_for_update().get(pk=import_id))


def table(import_id: int) -> Table:
    """Its table; raises ContactImport.DoesNotExist."""
    packed = models.ContactImport.objects.values_list("table", flat=True).get(pk=import_id)
    told = json.loads(zstandard.decompress(bytes(packed)))
    rows = tuple((int(line), tuple(map(_cell, cells))) for line, cells in told["rows"])
    return Table(tuple(told["headings"]), rows)


def latest(company_id: int, limit: int = 5) -> tuple[Kept, ...]:
    """The company's imports, newest first."""
    rows = _shown().filter(company_id=company_id).order_by("-id")[:limit]
    return tuple(map(_value, rows))


def choose(import_id: int, layout: Layout) -> bool:
    """Whether its columns were settled; not once it runs."""
    return _change(import_id, columns=list(layout.columns), kind=layout.kind)


def take(import_id: int, addresses: Collection[str]) -> bool:
    """Whether its person's addresses were kept; not once it runs."""
    return _change(import_id, taken=sorted(addresses))


def start(import_id: int, *, updates: bool) -> bool:
    """Whether it runs from now on; False where it did already."""
    return _change(import_id, updates=updates, state=ImportState.RUNNING.value)


def advance(kept: Kept, fates: Collection[Fate]) -> None:
    """Count the rows that were worked off next; the last one ends it. The row is held."""
    told = {name: F(name) + sum(one is fate for one in fates) for fate, name in COUNTS.items()}
    done = kept.done + len(fates)
    state = ImportState.DONE if done == kept.rows else ImportState.RUNNING
    rows = models.ContactImport.objects.filter(pk=kept.id)
    rows.update(done=done, state=state.value, **told)


def running(limit: int = 20) -> tuple[tuple[int, int], ...]:
    """The imports that are not worked off, oldest first: company and id."""
    rows = models.ContactImport.objects.filter(state=ImportState.RUNNING.value).order_by("id")
    return tuple(rows.values_list("company_id", "id")[:limit])


def forget(company_id: int, import_id: int) -> bool:
    """Whether it was dropped; not while it runs."""
    rows = models.ContactImport.objects.filter(pk=import_id, company_id=company_id)
    return bool(rows.exclude(state=ImportState.RUNNING.value).delete()[0])


def expire(*, at: datetime) -> int:
    """How many were dropped because their term is over; none that runs."""
    rows = models.ContactImport.objects.filter(expires_at__lte=at)
    return int(rows.exclude(state=ImportState.RUNNING.value).delete()[0])


def known(company_id: int) -> dict[str, Customer]:
    """The company's contacts by the key of their identity."""
    rows = models.Customer.objects.filter(company_id=company_id).order_by("-id")
    values = (customers.value(row) for row in rows.iterator(1000))
    return {one.tax_id.key: one for one in values}


def ids(company_id: int) -> dict[str, int]:
    """The ids of the company's contacts by the key of their identity; of two, the older one's."""
    rows = models.Customer.objects.filter(company_id=company_id).order_by("-id")
    pairs = rows.values_list("id", "tax_id_kind", "tax_id").iterator(5000)
    return {TaxId(kind, number).key: pk for pk, kind, number in pairs}


def holders(company_id: int, among: Iterable[str] | None = None) -> dict[str, list[str]]:
    """By each address, in small letters, the keys of the company's contacts that have it.

    `among`: of contacts alone that have one of these addresses, in small letters.
    """
    rows = models.Customer.objects.filter(company_id=company_id).exclude(emails=[])
    if among is not None:
        written = Lower(Cast("emails", TextField()))
        has_one = (Q(written__contains=f'"{one}"') for one in among)
        rows = rows.annotate(written=written).filter(reduce(or_, has_one, Q(pk__in=())))
    found: dict[str, list[str]] = {}
    for kind, number, emails in rows.values_list("tax_id_kind", "tax_id", "emails").iterator(5000):
        for address in emails:
            found.setdefault(address.casefold(), []).append(TaxId(kind, number).key)
    return found


def hold(company_id: int, customer_id: int) -> Customer:
    """The contact, held until the transaction ends; raises Customer.DoesNotExist."""
    rows = models.Customer.objects.select_for_update()
    return customers.value(rows.get(pk=customer_id, company_id=company_id))


def _shown() -> Any:
    return models.ContactImport.objects.defer("table", "reading", "fates")


def _change(import_id: int, **changes: object) -> bool:
    rows = models.ContactImport.objects.filter(pk=import_id, state=ImportState.READ.value)
    return bool(rows.update(**changes))


def _value(row: models.ContactImport) -> Kept:
    return Kept(
        id=row.pk,
        company_id=row.company_id,
        by=row.by,
        file_name=row.file_name,
        layout=Layout(tuple(row.columns), row.kind),
        taken=tuple(row.taken),
        updates=row.updates,
        state=ImportState(row.state),
        rows=row.rows,
        done=row.done,
        made=row.made,
        updated=row.updated,
        same=row.same,
        failed=row.failed,
        created_at=row.created_at,
    )


def _packed(table: Table) -> bytes:
    rows = [[line, list(map(_plain, cells))] for line, cells in table.rows]
    told = json.dumps({"headings": table.headings, "rows": rows})
    return zstandard.compress(told.encode(), 3)


def _plain(cell: Cell) -> str | list[str]:
    """A text as itself, a figure within a list."""
    return [str(cell)] if isinstance(cell, Decimal) else cell


def _cell(told: str | list[str]) -> Cell:
    return Decimal(told[0]) if isinstance(told, list) else told
