"""A contact's identity and location as files write them. Source: costa-rica.md 2 and 3.1."""

from __future__ import annotations

import re

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.domain.told_identity import NUMBER, ToldIdentity, untold_kind
from acuse.jurisdictions.cr import codes, content, forms, ids

LEGAL, NATURAL, RESIDENT = "CJ", "CF", "DIMEX"

_LEGAL = re.compile("[0-9]-[0-9]{3}-[0-9]{6}")  # as it is written: 3-101-123456
_NATURAL = re.compile("0[1-9]-?[0-9]{4}-?[0-9]{4}")  # some write the province with two digits
_LENGTHS = {9: NATURAL, 11: RESIDENT, 12: RESIDENT}  # 10 digits are a cédula jurídica or a NITE


def identify(told: ToldIdentity) -> TaxId | Problem:
    """The identity, without the marks that people write in it."""
    number, kind = told.number.strip(), told.kind
    if kind == content.NOBODY:
        return TaxId(kind, "-")
    if kind in ("", NATURAL) and _NATURAL.fullmatch(number) and ("-" in number or kind):
        number = number[1:]
    kind = kind or _evident(number)
    if not kind:
        return untold_kind(number)
    found = TaxId(kind, number if kind in ids.FREE else ids.compact(number))
    wrong = next(forms.identity("client", "CR-REC-1", found), None)
    return found if wrong is None else Problem(NUMBER, wrong.code, wrong.text, wrong.rule)


def place(told: str) -> str | Problem:
    """The code of province, canton and district: 1-05-01, also where it was written 10501."""
    digits = "".join(filter(str.isdigit, told))
    code = f"{digits[:1]}-{digits[1:3]}-{digits[3:]}" if len(digits) == 5 else told
    if code in codes.places():
        return code
    text = f"La ubicación «{one_line_of(told, 20)}» no existe. Escribe provincia-cantón-distrito"
    return forms.problem("place", "CR-XSD", f"{text} en cifras, como 1-01-01.")


def _evident(number: str) -> str:
    """The only kind that has such numbers; "" where several have."""
    if _LEGAL.fullmatch(number):
        return LEGAL
    digits = ids.compact(number)
    plain = digits.isascii() and digits.isdigit() and digits[0] != "0"
    return _LENGTHS.get(len(digits), "") if plain else ""
