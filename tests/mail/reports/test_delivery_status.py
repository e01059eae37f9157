"""What the fields of a delivery status say, and where they are looked for (RFC 3464)."""

from __future__ import annotations

import pytest

from acuse.domain.recipient import RecipientState
from acuse.domain.report import Action, ReportKind, Source
from acuse.mail.reports.read import read
from tests.mail.reports.mails import TO, after, report, status


@pytest.mark.parametrize(
    ("word", "code", "action"),
    [
        ("failed", "4.4.7", Action.FAILED),  # given up after days
        ("delayed", "5.4.7", Action.DELAYED),
        ("Delayed", "", Action.DELAYED),
        ("delivered", "", Action.DELIVERED),
        ("relayed", "2.1.9", Action.RELAYED),
        ("expanded", "2.1.5", Action.EXPANDED),
    ],
)
def test_the_word_says_what_became_of_it_and_not_the_code(
    word: str, code: str, action: Action
) -> None:
    raw = report(status(word, code, "x-local; said no more"))
    assert [one.action for one in read(raw).results] == [action]


def test_what_is_said_of_the_whole_message_is_no_address_of_it() -> None:
    fields = status("delivered", "2.1.5", "smtp; 250 OK", about="Action: failed\r\n")
    assert [(one.address, one.action) for one in read(report(fields)).results] == [
        (TO, Action.DELIVERED)
    ]
    assert after(report(fields)).state is RecipientState.DELIVERED


def test_fields_that_stand_as_text_are_read_where_their_own_part_is_empty() -> None:
    told = read(report("Reporting-MTA: dns; mx.relevo.example\r\n", text=status()))
    assert (told.kind, told.source) == (ReportKind.DELIVERY, Source.FIELDS)
    assert [(one.address, one.action) for one in told.results] == [(TO, Action.FAILED)]
