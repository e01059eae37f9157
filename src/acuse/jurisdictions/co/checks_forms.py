"""The forms that values must have, and the Problem where they have not.

Source: colombia.md 3, 3b and 10. Codes are the DIAN's as they stand for an invoice (F…);
`checks.document_problems` renames them for the kind of the document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from acuse.domain.money import ZERO, plain
from acuse.domain.party import Address
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.co import codes, ids
from acuse.jurisdictions.co.fields import ORGANIZATIONS, REGIMES, SCHEMES
from acuse.jurisdictions.co.traits import TRAITS
from acuse.xml.build import UnwritableText
from acuse.xml.build import text as xml_text

RULE = "colombia.md 10"
LARGEST = Decimal("999999999999999")
NOT_NEGATIVE = "VLR01"
_NIT = re.compile("[0-9]{5,10}")
_COMPANY_STARTS = "89"  # a legal person's NIT has nine digits and starts so
_NO_OTHER = "R-99-PN"
KINDS = {kind.key: kind for kind in TRAITS.tax_ids}


def problem(field: str, code: str, text: str) -> Problem:
    """A Problem with its address in the page of rules; `code` without the country."""
    return Problem(field, f"CO-{code}", text, RULE)


def sized(field: str, code: str, what: str, value: str, least: int, most: int) -> Iterator[Problem]:
    """Nothing for a text of such a length that XML can hold."""
    if not least <= len(value.strip()) or len(value) > most:
        told = f"{what} tiene {len(value.strip())} caracteres y van de {least} a {most}."
        yield problem(field, code, f"{told} Corrígelo.")
        return
    yield from written(field, code, what, value)


def written(field: str, code: str, what: str, value: str) -> Iterator[Problem]:
    """Nothing for a text that XML can hold."""
    try:
        xml_text(value)
    except UnwritableText:
        told = f"{what} («{one_line_of(value)}») tiene un carácter que no se puede escribir."
        yield problem(field, code, f"{told} Bórralo y vuelve a escribirlo.")


def figure(
    field: str, code: str, what: str, value: Decimal, places: int, *, zero: bool = False
) -> Iterator[Problem]:
    """Nothing for a figure of at most 15 whole digits and so many decimals, above zero."""
    if not value.is_finite() or abs(value) > LARGEST:
        yield problem(field, code, f"{what} tiene más de 15 cifras enteras. Revísalo.")
    elif value < ZERO:
        told = f"{what} es {value}: la DIAN no admite cifras negativas."
        yield problem(field, NOT_NEGATIVE, f"{told} Lo que se devuelve va en una nota crédito.")
    elif value == ZERO and not zero:
        yield problem(field, code, f"{what} es 0: debe ser mayor que cero. Corrígelo.")
    elif Decimal(plain(value, places)) != value:
        told = f"{what} ({value}) tiene más de {places} decimales."
        yield problem(field, code, f"{told} Redondéalo.")


def nit(field: str, missing: str, digit: str, number: str) -> Iterator[Problem]:
    """Nothing for a NIT without its check digit; codes for no NIT, and for a digit too many."""
    base, dash, told = number.partition("-")
    if dash and _NIT.fullmatch(base):
        right = ids.check_digit(base)
        wrong = told != right
        text = f"El NIT {one_line_of(number, 20)} "
        text += f"no es válido: el dígito de verificación debería ser {right}. " if wrong else ""
        text += "Escríbelo" if wrong else "lleva su dígito de verificación. Escríbelo"
        yield problem(field, digit, f"{text} sin el dígito: {base}.")
    elif not _NIT.fullmatch(number):
        text = f"El NIT «{one_line_of(number, 20)}» no es de 5 a 10 cifras. Escríbelo sin puntos,"
        yield problem(field, missing, f"{text} espacios ni dígito de verificación.")
    elif (
        len(number) == 10
        and number[0] in _COMPANY_STARTS
        and number[-1] == ids.check_digit(number[:-1])
    ):
        text = f"El NIT {number} lleva pegado su dígito de verificación, {number[-1]}."
        yield problem(field, digit, f"{text} Escribe {number[:-1]}.")


def address(field: str, told: Address, rules: Mapping[str, str]) -> Iterator[Problem]:
    """Nothing for an address in Colombia whose place, names and street are right.

    `rules` names the codes for "place", "city", "department" and "line".
    """
    name = codes.municipalities().get(told.place)
    if name is None:
        text = f"El código de municipio «{one_line_of(told.place, 12)}» no existe. Escribe los"
        yield problem(f"{field}.place", rules["place"], f"{text} cinco dígitos del DANE: 11001.")
    else:
        region = codes.departments().get(told.place[:2], "")
        if told.city and not same_name(told.city, name):
            text = f"El municipio {told.place} es {name}, no «{one_line_of(told.city)}»."
            yield problem(f"{field}.city", rules["city"], f"{text} Corrige uno de los dos.")
        if told.region and not same_name(told.region, region):
            text = f"El municipio {told.place} es de {region}, no de «{one_line_of(told.region)}»."
            yield problem(f"{field}.department", rules["department"], f"{text} Corrígelo.")
    yield from sized(f"{field}.address", rules["line"], "La dirección", told.line, 1, 300)


def same_name(one: str, other: str) -> bool:
    """Whether two names of a place are the same but for accents, case and «D.C.»."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold())
    kept = "".join(sign for sign in letters if sign.isalnum())
    return kept.removesuffix("dc")


def postal_code(field: str, code: str, told: str) -> Iterator[Problem]:
    """Nothing for a postal code that exists, or none."""
    if told and told not in codes.postal_codes():
        text = f"El código postal «{one_line_of(told, 12)}» no existe. Son seis dígitos, como"
        yield problem(field, code, f"{text} 110111; déjalo vacío si no lo sabes.")


def tax_person(path: str, party: str, what: str, extra: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with what the RUT says of a party; `party` is AJ (issuer) or AK (other)."""
    for name, code, label, known in (
        ("organization", f"F{party}02", "El tipo de persona", ORGANIZATIONS),
        ("regime", f"F{party}26", "La responsabilidad de IVA", REGIMES),
        ("tax_scheme", f"F{party}40", "El tributo", SCHEMES),
    ):
        told = str(extra.get(name) or "")
        if told and told not in dict(known):
            choices = ", ".join(f"{key} ({words})" for key, words in known)
            text = f"{label} {what} «{one_line_of(told, 10)}» no existe."
            yield problem(f"{path}.extra.{name}", code, f"{text} Usa {choices}.")
    yield from _responsibilities(path, f"F{party}26", what, str(extra.get("responsibilities", "")))


def _responsibilities(path: str, code: str, what: str, told: str) -> Iterator[Problem]:
    field = f"{path}.extra.responsibilities"
    named = told.split(";") if told else []
    for one in named:
        if one not in codes.RESPONSIBILITIES:
            text = f"La responsabilidad {what} «{one_line_of(one, 12)}» no va en la factura."
            known = ", ".join(codes.RESPONSIBILITIES)
            yield problem(field, code, f"{text} Usa {known}; varias van separadas por «;».")
    if _NO_OTHER in named and len(named) > 1:
        text = f"{_NO_OTHER} significa que no hay otra responsabilidad y aquí hay {len(named)}."
        yield problem(field, code, f"{text} Quita {_NO_OTHER} o las demás.")
    if len(set(named)) < len(named):
        yield problem(field, code, "Una responsabilidad está dos veces. Deja una.")
