"""What is signed: goldens, schema, rulebook, identifiers, two other libraries' opinion."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from signxml.exceptions import InvalidSignature
from signxml.verifier import SignatureConfiguration
from signxml.xades.xades import XAdESVerifier

from acuse.domain.document import Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, TaxId
from acuse.jurisdictions.co import jurisdiction
from tests.jurisdictions.co.makers import (
    AT,
    KEY,
    NIT,
    NUMBERS,
    RANGES,
    SALES,
    SECRETS,
    buyer,
    company,
    document,
    line,
    seal,
)
from tests.jurisdictions.co.papers import CUFE
from tests.jurisdictions.co.reading import (
    CASES,
    CBC,
    NAMES,
    broken,
    good_for_xmlsec,
    pem,
    read_case,
    recomputed,
    sealed,
    totals,
)
from tests.support.golden import check, shown
from tests.support.makers import TestCredential, certificate, key

every_case = pytest.mark.parametrize("name", NAMES)


def test_there_is_a_case_for_each_kind() -> None:
    kinds = {read_case(name).document.kind for name in NAMES}
    assert kinds == {one.kind for one in jurisdiction.traits.kinds}
    assert len(NAMES) >= 30


@every_case
def test_a_case_has_no_problem(name: str) -> None:
    document = read_case(name).document
    assert jurisdiction.document_problems(document, company(), AT) == ()


@every_case
def test_a_case_is_sealed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    check(request, CASES / name / "sealed.xml", sealed(name))


@every_case
def test_a_case_is_printed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    document = read_case(name).document
    face = jurisdiction.face(document, company(), seal(document), None)
    check(request, CASES / name / "face.json", shown(face))


@every_case
def test_a_case_adds_up_to_what_its_author_counted(name: str) -> None:
    assert totals(etree.fromstring(sealed(name))) == read_case(name).expected


@every_case
def test_the_identifier_follows_from_the_xml_alone(name: str) -> None:
    root = etree.fromstring(sealed(name))
    assert recomputed(root) == root.findtext(f"{CBC}UUID")


@pytest.mark.authority
@every_case
def test_a_case_follows_the_published_schema(name: str, authority_dir: Path) -> None:
    root = etree.fromstring(sealed(name))
    file = f"UBL-{etree.QName(root).localname}-2.1.xsd"
    schema = etree.XMLSchema(etree.parse(str(authority_dir / "co" / "xsd" / "maindoc" / file)))
    assert schema.validate(root), schema.error_log


@every_case
def test_a_case_breaks_no_published_rule(name: str) -> None:
    assert broken(sealed(name)) == []


@every_case
def test_a_case_is_canonical_without_parsing(name: str) -> None:
    written = sealed(name).partition(b"\n")[2]
    assert etree.tostring(etree.fromstring(written), method="c14n") == written


@every_case
def test_a_case_verifies_with_xmlsec(name: str) -> None:
    assert good_for_xmlsec(sealed(name))


@every_case
def test_a_case_verifies_with_signxml(name: str) -> None:
    verified = XAdESVerifier().verify(
        sealed(name),
        x509_cert=pem(),
        expect_config=SignatureConfiguration(expect_references=3),
    )
    assert isinstance(verified, list)
    assert len(verified) == 3


VECTORS = {  # of colombia.md 4: the sealed document has the identifier worked out there
    "3": (document(), 30, CUFE),
    "6": (
        document(
            line("1", "1000", taxes=(Tax("IVA", Decimal(19)), Tax("INC", Decimal(8)))),
            counterparty=buyer(tax_id=TaxId("CC", "222222222222"), name="consumidor final"),
            number=Number("SETP", 990000130),
        ),
        35,
        "f6ca1cc16fc01340ea1f7d57cdb57ba5b3af0c50c2a01a284d8f70a7e137101604a2d20c9a83ec3f543441cc688e23cc",
    ),
    "7": (
        document(
            line("1", "100000", None),
            kind=DocumentKind.PURCHASE,
            counterparty=buyer(
                tax_id=TaxId("CC", "1020304050"), address=Address("Vereda 4", "25290", country="CO")
            ),
        ),
        120,
        "c933a86d839c7cb924970a5fab77cbe6959a0b6b48a1f5f89e289a85c5ded7c64c1d8a7d3f75c859aec19cd1883980ea",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_a_sealed_document_has_the_identifier_of_the_papers(name: str) -> None:
    one, minutes, fiscal_id = VECTORS[name]
    assert seal(one, at=AT.replace(minute=0) + timedelta(minutes=minutes)).fiscal_id == fiscal_id


def test_a_technical_key_copied_with_blanks_and_capitals_is_the_same_key() -> None:
    copied = {name: f" {value.upper()}\n" for name, value in SECRETS.items() if ":" in name}
    holder = TestCredential(certificate(NIT), key(), **(SECRETS | copied))
    assert seal(credential=holder).fiscal_id == CUFE


def test_each_range_of_a_resolution_is_hashed_with_its_own_key() -> None:
    other = replace(RANGES[0], id=99, series="SETQ")
    issuer = company(ranges=(*RANGES, other))
    second = document(number=Number("SETQ", NUMBERS[DocumentKind.INVOICE]))
    keys = {f"technical_key:{SALES}:SETQ": "a" * 40}
    holder = TestCredential(certificate(NIT), key(), **(SECRETS | keys))
    text = recomputed(etree.fromstring(seal(second, company=issuer, credential=holder).content))
    mended = TestCredential(certificate(NIT), key(), **SECRETS | {next(iter(keys)): KEY})
    assert seal(second, company=issuer, credential=mended).fiscal_id == text
    assert seal(second, company=issuer, credential=holder).fiscal_id != text


def test_the_day_is_bogotas_and_that_of_the_signature() -> None:
    late = datetime(2026, 11, 26, 4, 59, 59, tzinfo=UTC)  # 23:59:59 on the 25th
    root = etree.fromstring(seal(at=late).content)
    signed_at = root.findtext(".//{http://uri.etsi.org/01903/v1.3.2#}SigningTime")
    assert signed_at == "2026-11-25T23:59:59.000-05:00"
    assert root.findtext(f"{CBC}IssueDate") == "2026-11-25"
    assert root.findtext(f"{CBC}IssueTime") == "23:59:59-05:00"


@pytest.mark.authority
def test_a_thousand_lines_follow_the_schema_and_verify(authority_dir: Path) -> None:
    content = seal(document(*(line(description=f"Producto {n}") for n in range(1000)))).content
    path = authority_dir / "co" / "xsd" / "maindoc" / "UBL-Invoice-2.1.xsd"
    assert etree.XMLSchema(etree.parse(str(path))).validate(etree.fromstring(content))
    assert good_for_xmlsec(content)


def test_a_changed_price_breaks_the_signature() -> None:
    content = seal().content
    changed = re.sub(rb">50000\.00<", b">50001.00<", content, count=1)
    assert changed != content
    assert not good_for_xmlsec(changed)
    with pytest.raises(InvalidSignature):
        XAdESVerifier().verify(
            changed, x509_cert=pem(), expect_config=SignatureConfiguration(expect_references=3)
        )


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert seal().content == seal().content


def test_the_file_name_has_the_fixed_length() -> None:
    made = seal()
    assert made.file_name == "fv09998887770002600000011.xml"
    assert len(made.file_name) == 29
