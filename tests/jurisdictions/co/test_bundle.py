"""The customer's packet: one ZIP with the signed container and the PDF, and the mail's subject."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from hashlib import sha512
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from acuse.domain.document import Document
from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import ReceivedDocument
from acuse.domain.verdict import Outcome, Verdict
from acuse.jurisdictions.co import bundle
from acuse.jurisdictions.co.container import cdata, container
from acuse.jurisdictions.co.received import read_received
from acuse.jurisdictions.co.subject import subject
from acuse.jurisdictions.co.traits import KINDS
from acuse.xml import verify
from acuse.xml.archive import unpack_all
from tests.jurisdictions.co import dian
from tests.support.makers import AT, customer, document, line
from tests.support.signatures import good_for_xmlsec

PDF = b"%PDF-1.7 invented"
STEM = "ad09998887770002600000001"


def sealed(content: bytes | None = None, **changes: Any) -> Sealed:
    given_: dict[str, Any] = {
        "content": dian.sealed() if content is None else content,
        "fiscal_id": dian.CUFE,
        "number": dian.NUMBER,
        "file_name": "fv09998887770002600000001.xml",
        "sealed_at": AT,
    } | changes
    return Sealed(**given_)


def verdict(receipt: bytes | None = None) -> Verdict:
    return Verdict(Outcome.ACCEPTED, (), receipt or dian.application_response())


def made(one: Sealed | None = None, told: Verdict | None = None) -> bytes:
    return container(one or sealed(), told or verdict(), dian.credential(), AT)


def packed(told: Verdict | None = None, pdf: bytes = PDF) -> tuple[Attachment, ...] | Problem:
    return bundle.bundle(sealed(), told or verdict(), pdf, dian.credential(), AT)


def embedded(content: bytes) -> list[bytes]:
    """The documents inside, as any XML reader gives them back."""
    root = etree.fromstring(content)
    return [
        (one.text or "").encode() for one in root.iterfind(".//{*}ExternalReference/{*}Description")
    ]


def test_the_packet_is_one_archive_with_exactly_container_and_pdf() -> None:
    told = packed()
    assert isinstance(told, tuple)
    (one,) = told
    assert (one.name, one.content_type) == ("z09998887770002600000001.zip", "application/zip")
    files = unpack_all(one.content, most=2, largest=10**7)
    assert [name for name, _ in files] == [f"{STEM}.xml", f"{STEM}.pdf"]
    assert files[0][1] == made()
    assert files[1][1] == PDF


def test_the_same_arguments_are_packed_in_the_same_bytes() -> None:
    assert packed() == packed()


def test_without_the_dians_answer_nothing_is_packed() -> None:
    told = packed(Verdict(Outcome.ACCEPTED, (), None))
    assert isinstance(told, Problem)
    assert (told.field, told.code) == ("receipt", "CO-OWN-50")


@pytest.mark.parametrize("receipt", [b"\xff\xfe", b"no xml", b"<a>"])
def test_an_answer_that_cannot_be_embedded_is_a_problem(receipt: bytes) -> None:
    told = packed(Verdict(Outcome.ACCEPTED, (), receipt))
    assert isinstance(told, Problem)
    assert told.code == "CO-OWN-51"


def test_a_packet_over_the_mails_bound_is_a_problem() -> None:
    assert isinstance(packed(pdf=noise(bundle.LARGEST - 50_000)), tuple)
    told = packed(pdf=noise(bundle.LARGEST))
    assert isinstance(told, Problem)
    assert (told.field, told.code) == ("pdf", "CO-OWN-52")
    assert "pesaría 2,0 MB" in told.text


def test_the_largest_packet_makes_a_mail_of_two_megabytes() -> None:
    mail = len(base64.encodebytes(b"x" * bundle.LARGEST).replace(b"\n", b"\r\n"))
    assert abs(bundle.MAIL - bundle.LETTER - mail) < 78


def noise(size: int) -> bytes:
    """Bytes that no archive makes smaller, the same every time."""
    blocks = (sha512(n.to_bytes(4)).digest() for n in range(size // 64 + 1))
    return b"".join(blocks)[:size]


def test_both_originals_come_back_byte_for_byte() -> None:
    one, receipt = sealed(), dian.application_response()
    assert embedded(made(one, verdict(receipt))) == [one.content, receipt]
    assert b"<![CDATA[<?xml" in made()


def test_a_cdata_and_a_carriage_return_inside_are_kept() -> None:
    receipt = dian.application_response("02", ("X", "a ]]> b"), ("Y", "]]]]>>")).replace(
        b"><cbc:IssueTime>", b">\r\n\t<cbc:IssueTime>"
    )
    assert b"]]&gt;" in receipt
    raw = receipt.replace(b"]]&gt;", b"<![CDATA[]]]]><![CDATA[>]]>")
    assert embedded(made(told=verdict(raw)))[1] == raw


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t]>")))
def test_any_text_comes_back_from_its_cdata(text: str) -> None:
    text = "".join(one for one in text if one not in "\ufffe\uffff")
    assert (etree.fromstring(f"<a>{cdata(text)}</a>").text or "") == text


def test_the_container_is_signed_by_us() -> None:
    content = made()
    told = verify.verify(content)
    assert told.certificate == dian.certificate(dian.NIT)
    assert good_for_xmlsec(content)
    assert not good_for_xmlsec(content.replace(b"<cbc:LineID>1<", b"<cbc:LineID>2<"))


def test_what_we_send_is_what_we_would_take() -> None:
    told = read_received(made())
    assert isinstance(told, ReceivedDocument), told
    assert told.content == dian.sealed()
    assert told.receipt == dian.application_response()


@pytest.mark.authority
@pytest.mark.parametrize("told", [verdict(), None])
def test_the_container_passes_the_schema(told: Verdict | None, authority_dir: Path) -> None:
    path = authority_dir / "co/xsd/maindoc/UBL-AttachedDocument-2.1.xsd"
    content = container(sealed(), told, dian.credential(), AT)
    etree.XMLSchema(etree.parse(path)).assertValid(etree.fromstring(content))


def texts(content: bytes, path: str) -> list[str]:
    return [one.text or "" for one in etree.fromstring(content).iterfind(path)]


def test_the_container_says_what_it_holds_and_when_it_was_validated() -> None:
    content = made()
    late = container(sealed(), verdict(), dian.credential(), datetime(2026, 11, 26, 3, tzinfo=UTC))
    assert texts(content, "{*}ParentDocumentID") == [dian.NUMBER]
    assert texts(content, ".//{*}ParentDocumentLineReference//{*}UUID") == [dian.CUFE]
    assert texts(content, ".//{*}ValidationDate") == ["2026-11-25"]
    assert texts(content, ".//{*}ValidationTime") == ["10:30:05-05:00"]
    assert texts(content, "{*}IssueTime") == ["10:30:00-05:00"]
    assert texts(late, "{*}IssueDate") == ["2026-11-25"]  # Bogotá's day
    assert texts(late, "{*}IssueTime") == ["22:00:00-05:00"]


@pytest.mark.parametrize(
    ("root", "kind", "sender", "receiver"),
    [
        ("Invoice", "01", dian.NIT, dian.BUYER),
        ("CreditNote", "91", dian.NIT, dian.BUYER),
        ("DebitNote", "", dian.NIT, dian.BUYER),
        ("Invoice", "05", dian.BUYER, dian.NIT),  # we buy: the supplier receives
        ("CreditNote", "95", dian.BUYER, dian.NIT),
    ],
)
def test_who_issues_sends_and_the_other_receives(
    root: str, kind: str, sender: str, receiver: str
) -> None:
    content = made(sealed(dian.invoice(root=root, kind=kind)))
    assert texts(content, "{*}SenderParty//{*}CompanyID") == [sender]
    assert texts(content, "{*}ReceiverParty//{*}CompanyID") == [receiver]


def test_in_a_contingency_the_container_goes_without_verdict() -> None:
    content = container(sealed(), None, dian.credential(), AT)
    assert embedded(content) == [dian.sealed()]
    assert not texts(content, ".//{*}ParentDocumentLineReference")
    assert good_for_xmlsec(content)


@pytest.mark.parametrize("kind", ["nc", "ds", "nas", "ncs"])
def test_the_container_has_the_consecutive_of_its_document(kind: str) -> None:
    assert bundle.container_stem(f"{kind}09998887770002600000001.xml") == STEM


def issued(**changes: Any) -> Document:
    given_ = {"number": Number("SETP", 990000123), "currency": "COP", "lines": (line(unit="94"),)}
    return document(
        **given_ | {"counterparty": customer(tax_id=TaxId("NIT", dian.BUYER))} | changes
    )


def test_the_subject_has_five_fields() -> None:
    told = subject(issued(), dian.company(), sealed())
    assert told == f"{dian.NIT};EMPRESA DE PRUEBA S.A.S.;{dian.NUMBER};01;La Prueba"
    plain = subject(issued(), dian.company(trade_name=""), sealed())
    assert plain.split(";")[4] == "EMPRESA DE PRUEBA S.A.S."


@pytest.mark.parametrize("kind", KINDS)
def test_the_subject_tells_the_kinds_code(kind: Any) -> None:
    told = subject(issued(kind=kind.kind), dian.company(), sealed())
    assert told.split(";")[3] == kind.code


def test_a_contingency_is_a_04_in_the_subject() -> None:
    told = subject(issued(kind=DocumentKind.INVOICE, contingency=True), dian.company(), sealed())
    assert told.split(";")[3] == "04"


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_breaks_the_subject(legal: str, trade: str) -> None:
    told = subject(issued(), dian.company(legal_name=legal, trade_name=trade), sealed())
    assert told.count(";") == 4
    assert len(told.splitlines()) == 1
    assert not set(told) & set("\r\n\0")


def test_a_name_with_a_separator_keeps_its_words() -> None:
    told = subject(issued(), dian.company(legal_name="A;B\r\nC ; D", trade_name=""), sealed())
    assert told == f"{dian.NIT};A B C D;{dian.NUMBER};01;A B C D"
