"""Guías, related documents, legends, place of delivery. Source: peru.md 3.1, 3.7."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content
from acuse.jurisdictions.pe.wording import own_text_problems, problem, text_problems

GUIAS = re.compile(r"[TVG][A-Z0-9]{3}-[0-9]{1,8}|[0-9]{4}-[0-9]{1,8}|E[GB]0[1-7]-[0-9]{1,8}")
LONGEST_RELATED = 30


def around_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with what the document refers to and says besides."""
    if not document.extra:
        return
    yield from own_text_problems("extra", document.extra)
    yield from _guias(document)
    yield from _related(document)
    for code in content.listed(document.extra, "legends"):
        if code not in codes.LEGENDS:
            text = f"La leyenda «{one_line_of(code)}» no está en el catálogo 52. Corrige su código."
            yield problem("extra.legends", "PE-3027", text)
    yield from _delivery(document)


def _guias(document: Document) -> Iterator[Problem]:
    numbers = content.listed(document.extra, "despatch_documents")
    field = "extra.despatch_documents"
    for number in numbers:
        wrong = list(text_problems(field, "PE-OWN-5", "La guía", number, least=1, most=30))
        yield from wrong
        if not wrong and not GUIAS.fullmatch(number):
            text = f"La guía «{one_line_of(number)}» no tiene la forma T001-15. Corrígela."
            yield problem(field, "PE-4006", text)
    if len(set(numbers)) < len(numbers):
        yield problem(field, "PE-2364", "Una guía está dos veces. Quita una.")


def _related(document: Document) -> Iterator[Problem]:
    told = content.coded(document.extra, "related_documents")
    field = "extra.related_documents"
    for kind, number in told:
        if kind not in codes.RELATED:
            text = f"El tipo «{one_line_of(kind)}» no está en el catálogo 12. Escribe 05=123456."
            yield problem(field, "PE-4009", text)
        if not kind or not number:
            text = f"Al documento relacionado «{one_line_of(kind)}» le falta tipo o número."
            yield problem(field, "PE-OWN-9", f"{text} Escribe 05=123456.")
        elif not re.fullmatch("[!-~¡-\ud7ff]+", number):
            text = f"El documento relacionado «{one_line_of(number)}» lleva espacios. Quítalos."
            yield problem(field, "PE-OWN-9", text)
        elif len(number) > LONGEST_RELATED:
            text = f"El documento relacionado tiene {len(number)} caracteres; caben 30."
            yield problem(field, "PE-4010", text)
    if len(set(told)) < len(told):
        yield problem(field, "PE-2365", "Un documento relacionado está dos veces. Quita uno.")


def _delivery(document: Document) -> Iterator[Problem]:
    extra = document.extra
    line, place = content.own(extra, "delivery_address"), content.own(extra, "delivery_place")
    if line:
        yield from text_problems(
            "extra.delivery_address", "PE-4236", "El lugar de entrega", line, least=3, most=200
        )
    if place and place not in codes.ubigeos():
        text = f"El ubigeo «{one_line_of(place)}» no existe. Usa los seis dígitos del distrito."
        yield problem("extra.delivery_place", "PE-4231", text)
    if place:
        yield from text_problems(
            "extra.delivery_place", "PE-OWN-5", "El ubigeo", place, least=0, most=20
        )
    incoterm = content.own(extra, "incoterm")
    if incoterm and not re.fullmatch("[A-Z]{3}", incoterm):
        text = f"El incoterm «{one_line_of(incoterm)}» son tres letras mayúsculas: FOB, CIF…"
        yield problem("extra.incoterm", "PE-OWN-9", text)
