"""What is wrong with a company's series. Source: peru.md 2."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import ids
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.wording import problem


def range_problems(company: Company) -> Iterator[Problem]:
    """What is wrong with the series that are in use; each names its place among them."""
    for index, one in enumerate(company.ranges):
        if one.active:
            yield from _range(f"company.numberTemplates.{index}", one)


def _range(field: str, one: NumberingRange) -> Iterator[Problem]:
    kind, letters = TRAITS.kind(one.kind), ids.SERIES.get(one.kind)
    if kind is None or letters is None:
        return
    if not ids.is_series(one.kind, one.series):
        begin = " o ".join(letters)
        text = f"La serie «{one_line_of(one.series, 20)}» no sirve para {kind.plural.lower()}:"
        text += f" es {begin} y tres letras mayúsculas o cifras. Corrígela en Numeraciones."
        yield problem(f"{field}.prefix", "PE-1001", text)
    if not 0 < one.first <= one.last <= ids.LARGEST_NUMBER:
        text = f"Los números de la serie {one_line_of(one.series, 20)} van de 1 a 99999999."
        yield problem(f"{field}.last", "PE-1001", f"{text} Corrígelos en Numeraciones.")
