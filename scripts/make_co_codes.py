"""Make the compact code tables of jurisdictions/co/codes from the published lists.

Run: ACUSE_AUTHORITY_DIR=../shared/authority python scripts/make_co_codes.py
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

AUTHORITY = Path(os.environ.get("ACUSE_AUTHORITY_DIR", "../shared/authority")) / "co" / "codelists"
CODES = Path(__file__).parent.parent / "src/acuse/jurisdictions/co/codes"
# Slips of the published lists that would be printed on paper or compared with DIAN's names.
CORRECTIONS = {
    "D.c.": "D.C.",
    "Poyecto": "Proyecto",
    "Neogcio": "Negocio",
    "Transferecia": "Transferencia",
    "Drédito": "Crédito",
    "Consiganción": "Consignación",
    "pro el banco": "por el banco",
    "tranferible": "transferible",
    "traferible": "transferible",
    "nota por el por el": "nota por el",
    "usuado": "usado",
}


def rows(name: str) -> list[tuple[str, str]]:
    """The codes and names of a published list, each code once, in its order."""
    with (AUTHORITY / name).open(encoding="utf-8", newline="") as file:
        found = {
            row["code"].strip(): corrected(row.get("name", "")) for row in csv.DictReader(file)
        }
    return list(found.items())


def corrected(name: str) -> str:
    """The name with single blanks and without the known slips."""
    told = " ".join(name.split())
    for slip, right in CORRECTIONS.items():
        told = told.replace(slip, right)
    return told


def write(name: str, header: tuple[str, ...], table: list[tuple[str, ...]]) -> None:
    """One table of ours."""
    with (CODES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)


def main() -> None:
    """Write all tables."""
    for ours, theirs in (
        ("departments.csv", "Departamentos-2.1.csv"),
        ("municipalities.csv", "Municipio-2.1.csv"),
        ("countries.csv", "Paises-2.1.csv"),
        ("units.csv", "UnidadesMedida-2.1.csv"),
        ("payment_means.csv", "MediosPago-2.1.csv"),
        ("incoterms.csv", "TipoEntrega-2.1.csv"),
    ):
        write(ours, ("code", "name"), list(rows(theirs)))
    for ours, theirs in (
        ("currencies.csv", "TipoMoneda-2.1.csv"),
        ("postal_codes.csv", "CodigoPostal1.csv"),
    ):
        write(ours, ("code",), [(code,) for code, _ in rows(theirs)])


if __name__ == "__main__":
    main()
