"""Make the tables of the pretended SUNAT's rulebook from the published sheets and our reading.

Run: ACUSE_AUTHORITY_DIR=../shared/authority PYTHONPATH=src python scripts/make_pe_rulebook.py
With --check nothing is written: the exit code says whether the tables are the script's.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pe_sheets
from pe_sheets import AUTHORITY, SHEETS, Row
from rules_pe_guides import GUIDES
from rules_pe_ours import BATCHES, CORRECTIONS, PURCHASES, REASON, SALES, WITHHELD

from acuse_sandbox.sunat.rulebook import family

TABLES = Path(__file__).parent.parent / "src/acuse_sandbox/sunat/rulebook/tables"
CATALOGUES = (
    "02 03 04 05 06 07 08 09 10 11 12 13 16 18 19 20 22 23 26 27 52 53 54 59 60 61 D37"
).split()
OPERATIONS = {"51-03": "boleta", "51-04": "liquidacion"}
OURS = SALES + CORRECTIONS + BATCHES + WITHHELD + PURCHASES + GUIDES
# Rows that a phrase gives and that our reading says better, or that the catalogue cannot say.
DROPPED = {
    "40": {"2511"},  # of the receiver: any kind of identity
    "04": {"4237"},
    "RR": {"2308"},
}
KIND_OF_RECEIVER = (
    "40",
    "",
    "cac:ReceiverParty/cac:PartyIdentification/cbc:ID/@schemeID",
    "in",
    "06",
    "",
    "2511",
)


def ours() -> Iterator[Row]:
    """Our rows, one a kind."""
    for kinds, *cells in (*OURS, KIND_OF_RECEIVER):
        for kind in kinds.split():
            context, path, check, argument, when, code = cells
            when = when.replace("REASON", REASON)
            severity = pe_sheets.unusual(kind).get(code, "")
            yield Row(kind, context, path, check, argument, when, code, severity)


def theirs(said: set[tuple[str, str, str]]) -> Iterator[Row]:
    """The rows that the sheets' phrases give, where neither we nor a rule by hand say them."""
    for kind in SHEETS:
        if kind in pe_sheets.UNREAD:
            continue
        by_hand = family.enforced(kind) if kind in family.KINDS else frozenset()
        for entry in pe_sheets.entries(kind):
            row = pe_sheets.read(entry)
            if row is None or row.code in by_hand or row.code in DROPPED.get(kind, set()):
                continue
            if (kind, row.code, row.path.rpartition("/")[2]) not in said:
                yield row


def joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Attributes that may have one value here and another there: both are good."""
    values: dict[tuple[str, ...], list[str]] = {}
    kept = list(rows)
    for row in kept:
        if row.check == "is" and "@" in row.path:
            found = values.setdefault((row.kind, row.context, row.path, row.code), [])
            found.extend(v for v in row.argument.split("|") if v not in found)
    for row in kept:
        key = (row.kind, row.context, row.path, row.code)
        yield row._replace(argument="|".join(values[key])) if key in values else row


def merged(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """One row for all kinds that it is the same for."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        found = kinds.setdefault(row[1:], [])
        if row.kind not in found:
            found.append(row.kind)
    return [(" ".join(sorted(found)), *cells) for cells, found in kinds.items()]


def catalogues() -> list[tuple[str, str]]:
    """Catalogue and its codes; of 51 the operations that a kind may have."""
    found = []
    for number in CATALOGUES:
        codes = sorted(row["code"] for row in _catalogue(number))
        if number == "13":
            codes = [code for code in codes if not code.endswith("00")]
        found.append((number, " ".join(codes)))
    for name, column in OPERATIONS.items():
        codes = sorted(row["code"] for row in _catalogue("51") if row[column] == "1")
        found.append((name, " ".join(codes)))
    return found


def _catalogue(number: str) -> list[dict[str, str]]:
    with (AUTHORITY / "catalogs" / f"cat-{number}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def text(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of ours as it lies in its file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def made() -> Iterator[tuple[str, str]]:
    """Each table's name and text; the sheets' codes first, because the rules by hand ask them."""
    sheets = ((kind, " ".join(sorted(pe_sheets.codes(kind)))) for kind in SHEETS)
    yield "sheets.csv", text(("kind", "codes"), sheets)
    yield "catalogues.csv", text(("catalogue", "codes"), catalogues())
    said = list(ours())
    keys = {(row.kind, row.code, row.path.rpartition("/")[2]) for row in said}
    rows = merged(joined([*theirs(keys), *said]))
    yield "rules.csv", text(("kinds", *Row._fields[1:]), rows)


def main() -> int:
    """Write all tables; with --check only say whether one would differ."""
    TABLES.mkdir(exist_ok=True)
    for name, content in made():
        path = TABLES / name
        if "--check" not in sys.argv[1:]:
            path.write_text(content, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != content:
            print(f"{name} is not what the script makes")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
