"""What is signed, printed and packed, beyond what the cases show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from acuse.domain.document import Discount
from acuse.domain.jurisdiction import Draws, Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, Environment
from acuse.domain.verdict import Evidence, Outcome, Verdict
from acuse.jurisdictions.pe import jurisdiction
from acuse.xml.verify import NotVerified, verify
from acuse_sandbox.sunat.judge import judge
from acuse_sandbox.sunat.stem import read as read_stem
from tests.jurisdictions.pe.checked import document as checked_document
from tests.jurisdictions.pe.checked import issuer
from tests.jurisdictions.pe.makers import cdr, read_case, seal
from tests.support import signatures
from tests.support.makers import (
    AT,
    OTHER_RUC,
    RUC,
    company,
    credential,
    customer,
    document,
    line,
)

D = Decimal
_NO_DRAWS = Draws()  # Peru draws nothing


def test_a_changed_price_breaks_the_signature() -> None:
    content = seal().content
    changed = content.replace(b">50.00</cbc:PriceAmount>", b">51.00</cbc:PriceAmount>")
    assert changed != content
    assert not signatures.good_for_xmlsec(changed)
    with pytest.raises(NotVerified):
        verify(changed)


def test_the_sealed_document_is_named_by_ruc_kind_and_number() -> None:
    sealed = seal(document(number=Number("F001", 7)))
    assert sealed.number == "F001-7"
    assert sealed.file_name == f"{RUC}-01-F001-7.xml"
    digest = re.search(rb"<ds:DigestValue>(.*?)</ds:DigestValue>", sealed.content)
    assert digest is not None
    assert sealed.fiscal_id == digest[1].decode()


def test_the_same_document_is_sealed_in_the_same_bytes() -> None:
    assert seal() == seal()
    assert seal(document(number=Number("F001", 124))) != seal()


def test_sandbox_test_and_production_write_the_same_values() -> None:
    contents = {seal(issuer=company(environment=one)).content for one in Environment}
    assert len(contents) == 1


def test_the_hour_is_limas() -> None:
    at = datetime(2026, 11, 26, 4, 59, 59, tzinfo=UTC)
    sealed = jurisdiction.seal(document(), company(), _NO_DRAWS, credential(), at)
    assert b"<cbc:IssueTime>23:59:59</cbc:IssueTime>" in sealed.content


def test_999_lines_follow_the_schema_and_the_rules(authority_dir: Path) -> None:
    one = document(lines=tuple(line(description=f"Producto {n}") for n in range(999)))
    content = seal(one).content
    assert _schema(authority_dir).validate(etree.fromstring(content))
    assert broken(content) == []


@pytest.mark.parametrize(
    ("amount", "written"),
    [("33333.33", False), ("250000", True), ("0.01", False), ("1000000", True)],
)
def test_a_factor_is_written_only_where_it_gives_the_amount_back(
    amount: str, written: bool
) -> None:
    """33,333.33 of a million is 0.03333 in five decimals: 3.33 away from the amount (3307)."""
    big = line(quantity=D(1), price=D(1_000_000))
    one = document(lines=(big,), discounts=(Discount(amount=D(amount)),))
    assert jurisdiction.document_problems(one, company(), AT) == ()
    content = seal(one).content
    assert (b"MultiplierFactorNumeric" in content) is written
    assert broken(content) == []


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("&<>\"'\t\r\n]]>\u00a0\u0085\u2028éñ🙂\ufffd"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=3,
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_texts_are_refused_or_signed_and_canonical(
    name: str, street: str, order: str
) -> None:
    issuer = company(
        legal_name=name, trade_name=order, address=Address(street, "150101", name, street, order)
    )
    one = document(
        lines=(line(description=name, code=street),),
        counterparty=customer(name=order, address=Address(name, street, order, name)),
        purchase_order=order[:20],
    )
    if jurisdiction.company_problems(issuer, AT, Purpose.ISSUE):
        return
    if jurisdiction.document_problems(one, issuer, AT):
        return
    content = seal(one, issuer).content
    root = etree.fromstring(content)
    assert etree.tostring(root, method="c14n") == content.partition(b"\n")[2]
    assert root.findtext(".//{*}Item/{*}Description") == name
    verify(content)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.decimals("0.0001", "9999", places=4),
            st.decimals("0.01", "99999", places=6),
            st.sampled_from(["10", "20", "30"]),
            st.decimals("0", "100", places=2),
        ),
        min_size=1,
        max_size=6,
    ),
    st.decimals("0", "99", places=2),
)
def test_whatever_has_no_problem_breaks_no_published_rule(
    parts: list[tuple[D, D, str, D]], off: D
) -> None:
    lines = tuple(
        line(
            quantity=quantity,
            price=price,
            taxes=(),
            extra={"affectation": affectation},
            discounts=(Discount(percent=percent),) if percent else (),
        )
        for quantity, price, affectation, percent in parts
    )
    one = document(lines=lines, discounts=(Discount(percent=off),) if off else ())
    if not jurisdiction.document_problems(one, company(), AT):
        assert broken(seal(one).content) == []


def test_the_face_of_a_credit_sale_says_what_is_due_and_when() -> None:
    one = read_case("credito-dos-cuotas")
    face = jurisdiction.face(one, company(), seal(one), None)
    assert face.words == "SON: CIENTO DIECIOCHO CON 00/100 SOLES"
    assert face.notes == (
        "Pendiente de pago: S/ 118.00",
        "Cuota 1: S/ 59.00, vence el 25/12/2026",
        "Cuota 2: S/ 59.00, vence el 25/01/2027",
    )
    assert ("Forma de pago", "Crédito") in [(f.label, f.value) for f in face.facts]


def test_the_qr_has_ten_fields_with_a_bar_after_each() -> None:
    one, sealed = document(), seal()
    face = jurisdiction.face(one, company(), sealed, None)
    told = f"{RUC}|01|F001|123|18.00|118.00|2026-11-25|6|{OTHER_RUC}|{sealed.fiscal_id}|"
    assert face.qr == told


def test_the_face_is_marked_except_in_production() -> None:
    def watermark(environment: Environment) -> str:
        issuer = company(environment=environment)
        return jurisdiction.face(document(), issuer, seal(issuer=issuer), None).watermark

    assert watermark(Environment.SANDBOX) == "SIN VALOR TRIBUTARIO"
    assert watermark(Environment.TEST) == "SIN VALOR TRIBUTARIO"
    assert watermark(Environment.PRODUCTION) == ""


def bundled(verdict: Verdict) -> object:
    return jurisdiction.bundle(
        document(), company(), seal(), verdict, b"%PDF", _NO_DRAWS, credential(), AT
    )


def test_the_bundle_is_three_files_as_they_are() -> None:
    files = bundled(Verdict(Outcome.ACCEPTED, receipt=b"PK cdr"))
    assert isinstance(files, tuple)
    stem = f"{RUC}-01-F001-123"
    assert [(file.name, file.content) for file in files] == [
        (f"{stem}.xml", seal().content),
        (f"R-{stem}.zip", b"PK cdr"),
        (f"{stem}.pdf", b"%PDF"),
    ]


def test_the_bundle_waits_for_the_cdr() -> None:
    missing = bundled(Verdict(Outcome.ACCEPTED))
    assert getattr(missing, "code", "") == "PE-OWN-4"
    by_register = bundled(Verdict(Outcome.ACCEPTED, evidence=Evidence.REGISTER))
    assert isinstance(by_register, tuple)
    assert len(by_register) == 2


def test_a_company_may_attach_the_cdr_as_xml() -> None:
    archive = cdr()
    issuer = company(extra={"receipt_as_xml": True})
    verdict = Verdict(Outcome.ACCEPTED, receipt=archive)
    given = (document(), issuer, seal(), verdict, b"%PDF", _NO_DRAWS, credential(), AT)
    files = jurisdiction.bundle(*given)
    assert isinstance(files, tuple)
    assert files[1].name == f"R-{RUC}-01-F001-123.xml"
    assert files[1].content_type == "application/xml"
    assert etree.fromstring(files[1].content).tag.endswith("ApplicationResponse")
    broken_archive = Verdict(Outcome.ACCEPTED, receipt=b"PK cdr")
    files = jurisdiction.bundle(*given[:3], broken_archive, *given[4:])
    assert isinstance(files, tuple)
    assert (files[1].name, files[1].content) == (f"R-{RUC}-01-F001-123.zip", b"PK cdr")


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.RECEIPT, "B001-123"),
        (DocumentKind.CREDIT_NOTE, "FC01-123"),
        (DocumentKind.DEBIT_NOTE, "FD01-123"),
    ],
)
def test_the_number_is_the_one_that_the_subject_names(kind: DocumentKind, number: str) -> None:
    assert seal(checked_document(kind), issuer()).number == number


def test_the_company_words_the_subject() -> None:
    assert jurisdiction.subject(document(), issuer(), seal(issuer=company())) == ""
    template = jurisdiction.traits.words.subject
    assert template == "{{documento.tipo}} {{documento.numero}} – {{empresa.nombre}}"


def broken(content: bytes) -> list[str]:
    """What the pretended SUNAT, which shares no code with the writer, says of the document."""
    root = etree.fromstring(content)
    number = root.findtext("{*}ID")
    stem = read_stem(f"{RUC}-01-{number}")
    assert stem is not None
    verdict = judge(content, stem, AT)
    found = [verdict.rejection] if verdict.rejection else []
    return [finding.sentence for finding in (*found, *verdict.observations)]


@cache
def _schema(authority_dir: Path) -> etree.XMLSchema:
    path = authority_dir / "pe/xsd/2.1/maindoc/UBL-Invoice-2.1.xsd"
    return etree.XMLSchema(etree.parse(path))


def test_a_backdated_document_keeps_its_date() -> None:
    one = replace(document(), date=date(2026, 11, 23))
    assert b"<cbc:IssueDate>2026-11-23</cbc:IssueDate>" in seal(one).content
