"""What is wrong with a liquidación de compra, before it gets a number.

Source: peru.md 13; SUNAT's sheet of it. What needs its registers (2450, 2460 … the seller alive,
of age, without RUC; 2451 the yearly limit) only SUNAT can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from acuse.domain.document import Document
from acuse.domain.money import ZERO
from acuse.domain.party import Address, Company, Customer
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content
from acuse.jurisdictions.pe.checks_document import (
    CLIENT,
    address_problems,
    amount_problems,
    future_problems,
    identity_problems,
    place_problems,
    series_problems,
    unwritten,
    unwritten_of_lines,
)
from acuse.jurisdictions.pe.checks_purchase_line import line_problems
from acuse.jurisdictions.pe.content_purchase import (
    SELLERS,
    operation,
    purchase_place,
    seller_place,
)
from acuse.jurisdictions.pe.totals_purchase import Sums, sums
from acuse.jurisdictions.pe.wording import LARGEST, problem, text_problems

MOST_LINES = 999  # a line's number has three digits (2137)
OPERATIONS = ("0501", "0502", "0503")
PLACES = ("01", "02", "03", "04", "05")  # catalogue 60
ADVANCE = re.compile(r"(L[A-Z0-9]{3}|E001|[0-9]{1,4})-[0-9]{1,8}")
NAMES = (
    ("city", "PE-4342", "La provincia"),
    ("region", "PE-4343", "El departamento"),
    ("district", "PE-4344", "El distrito"),
)


def findings(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document, or only remarked; one without a date is of today."""
    today = at.astimezone(content.LIMA).date()
    yield from series_problems(document, "L", "liquidaciones de compra")
    yield from future_problems(document.date, today, "PE-2329")
    yield from unwritten(document, but=frozenset({"prepayments"}))
    yield from unwritten_of_lines(document, taxes=True)
    yield from _header(document, today)
    yield from _seller(document.counterparty)
    yield from _places(document)
    wrong = list(_lines(document))
    yield from wrong
    if not wrong:
        counted = sums(document)
        yield from _advances(document, counted)
        yield from _sums(counted)


def _header(document: Document, today: date) -> Iterator[Problem]:
    day = document.date
    if day is not None and day < today - timedelta(days=1):
        text = f"La fecha {day:%d/%m/%Y} pasó: se envía el día de emisión o el siguiente."
        yield problem("date", "PE-2108", f"{text} Usa la de hoy.")
    if operation(document) not in OPERATIONS:
        told, known = one_line_of(operation(document)), ", ".join(OPERATIONS)
        text = f"El tipo de operación «{told}» no es de liquidación. Usa uno de: {known}."
        yield problem("extra.purchase_type", "PE-3206", text)
    if document.currency not in codes.CURRENCIES:
        text = f"La moneda «{one_line_of(document.currency)}» no se usa aquí. Usa PEN o USD."
        yield problem("currency.code", "PE-3088", text)


def _seller(seller: Customer) -> Iterator[Problem]:
    yield from identity_problems(
        CLIENT,
        "El vendedor",
        seller.tax_id,
        kinds=SELLERS,
        code="PE-2800",
        form="PE-2801" if seller.tax_id.kind == "DNI" else "PE-2802",
    )
    yield from text_problems(
        "client.name", "PE-2022", "El nombre del vendedor", seller.name, least=1, most=1500
    )
    if seller.address is None or not seller.address.line:
        text = "Falta el domicilio del vendedor, con lo que ayude a ubicarlo. Complétalo."
        yield problem("client.address", "PE-2452", text)
    else:
        yield from _domicile(seller.address)


def _domicile(at: Address) -> Iterator[Problem]:
    field = "client.address"
    yield from text_problems(
        f"{field}.address", "PE-2593", "El domicilio del vendedor", at.line, least=3, most=250
    )
    if not at.place:
        yield from place_problems(f"{field}.place", "", code="PE-4339", missing="PE-2453")
    yield from address_problems(field, at, place="PE-4339", most=250, names=NAMES)
    if at.country not in ("", "PE"):
        text = f"El domicilio del vendedor está en «{one_line_of(at.country)}» y debe ser peruano."
        yield problem(f"{field}.country", "PE-4041", text)


def _places(document: Document) -> Iterator[Problem]:
    kind, place, line = purchase_place(document)
    for field, code, told in (
        ("seller_place", "PE-2457", seller_place(document)),
        ("purchase_place", "PE-2459", kind),
    ):
        if told not in PLACES:
            known = ", ".join(PLACES)
            text = f"«{one_line_of(told)}» no dice qué lugar es. Usa uno de: {known}."
            yield problem(f"extra.{field}", code, text)
    if not line.strip():
        text = "Falta la dirección del lugar de la compra. Complétala."
        yield problem("extra.purchase_address", "PE-2454", text)
    else:
        what = "El lugar de la compra"
        yield from text_problems("extra.purchase_address", "PE-2778", what, line, least=3, most=250)
    yield from place_problems("extra.purchase_ubigeo", place, code="PE-2917", missing="PE-2455")


def _lines(document: Document) -> Iterator[Problem]:
    if len(document.lines) > MOST_LINES:
        text = f"Tiene {len(document.lines)} líneas y el máximo es {MOST_LINES}. Divídela."
        yield problem("items", "PE-2137", text)
        return
    for index, line in enumerate(document.lines):
        yield from line_problems(f"items.{index}", line, operation(document))


def _advances(document: Document, counted: Sums) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, one in enumerate(document.prepayments):
        field = f"prepayments.{index}"
        yield from amount_problems(f"{field}.amount", "PE-2503", "El anticipo", one.amount)
        if not ADVANCE.fullmatch(one.reference):
            text = f"«{one_line_of(one.reference)}» no es el número de una liquidación: L001-15."
            yield problem(f"{field}.reference", "PE-2521", text)
        if one.reference in seen:
            text = f"El anticipo {one_line_of(one.reference)} ya está arriba. Quita uno."
            yield problem(f"{field}.reference", "PE-2365", text)
        seen.add(one.reference)
    ways = {(line.affectation, line.income_rate) for line in counted.lines}
    if document.prepayments and len(ways) > 1:
        text = "Con anticipos todas las líneas van con la misma afectación y retención de renta:"
        yield problem("prepayments", "PE-OWN-25", f"{text} si no, no se sabe qué se anticipó.")


def _sums(counted: Sums) -> Iterator[Problem]:
    if sum((one.base for one in counted.advances), ZERO) > counted.value:
        text = f"Lo anticipado ({counted.prepaid}) pasa de lo comprado. Corrígelo."
        yield problem("prepayments", "PE-2509", text)
    if counted.payable >= LARGEST:
        text = f"El total ({counted.payable}) tiene más de 12 cifras enteras."
        yield problem("items", "PE-2062", text + " Revisa cantidades y precios.")
