"""The failures as a CSV file: read a page at a time, and no cell a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import StreamingHttpResponse

from acuse import jurisdictions
from acuse.domain.failure import Cause
from acuse.domain.traits import Traits
from acuse.flow import causes, outside
from acuse.mail.headers import disposition
from acuse.store import failing, failures
from acuse.store.failures import Failure
from acuse.web.access import CompanyRequest, for_company
from acuse.web.failures import views

HEADINGS = (
    "Causa",
    "Código",
    "Documento",
    "Cliente",
    "Dirección",
    "Desde",
    "Intentos",
    "Próximo intento",
    "Qué dijo el servidor",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # else spreadsheets guess the alphabet


class _Line:
    """What a CSV writer writes to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


@for_company
def export(request: CompanyRequest) -> StreamingHttpResponse:
    """All failures, or those of one cause."""
    told = request.GET.get("causa", "")
    wanted = (views.known(told),) if told else tuple(Cause)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    at = outside.now()
    response = StreamingHttpResponse(
        _lines(request.company.id, wanted, traits, at), content_type="text/csv; charset=utf-8"
    )
    day = traits.day(at).isoformat()
    response["Content-Disposition"] = disposition(f"fallos-{day}.csv")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(
    company_id: int, wanted: tuple[Cause, ...], traits: Traits, at: datetime
) -> Iterator[str]:
    # Where the comma is for decimals, spreadsheets part cells by the semicolon.
    mark = ";" if traits.words.decimal_mark == "," else ","
    writer = csv.writer(_Line(), delimiter=mark)
    yield BOM + str(writer.writerow(HEADINGS))
    present = failing.counts(company_id, at=at)
    for cause in wanted:
        if cause in present:
            for failure in failures.every(company_id, cause, at=at):
                yield str(writer.writerow([safe(cell) for cell in _cells(failure, traits)]))


def _cells(failure: Failure, traits: Traits) -> tuple[str, ...]:
    return (
        causes.title(failure.cause, traits),
        failure.cause.value,
        failure.number,
        failure.customer_name,
        failure.address,
        _moment(failure.since, traits),
        str(failure.tries),
        _moment(failure.next_at, traits),
        failure.said,
    )


def _moment(at: datetime | None, traits: Traits) -> str:
    return f"{at.astimezone(ZoneInfo(traits.timezone)):%Y-%m-%d %H:%M}" if at else ""


def safe(cell: str) -> str:
    """The text as no spreadsheet computes it: a name may be anything that a customer chose."""
    return f"'{cell}" if cell.lstrip(" \"'").startswith(FORMULA) or cell[:1] in FORMULA else cell
