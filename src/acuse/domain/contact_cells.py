"""A cell of a table of contacts as a text: figures read whole, or refused; nothing rounded."""

from __future__ import annotations

import re
from decimal import Decimal

from acuse.domain.catalogue_file import Cell
from acuse.domain.problem import Problem
from acuse.domain.text import clean, one_line_of

LARGEST_FIGURE = Decimal(10) ** 15  # a spreadsheet keeps fifteen digits of a number, no more

_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
_WHOLE = re.compile(r"([0-9]{1,15})\.0")  # what programs write of a number without decimals
_HELD = re.compile(r"^'(?=[=+@\-＝＋－＠])")  # how others do, and how our own files are written
_AS_TEXT = re.compile(r'="([^"]*)"')  # how some keep a spreadsheet from reading a number


def text_of(cell: Cell) -> str:
    """The cell as it is written, a whole number without decimals."""
    if isinstance(cell, Decimal):
        return f"{cell:f}" if cell != cell.to_integral_value() else f"{cell.to_integral_value():f}"
    held = _AS_TEXT.fullmatch(cell.strip())
    return held[1] if held is not None else _HELD.sub("", cell)


def number_of(cell: Cell, *, field: str, longest: int) -> tuple[str, bool] | Problem:
    """A number that names something, and whether the file held a figure, whose zeros are lost.

    Refused is what no longer says which number it was: decimals, a sign, or 9.00E+8.
    """
    if isinstance(cell, Decimal):
        if cell != cell.to_integral_value() or not 0 <= cell < LARGEST_FIGURE:
            return _mangled(f"{cell:f}", field)
        return f"{cell.to_integral_value():f}", True
    text = clean(text_of(cell).strip().removeprefix("'"), field=field, longest=longest)
    if isinstance(text, Problem):
        return text
    if _SCIENTIFIC.fullmatch(text):
        return _mangled(text, field)
    whole = _WHOLE.fullmatch(text)
    return (whole[1], True) if whole is not None else (text, False)


def _mangled(told: str, field: str) -> Problem:
    text = f"La hoja de cálculo cambió el número a «{one_line_of(told, 30)}» y ya no se sabe cuál"
    hint = "Da formato de texto a la columna, escríbelo de nuevo y vuelve a subir el archivo."
    return Problem(field, "XX-IMP-4", f"{text} era. {hint}")
