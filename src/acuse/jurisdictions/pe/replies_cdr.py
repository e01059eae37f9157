"""What a CDR says: a verdict, if it is one, is about our file, and is signed.

Source: peru.md 5.3, 5.4. The code is compared as a number; a batch that was rejected names in the
description the line for which it was.
"""

from __future__ import annotations

import re
from base64 import b64decode

from acuse.domain.party import Environment
from acuse.domain.submission import Case, Finding, Judged, NeedsPerson, NoAnswer
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.jurisdictions.pe import faults, memory, services
from acuse.jurisdictions.pe import rules_verdicts as rules
from acuse.jurisdictions.pe.rules_verdicts import Meaning, meaning
from acuse.jurisdictions.pe.talk import Talk
from acuse.xml import parse, verify
from acuse.xml.archive import BadArchive, unpack_one
from acuse.xml.soap import Fault

LARGEST_CDR = 2 * 1024 * 1024
LONGEST_TEXT = 2000
OBSERVED_FROM = 4000
REJECTED_FROM = 2000
CODE = re.compile(r"[0-9]{1,4}")
LINE = re.compile(r"error en la l[ií]nea:?\s*([0-9]{1,5})", re.IGNORECASE)


def read(talk: Talk, encoded: str) -> Finding:
    """What the base64 of a CDR's ZIP means for this file."""
    try:
        archive = b64decode("".join(encoded.split()), validate=True)
    except ValueError:
        return NoAnswer(True, f"text instead of a CDR: {encoded[:200]}")
    case = talk.case
    try:
        _, content = unpack_one(archive, is_cdr_name, largest=LARGEST_CDR)
        root = _trusted(content, talk)
    except (BadArchive, parse.Unreadable) as error:
        return NoAnswer(True, f"an unreadable CDR: {error}")
    except verify.NotVerified as error:
        return NoAnswer(True, f"a CDR whose signature does not hold: {error}")
    if not _names(root, case):
        return NoAnswer(True, "a CDR of another document")
    if _of_other_content(root, case):
        return NeedsPerson(faults.OTHER_CONTENT.format(number=case.number))
    return _judged(talk, root, archive)


def is_archive(encoded: str) -> bool:
    """Whether a `content` is an archive; it may be plain text that carries a message (P-8)."""
    return "".join(encoded[:40].split()).startswith("UEs")  # "PK" in base64


def _trusted(content: bytes, talk: Talk) -> parse.Element:
    """The part of the CDR that its signature covers; the rehearsal's is only a placeholder."""
    if talk.environment is Environment.TEST:
        return parse.parse(content)
    # An OSE may still sign with SHA-1, as documents do (peru.md 4).
    return verify.verify(content, sha1=True).root


def is_cdr_name(name: str) -> bool:
    """Whether an entry of the archive is the CDR; a folder may stand beside it (P-10)."""
    return re.fullmatch(r"R-[^/\\]+\.xml", name, re.IGNORECASE) is not None


def _names(root: parse.Element, case: Case) -> bool:
    """Whether the CDR is to our issuer and about our file."""
    response = _response(root)
    if parse.name(root) != "ApplicationResponse" or response is None:
        return False
    receivers = _party_ids(root, "ReceiverParty")
    told = parse.child_text(response, "ReferenceID")
    return receivers == [services.ruc_of(case)] and _same_number(told, case.number)


def _party_ids(root: parse.Element, role: str) -> list[str]:
    """The identity numbers of a party: SUNAT's CDR has an ID, an OSE's a CompanyID."""
    party = parse.child(root, role)
    if party is None:
        return []
    found = (parse.text(element) for element in party.iter("{*}ID", "{*}CompanyID"))
    return list(dict.fromkeys(one.split("-")[-1] for one in found))


def _same_number(told: str, ours: str) -> bool:
    """Whether both are one: F001-587 and F001-00000587, RC-20261125-1 and RC-20261125-00001."""
    series, *told_values = told.split("-")
    our_series, *our_values = ours.split("-")
    if series != our_series or len(told_values) != len(our_values):
        return False
    return all(
        re.fullmatch(r"[0-9]{1,20}", value) is not None and int(value) == int(our_value)
        for value, our_value in zip(told_values, our_values, strict=True)
    )


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


def _judged(talk: Talk, root: parse.Element, archive: bytes) -> Finding:
    response = _response(root)
    assert response is not None
    code = parse.child_text(response, "ResponseCode")
    description = parse.child_text(response, "Description")[:LONGEST_TEXT]
    notes = tuple(_remark(parse.text(e)[:LONGEST_TEXT]) for e in root if parse.name(e) == "Note")
    if not CODE.fullmatch(code):
        return NoAnswer(True, f"a CDR with the code {code[:40]!r}")
    number, fault = int(code), Fault(code.zfill(4), description)
    if number == 0 or number >= OBSERVED_FROM:
        remarks = notes if number == 0 else (Remark(code, description), *notes)
        return _accepted(talk, remarks, archive)
    if number < REJECTED_FROM or _is_no_verdict(talk, fault.code):
        return faults.finding(talk, fault, in_cdr=True)
    if talk.is_batch and talk.went_twice and fault.code in rules.TAKEN_BEFORE:
        return faults.ask_earlier(talk, fault)
    reason = Remark(fault.code, faults.worded(fault), line(description))
    verdict = Verdict(Outcome.REJECTED, (reason, *notes), archive)
    named = culprits(talk.case, description)
    return Judged(verdict, named, named if fault.code in rules.MEMBER_KNOWN else ())


def _accepted(talk: Talk, remarks: tuple[Remark, ...], archive: bytes) -> Finding:
    if talk.known == memory.DEAD:
        return NeedsPerson(faults.DEAD.format(number=talk.case.number))
    outcome = Outcome.ACCEPTED_WITH_OBSERVATIONS if remarks else Outcome.ACCEPTED
    return Judged(Verdict(outcome, remarks, archive))


def _is_no_verdict(talk: Talk, code: str) -> bool:
    """Whether the code says of a document that its number was taken before."""
    return not talk.is_batch and meaning(code) is Meaning.KNOWN


def _remark(note: str) -> Remark:
    found = re.match(r"\s*([0-9]{4})\b\s*[-:]?\s*(.*)", note, re.DOTALL)
    if not found:
        return Remark("", note, line(note))
    return Remark(found[1], found[2].strip(), line(note))


def line(text: str) -> int | None:
    """The line that a text of SUNAT's names."""
    found = LINE.search(text)
    return int(found[1]) if found else None


def culprits(case: Case, description: str) -> tuple[int, ...]:
    """The line of a batch for which all of it was rejected; none where nothing is named.

    It is told as the line, or by the number of the document that stands there.
    """
    if services.code_of(case) not in services.BATCHES:
        return ()
    told = line(description)
    if told is not None:
        return (told,) if 1 <= told <= (len(case.members) or told) else ()
    named = (
        (found.start(), place)
        for place, member in enumerate(case.members, start=1)
        if (found := _mention(member.number).search(description))
    )
    first = min(named, default=None)
    return (first[1],) if first else ()


def _mention(number: str) -> re.Pattern[str]:
    series, _, value = number.partition("-")
    return re.compile(rf"(?<![A-Z0-9]){re.escape(series)}\s*-\s*0*{re.escape(value)}(?![0-9])")
