"""The failures as a CSV file: read a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import StreamingHttpResponse

from acuse import jurisdictions
from acuse.domain.failure import Cause
from acuse.domain.traits import Traits
from acuse.flow import causes, outside
from acuse.mail import remarks
from acuse.store import failing, failures
from acuse.store.failures import Failure
from acuse.web import csv_file
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


@for_company
def export(request: CompanyRequest) -> StreamingHttpResponse:
    """All failures, or those of one cause."""
    told = request.GET.get("causa", "")
    wanted = (views.known(told),) if told else tuple(Cause)
    traits = jurisdictions.find(request.company.jurisdiction).traits
    at = outside.now()
    name = f"fallos-{traits.day(at).isoformat()}.csv"
    return csv_file.download(_rows(request.company.id, wanted, traits, at), traits, name=name)


def _rows(
    company_id: int, wanted: tuple[Cause, ...], traits: Traits, at: datetime
) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    present = failing.counts(company_id, at=at)
    for cause in wanted:
        if cause in present:
            for failure in failures.every(company_id, cause, at=at):
                yield _cells(failure, traits)


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
        remarks.shown(failure.said),
    )


def _moment(at: datetime | None, traits: Traits) -> str:
    return f"{at.astimezone(ZoneInfo(traits.timezone)):%Y-%m-%d %H:%M}" if at else ""
