"""Values with defaults for tests: name only what the test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID

from acuse.domain.document import Document, Line, Payment, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number, NumberingRange
from acuse.domain.party import (
    Address,
    CertificateFacts,
    Company,
    Customer,
    Environment,
    TaxId,
)
from tests.support.keys import KEY_PEM

AT = datetime(2026, 11, 25, 15, 30, 0, tzinfo=UTC)  # 10:30 in Lima, 09:30 in San José
RUC = "20999888772"
OTHER_RUC = "20999000119"
CJ = "3101999888"
CF = "199990888"


class TestCredential:
    """A credential whose key is in the test's own memory."""

    __test__ = False

    def __init__(self, certificate: bytes, key: rsa.RSAPrivateKey, **secrets: str) -> None:
        self.certificate = certificate
        self._key = key
        self._secrets = secrets

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def secret(self, name: str) -> str:
        return self._secrets[name]


@cache
def key() -> rsa.RSAPrivateKey:
    loaded = load_pem_private_key(KEY_PEM, None)
    assert isinstance(loaded, rsa.RSAPrivateKey)
    return loaded


@cache
def certificate(serial: str = RUC) -> bytes:
    """The same bytes every time: name, number and dates are fixed."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "XX"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Empresa Inventada"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, serial),
        ]
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key().public_key())
        .serial_number(727)
        .not_valid_before(AT - timedelta(days=100))
        .not_valid_after(AT + timedelta(days=600))
        .sign(key(), hashes.SHA256())
    )
    return built.public_bytes(Encoding.DER)


def credential(serial: str = RUC, **secrets: str) -> TestCredential:
    given = {
        "sol_user": "MODDATOS",
        "sol_password": "moddatos",
        "api_user": "cpj-3-101-999888@stag.comprobanteselectronicos.example",
        "api_password": "clave-inventada",
    } | secrets
    return TestCredential(certificate(serial), key(), **given)


def certificate_facts(holder: str = RUC, **changes: Any) -> CertificateFacts:
    given: dict[str, Any] = {
        "subject": "O=Empresa Inventada",
        "holder_ids": (holder,),
        "valid_from": AT - timedelta(days=100),
        "valid_until": AT + timedelta(days=600),
        "sha256": "0" * 64,
    } | changes
    return CertificateFacts(**given)


def replaced(value: Any, **changes: Any) -> Any:
    """The value with some fields changed."""
    return replace(value, **changes)


def company(**changes: Any) -> Company:
    """A Peruvian company that can issue and mail."""
    given: dict[str, Any] = {
        "id": 1,
        "jurisdiction": "PE",
        "environment": Environment.SANDBOX,
        "tax_id": TaxId("RUC", RUC),
        "legal_name": "TEJIDOS EL EJEMPLAR S.A.C.",
        "trade_name": "Tejidos El Ejemplar",
        "address": Address(
            "Calle Mercaderes 123", "040101", "Arequipa", "Arequipa", "Arequipa", "PE"
        ),
        "email": "ventas@tejidos.example",
        "automatic_delivery": True,
        "electronic_invoicing": True,
        "certificate": certificate_facts(),
        "secrets": frozenset({"sol_user", "sol_password"}),
        "ranges": (NumberingRange(1, DocumentKind.INVOICE, "F001", 1, 99_999_999, 1),),
    } | changes
    return Company(**given)


def customer(**changes: Any) -> Customer:
    given: dict[str, Any] = {
        "tax_id": TaxId("RUC", OTHER_RUC),
        "name": "COMERCIAL LA INVENTADA E.I.R.L.",
        "emails": ("compras@inventada.example",),
    } | changes
    return Customer(**given)


def line(**changes: Any) -> Line:
    given: dict[str, Any] = {
        "description": "Chompa de alpaca",
        "quantity": Decimal(2),
        "price": Decimal(50),
        "unit": "NIU",
        "taxes": (Tax("IGV", Decimal(18)),),
    } | changes
    return Line(**given)


def document(**changes: Any) -> Document:
    given: dict[str, Any] = {
        "kind": DocumentKind.INVOICE,
        "counterparty": customer(),
        "lines": (line(),),
        "currency": "PEN",
        "date": date(2026, 11, 25),
        "number": Number("F001", 123),
        "payment": Payment(),
    } | changes
    return Document(**given)


def costa_rican_company(**changes: Any) -> Company:
    """A Costa Rican company that can issue and mail."""
    given: dict[str, Any] = {
        "jurisdiction": "CR",
        "tax_id": TaxId("CJ", CJ),
        "legal_name": "Café Ejemplar de Tarrazú S.A.",
        "trade_name": "Café Ejemplar",
        "address": Address("Calle Invento 10", "1-05-01", "", "", "", "CR"),
        "email": "ventas@cafe.example",
        "phone": "506 2222 3333",
        "certificate": certificate_facts(CJ),
        "secrets": frozenset({"api_user", "api_password"}),
        "ranges": (NumberingRange(1, DocumentKind.INVOICE, "00100001", 1, 9_999_999_999, 1),),
        "extra": {"activity": "474100", "alcohol_register": "LIC-0099"},
    } | changes
    return company(**given)


def costa_rican_line(**changes: Any) -> Line:
    given: dict[str, Any] = {
        "description": "Café molido 500 g",
        "quantity": Decimal(3),
        "price": Decimal(2500),
        "unit": "Unid",
        "taxes": (Tax("IVA", Decimal(13)),),
        "extra": {"cabys": "2399999000100"},
    } | changes
    return line(**given)


def costa_rican_document(**changes: Any) -> Document:
    given: dict[str, Any] = {
        "counterparty": customer(
            tax_id=TaxId("CF", CF), name="Cliente Inventado", emails=("cliente@correo.example",)
        ),
        "lines": (costa_rican_line(),),
        "currency": "CRC",
        "number": Number("00100001", 1),
    } | changes
    return document(**given)
