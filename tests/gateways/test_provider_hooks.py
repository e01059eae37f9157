"""What a provider posts: proven or not believed, taken apart, and told in our words.

Source: mail.md 7 (shapes and hostile variants); each provider's webhook papers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from acuse.domain.provider_event import Post, Told
from acuse.domain.report import ReportKind
from acuse.domain.route import Provider
from acuse.gateways import http, provider_hooks, provider_proofs
from acuse.gateways.provider_hooks import Forged, Hook
from acuse.mail.reports import provider as reports
from tests.support.provider_api import ProviderApi
from tests.support.provider_posts import (
    BOUNCED,
    CERTIFICATE,
    COMPLAINED,
    DELAYED,
    DELIVERED,
    DROPPED,
    FULL_BOX,
    KINDS,
    OPENED,
    TAKEN,
    Mail,
    Posted,
    Poster,
    event,
    sns,
    sns_certificate,
)

P = Provider
AT = datetime.now(UTC)
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
MAIL = Mail("ana@cliente.example", "<un-nombre@proveedor.example>", TOKEN)
EACH = pytest.mark.parametrize("provider", list(Provider))
TELLS = {
    TAKEN: Told.TAKEN,
    DELIVERED: Told.DELIVERED,
    DELAYED: Told.DELAYED,
    BOUNCED: Told.FAILED,
    FULL_BOX: Told.FAILED,
    COMPLAINED: Told.COMPLAINED,
    OPENED: Told.LOOKED,
}
NOT_POSTED = {(P.POSTMARK, TAKEN)}
SAID = [(provider, kind) for provider in P for kind in KINDS if (provider, kind) not in NOT_POSTED]


@pytest.fixture(scope="module")
def amazon() -> Iterator[ProviderApi]:
    """Where Amazon's certificate lies."""
    with ProviderApi(P.SES) as played:
        played.pages[CERTIFICATE] = (200, sns_certificate())
        yield played
    http.close()


@pytest.fixture(autouse=True)
def no_certificate_kept() -> None:
    provider_proofs._fetched.cache_clear()


def hook(provider: Provider, api: ProviderApi | None = None, **changes: Any) -> Hook:
    values: dict[str, Any] = {
        "owner": 7,
        "provider": provider,
        "secret": poster(provider).secret,
        "api": api.url if api else "",
    }
    return Hook(**(values | changes))


def poster(provider: Provider) -> Poster:
    return Poster(provider, "una-clave-larga")


def of(posted: Posted) -> Post:
    return Post(posted.body, posted.headers)


def believed(whose: Hook, post: Post, at: datetime = AT) -> bool:
    try:
        provider_hooks.proven(whose, post, at=at)
    except Forged:
        return False
    return True


def told(provider: Provider, kind: str, mail: Mail = MAIL) -> Any:
    raw = poster(provider).body(event(provider, kind, mail), at=AT)
    if provider is P.SENDGRID:
        raw = json.dumps(json.loads(raw)[0]).encode()
    (one,) = provider_hooks.read(provider, raw)
    return one


# The shapes.


@pytest.mark.parametrize(("provider", "kind"), SAID)
def test_an_event_is_told_in_our_words(provider: Provider, kind: str) -> None:
    found = told(provider, kind)
    dropped = Told.DROPPED
    if kind == DROPPED and provider in (P.SES, P.MAILGUN, P.RESEND):
        dropped = Told.FAILED  # to these it is a bounce, of a kind of its own
    assert found.told is (dropped if kind == DROPPED else TELLS[kind])
    assert (found.address, found.name) == (MAIL.to, MAIL.name)
    assert TOKEN in found.named


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(BOUNCED, "USER_UNKNOWN"), (FULL_BOX, "MAILBOX_FULL"), (DROPPED, "SUPPRESSED")],
)
@EACH
def test_a_failure_has_its_reason(provider: Provider, kind: str, reason: str) -> None:
    report = reports.report((told(provider, kind),), "d" * 64)
    assert report.kind is ReportKind.DELIVERY
    assert [one.reason for one in report.results] == [reason]


@EACH
def test_without_a_token_the_providers_name_is_left(provider: Provider) -> None:
    found = told(provider, DELIVERED, Mail(MAIL.to, MAIL.name))
    assert TOKEN not in found.named
    assert found.name == MAIL.name


def _ses(kind: str, **about: Any) -> Any:
    inner = {
        "eventType": kind,
        kind[:1].lower() + kind[1:]: about,
        "mail": {"messageId": "0107", "destination": [MAIL.to]},
    }
    raw = json.dumps(sns(Message=json.dumps(inner))).encode()
    return provider_hooks.read(P.SES, raw)


def test_ses_takes_an_automatic_answer_for_a_bounce_and_we_do_not() -> None:
    one = {"emailAddress": MAIL.to}
    about = {"bounceType": "Transient", "bounceSubType": "General"}
    (found,) = _ses("Bounce", **about, bouncedRecipients=[one])
    assert found.told is Told.AUTO_REPLIED
    refused = one | {"diagnosticCode": "smtp; 451 4.4.1 no answer", "status": "4.4.1"}
    (found,) = _ses("Bounce", **about, bouncedRecipients=[refused])
    assert found.told is Told.FAILED


def test_a_complaint_that_is_none() -> None:
    listed = [{"emailAddress": MAIL.to}]
    (found,) = _ses("Complaint", complainedRecipients=listed, complaintFeedbackType="not-spam")
    assert found.told is Told.OTHER
    (found,) = _ses(
        "Complaint",
        complainedRecipients=listed,
        complaintFeedbackType=None,
        complaintSubType="OnAccountSuppressionList",
    )
    assert reports.report((found,), "").results[0].reason == "SUPPRESSED"


def test_an_event_of_several_addresses_tells_of_each() -> None:
    listed = [
        {"emailAddress": MAIL.to, "diagnosticCode": "550 5.1.1 no such user"},
        {"emailAddress": "otra@cliente.example", "diagnosticCode": "552 5.2.2 mailbox full"},
    ]
    found = _ses(
        "Bounce", bounceType="Permanent", bounceSubType="General", bouncedRecipients=listed
    )
    results = reports.report(found, "").results
    assert [(one.address, str(one.reason)) for one in results] == [
        (MAIL.to, "USER_UNKNOWN"),
        ("otra@cliente.example", "MAILBOX_FULL"),
    ]


def test_the_old_notifications_of_ses_are_read_like_its_events() -> None:
    inner = {
        "notificationType": "Delivery",
        "delivery": {"recipients": [MAIL.to], "smtpResponse": "250 ok"},
        "mail": {
            "messageId": "0107",
            "destination": [MAIL.to],
            "headers": [{"name": "X-Acuse-Delivery", "value": TOKEN}],
            "commonHeaders": {"messageId": f"<{TOKEN}@taller.example>"},
        },
    }
    (found,) = provider_hooks.read(P.SES, json.dumps(sns(Message=json.dumps(inner))).encode())
    assert (found.told, found.named[0]) == (Told.DELIVERED, TOKEN)


@pytest.mark.parametrize(
    ("provider", "changes", "reason"),
    [
        (P.POSTMARK, {"Type": "DMARCPolicy", "Details": ""}, "AUTH_FAILURE"),
        (P.POSTMARK, {"Type": "BadEmailAddress", "Details": ""}, "USER_UNKNOWN"),
        (P.POSTMARK, {"Type": "Blocked", "Details": "550 listed at dnsbl"}, "BLOCKED"),
        (P.SENDGRID, {"event": "dropped", "reason": "Invalid"}, "USER_UNKNOWN"),
        (P.SENDGRID, {"event": "dropped", "reason": "Spam Content"}, "SPAM_DETECTED"),
        (P.BREVO, {"event": "invalid_email", "reason": ""}, "USER_UNKNOWN"),
        (P.BREVO, {"event": "error", "reason": ""}, "SYSTEM_ERROR"),
        (P.BREVO, {"event": "soft_bounce", "reason": "550 5.1.1 no such user"}, "EXPIRED"),
        (P.RESEND, {"type": "email.suppressed"}, "SUPPRESSED"),
        (P.RESEND, {"type": "email.failed"}, "UNDEFINED"),
    ],
)
def test_the_providers_own_word_counts_where_nothing_else_was_said(
    provider: Provider, changes: dict[str, str], reason: str
) -> None:
    one = event(provider, BOUNCED, MAIL) | changes
    if provider is P.RESEND:
        del one["data"]["bounce"]
    found = provider_hooks.read(provider, json.dumps(one).encode())
    assert [str(one.reason) for one in reports.report(found, "").results] == [reason]
