"""A form's field as it is drawn: the same on every screen, with help and error in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse.domain.jurisdiction import FieldSpec, FieldType


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


def from_spec(spec: FieldSpec, name: str, values: Mapping[str, str], error: str = "") -> Input:
    """The input of a country's own field: the screen need not know the country."""
    choices: tuple[tuple[str, str], ...] = ()
    if spec.type is FieldType.CHOICE:
        choices = (("", "—"), *spec.choices)
    return Input(
        name=name,
        label=spec.label,
        value=values.get(name, spec.default),
        error=error,
        help=spec.help,
        choices=choices,
        required=spec.required,
    )
