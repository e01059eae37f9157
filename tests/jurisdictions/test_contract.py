"""What every jurisdiction promises, whatever its country."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse import jurisdictions
from acuse.domain.jurisdiction import Draws, Jurisdiction, Purpose
from acuse.domain.party import Company, Environment
from acuse.domain.submission import CallPurpose, Case, Judged, NoReply, Reply, SubmissionState
from acuse.domain.traits import Lines
from acuse.mail import placeholders
from acuse.mail.defaults import default_body
from tests.jurisdictions.co import makers as colombian
from tests.support import makers

DRAWS = Draws(security_code="12345678", file=1)
COMPANIES = {
    "CO": colombian.company,
    "CR": makers.costa_rican_company,
    "PE": makers.company,
}
DOCUMENTS = {
    "CO": colombian.document,
    "CR": makers.costa_rican_document,
    "PE": makers.document,
}
HOLDERS = {"CO": colombian.NIT, "CR": makers.CJ, "PE": makers.RUC}

every = pytest.mark.parametrize("code", jurisdictions.CODES)


def parts(code: str, environment: Environment) -> tuple[Jurisdiction, Company, Case]:
    """The country's answers, a company there, and a document of it that was sealed."""
    country, company = jurisdictions.find(code), COMPANIES[code](environment=environment)
    holder = makers.credential(HOLDERS[code], **colombian.SECRETS)
    sealed = country.seal(DOCUMENTS[code](), company, DRAWS, holder, makers.AT)
    case = Case(
        SubmissionState.QUEUED,
        sealed=sealed.content,
        fiscal_id=sealed.fiscal_id,
        number=sealed.number,
        file_name=sealed.file_name,
        kind="INVOICE",
        issued_at=makers.AT,
    )
    return country, company, case


@every
def test_a_country_is_found_by_its_code(code: str) -> None:
    assert jurisdictions.find(code).traits.code == code


@pytest.mark.parametrize("code", ["", "pe", "XX", "../pe", "PE "])
def test_no_other_code_finds_one(code: str) -> None:
    with pytest.raises(jurisdictions.UnknownJurisdiction):
        jurisdictions.find(code)


@every
def test_a_complete_company_and_document_have_no_problem(code: str) -> None:
    country, company, _ = parts(code, Environment.SANDBOX)
    for purpose in Purpose:
        assert country.company_problems(company, makers.AT, purpose) == ()
    assert country.document_problems(DOCUMENTS[code](), company, makers.AT) == ()
    assert country.document_warnings(DOCUMENTS[code](), company, makers.AT) == ()


@every
def test_the_same_arguments_are_sealed_in_the_same_bytes(code: str) -> None:
    first, second = (parts(code, Environment.SANDBOX)[2] for _ in range(2))
    assert first == second


@every
@pytest.mark.parametrize("environment", Environment)
def test_the_first_call_sends_or_logs_in_and_doubt_never_sends(
    code: str, environment: Environment
) -> None:
    country, company, case = parts(code, environment)
    holder = makers.credential(HOLDERS[code], **colombian.SECRETS)
    first = country.next_call(case, company, holder, makers.AT)
    assert first is not None
    assert first.purpose in (CallPurpose.SEND, CallPurpose.LOGIN)
    doubtful = replace(case, state=SubmissionState.UNCERTAIN)
    for days in (0, 1, 30):
        call = country.next_call(doubtful, company, holder, makers.AT + timedelta(days=days))
        assert call is not None
        assert call.purpose in (CallPurpose.ASK, CallPurpose.LOGIN)


@every
def test_only_the_sandbox_stays_in_the_house_and_no_environment_calls_another(code: str) -> None:
    hosts: dict[Environment, set[str]] = {}
    for environment in Environment:
        country, company, case = parts(code, environment)
        call = country.next_call(
            case, company, makers.credential(HOLDERS[code], **colombian.SECRETS), makers.AT
        )
        assert call is not None
        hosts[environment] = {call.url}
        assert call.url.startswith("sandbox://") is (environment is Environment.SANDBOX)
    assert not hosts[Environment.TEST] & hosts[Environment.PRODUCTION]


@every
def test_words_about_a_document_agree_with_the_name_of_its_kind(code: str) -> None:
    traits = jurisdictions.find(code).traits
    for kind in traits.kinds:
        masculine = kind.name.split()[0] in ("Documento", "Comprobante", "Tiquete", "Recibo")
        assert traits.agree(kind.kind, "l{o}") == ("lo" if masculine else "la"), kind.name


HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.sampled_from(
        [
            b"",
            b"null",
            b"[" * 5000,
            b'{"data": {"estadoCp": {}}, "success": true}',
            b'{"access_token": ["x"], "expires_in": "never"}',
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            b"<a/>" * 3,
            b"<html><body>503</body></html>",
        ]
    ),
)


@every
@settings(max_examples=60, deadline=None)
@given(HOSTILE, st.sampled_from([200, 302, 400, 401, 403, 404, 422, 429, 500, 503]))
def test_no_bytes_make_a_country_fail_or_judge(code: str, body: bytes, status: int) -> None:
    country, company, case = parts(code, Environment.SANDBOX)
    holder = makers.credential(HOLDERS[code], **colombian.SECRETS)
    for state in (SubmissionState.IN_FLIGHT, SubmissionState.WAITING, SubmissionState.UNCERTAIN):
        one = replace(case, state=state)
        call = country.next_call(one, company, holder, makers.AT)
        assert call is not None
        for reply in (Reply(status, {}, body), NoReply("cut", left=True)):
            assert not isinstance(country.read(one, call, reply, makers.AT), Judged)


@every
def test_a_clerk_gathers_nothing_of_a_company_that_did_not_ask_for_it(code: str) -> None:
    country, company, _ = parts(code, Environment.SANDBOX)
    if country.clerk is not None:
        assert country.clerk.most > 0
        assert not country.clerk.gathers(DOCUMENTS[code](), company)


@every
def test_either_the_law_or_the_company_words_the_subject(code: str) -> None:
    country, company = jurisdictions.find(code), COMPANIES[code]()
    holder = makers.credential(HOLDERS[code], **colombian.SECRETS)
    sealed = country.seal(DOCUMENTS[code](), company, DRAWS, holder, makers.AT)
    fixed = country.subject(DOCUMENTS[code](), company, sealed)
    template = country.traits.words.subject
    assert bool(fixed) is not bool(template)
    assert "\n" not in fixed + template
    assert placeholders.problems(template, field="subject", one_line=True) == ()


@every
def test_each_kind_has_words_for_its_mail(code: str) -> None:
    for kind in jurisdictions.find(code).traits.kinds:
        body = default_body(kind)
        without = {placeholders.TOTAL} if kind.lines is Lines.GOODS else set()
        assert placeholders.problems(body, field="body", without=without) == ()
        assert kind.name[1:] in body


@every
def test_a_document_of_production_is_looked_up_at_the_authority(code: str) -> None:
    """By values that stand in one line, under a name; a rehearsal by none."""
    for environment in Environment:
        country, company, _ = parts(code, environment)
        holder = makers.credential(HOLDERS[code], **colombian.SECRETS)
        one = DOCUMENTS[code]()
        sealed = country.seal(one, company, DRAWS, holder, makers.AT)
        found = country.verify(one, company, sealed, None)
        if environment is not Environment.PRODUCTION:
            assert found is None or environment is not Environment.SANDBOX
            continue
        assert found is not None
        assert found.where != found.where_english
        assert found.values
        assert all(f.label and f.value and f.value.isprintable() for f in found.values)
        assert found.address == "" or found.address.startswith("https://")
