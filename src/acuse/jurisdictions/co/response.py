"""The DIAN's ApplicationResponse: its signed word about one document. Source: colombia.md 6.

Only what its signature covers is read, and only under a certificate that names the DIAN's NIT.
"""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass, field

from cryptography import x509

from acuse.jurisdictions.co.rules_verdicts import DIAN_NIT
from acuse.xml import parse, verify
from acuse.xml.ubl import UBL

ROOT = f"{{{UBL}ApplicationResponse-2}}ApplicationResponse"
LARGEST = 5 * 1024 * 1024
LONGEST_TEXT = 2000
MOST_LINES = 500
_NIT = re.compile(rf"(?<![0-9]){DIAN_NIT}(?:-?4)?(?![0-9])")  # some glue the check digit on


class Unusable(Exception):
    """An ApplicationResponse that decides nothing; says why, in English, for the log."""


@dataclass(frozen=True, slots=True)
class Response:
    """What the DIAN signed: `lines` are (code, text) as they stand, `content` its exact bytes.

    `key` is its own id; `number` and `fiscal_id` are those of the document that it judges.
    """

    key: str
    code: str  # "02" validated, "04" rejected
    number: str
    fiscal_id: str
    date: str
    time: str
    lines: tuple[tuple[str, str], ...]
    content: bytes = field(repr=False)


def decoded(encoded: str) -> bytes:
    """The bytes behind base64 text; raises Unusable."""
    if len(encoded) > 2 * LARGEST:
        raise Unusable("an ApplicationResponse too large")
    try:
        return b64decode("".join(encoded.split()), validate=True)
    except ValueError:
        raise Unusable("bad base64") from None


def read_response(content: bytes) -> Response:
    """The verdict that the bytes hold, its signature verified; raises Unusable."""
    root = _signed_by_the_dian(content)
    told = parse.child(root, "DocumentResponse")
    response = None if told is None else parse.child(told, "Response")
    reference = None if told is None else parse.child(told, "DocumentReference")
    if told is None or response is None or reference is None:
        raise Unusable("an ApplicationResponse about no document")
    return Response(
        key=parse.child_text(root, "UUID"),
        code=parse.child_text(response, "ResponseCode"),
        number=parse.child_text(reference, "ID"),
        fiscal_id=parse.child_text(reference, "UUID"),
        date=parse.child_text(root, "IssueDate"),
        time=parse.child_text(root, "IssueTime"),
        lines=_lines(told),
        content=content,
    )


def _signed_by_the_dian(content: bytes) -> parse.Element:
    if len(content) > LARGEST:
        raise Unusable("an ApplicationResponse too large")
    try:
        verified = verify.verify(content)
        names = x509.load_der_x509_certificate(verified.certificate).subject
        holder = " ".join(str(name.value) for name in names)
    except (parse.Unreadable, verify.NotVerified, ValueError) as error:
        raise Unusable(f"no usable ApplicationResponse: {error}"[:300]) from error
    if not _NIT.search(holder):
        raise Unusable("an ApplicationResponse that the DIAN did not sign")
    if verified.root.tag != ROOT:
        raise Unusable(f"{parse.name(verified.root)} instead of an ApplicationResponse")
    return verified.root


def _lines(told: parse.Element) -> tuple[tuple[str, str], ...]:
    found = [one for one in told if parse.name(one) == "LineResponse"][:MOST_LINES]
    responses = [one for line in found for one in line if parse.name(one) == "Response"]
    return tuple(
        (
            parse.child_text(one, "ResponseCode"),
            parse.child_text(one, "Description")[:LONGEST_TEXT],
        )
        for one in responses
    )


def about(response: Response, number: str, fiscal_id: str) -> bool:
    """Whether it names that document: our number (a hyphen makes no other) and our fiscal id."""
    same = response.number.replace("-", "") == number.replace("-", "")
    return same and response.fiscal_id.lower() == fiscal_id.lower() != ""
