"""The table child's own program: takes files, tells their rows, until its pipe closes."""

from __future__ import annotations

import sys
from decimal import Decimal

from acuse.domain.catalogue_file import Cell
from acuse.gateways import spreadsheet, wire
from acuse.gateways.confined import confine

MEMORY = 1 << 30


def main() -> None:
    """Serve the parent."""
    confine(MEMORY)
    while (message := wire.read(sys.stdin.buffer.read)) is not None:
        head, (content,) = message
        told = _told(content, spreadsheet.Limits(**head["limits"]))
        sys.stdout.buffer.write(wire.pack({"asked": head["asked"], **told}))
        sys.stdout.buffer.flush()


def _told(content: bytes, within: spreadsheet.Limits) -> dict[str, object]:
    try:
        rows = spreadsheet.rows(content, within=within)
        return {"rows": [[line, [_cell(cell) for cell in cells]] for line, cells in rows]}
    except spreadsheet.Unreadable as why:
        return {"problem": str(why)}


def _cell(cell: Cell) -> str | list[str]:
    """A text as itself, a figure within a list."""
    return [str(cell)] if isinstance(cell, Decimal) else cell


if __name__ == "__main__":
    main()
