"""What only some kinds or operations ask for. Source: colombia.md 1, 2, 3 (AIU, mandates), 10."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.co import checks_forms as forms
from acuse.jurisdictions.co import codes, content, ids
from acuse.jurisdictions.co.checks_forms import problem
from acuse.jurisdictions.co.content import AIU, MANDATE
from acuse.jurisdictions.co.lines import AIU_NOTE
from acuse.jurisdictions.co.totals import in_pesos, sums
from acuse.jurisdictions.co.traits import TRAITS

_K = DocumentKind
OPERATIONS = {
    "10": "estándar",
    AIU: "AIU",
    MANDATE: "mandatos",
    "12": "transporte",
    **dict.fromkeys(codes.HEALTH, "salud"),
}
LONGEST_NOTE, LONGEST_NUMBER = 5000, 20
MOST_UVT = 5  # of a till's document, before tax
UVT = {2026: Decimal(52_374)}  # pesos, set for each year
CASH = (  # of a POS document (rule DEPD11): key, words
    ("cash_register", "la placa de la caja"),
    ("cash_place", "la ubicación de la caja"),
    ("cash_kind", "el tipo de caja"),
    ("cashier", "el cajero"),
    ("sale_code", "el código de la venta"),
)


def kind_problems(document: Document, today: date) -> Iterator[Problem]:
    """What is wrong with the operation and with what the kind asks for."""
    yield from _operation(document)
    yield from _mandate(document)
    traits = TRAITS.kind(document.kind)
    if document.contingency and not (traits and traits.contingency):
        text = "La contingencia de la DIAN es para facturas y documentos POS: las notas y los demás"
        yield problem("kind", "OWN-9", f"{text} documentos esperan a que vuelva el servicio.")
    if document.kind is _K.PAPER_INVOICE:
        yield from _paper(document, today)
    if document.kind is _K.RECEIPT:
        yield from _cash(document)
    incoterm = str(document.extra.get("incoterm") or "")
    if incoterm and incoterm not in codes.incoterms():
        text = f"El INCOTERM «{one_line_of(incoterm, 10)}» no existe. Usa FOB, CIF, EXW…"
        yield problem("extra.incoterm", "FBC04", text)
    place = str(document.extra.get("delivery_address") or "")
    if place:
        field, what = "extra.delivery_address", "La dirección de entrega"
        yield from forms.sized(field, "FAM14", what, place, 1, 300)


def warnings(document: Document, at: datetime) -> tuple[Problem, ...]:
    """What the issuer should know of the document before issuing it; the DIAN takes it."""
    return (*till_warnings(document, at), *health_warnings(document))


def health_warnings(document: Document) -> tuple[Problem, ...]:
    """That of the health sector no more is written than the type of operation.

    Source: colombia.md 2, which names the types and not the sector's extension.
    """
    told = content.operation(document)
    if told not in codes.HEALTH:
        return ()
    text = f"La operación {told} es del sector salud: Acuse escribe el tipo de operación y no los"
    text += " datos propios del sector. Pregunta a tu pagador si le bastan."
    return (problem("extra.operation", "OWN-25", text),)


def till_warnings(document: Document, at: datetime) -> tuple[Problem, ...]:
    """What the statute has against a till's document so large; the DIAN takes it all the same.

    Source: colombia.md 1 (E.T. 616-1 against the DIAN's notice 009 of 2024). Of a year whose UVT
    is not known nothing is told.
    """
    uvt = UVT.get(at.astimezone(ids.BOGOTA).year)
    if document.kind is not _K.RECEIPT or uvt is None:
        return ()
    most, before_tax = uvt * MOST_UVT, sums(in_pesos(document)).line_extension
    if before_tax <= most:
        return ()
    text = f"La venta suma {before_tax} pesos antes de impuestos y el Estatuto Tributario pide"
    text += f" factura desde {MOST_UVT} UVT ({most}). La DIAN recibe el documento POS igual."
    return (problem("kind", "OWN-24", f"{text} Si el comprador la pide, haz una factura."),)


def _operation(document: Document) -> Iterator[Problem]:
    field, told = "extra.operation", str(document.extra.get("operation") or "")
    written = content.operation(document)
    if document.kind is _K.INVOICE:
        if written not in OPERATIONS:
            known = ", ".join(f"{code} ({words})" for code, words in OPERATIONS.items())
            text = f"El tipo de operación «{one_line_of(told, 12)}» no se emite. Usa {known}."
            yield problem(field, "FAD02", text)
    elif told not in ("", written) or written not in ("10", "11", "20", "22", "30", "32"):
        text = f"El tipo de operación de este documento es {_usual(document)}, no"
        rule = "FAD02a" if document.references or document.period else "FAD02"
        yield problem(field, rule, f"{text} «{one_line_of(told, 12)}». Déjalo vacío.")
    if written == AIU and document.kind is _K.INVOICE:
        most = LONGEST_NOTE - len(AIU_NOTE)
        subject = str(document.extra.get("aiu_subject") or "")
        what = "El objeto del contrato AIU"
        yield from forms.sized("extra.aiu_subject", "FAV03", what, subject, 1, most)
        if not any(line.taxes for line in document.lines):
            text = "Un AIU tiene una línea gravada, la de administración, que nombra el contrato."
            yield problem("items", "FAV03", f"{text} Ponle el IVA a esa línea.")


def _usual(document: Document) -> str:
    written = content.operation(document)
    told = str(document.extra.get("operation") or "")
    return "10" if written == told else written


def _mandate(document: Document) -> Iterator[Problem]:
    mandate = document.kind is _K.INVOICE and content.operation(document) == MANDATE
    named = [
        (f"items.{index}.extra.principal_nit", str(line.extra.get("principal_nit") or ""))
        for index, line in enumerate(document.lines)
    ]
    for field, number in named:
        if number and mandate:
            yield from forms.nit(field, "FBA04", "FBA07", number)
        elif number:
            text = f"El NIT del mandante {one_line_of(number, 20)} solo va en mandatos."
            yield problem(field, "FAD02", f"{text} Usa el tipo de operación 11 o quítalo.")
    if mandate and not any(number for _, number in named):
        text = "Una factura de mandato dice por cuenta de quién se vende. Escribe el NIT del"
        yield problem("items.0.extra.principal_nit", "FBA01", f"{text} mandante en sus líneas.")


def _paper(document: Document, today: date) -> Iterator[Problem]:
    number, day = str(document.extra.get("paper_number") or ""), document.extra.get("paper_date")
    what = "El número de la factura en papel"
    yield from forms.sized("extra.paper_number", "FAI02", what, number, 1, LONGEST_NUMBER)
    if not isinstance(day, date):
        text = "Falta la fecha de la factura en papel. Escríbela."
        yield problem("extra.paper_date", "FAI03", text)
    elif day > today:
        text = f"La factura en papel es del {day:%d/%m/%Y}, después de hoy. Corrígela."
        yield problem("extra.paper_date", "FAI03", text)


def _cash(document: Document) -> Iterator[Problem]:
    for name, words in CASH:
        told = str(document.extra.get(name) or "").strip()
        if not told:
            text = f"Falta {words}: el documento POS lo pide. Escríbelo."
            yield problem(f"extra.{name}", "DEPD11", text)
        yield from forms.written(f"extra.{name}", "DEPD11", words.capitalize(), told)
    points = document.extra.get("buyer_points") or 0
    if points < 0:
        text = f"Los puntos del comprador son {points}: no pueden ser negativos. Corrígelos."
        yield problem("extra.buyer_points", forms.NOT_NEGATIVE, text)
