"""Date, series, currency, operation, order. Source: peru.md 1, 2, 3.1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content, ids, terms
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.wording import problem, text_problems


def header_problems(document: Document, company: Company, today: date) -> Iterator[Problem]:
    """What is wrong with the document's head."""
    yield from _date(document, today)
    if document.currency not in codes.CURRENCIES:
        known = ", ".join(codes.CURRENCIES)
        text = f"La moneda «{one_line_of(document.currency)}» no se usa aquí. Usa {known}."
        yield problem("currency.code", "PE-3088", text)
    if not content.is_note(document):
        yield from _operation(document)
    yield from _series(document)
    yield from text_problems(
        "purchaseOrder", "PE-4233", "La orden de compra", document.purchase_order, least=0, most=20
    )


def _date(document: Document, today: date) -> Iterator[Problem]:
    day = document.date
    if day is None:
        return
    ahead = terms.days_ahead(today)
    if day > today + timedelta(days=ahead):
        text = f"La fecha {day:%d/%m/%Y} está a más de {ahead} días. Usa la de hoy."
        yield problem("date", "PE-2329", text)
    series = document.number.series if document.number else content.family(document)
    kind = TRAITS.kind(document.kind)
    term = terms.to_send(kind.code, series, day) if kind else None
    if term is not None and day < today - timedelta(days=term.days):
        ago = f"La fecha {day:%d/%m/%Y} es de hace más de {term.days} días"
        yield problem("date", f"PE-{term.refusal}", f"{ago}: SUNAT ya no la recibe. Usa la de hoy.")


def _operation(document: Document) -> Iterator[Problem]:
    code = content.operation_type(document)
    kind = "boleta" if document.kind is DocumentKind.RECEIPT else "factura"
    if code not in codes.operations(kind):
        text = f"El tipo de operación «{one_line_of(code)}» no existe para una {kind}."
        yield problem("extra.operation_type", "PE-3206", f"{text} Usa 0101 (venta interna) u otro.")


def _series(document: Document) -> Iterator[Problem]:
    if document.number is None or ids.is_series(document.kind, document.number.series):
        return
    letters = " o ".join(ids.SERIES[document.kind])
    series = one_line_of(document.number.series)
    text = f"La serie «{series}» no sirve aquí: es {letters} y tres letras mayúsculas o cifras."
    yield problem("numberTemplate", "PE-1001", text)
