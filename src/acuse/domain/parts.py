"""The parts of a document that not every country writes (yet): what is not served is refused."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from acuse.domain.document import Document, Line
from acuse.domain.problem import Problem


class Part(StrEnum):
    """An optional part of a document, by its name in the document format."""

    CHARGES = "charge"
    LINE_CHARGES = "items.charge"
    SEVERAL = "several"
    PREPAYMENTS = "prepayments"
    REFERENCES = "references"
    PERIOD = "period"
    UNIT_TAXES = "perUnit"
    TAX_INCLUDED = "pricesIncludeTax"
    COMPONENTS = "components"


EVERY_PART = frozenset(Part)

_WORDS = {
    Part.CHARGES: "cargos",
    Part.LINE_CHARGES: "cargos en una línea",
    Part.SEVERAL: "varios descuentos o cargos juntos",
    Part.PREPAYMENTS: "anticipos",
    Part.REFERENCES: "documentos de referencia",
    Part.PERIOD: "un periodo",
    Part.UNIT_TAXES: "impuestos por unidad",
    Part.TAX_INCLUDED: "precios con el impuesto incluido",
    Part.COMPONENTS: "surtidos",
}


def unserved(document: Document, served: frozenset[Part], country: str) -> tuple[Problem, ...]:
    """A problem for each part that the document has and its country does not write."""
    return tuple(
        Problem(
            field,
            "XX-PRT-1",
            f"Para {country} todavía no escribimos {_WORDS[part]}: quedaría fuera del documento. "
            "Quítalo.",
        )
        for part, field in _found(document)
        if part not in served
    )


def _found(document: Document) -> Iterator[tuple[Part, str]]:
    if document.charges:
        yield Part.CHARGES, "charge"
    yield from _several("", document)
    if document.prepayments:
        yield Part.PREPAYMENTS, "prepayments"
    if document.references:
        yield Part.REFERENCES, "references"
    if document.period:
        yield Part.PERIOD, "period"
    if document.prices_with_tax:
        yield Part.TAX_INCLUDED, "pricesIncludeTax"
    for index, line in enumerate(document.lines):
        if line.charges:
            yield Part.LINE_CHARGES, f"items.{index}.charge"
        yield from _several(f"items.{index}.", line)
        if line.components:
            yield Part.COMPONENTS, f"items.{index}.components"
        for place, tax in enumerate(line.taxes):
            if tax.per_unit is not None:
                yield Part.UNIT_TAXES, f"items.{index}.tax.{place}.perUnit"


def _several(of: str, adjusted: Document | Line) -> Iterator[tuple[Part, str]]:
    if len(adjusted.discounts) > 1:
        yield Part.SEVERAL, f"{of}discount"
    if len(adjusted.charges) > 1:
        yield Part.SEVERAL, f"{of}charge"
