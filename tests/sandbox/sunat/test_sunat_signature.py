"""The signature's own checks: structure, certificate, and that the document is as it was signed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from tests.sandbox.sunat.changes import Change, after, attribute, drop, put, twice
from tests.sandbox.sunat.conftest import NOW
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.signing import sign, signer

from acuse_sandbox import hardened, papers
from acuse_sandbox.sunat import signature

SIGNATURE = "//ds:Signature"
INFO = f"{SIGNATURE}/ds:SignedInfo"
CAC = "cac:Signature"


def codes(document: bytes, *changes: Change, issuer: str = ISSUER, at: datetime = NOW) -> list[str]:
    root = hardened.parse(document)
    for change in changes:
        change(root)
    return [finding.code for finding in signature.examine(root, issuer, at)]


def test_a_signed_document_has_nothing_against_it() -> None:
    assert codes(sign(invoice())) == []


def test_every_change_of_the_content_is_seen() -> None:
    assert codes(sign(invoice()), put("cbc:IssueTime", "10:00:01")) == ["2335"]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("2085", drop(SIGNATURE)),
        ("2085", twice(SIGNATURE)),
        ("2085", attribute(SIGNATURE, "Id", None)),
        ("2084", attribute(SIGNATURE, "Id", "")),
        ("2087", attribute(f"{INFO}/ds:CanonicalizationMethod", "Algorithm", None)),
        ("2086", attribute(f"{INFO}/ds:CanonicalizationMethod", "Algorithm", "urn:otro")),
        ("2089", attribute(f"{INFO}/ds:SignatureMethod", "Algorithm", None)),
        ("2088", attribute(f"{INFO}/ds:SignatureMethod", "Algorithm", "urn:otro")),
        ("2091", attribute(f"{INFO}/ds:Reference", "URI", None)),
        ("2090", attribute(f"{INFO}/ds:Reference", "URI", "#parte")),
        ("2090", twice(f"{INFO}/ds:Reference")),
        ("2093", drop(f"{INFO}/ds:Reference/ds:Transforms")),
        ("2092", attribute(f"{INFO}//ds:Transform", "Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")),
        ("2095", attribute(f"{INFO}//ds:DigestMethod", "Algorithm", None)),
        ("2094", attribute(f"{INFO}//ds:DigestMethod", "Algorithm", "urn:otro")),
        ("2097", drop(f"{INFO}//ds:DigestValue")),
        ("2099", drop(f"{SIGNATURE}/ds:SignatureValue")),
        ("2098", put(f"{SIGNATURE}/ds:SignatureValue", "*")),
        ("2101", drop(f"{SIGNATURE}/ds:KeyInfo")),
        ("2100", put(f"{SIGNATURE}//ds:X509Certificate", "AAAA")),
        ("2076", drop(f"{CAC}/cbc:ID")),
        ("2077", put(f"{CAC}/cbc:ID", "")),
        ("2079", drop(f"{CAC}/cac:SignatoryParty/cac:PartyIdentification")),
        ("2078", put(f"{CAC}/cac:SignatoryParty/cac:PartyIdentification/cbc:ID", CUSTOMER)),
        ("2081", drop(f"{CAC}/cac:SignatoryParty/cac:PartyName")),
        ("2080", put(f"{CAC}/cac:SignatoryParty/cac:PartyName/cbc:Name", "")),
        ("2083", drop(f"{CAC}/cac:DigitalSignatureAttachment")),
        ("2082", put(f"{CAC}/cac:DigitalSignatureAttachment//cbc:URI", "")),
    ],
)  # fmt: skip
def test_a_flaw_of_structure_has_its_code(code: str, change: Change) -> None:
    assert codes(sign(invoice()), change) == [code]


def test_a_certificate_names_its_ruc_as_a_whole_number() -> None:
    assert codes(sign(invoice(), signer(CUSTOMER))) == ["2325"]
    assert codes(sign(invoice(), signer(f"9{ISSUER}"))) == ["2325"]
    assert codes(sign(invoice(), signer(f"RUC:{ISSUER}"))) == []


@pytest.mark.parametrize(
    ("at", "broken"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), []),
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), ["2327"]),
        (datetime(2028, 1, 1, tzinfo=UTC), []),
        (datetime(2028, 1, 1, 0, 0, 1, tzinfo=UTC), ["2327"]),
    ],
)
def test_a_certificate_has_its_time(at: datetime, broken: list[str]) -> None:
    assert codes(sign(invoice()), at=at) == broken


def test_a_signature_moved_out_of_its_place_does_not_count() -> None:
    moved = sign(invoice())
    root = etree.fromstring(moved)
    found = root.find(".//{*}Signature")
    assert found is not None
    root.append(found)
    assert codes(etree.tostring(root)) == ["2085"]


def test_a_second_extension_with_content_is_part_of_what_was_signed() -> None:
    added = after("//ds:Signature/../..", "<cbc:Note>añadido</cbc:Note>")
    assert codes(sign(invoice()), added) == ["2335"]


@pytest.mark.authority
@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("20123456786-01-F001-1.xml", []),
        ("20123456786-01-F001-1.tampered-bad-signature.xml", ["2335"]),
    ],
)
def test_a_document_signed_by_an_independent_program_is_judged(
    name: str, broken: list[str]
) -> None:
    path: Path = papers.folder() / "pe/samples/signed" / name
    if not path.is_file():
        pytest.skip(f"no published sample at {path}")
    named = attribute(SIGNATURE, "Id", "SignSUNAT")  # these samples lack it, and it is not signed
    assert codes(path.read_bytes(), issuer="20123456786") == ["2085"]
    assert codes(path.read_bytes(), named, issuer="20123456786") == broken
