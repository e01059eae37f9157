"""Make the compact code tables of jurisdictions/pe/codes from the published catalogues.

Run: ACUSE_AUTHORITY_DIR=../shared/authority python scripts/make_pe_codes.py
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

AUTHORITY = Path(os.environ.get("ACUSE_AUTHORITY_DIR", "../shared/authority")) / "pe" / "catalogs"
CODES = Path(__file__).parent.parent / "src/acuse/jurisdictions/pe/codes"

FORMS = {
    "3001": "text 1-15",
    "3002": "text 1-100",
    "3003": "text 1-150",
    "3004": "text 1-100",
    "3006": "tonnes",
    "3050": "text 1-20",
    "3051": "text 3-20",
    "3052": "text 3-15",
    "3053": "identity",
    "3054": "text 3-200",
    "3056": "text 3-200",
    "3058": "text 3-200",
    "4000": "country",
    "4001": "country",
    "4005": "days",
    "4007": "text 3-200",
    "4008": "identity",
    "4009": "text 3-20",
    "4031": "text 3-200",
    "4033": "text 3-200",
    "4040": "text 3-200",
    "4041": "identity",
    "4043": "text 3-200",
    "4045": "text 3-200",
    "4046": "text 1-100",
    "4049": "text 1-20",
    "5000": "text 1-20",
    "5001": "text 1-10",
    "5002": "text 1-30",
    "5003": "text 1-30",
    "7001": "one of 0 1 2",
    "7002": "one of 0 1 2 3",
    "7003": "text 3-50",
    "7004": "text 3-50",
    "7005": "value-date",
    "7007": "text 3-200",
    "7012": "amount",
    "7013": "text 1-50",
    "7014": "period",
    "7015": "one of 1 2 3",
    "7016": "amount",
} | dict.fromkeys(("3055", "3057", "4030", "4032", "4042", "4044", "7006"), "ubigeo")
FORMS |= dict.fromkeys(("3005", "3059", "4002", "4003", "4004", "4006", "4048"), "date")
FORMS |= dict.fromkeys(("3060", "4047"), "time")


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
    write("operations.csv", ("code", "name", "factura", "boleta"), operations())
    write("countries.csv", ("code",), column("04", "code"))
    write("detractions.csv", ("code", "name"), column("54", "code", "description"))
    write("properties.csv", ("code", "name", "form"), properties())
    write("units_customs.csv", ("code",), column("65", "code"))
    write("normalised.csv", ("tariff", "product"), column("62", "code", "codSunat"))


def operations() -> list[tuple[str, ...]]:
    """Operation types with the kinds that take them; where the catalogue is silent, the sheet
    speaks of facturas (2800 and 3316)."""
    told = column("51", "code", "description", "factura", "boleta")
    sales = [row for row in told if row[2] != "0" or row[3] == "1"]
    return [
        (code, " ".join(name.split())[:90].strip(), factura or "1", boleta or "0")
        for code, name, factura, boleta in sales
    ]


def properties() -> list[tuple[str, ...]]:
    """Properties of catalogue 55 with the form of their value (sheet: 4280, 4281, 3065 …)."""
    return [
        (code, one_line(name)[:100].strip(), FORMS.get(code, "text 1-500"))
        for code, name in column("55", "code", "description")
    ]


def one_line(name: str) -> str:
    """The name without the heading that many of them share."""
    return " ".join(re.split(r":| - |-", name, maxsplit=1)[-1].split())


if __name__ == "__main__":
    main()
