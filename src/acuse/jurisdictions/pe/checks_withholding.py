"""What is wrong with a retention or a perception, before it gets a number.

Source: peru.md 13; SUNAT's sheets of both. What needs its registers (2617, 2621, 4091 …) only
SUNAT can say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.jurisdictions.pe import content, identities
from acuse.jurisdictions.pe.checks_document import (
    CLIENT,
    address_problems,
    amount_problems,
    future_problems,
    identity_problems,
    series_problems,
    unwritten,
    unwritten_of_lines,
)
from acuse.jurisdictions.pe.checks_payments import code, payment_problems
from acuse.jurisdictions.pe.content_withholding import (
    RETENTION,
    SOL,
    SYSTEMS,
    System,
    note,
    paid,
    regime,
)
from acuse.jurisdictions.pe.totals_withholding import Sums, sums
from acuse.jurisdictions.pe.wording import problem, text_problems

LONGEST_NOTE = 250

ISSUER = (
    ("line", "PE-2916", "La dirección fiscal"),
    ("city", "PE-2903", "La provincia"),
    ("region", "PE-2904", "El departamento"),
    ("district", "PE-2905", "El distrito"),
)


def findings(document: Document, company: Company, at: datetime) -> Iterator[Problem]:
    """What is wrong with the document, or only remarked; one without a date is of today."""
    system, today = SYSTEMS[document.kind], at.astimezone(content.LIMA).date()
    letter = "R" if system is RETENTION else "P"
    yield from series_problems(document, letter, f"comprobantes de {system.words}")
    yield from future_problems(document.date, today, "PE-OWN-21")
    yield from unwritten(document)
    yield from unwritten_of_lines(document)
    yield from _header(document, system)
    yield from _parties(document, company, system)
    wrong = list(payment_problems(document, system, document.date or today))
    yield from wrong
    if not wrong:
        yield from _months(document, system, document.date or today)
        yield from _sums(sums(document), system)


def _header(document: Document, system: System) -> Iterator[Problem]:
    if document.currency != SOL:
        text = f"Un comprobante de {system.words} va en soles. La moneda del documento pagado"
        yield problem("currency.code", code("currency", system), f"{text} se dice en su línea.")
    told = regime(document)
    if told not in system.regimes:
        known = ", ".join(system.regimes)
        text = f"El régimen «{told}» no existe. Usa uno de: {known}."
        yield problem(f"extra.{system.field}", code("regime", system), text)
    yield from text_problems(
        "anotation", "PE-OWN-22", "La nota", note(document), least=0, most=LONGEST_NOTE
    )
    off = document.extra.get("rounding", Decimal(0))
    if abs(off) > 1 or round(off, 2) != off:
        text = f"El redondeo ({off}) va de -1.00 a 1.00, con dos decimales. Corrígelo."
        yield problem("extra.rounding", "PE-3303", text)


def _parties(document: Document, company: Company, system: System) -> Iterator[Problem]:
    to, retains = document.counterparty, document.kind is DocumentKind.RETENTION
    who = "El proveedor" if retains else "El cliente"
    yield from identity_problems(
        CLIENT,
        who,
        to.tax_id,
        kinds=("RUC",) if retains else tuple(identities.codes()),
        code=code("identity", system),
        form=code("number", system),
    )
    if to.tax_id == company.tax_id:
        text = f"{who} es la misma empresa que emite (RUC {to.tax_id.number}). Elige otro."
        yield problem(f"{CLIENT}.number", code("self", system), text)
    yield from text_problems(
        "client.name",
        code("name", system),
        f"El nombre de {who.lower()}",
        to.name,
        least=1,
        most=1500,
    )
    names = (
        ("line", code("street", system), "La dirección"),
        ("city", code("city", system), "La provincia"),
        ("region", code("region", system), "El departamento"),
        ("district", code("district", system), "El distrito"),
    )
    for of, one, told in (
        ("client.address", to.address, names),
        ("company.address", company.address, ISSUER),
    ):
        if one is not None and one.country in ("", "PE"):
            yield from address_problems(of, one, place="PE-2917", most=100, names=told)


def _months(document: Document, system: System, day: date) -> Iterator[Problem]:
    """All payments are of one month."""
    days = [paid(line, day) for line in document.lines]
    months = {(one.on.year, one.on.month) for one in days if not one.informs}
    if len(months) > 1:
        told = ", ".join(f"{month:02d}/{year}" for year, month in sorted(months))
        text = f"Los pagos son de varios meses ({told}). Haz un comprobante por cada mes."
        yield problem("items", code("months", system), text)


def _sums(counted: Sums, system: System) -> Iterator[Problem]:
    yield from amount_problems(
        "items", code("total", system), f"El total de la {system.words}", counted.amount
    )
    yield from amount_problems("items", code("net", system), "El total pagado", counted.net)
