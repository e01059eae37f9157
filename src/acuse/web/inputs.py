"""A form's field as it is drawn: the same on every screen, with help and error in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from acuse.domain.traits import FieldSpec, FieldType


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where a field's codes are looked up, and the names of the fields that a choice may fill.

    `settled` names a field that, once told, settles the rate: then the choice leaves it alone.
    """

    catalogue: str
    title: str
    rate: str
    settled: str = ""
    nature: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One field: its label stands above, its help below, its error in place."""

    name: str
    label: str
    value: str = ""
    error: str = ""
    help: str = ""
    type: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    placeholder: str = ""
    shows: str = ""  # the name of parts that this field's value makes appear
    lookup: Lookup | None = None
    told: str = ""  # what the catalogue says of the value


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form was given and what is wrong with it: each field takes its own."""

    values: Mapping[str, str]
    errors: Mapping[str, str]

    def input(self, name: str, label: str, default: str = "", **more: Any) -> Input:
        """The field under that name; `more` as Input has it."""
        value, error = self.values.get(name, default), self.errors.get(name, "")
        return Input(name, label, value, error, **more)

    def own(self, specs: Iterable[FieldSpec], prefix: str = "extra-") -> tuple[Input, ...]:
        """The country's own fields: the screen need not know the country."""
        return tuple(
            self.input(
                f"{prefix}{spec.name}",
                spec.label,
                spec.default,
                help=spec.help,
                type="date" if spec.type is FieldType.DATE else "text",
                choices=_choices(spec),
                required=spec.required,
            )
            for spec in specs
        )


def offered(
    choices: tuple[tuple[str, str], ...], value: str, words: str = ""
) -> tuple[tuple[str, str], ...]:
    """The choices, with the value that a document has already though nobody offers it."""
    if any(code == value for code, _ in choices):
        return choices
    return (*choices, (value, words or value))


def _choices(spec: FieldSpec) -> tuple[tuple[str, str], ...]:
    if spec.type is FieldType.BOOLEAN:
        return ("", "—"), ("true", "Sí"), ("false", "No")
    return (("", "—"), *spec.choices) if spec.type is FieldType.CHOICE else ()
