"""What the DIAN's answers mean: a folder for each, and the promises that hold for all.

`replies/<name>/reply.json` says where the conversation stood and what came back, `finding.json`
what it means. ApplicationResponses are made and signed as the DIAN's are, by an invented key.
"""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from acuse.domain.submission import (
    AlreadyKnown,
    Case,
    Cause,
    Finding,
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
    SubmissionState,
)
from acuse.domain.verdict import Outcome
from acuse.jurisdictions.co import calls, service
from acuse.jurisdictions.co.answers import rules_of
from acuse.jurisdictions.co.rules_verdicts import ANY, STATUS, Meaning, meaning
from tests.jurisdictions.co import dian
from tests.jurisdictions.co.dian import case, dian_response, members, read
from tests.support.golden import as_json, check
from tests.support.makers import AT

FOLDER = Path(__file__).parent / "replies"
NAMES = sorted(folder.name for folder in FOLDER.iterdir())
S = SubmissionState
NOTIFIED = "Regla: FAJ43b, Notificación: Nombre informado no corresponde"
REJECTED = "Regla: FAD06, Rechazo: Valor del CUFE no está calculado correctamente"
REHEARSING = dian.company(electronic_invoicing=False, extra={"test_set_id": dian.TEST_SET})


@pytest.mark.parametrize("name", NAMES)
def test_a_reply_means_what_its_folder_says(name: str, request: pytest.FixtureRequest) -> None:
    told = json.loads((FOLDER / name / "reply.json").read_text(encoding="utf-8"))
    one = _case(told)
    issuer = REHEARSING if told.get("rehearsing") else None
    made = dian.call(one, issuer)
    assert service.operation_of(made) == told["operation"]
    finding = read(_body(told), one, issuer=issuer, status=told.get("status", 200))
    check(request, FOLDER / name / "finding.json", as_json(_shown(finding)))


def _case(told: dict[str, Any]) -> Case:
    given = dict(told.get("case", {}))
    state = S(given.pop("state", "IN_FLIGHT"))
    notes = {}
    if "known" in given:
        notes[calls.known_note(case())] = Note(given.pop("known"), AT + timedelta(days=1))
    for name in ("sent_at", "issued_at", "not_known_since"):
        if name in given:
            given[name] = AT - timedelta(minutes=given[name])
    return case(state, notes=notes, **given)


def _body(told: dict[str, Any]) -> bytes | NoReply:
    match told:
        case {"silence": silence}:
            return NoReply(**silence)
        case {"body": text}:
            return str(text).encode()
        case {"fault": fault}:
            return dian.fault(**fault)
        case {"upload": upload}:
            return dian.uploaded(upload.get("ticket", ""), *upload.get("messages", ()))
        case {"original": original}:
            content = {"ours": case().sealed, "another": dian.invoice(number="SETP990000124")}
            held = content.get(original.get("content", ""), b"")
            return dian.original(original["code"], held)
    many = told["told"] if isinstance(told["told"], list) else [told["told"]]
    return dian_response(told.get("answers", told["operation"]), *map(_members, many))


def _members(told: dict[str, Any]) -> str:
    given = dict(told)
    receipt = given.pop("receipt", None)
    if isinstance(receipt, dict):
        lines = tuple(map(tuple, receipt.pop("lines", ())))
        given["receipt"] = dian.application_response(receipt.pop("code", "02"), *lines, **receipt)
    elif receipt is not None:
        given["receipt"] = receipt
    if given.get("key") == "ours":
        given["key"] = dian.CUFE
    return members(given.pop("valid"), given.pop("code"), *given.pop("errors", ()), **given)


def _shown(finding: Finding) -> dict[str, Any]:
    """The finding by name and values; the receipt is told, not shown."""
    assert is_dataclass(finding)
    values = asdict(finding)
    if isinstance(finding, Judged):
        values = values["verdict"]
        values["receipt"] = "the XML as received" if finding.verdict.receipt else None
    return {"finding": type(finding).__name__, **values}


def test_a_verdict_keeps_the_dians_bytes() -> None:
    content = dian.application_response()
    finding = read(dian_response("SendBillSync", members(receipt=content)))
    assert isinstance(finding, Judged)
    assert finding.verdict.outcome is Outcome.ACCEPTED
    assert finding.verdict.receipt == content


def test_a_response_altered_on_the_way_judges_nothing() -> None:
    good = dian.application_response("04", ("FAD06", "CUFE"))
    told = dian_response("SendBillSync", members(False, "99", REJECTED, receipt=good))
    assert isinstance(read(told), Judged)
    forged = good.replace(b">04<", b">02<")
    finding = read(dian_response("SendBillSync", members(True, "00", receipt=forged)))
    assert isinstance(finding, NoAnswer)
    assert "altered" in finding.reason


def test_a_verdict_is_read_from_what_was_signed() -> None:
    """The signature, moved into the code by someone, is still good and no part of the code."""
    root = etree.fromstring(dian.application_response("04"))
    signature = next(root.iter("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    next(root.iter("{*}ResponseCode")).insert(0, signature)
    told = members(False, "99", REJECTED, receipt=etree.tostring(root))
    finding = read(dian_response("SendBillSync", told))
    assert isinstance(finding, Judged)
    assert finding.verdict.outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("serial", "judged"),
    [
        ("800197268", True),
        ("8001972684", True),  # the check digit glued on
        ("800197268-4", True),
        ("NIT 800197268", True),
        (dian.NIT, False),
        ("8001972685", False),
        ("18001972684", False),
    ],
)
def test_only_the_dians_certificate_judges(serial: str, judged: bool) -> None:
    content = dian.application_response(signer=serial)
    finding = read(dian_response("SendBillSync", members(receipt=content)))
    assert isinstance(finding, Judged) is judged


@pytest.mark.authority
def test_the_papers_own_answers_are_read(authority_dir: Path) -> None:
    """Their ApplicationResponses are unsigned, so those that judge give no verdict here."""
    expected: dict[str, tuple[Case, type[object]]] = {
        "SendBillSync-accepted": (case(), NoAnswer),
        "SendBillSync-accepted-notified": (case(), NoAnswer),
        "SendBillSync-rejected": (case(), NoAnswer),
        "SendBillSync-duplicate": (case(), AlreadyKnown),
        "SendBillSync-refused-zip": (case(), Refused),
        "GetStatus-unknown": (case(S.UNCERTAIN), NotKnown),
        "GetStatusZip-pending": (case(S.WAITING, ticket=dian.TICKET), Pending),
        "GetStatusZip-accepted": (case(S.WAITING, ticket=dian.TICKET), NoAnswer),
        "fault-certificate-500": (case(), NoAnswer),
    }
    folder = authority_dir / "co/samples/soap"
    for name, (one, meant) in expected.items():
        finding = read((folder / f"{name}.xml").read_bytes(), one)
        assert isinstance(finding, meant), (name, finding)
    ticket = (folder / "SendTestSetAsync-zipkey.xml").read_bytes()
    assert read(ticket, issuer=REHEARSING) == Received(dian.TICKET)
    refused = (folder / "SendTestSetAsync-refused.xml").read_bytes()
    assert isinstance(read(refused, issuer=REHEARSING), Refused)


def test_a_set_that_is_accepted_sends_the_question_to_the_document_itself() -> None:
    one = case(S.WAITING, ticket=dian.TICKET, sent_at=AT)
    text = "Set de prueba con identificador 123 se encuentra Aceptado."
    finding = read(dian_response("GetStatusZip", members(False, "2", description=text)), one)
    assert isinstance(finding, Noted)
    assert {note.value for note in finding.notes.values() if note} == {"Aceptado"}
    notes = {name: note for name, note in finding.notes.items() if note is not None}
    after = case(S.WAITING, ticket=dian.TICKET, sent_at=AT, notes=notes)
    assert service.operation_of(dian.call(after)) == "GetStatus"


def test_given_before_ends_in_a_verdict_once_the_original_is_ours() -> None:
    """Rule 90, then the original, then the verdict: the notes of each step lead to the next."""
    first = read(dian_response("SendBillSync", members(False, "99", GIVEN)))
    assert isinstance(first, AlreadyKnown)
    wanted = case(S.UNCERTAIN, notes=first.notes)
    second = read(dian.original("100", case().sealed), wanted)
    assert isinstance(second, Noted)
    notes = {name: note for name, note in second.notes.items() if note is not None}
    compared = case(S.UNCERTAIN, notes=notes)
    receipt = dian.application_response()
    third = read(dian_response("GetStatus", members(receipt=receipt)), compared)
    assert isinstance(third, Judged)


GIVEN = "Regla: 90, Rechazo: Documento procesado anteriormente."


def test_the_same_fault_twice_is_a_matter_of_the_certificate_and_stops_the_queue() -> None:
    body = dian.fault("InvalidSecurity", "An error occurred when verifying security")
    assert read(body, case(tries=0), status=500) == NoAnswer(
        False, "fault InvalidSecurity: An error occurred when verifying security"
    )
    again = read(body, case(tries=1), status=500)
    assert isinstance(again, Refused)
    assert again.cause is Cause.CREDENTIALS


@pytest.mark.parametrize(
    ("error", "valid", "reasons", "remarks"),
    [
        ("Regla: FAD06, Rechazo: x", False, ["FAD06"], []),
        ("Regla: RUT01, Notificación: x", False, [], ["RUT01"]),
        ("regla:FAJ44a,notificacion:x", True, [], ["FAJ44a"]),
        ("Regla: NOTREFPLGNS, Rechazo: x, y: z", False, ["NOTREFPLGNS"], []),
        ("Regla: , Rechazo: x", False, [""], []),
        ("Texto libre", False, [""], []),
        ("Texto libre", True, [], [""]),
    ],
)
def test_the_grammar_of_the_rules(
    error: str, valid: bool, reasons: list[str], remarks: list[str]
) -> None:
    told = rules_of([error], valid=valid)
    assert [one.code for one in told.reasons] == reasons
    assert [one.code for one in told.remarks] == remarks


def test_what_is_told_twice_is_shown_once_and_in_order() -> None:
    lines = [("0", "autorizada"), ("FAJ43b", "otra vez"), ("FAZ09", "código"), ("RUT01", "RUT")]
    told = rules_of([NOTIFIED, "Regla: RUT01, Notificación: RUT", NOTIFIED], lines, valid=True)
    assert [one.code for one in told.remarks] == ["FAJ43b", "RUT01", "FAZ09"]


def test_every_row_of_the_table_is_reached() -> None:
    texts = {row[2]: "Batch en proceso" if "Batch" in row[2] else "" for row in STATUS}
    texts |= {row[2]: "Error al generar ApplicationResponse" for row in STATUS if "gen" in row[2]}
    texts |= {row[2]: "Set de prueba 1 se encuentra Aceptado" for row in STATUS if "Set" in row[2]}
    for valid, code, pattern, operations, told in STATUS:
        for operation in operations:
            assert meaning(operation, valid, "7" if code is None else code, texts[pattern]) is told
    for operation in ANY:
        assert meaning(operation, None, "00", "") is Meaning.NOTHING
        assert meaning(operation, True, "99", "") is Meaning.NOTHING
        assert meaning(operation, False, "00", "") is Meaning.NOTHING


def test_in_five_days_without_a_verdict_a_person_looks() -> None:
    old = case(S.WAITING, sent_at=AT - timedelta(days=6))
    assert isinstance(read(dian_response("GetStatus", members(False, "98")), old), NeedsPerson)
