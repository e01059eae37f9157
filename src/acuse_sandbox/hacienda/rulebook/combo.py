"""The parts of a combo (DetalleSurtido), read as lines: the same arithmetic under other names."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from acuse_sandbox.hacienda.judging.reading import ZERO, Part

ENDING = "Surtido"
WITHIN_TAX: Mapping[str, str] = {"CodigoImpuesto": "Codigo", "MontoImpuesto": "Monto"}
PARTS = "DetalleSurtido/LineaDetalleSurtido"


def is_combo(line: Part) -> bool:
    """Whether the line is a combo of products; a part's own DetalleSurtido is its description."""
    return line.has(PARTS)


def parts(line: Part) -> tuple[Part, ...]:
    """The parts under the names that a line has: PrecioUnitario for PrecioUnitarioSurtido."""
    return tuple(_renamed(part) for part in line.parts(PARTS))


def taxes(line: Part) -> dict[str, Decimal]:
    """The parts' taxes by code."""
    found: dict[str, Decimal] = {}
    for part in parts(line):
        for tax in part.parts("Impuesto"):
            code = tax.text("Codigo")
            found[code] = found.get(code, ZERO) + tax.amount("Monto")
    return found


def _renamed(part: Part, within: str = "") -> Part:
    inner: dict[str, tuple[Part, ...]] = {}
    for told, children in part.inner.items():
        name = told.removesuffix(ENDING)
        if within == "Impuesto":
            name = WITHIN_TAX.get(name, name)
        inner[name] = tuple(_renamed(child, name) for child in children)
    return Part(part.value, part.number, inner)
