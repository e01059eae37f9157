"""JSON as documents need it: exact numbers, no key twice, a line number for what is wrong."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of

LONGEST = 8_000_000  # characters of one document's text
DEEPEST = 40
_LONGEST_FIGURE = 60
_TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class _Unreadable(ValueError):
    """What the JSON reader found wrong, with its Problem's code."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


def parse_json(text: str) -> object | Problem:
    """The value, numbers as `int` or `Decimal` (never float), or what is wrong with the text.

    Refuses a key twice in one object (which one counts would be chance), NaN and Infinity.
    """
    if len(text) > LONGEST:
        told = f"El texto tiene {len(text)} caracteres y caben {LONGEST}. Divídelo."
        return _problem("XX-DOC-18", told)
    if _too_deep(text):
        told = f"El texto anida más de {DEEPEST} niveles. Un documento no pasa de cinco."
        return _problem("XX-DOC-17", told)
    try:
        value: object = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_no_number,
            object_pairs_hook=_each_once,
        )
    except json.JSONDecodeError as error:
        told = (
            f"El texto no es JSON: error en la línea {error.lineno}, columna {error.colno}. "
            "Revisa comas, comillas y llaves antes de ese punto."
        )
        return _problem("XX-DOC-15", told)
    except _Unreadable as error:
        return _problem(error.code, error.text)
    return value


def _too_deep(text: str) -> bool:
    """Whether brackets nest beyond the limit, those inside texts left out."""
    depth = 0
    for found in _TEXT_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif found[0] in "]}":
            depth -= 1
    return False


def _decimal(figure: str) -> Decimal:
    _short_enough(figure)
    return Decimal(figure)


def _integer(figure: str) -> int:
    _short_enough(figure)
    return int(figure)


def _short_enough(figure: str) -> None:
    if len(figure) > _LONGEST_FIGURE:
        raise _Unreadable(
            "XX-DOC-4", f"El número {one_line_of(figure)} tiene {len(figure)} cifras. Redondéalo."
        )


def _no_number(word: str) -> NoReturn:
    raise _Unreadable("XX-DOC-3", f"{word} no es un número. Escribe la cifra.")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Unreadable(
            "XX-DOC-16",
            f"El campo «{one_line_of(twice)}» está dos veces en el mismo objeto. Deja uno.",
        )
    return value


def _problem(code: str, text: str) -> Problem:
    return Problem("", code, text, rule="docs/document-format.md")
