"""What SUNAT's answers mean: a folder for each, and the promises that hold for all.

`replies/<name>/reply.json` says what came back (a CDR, a fault, a consultation, any body, or
silence), `finding.json` what it means. CDRs are made and signed in the form of SUNAT's.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from acuse.domain.party import Environment
from acuse.domain.submission import (
    CallPurpose,
    Cause,
    Judged,
    NoAnswer,
    Refused,
    Reply,
    SubmissionState,
)
from acuse.domain.verdict import Outcome
from acuse.jurisdictions.pe import jurisdiction
from acuse.xml.archive import unpack_one
from tests.jurisdictions.pe.makers import (
    billed,
    call,
    case,
    cdr,
    consulted,
    fault,
    read,
    ticket_given,
    ticket_told,
    zipped,
)
from tests.jurisdictions.pe.told import call_about, case_of, finding_of, issuer, shown
from tests.support.golden import as_json, check
from tests.support.makers import AT, RUC, company

FOLDER = Path(__file__).parent / "replies"
NAMES = sorted(folder.name for folder in FOLDER.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_reply_means_what_its_folder_says(name: str, request: pytest.FixtureRequest) -> None:
    told = json.loads((FOLDER / name / "reply.json").read_text(encoding="utf-8"))
    check(request, FOLDER / name / "finding.json", as_json(shown(finding_of(told))))


def test_a_verdict_keeps_the_cdr_byte_for_byte() -> None:
    archive = cdr()
    finding = read(billed(archive))
    assert isinstance(finding, Judged)
    assert finding.verdict.outcome is Outcome.ACCEPTED
    assert finding.verdict.receipt == archive


def test_a_cdr_altered_on_the_way_judges_nothing() -> None:
    name = f"R-{RUC}-01-F001-123.xml"
    good = cdr("2335", "rechazada")
    assert isinstance(read(billed(good)), Judged)
    _, content = unpack_one(good, name.__eq__)
    forged = zipped((name, content.replace(b">2335<", b">0<")))
    told = read(billed(forged))
    assert isinstance(told, NoAnswer)
    assert "signature" in told.reason


def test_a_verdict_is_read_from_what_was_signed() -> None:
    """The signature, moved into the code by someone, is still good and no part of the code."""
    name = f"R-{RUC}-01-F001-123.xml"
    _, content = unpack_one(cdr("2335", "rechazada"), name.__eq__)
    root = etree.fromstring(content)
    signature = next(root.iter("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    next(root.iter("{*}ResponseCode")).insert(0, signature)
    told = read(billed(zipped((name, etree.tostring(root)))))
    assert isinstance(told, Judged)
    assert told.verdict.outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    "entries",
    [
        (("a/R-x.xml", b"<a/>"),),
        ((f"R-{RUC}-01-F001-123.xml", b"<a/>"), ("R-otro.xml", b"<a/>")),
        (),
    ],
)
def test_an_archive_without_exactly_one_cdr_judges_nothing(
    entries: tuple[tuple[str, bytes], ...],
) -> None:
    assert isinstance(read(billed(zipped(*entries))), NoAnswer)


def test_a_bomb_judges_nothing() -> None:
    bomb = zipped((f"R-{RUC}-01-F001-123.xml", b"0" * 5_000_000))
    told = read(billed(bomb))
    assert isinstance(told, NoAnswer)
    assert "bytes inside" in told.reason


@pytest.mark.parametrize(
    ("sample", "ruc", "number", "outcome"),
    [
        ("R-12345678912-01-F001-1.zip", "12345678912", "F001-1", Outcome.ACCEPTED),
        ("cdr-rechazo.zip", "20600000013", "F001-2", None),
        ("cdrBaja.zip", "20600000013", "RA-20171001-1", Outcome.ACCEPTED),
        ("R-12345678912-RA-20200328-1.zip", "12345678912", "RA-20200328-1", Outcome.ACCEPTED),
        (
            "cdrGRE.zip",
            "20000000002",
            "T001-1",
            Outcome.ACCEPTED_WITH_OBSERVATIONS,
        ),
    ],
)
def test_the_papers_cdrs_are_read(
    sample: str, ruc: str, number: str, outcome: Outcome | None, authority_dir: Path
) -> None:
    """They come from the rehearsal: their signature is a placeholder or none."""
    archive = (authority_dir / "pe/samples/cdr" / sample).read_bytes()
    rehearsal = call(issuer=company(environment=Environment.TEST))
    ours = case(number=number, file_name=f"{ruc}-01-{number}.xml")
    told = jurisdiction.read(ours, rehearsal, Reply(200, {}, billed(archive)), AT)
    assert (told.verdict.outcome if isinstance(told, Judged) else None) is outcome


@pytest.mark.parametrize(
    ("sample", "ruc", "number", "codes"),
    [
        ("R-20600000013-01-F001-3.xml", "20600000013", "F001-1", ["4031", "4001"]),
        ("R-beta-signature-placeholder-rsa-sha512.xml", "12345678901", "F001-587", []),
        ("efact_cdr1.xml", "20000000001", "F001-1", []),
    ],
)
def test_the_papers_answers_in_other_dialects_are_read(
    sample: str, ruc: str, number: str, codes: list[str], authority_dir: Path
) -> None:
    """ISO-8859-1 with notes; numbers with zeros; an OSE's with CompanyID and blanks."""
    content = (authority_dir / "pe/samples/cdr" / sample).read_bytes()
    rehearsal = call(issuer=company(environment=Environment.TEST))
    ours = case(number=number, file_name=f"{ruc}-01-{number}.xml")
    body = billed(zipped(("R-x.xml", content)))
    told = jurisdiction.read(ours, rehearsal, Reply(200, {}, body), AT)
    assert isinstance(told, Judged), told
    assert [remark.code for remark in told.verdict.remarks] == codes


def test_the_papers_faults_are_read(authority_dir: Path) -> None:
    body = (authority_dir / "pe/samples/soap/bill_service_response_fault.xml").read_bytes()
    told = read(body)
    assert isinstance(told, Refused)
    assert (told.code, told.cause) == ("0111", Cause.CREDENTIALS)


@pytest.mark.parametrize(("asks", "finding"), [(0, NoAnswer), (1, NoAnswer), (2, Refused)])
def test_a_fault_of_content_is_a_refusal_once_sunat_twice_denied_to_hold_it(
    asks: int, finding: type
) -> None:
    made = call(issuer=company(environment=Environment.PRODUCTION))
    told = jurisdiction.read(case(asks=asks), made, Reply(500, {}, fault("3103")), AT)
    assert type(told) is finding


def test_a_fault_of_content_in_a_question_refuses_nothing() -> None:
    production = company(environment=Environment.PRODUCTION)
    asked = call(SubmissionState.UNCERTAIN, production)
    told = jurisdiction.read(case(asks=9), asked, Reply(500, {}, fault("3103")), AT)
    assert isinstance(told, NoAnswer)


def test_no_fault_is_ever_a_verdict() -> None:
    for number in range(0, 10_000, 7):
        for environment in Environment:
            made = call(issuer=company(environment=environment))
            assert not isinstance(read(fault(f"{number:04d}"), made=made), Judged)


def test_a_consultation_without_cdr_is_never_a_verdict() -> None:
    asked = call(SubmissionState.UNCERTAIN)
    for number in range(200):
        told = read(consulted(f"{number:04d}", "aceptado"), made=asked)
        assert not isinstance(told, Judged)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([200, 401, 500, 503]), st.booleans())
def test_no_bytes_make_the_reader_fail(body: bytes, status: int, asking: bool) -> None:
    made = call(SubmissionState.UNCERTAIN if asking else SubmissionState.IN_FLIGHT)
    for answer in (body, billed(body), consulted("0004", "", body), _in_zip(body)):
        assert not isinstance(read(answer, made=made, status=status), Judged)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_spoiled_cdr_makes_the_reader_fail_or_lie(data: st.DataObject) -> None:
    """One place changed: the same verdict, or none."""
    name = f"R-{RUC}-01-F001-123.xml"
    _, content = unpack_one(_good(), name.__eq__)
    at = data.draw(st.integers(0, len(content) - 1))
    spoiled = content[:at] + data.draw(st.binary(max_size=4)) + content[at + 1 :]
    for archive in (zipped((name, spoiled)), spoiled, _good()[: at % len(_good())]):
        told = read(billed(archive))
        if isinstance(told, Judged):
            assert told.verdict.outcome is Outcome.REJECTED
    text = billed(_good())
    cut = data.draw(st.integers(0, len(text) - 1))
    told = read(text[:cut] + data.draw(st.binary(max_size=4)) + text[cut + 1 :])
    if isinstance(told, Judged):
        assert told.verdict.outcome is Outcome.REJECTED


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["resumen", "baja", "guia", "boleta"]),
    st.sampled_from([200, 401, 404, 422, 500]),
    st.binary(max_size=300),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(
                    ["data", "estadoCp", "success", "numTicket", "codRespuesta", "arcCdr", "error"]
                ),
                inner,
                max_size=4,
            ),
        ),
        max_leaves=8,
    ),
)
def test_no_answer_of_the_other_services_makes_the_reader_fail(
    about: str, status: int, body: bytes, value: object
) -> None:
    bodies = (body, json.dumps(value).encode(), ticket_told("0", body), ticket_given(body.hex()))
    for state in ("IN_FLIGHT", "WAITING", "UNCERTAIN"):
        for logged_out in (True, False):
            one = case_of(about, state=state, ticket="170", logged_out=logged_out)
            made = call_about(one, issuer("PRODUCTION", api=True))
            for answer in bodies:
                told = jurisdiction.read(one, made, Reply(status, {}, answer), AT)
                assert not isinstance(told, Judged)


def _in_zip(content: bytes) -> bytes:
    return billed(zipped((f"R-{RUC}-01-F001-123.xml", content)))


@cache
def _good() -> bytes:
    """A rejection, made once."""
    return cdr("2335", "rechazada")


def test_a_sending_and_a_question_are_told_apart_by_the_answer() -> None:
    """The rehearsal is asked by sending again: its answer is that of a sending."""
    asked = call(SubmissionState.UNCERTAIN, company(environment=Environment.TEST))
    assert asked.purpose is CallPurpose.ASK
    assert isinstance(read(billed(cdr(signed=False)), made=asked), Judged)


def test_base64_in_many_lines_is_read() -> None:
    text = b64encode(cdr()).decode()
    broken = "\n".join(text[n : n + 76] for n in range(0, len(text), 76))
    assert isinstance(read(billed(f"\n  {broken}\n")), Judged)
