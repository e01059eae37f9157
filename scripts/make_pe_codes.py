"""Make the compact code tables of jurisdictions/pe/codes from the published catalogues.

Run: ACUSE_AUTHORITY_DIR=../shared/authority python scripts/make_pe_codes.py
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

AUTHORITY = Path(os.environ.get("ACUSE_AUTHORITY_DIR", "../shared/authority")) / "pe" / "catalogs"
CODES = Path(__file__).parent.parent / "src/acuse/jurisdictions/pe/codes"


def column(catalogue: str, *names: str) -> list[tuple[str, ...]]:
    """The named columns of a published catalogue, sorted by code."""
    with (AUTHORITY / f"cat-{catalogue}.csv").open(encoding="utf-8") as file:
        return sorted({tuple(row[name] or "" for name in names) for row in csv.DictReader(file)})


def write(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """One table of ours."""
    with (CODES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write all tables."""
    districts = [row for row in column("13", "code") if not row[0].endswith("00")]
    write("ubigeos.csv", ("code",), districts)
    write("units.csv", ("code",), column("03", "code"))
    operations = column("51", "code", "factura", "boleta")
    write("operations.csv", ("code", "factura", "boleta"), operations)
    write("units_customs.csv", ("code",), column("65", "code"))
    write("normalised.csv", ("tariff", "product"), column("62", "code", "codSunat"))


if __name__ == "__main__":
    main()
