"""Payments on a document's screen: what was paid, what is left, and a form for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from acuse import jurisdictions
from acuse.domain.document import Document
from acuse.domain.intake_payment import USUAL, read_payment
from acuse.domain.party import Company
from acuse.domain.payment import Paid
from acuse.domain.problem import Problem
from acuse.domain.traits import Traits
from acuse.flow import outside, settlement
from acuse.store import journeys
from acuse.store.documents import Issued
from acuse.store.journeys import Journey
from acuse.web.documents.fields import METHODS, OTHER_METHODS
from acuse.web.documents.posted_line import without_empty
from acuse.web.inputs import Filled, Input
from acuse.web.states import fiscal
from acuse.web.typed import figure, shown

MEANS = (*sorted(METHODS, key=lambda one: one[0] != USUAL), *OTHER_METHODS.items())
PREFIX = "payment-"
NAMES = {
    "amount": "amount",
    "date": "day",
    "paymentMethod": "method",
    "exchangeRate": "rate",
    "note": "note",
}
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Posted:
    """The form as it came back, and why nothing was registered."""

    values: Values
    problems: tuple[Problem, ...]


def choices(company: Company, issued: Issued, posted: Posted | None = None) -> dict[str, Any]:
    """What the detail shows of it; nothing where no receipts are made of its payments."""
    jurisdiction = jurisdictions.find(company.jurisdiction)
    found = settlement.of(issued, jurisdiction)
    if found is None or jurisdiction.cashier is None:
        return {"pays": paid_by(company, issued.document)}
    traits, day = jurisdiction.traits, jurisdiction.traits.day(outside.now())
    made = journeys.some(company.id, tuple(one.id for one in found.receipts))
    foreign = issued.document.currency != traits.currency
    left = shown(settlement.shown(found.left, jurisdiction.cashier), traits.words.decimal_mark)
    errors = {field_of(one): one.text for one in posted.problems[::-1]} if posted else {}
    return {
        "settlement": found,
        "is_late": found.is_late(day),
        "receipts": tuple((one, fiscal(one, traits)) for one in made),
        "payment": _inputs(posted, errors, left, day, foreign=foreign) if found.left else (),
        "payment_problem": _elsewhere(posted, found.left > 0),
        "payment_failed": posted is not None,
    }


def paid_by(company: Company, document: Document) -> Journey | None:
    """The document that a receipt pays, where it is one of ours."""
    found = settlement.paid_by(company.id, document)
    return journeys.load(company.id, found[0]) if found else None


def read(values: Values, traits: Traits, today: date) -> Paid | tuple[Problem, ...]:
    """The payment that the form tells, or what is wrong with it."""

    def of(name: str) -> str:
        return values.get(f"{PREFIX}{name}", "").strip()

    mark = traits.words.decimal_mark
    raw = without_empty(
        {
            "amount": figure(of("amount"), mark),
            "date": of("day"),
            "paymentMethod": of("method"),
            "exchangeRate": figure(of("rate"), mark),
            "note": of("note"),
        }
    )
    return read_payment(raw, today=today)


def field_of(problem: Problem) -> str:
    """The form's field that a problem is about, "" where none is."""
    name = NAMES.get(problem.field)
    return f"{PREFIX}{name}" if name else ""


def _elsewhere(posted: Posted | None, drawn: bool) -> str:
    """What is wrong that no field of the form shows, which is drawn while something is left."""
    problems = posted.problems if posted else ()
    return next((one.text for one in problems if not (drawn and field_of(one))), "")


def _inputs(
    posted: Posted | None, errors: Values, left: str, day: date, *, foreign: bool
) -> tuple[Input, ...]:
    form = Filled(posted.values if posted else {}, errors)
    rate = form.input(f"{PREFIX}rate", "Tipo de cambio del día del pago", required=True)
    return (
        form.input(f"{PREFIX}amount", "Monto pagado", left, required=True),
        form.input(f"{PREFIX}method", "Medio de pago", USUAL, choices=MEANS),
        form.input(f"{PREFIX}day", "Fecha del pago", day.isoformat(), type="date"),
        *((rate,) if foreign else ()),
        form.input(f"{PREFIX}note", "Nota", help="Sale en el recibo: número de depósito, cheque…"),
    )
