"""Who may be the customer of what. Source: peru.md 3.1; sheet 2800."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Customer
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import content, ids
from acuse.jurisdictions.pe.wording import bad_ruc, problem, text_problems

NUMBER = "client.identificationObject.number"
TYPE = "client.identificationObject.type"
RUC, DNI = "6", "1"
ABROAD = content.EXPORTS | {"0401"}  # operations with who is not domiciled here
NEVER_RUC = frozenset({"0200", "0201", "0204"})  # but for Tacna's zone (legend 2008)
TACNA = "2008"
DEDUCTIBLE, TAX_FREE = "0112", "2106"
TOURISTS = frozenset({"7", "B", "G"})
LONGEST_OTHER = 15


def customer_problems(document: Document, company: Company) -> Iterator[Problem]:
    """What is wrong with the customer, or with such a customer for such a document."""
    customer = document.counterparty
    code = content.IDENTITIES.get(customer.tax_id.kind)
    if code is None:
        kind = one_line_of(customer.tax_id.kind)
        text = f"El tipo de identidad «{kind}» no existe. Elige RUC, DNI u otro de la lista."
        yield problem(TYPE, "PE-2015", text)
    else:
        yield from _allowed(document, code)
        yield from _number(customer, code, company)
    most = 1000 if content.is_note(document) else 1500
    name = customer.name
    yield from text_problems(
        "client.name", "PE-2022", "El nombre del cliente", name, least=3, most=most
    )
    yield from _address(customer)


def _allowed(document: Document, code: str) -> Iterator[Problem]:
    """Whether a factura or a boleta of that operation may be for such an identity."""
    if content.is_note(document):
        return
    operation = content.operation_type(document)
    text = ""
    if document.kind is DocumentKind.RECEIPT:
        if operation in ABROAD and code == RUC:
            text = "Una boleta de exportación no es para quien tiene RUC."
    elif operation in ABROAD:
        if operation in NEVER_RUC and code == RUC and TACNA not in _legends(document):
            text = "Una exportación no es para quien tiene RUC."
    elif operation == DEDUCTIBLE:
        if code not in (DNI, RUC):
            text = "Un gasto deducible de persona natural pide su DNI o su RUC."
    elif operation == TAX_FREE:
        if code not in TOURISTS:
            text = "La venta a turistas pide pasaporte, documento de su país o salvoconducto."
    elif code != RUC:
        kind = one_line_of(document.counterparty.tax_id.kind)
        text = f"Una factura es para quien tiene RUC; el cliente tiene «{kind}»."
        text += " Usa su RUC o emite una boleta."
    if text:
        yield problem(TYPE, "PE-2800", text)


def _legends(document: Document) -> tuple[str, ...]:
    return content.listed(document.extra, "legends")


def _number(customer: Customer, code: str, company: Company) -> Iterator[Problem]:
    number = customer.tax_id.number
    if code == RUC and number == company.tax_id.number and ids.is_ruc(number):
        text = f"El cliente es la misma empresa que emite (RUC {number}). Elige otro cliente."
        yield problem(NUMBER, "PE-OWN-2", text)
    else:
        yield from number_problems(number, code)


def number_problems(number: str, code: str) -> Iterator[Problem]:
    """What is wrong with an identity number of that kind, whoever issues."""
    if code == content.NOBODY:
        return
    if code == RUC:
        if not ids.is_ruc(number):
            yield problem(NUMBER, "PE-2017", bad_ruc(number))
    elif not number.strip():
        yield problem(NUMBER, "PE-2014", "Falta el documento del cliente. Escríbelo.")
    elif not re.fullmatch("[!-~¡-\ud7ff]+", number):
        text = f"El documento «{one_line_of(number)}» lleva espacios o signos que no se admiten."
        yield problem(NUMBER, "PE-OWN-5", text + " Bórralos.")
    elif code == DNI:
        if not re.fullmatch("[0-9]{8}", number):
            text = f"El DNI «{one_line_of(number)}» no es de 8 dígitos. Corrígelo."
            yield problem(NUMBER, "PE-2801", text)
    elif len(number) > LONGEST_OTHER:
        text = f"El documento «{one_line_of(number)}» pasa de {LONGEST_OTHER} caracteres."
        yield problem(NUMBER, "PE-2802", text + " Corrígelo.")


def _address(customer: Customer) -> Iterator[Problem]:
    address = customer.address
    if address is None:
        return
    for name in ("line", "place", "district", "city", "region", "country"):
        value = getattr(address, name)
        path = {"line": "address", "region": "department"}.get(name, name)
        yield from text_problems(
            f"client.address.{path}", "PE-OWN-5", "La dirección", value, least=0, most=500
        )
