"""What is known of plain reports by their words, where neither subject nor fields say it."""

from __future__ import annotations

import pytest

from acuse.domain.bounce import BounceReason
from acuse.domain.report import Action
from acuse.mail.reports.read import read
from tests.mail.reports.mails import TO, plain

EXIM = "This message was created automatically by mail delivery software.\n\n"
QMAIL = "Hi. This is the qmail-send program.\nYour message could not be delivered.\n\n"


def told(text: str) -> list[tuple[str, Action, int]]:
    found = read(plain(text, subject="Aviso")).results
    return [(one.address, one.action, one.code) for one in found]


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("A message that you sent could not be delivered.", Action.FAILED),
        ("A message that you sent has not yet been delivered.", Action.DELAYED),
    ],
)
def test_what_stands_before_the_address_says_what_became_of_it(words: str, action: Action) -> None:
    assert told(f"{EXIM}{words}\n\n  {TO}\n    421 closing\n") == [(TO, action, 421)]


def test_a_report_that_promises_another_try_below_the_address_is_no_failure() -> None:
    text = f"{EXIM}Not able to deliver:\n\n  {TO}\n    421 closing\n\nThis will be retried.\n"
    assert told(text) == [(TO, Action.DELAYED, 421)]


def test_an_address_that_is_told_twice_counts_once_with_what_says_more() -> None:
    bare, coded = f"<{TO}>:\nfailed\n\n", f"<{TO.upper()}>:\n550 no such user\n\n"
    assert told(QMAIL + bare + coded) == [(TO.upper(), Action.FAILED, 550)]
    assert told(QMAIL + coded + bare) == [(TO.upper(), Action.FAILED, 550)]
    other = f"<{TO}>:\n552 mailbox full\n\n"
    assert told(QMAIL + coded + other) == [(TO.upper(), Action.FAILED, 550)]


def test_addresses_in_the_copy_of_our_mail_are_told_nothing_of() -> None:
    failed = f"{QMAIL}<{TO}>:\n550 no such user\n\n"
    copy = "--- Below this line is a copy of the message.\n\n<otro@cliente.example>:\n550 no\n"
    assert told(failed + copy) == [(TO, Action.FAILED, 550)]


def test_a_reply_without_an_enhanced_code_still_gives_the_reason() -> None:
    text = f"{QMAIL}<{TO}>:\n552 quien lee esto no sabe por que\n"
    (one,) = read(plain(text, subject="Aviso")).results
    assert (one.code, one.reason) == (552, BounceReason.MAILBOX_FULL)
