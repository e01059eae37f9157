"""The rows of a spreadsheet that somebody hands us, CSV or XLSX: hostile until read."""

from __future__ import annotations

import csv
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import openpyxl
from openpyxl.xml import DEFUSEDXML

from acuse.domain.catalogue_file import Cell, Row

LARGEST = 30 * 1024 * 1024
UNPACKED = 300 * 1024 * 1024  # of all parts of a workbook
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 200_000, 60
ZIP = b"PK\x03\x04"
DELIMITERS = ",;\t|"
SAMPLE = 4000  # characters that tell which of them it is

assert DEFUSEDXML, "openpyxl reads entities without defusedxml"


class Unreadable(Exception):
    """The bytes are no table that may be read; the message says why, in Spanish."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a table is read: bytes, bytes of a workbook's parts unpacked, lines, and the
    characters of all cells together."""

    content: int
    unpacked: int
    lines: int
    text: int

    def too_heavy(self) -> str:
        """What is said of a file of more bytes."""
        return f"El archivo pesa más de {self.content // 2**20} MB."


def rows(content: bytes, *, within: Limits | None = None) -> Iterator[Row]:
    """The rows of the text, or of the workbook's first sheet that has any; raises Unreadable."""
    within = within or Limits(LARGEST, UNPACKED, MOST_ROWS, UNPACKED)
    if len(content) > within.content:
        raise Unreadable(within.too_heavy())
    workbook = content.startswith(ZIP)
    text = 0
    for line, cells in _workbook(content, within.unpacked) if workbook else _text(content):
        text += sum(len(str(cell)) for cell in cells)
        if line > within.lines:
            raise Unreadable(f"El archivo tiene más de {within.lines} líneas.")
        if text > within.text:
            raise Unreadable("El archivo tiene demasiado texto.")
        yield line, cells


def _text(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable("El archivo no es un CSV ni un libro XLSX.")
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    begins = 1
    try:
        for cells in reader:
            yield begins, cells[:MOST_COLUMNS]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"La línea {begins} del CSV no se puede leer.") from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what a spreadsheet saves by itself


def _delimiter(text: str) -> str:
    """The sign that parts most lines of the beginning into as many cells; of two, the wider."""
    beginning = text[:SAMPLE]
    return max(DELIMITERS, key=lambda sign: _agreement(beginning, sign))


def _agreement(beginning: str, sign: str) -> tuple[int, int]:
    """How many lines have the usual number of cells, if it is above one, and that number."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        for cells in csv.reader(StringIO(beginning, newline=""), delimiter=sign):
            widths[len(cells)] += len(cells) > 1
    width, lines = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return lines, width


def _workbook(content: bytes, unpacked: int) -> Iterator[Row]:
    _measure(content, unpacked)
    try:
        with warnings.catch_warnings():  # it warns of styles and validations, which nobody needs
            warnings.simplefilter("ignore")
            yield from _sheet(content)
    except Unreadable:
        raise
    except Exception as error:  # a broken workbook may fail the library anywhere
        raise Unreadable("El libro XLSX está dañado o no se puede leer.") from error


def _sheet(content: bytes) -> Iterator[Row]:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    with closing(book):
        for sheet in book.worksheets:
            # What a sheet says of its own size may be a lie: it is read to its end, and counted.
            sheet.reset_dimensions()
            told = False
            for line, cells in enumerate(_lines(sheet), start=1):
                blank = all(cell is None for cell in cells)
                told = told or not blank
                yield line, () if blank else [_cell(cell) for cell in cells]
            if told:
                return


def _lines(sheet: Any) -> Iterator[tuple[object, ...]]:
    found: Iterator[tuple[object, ...]] = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    return found


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = Decimal(repr(value))
        except InvalidOperation:
            return str(value)
        return number if number.is_finite() else str(value)
    return str(value)


def _measure(content: bytes, unpacked: int) -> None:
    """Refuse a bomb before it is opened: no part is read beyond the size that it declares."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("El libro XLSX está dañado o no se puede leer.") from error
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Unreadable("El libro XLSX está comprimido de una forma que no se lee aquí.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > unpacked:
        raise Unreadable("El libro XLSX se desempaqueta a un tamaño que no es de una tabla así.")
