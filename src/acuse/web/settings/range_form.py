"""The form that adds a range by hand: what it asks, and the range that it describes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from acuse.domain.numbering import NumberingRange
from acuse.domain.problem import Problem
from acuse.domain.text import clean
from acuse.domain.traits import FieldType, KindTraits, Scope, Traits
from acuse.web.inputs import Filled, Input

USUAL_LAST = 99_999_999  # of a series that hangs from no authorisation
LONGEST_SERIES = 24
_NUMBER = re.compile("[0-9]{1,10}", re.ASCII)
NAMES = {  # what a problem is about, as the form names it
    "prefix": "series",
    "first": "first",
    "last": "last",
    "validFrom": "valid_from",
    "validUntil": "valid_until",
}


@dataclass(frozen=True, slots=True)
class Form:
    """The fields: of every range, and of those alone that the authority gives."""

    kind: Input
    common: tuple[Input, ...]
    authorised: tuple[Input, ...]
    authorised_kinds: str  # their values, for what appears with them


def draw(values: Mapping[str, str], errors: Mapping[str, str], traits: Traits) -> Form:
    """The form with what was given and what is wrong with it."""
    filled = Filled(values, errors)
    kinds = tuple((one.kind.value, one.name) for one in traits.kinds)
    authorised = [one.kind.value for one in traits.kinds if one.authorised]
    own = filled.own(traits.own(Scope.RANGE))
    return Form(
        filled.input("kind", "Documento", kinds[0][0], choices=kinds, shows="range-kind"),
        (
            filled.input("series", traits.words.numbering, help="Como va delante del número."),
            filled.input(
                "next", "Sigue desde el número", help="Vacío, desde el primero: es nueva."
            ),
        ),
        (
            filled.input("first", "Primer número"),
            filled.input("last", "Último número"),
            filled.input("valid_from", "Rige desde", type="date"),
            filled.input("valid_until", "Vence el", type="date"),
            *own,
            *_secret(filled, traits),
        )
        if authorised
        else (),
        " ".join(authorised),
    )


def _secret(filled: Filled, traits: Traits) -> tuple[Input, ...]:
    """The field for what the authority gives with a range, where it gives such; never shown again.

    A wrong one is told, and has to be written once more.
    """
    spec = traits.range_secret
    if spec is None:
        return ()
    return (Input("secret", spec.label, "", filled.errors.get("secret", ""), spec.help),)


def secret(values: Mapping[str, str], made: NumberingRange, traits: Traits) -> str:
    """What was written in that field, blanks aside; "" for none and own series."""
    told = traits.kind(made.kind)
    if told is None or not told.authorised:
        return ""
    return "".join(values.get("secret", "").split())[:200]


def read(values: Mapping[str, str], traits: Traits) -> NumberingRange | dict[str, str]:
    """The range that the form describes, or what is wrong with it by field."""
    told = values.get("kind", "")
    kind = next((one for one in traits.kinds if one.kind.value == told), None)
    if kind is None:
        return {"kind": "Elige el documento que va a numerar."}
    errors: dict[str, str] = {}
    series = _text(values, "series", LONGEST_SERIES, errors).upper()
    first, last, next_ = _numbers(values, kind, errors)
    begins = _date(values, "valid_from", errors) if kind.authorised else None
    ends = _date(values, "valid_until", errors) if kind.authorised else None
    extra = _own(values, traits, errors) if kind.authorised else {}
    if not series and not kind.authorised:
        errors["series"] = f"Falta: {traits.words.numbering.lower()}. Escríbela como va impresa."
    if errors:
        return errors
    return NumberingRange(0, kind.kind, series, first, last, next_, begins, ends, extra=extra)


def errors(problems: Iterable[Problem]) -> dict[str, str]:
    """The problems under the form's fields; what is about none of them stands under the series."""
    found: dict[str, str] = {}
    for problem in problems:
        if problem.field.startswith("company.secrets."):
            found["secret"] = problem.text
            continue
        path = problem.field.removeprefix("company.numberTemplates.").split(".", 1)[1:]
        told = path[0] if path else ""
        name = told.replace("extra.", "extra-") if told.startswith("extra.") else NAMES.get(told)
        key = name or "series"
        found[key] = f"{found[key]} {problem.text}" if key in found else problem.text
    return found


def _numbers(
    values: Mapping[str, str], kind: KindTraits, errors: dict[str, str]
) -> tuple[int, int, int]:
    """First, last and next; a series without authorisation begins where it goes on."""
    if not kind.authorised:
        begins = _number(values, "next", errors) or 1
        return begins, max(USUAL_LAST, begins), begins
    first, last = (_number(values, name, errors) for name in ("first", "last"))
    for name, value in (("first", first), ("last", last)):
        if not value and name not in errors:
            errors[name] = "Escribe el número que dice la autorización."
    next_ = _number(values, "next", errors) or first
    if errors:
        return 1, 1, 1
    if first > last:
        errors["last"] = f"El último número ({last}) es menor que el primero ({first}). Corrígelo."
    elif not first <= next_ <= last:
        errors["next"] = f"El {next_} no está entre {first} y {last}. Corrígelo."
    return first, last, next_


def _number(values: Mapping[str, str], name: str, errors: dict[str, str]) -> int:
    """The number in a field; 0 where it is empty or wrong."""
    told = values.get(name, "").strip()
    if not told:
        return 0
    if not _NUMBER.fullmatch(told) or int(told) == 0:
        errors[name] = "Escribe un número entero, desde 1 y de hasta 10 cifras."
        return 0
    return int(told)


def _date(values: Mapping[str, str], name: str, errors: dict[str, str]) -> date | None:
    told = values.get(name, "").strip()
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        errors[name] = "La fecha no se entiende. Escríbela como año-mes-día: 2026-11-25."
        return None


def _text(values: Mapping[str, str], name: str, longest: int, errors: dict[str, str]) -> str:
    cleaned = clean(values.get(name, ""), field=name, longest=longest)
    if isinstance(cleaned, Problem):
        errors[name] = cleaned.text
        return ""
    return cleaned


def _own(values: Mapping[str, str], traits: Traits, errors: dict[str, str]) -> dict[str, Any]:
    """The country's own facts of a range."""
    found: dict[str, Any] = {}
    for spec in traits.own(Scope.RANGE):
        name = f"extra-{spec.name}"
        is_date = spec.type is FieldType.DATE
        value = _date(values, name, errors) if is_date else _text(values, name, 60, errors)
        if value:
            found[spec.name] = value
    return found
