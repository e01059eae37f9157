"""A catalogue's own file, taken whole; the next replaces it, and documents keep their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from acuse.domain.catalogue import Catalogue, Entry
from acuse.domain.catalogue_file import read
from acuse.domain.document import Document
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import clean
from acuse.domain.traits import Scope, Traits
from acuse.gateways import spreadsheet
from acuse.store import catalogues

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many codes there are now, and how the table changed."""

    entries: int
    new: int
    changed: int
    gone: int


def import_file(
    catalogue: Catalogue, content: bytes, *, file_name: str, name: str, by: str, at: datetime
) -> Imported:
    """The counts. Raises Blocked, and then nothing was changed."""
    called = clean(name, field="edition", longest=LONGEST_NAME)
    if isinstance(called, Problem):
        raise Blocked([called])
    try:
        entries = read(spreadsheet.rows(content), catalogue)
    except spreadsheet.Unreadable as why:
        raise Blocked([_unreadable(str(why))]) from why
    with transaction.atomic():
        catalogues.lock(catalogue)
        counts = _compared(catalogues.all_of(catalogue), entries)
        catalogues.replace(
            catalogue,
            entries,
            name=called,
            file_name=file_name[-200:],
            sha256=sha256(content).hexdigest(),
            by=by,
            at=at,
        )
    return counts


def warnings(document: Document, traits: Traits) -> tuple[Problem, ...]:
    """What the country's catalogues say of the document."""
    found: list[Problem] = []
    for spec in traits.own(Scope.LINE, document.kind):
        if spec.catalogue is not None:
            lines = (part for line in document.lines for part in (line, *line.components))
            codes = {str(line.extra.get(spec.name, "")).strip() for line in lines}
            table = catalogues.known(spec.catalogue, codes)
            found += spec.catalogue.warnings(document, table)
    return tuple(found)


def _compared(before: Mapping[str, Entry], entries: tuple[Entry, ...]) -> Imported:
    codes = {one.code for one in entries}
    return Imported(
        entries=len(entries),
        new=len(codes - before.keys()),
        changed=sum(1 for one in entries if before.get(one.code, one) != one),
        gone=len(before.keys() - codes),
    )


def _unreadable(why: str) -> Problem:
    text = f"{why} No se cambió nada. Usa el archivo oficial, en XLSX o guardado como CSV."
    return Problem("file", "XX-CAT-1", text)
