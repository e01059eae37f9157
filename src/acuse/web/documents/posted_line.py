"""One line of a posted form as the documented format, and what its fields are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from acuse.domain.traits import KindTraits, Scope, Traits
from acuse.web.documents import kept
from acuse.web.documents.line_fields import MOST_TAXES, tax_name, unit_name
from acuse.web.typed import figure, own

Values = Mapping[str, str]


def item(values: Values, index: int, traits: Traits, kind: KindTraits) -> dict[str, Any]:
    """The line at that index, of a document of that kind."""
    prefix = f"items-{index}-"

    def of(name: str) -> str:
        return values.get(f"{prefix}{name}", "").strip()

    discount = f"{of('discount')}%" if of("discount") else of("discount_amount")
    return without_empty(
        {
            **kept.read(values.get(f"{prefix}kept", "")),
            **without_empty(_shown(values, prefix, discount, traits, kind)),
        }
    )


def _shown(
    values: Values, prefix: str, discount: str, traits: Traits, kind: KindTraits
) -> dict[str, Any]:
    """What the form has fields for."""

    def of(name: str) -> str:
        return values.get(f"{prefix}{name}", "").strip()

    mark = traits.words.decimal_mark
    return {
        "name": of("name"),
        "code": of("code"),
        "quantity": figure(of("quantity"), mark),
        "price": figure(of("price"), mark),
        "unit": of("unit"),
        "discount": adjustment(discount, of("discount_reason"), mark),
        "charge": adjustment(of("charge"), of("charge_reason"), mark),
        "tax": list(_taxes(values, prefix, mark)),
        "extra": own(values, traits.own(Scope.LINE, kind.kind), f"{prefix}extra-", mark),
    }


def field_of(index: int, path: list[str]) -> str:
    """The form's field of a path inside the line."""
    prefix = f"items-{index}-"
    match path:
        case ["tax"]:
            return tax_name(prefix, 0)
        case ["tax", place, "perUnit"] if place.isdigit():
            return unit_name(prefix, int(place))
        case ["tax", place, *_] if place.isdigit():
            return tax_name(prefix, int(place))
        case ["tax", *_]:
            return tax_name(prefix, 0)
        case ["discount" | "charge" as name, *_]:
            return f"{prefix}{name}"
    return prefix + "-".join(path)


def adjustment(text: str, reason: str, mark: str) -> dict[str, str] | None:
    """A discount or a charge as typed: "10%" is a percentage, "500" money; None without either."""
    value = text.removesuffix("%").strip()
    if not value:
        return None
    told = {"percent" if text.endswith("%") else "amount": figure(value, mark)}
    return {**told, "reason": reason} if reason else told


def without_empty(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What says something."""
    return {name: value for name, value in raw.items() if value not in (None, "", {}, [])}


def _taxes(values: Values, prefix: str, mark: str) -> Iterable[dict[str, str]]:
    for place in range(MOST_TAXES):
        code, _, percent = values.get(tax_name(prefix, place), "").partition("|")
        if code:
            per_unit = figure(values.get(unit_name(prefix, place), "").strip(), mark)
            yield without_empty({"code": code, "percentage": percent, "perUnit": per_unit})
