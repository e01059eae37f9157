"""What is signed: goldens, schema, rulebook, identifiers, two other libraries' opinion."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from signxml.exceptions import InvalidSignature
from signxml.verifier import SignatureConfiguration
from signxml.xades.xades import XAdESVerifier

from acuse.jurisdictions.co import jurisdiction
from tests.jurisdictions.co.makers import AT, company, seal
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
