"""Texts with variables: `{{path}}` and nothing else, over the fixed list of what a letter knows.

No logic, no loop, no look-up by attribute: what a user wrote is split once, and what a value holds
is never read again. A paragraph with an optional variable that has no value is left out; any other
variable without one is a problem, told with its place (product.md 5.10).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import one_line_of

RULE = "product.md 5.10"
LONGEST_SUBJECT = 200
LONGEST_BODY = 4000
LONGEST_VALUE = 500
_VARIABLE = re.compile(r"\{\{([^{}]{0,80})\}\}")
_LINK = re.compile(r"https?://[!-~]+")
_BREAKS = re.compile("[^\\S\u00a0]+")  # white space, less the one that keeps a sign at its amount


@dataclass(frozen=True, slots=True)
class Variable:
    """What a template may name; `optional`: a paragraph without its value is left out."""

    path: str
    label: str
    optional: bool = False


LINK = Variable("enlace", "Enlace al documento", optional=True)
TOTAL = "documento.total"
PHONE = "empresa.telefono"
VARIABLES = (
    Variable("cliente.nombre", "Nombre del cliente"),
    Variable("documento.tipo", "Tipo de documento"),
    Variable("documento.numero", "Número"),
    Variable("documento.fecha", "Fecha de emisión"),
    Variable(TOTAL, "Total"),
    Variable("documento.identificador", "Identificador fiscal"),
    Variable("documento.veredicto", "Quién lo aceptó y cuándo"),
    Variable("empresa.nombre", "Nombre de tu empresa"),
    Variable("empresa.identificacion", "Identificación de tu empresa"),
    Variable("empresa.correo", "Correo de tu empresa"),
    Variable(PHONE, "Teléfono de tu empresa"),
    Variable("autoridad.nombre", "Nombre de la autoridad"),
    LINK,
)
BY_PATH = {one.path: one for one in VARIABLES}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a filled text; `link`: it is an address of ours."""

    text: str
    link: bool = False


def problems(
    text: str, *, field: str, one_line: bool = False, without: Container[str] = ()
) -> tuple[Problem, ...]:
    """What is wrong with a template, before anything is filled in; linear in its length.

    `without` are the paths that this kind of document or this company has no value for.
    """
    return tuple(
        problem
        for number, line in enumerate(text.split("\n"), start=1)
        for problem in _of_line(line, field, "" if one_line else f"Línea {number}: ", without)
    )


def fill_line(template: str, values: Mapping[str, str], *, field: str) -> str:
    """The one line with its values; raises Blocked for a variable that has none."""
    return "".join(piece.text for piece in _filled(template, values, field))


def fill(
    template: str, values: Mapping[str, str], *, field: str
) -> tuple[tuple[tuple[Piece, ...], ...], ...]:
    """Paragraphs of lines of pieces; raises Blocked for a variable that has no value."""
    paragraphs = (one.strip("\n") for one in re.split(r"\n{2,}", template.strip("\n")))
    return tuple(
        tuple(_filled(line, values, field) for line in paragraph.split("\n"))
        for paragraph in paragraphs
        if not _left_out(paragraph, values)
    )


def _filled(line: str, values: Mapping[str, str], field: str) -> tuple[Piece, ...]:
    parts = _VARIABLE.split(line)  # text, path, text, path … text
    pieces = []
    for at, part in enumerate(parts):
        if at % 2 == 0:
            pieces.append(Piece(part))
            continue
        path = part.strip()
        value = _value(values, path)
        if not value:
            raise Blocked([_no_value(path, field)])
        pieces.append(Piece(value, link=path == LINK.path and bool(_LINK.fullmatch(value))))
    return tuple(piece for piece in pieces if piece.text)


def _value(values: Mapping[str, str], path: str) -> str:
    """The value in one line: no break in it begins a paragraph or a header of its own."""
    return _BREAKS.sub(" ", values.get(path, "")).strip()[:LONGEST_VALUE]


def _left_out(paragraph: str, values: Mapping[str, str]) -> bool:
    named = (BY_PATH.get(path.strip()) for path in _VARIABLE.findall(paragraph))
    return any(one and one.optional and not _value(values, one.path) for one in named)


def _of_line(line: str, field: str, place: str, without: Container[str]) -> Iterator[Problem]:
    parts = _VARIABLE.split(line)
    for at, part in enumerate(parts):
        if at % 2:
            told = _of_path(part.strip(), without, alone=not place)
            if told:
                yield Problem(field, told[0], f"{place}{told[1]}", RULE)
        elif _stray(part, before=at > 0, after=at + 1 < len(parts)):
            text = (
                f"{place}hay llaves de más o sin cerrar cerca de «{one_line_of(part.strip())}». "
                "Una variable se escribe {{cliente.nombre}}."
            )
            yield Problem(field, "XX-TPL-1", text, RULE)


def _stray(text: str, *, before: bool, after: bool) -> bool:
    """Braces that look like a variable and are none."""
    return (
        "{{" in text
        or "}}" in text
        or (before and text.startswith("}"))
        or (after and text.endswith("{"))
    )


def _of_path(path: str, without: Container[str], *, alone: bool) -> tuple[str, str] | None:
    known = BY_PATH.get(path)
    shown = one_line_of(path)
    if known is None:
        near = get_close_matches(path, BY_PATH, n=1)
        hint = f" ¿Quisiste decir «{near[0]}»?" if near else " Elige una de la lista."
        return "XX-TPL-2", f"no existe la variable «{shown}».{hint}"
    if alone and known.optional:
        return "XX-TPL-3", f"«{shown}» puede faltar y no cabe en el asunto. Úsala en el mensaje."
    if path in without:
        return "XX-TPL-4", f"«{shown}» no tiene valor aquí: {_why(path)}"
    return None


def _why(path: str) -> str:
    if path == PHONE:
        return "escribe el teléfono en Configuración > Empresa, o quita la variable."
    return "estos documentos no lo llevan. Quita la variable."


def _no_value(path: str, field: str) -> Problem:
    text = (
        f"La plantilla del correo usa «{one_line_of(path)}» y este documento no tiene ese dato. "
        "Complétalo, o quita la variable en Configuración > Correo > Plantillas."
    )
    return Problem(field, "XX-TPL-5", text, RULE)
