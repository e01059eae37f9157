"""What is wrong with the other party of a document. Source: colombia.md 1, 3, 3b and 10."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Customer, TaxId
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.domain.traits import Role
from acuse.jurisdictions.co import checks_forms as forms
from acuse.jurisdictions.co import codes, content
from acuse.jurisdictions.co.checks_forms import KINDS, problem
from acuse.jurisdictions.co.content import HOME
from acuse.jurisdictions.co.lists import CONSUMER
from acuse.jurisdictions.co.traits import TRAITS

ISSUED_TO_NOBODY = (DocumentKind.EXPORT_INVOICE,)
_PERSONAL = re.compile("[0-9]{3,12}")  # a cédula has 3 to 10 digits, consumidor final has 12
_FOREIGN = re.compile("[0-9A-Za-z-]{3,20}")
_OF_DIGITS = frozenset({"CC", "TI", "NUIP"})


def party_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with who buys, or who sells to us (documento soporte)."""
    customer = document.counterparty
    sells = _sells(document.kind)
    party = "AJ" if sells else "AK"
    yield from _identity(customer, party)
    if content.is_consumer(customer):
        yield from _nobody(document, party)
        return
    yield from forms.sized("client.name", f"F{party}20", "El nombre", customer.name, 5, 450)
    yield from forms.tax_person("client", party, "del contacto", customer.extra)
    yield from _names(customer)
    yield from _address(customer, party, needed=sells)
    postal = str(customer.extra.get("postal_code") or "")
    yield from _contact(customer, party)
    rule = "FAJ73" if sells else "FAK57"
    yield from forms.postal_code("client.extra.postal_code", rule, postal)


def representative_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with who besides the buyer may look the document up."""
    told, field = content.representative(document), "extra.representative_number"
    if told is None:
        if document.extra.get("representative_type"):
            text = "Falta el número de quien puede consultar el documento. Escríbelo o quita el"
            yield problem(field, "FAL03", f"{text} tipo.")
    else:
        rules = "FAL07", "FAL03", "FAL06"
        yield from identified("extra.representative_type", field, told, rules)


def _names(customer: Customer) -> Iterator[Problem]:
    """Of a natural person alone; a company has no first name."""
    for name, what in (("first_name", "Los nombres"), ("family_name", "Los apellidos")):
        told, field = str(customer.extra.get(name) or ""), f"client.extra.{name}"
        if told and content.organization(customer) != "2":
            text = f"{what} («{one_line_of(told)}») son de una persona natural y el contacto es"
            yield problem(field, "FAK56", f"{text} una persona jurídica. Quítalos.")
        yield from forms.written(field, "FAK56", what, told)


def _sells(kind: DocumentKind) -> bool:
    traits = TRAITS.kind(kind)
    return traits is not None and traits.role is Role.SELLER


def _identity(customer: Customer, party: str) -> Iterator[Problem]:
    field = "client.identificationObject"
    rules = f"F{party}25", f"F{party}21", f"F{party}24"
    yield from identified(f"{field}.type", f"{field}.number", customer.tax_id, rules)


def identified(
    type_field: str, field: str, told: TaxId, rules: tuple[str, str, str]
) -> Iterator[Problem]:
    """What is wrong with an identity; `rules` are of its kind, its number, its check digit."""
    kind, number = told.kind, told.number
    of_kind, of_number, of_digit = rules
    if kind not in KINDS:
        text = f"El tipo de identificación «{one_line_of(kind, 10)}» no existe."
        yield problem(type_field, of_kind, f"{text} Usa uno de: {', '.join(KINDS)}.")
    elif kind == "NIT":
        yield from forms.nit(field, of_number, of_digit, number)
    elif not (_PERSONAL if kind in _OF_DIGITS else _FOREIGN).fullmatch(number):
        form = "de 3 a 12 cifras" if kind in _OF_DIGITS else "de 3 a 20 letras, cifras o guiones"
        shown, label = one_line_of(number, 30), KINDS[kind].label
        text = f"El número «{shown}» no es válido para {label}: es {form}, sin puntos ni espacios."
        yield problem(field, of_number, f"{text} Corrígelo.")
    elif number == CONSUMER and kind != "CC":
        text = f"El consumidor final es una cédula (CC) {number}, no {kind}. Cambia el tipo."
        yield problem(type_field, of_kind, text)


def _contact(customer: Customer, party: str) -> Iterator[Problem]:
    phone, mail = ("FAJ69", "FAJ71") if party == "AJ" else ("FAK53", "FAK55")
    yield from forms.written("client.phonePrimary", phone, "El teléfono", customer.phone)
    for one in customer.emails:
        yield from forms.written("client.email", mail, "El correo", one)


def _nobody(document: Document, party: str) -> Iterator[Problem]:
    """The consumidor final has no data, so it cannot sell to us nor buy abroad."""
    if _sells(document.kind):
        text = "Un documento soporte nombra a quien vende: no puede ser el consumidor final."
        yield problem("client", f"F{party}21", f"{text} Elige al proveedor.")
    elif document.kind in ISSUED_TO_NOBODY:
        text = "Una exportación nombra a quien compra: no puede ser el consumidor final."
        yield problem("client", f"F{party}21", f"{text} Elige al cliente.")


def _address(customer: Customer, party: str, *, needed: bool) -> Iterator[Problem]:
    told = customer.address
    if told is None or not (told.line or told.place):
        if needed:
            text = "Falta la dirección de quien vende: el documento soporte la lleva."
            yield problem("client.address", f"F{party}28", f"{text} Complétala en el contacto.")
    elif told.country not in ("", HOME):
        yield from _abroad(customer, party)
    elif told.place or needed:
        rules = {
            "place": f"F{party}09",
            "city": f"F{party}10",
            "department": f"F{party}12" if party == "AJ" else "FAK30",
            "line": f"F{party}14",
        }
        yield from forms.address("client.address", told, rules)


def _abroad(customer: Customer, party: str) -> Iterator[Problem]:
    told = customer.address
    assert told is not None
    if told.country not in codes.countries():
        text = f"El país «{one_line_of(told.country, 5)}» no existe. Usa dos letras: US, ES."
        yield problem("client.address.country", f"F{party}16", text)
    if told.place:
        text = f"El municipio «{one_line_of(told.place, 12)}» es de Colombia y la dirección no."
        yield problem("client.address.place", f"F{party}09", f"{text} Quítalo.")
    for field, rule, what, value, least, most in (
        ("city", "10", "La ciudad", told.city, 0, 60),
        ("department", "11", "El estado o la provincia", told.region, 0, 60),
        ("address", "14", "La dirección", told.line, 1, 300),
    ):
        yield from forms.sized(
            f"client.address.{field}", f"F{party}{rule}", what, value, least, most
        )
