"""Which call comes next, what it carries, and what never leaves an environment."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta

import pytest
from lxml import etree

from acuse.domain.party import Company, Environment
from acuse.domain.submission import Call, CallPurpose, Case, Note, SubmissionState
from acuse.jurisdictions.co import calls, service
from acuse.xml.archive import unpack_all
from tests.jurisdictions.co.dian import (
    CUFE,
    TEST_SET,
    TICKET,
    call,
    case,
    company,
    credential,
)
from tests.support.makers import AT

S = SubmissionState
ENDED = [S.SETTLED, S.STUCK, S.CLOSED]
REHEARSES = {"test_set_id": TEST_SET}


def rehearsing(**changes: object) -> Company:
    given: dict[str, object] = {
        "environment": Environment.TEST,
        "electronic_invoicing": False,
        "extra": REHEARSES,
    }
    return company(**given | changes)


def waiting(**changes: object) -> Case:
    return case(S.WAITING, ticket=TICKET, sent_at=AT - timedelta(minutes=1), **changes)


def body(one: Call) -> etree._Element:
    assert isinstance(one.body, bytes)
    return etree.fromstring(one.body)


def value(one: Call, name: str) -> str:
    return body(one).findtext(f".//{{{service.WCF}}}{name}") or ""


@pytest.mark.parametrize("state", [S.QUEUED, S.IN_FLIGHT])
def test_what_was_never_sent_is_sent_as_it_was_sealed(state: S) -> None:
    one = call(case(state))
    assert one.purpose is CallPurpose.SEND
    assert service.operation_of(one) == "SendBillSync"
    assert value(one, "fileName") == "z09998887770002600000001.zip"
    archive = b64decode(value(one, "contentFile"))
    held = unpack_all(archive, most=5, largest=10**6)
    assert held == (("fv09998887770002600000001.xml", case().sealed),)


def test_the_archive_is_the_same_every_time() -> None:
    assert call() == call()


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("nc09998887770002600000002.xml", "z09998887770002600000002.zip"),
        ("nas09998887770002600000003.xml", "z09998887770002600000003.zip"),
        ("ar0999888777000260000000a.xml", "z0999888777000260000000a.zip"),
    ],
)
def test_the_archive_takes_z_for_the_kind_of_its_file(file_name: str, name: str) -> None:
    assert value(call(case(file_name=file_name)), "fileName") == name


def test_the_message_is_soap_12_with_its_action_and_a_minute_of_patience() -> None:
    one = call()
    action = "http://wcf.dian.colombia/IWcfDianCustomerServices/SendBillSync"
    assert one.headers == {"content-type": f'application/soap+xml;charset=UTF-8;action="{action}"'}
    assert body(one).findtext(".//{*}Action") == action
    assert body(one).findtext(".//{*}To") == one.url
    assert one.read_timeout == 60


def test_before_it_is_enabled_a_company_sends_to_its_test_set() -> None:
    one = call(issuer=rehearsing())
    assert one.purpose is CallPurpose.SEND
    assert service.operation_of(one) == "SendTestSetAsync"
    assert value(one, "testSetId") == TEST_SET
    (sent,) = body(one).iter(f"{{{service.WCF}}}SendTestSetAsync")
    assert [etree.QName(child).localname for child in sent] == [
        "fileName",
        "contentFile",
        "testSetId",
    ]


@pytest.mark.parametrize(
    "issuer",
    [
        rehearsing(electronic_invoicing=True),
        rehearsing(environment=Environment.PRODUCTION),
        rehearsing(extra={}),
        rehearsing(extra={"test_set_id": " "}),
    ],
)
def test_else_documents_are_sent_one_by_one(issuer: Company) -> None:
    assert service.operation_of(call(issuer=issuer)) == "SendBillSync"


@pytest.mark.parametrize("state", [S.WAITING, S.UNCERTAIN])
def test_what_may_have_arrived_is_asked_about_by_its_fiscal_id(state: S) -> None:
    one = call(case(state))
    assert one.purpose is CallPurpose.ASK
    assert service.operation_of(one) == "GetStatus"
    assert value(one, "trackId") == CUFE


def test_a_ticket_is_asked_about_while_it_waits() -> None:
    one = call(waiting())
    assert service.operation_of(one) == "GetStatusZip"
    assert value(one, "trackId") == TICKET
    assert service.operation_of(call(case(S.UNCERTAIN, ticket=TICKET))) == "GetStatus"


def test_a_ticket_in_process_too_long_may_never_have_been_queued() -> None:
    old = case(S.WAITING, ticket=TICKET, sent_at=AT - timedelta(minutes=31))
    assert service.operation_of(call(old)) == "GetStatus"


@pytest.mark.parametrize(("minutes", "operation"), [(1, "GetStatus"), (-1, "GetStatusZip")])
def test_a_ticket_that_spoke_of_the_set_is_left_alone(minutes: int, operation: str) -> None:
    notes = {calls.set_note(TICKET): Note("Aceptado", AT + timedelta(minutes=minutes))}
    assert service.operation_of(call(waiting(notes=notes))) == operation


def test_a_document_given_before_is_fetched_once() -> None:
    name = calls.known_note(case())
    wanted = case(S.UNCERTAIN, notes={name: Note(calls.COMPARE, AT + timedelta(days=1))})
    one = call(wanted)
    assert one.purpose is CallPurpose.ASK
    assert service.operation_of(one) == "GetXmlByDocumentKey"
    assert value(one, "trackId") == CUFE
    compared = case(S.UNCERTAIN, notes={name: Note("same", AT + timedelta(days=1))})
    assert service.operation_of(call(compared)) == "GetStatus"


def test_a_note_about_one_document_says_nothing_of_another() -> None:
    name = calls.known_note(case(fiscal_id="0" * 96))
    other = case(S.UNCERTAIN, notes={name: Note(calls.COMPARE)})
    assert service.operation_of(call(other)) == "GetStatus"
    assert len(name) <= 64  # the store's bound
    assert len(calls.set_note("x" * 1000)) <= 64


def test_an_event_goes_to_its_own_operation() -> None:
    event = case(kind="RECEPTION", number="AR1", file_name="ar09990001110002600000001.xml")
    one = call(event, rehearsing())
    assert service.operation_of(one) == "SendEventUpdateStatus"
    archive = unpack_all(b64decode(value(one, "contentFile")), most=1, largest=10**6)
    assert archive == (("ar09990001110002600000001.xml", event.sealed),)
    assert not list(body(one).iter("{*}fileName"))
    asked = call(case(S.UNCERTAIN, kind="RECEPTION"))
    assert service.operation_of(asked) == "GetStatus"


@pytest.mark.parametrize("state", ENDED)
def test_what_has_ended_calls_no_more(state: S) -> None:
    assert calls.next_call(case(state), company(), credential(), AT) is None


def test_each_environment_has_its_address_and_a_company_may_have_its_own() -> None:
    path = "/WcfDianCustomerServices.svc"
    told = {one: call(issuer=company(environment=one)).url for one in Environment}
    assert told == {
        Environment.SANDBOX: f"sandbox://dian{path}",
        Environment.TEST: f"https://vpfe-hab.dian.gov.co{path}",
        Environment.PRODUCTION: f"https://vpfe.dian.gov.co{path}",
    }
    own = company(endpoints={"service": f"https://dian.example{path}"})
    assert call(issuer=own).url == f"https://dian.example{path}"
