"""What an answer says of our own road: the table of outcomes, and what becomes of the mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from acuse.domain.breaker import OPEN_AT, Effect, Road, after
from acuse.domain.failure import Cause
from acuse.domain.patience import Patience
from acuse.domain.recipient import OURS, RecipientState, SmtpOutcome, Stage, after_attempt
from acuse.mail import fault
from acuse.mail.causes import cause
from acuse.mail.fault import about_the_mail, effect

AT = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
W, R, S, B, D = (
    Effect.WORKED,
    Effect.REFUSED,
    Effect.SILENT,
    Effect.BUSY,
    Effect.DOUBTED,
)

OUTCOMES = [
    (Stage.CONNECT, 0, "Connection refused", S),
    (Stage.CONNECT, 0, "Name or service not known", S),
    (Stage.GREETING, 421, "4.3.2 going down", S),
    (Stage.GREETING, 421, "4.7.0 mail.example Error: too many connections from 192.0.2.1", B),
    (Stage.GREETING, 421, "Too many concurrent SMTP connections; please try again later", B),
    (Stage.GREETING, 554, "5.7.1 no service for you", R),
    (Stage.STARTTLS, 530, "the server offers no STARTTLS", R),
    (Stage.STARTTLS, 0, "certificate verify failed", S),
    (Stage.AUTH, 535, "5.7.8 authentication failed", R),
    (Stage.AUTH, 454, "4.7.0 temporary authentication failure", S),
    (Stage.AUTH, 538, "a password is not said on an open road", R),
    (Stage.MAIL, 530, "5.7.0 must issue STARTTLS", R),
    (Stage.MAIL, 550, "5.7.1 sender not allowed", R),
    (Stage.MAIL, 553, "sorry, your sender is not yours", R),
    (Stage.MAIL, 550, "5.4.5 daily user sending limit exceeded", R),
    (Stage.MAIL, 451, "4.7.1 greylisted, come back", W),
    (Stage.MAIL, 452, "4.3.1 insufficient system storage", S),
    (Stage.MAIL, 450, "4.7.0 rate limit exceeded", B),
    (Stage.MAIL, 552, "5.3.4 message size exceeds fixed limit", W),
    (Stage.GREETING, 421, "4.3.2 The maximum number of concurrent connections is reached", B),
    (Stage.GREETING, 421, "4.7.0 Error: too many new TLS sessions from unknown[192.0.2.1]", B),
    (Stage.MAIL, 450, "4.7.1 Error: too much mail from 192.0.2.1", B),
    (Stage.MAIL, 451, "4.7.650 [192.0.2.1] is rate limited for its reputation", B),
    (Stage.MAIL, 450, "you have exceeded the maximum message rate", B),
    (Stage.MAIL, 421, "4.7.0 Error: too many AUTH commands from unknown[192.0.2.1]", B),
    (Stage.MAIL, 450, "4.7.0 exceeded the hourly quota of mails", B),
    (Stage.MAIL, 452, "4.5.3 too many recipients", S),
    (Stage.RCPT, 450, "4.7.1 Error: too many recipients from 192.0.2.1", B),
    (Stage.RCPT, 452, "4.3.1 mailbox exceeded its quota", W),
    (Stage.RCPT, 550, "5.1.1 no such user", W),
    (Stage.RCPT, 550, "5.7.1 relay access denied", D),
    (Stage.RCPT, 554, "5.7.26 unauthenticated", R),
    (Stage.RCPT, 550, "5.7.1 Client host [192.0.2.1] blocked using list.example", D),
    (Stage.RCPT, 550, "5.7.1 recipient address rejected by policy", D),
    (Stage.RCPT, 552, "5.3.4 message too big", W),
    (Stage.RCPT, 450, "4.7.0 too many messages from you this minute", B),
    (Stage.RCPT, 450, "4.7.28 come back later", B),  # the code alone says it
    (Stage.RCPT, 452, "4.5.3 too many recipients", W),
    (Stage.RCPT, 450, "4.2.1 that user receives too many mails", W),
    (Stage.RCPT, 451, "4.7.1 greylisting in action", W),
    (Stage.RCPT, 0, "no reply in time", W),
    (Stage.DATA, 451, "4.7.28 unusual rate of mail from your address", B),
    (Stage.DOT, 250, "2.0.0 queued", W),
    (Stage.DOT, 0, "no reply in time", W),
    (Stage.DOT, 550, "5.7.26 your domain does not prove itself", R),
    (Stage.DOT, 550, "5.7.515 access denied, sender must authenticate", R),
    (Stage.DOT, 550, "5.7.1 content looks like spam", D),
    (Stage.DOT, 552, "5.2.2 mailbox full", W),
]


@pytest.mark.parametrize(("stage", "code", "text", "wanted"), OUTCOMES)
def test_an_answer_speaks_of_the_road_or_not(
    stage: Stage, code: int, text: str, wanted: Effect
) -> None:
    assert effect(SmtpOutcome(stage, code, text)) is wanted


@pytest.mark.parametrize("code", range(500, 600))
@pytest.mark.parametrize("text", ["5.7.1 policy", "relaying denied", "5.1.1 nobody", "go away", ""])
def test_one_refusal_of_an_address_never_opens_the_breaker(code: int, text: str) -> None:
    found = effect(SmtpOutcome(Stage.RCPT, code, text))
    assert not after(Road(), found, text, probe=False, at=AT).broken


def test_what_several_addresses_meet_in_a_row_does() -> None:
    road = Road()
    for _ in range(OPEN_AT):
        found = effect(SmtpOutcome(Stage.RCPT, 554, "5.7.1 relay access denied"))
        road = after(road, found, "relay access denied", probe=False, at=AT)
    assert road.broken
    assert not after(road, W, "", probe=True, at=AT).broken


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("5.7.1 relay access denied", True),
        ("5.7.1 Client host [192.0.2.1] blocked using list.example", True),
        ("5.7.1 poor reputation", True),
        ("5.7.1 rejected by policy", False),
        ("5.1.1 no such user", False),
    ],
)
@pytest.mark.parametrize("stage", [Stage.RCPT, Stage.DOT])
def test_what_speaks_of_us_alone_is_tried_on_and_blames_no_customer(
    stage: Stage, text: str, ours: bool
) -> None:
    outcome = SmtpOutcome(stage, 550, text)
    assert fault.ours(outcome) is ours
    patience = Patience()
    for tries in (1, patience.mail_tries):
        move = after_attempt(
            outcome, tries=tries, uncertain_before=False, at=AT, patience=patience, ours=ours
        )
        last = not ours or tries == patience.mail_tries
        assert move.state is (RecipientState.FAILED if last else RecipientState.DEFERRED)
        assert (cause(move.state, outcome) is Cause.OUR_SERVER) is ours


@pytest.mark.parametrize("stage", sorted(OURS))
def test_a_refusal_before_the_address_was_named_is_ours(stage: Stage) -> None:
    outcome = SmtpOutcome(stage, 550, "5.7.1 no")
    assert effect(outcome) is R
    assert cause(RecipientState.DEFERRED, outcome) is Cause.OUR_SERVER


def test_what_is_said_of_the_mails_own_size_fails_it_and_troubles_nobody_else() -> None:
    outcome = SmtpOutcome(Stage.MAIL, 552, "5.3.4 message size exceeds fixed limit")
    assert about_the_mail(outcome)
    move = after_attempt(
        outcome, tries=1, uncertain_before=False, at=AT, patience=Patience(), own=True
    )
    assert move.state is RecipientState.FAILED
    assert cause(move.state, outcome) is Cause.TOO_BIG


def test_a_mail_that_is_spared_waits_without_a_try_but_never_after_the_dot() -> None:
    until = AT + timedelta(minutes=5)
    for stage in Stage:
        for code in (0, 250, 354, 451, 550):
            outcome = SmtpOutcome(stage, code)
            move = after_attempt(
                outcome,
                tries=99,
                uncertain_before=False,
                at=AT,
                patience=Patience(),
                spared=until,
            )
            if stage is Stage.DOT and code // 100 not in (4, 5):
                assert move.counted
            else:
                assert (move.state, move.retry_at, move.counted) == (
                    RecipientState.DEFERRED,
                    until,
                    False,
                )


def test_a_domain_that_does_not_prove_itself_is_our_servers_matter() -> None:
    outcome = SmtpOutcome(Stage.DOT, 550, "5.7.26 your domain does not prove itself")
    assert cause(RecipientState.DEFERRED, outcome) is Cause.OUR_SERVER
