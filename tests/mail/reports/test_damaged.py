"""Damage never crashes the reader, never takes long, and never makes a state of its own.

A damaged report says what it said before or nothing: that is the promise of mail.md 9.3 as we read
it, for a report with other line ends is still a report.
"""

from __future__ import annotations

import sysconfig
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse.domain.bounce_trace import tokens
from acuse.domain.recipient import RecipientState
from acuse.domain.report import ReportKind
from acuse.mail.reports.read import read
from tests.mail.reports import damage, mails
from tests.mail.reports.mails import KEYS, after, report, status

SENT, BOUNCED, DELIVERED = RecipientState.SENT, RecipientState.BOUNCED, RecipientState.DELIVERED
WHOLE = {  # what it makes of a mail that was sent
    "failed": (report(), BOUNCED),
    "base64": (report(encoding="base64"), BOUNCED),
    "delayed": (report(status("delayed", "4.4.1", "smtp; connection timed out")), SENT),
    "delivered": (report(status("delivered", "2.1.5", "smtp; 250 OK")), DELIVERED),
    "exim": (mails.exim(), BOUNCED),
    "exim delay": (mails.exim_delay(), SENT),
    "qmail": (mails.qmail(), BOUNCED),
    "postfix": (mails.postfix_text(), BOUNCED),
    "postfix warning": (mails.postfix_text(waiting=True), SENT),
    "complaint": (mails.complaint(), SENT),
    "receipt": (mails.receipt(), DELIVERED),
    "automatic": (mails.answer("De vacaciones", Auto_Submitted="auto-replied"), SENT),
    "person": (mails.answer("No me llegó", In_Reply_To="<x@y.example>"), SENT),
    "ours": (mails.ours(), SENT),
}
READABLE = (
    *("cr_only", "lf_only", "unknown_charset", "utf7", "five_megabytes", "headers_twice"),
    *("wrong_boundary", "no_boundary", "no_content_type"),
)


@pytest.mark.parametrize("name", damage.DAMAGES)
@pytest.mark.parametrize(("raw", "state"), WHOLE.values(), ids=list(WHOLE))
def test_a_damaged_report_says_the_same_or_nothing(
    raw: bytes, state: RecipientState, name: str
) -> None:
    damaged = damage.DAMAGES[name](raw)
    began = time.process_time()
    found = after(damaged).state
    assert time.process_time() - began < 2.5  # mail.md: one second
    assert found in (SENT, state)


@pytest.mark.parametrize("name", READABLE)
def test_what_is_still_readable_is_read(name: str) -> None:
    assert after(damage.DAMAGES[name](report())).state is BOUNCED


@pytest.mark.parametrize(
    "raw", [report(), mails.exim(), mails.qmail()], ids=["dsn", "exim", "qmail"]
)
def test_a_cut_address_is_nobodys_failure(raw: bytes) -> None:
    """Cut anywhere, it bounces our mail or is only noted; the token alone is not enough."""
    states = {after(raw[:end]).state for end in range(0, len(raw), 7)}
    assert states == {SENT, BOUNCED}


@pytest.mark.parametrize("name", WHOLE)
def test_no_mutant_invents_a_state(name: str) -> None:
    raw, state = WHOLE[name]
    for mutant in damage.mutants(raw, seed=len(name), count=150):
        assert after(mutant).state in (SENT, state), mutant


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read(raw: bytes) -> None:
    told = read(raw)
    assert list(tokens(told, KEYS)) == []


LINES = (
    *(b"Content-Type: multipart/report; boundary=b", b"Content-Type: message/delivery-status"),
    *(b"", b"--b", b"--b--", b"Final-Recipient: rfc822; a@b.example", b"Action: failed"),
    *(b"Status: 5.1.1", b"From: MAILER-DAEMON", b"<a@b.example>: no", b"  a@b.example"),
    *(b"X-Failed-Recipients: a@b.example", b"Feedback-Type: abuse", b"Disposition: x; deleted"),
    *(b"Content-Type: message/rfc822", b"Content-Type: message/feedback-report", b"\xff"),
    *(b"This message was created automatically by mail delivery software.", b"Subject: failure"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_any_mixture_of_pieces_is_read(lines: list[bytes]) -> None:
    told = read(b"\r\n".join(lines))
    assert tokens(told, KEYS) == ()
    assert after(b"\r\n".join(lines)).state is SENT


def test_the_interpreters_own_corpus_is_read() -> None:
    folder = Path(sysconfig.get_paths()["stdlib"]) / "test" / "test_email" / "data"
    samples = [path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()]
    if not samples:
        pytest.skip("this Python came without its tests")
    told = [one for one in map(read, samples) if one.kind is ReportKind.DELIVERY]
    assert sorted(len(one.results) for one in told) == [1, 1, 11]  # a fourth has nothing to say
    for raw in samples:
        for one in (raw[: len(raw) // 2], raw[len(raw) // 2 :], raw.replace(b"\n", b"\r"), raw * 3):
            read(one)


def test_the_memory_of_a_large_mail_is_bounded() -> None:
    told = read(damage.five_megabytes(report()))
    assert not told.whole
    assert [one.address for one in told.results] == [mails.TO]
