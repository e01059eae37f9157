"""How Peru's problems are told: SUNAT's own codes, our words, the value at fault cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from acuse.domain.money import rounded
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import ids

SHEET = "SUNAT, reglas de validación del 2026-02-12"
LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 10

# What XML cannot hold, and the white space that SUNAT's sheet refuses in texts (2022, 4092 ...).
_UNFIT = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNFIT_BUT_LINES = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


def problem(field: str, code: str, text: str) -> Problem:
    """A problem with its source."""
    return Problem(field, code, text, rule=rule_of(code))


def rule_of(code: str) -> str:
    """The source of a rule: the sheet for `PE-` and four digits, else ours."""
    number = code.removeprefix("PE-")
    return f"{SHEET}: {number}" if number.isdecimal() else "Acuse"


def text_problems(
    field: str, code: str, what: str, value: str, *, least: int, most: int, lines: bool = False
) -> Iterator[Problem]:
    """What is wrong with a text that is written into the document; at most one problem.

    What XML cannot hold is a mistake of ours to write (PE-OWN-5), whatever weight the code has.
    """
    unwritable = _UNWRITABLE.search(value)
    if unwritable:
        text = f"{what} lleva un carácter que no se puede escribir (U+{ord(unwritable[0]):04X})."
        yield problem(field, "PE-OWN-5", text + " Bórralo.")
        return
    if not least <= len(value.strip() if len(value) <= most else value) <= most:
        given = f"tiene {len(value)} caracteres" if value.strip() else "falta"
        room = f"van de {least} a {most}" if least else f"caben {most}"
        yield problem(field, code, f"{what} {given}; {room}. Corrígelo.")
        return
    unfit = (_UNFIT_BUT_LINES if lines else _UNFIT).search(value)
    if unfit:
        sign = f"U+{ord(unfit[0]):04X}, posición {unfit.start() + 1}"
        text = f"{what} lleva un carácter que SUNAT no admite ({sign}). Bórralo."
        yield problem(field, code, text)


def own_text_problems(field: str, extra: Mapping[str, Any]) -> Iterator[Problem]:
    """The own fields that XML cannot hold: whatever else is wrong with them, that blocks."""
    for name, value in extra.items():
        if isinstance(value, str) and _UNWRITABLE.search(value):
            text = "Este dato lleva un carácter que no se puede escribir. Bórralo."
            yield problem(f"{field}.{name}", "PE-OWN-5", text)


def figure_problems(field: str, code: str, what: str, value: Decimal) -> Iterator[Problem]:
    """What is wrong with a quantity or price: 12 integer digits and 10 decimals have room."""
    if not value.is_finite():
        yield problem(field, code, f"{what} no es una cifra. Escríbela de nuevo.")
    elif value.copy_abs() >= LARGEST:
        yield problem(field, code, f"{what} ({value:.6g}) tiene más de 12 cifras enteras.")
    elif rounded(value, MOST_DECIMALS) != value:
        yield problem(field, code, f"{what} ({value:.15g}) tiene más de 10 decimales. Redondéala.")


def amount_problems(
    field: str, code: str, what: str, value: Decimal, *, least: Decimal = Decimal(0)
) -> Iterator[Problem]:
    """What is wrong with an amount of money: two decimals, and not below `least`."""
    bad = list(figure_problems(field, code, what, value))
    yield from bad
    if bad:
        return
    if rounded(value) != value:
        yield problem(field, code, f"{what} ({value:f}) tiene más de dos decimales. Redondéalo.")
    elif value < least:
        told = "negativo" if not least else f"menor que {least}"
        yield problem(field, code, f"{what} es {value:f}: no puede ser {told}. Corrígelo.")


def bad_ruc(number: str) -> str:
    """Why it is no RUC, and what to do."""
    if ids.RUC_FORM.fullmatch(number):
        right = ids.ruc_check_digit(number[:10])
        return f"El RUC {number} no es válido: su último dígito debería ser {right}. Corrígelo."
    known = "son 11 dígitos que empiezan en 10, 15, 16, 17 o 20"
    return f"El RUC «{one_line_of(number, 20)}» no es válido: {known}. Corrígelo."
