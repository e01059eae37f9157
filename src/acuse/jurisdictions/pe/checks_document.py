"""What is looked at alike in every kind of document that is no sale. Source: peru.md 2, 3.

`PE-OWN-…` are rules of ours: mostly that what we would not write must not be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.money import ZERO, rounded
from acuse.domain.party import Address, TaxId
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, ids
from acuse.jurisdictions.pe.wording import LARGEST, bad_ruc, problem, text_problems

CLIENT = "client.identificationObject"
LONGEST_NUMBER = 15
PARTS = (  # of the document: its name in the format, our word for it
    ("discount", "un descuento", "discounts"),
    ("charge", "un cargo", "charges"),
    ("prepayments", "anticipos", "prepayments"),
    ("references", "documentos de referencia", "references"),
    ("period", "un periodo", "period"),
    ("purchaseOrder", "una orden de compra", "purchase_order"),
    ("pricesIncludeTax", "precios con impuestos", "prices_with_tax"),
)


def series_problems(document: Document, letter: str, words: str) -> Iterator[Problem]:
    """Whether the series is not of that kind (1001)."""
    form = rf"{letter}[A-Z0-9]{{3}}"
    if document.number is None or re.fullmatch(form, document.number.series):
        return
    series = one_line_of(document.number.series)
    text = f"La serie «{series}» no es de {words}: es {letter} y tres letras mayúsculas o cifras."
    yield problem("numberTemplate", "PE-1001", text)


def future_problems(day: date | None, today: date, code: str) -> Iterator[Problem]:
    """Whether the document is dated later than today."""
    if day is not None and day > today:
        text = f"La fecha {day:%d/%m/%Y} todavía no llega. Usa la de hoy."
        yield problem("date", code, text)


def unwritten(document: Document, *, but: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """What the document tells and its XML has no place for; `but` are parts that it has."""
    for field, words, name in PARTS:
        if field not in but and getattr(document, name):
            text = f"Este tipo de documento no lleva {words}: quedaría fuera. Quítalo."
            yield problem(field, "PE-OWN-20", text)
    if document.payment.form is PaymentForm.CREDIT or document.payment.instalments:
        text = "Este tipo de documento no dice cómo se paga. Deja la forma de pago en contado."
        yield problem("paymentForm", "PE-OWN-20", text)


def unwritten_of_lines(document: Document, *, taxes: bool = False) -> Iterator[Problem]:
    """What lines tell beside what the XML has; `taxes`: whether they may have some."""
    for index, line in enumerate(document.lines):
        for field, words, told in (
            ("discount", "un descuento", line.discounts),
            ("charge", "un cargo", line.charges),
            ("tax", "impuestos", () if taxes else line.taxes),
        ):
            if told:
                text = f"Las líneas de este tipo de documento no llevan {words}. Quítalo."
                yield problem(f"items.{index}.{field}", "PE-OWN-20", text)


def identity_problems(
    field: str, who: str, identity: TaxId, *, kinds: tuple[str, ...], code: str, form: str
) -> Iterator[Problem]:
    """Whether the identity is of none of those kinds (`code`), or is not formed as it is (`form`).

    `field` is the path of the object that holds `type` and `number`.
    """
    number = identity.number
    if identity.kind not in kinds:
        known = " o ".join(kinds)
        text = f"{who} tiene «{one_line_of(identity.kind)}». Aquí va su {known}."
        yield problem(f"{field}.type", code, text)
    elif identity.kind == "RUC" and not ids.is_ruc(number):
        yield problem(f"{field}.number", form, bad_ruc(number))
    elif identity.kind == "DNI" and not re.fullmatch("[0-9]{8}", number):
        text = f"El DNI «{one_line_of(number)}» no tiene 8 dígitos. Corrígelo."
        yield problem(f"{field}.number", form, text)
    elif not 1 <= len(number) <= LONGEST_NUMBER or any(sign.isspace() for sign in number):
        text = f"El número «{one_line_of(number)}» va de 1 a {LONGEST_NUMBER} caracteres, seguidos."
        yield problem(f"{field}.number", form, text)


def place_problems(
    field: str, place: str, *, code: str, missing: str = "", unknown: str = ""
) -> Iterator[Problem]:
    """Whether the ubigeo does not exist; `missing` is the code for none where one must be told."""
    if not place:
        if missing:
            text = "Falta el ubigeo: los seis dígitos del distrito. Complétalo."
            yield problem(field, missing, text)
    elif not re.fullmatch("[0-9]{6}", place):
        text = f"El ubigeo «{one_line_of(place)}» no tiene seis dígitos. Corrígelo."
        yield problem(field, code, text)
    elif place not in codes.ubigeos():
        text = f"El ubigeo «{place}» no existe. Usa los seis dígitos de tu distrito."
        yield problem(field, unknown or code, text)


def address_problems(
    of: str, at: Address, *, place: str, most: int, names: tuple[tuple[str, str, str], ...]
) -> Iterator[Problem]:
    """What is wrong with an address: its ubigeo (`place`) and the names behind it.

    `names` are (field of Address, code, what it is); `line` is among them, at most `most` long.
    """
    yield from place_problems(f"{of}.place", at.place, code=place)
    for name, code, what in names:
        path = {"line": "address", "region": "department"}.get(name, name)
        longest = most if name == "line" else 30
        value = getattr(at, name)
        yield from text_problems(f"{of}.{path}", code, what, value, least=0, most=longest)


def amount_problems(
    field: str, code: str, what: str, value: Decimal, *, places: int = 2
) -> Iterator[Problem]:
    """Whether it is no amount greater than zero with twelve digits and so many decimals."""
    if not value.is_finite() or value.copy_abs() >= LARGEST:
        yield problem(field, code, f"{what} ({value:.6g}) tiene más de 12 cifras enteras.")
    elif rounded(value, places) != value:
        text = f"{what} ({value:.15g}) lleva hasta {places} decimales. Redondéalo."
        yield problem(field, code, text)
    elif value <= ZERO:
        yield problem(field, code, f"{what} es {value:f}: debe ser mayor que cero.")
