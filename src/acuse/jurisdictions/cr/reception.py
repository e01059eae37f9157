"""Why a document may not be answered so, before it is signed; and by when it should be.

Source: costa-rica.md 1 (silence accepts), 6 and 9.2 (CR-MR-1 to 3, the schema); CR-OWN-… are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from acuse.domain.money import ZERO
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.received import Notice, PastReception, ReceivedDocument, Reception
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import ids
from acuse.jurisdictions.cr.confirmation import tax_of
from acuse.jurisdictions.cr.forms import LARGEST, SIX_DIGITS
from acuse.jurisdictions.cr.rules_reception import (
    ANSWERS,
    CONDITIONS,
    LONGEST_DETAIL,
    REMIND_WORKING_DAYS,
    WORKING_DAYS,
)
from acuse.xml.build import UnwritableText
from acuse.xml.build import text as xml_text

RULE = "costa-rica.md 6"
RECEIVER = re.compile("[0-9]{9,12}")  # NumeroCedulaReceptor


def reception_problems(reception: Reception, company: Company, at: datetime) -> tuple[Problem, ...]:
    """All that stands against the answer: the document, an earlier answer, and what it lacks."""
    return (
        *_of_the_document(reception, company, at),
        *_of_the_number(reception),
        *_of_the_detail(reception),
        *_of_the_tax(reception),
    )


def notices(
    document: ReceivedDocument, before: tuple[PastReception, ...], at: datetime
) -> tuple[Notice, ...]:
    """That Hacienda's answer is missing, or by when to answer and what silence means."""
    if not document.receipt:
        text = (
            f"Falta la respuesta de Hacienda sobre {document.number}: sin ella no se sabe si vale, "
            "y no se puede contestar. Pídesela a tu proveedor y súbela en Recibidos: se une sola a "
            "este documento."
        )
        return (Notice(text, urgent=True),)
    if before:
        return ()
    today, last = ids.day(at), last_day(document.issued_on)
    if today > last:
        text = (
            f"El plazo para contestar terminó el {last:%d/%m/%Y}: sin respuesta tuya, el documento "
            "vale como aceptado por completo. Si contestas ahora, Hacienda decide si lo admite."
        )
        return (Notice(text, urgent=True),)
    text = (
        f"Contesta a más tardar el {last:%d/%m/%Y}. Si no contestas, el documento vale como "
        f"aceptado por completo. Son {WORKING_DAYS} días hábiles desde su fecha, un plazo que "
        "conviene confirmar con tu contador."
    )
    return (Notice(text, urgent=today > working_days_before(last, REMIND_WORKING_DAYS)),)


def last_day(issued_on: date) -> date:
    """The last day to answer a document of that day; holidays would only make it later."""
    day, left = issued_on, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def working_days_before(day: date, count: int) -> date:
    """The `count`-th working day before the day."""
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _of_the_document(reception: Reception, company: Company, at: datetime) -> Iterator[Problem]:
    told, answer = reception.document, ANSWERS[reception.kind]
    if not told.receiver.names(company.tax_id):
        text = (
            f"El documento está a nombre de la cédula {told.receiver.number} y no de tu empresa "
            f"({company.tax_id.number}): no puedes enviar {answer.short}."
        )
        yield _problem("document", "CR-API-6", text)
    if not RECEIVER.fullmatch(ids.compact(company.tax_id.number)):
        text = (
            f"Hacienda solo recibe respuestas de cédulas de 9 a 12 cifras, y la tuya es "
            f"{company.tax_id.number}. Pregunta a Hacienda cómo contestar."
        )
        yield _problem("document", "CR-XSD", text)
    if not told.receipt:
        text = "Falta la respuesta de Hacienda. Súbela antes de contestar."
        yield _problem("document", "CR-MR-3", text)
    if reception.before:
        done = ANSWERS[reception.before[0].kind]
        text = (
            f"Ya contestaste este documento con {done.short}, y Hacienda admite una sola "
            "respuesta. Habla con tu proveedor."
        )
        yield _problem("kind", "CR-MR-3", text)
    if ids.day(at) < told.issued_on:
        text = (
            f"El documento es del {told.issued_on:%d/%m/%Y}, después de hoy. Revisa el reloj del "
            "servidor o espera a ese día."
        )
        yield _problem("kind", "CR-DAT-1", text)


def _of_the_number(reception: Reception) -> Iterator[Problem]:
    number, code = reception.number, ANSWERS[reception.kind].code
    if not (len(number) == 20 and number.isascii() and number.isdigit() and number[8:10] == code):
        text = (
            f"El consecutivo «{one_line_of(number, 30)}» debe tener 20 cifras y el tipo {code} en "
            "las posiciones 9 y 10: se acabaron los números de esta terminal. Usa otra."
        )
        yield _problem("number", "CR-MR-1", text)


def _of_the_detail(reception: Reception) -> Iterator[Problem]:
    detail, answer = reception.note.strip(), ANSWERS[reception.kind]
    if answer.reason and not detail:
        text = f"Escribe el motivo: tu proveedor lo lee en {answer.short} y sabe qué corregir."
        yield _problem("note", "CR-OWN-70", text)
    if len(detail) > LONGEST_DETAIL:
        text = f"El detalle tiene {len(detail)} caracteres y caben {LONGEST_DETAIL}. Acórtalo."
        yield _problem("note", "CR-XSD", text)
    try:
        xml_text(detail)
    except UnwritableText:
        text = "El detalle tiene un carácter que no se puede escribir. Bórralo."
        yield _problem("note", "CR-XSD", text)


def _of_the_tax(reception: Reception) -> Iterator[Problem]:
    extra = reception.extra
    activity = str(extra.get("activity", ""))
    if activity and not SIX_DIGITS.fullmatch(activity):
        text = f"La actividad económica «{one_line_of(activity, 20)}» no es de seis cifras."
        yield _problem("extra.activity", "CR-XSD", f"{text} Búscala en tu registro de Hacienda.")
    condition = str(extra.get("tax_condition", ""))
    if condition and condition not in CONDITIONS:
        listed = ", ".join(f"{code} {words.lower()}" for code, words in CONDITIONS.items())
        yield _problem("extra.tax_condition", "CR-XSD", f"Elige la condición del IVA: {listed}.")
    if not ANSWERS[reception.kind].taxed and any(extra.values()):
        text = "Un rechazo no lleva actividad, condición del IVA ni montos. Quítalos."
        yield _problem("extra.tax_condition", "CR-OWN-71", text)
        return
    told = reception.document
    tax = tax_of(told)
    yield from _limited(extra.get("tax_credit"), "tax_credit", "El IVA por acreditar", tax)
    yield from _limited(extra.get("expense"), "expense", "El gasto aplicable", told.total)


def _limited(value: object, name: str, what: str, most: Decimal) -> Iterator[Problem]:
    """Nothing for an amount that the schema holds and that is no more than the document's."""
    if not isinstance(value, Decimal):
        return
    field = f"extra.{name}"
    if value < ZERO or value > LARGEST or value != round(value, 5):
        text = f"{what} ({value}) debe ser de 0 en adelante y con 5 decimales a lo sumo."
        yield _problem(field, "CR-XSD", f"{text} Corrígelo.")
    elif value > most:
        text = f"{what} ({value}) es más que lo que dice el documento ({most}). Corrígelo."
        yield _problem(field, "CR-OWN-72", text)


def _problem(field: str, code: str, text: str) -> Problem:
    return Problem(field, code, text, RULE)
