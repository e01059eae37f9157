"""A contact's identity and municipality as files write them. Source: colombia.md 3 and 3b."""

from __future__ import annotations

import re

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.domain.told_identity import NUMBER, ToldIdentity, untold_kind
from acuse.jurisdictions.co import codes, ids
from acuse.jurisdictions.co.checks_forms import problem
from acuse.jurisdictions.co.checks_parties import identified
from acuse.jurisdictions.co.lists import CONSUMER

NIT, CEDULA = "NIT", "CC"
OF_DIGITS = frozenset({"", NIT, CEDULA, "TI", "NUIP"})
RULES = "FAK25", "FAK21", "FAK24"

_MARKS = re.compile(r"[.,'\s]")
_WITH_DIGIT = re.compile(r"([0-9]{3,12})[-–]([0-9])")
_COMPANY = re.compile(r"[89][0-9]{8}")  # a legal person's NIT, and nothing else


def identify(told: ToldIdentity) -> TaxId | Problem:
    """The identity; a check digit beside the number must be its own, and is not kept."""
    number, digit = _parted(told)
    kind = told.kind or _evident(number, digit)
    if digit and ids.check_digit(number) != digit:
        right = ids.check_digit(number) or "otro"
        text = f"El dígito de verificación de {one_line_of(number, 20)} no es {digit}: debería ser"
        return problem(NUMBER, "FAK24", f"{text} {right}. Revisa el número.")
    if not kind:
        return untold_kind(number)
    found = TaxId(kind, number)
    return next(identified("kind", NUMBER, found, RULES), found)


def place(told: str) -> str | Problem:
    """The municipality's code of five digits; a figure lost the zero of departments 05 and 08."""
    code = told.zfill(5) if told.isascii() and told.isdigit() else told
    if code in codes.municipalities():
        return code
    text = f"El código de municipio «{one_line_of(told, 20)}» no existe. Escribe los cinco dígitos"
    return problem("place", "FAK09", f"{text} del DANE: 11001.")


def _parted(told: ToldIdentity) -> tuple[str, str]:
    """Number and check digit, wherever the digit stands."""
    if told.kind not in OF_DIGITS:
        return told.number.strip(), ""
    number = _MARKS.sub("", told.number)
    joined = _WITH_DIGIT.fullmatch(number)
    if joined is not None:
        return joined[1], joined[2]
    return number, told.digit.strip()[:20]


def _evident(number: str, digit: str) -> str:
    """The only kind that has such numbers; "" where several have."""
    if digit or _COMPANY.fullmatch(number):
        return NIT
    return CEDULA if number == CONSUMER else ""
