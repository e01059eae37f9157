"""CSV files as spreadsheets of the country open them, no cell of which is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from acuse.domain.traits import Traits
from acuse.mail.headers import disposition

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # else spreadsheets guess the alphabet


class _Line:
    """What a CSV writer writes to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def download(rows: Iterable[Sequence[str]], traits: Traits, *, name: str) -> StreamingHttpResponse:
    """The rows as a file to keep, written as they come."""
    response = StreamingHttpResponse(_lines(rows, traits), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def safe(cell: str) -> str:
    """The text as no spreadsheet computes it: a name may be anything that a customer chose."""
    return f"'{cell}" if cell.lstrip(" \"'").startswith(FORMULA) or cell[:1] in FORMULA else cell


def _lines(rows: Iterable[Sequence[str]], traits: Traits) -> Iterator[str]:
    # Where the comma is for decimals, spreadsheets part cells by the semicolon.
    mark = ";" if traits.words.decimal_mark == "," else ","
    writer = csv.writer(_Line(), delimiter=mark)
    yield BOM
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))
