"""Refusals as the providers' papers show them, and whose matter each is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acuse.domain.failure import Cause
from acuse.domain.patience import Patience
from acuse.domain.recipient import OURS, RecipientState, SmtpOutcome, Stage, after_attempt
from acuse.domain.route import Provider
from acuse.mail import causes, provider_answers

P = Provider
AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
SAID: list[tuple[Provider, int, Any, str, Stage]] = [
    (
        P.POSTMARK,
        422,
        {"ErrorCode": 300, "Message": "Invalid 'To' address: 'x@domain'."},
        "",
        Stage.RCPT,
    ),
    (
        P.POSTMARK,
        422,
        {"ErrorCode": 300, "Message": "Invalid 'From' address: 'x'."},
        "",
        Stage.MAIL,
    ),
    (
        P.POSTMARK,
        422,
        {"ErrorCode": 406, "Message": "recipient marked as inactive"},
        "",
        Stage.RCPT,
    ),
    (P.POSTMARK, 422, {"ErrorCode": 400, "Message": "Sender signature not found"}, "", Stage.AUTH),
    (P.POSTMARK, 422, {"ErrorCode": 405, "Message": "Not allowed to send"}, "", Stage.AUTH),
    (
        P.SENDGRID,
        400,
        {
            "errors": [
                {
                    "message": "Does not contain a valid address.",
                    "field": "personalizations.0.to.0.email",
                }
            ]
        },
        "",
        Stage.RCPT,
    ),
    (
        P.SENDGRID,
        400,
        {"errors": [{"message": "Does not contain a valid address.", "field": "from.email"}]},
        "",
        Stage.MAIL,
    ),
    (
        P.SENDGRID,
        403,
        {"errors": [{"message": "The from address does not match a verified Sender Identity."}]},
        "",
        Stage.AUTH,
    ),
    (
        P.BREVO,
        400,
        {"code": "invalid_parameter", "message": "email is not valid in to"},
        "",
        Stage.RCPT,
    ),
    (P.BREVO, 400, {"code": "invalid_parameter", "message": "sender is not valid"}, "", Stage.MAIL),
    (P.BREVO, 402, {"code": "not_enough_credits", "message": "no credits"}, "", Stage.AUTH),
    (
        P.MAILGUN,
        400,
        {"message": "'to' parameter is not a valid address. please check documentation"},
        "",
        Stage.RCPT,
    ),
    (P.MAILGUN, 400, {"message": "message is too large"}, "", Stage.DATA),
    (P.MAILGUN, 404, {"message": "Domain not found: mg.taller.example"}, "", Stage.MAIL),
    (P.RESEND, 422, {"name": "validation_error", "message": "Invalid `to` field."}, "", Stage.RCPT),
    (
        P.RESEND,
        403,
        {"name": "validation_error", "message": "The domain is not verified."},
        "",
        Stage.AUTH,
    ),
    (
        P.RESEND,
        422,
        {"name": "invalid_attachment", "message": "Attachment must have content"},
        "",
        Stage.DATA,
    ),
    (
        P.SES,
        400,
        {"message": "Email address is not verified. The following identities failed"},
        "MessageRejected",
        Stage.MAIL,
    ),
    (
        P.SES,
        400,
        {"message": "Message length is more than 10485760 bytes long"},
        "BadRequestException",
        Stage.DATA,
    ),
    (
        P.SES,
        403,
        {"message": "The security token included in the request is invalid."},
        "UnrecognizedClientException",
        Stage.AUTH,
    ),
    (
        P.SES,
        400,
        {"message": "Maximum sending rate exceeded."},
        "ThrottlingException",
        Stage.CONNECT,
    ),
]

OF_THE_ADDRESS = [
    (P.POSTMARK, 422, "Error parsing 'To': Illegal email domain 'localhost' in address 'x'.", ""),
    (P.POSTMARK, 422, "Error parsing 'To': Illegal email address 'x'. Is your account right?", ""),
    (
        P.RESEND,
        422,
        "Invalid `to` field. Please use our testing email address instead of domains like "
        "`ejemplar.example`.",
        "",
    ),
    (P.MAILGUN, 400, "to parameter is not a valid address: its domain has no name", ""),
    (P.SES, 400, "Domain contains illegal character", "BadRequestException"),
    (P.SES, 400, "Domain ends with dot", "BadRequestException"),
    (P.SES, 400, "Local address contains control or whitespace", "BadRequestException"),
]
OF_US = [
    (P.POSTMARK, 422, "Error parsing 'From': Illegal email domain 'localhost' in address 'x'.", ""),
    (P.POSTMARK, 422, "Invalid 'ReplyTo' address: 'x'.", ""),
    (P.RESEND, 422, "Invalid `from` field.", ""),
    (P.RESEND, 422, "Invalid `reply_to` field.", ""),
    (P.MAILGUN, 400, "Domain mg.taller.example is not allowed to send: it is unverified", ""),
    (P.MAILGUN, 400, "The domain is not registered with your account", ""),
    (P.MAILGUN, 400, "Domain mg.taller.example is disabled", ""),
    (P.BREVO, 400, "Your sending domain has to be authenticated", ""),
    (P.BREVO, 400, "Validate your sender or authenticate your domain", ""),
    (P.SES, 400, "Email address is not verified. Identity: the domain", "MessageRejected"),
]


def refused(provider: Provider, status: int, text: str, kind: str) -> SmtpOutcome:
    """What that refusal means, said in the provider's own form."""
    name = "Message" if provider is P.POSTMARK else "message"
    body = json.dumps({"ErrorCode": 300, name: text}).encode()
    return provider_answers.refused(provider, status, body, kind)


@pytest.mark.parametrize(("provider", "status", "text", "kind"), OF_THE_ADDRESS)
def test_a_wrong_recipient_is_no_fault_of_the_road(
    provider: Provider, status: int, text: str, kind: str
) -> None:
    outcome = refused(provider, status, text, kind)
    assert (outcome.stage, outcome.code, outcome.text[:5]) == (Stage.RCPT, 550, "5.1.3")


@pytest.mark.parametrize(("provider", "status", "text", "kind"), OF_US)
def test_a_wrong_sender_is_no_fault_of_the_recipient(
    provider: Provider, status: int, text: str, kind: str
) -> None:
    assert refused(provider, status, text, kind).stage is Stage.MAIL


@pytest.mark.parametrize(("provider", "status", "body", "kind", "stage"), SAID)
def test_a_refusal_is_said_where_a_mail_server_would_say_it(
    provider: Provider, status: int, body: Any, kind: str, stage: Stage
) -> None:
    outcome = provider_answers.refused(provider, status, json.dumps(body).encode(), kind)
    assert outcome.stage is stage
    words = body.get("message") or body.get("Message") or body["errors"][0]["message"]
    assert words in outcome.text
    move = after_attempt(outcome, tries=1, uncertain_before=False, at=AT, patience=Patience())
    ours = stage in OURS
    assert move.state is (RecipientState.DEFERRED if ours else RecipientState.FAILED)
    found = causes.cause(move.state, outcome)
    assert (found is Cause.OUR_SERVER) == ours
    if stage is Stage.RCPT:
        assert found in (Cause.BAD_ADDRESS, Cause.BLOCKED, Cause.BOUNCED)


def test_what_stands_in_an_address_says_nothing_of_us() -> None:
    body = json.dumps({"message": "email is not valid in to: sender.account@domain.example"})
    assert provider_answers.refused(P.BREVO, 400, body.encode()).stage is Stage.RCPT


@example(status=300, body=b"\xd7\xab", provider=P.BREVO)  # a letter that no alphabet has
@given(
    status=st.integers(300, 999), body=st.binary(max_size=300), provider=st.sampled_from(list(P))
)
def test_no_refusal_is_taken_for_a_yes(status: int, body: bytes, provider: Provider) -> None:
    outcome = provider_answers.refused(provider, status, body)
    assert outcome.code // 100 != 2
    assert len(outcome.text) <= 1000
    assert outcome.text.isprintable()
    if status >= 500:
        assert (outcome.stage, outcome.code) == (Stage.DOT, 0)


@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["message", "errors", "ErrorCode", "code", "x"]), inner, max_size=4
            )
        ),
    )
)
def test_any_shape_of_answer_is_survived(body: Any) -> None:
    for provider in P:
        provider_answers.refused(provider, 400, json.dumps(body).encode())
