"""A contact's identity and ubigeo as files write them. Source: peru.md 2 and 3.1."""

from __future__ import annotations

import re

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.domain.told_identity import NUMBER, ToldIdentity, untold_kind
from acuse.jurisdictions.pe import content, ids
from acuse.jurisdictions.pe.checks_customer import number_problems
from acuse.jurisdictions.pe.wording import problem

RUC, DNI = "RUC", "DNI"
OF_DIGITS = frozenset({"", RUC, DNI})
DNI_DIGITS, LEAST_LEFT = 8, 6  # of a DNI whose zeros a figure lost

_MARKS = re.compile(r"[.,'\s-]")
_UBIGEO = re.compile("(0[1-9]|1[0-9]|2[0-5])[0-9]{4}")  # 25 departments


def identify(told: ToldIdentity) -> TaxId | Problem:
    """The identity; a DNI that a spreadsheet took for a number gets its zeros back."""
    number = told.number.strip()
    if told.kind in OF_DIGITS and _MARKS.sub("", number):
        number = _MARKS.sub("", number)
    kind = told.kind or _evident(number)
    if not kind:
        return untold_kind(number)
    code = content.IDENTITIES[kind]
    if code == content.NOBODY:
        return TaxId(kind, "-")
    if kind == DNI and told.figure and len(number) >= LEAST_LEFT:
        number = number.zfill(DNI_DIGITS)
    wrong = next(number_problems(number, code), None)
    if wrong is not None:
        return Problem(NUMBER, wrong.code, wrong.text, wrong.rule)
    return TaxId(kind, number)


def place(told: str) -> str | Problem:
    """The ubigeo of six digits; a figure lost the zero of the first nine departments."""
    code = told.zfill(6) if told.isascii() and told.isdigit() and len(told) == 5 else told
    if _UBIGEO.fullmatch(code):
        return code
    text = f"El ubigeo «{one_line_of(told, 20)}» no es de seis dígitos que empiecen por un"
    return problem("place", "PE-OWN-5", f"{text} departamento (01 a 25). Corrígelo.")


def _evident(number: str) -> str:
    """The only kind that has such numbers; "" where several have."""
    if ids.RUC_FORM.fullmatch(number):
        return RUC
    return DNI if re.fullmatch("[0-9]{8}", number) else ""
