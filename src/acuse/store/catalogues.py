"""Catalogues: the imported table, or what is shipped until there is one; searched in one way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from acuse.domain.catalogue import Catalogue, Entry, Known, Nature, plain, words
from acuse.store import models

MOST_WORDS = 8
BATCH = 2000
COLUMNS = "code, description, rate, nature"
IMPORTED = f"SELECT {COLUMNS}, words FROM store_catalogueentry WHERE catalogue = %(name)s"  # noqa: S608
SHIPPED = """SELECT * FROM unnest(%(codes)s::text[], %(descriptions)s::text[], %(rates)s::numeric[],
 %(natures)s::text[], %(plain)s::text[]) AS shipped(code, description, rate, nature, words)"""
# By code: what begins so, the exact one first. By words: all of them must be there, as words or
# beginnings of words; whole words before beginnings, short descriptions before long ones.
SEARCH = """SELECT {columns} FROM ({source}) AS entry
WHERE (%(digits)s <> '' AND code LIKE %(digits)s || '%%')
   OR to_tsvector('simple', words) @@ to_tsquery('simple', %(begun)s)
ORDER BY code = %(digits)s DESC,
    (%(digits)s <> '' AND code LIKE %(digits)s || '%%') DESC,
    (words || ' ') LIKE %(phrase)s || ' %%' DESC,
    ts_rank(to_tsvector('simple', words), to_tsquery('simple', %(whole)s)) DESC,
    length(words), code
LIMIT %(limit)s"""
ALL = "SELECT {columns} FROM ({source}) AS entry ORDER BY code LIMIT %(limit)s"
FOUND = "SELECT {columns} FROM ({source}) AS entry WHERE code = ANY(%(wanted)s)"


@dataclass(frozen=True, slots=True)
class Edition:
    """The file that is in force."""

    id: int
    name: str
    file_name: str
    sha256: str
    entries: int
    by: str
    at: datetime


def edition(catalogue: Catalogue) -> Edition | None:
    """What is in force; None until a file is imported."""
    row = models.CatalogueEdition.objects.filter(catalogue=catalogue.name).order_by("-id").first()
    if row is None:
        return None
    return Edition(row.pk, row.name, row.file_name, row.sha256, row.entries, row.by, row.at)


def search(catalogue: Catalogue, query: str, *, limit: int) -> tuple[Entry, ...]:
    """The entries that fit the query, the best first; without a query, the first by code."""
    told = words(query)[:MOST_WORDS]
    if not told and query.strip():
        return ()  # signs alone
    if not told:
        return _entries(catalogue, ALL, limit=limit)
    joined = "".join(told)
    return _entries(
        catalogue,
        SEARCH,
        limit=limit,
        digits=joined if joined.isascii() and joined.isdigit() else "",
        phrase=" ".join(told),
        begun=" & ".join(f"{word}:*" for word in told),
        whole=" | ".join(told),
    )


def known(catalogue: Catalogue, codes: Iterable[str]) -> Known:
    """What the table says of these codes."""
    found = _entries(catalogue, FOUND, wanted=[code for code in codes if "\0" not in code])
    official = edition(catalogue) is not None
    return Known({entry.code: entry for entry in found}, official)


def lock(catalogue: Catalogue) -> None:
    """Let one import of it happen at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"catalogue {catalogue.name}"]
        )


def all_of(catalogue: Catalogue) -> dict[str, Entry]:
    """Everything that was imported, by code."""
    rows = models.CatalogueEntry.objects.filter(catalogue=catalogue.name)
    told = rows.values_list("code", "description", "rate", "nature")
    return {row[0]: _entry(row) for row in told.iterator(chunk_size=BATCH)}


def replace(
    catalogue: Catalogue,
    entries: Iterable[Entry],
    *,
    name: str,
    file_name: str,
    sha256: str,
    by: str,
    at: datetime,
) -> int:
    """The id of the new edition: its entries are the catalogue from now on."""
    kept = tuple(entries)
    made = models.CatalogueEdition.objects.create(
        catalogue=catalogue.name,
        name=name,
        file_name=file_name,
        sha256=sha256,
        entries=len(kept),
        by=by,
        at=at,
    )
    models.CatalogueEntry.objects.filter(catalogue=catalogue.name).delete()
    rows = (
        models.CatalogueEntry(
            catalogue=catalogue.name,
            code=one.code,
            description=one.description,
            words=plain(one.description),
            rate=one.rate,
            nature=one.nature.value if one.nature else "",
            edition=made,
        )
        for one in kept
    )
    models.CatalogueEntry.objects.bulk_create(rows, batch_size=BATCH)
    return int(made.pk)


def _entries(catalogue: Catalogue, query: str, **values: Any) -> tuple[Entry, ...]:
    imported = models.CatalogueEdition.objects.filter(catalogue=catalogue.name).exists()
    source = IMPORTED if imported else SHIPPED
    values |= {"name": catalogue.name} if imported else _shipped(catalogue)
    with connection.cursor() as cursor:
        cursor.execute(query.format(columns=COLUMNS, source=source), values)
        return tuple(_entry(row) for row in cursor.fetchall())


def _shipped(catalogue: Catalogue) -> dict[str, list[Any]]:
    shipped = catalogue.shipped
    return {
        "codes": [one.code for one in shipped],
        "descriptions": [one.description for one in shipped],
        "rates": [one.rate for one in shipped],
        "natures": [one.nature.value if one.nature else "" for one in shipped],
        "plain": [plain(one.description) for one in shipped],
    }


def _entry(row: tuple[str, str, Decimal | None, str]) -> Entry:
    code, description, rate, nature = row
    told = None if rate is None else rate.normalize() + 0
    return Entry(code, description, told, Nature(nature) if nature else None)
