"""Properties of catalogue 55: their form, and which an operation asks for. Source: the sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal, InvalidOperation

from acuse.domain.document import Document, Line
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import codes, content
from acuse.jurisdictions.pe.rules_properties import (
    EACH,
    FIRST_HOME,
    INSURANCE,
    MORTGAGE,
    MORTGAGE_RULES,
    REQUIRED,
    STATE,
)
from acuse.jurisdictions.pe.wording import problem, text_problems


def property_problems(field: str, line: Line) -> Iterator[Problem]:
    """Whether each property is known, has a value, and that value its form."""
    for code, value in content.coded(line.extra, "properties"):
        known = codes.properties().get(code)
        if known is None:
            text = f"El dato «{one_line_of(code)}» no está en el catálogo 55. Corrige el código."
            yield problem(field, "PE-OWN-8", text)
        elif not value:
            yield problem(field, "PE-3064", f"Falta el valor del dato {code} ({known.name}).")
        else:
            what = f"El dato {code} ({known.name})"
            yield from text_problems(field, "PE-4280", what, value, least=1, most=500)
            yield from _formed(field, known.form, what, value)


def _formed(field: str, form: str, what: str, value: str) -> Iterator[Problem]:
    name, _, told = form.partition(" ")
    if name == "text":
        least, _, most = told.partition("-")
        if not int(least) <= len(value) <= int(most):
            yield problem(field, "PE-4280", f"{what} tiene {len(value)} caracteres; van {told}.")
        return
    check, code, words = _FORMS[name if name != "one" else form[:6]]
    if not check(value, told):
        text = f"{what} dice «{one_line_of(value)}»: debe ser {words}. Corrígelo."
        yield problem(field, code, text)


def _is_day(value: str, _: str = "") -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_time(value: str, _: str = "") -> bool:
    try:
        return re.fullmatch("[0-9]{2}:[0-9]{2}:[0-9]{2}", value) is not None and bool(
            time.fromisoformat(value).isoformat()
        )
    except ValueError:
        return False


def _is_period(value: str, _: str) -> bool:
    start, slash, end = value.partition("/")
    return _is_day(start) and (not slash or (_is_day(end) and start <= end))


def _is_amount(value: str, _: str) -> bool:
    try:
        return re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", value) is not None and Decimal(value) > 0
    except InvalidOperation:
        return False


# name -> whether it is one, the code of its rule (what breaks the schema blocks), what it must be
_FORMS: dict[str, tuple[Callable[[str, str], bool], str, str]] = {
    "date": (_is_day, "PE-3065", "una fecha como 2026-11-25"),
    "time": (_is_time, "PE-3172", "una hora como 22:30:00"),
    "period": (_is_period, "PE-3243", "una o dos fechas: 2026-01-01/2026-12-31"),
    "tonnes": (_is_amount, "PE-3135", "toneladas, con dos decimales"),
    "days": (
        lambda value, _: re.fullmatch("[0-9]{1,4}", value) is not None,
        "PE-3135",
        "un entero de hasta cuatro dígitos",
    ),
    "value-date": (_is_day, "PE-4280", "una fecha como 2026-11-25"),
    "amount": (_is_amount, "PE-4280", "un monto con dos decimales"),
    "ubigeo": (lambda value, _: value in codes.ubigeos(), "PE-4280", "un ubigeo de seis dígitos"),
    "country": (lambda value, _: value in codes.countries(), "PE-4280", "un país de dos letras"),
    "identity": (
        lambda value, _: value in content.IDENTITIES.values(),
        "PE-4280",
        "un código del catálogo 06",
    ),
    "one of": (lambda value, told: value in told.split()[1:], "PE-4280", "uno de la lista"),
}


def required_problems(document: Document) -> Iterator[Problem]:
    """What properties the operation asks for and no line, or not every line, has."""
    operation = content.operation_type(document)
    lines = [dict(content.coded(line.extra, "properties")) for line in document.lines]
    for rule, where, needed, code in REQUIRED:
        if needed != operation:
            continue
        if where == EACH:
            yield from (
                _missing(index, rule, code) for index, told in enumerate(lines) if code not in told
            )
        elif not any(code in told for told in lines):
            yield _missing(0, rule, code)
    for index, (line, told) in enumerate(zip(document.lines, lines, strict=True)):
        yield from _together(index, line, told, operation)


def _together(index: int, line: Line, told: dict[str, str], operation: str) -> Iterator[Problem]:
    """What a line needs besides what it has."""
    if any(code in told for _, code in STATE):
        yield from _lacking(index, STATE, told)
    if content.own(line.extra, "product_code") == MORTGAGE:
        yield from _lacking(index, MORTGAGE_RULES, told)
        if told.get("7002") == "3":
            yield from _lacking(index, FIRST_HOME, told)
    if operation == "2104" and told.get("7015") in INSURANCE:
        rule, needed = INSURANCE[told["7015"]]
        yield from _lacking(index, tuple((rule, code) for code in needed), told)


def _lacking(
    index: int, rules: tuple[tuple[str, str], ...], told: dict[str, str]
) -> Iterator[Problem]:
    yield from (_missing(index, rule, code) for rule, code in rules if code not in told)


def _missing(index: int, rule: str, code: str) -> Problem:
    name = codes.properties()[code].name
    text = f"A la línea {index + 1} le falta el dato {code} ({name}). Agrégalo: {code}=valor."
    return problem(f"items.{index}.extra.properties", f"PE-{rule}", text)
