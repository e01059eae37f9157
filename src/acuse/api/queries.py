"""What stands behind the question mark of an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Field, Schema

from acuse.api import answers
from acuse.api.answers import Refused
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import DocumentState
from acuse.domain.problem import Problem
from acuse.domain.text import clean, one_line_of

MOST, FARTHEST = 30, 1_000_000


class Page(Schema):
    """Which part of a list: Alegra's own names."""

    start: int = Field(0, ge=0, le=FARTHEST, description="Cuántos se saltan.")
    limit: int = Field(MOST, ge=1, le=MOST, description="Cuántos se devuelven, 30 como máximo.")
    metadata: bool = Field(False, description="Con true: {metadata: {total}, data: […]}.")
    query: str = Field("", max_length=60, description="Con qué empieza el número o el nombre.")


class Lookup(Schema):
    """What is looked up in a catalogue."""

    limit: int = Field(MOST, ge=1, le=MOST, description="Cuántos se devuelven, 30 como máximo.")
    query: str = Field("", max_length=60, description="Palabras, o con qué empieza el código.")


class Documents(Page):
    """A part of the documents."""

    kind: DocumentKind | None = Field(None, description="Tipo de documento.")
    state: DocumentState | None = Field(None, description="Estado ante la autoridad.")
    client: int | None = Field(None, ge=1, le=2**62, description="Id del contacto.")


class Failures(Schema):
    """A part of the failures of one cause: they come and go, so it goes on below a key."""

    before: int | None = Field(None, ge=1, le=2**62, description="El id después del cual se sigue.")
    limit: int = Field(MOST, ge=1, le=MOST, description="Cuántos se devuelven, 30 como máximo.")


def words(page: Page | Lookup) -> str:
    """What is looked for. Raises Refused where it is no text."""
    found = clean(page.query, field="query", longest=60)
    if isinstance(found, Problem):
        raise Refused(422, found)
    return found


def listed(page: Page, rows: Sequence[object], count: Callable[[], int]) -> HttpResponse:
    """The rows; where the caller wants it, with how many there are in all."""
    if not page.metadata:
        return answers.value(rows)
    return answers.value({"metadata": {"total": count()}, "data": rows})


REASONS = {  # pydantic's kinds of errors in our words
    "int_parsing": "no es un número entero",
    "int_type": "no es un número entero",
    "bool_parsing": "no es true ni false",
    "greater_than_equal": "es menor que {ge}",
    "less_than_equal": "es mayor que {le}",
    "enum": "no es una de las palabras {expected}",
    "string_too_long": "tiene más de {max_length} letras",
    "int_parsing_size": "es un número demasiado grande",
    "missing": "falta",
}


def problems(errors: Sequence[dict[str, Any]]) -> tuple[Problem, ...]:
    """What is wrong with an address's query, in our words."""
    return tuple(_problem(one) for one in errors)


def _problem(error: dict[str, Any]) -> Problem:
    name = one_line_of(str(error["loc"][-1]))
    reason = REASONS.get(error["type"], "no se entiende").format(**error.get("ctx", {}))
    return Problem(name, "XX-API-14", f"«{name}» {reason}. Corrígelo en la dirección.")
