"""Which call comes next, what it carries, and what never leaves an environment or the secrets."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

from acuse.domain.party import Environment
from acuse.domain.submission import Call, CallPurpose, SubmissionState
from acuse.jurisdictions.pe import jurisdiction
from acuse.jurisdictions.pe.memory import environment
from acuse.xml.archive import unpack_one
from tests.jurisdictions.pe.makers import call, case, seal
from tests.jurisdictions.pe.told import case_of
from tests.support.makers import AT, RUC, company, credential, document

SEND = (SubmissionState.QUEUED, SubmissionState.IN_FLIGHT)
ASK = (SubmissionState.WAITING, SubmissionState.UNCERTAIN)
REHEARSAL = company(environment=Environment.TEST)
PRODUCTION = company(environment=Environment.PRODUCTION)


def value(one: Call, name: str) -> str:
    assert isinstance(one.body, bytes)
    return etree.fromstring(one.body).findtext(f".//{name}") or ""


@pytest.mark.parametrize("state", SEND)
def test_what_was_never_sent_is_sent_as_it_was_sealed(state: SubmissionState) -> None:
    one = call(state)
    assert one.purpose is CallPurpose.SEND
    assert one.headers["soapaction"] == '"urn:sendBill"'
    stem = f"{RUC}-01-F001-123"
    assert value(one, "fileName") == f"{stem}.zip"
    archive = b64decode(value(one, "contentFile"))
    assert unpack_one(archive, lambda name: True) == (f"{stem}.xml", case().sealed)


@pytest.mark.parametrize("state", ASK)
def test_what_may_have_arrived_is_asked_about(state: SubmissionState) -> None:
    one = call(state)
    assert one.purpose is CallPurpose.ASK
    assert one.headers["soapaction"] == '"urn:getStatusCdr"'
    names = ("rucComprobante", "tipoComprobante", "serieComprobante", "numeroComprobante")
    assert [value(one, name) for name in names] == [RUC, "01", "F001", "123"]


@pytest.mark.parametrize(
    "state", [SubmissionState.SETTLED, SubmissionState.STUCK, SubmissionState.CLOSED]
)
def test_what_has_ended_calls_no_more(state: SubmissionState) -> None:
    assert jurisdiction.next_call(case(state), company(), credential(), AT) is None


def test_the_same_case_is_sent_in_the_same_bytes() -> None:
    assert call() == call()


def test_every_environment_has_its_own_addresses() -> None:
    assert call().url == "sandbox://sunat/billService"
    assert call(SubmissionState.UNCERTAIN).url == "sandbox://sunat/billConsultService"
    assert "e-beta.sunat.gob.pe" in call(issuer=REHEARSAL).url
    assert "e-factura.sunat.gob.pe" in call(issuer=PRODUCTION).url
    assert "billConsultService" in call(SubmissionState.UNCERTAIN, PRODUCTION).url
    for issuer in (company(), REHEARSAL, PRODUCTION):
        for state in (*SEND, *ASK):
            assert environment(call(state, issuer)) is issuer.environment


def test_the_rehearsal_is_asked_by_the_same_bytes_and_never_in_production() -> None:
    asked, sent = call(SubmissionState.UNCERTAIN, REHEARSAL), call(issuer=REHEARSAL)
    assert asked == replace(sent, purpose=CallPurpose.ASK)


def test_a_companys_own_address_comes_first() -> None:
    ose = company(
        endpoints={"bill": "https://ose.example/bill", "consult": "https://ose.example/c"}
    )
    assert call(issuer=ose).url == "https://ose.example/bill"
    assert call(SubmissionState.UNCERTAIN, ose).url == "https://ose.example/c"


def test_the_user_is_the_ruc_and_the_sol_user_and_the_password_is_masked() -> None:
    one = call()
    wsse = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}"
    assert value(one, f"{wsse}Username") == f"{RUC}MODDATOS"
    assert value(one, f"{wsse}Password") == "moddatos"
    assert one.secret_parts == ("moddatos",)
    assert "moddatos" not in repr(replace(one, body=b""))


def test_a_password_with_markup_in_it_arrives_whole() -> None:
    secret = 'a<b>&"c'
    one = jurisdiction.next_call(case(), company(), credential(sol_password=secret), AT)
    assert one is not None
    wsse = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}"
    assert value(one, f"{wsse}Password") == secret


TERMS = [  # code, series of the number, last day to send what was issued on 25 November
    ("factura", 28),
    ("nota", 28),
    ("boleta", 32),
    ("nota-de-boleta", 30),
    ("liquidacion", 26),
]


@pytest.mark.parametrize(("about", "last"), TERMS)
def test_each_kind_is_sent_until_the_last_minutes_of_its_last_day(about: str, last: int) -> None:
    midnight = datetime(2026, 11, 26, 5, tzinfo=UTC) + timedelta(days=last - 25)
    for minutes, sent in ((-6, True), (-4, False), (0, False)):
        at = midnight + timedelta(minutes=minutes)
        one = jurisdiction.next_call(case_of(about, state="QUEUED"), company(), credential(), at)
        assert (one is not None) is sent, at


@pytest.mark.parametrize("about", ["retencion", "percepcion", "resumen", "baja", "reversion"])
def test_where_the_sheet_sets_no_days_it_is_sent(about: str) -> None:
    late = datetime(2027, 1, 1, tzinfo=UTC)
    one = jurisdiction.next_call(case_of(about), company(), credential(), late)
    assert one is not None
    assert one.purpose is CallPurpose.SEND


def test_a_backdated_document_counts_from_its_date() -> None:
    sealed = seal(document(date=date(2026, 11, 23)))
    one = case(sealed=sealed.content, fiscal_id=sealed.fiscal_id)
    for hour, sent in ((4, True), (5, False)):
        at = datetime(2026, 11, 27, hour, tzinfo=UTC)
        assert (jurisdiction.next_call(one, company(), credential(), at) is not None) is sent


def test_a_late_document_that_may_have_arrived_is_still_asked_about() -> None:
    late = datetime(2027, 1, 1, tzinfo=UTC)
    one = jurisdiction.next_call(case(SubmissionState.UNCERTAIN), company(), credential(), late)
    assert one is not None
    assert one.purpose is CallPurpose.ASK
