"""What is wrong with a range of numbers. Source: colombia.md 1, 2, 3b and 10."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange, unusable
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.co import content, ids
from acuse.jurisdictions.co.checks_forms import problem
from acuse.jurisdictions.co.traits import TRAITS

LONGEST_NUMBER = 20
LARGEST_VALUE = 999_999_999
KEYED = (DocumentKind.INVOICE, DocumentKind.EXPORT_INVOICE)  # their CUFE takes the technical key
_PREFIX = re.compile("[0-9A-Za-z]{0,4}")
_RESOLUTION = re.compile("[0-9]{11,14}")
_ALPHANUMERIC = re.compile("[0-9A-Za-z]+")


def is_authorised(kind: DocumentKind) -> bool:
    """Whether the DIAN authorises the numbers of that kind."""
    traits = TRAITS.kind(kind)
    return traits is not None and traits.authorised


def range_problems(index: int, one: NumberingRange, others: set[str]) -> Iterator[Problem]:
    """What is wrong with a range as it was entered; `others` are the authorised prefixes."""
    field, name = f"company.numberTemplates.{index}", _named(one)
    if not _PREFIX.fullmatch(one.series):
        text = f"El prefijo «{one_line_of(one.series, 20)}» no es de hasta 4 letras o cifras."
        yield problem(f"{field}.prefix", "FAB10b", f"{text} Corrígelo en Numeraciones.")
    if is_authorised(one.kind):
        yield from _authorisation(field, name, one)
    elif one.series in others:
        text = f"{name} es de notas y usa el prefijo de una numeración autorizada."
        yield problem(f"{field}.prefix", "OWN-2", f"{text} Dale un prefijo propio.")


def _authorisation(field: str, name: str, one: NumberingRange) -> Iterator[Problem]:
    told = resolution(one)
    if not _RESOLUTION.fullmatch(told):
        text = f"La resolución de {name} «{one_line_of(told, 20)}» no es de 11 a 14 cifras."
        yield problem(f"{field}.extra.resolution", "FAB05a", f"{text} Cópiala de la autorización.")
    if one.valid_from is None:
        text = f"Falta desde cuándo rige {name}. Escribe la fecha de la autorización."
        yield problem(f"{field}.validFrom", "FAB07b", text)
    if one.valid_until is None:
        text = f"Falta hasta cuándo rige {name}. Escribe la fecha de la autorización."
        yield problem(f"{field}.validUntil", "FAB08b", text)
    if not 0 < one.first <= LARGEST_VALUE:
        text = f"{name} empieza en {one.first}: va de 1 a {LARGEST_VALUE}. Corrígelo."
        yield problem(f"{field}.first", "FAB11a", text)
    if not one.first <= one.last <= LARGEST_VALUE:
        text = f"{name} termina en {one.last}: va de {one.first} a {LARGEST_VALUE}. Corrígelo."
        yield problem(f"{field}.last", "FAB12a", text)


def number_problems(document: Document, company: Company, today: date) -> Iterator[Problem]:
    """Why the document cannot get a number, or its number cannot be written."""
    chosen = chosen_range(document, company, today)
    if chosen is None:
        yield _no_range(document)
        return
    # What has its number needs no other, yet its day must still be one of the authorisation's.
    asked = replace(chosen, active=True, next=chosen.first) if _has_number(document) else chosen
    reason = unusable(asked, today)
    if reason is not None:
        yield problem("numberTemplate", _code(chosen, today), reason.text)
        return
    value = document.number.value if document.number and document.number.value else chosen.next
    shown = f"{chosen.series}{value}"
    if len(shown) > LONGEST_NUMBER or not _ALPHANUMERIC.fullmatch(shown):
        text = f"El número «{one_line_of(shown, 30)}» no es de hasta 20 letras y cifras, sin"
        yield problem("numberTemplate.prefix", "FAD05a", f"{text} guiones ni espacios. Corrígelo.")
    key = content.technical_key_name(chosen)
    if chosen.kind in KEYED and key not in company.secrets:
        told = f"{chosen.series or '(sin prefijo)'}, resolución {resolution(chosen)}"
        text = f"Falta la clave técnica de la numeración {told}: sin ella no hay"
        remedy = "CUFE. Consulta las numeraciones a la DIAN o escríbela en Numeraciones."
        yield problem(f"company.secrets.{key}", "FAD06", f"{text} {remedy}")


def chosen_range(document: Document, company: Company, today: date) -> NumberingRange | None:
    """The range that holds the document's number, or that would give it one; None for none.

    Where none is usable, the first that would do but for that.
    """
    told = document.number
    fitting = [
        one
        for one in company.ranges
        if one.kind is document.kind and (told is None or told.series in ("", one.series))
    ]
    if told is not None and told.value:
        return next((one for one in fitting if one.first <= told.value <= one.last), None)
    open_ones = (one for one in fitting if unusable(one, today) is None)
    return next(open_ones, fitting[0] if fitting else None)


def resolution(one: NumberingRange) -> str:
    """The number of the range's authorisation, "" where it has none."""
    return str(one.extra.get("resolution") or "")


def _has_number(document: Document) -> bool:
    return document.number is not None and document.number.value > 0


def _no_range(document: Document) -> Problem:
    traits = TRAITS.kind(document.kind)
    name = traits.plural.lower() if traits else ""
    if document.number and document.number.value:
        text = f"El número {ids.number_text(document.number)} no es de ninguna numeración."
        return problem("numberTemplate", "FAD05d", f"{text} Revísalas en Numeraciones.")
    wished = document.number.series if document.number else ""
    series = f" con el prefijo «{one_line_of(wished, 20)}»" if wished else ""
    text = f"No hay una numeración de {name}{series}. Agrégala en Numeraciones."
    return problem("numberTemplate", "FAB05a", text)


def _code(one: NumberingRange, today: date) -> str:
    """The rule that a document of today would break with a range that cannot be used."""
    if one.valid_from and today < one.valid_from:
        return "FAD09a"
    if one.valid_until and today > one.valid_until:
        return "FAD09b"
    return "FAD05d"


def _named(one: NumberingRange) -> str:
    return f"La numeración {one_line_of(one.series, 10) or '(sin prefijo)'}"
