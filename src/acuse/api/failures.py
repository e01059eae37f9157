"""/failures: what did not arrive, by its cause."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from acuse import jurisdictions
from acuse.api import answers, queries, shapes, shapes_failures
from acuse.api.auth import ApiRequest
from acuse.domain.failure import Cause
from acuse.flow import causes, outside
from acuse.store import failing, failures
from acuse.store.failures import Failure

router = Router(tags=["Fallos"])


@router.get("", response=shapes.told(list[shapes_failures.Cause]))
def index(request: ApiRequest) -> HttpResponse:
    """Cuántos fallos hay de cada causa, y qué hacer."""
    traits = jurisdictions.find(request.company.jurisdiction).traits
    found = failing.counts(request.company.id, at=outside.now())
    return answers.value(
        [
            {
                "cause": cause.value,
                "title": causes.title(cause, traits),
                "text": causes.sentence(cause, traits),
                "total": many,
            }
            for cause, many in found.items()
        ]
    )


@router.get("/{cause}", response=shapes.told(list[shapes_failures.Failure]))
def of_cause(request: ApiRequest, cause: Cause, page: Query[queries.Failures]) -> HttpResponse:
    """Los fallos de una causa, del más nuevo al más viejo; `before` sigue desde el último id."""
    at = outside.now()
    found = failures.page(request.company.id, cause, at=at, before=page.before, limit=page.limit)
    return answers.value([_row(one) for one in found])


def _row(one: Failure) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "cause": one.cause.value,
        "number": one.number,
        "document": str(one.document_id) if one.document_id else None,
        "client": {"id": str(one.customer_id), "name": one.customer_name}
        if one.customer_id
        else None,
        "address": one.address or None,
        "since": one.since.isoformat() if one.since else None,
        "attempts": one.tries,
        "nextAttempt": one.next_at.isoformat() if one.next_at else None,
        "said": one.said or None,
    }
