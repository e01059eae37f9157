"""The kinds of failure that a provider names itself: what each is taken for.

Source: mail.md 4 and 7; each provider's webhook papers.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from acuse.domain.bounce import Response, response_to
from acuse.domain.provider_event import Told
from acuse.domain.report import ReportKind
from acuse.domain.route import Provider
from acuse.gateways import provider_hooks
from acuse.mail.reports import provider as reports
from acuse.mail.reports.rules_provider_words import SUPPRESSED
from tests.gateways.test_provider_hooks import MAIL
from tests.support.provider_posts import BOUNCED, event, sns

P = Provider
RESEND_PROSE = (
    "The recipient's email provider sent a hard bounce message, but didn't specify the reason. "
    "Addresses that produce hard bounces can have a negative impact on your reputation as a sender."
)


def read(provider: Provider, one: dict[str, Any]) -> Any:
    body: dict[str, Any] = one
    if provider is P.MAILGUN:
        body = {"signature": {}, "event-data": one}
    elif provider is P.SES:
        body = dict(sns(Message=json.dumps(one)))
    (found,) = provider_hooks.read(provider, json.dumps(body).encode())
    return found


def reason(found: Any) -> str:
    (result,) = reports.report((found,), "").results
    return str(result.reason)


def postmark(kind: str, *, details: str = "", record: str = "Bounce") -> Any:
    one = event(P.POSTMARK, BOUNCED, MAIL)
    return read(P.POSTMARK, one | {"RecordType": record, "Type": kind, "Details": details})


@pytest.mark.parametrize("kind", ["Unknown", "OfTomorrow"])
def test_a_bounce_of_a_kind_that_nobody_knows_is_one(kind: str) -> None:
    found = postmark(kind)
    assert found.told is Told.FAILED
    assert reason(found) == "UNDEFINED"


@pytest.mark.parametrize("kind", ["Subscribe", "Unsubscribe"])
def test_what_postmark_lists_among_bounces_and_is_none(kind: str) -> None:
    assert postmark(kind).told is Told.OTHER


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("Transient", Told.DELAYED),
        ("AutoResponder", Told.AUTO_REPLIED),
        ("SpamComplaint", Told.COMPLAINED),
        ("Blocked", Told.DROPPED),
    ],
)
def test_the_other_kinds_of_postmark_stay_what_they_are(kind: str, told: Told) -> None:
    assert postmark(kind).told is told


def test_a_filter_that_takes_it_for_spam_is_no_complaint_of_the_customer() -> None:
    found = postmark("SpamNotification", details="smtp;554 message refused")
    assert found.told is Told.FAILED
    assert reason(found) == "SPAM_DETECTED"
    complained = postmark("SpamComplaint", record="SpamComplaint")
    assert complained.told is Told.COMPLAINED


def _hard(provider: Provider, said: str) -> dict[str, Any]:
    """A bounce that the provider calls hard, with those words of the addressee's server."""
    one = event(provider, BOUNCED, MAIL)
    match provider:
        case P.POSTMARK:
            return one | {"Type": "HardBounce", "Details": said}
        case P.BREVO:
            return one | {"event": "hard_bounce", "reason": said}
        case P.MAILGUN:
            return one | {"reason": "bounce", "delivery-status": {"message": said}}
        case P.SENDGRID:
            return one | {"type": "bounce", "reason": said, "status": ""}
        case P.RESEND:
            bounce = {"type": "Permanent", "subType": "General", "message": RESEND_PROSE}
            one["data"]["bounce"] = bounce | ({"diagnosticCode": [said]} if said else {})
            return one
    recipient = {"emailAddress": MAIL.to} | ({"diagnosticCode": said} if said else {})
    one["bounce"]["bouncedRecipients"] = [recipient]
    return one


NAME_IT_HARD = pytest.mark.parametrize(
    "provider", [P.POSTMARK, P.BREVO, P.MAILGUN, P.RESEND, P.SENDGRID, P.SES]
)


@NAME_IT_HARD
@pytest.mark.parametrize("said", ["", "smtp; 550 sorry, no"])
def test_a_hard_bounce_without_a_known_word_holds_the_address(
    provider: Provider, said: str
) -> None:
    found = read(provider, _hard(provider, said))
    assert found.told is Told.FAILED
    assert reason(found) == "USER_UNKNOWN"


@NAME_IT_HARD
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("smtp; 550 5.7.1 blocked using zen.spamhaus", "BLOCKED"),
        ("smtp; 552 5.2.2 mailbox full", "MAILBOX_FULL"),
        ("smtp; 451 4.3.0 later", "SYSTEM_ERROR"),
    ],
)
def test_the_words_of_the_addressees_server_weigh_more_than_hard(
    provider: Provider, said: str, expected: str
) -> None:
    found = reason(read(provider, _hard(provider, said)))
    assert found == expected


@pytest.mark.parametrize(
    ("provider", "changes"),
    [
        (P.BREVO, {"event": "soft_bounce", "reason": ""}),
        (P.POSTMARK, {"Type": "SoftBounce", "Details": ""}),
        (P.MAILGUN, {"reason": "generic", "delivery-status": {}}),
    ],
)
def test_a_bounce_that_is_not_called_hard_holds_nobody(
    provider: Provider, changes: dict[str, Any]
) -> None:
    found = read(provider, event(provider, BOUNCED, MAIL) | changes)
    (result,) = reports.report((found,), "").results
    assert response_to(result.reason) is not Response.HOLD


# Postmark names a kind in a Bounce; ManualSuppression stands in a SubscriptionChange alone.
POSTMARK_KINDS = (
    *("HardBounce", "Transient", "Unsubscribe", "Subscribe", "AutoResponder", "AddressChange"),
    *("DnsError", "SpamNotification", "OpenRelayTest", "Unknown", "SoftBounce"),
    *("VirusNotification", "ChallengeVerification", "BadEmailAddress", "SpamComplaint"),
    *("ManuallyDeactivated", "Unconfirmed", "Blocked", "SMTPApiError", "InboundError"),
    *("DMARCPolicy", "TemplateRenderingFailed"),
)


def test_each_word_for_a_listed_address_comes_with_a_mail_that_failed() -> None:
    kinds = {kind.casefold(): kind for kind in POSTMARK_KINDS}
    told = [postmark(kinds[word]) for word in SUPPRESSED[P.POSTMARK]]
    one = event(P.BREVO, BOUNCED, MAIL)
    told += [read(P.BREVO, one | {"event": word}) for word in SUPPRESSED[P.BREVO]]
    assert {one.told for one in told} <= {Told.DROPPED, Told.FAILED}
    assert {reason(one) for one in told} == {"SUPPRESSED"}


def test_whoever_leaves_a_list_has_had_the_mail() -> None:
    """It is news of later mails, which their provider drops: that event says so of each."""
    left = {"RecordType": "SubscriptionChange", "Recipient": MAIL.to, "SuppressSending": True}
    for found in (
        read(P.BREVO, event(P.BREVO, BOUNCED, MAIL) | {"event": "unsubscribe"}),
        read(P.POSTMARK, left | {"SuppressionReason": "ManualSuppression"}),
    ):
        assert reports.report((found,), "").kind is ReportKind.OTHER
