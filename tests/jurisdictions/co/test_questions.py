"""What is asked at the DIAN's desk, and what its answers say."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, timedelta, timezone
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import TaxId
from acuse.domain.question import (
    Answer,
    ContactGiven,
    MailboxesGiven,
    NothingKnown,
    OriginalGiven,
    Question,
    RangesGiven,
    Topic,
)
from acuse.domain.submission import CallPurpose, Cause, NoAnswer, NoReply, Refused, Reply
from acuse.jurisdictions.co import service
from acuse.jurisdictions.co.questions import OPERATIONS, Questions
from tests.jurisdictions.co import dian
from tests.support.makers import AT

DESK = Questions()
KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
BOGOTA = timezone(timedelta(hours=-5))


def asked(question: Question) -> tuple[str, dict[str, str]]:
    """Operation and arguments of the call that asks."""
    call = DESK.ask(question, dian.company(), dian.credential(), AT)
    assert call.purpose is CallPurpose.ASK
    assert isinstance(call.body, bytes)
    operation = service.operation_of(call)
    (sent,) = etree.fromstring(call.body).iter(f"{{{service.WCF}}}{operation}")
    return operation, {etree.QName(one).localname: one.text or "" for one in sent}


def answered(topic: Topic, body: bytes) -> Answer:
    return DESK.answer(Question(topic), Reply(200, {}, body))


def test_each_question_is_an_operation_with_its_arguments() -> None:
    assert asked(Question(Topic.RANGES)) == (
        "GetNumberingRange",
        {"accountCode": dian.NIT, "accountCodeT": dian.NIT, "softwareCode": dian.SOFTWARE},
    )
    assert asked(Question(Topic.CONTACT, TaxId("CC", "1020304050"))) == (
        "GetAcquirer",
        {"identificationType": "13", "identificationNumber": "1020304050"},
    )
    assert asked(Question(Topic.MAILBOXES)) == ("GetExchangeEmails", {})
    for topic, operation in (
        (Topic.EVENTS, "GetStatusEvent"),
        (Topic.ORIGINAL, "GetXmlByDocumentKey"),
    ):
        told = asked(Question(topic, fiscal_id=dian.CUFE))
        assert told == (operation, {"trackId": dian.CUFE})


def ranges(*many: dict[str, str], code: str = "100", words: str = "Acción completada OK.") -> bytes:
    listed = "".join(
        "<c:NumberRangeResponse>"
        + "".join(f"<c:{name}>{escape(value)}</c:{name}>" for name, value in one.items())
        + "</c:NumberRangeResponse>"
        for one in many
    )
    return dian.answer(
        "GetNumberingRange",
        f"<b:OperationCode>{code}</b:OperationCode>"
        f"<b:OperationDescription>{words}</b:OperationDescription>"
        f'<b:ResponseList xmlns:c="{dian.CONTRACTS}NumberRangeResponse">{listed}</b:ResponseList>',
        "NumberRangeResponseList",
    )


GIVEN = {
    "ResolutionNumber": "18764000000001",
    "ResolutionDate": "2026-01-19T00:00:00",
    "Prefix": "FE",
    "FromNumber": "1",
    "ToNumber": "5000",
    "ValidDateFrom": "2026-01-19T00:00:00",
    "ValidDateTo": "2028-01-19",
    "TechnicalKey": KEY,
}


def test_the_ranges_come_with_their_plain_days_and_their_keys_as_secrets() -> None:
    told = answered(Topic.RANGES, ranges(GIVEN))
    assert told == RangesGiven(
        (
            NumberingRange(
                id=0,
                kind=DocumentKind.INVOICE,
                series="FE",
                first=1,
                last=5000,
                next=1,
                valid_from=date(2026, 1, 19),
                valid_until=date(2028, 1, 19),
                extra={
                    "resolution": "18764000000001",
                    "resolution_date": date(2026, 1, 19),
                },
            ),
        ),
        {"technical_key:18764000000001:FE": KEY},
    )
    assert KEY not in repr(told)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (KEY, KEY),
        (f" {KEY.upper()} \n", KEY),
        ("a1" * 32, "a1" * 32),
        (KEY[:-1], ""),
        (KEY[:-1] + "g", ""),
        ("", ""),
    ],
)
def test_a_key_is_kept_by_its_shape_and_never_repaired(given: str, kept: str) -> None:
    told = answered(Topic.RANGES, ranges(GIVEN | {"TechnicalKey": given}))
    assert isinstance(told, RangesGiven)
    assert list(told.secrets.values()) == ([kept] if kept else [])


@pytest.mark.parametrize(
    "change",
    [
        {"FromNumber": "x"},
        {"ToNumber": "0"},
        {"Prefix": "LARGO"},
        {"Prefix": "F-1"},
        {"ResolutionNumber": ""},
    ],
)
def test_a_range_that_no_document_could_use_is_left_out(change: dict[str, str]) -> None:
    assert isinstance(answered(Topic.RANGES, ranges(GIVEN | change)), NothingKnown)
    told = answered(Topic.RANGES, ranges(GIVEN | change, GIVEN))
    assert isinstance(told, RangesGiven)
    assert len(told.ranges) == 1


def test_each_range_of_a_resolution_keeps_its_own_key() -> None:
    other = "a" * 40
    told = answered(Topic.RANGES, ranges(GIVEN, GIVEN | {"Prefix": "FX", "TechnicalKey": other}))
    assert isinstance(told, RangesGiven)
    assert told.secrets == {
        "technical_key:18764000000001:FE": KEY,
        "technical_key:18764000000001:FX": other,
    }


def test_ranges_refused_or_none() -> None:
    assert isinstance(answered(Topic.RANGES, ranges()), NothingKnown)
    none = ranges(code="302", words="No hay rangos de numeración para este NIT.")
    assert isinstance(answered(Topic.RANGES, none), NothingKnown)
    refused = answered(Topic.RANGES, ranges(code="401", words="NIT no autorizado"))
    assert isinstance(refused, Refused)
    assert refused.cause is Cause.CREDENTIALS
    assert "NIT no autorizado" in refused.text
    other = answered(Topic.RANGES, ranges(code="301", words="Error"))
    assert isinstance(other, Refused)
    assert other.cause is Cause.CONFIG


@pytest.mark.authority
def test_the_papers_range_is_read(authority_dir: Path) -> None:
    content = (authority_dir / "co/samples/soap/GetNumberingRange.xml").read_bytes()
    told = answered(Topic.RANGES, content)
    assert isinstance(told, RangesGiven)
    (one,) = told.ranges
    assert (one.series, one.first, one.last) == ("SETP", 990000000, 995000000)
    assert (one.valid_from, one.valid_until) == (date(2019, 1, 19), date(2030, 1, 19))
    assert told.secrets == {"technical_key:18760000001:SETP": KEY}


def acquirer(name: str = "", email: str = "", code: str = "", message: str = "") -> bytes:
    return dian.answer(
        "GetAcquirer",
        f"<b:Message>{message}</b:Message><b:ReceiverEmail>{email}</b:ReceiverEmail>"
        f"<b:ReceiverName>{name}</b:ReceiverName><b:StatusCode>{code}</b:StatusCode>",
        "Gosocket.Dian.Services.Utils.Common",
    )


def test_a_contact_is_given_by_name_and_mailbox() -> None:
    told = answered(Topic.CONTACT, acquirer(" ANA  PRUEBA ", "ana@correo.example", "200"))
    assert told == ContactGiven("ANA PRUEBA", "ana@correo.example")
    assert answered(Topic.CONTACT, acquirer("ANA", "ninguno", "200")) == ContactGiven(
        "ANA", words="sin correo"
    )
    assert answered(Topic.CONTACT, acquirer(message="No existe")) == NothingKnown("No existe")
    assert isinstance(answered(Topic.CONTACT, acquirer(code="89")), Refused)


def mailboxes(text: str | bytes, code: str = "0") -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return dian.answer(
        "GetExchangeEmails",
        f"<b:CsvBase64Bytes>{b64encode(raw).decode()}</b:CsvBase64Bytes>"
        f"<b:Message>m</b:Message><b:StatusCode>{code}</b:StatusCode><b:Success>true</b:Success>",
        "ExchangeEmailResponse",
    )


@pytest.mark.parametrize(
    "text",
    [
        "999888777,a@b.example\r\n999000111,c@d.example\r\n",
        "NIT;Correo\n999888777;a@b.example\n999000111; c@d.example \nsin;correo\n;x@y.example\n",
        b"\xef\xbb\xbf999888777,a@b.example\n999000111,c@d.example,otra\n999000111x,n@o.example",
    ],
)
def test_mailboxes_are_read_whatever_the_separator(text: str | bytes) -> None:
    told = answered(Topic.MAILBOXES, mailboxes(text))
    assert told == MailboxesGiven({"999888777": "a@b.example", "999000111": "c@d.example"})


def test_mailboxes_refused_or_unreadable() -> None:
    assert isinstance(answered(Topic.MAILBOXES, mailboxes("", "89")), Refused)
    assert isinstance(answered(Topic.MAILBOXES, mailboxes("sin datos")), NothingKnown)
    broken = mailboxes("x").replace(b"</b:CsvBase64Bytes>", b"*</b:CsvBase64Bytes>")
    assert isinstance(answered(Topic.MAILBOXES, broken), NoAnswer)


def test_the_original_is_given_byte_for_byte() -> None:
    content = dian.sealed()
    assert answered(Topic.ORIGINAL, dian.original("100", content)) == OriginalGiven(content)
    none = answered(Topic.ORIGINAL, dian.original("205", content, "No existe"))
    assert none == NothingKnown("No existe")


@pytest.mark.parametrize("topic", Topic)
def test_what_is_no_answer_is_none(topic: Topic) -> None:
    assert DESK.answer(Question(topic), NoReply("cut", True)) == NoAnswer(True, "cut")
    for body in (b"", b"<html/>", dian.fault("InvalidSecurity", "x"), dian.soap("<a/>")):
        assert isinstance(answered(topic, body), NoAnswer)


@given(st.sampled_from(Topic), st.binary(max_size=200), st.text("<b:/>=aA0", max_size=60))
def test_no_bytes_make_it_raise(topic: Topic, raw: bytes, text: str) -> None:
    answered(topic, raw)
    answered(topic, dian.soap(escape(text)))
    for contract in ("DianResponse", "EventResponse", "ExchangeEmailResponse"):
        inside = f"<b:XmlBase64Bytes>{b64encode(raw).decode()}</b:XmlBase64Bytes>"
        inside += f"<b:StatusCode>0</b:StatusCode><b:CsvBase64Bytes>{b64encode(raw).decode()}"
        answered(topic, dian.answer(OPERATIONS[topic], f"{inside}</b:CsvBase64Bytes>", contract))
