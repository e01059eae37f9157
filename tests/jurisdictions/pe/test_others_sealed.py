"""What is signed of the kinds that are no sale: goldens, schema, strangers' opinions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from acuse.domain.intake import read_document, write_document
from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import Lines
from acuse.jurisdictions.pe import checks_document, jurisdiction
from acuse.pdf.render import render
from acuse.xml.verify import verify
from tests.jurisdictions.pe.others import (
    CASES,
    CHECKS,
    NUMBERS,
    OTHERS,
    SCHEMAS,
    problems,
    raw,
    read_case,
    seal,
    sealed,
)
from tests.jurisdictions.pe.published import broken_rules
from tests.support import signatures
from tests.support.golden import check, shown
from tests.support.makers import RUC, company, credential

BREAKERS = ("cases_despatch", "test_despatch_checks", "test_purchase", "test_withholding")
every_case = pytest.mark.parametrize("name", OTHERS)


def test_there_are_cases_of_each_kind() -> None:
    kinds = {read_case(name).document.kind for name in OTHERS}
    assert kinds == set(NUMBERS)
    assert len(OTHERS) >= 20


def test_every_rule_that_is_checked_has_a_document_that_breaks_it() -> None:
    """Each code of ours stands in a test that asks for it: none is checked unseen."""
    written = Path(checks_document.__file__).parent
    here = [path for path in Path(__file__).parent.glob("*.py") if path.stem in BREAKERS]
    assert len(here) == len(BREAKERS)
    checked, asked = codes(written / f"{name}.py" for name in CHECKS), codes(here)
    assert checked - asked == set()


@every_case
def test_a_case_has_no_problem(name: str) -> None:
    assert problems(read_case(name).document) == ()


@every_case
def test_a_case_is_sealed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    check(request, CASES / name / "sealed.xml", sealed(name))


@every_case
def test_a_case_is_printed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    one = read_case(name).document
    face = jurisdiction.face(one, company(), seal(one), None)
    check(request, CASES / name / "face.json", shown(face))


@every_case
def test_a_case_breaks_no_published_rule(name: str) -> None:
    one = read_case(name).document
    assert broken_rules(sealed(name), one.kind, one.number) == []


@every_case
def test_a_case_survives_the_document_format(name: str) -> None:
    told = raw(name)
    del told["expected"]
    first = read_document(told, jurisdiction.traits, rehearsal=True)
    assert not isinstance(first, tuple)
    written = write_document(first, jurisdiction.traits)
    assert read_document(written, jurisdiction.traits, rehearsal=True) == first


@pytest.mark.authority
@every_case
def test_a_case_follows_the_published_schema(name: str, authority_dir: Path) -> None:
    root = etree.fromstring(sealed(name))
    schema = _schema(authority_dir, etree.QName(root).localname)
    assert schema.validate(root), schema.error_log


@every_case
def test_a_case_is_canonical_without_parsing(name: str) -> None:
    content = sealed(name)
    written = content.partition(b"\n")[2]
    assert etree.tostring(etree.fromstring(content), method="c14n") == written


@every_case
def test_a_case_is_verified_by_three_libraries(name: str) -> None:
    content = sealed(name)
    assert signatures.good_for_xmlsec(content)
    assert etree.QName(signatures.signed_part(content)).localname in SCHEMAS
    assert verify(content).certificate == credential().certificate


@every_case
def test_no_element_of_a_case_is_empty(name: str) -> None:
    """SUNAT judges an empty element as a missing one."""
    empty = [
        etree.QName(one).localname
        for one in etree.fromstring(sealed(name)).iter()
        if not len(one) and not (one.text or "").strip() and "xmldsig" not in str(one.tag)
    ]
    assert empty == []


@every_case
def test_a_case_is_named_by_ruc_kind_and_number(name: str) -> None:
    one = read_case(name).document
    kind, number = jurisdiction.traits.kind(one.kind), NUMBERS[one.kind]
    assert kind is not None
    made = seal(one)
    assert made.file_name == f"{RUC}-{kind.code}-{number.series}-{number.value}.xml"
    assert jurisdiction.subject(one, company(), made) == ""  # the company words it
    totals = jurisdiction.face(one, company(), made, None).totals
    assert kind.lines is Lines.GOODS or totals[-1].value  # what the mail tells as an amount


@pytest.mark.parametrize("paper", ["A4", "80mm"])
@pytest.mark.parametrize("kind", NUMBERS)
def test_each_kind_is_printed_on_both_papers(kind: DocumentKind, paper: str) -> None:
    name = next(name for name in OTHERS if read_case(name).document.kind is kind)
    one, issuer = read_case(name).document, company(extra={"paper": paper})
    face = jurisdiction.face(one, issuer, seal(one, issuer), None)
    assert face.paper == paper
    assert render(face, None).startswith(b"%PDF")


def codes(paths: Iterable[Path]) -> set[str]:
    """The codes of problems that stand in these files."""
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return set(re.findall(r"\"(PE-[A-Z0-9-]+[0-9])\"", "".join(texts)))


@cache
def _schema(authority_dir: Path, root: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(authority_dir / "pe/xsd" / SCHEMAS[root]))
