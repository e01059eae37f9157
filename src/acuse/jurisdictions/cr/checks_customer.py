"""What is wrong with the other party. Source: costa-rica.md 3.1, 3.2, 9.2."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company, Customer
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.cr import content, forms
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.parties import ABROAD

NUMBER = "client.identificationObject.number"
MAY_BE_NOBODY = frozenset({DocumentKind.RECEIPT, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE})


def customer_problems(document: Document, company: Company) -> Iterator[Problem]:
    """What is wrong with who buys, or who sells to us."""
    customer, kind = document.counterparty, document.kind
    if customer.tax_id.kind == content.NOBODY:
        yield from _nobody(customer, kind)
    else:
        yield from forms.identity("client.identificationObject", "CR-REC-1", customer.tax_id)
    if not content.is_unnamed(customer):
        least = 5 if content.seller_speaks(document) else 3
        yield from forms.sized("client.name", "El nombre", customer.name, least, 100)
    yield from _address(customer, kind)
    if customer.shown_emails and not forms.receiver_mail(customer):
        text = f"El correo «{one_line_of(customer.shown_emails[0])}» no tiene la forma que Hacienda"
        yield problem("client.email", "CR-XSD", f"{text} admite. Corrígelo en el contacto.")
    activity = content.told(customer.extra, "activity")
    if activity and not forms.SIX_DIGITS.fullmatch(activity):
        text = f"La actividad del cliente «{one_line_of(activity, 20)}» no es de seis dígitos."
        yield problem("client.extra.activity", "CR-XSD", f"{text} Corrígela en el contacto.")
    if content.seller_speaks(document) and customer.tax_id.names(company.tax_id):
        text = "Quien vende es la propia empresa. Escribe los datos de tu proveedor."
        yield problem(NUMBER, "CR-REC-4", text)


def _nobody(customer: Customer, kind: DocumentKind) -> Iterator[Problem]:
    """Who gives no identity: at the till, or in a note about what was sold there."""
    if kind not in MAY_BE_NOBODY:
        text = "Este documento lleva la identificación de la otra parte. Escríbela, o emite un"
        yield problem("client.identificationObject.type", "CR-REC-1", f"{text} tiquete.")
    if customer.tax_id.number.strip() not in ("", "-"):
        text = "Sin identificación, el número es «-». Elige el tipo que corresponde o bórralo."
        yield problem(NUMBER, "CR-REC-1", text)


def _address(customer: Customer, kind: DocumentKind) -> Iterator[Problem]:
    address = customer.address
    if kind is DocumentKind.PAYMENT:
        return  # it has no address
    if customer.tax_id.kind == ABROAD:
        if address is None:
            text = "Quien no vive en el país necesita su dirección (de 5 a 300 caracteres)."
            yield problem("client.address.address", "CR-REC-3", f"{text} Complétala.")
        else:
            yield from forms.sized("client.address.address", "La dirección", address.line, 5, 300)
    elif address is not None and address.place:
        yield from forms.address("client.address", "CR-XSD", address)
