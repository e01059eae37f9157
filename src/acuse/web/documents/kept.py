"""What a line says and its form has no field for: several discounts, what a bundle holds.

It travels with the form as JSON, and is read as strictly as all else that is posted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from acuse.domain.json_text import parse_json

LONGEST = 100_000
PARTS = ("discount", "charge", "components")


def write(item: Mapping[str, Any]) -> str:
    """The parts of an item of the document format that are lists, as JSON; "" for none."""
    lists = {name: item[name] for name in PARTS if isinstance(item.get(name), list)}
    return json.dumps(lists, ensure_ascii=False) if lists else ""


def read(text: str) -> dict[str, Any]:
    """The same parts read back; {} for what is no such JSON."""
    raw = parse_json(text) if 0 < len(text) <= LONGEST else None
    if not isinstance(raw, dict):
        return {}
    return {name: raw[name] for name in PARTS if isinstance(raw.get(name), list)}


def words(text: str) -> tuple[str, ...]:
    """What is kept, for people: one sentence for each part."""
    told = []
    for name, parts in read(text).items():
        shown = [one for one in parts if isinstance(one, Mapping)]
        if name == "components":
            names = ", ".join(f"{one.get('quantity', '')} {one.get('name', '')}" for one in shown)
            told.append(f"Surtido de {len(shown)} productos: {names}.")
        else:
            noun = "descuentos" if name == "discount" else "cargos"
            amounts = ", ".join(map(_adjusted, shown))
            told.append(f"{len(shown)} {noun}: {amounts}. Si escribes uno, los reemplaza.")
    return tuple(told)


def _adjusted(one: Mapping[str, Any]) -> str:
    amount = f"{one['percent']} %" if "percent" in one else str(one.get("amount", ""))
    return f"{amount} ({one['reason']})" if one.get("reason") else amount
