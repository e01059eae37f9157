"""What is wrong with one payment of a retention or a perception. Source: peru.md 13."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO, rounded
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe.checks_document import amount_problems
from acuse.jurisdictions.pe.content_withholding import RETENTION, Paid, System, paid, regime
from acuse.jurisdictions.pe.totals_withholding import withheld
from acuse.jurisdictions.pe.wording import problem

LAST_OF_SIX = date(2014, 2, 28)  # documents up to this day may still be withheld 6 %
TICKET = re.compile(r"[a-zA-Z0-9-]{1,20}(-[0-9]{1,20})")
NUMBERS = {
    "20": re.compile(r"(E001|[FR][A-Z0-9]{3}|[0-9]{4})-(?!0+$)[0-9]{1,8}"),
    "40": re.compile(r"(E001|EB01|[FPB][A-Z0-9]{3}|[0-9]{4})-(?!0+$)[0-9]{1,8}"),
}
LARGEST_RATE = Decimal(10) ** 4

# What both sheets ask under another number: topic -> (retention, perception).
CODES: Mapping[str, tuple[str, str]] = {
    "day": ("PE-2625", "PE-2612"),
    "ordinal": ("PE-2734", "PE-2698"),
    "amount": ("PE-2736", "PE-2700"),
    "withheld": ("PE-2740", "PE-2705"),
    "regime": ("PE-2618", "PE-2602"),
    "identity": ("PE-2511", "PE-2511"),
    "number": ("PE-2724", "PE-2680"),
    "self": ("PE-2620", "PE-2604"),
    "name": ("PE-2133", "PE-2133"),
    "street": ("PE-2918", "PE-2919"),
    "city": ("PE-2908", "PE-2913"),
    "region": ("PE-2909", "PE-2914"),
    "district": ("PE-2910", "PE-2915"),
    "currency": ("PE-2728", "PE-2685"),
    "months": ("PE-2661", "PE-2659"),
    "total": ("PE-2669", "PE-2669"),
    "net": ("PE-2730", "PE-2687"),
}


def payment_problems(document: Document, system: System, day: date) -> Iterator[Problem]:
    """What is wrong with the document's payments, each by itself and told twice."""
    seen: set[tuple[str, int]] = set()
    six = system is RETENTION and regime(document) == "02"
    percent = system.regimes.get(regime(document), ZERO)
    for index, line in enumerate(document.lines):
        one, of = paid(line, day), f"items.{index}"
        wrong = [*_related(of, one, system, six=six), *_quantity(of, line)]
        wrong += _informed(of, one) if one.informs else _paid(of, one, system, day)
        yield from wrong
        key = (one.number, one.ordinal)
        if key in seen and not one.informs:
            text = f"El pago {one.ordinal} de {one_line_of(one.number)} ya está arriba. Quita uno."
            yield problem(f"{of}.extra.payment_number", "PE-2626", text)
        seen.add(key)
        if not wrong and not one.informs:
            amount = withheld(one, percent, adds=system.adds).amount
            what = f"La {system.words} de este pago"
            yield from amount_problems(f"{of}.price", code("withheld", system), what, amount)


def code(topic: str, system: System) -> str:
    """The sheet's number for that topic."""
    return CODES[topic][0 if system is RETENTION else 1]


def _related(of: str, one: Paid, system: System, *, six: bool) -> Iterator[Problem]:
    if one.kind not in system.related:
        known = ", ".join(sorted(system.related))
        text = f"Un documento de tipo «{one_line_of(one.kind)}» no va aquí. Usa uno de: {known}."
        yield problem(f"{of}.extra.related_kind", "PE-2692", text)
    form = TICKET if one.kind == "12" else NUMBERS[system.code]
    if not form.fullmatch(one.number):
        text = f"El número «{one_line_of(one.number)}» no es de ese tipo de documento. Escríbelo"
        yield problem(f"{of}.name", "PE-2694", f"{text} como va impreso: F001-100.")
    if one.issued is None:
        text = "Falta la fecha de emisión del documento relacionado. Escríbela."
        yield problem(f"{of}.extra.related_date", "PE-OWN-23", text)
    elif six and one.issued > LAST_OF_SIX:
        text = f"La tasa de 6 % vale hasta el {LAST_OF_SIX:%d/%m/%Y} y el documento es posterior."
        yield problem(f"{of}.extra.related_date", "PE-2985", f"{text} Usa la de 3 %.")
    yield from amount_problems(
        f"{of}.extra.related_total", "PE-2696", "El total del documento relacionado", one.total
    )


def _quantity(of: str, line: Line) -> Iterator[Problem]:
    if line.quantity != 1:
        text = f"Un pago se cuenta una vez, no {line.quantity:f}. Deja la cantidad en 1."
        yield problem(f"{of}.quantity", "PE-OWN-20", text)


def _informed(of: str, one: Paid) -> Iterator[Problem]:
    if one.amount:
        text = f"Una nota de crédito se informa sin pago y aquí dice {one.amount:f}. Pon 0."
        yield problem(f"{of}.price", "PE-OWN-24", text)


def _paid(of: str, one: Paid, system: System, day: date) -> Iterator[Problem]:
    yield from amount_problems(f"{of}.price", code("amount", system), "El pago", one.amount)
    if not 0 < one.ordinal < 10**9:
        text = f"El número de pago ({one.ordinal}) tiene de 1 a 9 cifras. Corrígelo."
        yield problem(f"{of}.extra.payment_number", code("ordinal", system), text)
    if one.issued is not None:
        yield from _day(of, one, code("day", system), day)
    yield from _rate(of, one)


def _day(of: str, one: Paid, told: str, day: date) -> Iterator[Problem]:
    """The payment is of the month of issue: not before the document, not after the issue."""
    assert one.issued is not None
    same = (one.issued.year, one.issued.month) == (day.year, day.month)
    first = one.issued if same else day.replace(day=1)
    if not first <= one.on <= day:
        text = f"El pago del {one.on:%d/%m/%Y} debe estar entre el {first:%d/%m/%Y} y el"
        yield problem(f"{of}.extra.payment_date", told, f"{text} {day:%d/%m/%Y}. Corrígelo.")


def _rate(of: str, one: Paid) -> Iterator[Problem]:
    field = f"{of}.extra.exchange_rate"
    if not one.foreign:
        if one.rate is not None:
            text = "El documento está en soles: no lleva tipo de cambio. Quítalo."
            yield problem(field, "PE-OWN-20", text)
        return
    if one.rate is None:
        text = f"Falta el tipo de cambio: cuántos soles es un {one.currency}. Escríbelo."
        yield problem(field, "PE-2721", text)
    elif not ZERO < one.rate < LARGEST_RATE or rounded(one.rate, 6) != one.rate:
        text = f"El tipo de cambio ({one.rate:.10g}) va con 4 enteros y 6 decimales. Corrígelo."
        yield problem(field, "PE-2716", text)
