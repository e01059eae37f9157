"""/catalogues: the codes of products that the company's authority keeps."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Query, Router

from acuse import jurisdictions
from acuse.api import answers, queries, shapes_catalogue
from acuse.api.auth import ApiRequest
from acuse.api.shapes import told
from acuse.domain.catalogue import Entry
from acuse.store import catalogues
from acuse.store.catalogues import Edition

router = Router(tags=["Catálogos"])


@router.get("/{name}", response=told(shapes_catalogue.Found))
def search(request: ApiRequest, name: str, wanted: Query[queries.Lookup]) -> HttpResponse:
    """Los códigos que convienen a lo buscado, por palabras o por su comienzo; el mejor primero."""
    catalogue = jurisdictions.find(request.company.jurisdiction).traits.catalogue(name)
    if catalogue is None:
        raise Http404
    query = queries.words(wanted)
    edition = catalogues.edition(catalogue)
    found = catalogues.search(catalogue, query, limit=wanted.limit)
    return answers.value(
        {
            "name": catalogue.name,
            "edition": _edition(edition) if edition else None,
            "data": [_entry(one) for one in found],
        }
    )


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "name": edition.name or None,
        "file": edition.file_name,
        "importedAt": edition.at.isoformat(),
        "entries": edition.entries,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "description": entry.description,
        "percentage": entry.rate,
        "kind": entry.nature.value if entry.nature else None,
    }
