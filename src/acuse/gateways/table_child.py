"""The table child's own program: takes files, tells their rows, until its pipe closes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from acuse.domain.catalogue_file import Cell
from acuse.gateways import spreadsheet
from acuse.gateways.confined import serve

MEMORY = 1 << 30


def main() -> None:
    """Serve the parent."""
    serve(MEMORY, _work)


def _work(
    head: Mapping[str, Any], parts: list[bytes]
) -> tuple[Mapping[str, Any], tuple[bytes, ...]]:
    (content,) = parts
    try:
        rows = spreadsheet.rows(content, within=spreadsheet.Limits(**head["limits"]))
        return {"rows": [[line, [_cell(cell) for cell in cells]] for line, cells in rows]}, ()
    except spreadsheet.Unreadable as why:
        return {"problem": str(why)}, ()


def _cell(cell: Cell) -> str | list[str]:
    """A text as itself, a figure within a list."""
    return [str(cell)] if isinstance(cell, Decimal) else cell


if __name__ == "__main__":
    main()
