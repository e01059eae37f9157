"""What passes the checks can be signed and drawn: a text that XML cannot hold never gets so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from acuse.domain.document import Charge, Discount, Document, Prepayment
from acuse.domain.numbering import Number
from acuse.domain.party import Address, TaxId
from acuse.jurisdictions.co import checks
from acuse.jurisdictions.co.face import face
from acuse.jurisdictions.co.seal import seal
from acuse.pdf.render import render
from tests.jurisdictions.co.checked import (
    CASH,
    PREFIXES,
    SELLER,
    TODAY,
    D,
    K,
    buyer,
    company,
    document,
    line,
    reference,
)
from tests.jurisdictions.co.makers import DRAWS, KEY, NIT, SECRETS
from tests.support import makers
from tests.support.makers import AT

KEYS = {name: KEY for name in company().secrets if ":" in name}
HOLDER = makers.TestCredential(makers.certificate(NIT), makers.key(), **(KEYS | SECRETS))
PERSON = {"tax_id": TaxId("CC", "1098777666")}
ABROAD = Address("12 Invented Street", city="Springfield", country="US")
PLACES: dict[str, Callable[[str], Document]] = {
    "note": lambda text: document(notes=(text,)),
    "purchase order": lambda text: document(purchase_order=text),
    "operation": lambda text: document(extra={"operation": text}),
    "AIU": lambda text: document(extra={"operation": "09", "aiu_subject": text}),
    "delivery": lambda text: document(extra={"delivery_address": text}),
    "means": lambda text: document(extra={"payment_code": text}),
    "till": lambda text: document(K.RECEIPT, extra=CASH | {"cashier": text}),
    "prepayment": lambda text: document(prepayments=(Prepayment(D(1), TODAY, text),)),
    "discount": lambda text: document(discounts=(Discount(amount=D(1), reason=text),)),
    "charge": lambda text: document(charges=(Charge(amount=D(1), reason=text),)),
    "line": lambda text: document(lines=(line(description=text),)),
    "line code": lambda text: document(lines=(line(code=text),)),
    "line unit": lambda text: document(lines=(line(unit=text),)),
    "line discount": lambda text: document(
        lines=(line(discounts=(Discount(amount=D(1), reason=text),)),)
    ),
    "brand": lambda text: document(lines=(line(extra={"brand": text}),)),
    "model": lambda text: document(lines=(line(extra={"model": text}),)),
    "standard code": lambda text: document(lines=(line(extra={"standard_code": text}),)),
    "buyer": lambda text: document(counterparty=buyer(name=text)),
    "phone": lambda text: document(counterparty=buyer(phone=text)),
    "mail": lambda text: document(counterparty=buyer(emails=(text,))),
    "street": lambda text: document(counterparty=buyer(address=replace(SELLER, line=text))),
    "district": lambda text: document(counterparty=buyer(address=replace(SELLER, district=text))),
    "city abroad": lambda text: document(counterparty=buyer(address=replace(ABROAD, city=text))),
    "state abroad": lambda text: document(counterparty=buyer(address=replace(ABROAD, region=text))),
    "first name": lambda text: document(
        counterparty=buyer(**PERSON, extra={"first_name": text, "family_name": text})
    ),
    "representative": lambda text: document(
        extra={"representative_type": "PP", "representative_number": text}
    ),
    "seller": lambda text: document(K.PURCHASE, counterparty=buyer(name=text, address=SELLER)),
    "correction": lambda text: document(K.CREDIT_NOTE, references=(reference(reason=text),)),
    "paper number": lambda text: document(
        K.PAPER_INVOICE, extra={"paper_number": text, "paper_date": TODAY}
    ),
}

FORMED = {"operation", "means", "line unit", "paper number", "representative"}  # or short


def signed_and_drawn(one: Document) -> bool:
    """Whether the document passed the checks; it is signed and drawn then."""
    one = replace(one, number=Number(PREFIXES[one.kind], 990_000_123))
    if any(checks.document_problems(one, company(), AT)):
        return False
    sealed = seal(one, company(), DRAWS, HOLDER, AT)
    return render(face(one, company(), sealed, None), None).startswith(b"%PDF")


@pytest.mark.parametrize("kind", PREFIXES)
def test_a_good_document_of_every_kind_is_signed_and_drawn(kind: K) -> None:
    assert signed_and_drawn(document(kind))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "hostile", ["Texto de \x01 prueba", "Texto de \ud800 prueba", "T\ufffe" * 9]
)
def test_what_xml_cannot_hold_is_told_and_never_signed(place: str, hostile: str) -> None:
    one = PLACES[place](hostile)
    if place != "district":  # the DIAN has no place for it
        assert not signed_and_drawn(one)
    else:
        assert signed_and_drawn(one)


@pytest.mark.parametrize("place", sorted(set(PLACES) - FORMED))
def test_what_markup_would_be_is_only_text(place: str) -> None:
    assert signed_and_drawn(PLACES[place]("<a>]]>&amp; #panic() \U0001f600 «ñ»"))
