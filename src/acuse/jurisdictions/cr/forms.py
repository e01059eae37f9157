"""The forms that values must have, and the Problem where they have not. Source: costa-rica.md 3."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from acuse.domain.money import ZERO, plain
from acuse.domain.party import Address, Customer, TaxId
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import codes, ids
from acuse.jurisdictions.cr.lists import OTHER
from acuse.xml.build import UnwritableText
from acuse.xml.build import text as xml_text

LARGEST = Decimal("9999999999999.99999")  # DecimalDineroType
LONGEST_MAIL = 160
SIX_DIGITS = re.compile("[0-9]{6}")
# Hacienda's own pattern for mail addresses, tighter at its ends (3.2).
_MAIL = re.compile(r"\w+([-+.']\w+)*@\w+([-.]\w+)*\.\w+([-.]\w+)*")
_FORMS = {
    "CF": "nueve dígitos que no empiezan en 0",
    "CJ": "diez dígitos",
    "DIMEX": "once o doce dígitos",
    "NITE": "diez dígitos",
}


def problem(field: str, code: str, text: str) -> Problem:
    """A Problem with its address in the paper."""
    return Problem(field, code, text, rule="costa-rica.md 9.2")


def is_mail(address: str) -> bool:
    """Whether Hacienda takes the mail address; its length is looked at first: matching is slow."""
    return len(address) <= LONGEST_MAIL and _MAIL.fullmatch(address) is not None


def receiver_mail(customer: Customer) -> str:
    """The one address that the document holds: the first that Hacienda takes."""
    return next(filter(is_mail, customer.shown_emails), "")


def is_barrio(name: str) -> bool:
    """Whether the name of a barrio has a length that the schema holds."""
    return 5 <= len(name.strip()) <= 50


def listed(
    field: str, code: str, what: str, told: str, known: Collection[str]
) -> Iterator[Problem]:
    """Nothing for a code of the list."""
    if told not in known:
        text = f"{what} «{one_line_of(told, 20)}» no existe. Usa uno de: {', '.join(known)}."
        yield problem(field, code, text)


def texted(field: str, what: str, code: str, text: str, least: int, most: int) -> Iterator[Problem]:
    """Nothing for a code 99 with its text, or another without (CR-CV-2)."""
    if code == OTHER:
        yield from sized(field, what, text, least, most)
    elif text:
        told = f"{what} «{one_line_of(text, 40)}» solo va con el código 99. Bórralo o usa 99."
        yield problem(field, "CR-CV-2", told)


def sized(field: str, what: str, value: str, least: int, most: int) -> Iterator[Problem]:
    """Nothing for a text of such a length that XML can hold."""
    if not least <= len(value.strip()) or len(value) > most:
        told = f"{what} tiene {len(value)} caracteres y van de {least} a {most}. Corrígelo."
        yield problem(field, "CR-XSD", told)
        return
    try:
        xml_text(value)
    except UnwritableText:
        told = f"{what} («{one_line_of(value)}») tiene un carácter que no se puede escribir."
        yield problem(field, "CR-XSD", f"{told} Bórralo y vuelve a escribirlo.")


def identity(field: str, code: str, tax_id: TaxId) -> Iterator[Problem]:
    """Nothing for an identity number that has the form of its kind."""
    shown = one_line_of(tax_id.number, 30)
    if tax_id.kind not in codes.IDENTITIES:
        known = ", ".join(codes.IDENTITIES)
        told = f"El tipo de identificación «{one_line_of(tax_id.kind, 10)}» no existe."
        yield problem(f"{field}.type", code, f"{told} Usa uno de: {known}.")
    elif not ids.fits(tax_id):
        form = _FORMS.get(tax_id.kind, "de 1 a 20 caracteres")
        told = f"La identificación «{shown}» no es válida para {tax_id.kind}: {form}. Corrígela."
        yield problem(f"{field}.number", code, told)


def address(field: str, code: str, told: Address | None) -> Iterator[Problem]:
    """Nothing for an address whose location code exists."""
    place = told.place if told is not None else ""
    if place not in codes.places():
        text = f"La ubicación «{one_line_of(place, 20)}» no existe. Escribe provincia-cantón-"
        yield problem(f"{field}.place", code, f"{text}distrito en cifras, como 1-01-01.")
    line = told.line if told is not None else ""
    yield from sized(f"{field}.address", "La dirección (otras señas)", line, 5, 250)


def figure(
    field: str,
    what: str,
    value: Decimal,
    places: int,
    *,
    largest: Decimal = LARGEST,
    zero: bool = False,
) -> Iterator[Problem]:
    """Nothing for a figure above zero with no more decimals than the schema holds.

    `zero`: nothing for 0 either.
    """
    if not value.is_finite() or value > largest:
        yield problem(field, "CR-XSD", f"{what} es demasiado grande. Revísalo.")
    elif value < ZERO or not (value or zero):
        yield problem(field, "CR-XSD", f"{what} es {value}: debe ser mayor que cero. Corrígelo.")
    elif Decimal(plain(value, places)) != value:
        told = f"{what} ({value}) tiene más de {places} decimales."
        yield problem(field, "CR-XSD", f"{told} Redondéalo.")
