"""Make the tables of the pretended SUNAT's rulebook from the published sheets and our reading.

Run: ACUSE_AUTHORITY_DIR=../shared/authority PYTHONPATH=src python scripts/make_pe_rulebook.py
"""

from __future__ import annotations

import csv
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
            yield Row(kind, context, path, check, argument, when.replace("REASON", REASON), code)


def theirs(said: set[tuple[str, str, str]]) -> Iterator[Row]:
    """The rows that the sheets' phrases give, where neither we nor a rule by hand say them."""
    for kind in SHEETS:
        if kind in pe_sheets.GUIDES:
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


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """One table of ours."""
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write all tables; the sheets' codes first, because the rules by hand ask them."""
    TABLES.mkdir(exist_ok=True)
    write(
        "sheets.csv", ("kind", "codes"), ((k, " ".join(sorted(pe_sheets.codes(k)))) for k in SHEETS)
    )
    write("catalogues.csv", ("catalogue", "codes"), catalogues())
    said = list(ours())
    keys = {(row.kind, row.code, row.path.rpartition("/")[2]) for row in said}
    rows = merged(joined([*theirs(keys), *said]))
    write("rules.csv", ("kinds", *Row._fields[1:]), rows)


if __name__ == "__main__":
    main()
