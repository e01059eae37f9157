"""An identity as a file tells it, before its country has read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from acuse.domain.catalogue import plain
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.domain.traits import TaxIdKind

NUMBER, KIND = "number", "kind"  # the fields that a problem is about

_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class ToldIdentity:
    """A number with what the file says beside it; "" for what it does not say.

    `kind` is one of the country's keys; `figure`: the file held a number, not a text, so zeros
    before it are lost.
    """

    number: str
    kind: str = ""
    digit: str = ""
    figure: bool = False


def kind_named(told: str, kinds: Iterable[TaxIdKind]) -> str | None:
    """The key of the kind of identity that the words name; "" for no words, None for unknown ones.

    A kind is known by its key, its label, the authority's code and the other words for it; what
    stands in brackets or after " - " explains it.
    """
    whole = told.strip()
    if not whole:
        return ""
    short = _ASIDE.sub("", whole).partition(" - ")[0]
    words = {_squeezed(whole), _squeezed(short)}
    for kind in kinds:
        known = {_squeezed(one) for one in (kind.key, kind.label, *kind.also)}
        if words & known or _same_code(short.strip(), kind.code):
            return kind.key
    return None


def untold_kind(number: str) -> Problem:
    """That the number alone does not say of which kind it is."""
    text = f"El número «{one_line_of(number, 30)}» no dice por sí solo de qué tipo es. Agrega la"
    return Problem(KIND, "XX-IMP-5", f"{text} columna del tipo, o elige uno para todas las filas.")


def _squeezed(text: str) -> str:
    return plain(text).replace(" ", "")


def _same_code(told: str, code: str) -> bool:
    if told == code:
        return True
    figures = all(one.isascii() and one.isdigit() and len(one) < 4 for one in (told, code))
    return figures and int(told) == int(code)
