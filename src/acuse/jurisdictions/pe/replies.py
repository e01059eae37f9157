"""What SUNAT's replies mean. A CDR that names our document decides; nothing else is a verdict.

Source: peru.md 5.1–5.4.
"""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import timedelta

from acuse.domain.party import Environment
from acuse.domain.submission import (
    AlreadyKnown,
    Call,
    CallPurpose,
    Case,
    Cause,
    Finding,
    Judged,
    NeedsPerson,
    NoAnswer,
    NoReply,
    NotKnown,
    Pending,
    Refused,
    Reply,
)
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.jurisdictions.pe.rules_verdicts import NOT_FOUND, Meaning, meaning
from acuse.jurisdictions.pe.rules_words import OUR_WORDS
from acuse.xml import parse, verify
from acuse.xml.archive import BadArchive, unpack_one
from acuse.xml.soap import Fault, read_body

IN_PROCESS = timedelta(seconds=60)
LARGEST_CDR = 2 * 1024 * 1024
LONGEST_TEXT = 2000
ASKS_TO_BELIEVE = 2
OBSERVED_FROM = 4000
CODE = re.compile(r"[0-9]{1,4}")
OTHER_CONTENT = (
    "SUNAT tiene otro documento con el número {number}: su CDR no corresponde al XML que firmamos. "
    "Revisa si otro sistema emite con la misma serie, y cambia de serie."
)
REJECTED_FROM = 2000


def read(case: Case, call: Call, reply: Reply | NoReply) -> Finding:
    """What the reply means for this document; never raises."""
    if isinstance(reply, NoReply):
        return NoAnswer(reply.left, reply.reason)
    try:
        body = read_body(reply.body)
    except parse.Unreadable as error:
        return NoAnswer(True, f"HTTP {reply.status}, unreadable: {error}")
    if isinstance(body, Fault):
        return _fault(case, body, call)
    # The operation decides, not the purpose: the rehearsal is asked by sending again.
    if parse.name(body) == "getStatusCdrResponse":
        return _consulted(case, call, body)
    return _cdr(case, call, parse.child_text(body, "applicationResponse"))


def _fault(case: Case, fault: Fault, call: Call) -> Finding:
    words = _worded(fault.code, fault.text)
    told = meaning(fault.code)
    if told is Meaning.UNPROVEN:
        return _unproven(case, fault, call, words)
    match told:
        case Meaning.PENDING:
            return Pending(IN_PROCESS)
        case Meaning.CREDENTIALS:
            return Refused(words, Cause.CREDENTIALS, fault.code)
        case Meaning.FILE:
            return Refused(words, Cause.FILE, fault.code)
        case Meaning.CONTENT:
            return Refused(words, Cause.CONTENT, fault.code)
        case Meaning.KNOWN:
            return AlreadyKnown(f"{fault.code} {fault.text}".strip())
    return NoAnswer(True, f"fault {fault.code or 'without a number'}: {fault.text}"[:500])


def _unproven(case: Case, fault: Fault, call: Call, words: str) -> Finding:
    """A rejection of content told by fault, where production would have sent a CDR.

    The rehearsal does so and keeps no register. Elsewhere SUNAT is asked for the CDR; told again
    after it twice denied to hold the document, it is a refusal (peru.md 5.4, UNCONFIRMED 2).
    """
    sending = call.purpose is CallPurpose.SEND
    if environment(call) is Environment.TEST or (sending and case.asks >= ASKS_TO_BELIEVE):
        return Refused(words, Cause.CONTENT, fault.code)
    return NoAnswer(True, f"fault {fault.code}: {fault.text}")


def _consulted(case: Case, call: Call, body: parse.Element) -> Finding:
    """The consult service: its code alone never gives a verdict."""
    status = parse.child(body, "statusCdr")
    if status is None:
        return NoAnswer(True, "no statusCdr")
    code = parse.child_text(status, "statusCode")
    content = parse.child_text(status, "content")
    if content:
        return _cdr(case, call, content)
    if code in NOT_FOUND:
        return NotKnown()
    message = parse.child_text(status, "statusMessage")
    return NoAnswer(True, f"consult {code}: {message}"[:500])


def _cdr(case: Case, call: Call, encoded: str) -> Finding:
    """The verdict of a CDR, if it is one, is about our document, and is signed."""
    try:
        archive = b64decode("".join(encoded.split()), validate=True)
    except ValueError:
        return NoAnswer(True, f"text instead of a CDR: {encoded[:200]}")
    try:
        _, content = unpack_one(archive, _is_cdr_name, largest=LARGEST_CDR)
        root = _trusted(content, call)
    except (BadArchive, parse.Unreadable) as error:
        return NoAnswer(True, f"an unreadable CDR: {error}")
    except verify.NotVerified as error:
        return NoAnswer(True, f"a CDR whose signature does not hold: {error}")
    if not _names(root, case):
        return NoAnswer(True, "a CDR of another document")
    if _of_other_content(root, case):
        return NeedsPerson(OTHER_CONTENT.format(number=case.number))
    return _judged(case, root, archive, call)


def _trusted(content: bytes, call: Call) -> parse.Element:
    """The part of the CDR that its signature covers; the rehearsal's is only a placeholder."""
    if environment(call) is Environment.TEST:
        return parse.parse(content)
    # An OSE may still sign with SHA-1, as documents do (peru.md 4).
    return verify.verify(content, sha1=True).root


def _is_cdr_name(name: str) -> bool:
    return re.fullmatch(r"R-[^/\\]+\.xml", name, re.IGNORECASE) is not None


def _names(root: parse.Element, case: Case) -> bool:
    """Whether the CDR is to our issuer and about our series and number (numbers as integers)."""
    if parse.name(root) != "ApplicationResponse":
        return False
    response = _response(root)
    if response is None:
        return False
    ruc = case.file_name.partition("-")[0]
    receivers = _party_ids(root, "ReceiverParty")
    return receivers == [ruc] and _same_number(
        parse.child_text(response, "ReferenceID"), case.number
    )


def _party_ids(root: parse.Element, role: str) -> list[str]:
    """The identity numbers of a party: SUNAT's CDR has an ID, an OSE's a CompanyID."""
    party = parse.child(root, role)
    if party is None:
        return []
    found = (parse.text(element) for element in party.iter("{*}ID", "{*}CompanyID"))
    return list(dict.fromkeys(one.split("-")[-1] for one in found))


def _same_number(told: str, ours: str) -> bool:
    series, _, value = told.partition("-")
    our_series, _, our_value = ours.partition("-")
    figures = re.fullmatch(r"[0-9]{1,20}", value)
    return series == our_series and figures is not None and int(value) == int(our_value)


def _of_other_content(root: parse.Element, case: Case) -> bool:
    """Whether the CDR gives a hash like ours and it is another's (an OSE gives one, SUNAT none).

    A hash of another length is of another algorithm and compares with nothing.
    """
    told = {parse.text(element) for element in parse.descendants(root, "DocumentHash")}
    alike = {one for one in told if len(one) == len(case.fiscal_id)}
    return bool(alike) and case.fiscal_id not in alike


def _response(root: parse.Element) -> parse.Element | None:
    document_response = parse.child(root, "DocumentResponse")
    if document_response is None:
        return None
    return parse.child(document_response, "Response")


def _judged(case: Case, root: parse.Element, archive: bytes, call: Call) -> Finding:
    response = _response(root)
    assert response is not None
    code = parse.child_text(response, "ResponseCode")
    description = parse.child_text(response, "Description")[:LONGEST_TEXT]
    notes = tuple(_remark(parse.text(e)[:LONGEST_TEXT]) for e in root if parse.name(e) == "Note")
    if not CODE.fullmatch(code):
        return NoAnswer(True, f"a CDR with the code {code[:40]!r}")
    number = int(code)
    if number == 0 or number >= OBSERVED_FROM:
        remarks = notes if number == 0 else (Remark(code, description), *notes)
        outcome = Outcome.ACCEPTED_WITH_OBSERVATIONS if remarks else Outcome.ACCEPTED
        return Judged(Verdict(outcome, remarks, archive))
    if number >= REJECTED_FROM:
        reason = Remark(code.zfill(4), _worded(code.zfill(4), description), _line(description))
        return Judged(Verdict(Outcome.REJECTED, (reason, *notes), archive))
    # A code below 2000 inside a CDR judges nothing: it is the fault of that number.
    return _fault(case, Fault(code.zfill(4), description), call)


def _remark(note: str) -> Remark:
    found = re.match(r"\s*([0-9]{4})\b\s*[-:]?\s*(.*)", note, re.DOTALL)
    if not found:
        return Remark("", note, _line(note))
    return Remark(found[1], found[2].strip(), _line(note))


def _line(text: str) -> int | None:
    found = re.search(r"[Ee]rror en la l[ií]nea:?\s*([0-9]{1,4})", text)
    return int(found[1]) if found else None


def _worded(code: str, text: str) -> str:
    ours = OUR_WORDS.get(code, "")
    return f"{ours} (SUNAT: {text})" if ours and text else ours or text


def environment(call: Call) -> Environment:
    """The environment behind the call's address: only the rehearsal has "beta" in it."""
    if call.url.startswith("sandbox://"):
        return Environment.SANDBOX
    return Environment.TEST if "-beta" in call.url else Environment.PRODUCTION
