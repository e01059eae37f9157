"""What a person typed as the documented format has it: figures, a country's own fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from acuse.domain.traits import FieldSpec, FieldType

Values = Mapping[str, str]


def figure(text: str) -> str:
    """A figure as typed, with a point for decimals: 1.234,56 and 1,234.56 are the same."""
    text = text.replace(" ", "").replace("\u00a0", "")
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        whole = text[:decimal].replace(",", "").replace(".", "")
        return f"{whole}.{text[decimal + 1 :]}"
    return text.replace(",", ".")


def own(values: Values, specs: Iterable[FieldSpec], prefix: str) -> dict[str, Any]:
    """The country's own fields as typed, by their declared type; what is empty is left out."""
    told = ((spec, values.get(f"{prefix}{spec.name}", "").strip()) for spec in specs)
    return {spec.name: _typed(spec, text) for spec, text in told if text}


def _typed(spec: FieldSpec, text: str) -> Any:
    match spec.type:
        case FieldType.BOOLEAN:
            return {"true": True, "false": False}.get(text, text)
        case FieldType.DECIMAL | FieldType.INTEGER:
            return figure(text)
    return text
