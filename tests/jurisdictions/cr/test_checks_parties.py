"""What is told of a customer and of a company before a factura gets a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Address, Company, Customer, TaxId
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.makers import (
    AT,
    company,
    document,
    seal,
)
from tests.support.makers import CF, certificate_facts, customer


def found(one: Document) -> list[tuple[str, str]]:
    problems = jurisdiction.document_problems(one, company(), AT)
    return [(problem.field, problem.code) for problem in problems]


def lacking(one: Company, purpose: Purpose = Purpose.ISSUE) -> list[tuple[str, str]]:
    problems = jurisdiction.company_problems(one, AT, purpose)
    return [(problem.field, problem.code) for problem in problems]


def buyer(**changes: Any) -> Customer:
    given: dict[str, Any] = {
        "tax_id": TaxId("CF", CF),
        "name": "Cliente Inventado",
        "emails": ("cliente@correo.example",),
    } | changes
    return customer(**given)


BAD_CUSTOMERS: tuple[tuple[str, Customer, str, str], ...] = (
    ("name of 2", buyer(name="Al"), "client.name", "CR-XSD"),
    ("name of 101", buyer(name="A" * 101), "client.name", "CR-XSD"),
    ("a control character", buyer(name="Cliente\x00Inventado"), "client.name", "CR-XSD"),
    (
        "an unknown kind",
        buyer(tax_id=TaxId("RUC", "20999888772")),
        "client.identificationObject.type",
        "CR-REC-1",
    ),
    (
        "a física of 8",
        buyer(tax_id=TaxId("CF", "19999088")),
        "client.identificationObject.number",
        "CR-REC-1",
    ),
    (
        "a jurídica of 9",
        buyer(tax_id=TaxId("CJ", "310199988")),
        "client.identificationObject.number",
        "CR-REC-1",
    ),
    (
        "a foreigner without address",
        buyer(tax_id=TaxId("EXT", "P1")),
        "client.address.address",
        "CR-REC-3",
    ),
    (
        "no such place",
        buyer(address=Address("Calle 1, casa 2", "1-01-99")),
        "client.address.place",
        "CR-XSD",
    ),
    (
        "a short address",
        buyer(address=Address("Ahí", "1-01-01")),
        "client.address.address",
        "CR-XSD",
    ),
    ("a mail Hacienda refuses", buyer(emails=("a--b@correo.example",)), "client.email", "CR-XSD"),
    ("an activity of 5", buyer(extra={"activity": "12345"}), "client.extra.activity", "CR-XSD"),
)


@pytest.mark.parametrize(
    ("one", "field", "code"),
    [row[1:] for row in BAD_CUSTOMERS],
    ids=[row[0] for row in BAD_CUSTOMERS],
)
def test_a_bad_customer_is_told(one: Customer, field: str, code: str) -> None:
    assert found(document(counterparty=one)) == [(field, code)]


def test_the_document_holds_the_first_address_that_hacienda_takes() -> None:
    emails = ("a--b@correo.example", "compras@correo.example", "otra@correo.example")
    content = seal(document(counterparty=buyer(emails=emails))).content.decode()
    assert "<CorreoElectronico>compras@correo.example</CorreoElectronico></Receptor>" in content


BAD_COMPANIES: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("a name of 4", {"legal_name": "Café"}, "company.name", "CR-XSD"),
    ("a bad id", {"tax_id": TaxId("CJ", "31019998")}, "company.identification.number", "CR-EMI-5"),
    ("no mail", {"email": ""}, "company.email", "CR-EMI-6"),
    ("no address", {"address": None}, "company.address.place", "CR-EMI-3"),
    (
        "no such place",
        {"address": Address("Calle Invento 10", "8-01-01")},
        "company.address.place",
        "CR-EMI-3",
    ),
    ("no activity", {"extra": {}}, "company.extra.activity", "CR-EMI-2"),
    (
        "a long provider",
        {"extra": {"activity": "474100", "provider_system": "3" * 21}},
        "company.extra.provider_system",
        "CR-XSD",
    ),
    ("a trade name of 2", {"trade_name": "Ca"}, "company.tradeName", "CR-XSD"),
    ("a phone of 7", {"phone": "222 3333"}, "company.phone", "CR-XSD"),
    ("no key", {"certificate": None}, "company.certificate", "XX-CRT-1"),
    (
        "an old key",
        {"certificate": certificate_facts("3101999888", valid_until=AT - timedelta(seconds=1))},
        "company.certificate",
        "CR-CERT-1",
    ),
    (
        "a key of tomorrow",
        {"certificate": certificate_facts("3101999888", valid_from=AT + timedelta(days=1))},
        "company.certificate",
        "CR-CERT-1",
    ),
    (
        "another's key",
        {"certificate": certificate_facts("3101999777")},
        "company.certificate",
        "CR-CERT-2",
    ),
    ("no user", {"secrets": frozenset({"api_password"})}, "company.secrets.api_user", "XX-SEC-1"),
    (
        "no password",
        {"secrets": frozenset({"api_user"})},
        "company.secrets.api_password",
        "XX-SEC-1",
    ),
    ("no range", {"ranges": ()}, "company.numberTemplates", "XX-COM-3"),
    (
        "a range used up",
        {"ranges": (NumberingRange(1, DocumentKind.INVOICE, "00100001", 1, 5, 6),)},
        "company.numberTemplates",
        "XX-COM-3",
    ),
)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [row[1:] for row in BAD_COMPANIES],
    ids=[row[0] for row in BAD_COMPANIES],
)
def test_what_a_company_lacks_is_told(changes: dict[str, Any], field: str, code: str) -> None:
    assert lacking(company()) == []
    assert (field, code) in lacking(company(**changes))


def test_a_company_that_only_mails_needs_no_key() -> None:
    bare = company(certificate=None, secrets=frozenset(), ranges=())
    assert lacking(bare, Purpose.MAIL) == []
    assert lacking(replace(bare, has_mail_route=False), Purpose.MAIL) == [
        ("company.mailRoute", "XX-COM-2")
    ]
