"""CABYS, the catalogue of goods and services: its form, its file, what it says of a document.

Source: costa-rica.md 3.3 (thirteen digits; the first tells goods from services) and 9.2, rules
CR-LIN-2 and CR-LIN-3. What Hacienda answers to a tariff that is not the catalogue's is UNCONFIRMED:
here both are warnings.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources

from acuse.domain.catalogue import Catalogue, Columns, Entry, Known, Nature
from acuse.domain.document import Document, Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import content_line
from acuse.jurisdictions.cr.codes import TARIFFS
from acuse.jurisdictions.cr.forms import problem

DIGITS = 13
# Tariffs that say why a line bears nothing: exports and what the law frees, whatever the catalogue.
REASONED = frozenset({"01", "05", "11"})
NATURES = {"goods": Nature.GOODS, "service": Nature.SERVICE}


def warnings(document: Document, known: Known) -> tuple[Problem, ...]:
    """What the catalogue says of the document's lines: none of it stops the document.

    Nothing is said of the rate of an export, which bears none whatever it is.
    """
    rated = document.kind is not DocumentKind.EXPORT_INVOICE
    return tuple(
        found
        for ordinal, line in enumerate(document.lines)
        for found in _of_line(f"items.{ordinal}", line, known, rated=rated)
    )


def _of_line(field: str, line: Line, known: Known, *, rated: bool) -> Iterator[Problem]:
    for ordinal, part in enumerate(line.components):
        yield from _of_line(f"{field}.components.{ordinal}", part, known, rated=rated)
    code = content_line.cabys(line)
    entry = known.entries.get(code)
    if entry is None:
        if known.official and len(code) == DIGITS:
            yield _unknown(field, code)
        return
    tariff = content_line.tariff(line)
    if not rated or entry.rate is None or tariff not in TARIFFS or tariff in REASONED:
        return
    if content_line.is_free_by_factory(line):
        return
    if TARIFFS[tariff] != entry.rate:
        yield _other_rate(field, entry, TARIFFS[tariff])


def _unknown(field: str, code: str) -> Problem:
    text = f"El CABYS {one_line_of(code, 20)} no está en el catálogo importado."
    remedy = "Búscalo por su descripción; si es nuevo, pide que importen el archivo al día."
    return problem(f"{field}.extra.cabys", "CR-LIN-2", f"{text} {remedy}")


def _other_rate(field: str, entry: Entry, rate: Decimal) -> Problem:
    text = f"La línea lleva IVA {rate} % y el catálogo dice {entry.rate} % para {entry.code}."
    return problem(f"{field}.tax", "CR-LIN-3", f"{text} Déjalo así si tienes una razón legal.")


def _shipped() -> tuple[Entry, ...]:
    """The few codes that come with the product, one of them invented."""
    text = resources.files(__package__).joinpath("codes", "cabys.csv").read_text(encoding="utf-8")
    return tuple(
        Entry(
            row["code"],
            row["description"],
            Decimal(row["rate"]) if row["rate"] else None,
            NATURES[row["kind"]],
        )
        for row in csv.DictReader(text.splitlines())
    )


CABYS = Catalogue(
    name="cabys",
    title="CABYS",
    digits=DIGITS,
    columns=Columns(
        code=(
            "codigo cabys",
            "cabys",
            "codigo del bien o servicio",
            "codigo",
            "categoria 9",
            "code",
        ),
        description=(
            "descripcion categoria 9",
            "descripcion de la categoria 9",
            "descripcion del bien o servicio",
            "descripcion",
            "nombre",
            "description",
        ),
        rate=("impuesto", "tarifa", "iva", "impuesto iva", "tarifa iva", "rate"),
        nature=("bien o servicio", "kind"),
    ),
    rates=tuple(sorted(set(TARIFFS.values()))),
    services=content_line.SERVICES,
    shipped=_shipped(),
    nature_field="product_kind",
    rate_field="tariff",
    warnings=warnings,
)
