"""What is wrong with the goods of a despatch advice. Source: peru.md 12; SUNAT's codes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from acuse.domain.document import Document, Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content
from acuse.jurisdictions.pe.checks_related import DECLARATION, declarations
from acuse.jurisdictions.pe.content_despatch import Trip
from acuse.jurisdictions.pe.rules_despatch import DEPOSITS, Reason
from acuse.jurisdictions.pe.wording import figure_problems, problem, text_problems

MOST_LINES = 999  # a line's number has three digits (2023)
TARIFF = re.compile(r"[0-9]{10}")
PRODUCT = re.compile(r"[0-9]{8}")
NORMALISED = frozenset({"50161509", "12352104", "50221101"})  # catalogue 62A


@cache
def customs_units() -> frozenset[str]:
    """The units of goods that hang from a DAM or DS (catalogue 65)."""
    return frozenset(row["code"] for row in _rows("units_customs.csv"))


@cache
def normalised_tariffs() -> frozenset[str]:
    """The tariff items of goods that SUNAT regulates (catalogue 62)."""
    return frozenset(row["tariff"] for row in _rows("normalised.csv"))


def goods_problems(document: Document, told: Trip, reason: Reason | None) -> Iterator[Problem]:
    """What is wrong with each line, and with the lines beside the related documents."""
    partial = reason is not None and reason.customs and "whole_customs" not in told.indicators
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídela."
        yield problem("items", "PE-2023", text)
        return
    for index, line in enumerate(document.lines):
        field = f"items.{index}"
        yield from _line(field, line, customs=partial)
        yield from _regulated(field, line, told, document.kind)
        if partial:
            yield from _declared(field, line, told)
        elif line.extra.get("customs_number") or line.extra.get("customs_series"):
            text = "El número y la serie de la DAM van solo en un traslado parcial. Quítalos."
            yield problem(f"{field}.extra.customs_number", "PE-OWN-20", text)
    deposited = DEPOSITS & {one.code for one in told.related}
    if deposited and not any(line.extra.get("tariff") for line in document.lines):
        text = "Con una constancia de depósito algún ítem lleva partida arancelaria. Complétala."
        yield problem("items.0.extra.tariff", "PE-3352", text)


def _line(field: str, line: Line, *, customs: bool) -> Iterator[Problem]:
    yield from text_problems(
        f"{field}.name",
        "PE-4084" if line.description.strip() else "PE-2781",
        "La descripción",
        line.description,
        least=1,
        most=500,
        lines=True,
    )
    yield from text_problems(f"{field}.code", "PE-4085", "El código", line.code, least=0, most=30)
    bad = list(figure_problems(f"{field}.quantity", "PE-2780", "La cantidad", line.quantity))
    yield from bad
    if not bad and line.quantity <= ZERO:
        text = f"La cantidad es {line.quantity:f}: debe ser mayor que cero."
        yield problem(f"{field}.quantity", "PE-2580", text)
    known = customs_units() if customs else codes.units()
    if content.unit(line) not in known:
        where = "de una DAM (catálogo 65)" if customs else "de SUNAT: NIU, KGM…"
        text = f"La unidad «{one_line_of(content.unit(line))}» no existe. Usa un código {where}"
        yield problem(f"{field}.unit", "PE-3446" if customs else "PE-4320", text)
    if line.price:
        text = f"Una guía no lleva precios y aquí dice {line.price:f}. Quítalo."
        yield problem(f"{field}.price", "PE-OWN-20", text)


def _regulated(field: str, line: Line, told: Trip, kind: DocumentKind) -> Iterator[Problem]:
    """Goods that SUNAT regulates tell what they are, and hang from a deposit."""
    product, tariff = str(line.extra.get("product_code", "")), str(line.extra.get("tariff", ""))
    if product and not PRODUCT.fullmatch(product):
        text = f"El código de producto «{one_line_of(product)}» no tiene 8 dígitos. Corrígelo."
        yield problem(f"{field}.extra.product_code", "PE-3002", text)
    if tariff and not TARIFF.fullmatch(tariff):
        text = f"La partida «{one_line_of(tariff)}» no tiene 10 dígitos. Corrígela."
        yield problem(f"{field}.extra.tariff", "PE-3377", text)
    if not line.extra.get("normalised"):
        return
    if product not in NORMALISED:
        code = "PE-3425" if product else "PE-3372"
        text = "Un bien normalizado lleva uno de los códigos de producto que SUNAT regula."
        yield problem(f"{field}.extra.product_code", code, f"{text} Complétalo.")
    if tariff not in normalised_tariffs():
        code = "PE-3429" if tariff else "PE-3426"
        text = "Un bien normalizado lleva la partida arancelaria de los que SUNAT regula."
        yield problem(f"{field}.extra.tariff", code, f"{text} Complétala.")
    deposits = DEPOSITS if kind is DocumentKind.DESPATCH else DEPOSITS - {"49"}
    if not deposits & {one.code for one in told.related}:
        text = "Un bien normalizado pide la constancia de depósito entre los documentos: tipo"
        yield problem("extra.related", "PE-3379", f"{text} {' o '.join(sorted(deposits))}.")


def _declared(field: str, line: Line, told: Trip) -> Iterator[Problem]:
    """In a part of a declaration, each line says of which and under what series."""
    number, series = line.extra.get("customs_number", ""), line.extra.get("customs_series")
    if not number:
        text = "En un traslado parcial falta el número de la DAM o DS. Escríbelo."
        yield problem(f"{field}.extra.customs_number", "PE-3427", text)
    elif not DECLARATION.fullmatch(number):
        text = f"El número de DAM «{one_line_of(number)}» va así: 118-2026-10-123456. Corrígelo."
        yield problem(f"{field}.extra.customs_number", "PE-2769", text)
    elif number not in declarations(told):
        text = f"La DAM {one_line_of(number)} no está entre los documentos relacionados. Agrégala."
        yield problem(f"{field}.extra.customs_number", "PE-3430", text)
    if series is None:
        text = "En un traslado parcial falta la serie dentro de la DAM o DS. Escríbela."
        yield problem(f"{field}.extra.customs_series", "PE-3428", text)
    elif not 0 < series < 10_000:
        text = f"La serie ({series}) va de 1 a 9999. Corrígela."
        yield problem(f"{field}.extra.customs_series", "PE-3431", text)


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("codes", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
