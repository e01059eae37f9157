"""One object of the document format, read field by field; what is wrong is collected.

Source of the names: product.md 1.9; of the limits: the widest that any authority takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TypeVar

from acuse.domain.problem import Problem
from acuse.domain.text import clean, one_line_of

T = TypeVar("T")

RULE = "docs/document-format.md"
MOST_PROBLEMS = 100
LARGEST = Decimal(10) ** 15
MOST_DECIMALS = 10
_TENTH = Decimal(1).scaleb(-MOST_DECIMALS)

_FIGURE = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Problems:
    """The problems found so far; after a hundred only their number grows."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._more = 0

    def add(self, problem: Problem) -> None:
        """Take the problem up."""
        if len(self._found) < MOST_PROBLEMS:
            self._found.append(problem)
        else:
            self._more += 1

    def leave_out(self, count: int) -> None:
        """Count problems that are not even looked at."""
        self._more += count

    def found(self) -> tuple[Problem, ...]:
        """All of them, the last one telling how many are left out."""
        if not self._more:
            return tuple(self._found)
        text = f"Hay {self._more} problemas más. Corrige estos y vuelve a probar."
        return (*self._found, Problem("", "XX-DOC-9", text, RULE))


class Fields:
    """An object at a path; each key that is read is known, `finish` tells of the others."""

    def __init__(self, raw: Mapping[str, object], path: str, problems: Problems) -> None:
        self._raw, self._path, self._problems = raw, path, problems
        self._known: list[str] = []

    def at(self, key: str | int) -> str:
        """The path of a field of this object."""
        return f"{self._path}.{key}" if self._path else str(key)

    def wrong(self, key: str, code: str, text: str) -> None:
        """Collect a problem of a field."""
        self._problems.add(Problem(self.at(key), f"XX-DOC-{code}", text, RULE))

    def take(self, key: str) -> object:
        """The raw value, None where it is not given (or given as null)."""
        self._known.append(key)
        return self._raw.get(key)

    def given(self, key: str) -> bool:
        """Whether there is such a field with a value."""
        return self._raw.get(key) is not None

    def text(self, key: str, longest: int, *, required: bool = False, lines: bool = False) -> str:
        """A text in normal form, "" where it is not given."""
        raw = self.take(key)
        if raw is None or raw == "":
            if required:
                self.wrong(key, "1", f"Falta «{key}». Escríbelo.")
            return ""
        if not isinstance(raw, str):
            told = f"«{key}» debe ser un texto entre comillas, no {_kind(raw)}."
            self.wrong(key, "2", told)
            return ""
        cleaned = clean(raw, field=self.at(key), longest=longest, lines=lines)
        if isinstance(cleaned, Problem):
            self._problems.add(cleaned)
            return ""
        if required and not cleaned:
            self.wrong(key, "1", f"«{key}» está en blanco. Escríbelo.")
        return cleaned

    def figure(
        self, key: str, *, required: bool = False, least: Decimal | None = None
    ) -> Decimal | None:
        """An exact number, None where it is not given or is none."""
        raw = self.take(key)
        if raw is None or raw == "":
            if required:
                self.wrong(key, "1", f"Falta «{key}». Escribe una cifra.")
            return None
        value = _exact(raw)
        if value is None:
            told = f"«{key}» dice {_shown(raw)}, que no es una cifra. Usa punto decimal: 1234.50."
            self.wrong(key, "3", told)
            return None
        if value.copy_abs() >= LARGEST or _decimals(value) > MOST_DECIMALS:
            told = f"{_shown(raw)} tiene más de 15 cifras enteras o de {MOST_DECIMALS} decimales."
            self.wrong(key, "4", f"«{key}»: {told} Redondéalo.")
            return None
        if least is not None and value < least:
            self.wrong(key, "4", f"«{key}» es {_plain(value)} y no puede ser menor que {least}.")
            return None
        return _settled(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date, None where it is not given or is none."""
        raw = self.take(key)
        if raw is None or raw == "":
            if required:
                self.wrong(key, "1", f"Falta «{key}». Escribe una fecha: 2026-11-25.")
            return None
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        try:
            if not isinstance(raw, str) or not _DAY.fullmatch(raw):
                raise ValueError
            return date.fromisoformat(raw)
        except ValueError:
            told = f"«{key}» dice {_shown(raw)}. Escribe año-mes-día: 2026-11-25."
            self.wrong(key, "5", told)
            return None

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        raw = self.take(key)
        if raw is None:
            return default
        if isinstance(raw, bool):
            return raw
        self.wrong(key, "21", f"«{key}» dice {_shown(raw)}. Escribe true o false.")
        return default

    def choice(self, key: str, choices: Mapping[str, T], default: T) -> T:
        """What a word of a list stands for; the default where it is not given."""
        raw = self.take(key)
        if raw is None or raw == "":
            return default
        if isinstance(raw, str) and raw in choices:
            return choices[raw]
        near = get_close_matches(raw[:40].upper(), choices, 1) if isinstance(raw, str) else []
        hint = f" ¿Quisiste decir {near[0]}?" if near else ""
        known = ", ".join(list(choices)[:12])
        self.wrong(key, "7", f"«{key}» dice {_shown(raw)}.{hint} Usa uno de: {known}.")
        return default

    def words(self, key: str, known: Mapping[str, T]) -> tuple[T, ...]:
        """What the words of a list stand for, empty where it is not given or is none."""
        raw = self.take(key)
        if raw is None:
            return ()
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
            self.wrong(key, "23", f"«{key}» debe ser una lista entre corchetes, no {_kind(raw)}.")
            return ()
        found = []
        for index, word in enumerate(raw):
            if isinstance(word, str) and word in known:
                found.append(known[word])
                continue
            told = f"«{key}» dice {_shown(word)}. Usa de: {', '.join(list(known)[:20])}."
            self.wrong(f"{key}.{index}", "7", told)
        return tuple(found)

    def child(self, key: str, *, required: bool = False) -> Fields | None:
        """An object inside this one, None where it is not given or is none."""
        raw = self.take(key)
        if raw is None:
            if required:
                self.wrong(key, "1", f"Falta «{key}».")
            return None
        return self._object(raw, key)

    def children(self, key: str, most: int) -> list[Fields]:
        """The objects of a list, empty where it is not given or is none."""
        raw = self.take(key)
        if raw is None:
            return []
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
            self.wrong(key, "23", f"«{key}» debe ser una lista entre corchetes, no {_kind(raw)}.")
            return []
        if len(raw) > most:
            told = f"«{key}» tiene {len(raw)} elementos y caben {most}. Divide el documento."
            self.wrong(key, "8", told)
            return []
        found = [self._object(one, f"{key}.{index}") for index, one in enumerate(raw)]
        return [one for one in found if one is not None]

    def finish(self) -> None:
        """Tell of the keys that nobody asked for."""
        unknown = [key for key in self._raw if key not in self._known]
        for key in unknown[:MOST_PROBLEMS]:
            near = get_close_matches(key[:40], self._known, 1, 0.5)
            hint = f" ¿Quisiste decir «{near[0]}»?" if near else " Quítalo."
            shown = one_line_of(str(key))
            self.wrong(shown, "6", f"El formato no tiene el campo «{shown}».{hint}")
        self._problems.leave_out(len(unknown[MOST_PROBLEMS:]))

    def _object(self, raw: object, key: str) -> Fields | None:
        if isinstance(raw, Mapping):
            return Fields(raw, self.at(key), self._problems)
        told = f"«{key}» debe ser un objeto entre llaves, no {_kind(raw)}."
        self.wrong(key, "22", told)
        return None


def _exact(raw: object) -> Decimal | None:
    """The finite decimal that the value is; a float is none: it has lost its digits already."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        return None
    if isinstance(raw, str):
        return Decimal(raw) if len(raw) <= 60 and _FIGURE.fullmatch(raw) else None
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _decimals(value: Decimal) -> int:
    """How many decimals the value really has; counted by hand, for arithmetic would round."""
    _, digits, exponent = value.as_tuple()
    if not value or not isinstance(exponent, int):
        return 0
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(-(exponent + zeros), 0)


def _settled(value: Decimal) -> Decimal:
    """The value without exponent, negative zero or useless zeros past the tenth decimal."""
    exponent = value.as_tuple().exponent
    if not value or not isinstance(exponent, int):
        return Decimal(0)
    if exponent > 0:
        return value.quantize(Decimal(1))
    return value.quantize(_TENTH) if exponent < -MOST_DECIMALS else value


def _plain(value: Decimal) -> str:
    return one_line_of(f"{value:f}")


def _shown(raw: object) -> str:
    if isinstance(raw, str):
        return f"«{one_line_of(raw)}»"
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, int):
        return str(raw) if abs(raw) < 10**40 else "un número enorme"
    if isinstance(raw, Decimal):
        return one_line_of(str(raw))
    return _kind(raw)


def _kind(raw: object) -> str:
    for kinds, name in _KINDS:
        if isinstance(raw, kinds):
            return name
    return "otra cosa"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true o false"),
    (float, "un número sin precisión exacta (léelo con parse_json)"),
    ((int, Decimal), "un número"),
    (str, "un texto"),
    (date, "una fecha"),
    (Mapping, "un objeto"),
    (Sequence, "una lista"),
)
