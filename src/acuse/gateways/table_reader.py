"""The child that reads a table which a user uploaded: a workbook may be built to eat the house."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from acuse.domain.catalogue_file import Row
from acuse.gateways.child import Child, Ended, Refused
from acuse.gateways.spreadsheet import Limits, Unreadable

SECONDS = 20.0
CHILD = (sys.executable, "-P", "-m", "acuse.gateways.table_child")


class TableReader:
    """Reads in its child, one file at a time."""

    def __init__(self, command: Sequence[str] = CHILD, *, seconds: float = SECONDS) -> None:
        self._child = Child(command, seconds=seconds)

    def read(self, content: bytes, *, within: Limits) -> tuple[Row, ...]:
        """The file's rows; raises Unreadable."""
        if len(content) > within.content:
            raise Unreadable(within.too_heavy())
        try:
            answer, _ = self._child.ask({"limits": asdict(within)}, content)
        except Refused as why:
            raise Unreadable(str(why)) from why
        except Ended as trouble:
            text = "El archivo es demasiado complejo para leerlo. Guárdalo como CSV."
            raise Unreadable(text) from trouble
        return rows_of(answer["rows"])

    def close(self) -> None:
        """End the child."""
        self._child.close()


def rows_of(told: Sequence[Any]) -> tuple[Row, ...]:
    """The rows as the child meant them, and as they are kept."""
    return tuple(
        (int(line), tuple(Decimal(cell[0]) if isinstance(cell, list) else cell for cell in cells))
        for line, cells in told
    )
