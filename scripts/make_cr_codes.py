"""Make the compact code tables of jurisdictions/cr/codes from the published lists.

Run: ACUSE_AUTHORITY_DIR=../shared/authority python scripts/make_cr_codes.py
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

AUTHORITY = Path(os.environ.get("ACUSE_AUTHORITY_DIR", "../shared/authority")) / "cr" / "codelists"
CODES = Path(__file__).parent.parent / "src/acuse/jurisdictions/cr/codes"

INVENTED = "Bien inventado para los ejemplos de Acuse: no es un código de Hacienda"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a published list."""
    with (AUTHORITY / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(name: str, header: tuple[str, ...], table: list[tuple[str, ...]]) -> None:
    """One table of ours."""
    with (CODES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)


def cabys() -> list[tuple[str, ...]]:
    """The few codes that are at hand; the invented one of our examples says that it is invented."""
    found = []
    for row in rows("cabys-seen.csv"):
        invented = row["seen_in"] == "ours"
        words = INVENTED if invented else row["description"]
        found.append((row["code"], row["rate"], row["kind"], words))
    return found


def main() -> None:
    """Write all tables."""
    write("units.csv", ("code",), [(row["code"],) for row in rows("UnidadMedidaType.csv")])
    places = [
        (
            f"{row['province']}-{row['canton']}-{row['district']}",
            row["province_name"],
            row["canton_name"],
            row["district_name"],
        )
        for row in rows("locations.csv")
    ]
    write("places.csv", ("code", "province", "canton", "district"), places)
    currencies = rows("CodigoMonedaType.CodigoMoneda.csv")
    write("cabys.csv", ("code", "rate", "kind", "description"), cabys())
    write("currencies.csv", ("code",), [(row["code"],) for row in currencies])


if __name__ == "__main__":
    main()
