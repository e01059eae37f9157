"""Every case: goldens, schema, formulas, the sandbox's rulebook, two other libraries' opinion."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from acuse.domain.intake import read_document, write_document
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.pe import jurisdiction
from acuse.xml.verify import verify
from tests.jurisdictions.pe import equations
from tests.jurisdictions.pe.makers import CASES, NAMES, case_company, paper_case, read_case, seal
from tests.jurisdictions.pe.published import broken_rules
from tests.support import signatures
from tests.support.golden import check, shown
from tests.support.makers import AT, RUC, credential

every_case = pytest.mark.parametrize("name", NAMES)
REGISTER = frozenset({"3262", "4439"})  # what only SUNAT's register of the parties can tell


@cache
def sealed(name: str) -> bytes:
    """The case's signed bytes."""
    return seal(read_case(name), case_company()).content


def test_there_is_a_case_for_each_kind_and_each_reason() -> None:
    documents = [read_case(name) for name in NAMES]
    for kind in jurisdiction.traits.kinds:
        mine = [one for one in documents if one.kind is kind.kind]
        assert mine or kind.kind not in FAMILY, kind
        told = {one.references[0].reason_code for one in mine if one.references}
        assert told == {code for code, _ in kind.reasons} or kind.kind not in FAMILY, kind


FAMILY = frozenset(
    {
        DocumentKind.INVOICE,
        DocumentKind.RECEIPT,
        DocumentKind.CREDIT_NOTE,
        DocumentKind.DEBIT_NOTE,
    }
)


@every_case
def test_a_case_has_neither_problem_nor_remark(name: str) -> None:
    one = read_case(name)
    assert jurisdiction.document_problems(one, case_company(), AT) == ()
    assert jurisdiction.document_warnings(one, case_company(), AT) == ()


@every_case
def test_a_case_is_sealed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    check(request, CASES / name / "sealed.xml", sealed(name))


@every_case
def test_a_case_is_printed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    one, issuer = read_case(name), case_company()
    face = jurisdiction.face(one, issuer, seal(one, issuer), None)
    check(request, CASES / name / "face.json", shown(face))


@every_case
def test_the_xml_says_what_its_author_counted(name: str) -> None:
    root, expected = etree.fromstring(sealed(name)), paper_case(name).expected
    total = equations.Header(root, []).total
    assert {
        "line": total.findtext("c:LineExtensionAmount", None, equations.NS),
        "tax_inclusive": total.findtext("c:TaxInclusiveAmount", None, equations.NS),
        "tax": root.findtext("a:TaxTotal/c:TaxAmount", None, equations.NS),
        "payable": total.findtext("c:PayableAmount", None, equations.NS),
    } == {key: expected[key] for key in ("line", "tax_inclusive", "tax", "payable")}
    subtotals = {
        one.findtext(".//a:TaxScheme/c:Name", "", equations.NS): [
            one.findtext("c:TaxableAmount", "0.00", equations.NS),
            one.findtext("c:TaxAmount", "", equations.NS),
        ]
        for one in root.findall("a:TaxTotal/a:TaxSubtotal", equations.NS)
    }
    assert subtotals == expected["subtotals"]


@every_case
def test_the_sheets_formulas_hold(name: str) -> None:
    assert equations.broken(sealed(name)) == []


@pytest.mark.authority
@every_case
def test_a_case_follows_the_published_schema(name: str, authority_dir: Path) -> None:
    root = etree.fromstring(sealed(name))
    schema = _schema(authority_dir, etree.QName(root).localname)
    assert schema.validate(root), schema.error_log


@every_case
def test_a_case_breaks_no_published_rule(name: str) -> None:
    document = read_case(name)
    found = broken_rules(sealed(name), document.kind, document.number)
    assert [told for code, told in found if code not in REGISTER] == []


@every_case
def test_a_case_is_canonical_without_parsing(name: str) -> None:
    written = sealed(name).partition(b"\n")[2]
    assert etree.tostring(etree.fromstring(sealed(name)), method="c14n") == written


@every_case
def test_a_case_is_verified_by_three_libraries(name: str) -> None:
    content = sealed(name)
    assert signatures.good_for_xmlsec(content)
    assert signatures.signed_part(content).tag == etree.fromstring(content).tag
    assert verify(content).certificate == credential().certificate


@every_case
def test_the_code_and_the_hash_follow_from_the_xml(name: str) -> None:
    one, issuer = read_case(name), case_company()
    made = seal(one, issuer)
    root = etree.fromstring(made.content)
    assert made.fiscal_id == root.findtext(".//{*}DigestValue")
    fields = jurisdiction.face(one, issuer, made, None).qr.split("|")
    igv = {
        tax.findtext(".//a:TaxScheme/c:ID", "", equations.NS): tax.findtext(
            "c:TaxAmount", "", equations.NS
        )
        for tax in root.findall("a:TaxTotal/a:TaxSubtotal", equations.NS)
    }.get("1000", "0.00")
    customer = root.find("a:AccountingCustomerParty//a:PartyIdentification/c:ID", equations.NS)
    assert customer is not None
    assert fields == [
        RUC,
        made.file_name.split("-")[1],
        *str(root.findtext("c:ID", "", equations.NS)).split("-"),
        igv,
        equations.Header(root, []).total.findtext("c:PayableAmount", "", equations.NS),
        root.findtext("c:IssueDate", "", equations.NS),
        customer.get("schemeID"),
        customer.text,
        made.fiscal_id,
        "",
    ]


@every_case
def test_a_case_survives_the_round_trip(name: str) -> None:
    one = read_case(name)
    raw = write_document(one, jurisdiction.traits)
    read = read_document(raw, jurisdiction.traits, rehearsal=True)
    assert write_document(read, jurisdiction.traits) == raw  # type: ignore[arg-type]


@cache
def _schema(authority_dir: Path, root: str) -> etree.XMLSchema:
    return etree.XMLSchema(
        etree.parse(str(authority_dir / f"pe/xsd/2.1/maindoc/UBL-{root}-2.1.xsd"))
    )
