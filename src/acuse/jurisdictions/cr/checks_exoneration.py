"""What is wrong with the paper that frees a customer of tax. Source: costa-rica.md 3.4, 9.2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.jurisdictions.cr import content, content_line, forms, ids, lists
from acuse.jurisdictions.cr.content import Authorisation
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.kinds import FORMS

LARGEST_ARTICLE = 999_999


def authorisation_problems(document: Document, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document's authorisation."""
    told = content.authorisation(document)
    exonerated = any(content_line.exonerated_points(line) for line in document.lines)
    if exonerated and not FORMS[document.kind].exonerations:
        text = "Este documento no lleva exoneraciones. Quita los puntos de sus líneas."
        yield problem("extra.exoneration_number", "CR-EXO-2", text)
    if told is None and exonerated:
        text = "Hay puntos exonerados y falta la autorización. Escribe su tipo, número,"
        yield problem("extra.exoneration_number", "CR-EXO-2", f"{text} institución y fecha.")
    if told is None:
        return
    if not exonerated:
        text = "Hay una autorización y ninguna línea exonerada. Escribe los puntos en la línea."
        yield problem("extra.exoneration_number", "CR-EXO-2", text)
    yield from _paper(told, at)


def _paper(told: Authorisation, at: datetime) -> Iterator[Problem]:
    of = "extra.exoneration_"
    yield from forms.listed(
        f"{of}kind", "CR-EXO-2", "El tipo de autorización", told.kind, lists.EXONERATIONS
    )
    yield from forms.texted(
        f"{of}kind_text", "El texto de la autorización", told.kind, told.kind_text, 5, 100
    )
    yield from forms.listed(
        f"{of}institution", "CR-EXO-2", "La institución", told.institution, lists.INSTITUTIONS
    )
    yield from forms.texted(
        f"{of}institution_text",
        "El nombre de la institución",
        told.institution,
        told.institution_text,
        5,
        160,
    )
    yield from forms.sized(f"{of}number", "El número de la autorización", told.number, 3, 40)
    if told.given is None or told.given > ids.day(at):
        text = "La fecha de la autorización falta o es posterior a la emisión. Corrígela."
        yield problem(f"{of}date", "CR-EXO-3", text)
    for name, value in (("article", told.article), ("clause", told.clause)):
        if value is not None and not 0 < value <= LARGEST_ARTICLE:
            text = f"El artículo o inciso {value} tiene más de seis cifras. Corrígelo."
            yield problem(f"{of}{name}", "CR-XSD", text)


def points_problems(field: str, line: Line) -> Iterator[Problem]:
    """What is wrong with the points of a line's tariff that are exonerated."""
    field = f"{field}.extra.exonerated_points"
    points = content_line.exonerated_points(line)
    if not points:
        return
    rate = content_line.rate(content_line.tariff(line))
    tax = content_line.value_added(line)
    if tax is not None and content_line.code_of(tax) == lists.USED_GOODS:
        yield problem(field, "CR-EXO-1", "El IVA de bienes usados no se exonera así. Bórralo.")
    elif not points.is_finite() or not ZERO < points <= rate:
        text = f"Se exoneran {points} puntos y la tarifa de la línea es {rate}."
        yield problem(field, "CR-EXO-1", f"{text} Escribe puntos de la tarifa.")
    else:
        yield from forms.figure(field, "Los puntos exonerados", points, 2, largest=Decimal("99.99"))
