"""What the rows of an uploaded table were read as: kept, so that it is read once.

A reading holds only for what it was `of` (what decided it, in one text): asked for anything else,
there is none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import zstandard
from django.db import connection

from acuse.domain.catalogue_file import Row
from acuse.domain.contact_file import ReadRow
from acuse.domain.contact_mails import Note
from acuse.domain.contact_plan import Fate
from acuse.domain.party import Customer
from acuse.domain.problem import Problem
from acuse.store import codec, models

FATES = {fate.value[0]: fate for fate in Fate}  # by the letter that is kept
CONTACTS = """
SELECT coalesce(md5(string_agg(md5(one::text), '' ORDER BY one.id)), '')
FROM store_customer one WHERE company_id = %s
"""


@dataclass(frozen=True, slots=True)
class Folded:
    """A row as it was read: its identity's key, whether it is doubtful, the rest folded up."""

    key: str | None
    doubtful: bool
    rest: str


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a row was read as, without the line and the cells, which its table has."""

    customer: Customer | None = None
    told: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()


def fold(row: ReadRow) -> Folded:
    """The row as it is kept."""
    rest = codec.dump(_Rest(row.customer, row.told, row.notes, row.problems))
    return Folded(row.key, row.doubtful, json.dumps(rest, ensure_ascii=False))


def unfold(folded: Folded, row: Row) -> ReadRow:
    """The row of the table as it was read."""
    rest = codec.load(_Rest, json.loads(folded.rest))
    line, cells = row
    return ReadRow(line, tuple(cells), rest.customer, rest.told, rest.notes, rest.problems)


def rows(import_id: int, *, of: str) -> tuple[Folded, ...] | None:
    """The rows as they were read, None where they were not yet, or of what does not begin so."""
    found = models.ContactImport.objects.filter(pk=import_id, reading_of__startswith=of)
    packed = found.values_list("reading", flat=True).first()
    if packed is None:
        return None
    told = json.loads(zstandard.decompress(bytes(packed)))
    return tuple(Folded(key, doubtful, rest) for key, doubtful, rest in told)


def keep_rows(import_id: int, folded: Sequence[Folded], *, of: str) -> None:
    """Have these as the reading from now on."""
    told = json.dumps([[one.key, one.doubtful, one.rest] for one in folded], ensure_ascii=False)
    packed = zstandard.compress(told.encode(), 3)
    models.ContactImport.objects.filter(pk=import_id).update(reading=packed, reading_of=of)


def fates(import_id: int, *, of: str) -> tuple[Fate, ...] | None:
    """The fate of each row, None where it was not told yet, or of anything else."""
    found = models.ContactImport.objects.filter(pk=import_id, fates_of=of)
    told = found.values_list("fates", flat=True).first()
    return None if told is None else tuple(map(FATES.__getitem__, told))


def keep_fates(import_id: int, told: Sequence[Fate], *, of: str) -> None:
    """Have these as the fates from now on."""
    letters = "".join(fate.value[0] for fate in told)
    models.ContactImport.objects.filter(pk=import_id).update(fates=letters, fates_of=of)


def contacts_as_they_are(company_id: int) -> str:
    """32 letters that are others once any of the company's contacts is."""
    with connection.cursor() as cursor:
        cursor.execute(CONTACTS, [company_id])
        return str(cursor.fetchone()[0]).rjust(32, "-")
