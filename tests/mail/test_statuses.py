"""One code means one thing, whether a server said it to us or a report brought it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acuse.domain.bounce import BounceReason as B
from acuse.domain.bounce import Response, response_to
from acuse.mail.codes import Meaning, meaning
from acuse.mail.reasons import reason

M = Meaning
ROWS = [  # the code, why a report with it failed, what it means in the dialogue
    ("5.1.1", B.USER_UNKNOWN, M.ADDRESS),
    ("5.1.2", B.HOST_UNKNOWN, M.DOMAIN),
    ("5.1.3", B.USER_UNKNOWN, M.ADDRESS),
    ("5.1.6", B.HAS_MOVED, M.ADDRESS),
    ("5.1.7", B.REJECTED, M.SENDER),
    ("5.1.8", B.REJECTED, M.SENDER),
    ("5.1.10", B.NOT_ACCEPTED, M.DOMAIN),
    ("5.2.1", B.SUSPENDED, M.DISABLED),
    ("5.2.2", B.MAILBOX_FULL, M.FULL),
    ("5.2.3", B.TOO_BIG, M.SIZE),
    ("5.2.4", B.FILTERED, M.REFUSED),
    ("5.3.1", B.SYSTEM_FULL, M.BUSY),
    ("5.3.4", B.TOO_BIG, M.SIZE),
    ("5.3.2", B.SYSTEM_ERROR, M.BUSY),
    ("5.4.4", B.NETWORK_ERROR, M.BUSY),
    ("5.4.6", B.SYSTEM_ERROR, M.BUSY),
    ("5.4.7", B.EXPIRED, M.BUSY),
    ("5.5.1", B.SYNTAX_ERROR, M.SENDER),
    ("5.5.2", B.SYNTAX_ERROR, M.SENDER),
    ("5.5.4", B.SYNTAX_ERROR, M.SENDER),
    ("5.6.0", B.CONTENT_ERROR, M.CONTENT),
    ("5.7.1", B.POLICY_VIOLATION, M.SENDER),
    ("5.7.8", B.AUTH_FAILURE, M.SENDER),
    ("5.7.9", B.AUTH_FAILURE, M.SENDER),
    ("5.7.10", B.FAILED_STARTTLS, M.SENDER),
    ("5.7.20", B.AUTH_FAILURE, M.SENDER),
    ("5.7.21", B.AUTH_FAILURE, M.SENDER),
    ("5.7.22", B.AUTH_FAILURE, M.SENDER),
    ("5.7.23", B.AUTH_FAILURE, M.SENDER),
    ("5.7.24", B.AUTH_FAILURE, M.SENDER),
    ("5.7.25", B.REQUIRE_PTR, M.SENDER),
    ("5.7.26", B.AUTH_FAILURE, M.SENDER),
    ("5.7.27", B.REJECTED, M.SENDER),
    ("5.7.515", B.AUTH_FAILURE, M.SENDER),
    ("5.7.705", B.SPEEDING, M.SENDER),
    ("5.7.708", B.SPEEDING, M.SENDER),
    # Said for now: the dialogue is gone on with, a report came when that was over.
    ("4.1.1", B.EXPIRED, M.BUSY),
    ("4.2.0", B.EXPIRED, M.BUSY),
    ("4.2.1", B.SUSPENDED, M.BUSY),
    ("4.2.2", B.MAILBOX_FULL, M.FULL),
    ("4.3.1", B.SYSTEM_FULL, M.BUSY),
    ("4.3.2", B.SYSTEM_ERROR, M.BUSY),
    ("4.4.1", B.NETWORK_ERROR, M.BUSY),
    ("4.4.7", B.EXPIRED, M.BUSY),
    ("4.7.1", B.EXPIRED, M.GREYLISTED),
    ("4.7.28", B.SPEEDING, M.SENDER),
    ("4.7.705", B.SPEEDING, M.SENDER),
    # They say nothing.
    ("5.0.0", B.UNDEFINED, M.REFUSED),
    ("5.1.0", B.UNDEFINED, M.REFUSED),
    ("5.1.4", B.UNDEFINED, M.REFUSED),
    ("5.5.0", B.UNDEFINED, M.REFUSED),
]
MENDED = {  # what is done about a mail whose refusal has that meaning
    M.ADDRESS: {Response.HOLD},
    M.DOMAIN: {Response.HOLD},
    M.DISABLED: {Response.COUNT},
    M.FULL: {Response.COUNT},
    M.SIZE: {Response.PACKET},
    M.CONTENT: {Response.PACKET},
    M.SENDER: {Response.ALARM},
    M.GREYLISTED: {Response.LATER},
    M.BUSY: {Response.LATER},
    M.REFUSED: {Response.COUNT, Response.LATER},  # filtered, or nothing known
}
CODES = {"5": 550, "4": 450}


def every() -> Iterator[str]:
    """All codes of the register (RFC 5248) and those beside it, with room around them."""
    for kind in CODES:
        for subject in range(9):
            yield from (f"{kind}.{subject}.{detail}" for detail in range(41))
        yield from (f"{kind}.7.{detail}" for detail in (515, 705, 708, 999))


@pytest.mark.parametrize(("status", "why", "means"), ROWS, ids=[row[0] for row in ROWS])
def test_a_code_means_the_same_in_a_dialogue_and_in_a_report(
    status: str, why: B, means: Meaning
) -> None:
    code = CODES[status[0]]
    assert reason(status=status, code=code, said=f"{code} {status}") is why
    assert meaning(code, status) is means


def test_no_code_is_judged_in_two_ways() -> None:
    apart = {}
    for status in every():
        code = CODES[status[0]]
        told, means = response_to(reason(status=status, code=code)), meaning(code, status)
        later = code < 500 and means is M.BUSY and told is not Response.HOLD
        if not later and told not in MENDED[means]:
            apart[status] = (told, means)
    assert apart == {}


@pytest.mark.parametrize(
    ("code", "why", "means"),
    [
        (530, B.AUTH_FAILURE, M.SENDER),
        (550, B.UNDEFINED, M.REFUSED),
        (552, B.MAILBOX_FULL, M.FULL),
        (556, B.NOT_ACCEPTED, M.DOMAIN),
        (450, B.EXPIRED, M.GREYLISTED),
        (451, B.EXPIRED, M.BUSY),
        (452, B.SYSTEM_FULL, M.BUSY),
    ],
)
def test_a_reply_alone_means_the_same(code: int, why: B, means: Meaning) -> None:
    assert (reason(code=code), meaning(code, "")) == (why, means)


def test_a_domain_that_is_said_not_to_exist_is_no_closed_route() -> None:
    said = "5.4.4 Name service error for name=cliente.example type=MX: Host not found"
    assert reason(status="5.4.4", code=550, said=said) is B.HOST_UNKNOWN
    assert meaning(550, said) is M.DOMAIN
