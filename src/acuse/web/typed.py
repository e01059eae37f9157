"""What a person typed as the documented format has it: figures, a country's own fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from acuse.domain.traits import FieldSpec, FieldType

Values = Mapping[str, str]
THOUSANDS = {
    ",": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3}){2,}"),
    ".": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3}){2,}"),
}


def figure(text: str, mark: str) -> str:
    """A figure as typed, with a point for decimals: 1.234,56 and 1,234.56 are the same.

    Where only one sign tells, the country's `mark` of decimals decides: in Bogotá 5.000 is five
    thousand, in Lima it is five; 12.5 and 0.125 can mean but one thing.
    """
    text = text.replace(" ", "").replace("\u00a0", "")
    if THOUSANDS[mark].fullmatch(text):
        return text.replace(",", "").replace(".", "")
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        whole = text[:decimal].replace(",", "").replace(".", "")
        return f"{whole}.{text[decimal + 1 :]}"
    return text.replace(",", ".")


def shown(value: object, mark: str) -> str:
    """A figure of the documented format as a field shows it, so that it is read back the same."""
    return "" if value is None else str(value).replace(".", mark)


def own(values: Values, specs: Iterable[FieldSpec], prefix: str, mark: str) -> dict[str, Any]:
    """The country's own fields as typed, by their declared type; what is empty is left out."""
    told = ((spec, values.get(f"{prefix}{spec.name}", "").strip()) for spec in specs)
    return {spec.name: _typed(spec, text, mark) for spec, text in told if text}


def _typed(spec: FieldSpec, text: str, mark: str) -> Any:
    match spec.type:
        case FieldType.BOOLEAN:
            return {"true": True, "false": False}.get(text, text)
        case FieldType.DECIMAL | FieldType.INTEGER:
            return figure(text, mark)
    return text
