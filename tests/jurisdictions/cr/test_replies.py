"""What Hacienda's answers mean: a folder for each, and the promises that hold for all.

`replies/<name>/reply.json` says where the conversation stood and what came back; `finding.json`
what it means. `message` is turned into a signed MensajeHacienda about the default factura.
"""

from __future__ import annotations

import hashlib
import json
import time
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse.domain.submission import (
    AlreadyKnown,
    Call,
    CallPurpose,
    Case,
    Finding,
    Form,
    Judged,
    NeedsPerson,
    NoAnswer,
    NoReply,
    Note,
    Noted,
    NotKnown,
    Pending,
    Received,
    Refused,
    Reply,
    SubmissionState,
)
from acuse.domain.verdict import Outcome
from acuse.jurisdictions.cr import jurisdiction
from acuse.jurisdictions.cr.message import remarks_of
from tests.jurisdictions.cr import makers
from tests.jurisdictions.cr.goldens import read_case
from tests.jurisdictions.cr.makers import AT, case, company, credential, default_sealed, message
from tests.support.golden import as_json, check

FOLDER = Path(__file__).parent / "replies"
NAMES = sorted(folder.name for folder in FOLDER.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_reply_means_what_its_folder_says(name: str, request: pytest.FixtureRequest) -> None:
    told = json.loads((FOLDER / name / "reply.json").read_text(encoding="utf-8"))
    finding = jurisdiction.read(_case(told), _call(told), _reply(told["reply"]), AT)
    check(request, FOLDER / name / "finding.json", _shown(finding))


def test_an_accepted_document_keeps_haciendas_bytes() -> None:
    content = message()
    finding = _judged("aceptado", content)
    assert isinstance(finding, Judged)
    assert finding.verdict.outcome is Outcome.ACCEPTED
    assert finding.verdict.receipt == content


@pytest.mark.authority
@pytest.mark.parametrize(
    ("name", "state", "outcome", "codes"),
    [
        ("MH-accepted.xml", "aceptado", Outcome.ACCEPTED, []),
        ("MH-accepted-staging.xml", "aceptado", Outcome.ACCEPTED, []),
        (
            "MH-accepted-with-observation.xml",
            "aceptado",
            Outcome.ACCEPTED_WITH_OBSERVATIONS,
            ["-53"],
        ),
        ("MH-rejected.xml", "rechazado", Outcome.REJECTED, ["-99", "-37"]),
        ("MH-rejected-no-policy.xml", "rechazado", Outcome.REJECTED, [""]),
    ],
)
def test_the_papers_samples_are_read(
    name: str, state: str, outcome: Outcome, codes: list[str], authority_dir: Path
) -> None:
    content = (authority_dir / "cr/samples" / name).read_bytes()
    sealed = makers.seal(read_case("bienes-13"))  # the samples answer this one
    one = case(SubmissionState.WAITING, sealed=sealed.content, fiscal_id=sealed.fiscal_id)
    finding = jurisdiction.read(one, _ask(), _answer(sealed.fiscal_id, state, content), AT)
    assert isinstance(finding, Judged), finding
    assert finding.verdict.outcome is outcome
    assert [remark.code for remark in finding.verdict.remarks] == codes


def test_a_refused_token_is_replaced_once_and_then_final() -> None:
    one = case()
    first = jurisdiction.read(one, _send("first"), Reply(401, {}, b""), AT)
    assert isinstance(first, Noted)
    notes = {name: note for name, note in first.notes.items() if note is not None}
    assert set(notes) == {"refused_token"}
    fresh = replace(one, notes=notes)
    second = jurisdiction.read(fresh, _send("second"), Reply(401, {}, b""), AT)
    assert isinstance(second, Refused)
    assert second.retry_in is None
    later = AT + timedelta(minutes=3)
    assert isinstance(jurisdiction.read(fresh, _send("second"), Reply(401, {}, b""), later), Noted)


def test_the_note_of_a_refused_token_does_not_hold_it() -> None:
    finding = jurisdiction.read(case(), _send("secret-token"), Reply(401, {}, b""), AT)
    assert isinstance(finding, Noted)
    kept = finding.notes["refused_token"]
    assert kept is not None
    assert "secret-token" not in kept.value


def test_records_are_found_however_they_are_laid_out() -> None:
    text = 'Este comprobante [ codigo, mensaje, fila, columna -1, "a, ""b"" c", 3, 9 -37,"d" ]'
    assert [(r.code, r.line) for r in remarks_of(text)] == [("-1", 3), ("-37", None)]
    assert 'a, "b" c' in remarks_of(text)[0].text
    assert remarks_of("2026-11, 25 líneas, sin nada") == ()


def test_an_enormous_detail_is_read_in_time() -> None:
    start = time.process_time()
    for flood in ('1,"x', '1,""', '-1, "', '11111,"""'):
        assert len(remarks_of(flood * 1_000_000)) < 10_000
    assert time.process_time() - start < 5


statuses = st.sampled_from([200, 201, 202, 204, 302, 400, 401, 403, 404, 409, 413, 429, 500, 503])
headers = st.dictionaries(
    st.sampled_from(["x-error-cause", "x-ratelimit-reset", "location"]), st.text(max_size=30)
)
purposes = st.sampled_from(list(CallPurpose))
states = st.sampled_from(["aceptado", "rechazado", "procesando", "error", "ACEPTADO", ""])
numbers = st.one_of(st.integers(), st.floats(), st.text(max_size=5), st.none(), st.booleans())
json_like = st.fixed_dictionaries(
    {},
    optional={
        "clave": st.one_of(st.text(max_size=10), st.none(), st.integers()),
        "ind-estado": st.one_of(states, st.none(), st.lists(st.integers(), max_size=2)),
        "respuesta-xml": st.one_of(st.text(max_size=50), st.none(), st.integers()),
        "access_token": st.one_of(st.text(max_size=10), st.integers(), st.none()),
        "refresh_token": st.one_of(st.text(max_size=10), st.integers()),
        "expires_in": numbers,
        "refresh_expires_in": numbers,
    },
)
bodies = st.one_of(st.binary(max_size=200), json_like.map(lambda told: json.dumps(told).encode()))


@given(purposes, statuses, headers, bodies)
def test_no_reply_makes_it_raise_or_judge(
    purpose: CallPurpose, status: int, told: dict[str, str], body: bytes
) -> None:
    call = {CallPurpose.LOGIN: _login(), CallPurpose.SEND: _send(), CallPurpose.ASK: _ask()}[
        purpose
    ]
    finding = jurisdiction.read(case(SubmissionState.WAITING), call, Reply(status, told, body), AT)
    assert not isinstance(finding, Judged)


@settings(deadline=None)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4), states)
def test_a_damaged_message_never_raises_and_never_accepts_another_text(
    place: int, bytes_: bytes, state: str
) -> None:
    content = message()
    start = place % len(content)
    damaged = content[:start] + bytes_ + content[start + len(bytes_) :]
    finding = _judged(state, damaged)
    if isinstance(finding, Judged):  # damage outside what is signed, as in the certificate's blanks
        assert finding.verdict.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("text", ["[" * 100_000, '{"clave":' * 50_000, "1" * 5000, '"\\ud800"'])
def test_hostile_json_is_no_answer(text: str) -> None:
    finding = jurisdiction.read(case(), _ask(), Reply(200, {}, text.encode()), AT)
    assert isinstance(finding, NoAnswer)


def test_a_doctype_is_never_read() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>' + message().partition(b"\n")[2]
    assert isinstance(_judged("aceptado", bomb), NoAnswer)


def _case(told: dict[str, Any]) -> Case:
    ago = told.get("sent_minutes_ago")
    mark = told.get("refused_token")
    notes = {}
    if mark:
        digest = hashlib.sha256(mark.encode()).hexdigest()[:16]
        notes["refused_token"] = Note(digest, AT + timedelta(minutes=1))
    return case(
        SubmissionState(told.get("state", "IN_FLIGHT")),
        asks=told.get("asks", 0),
        sent_at=None if ago is None else AT - timedelta(minutes=ago),
        notes=notes,
    )


def _call(told: dict[str, Any]) -> Call:
    if told["call"] == "LOGIN":
        return _login(told["grant"])
    return _send() if told["call"] == "SEND" else _ask()


def _reply(told: dict[str, Any]) -> Reply | NoReply:
    if "no_reply" in told:
        return NoReply(told["no_reply"], told["left"])
    body = told.get("text", "").encode()
    if "json" in told:
        answer = told["json"]
        if answer.get("clave") == "$clave":
            answer["clave"] = default_sealed().fiscal_id
        if "message" in told:
            content = message(**told["message"])
            if told.get("break"):
                content = content.replace(b"<Mensaje>1<", b"<Mensaje>3<")
            answer["respuesta-xml"] = b64encode(content).decode()
        body = json.dumps(answer).encode()
    return Reply(told["status"], told.get("headers", {}), body)


def _send(token: str = "token") -> Call:
    one = replace(case(), notes={"access_token": Note(token, AT + timedelta(minutes=4))})
    call = jurisdiction.next_call(one, company(), credential(), AT)
    assert call is not None
    assert call.purpose is CallPurpose.SEND
    return call


@cache
def _ask() -> Call:
    notes = {"access_token": Note("token", AT + timedelta(minutes=4))}
    call = jurisdiction.next_call(
        case(SubmissionState.WAITING, notes=notes), company(), credential(), AT
    )
    assert call is not None
    assert call.purpose is CallPurpose.ASK
    return call


def _login(grant: str = "password") -> Call:
    return Call(CallPurpose.LOGIN, "POST", "https://x.example", {}, Form({"grant_type": grant}))


def _answer(clave: str, state: str, content: bytes) -> Reply:
    told = {"clave": clave, "ind-estado": state, "respuesta-xml": b64encode(content).decode()}
    return Reply(200, {}, json.dumps(told).encode())


def _judged(state: str, content: bytes) -> Finding:
    one = case(SubmissionState.WAITING, sent_at=AT)
    return jurisdiction.read(one, _ask(), _answer(one.fiscal_id, state, content), AT)


def _shown(finding: Finding) -> bytes:
    """The finding as JSON that a person can review."""
    told: dict[str, Any] = {"finding": type(finding).__name__}
    match finding:
        case Judged(verdict):
            told["outcome"] = verdict.outcome.value
            told["remarks"] = [
                {"code": one.code, "text": one.text, "line": one.line} for one in verdict.remarks
            ]
        case Received(ask_in=wait) | Pending(ask_in=wait):
            told["ask_in_seconds"] = None if wait is None else wait.total_seconds()
        case Refused(text, cause, code, retry_in):
            told |= {"cause": cause.value, "code": code, "text": text}
            told["retry_in_seconds"] = None if retry_in is None else retry_in.total_seconds()
        case NoAnswer(left, reason):
            told |= {"may_have_arrived": left, "reason": reason}
        case NeedsPerson(text) | AlreadyKnown(text):
            told["text"] = text
        case Noted(notes):
            told["notes"] = {
                name: "forgotten"
                if note is None
                else f"until {note.until.isoformat()}"
                if note.until
                else "kept"
                for name, note in sorted(notes.items())
            }
        case NotKnown():
            pass
    return as_json(told)
