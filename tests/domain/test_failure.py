"""Causes of failures: every way to fail has one, and only what spreads raises an alarm."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from acuse.domain import failure
from acuse.domain.activity import EventKind
from acuse.domain.bounce import BounceReason
from acuse.domain.delivery import DeliveryState, Reason
from acuse.domain.failure import SYSTEMIC, Cause, Happened
from acuse.domain.notice import WAITS, NoticeState, after_try
from acuse.domain.recipient import OURS, RecipientState, SmtpOutcome, Stage
from acuse.flow import causes
from acuse.jurisdictions import CODES, find
from acuse.mail.causes import cause
from acuse.mail.fault import about_the_mail
from tests.support.makers import AT

HOLDING = {
    Reason.NO_EMAIL,
    Reason.COMPANY_INCOMPLETE,
    Reason.ADDRESS_SUPPRESSED,
    Reason.PACKET_INCOMPLETE,
    Reason.SWITCH_OFF,
    Reason.EXPIRED,
    Reason.CONFIRM_MANY,
    Reason.VOIDED,
}


def test_every_reason_to_hold_is_a_cause() -> None:
    assert {one.value for one in failure.HELD} == {one.value for one in HOLDING}
    assert DeliveryState.HELD not in failure.HELD


@pytest.mark.parametrize("code", CODES)
def test_every_cause_has_its_words_in_every_country(code: str) -> None:
    traits = find(code).traits
    for one in Cause:
        for told in (causes.title(one, traits), causes.sentence(one, traits)):
            assert told
            assert "{" not in told


def test_whatever_a_server_says_has_a_cause_unless_it_took_the_mail() -> None:
    for stage, code in product(Stage, (0, 250, 421, 450, 452, 535, 550, 552, 554)):
        for state in (RecipientState.FAILED, RecipientState.DEFERRED):
            outcome = SmtpOutcome(stage, code, "")
            found = cause(state, outcome)
            assert found in failure.MAILED
            ours = stage in OURS and not about_the_mail(outcome)
            assert (found is Cause.OUR_SERVER) or not ours
    assert cause(RecipientState.SENT, SmtpOutcome(Stage.DOT, 250)) is None
    assert cause(RecipientState.STUCK, SmtpOutcome(Stage.DOT, 0)) is Cause.UNDECIDED


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (550, "5.1.1 no such user", Cause.BAD_ADDRESS),
        (552, "5.2.2 mailbox full", Cause.MAILBOX_FULL),
        (552, "5.3.4 message too big", Cause.TOO_BIG),
        (554, "5.7.1 rejected by policy", Cause.BLOCKED),
        (554, "5.7.1 host blocked by list.example", Cause.OUR_SERVER),
        (451, "4.3.0 try later", Cause.THEIR_SERVER),
    ],
)
def test_what_the_customers_server_says_names_the_cause(
    code: int, text: str, expected: Cause
) -> None:
    assert cause(RecipientState.FAILED, SmtpOutcome(Stage.RCPT, code, text)) is expected


def test_every_bounce_has_a_cause() -> None:
    assert {failure.of_bounce(reason) for reason in BounceReason} <= failure.MAILED


def test_only_a_full_mailbox_is_called_full() -> None:
    full = {one for one in BounceReason if failure.of_bounce(one) is Cause.MAILBOX_FULL}
    assert full == {BounceReason.MAILBOX_FULL}


def test_an_event_tells_its_cause_and_a_mail_put_off_by_others_tells_none() -> None:
    deferred = EventKind.RECIPIENT_DEFERRED
    assert failure.of_event(deferred, {"cause": "OUR_SERVER"}) is Cause.OUR_SERVER
    assert failure.of_event(deferred, {"cause": "THEIR_SERVER"}) is None
    assert failure.of_event(EventKind.DELIVERY_HELD, {"reason": "NO_EMAIL"}) is Cause.NO_EMAIL
    assert failure.of_event(EventKind.RECIPIENT_BOUNCED, {"text": "550"}) is Cause.BOUNCED
    assert failure.of_event(EventKind.RECIPIENT_SENT, {"cause": "BOUNCED"}) is None
    assert failure.of_event(EventKind.RECIPIENT_FAILED, {"cause": "TOO_BIG"}) is Cause.TOO_BIG
    assert failure.of_event(EventKind.RECIPIENT_STUCK, {}) is Cause.UNDECIDED
    assert failure.of_event(EventKind.SUBMISSION_STUCK, {"cause": "DATA"}) is Cause.AUTHORITY


def many(cause_: Cause, documents: int) -> list[Happened]:
    return [Happened(number % documents, cause_) for number in range(documents * 3)]


def test_ten_documents_of_a_cause_are_an_alarm_and_nine_are_not() -> None:
    for documents, expected in ((SYSTEMIC - 1, set()), (SYSTEMIC, {Cause.BLOCKED})):
        failed = failure.documents(many(Cause.BLOCKED, documents))
        assert failed == {Cause.BLOCKED: documents}
        assert failure.systemic(failed, road_closed=False) == expected


def test_a_closed_road_is_an_alarm_once_it_touches_a_document() -> None:
    one = failure.documents(many(Cause.OUR_SERVER, 1))
    assert failure.systemic(one, road_closed=True) == {Cause.OUR_SERVER}
    assert failure.systemic(one, road_closed=False) == frozenset()
    assert failure.systemic({}, road_closed=True) == frozenset()


@pytest.mark.parametrize(
    "decided",
    [
        Cause.SWITCH_OFF,
        Cause.VOIDED,
        Cause.CONFIRM_MANY,
        Cause.EXPIRED,
        Cause.LATE,
        Cause.UNCERTAIN,  # its news may still come
    ],
)
def test_what_somebody_decided_or_time_alone_did_is_no_alarm(decided: Cause) -> None:
    assert failure.documents(many(decided, SYSTEMIC)) == {}


def test_a_company_is_told_of_its_failures_from_seven_in_its_own_morning() -> None:
    seven = AT.replace(hour=7, minute=0)
    assert not failure.digest_due(seven - timedelta(minutes=1))
    assert failure.digest_due(seven)
    assert failure.digest_due(seven.replace(hour=23))


def test_a_notice_is_tried_again_before_its_dot_and_never_after() -> None:
    refused = SmtpOutcome(Stage.MAIL, 451, "later")
    assert after_try(refused, tries=1, at=AT).wake_at == AT + WAITS[0]
    assert after_try(refused, tries=len(WAITS) + 1, at=AT).state is NoticeState.FAILED
    assert after_try(SmtpOutcome(Stage.DOT, 0), tries=1, at=AT).state is NoticeState.SENT
    assert after_try(SmtpOutcome(Stage.RCPT, 550), tries=1, at=AT).state is NoticeState.FAILED
    assert WAITS[-1] > timedelta(hours=1)
