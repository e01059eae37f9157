"""Whose a post is: each provider's own proof, and everything that looks like one.

Source: mail.md 7 (hostile variants; SNS: "SSRF!").
"""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from acuse.domain.provider_event import Post
from acuse.domain.route import Provider
from acuse.gateways import http, provider_hooks
from acuse.gateways.provider_hooks import Asked
from tests.gateways.test_provider_hooks import AT, EACH, MAIL, P, believed, hook, of, poster
from tests.gateways.test_provider_hooks import amazon as amazon
from tests.gateways.test_provider_hooks import no_certificate_kept as no_certificate_kept
from tests.support.provider_api import ProviderApi
from tests.support.provider_posts import (
    BOUNCED,
    CERTIFICATE,
    CERTIFICATE_URL,
    TOPIC,
    Posted,
    event,
    sns,
    sns_certificate,
)


@EACH
def test_a_proven_post_is_believed(provider: Provider, amazon: ProviderApi) -> None:
    posted = poster(provider).post(event(provider, BOUNCED, MAIL), at=AT)
    assert believed(hook(provider, amazon), of(posted))


@EACH
def test_a_post_without_its_proof_is_not(provider: Provider, amazon: ProviderApi) -> None:
    body = poster(provider).body(event(provider, BOUNCED, MAIL), at=AT)
    if provider in (P.SES, P.MAILGUN):  # these prove it within
        whole = json.loads(body)
        del whole["Signature" if provider is P.SES else "signature"]
        body = json.dumps(whole).encode()
    assert not believed(hook(provider, amazon), Post(body, {"content-type": "application/json"}))


@EACH
def test_a_proof_of_another_post_is_none(provider: Provider, amazon: ProviderApi) -> None:
    posted = poster(provider).post(event(provider, BOUNCED, MAIL), at=AT)
    if provider in (P.POSTMARK, P.BREVO):  # a password proves who, not what
        changed = of(Posted(posted.body, posted.headers | {"authorization": "Basic YTpi"}))
    elif provider is P.MAILGUN:  # its signature covers its own token alone
        whole = json.loads(posted.body)
        whole["signature"]["token"] = "0" * 50
        changed = Post(json.dumps(whole).encode(), posted.headers)
    else:
        changed = Post(posted.body.replace(b"550 5.1.1", b"550 5.7.1"), posted.headers)
        changed = Post(changed.body.replace(b"NoEmail", b"General"), posted.headers)
        assert changed.body != posted.body
    assert not believed(hook(provider, amazon), changed)


@EACH
def test_without_a_secret_nobody_is_believed(provider: Provider, amazon: ProviderApi) -> None:
    posted = poster(provider).post(event(provider, BOUNCED, MAIL), at=AT)
    assert not believed(hook(provider, amazon, secret=""), of(posted))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Basic"},
        {"authorization": "Basic ñ"},
        {"authorization": "Basic " + b64encode(b"acuse:").decode()},
        {"authorization": "Basic " + b64encode(b"None").decode()},
        {"authorization": "Basic " + b64encode(b"\xff\xfe").decode()},
        {"authorization": "Bearer una-clave-larga"},
        {"svix-id": "x", "svix-timestamp": "1", "svix-signature": "v1,eA=="},
        {"svix-id": "x", "svix-timestamp": "9" * 400, "svix-signature": "v1,"},
        {"svix-id": "x", "svix-timestamp": "nunca", "svix-signature": "v1,ñ v2,x v1,"},
        {
            "x-twilio-email-event-webhook-signature": "eA==",
            "x-twilio-email-event-webhook-timestamp": "1",
        },
        {
            "x-twilio-email-event-webhook-signature": "ñ",
            "x-twilio-email-event-webhook-timestamp": "ñ",
        },
    ],
)
@EACH
def test_an_invented_proof_is_no_proof(
    provider: Provider, headers: dict[str, str], amazon: ProviderApi
) -> None:
    posted = poster(provider).post(event(provider, BOUNCED, MAIL), at=AT)
    if provider in (P.SES, P.MAILGUN):
        posted = Posted(b'{"signature": {"token": 1, "timestamp": [], "signature": null}}')
    assert not believed(hook(provider, amazon), Post(posted.body, headers))


def test_an_old_post_of_svix_is_not_believed() -> None:
    posted = poster(P.RESEND).post(event(P.RESEND, BOUNCED, MAIL), at=AT - timedelta(minutes=6))
    assert not believed(hook(P.RESEND), of(posted))
    assert believed(hook(P.RESEND), of(posted), AT - timedelta(minutes=3))


@pytest.mark.parametrize("version", ["1", "2"])
def test_amazon_signs_in_two_ways(version: str, amazon: ProviderApi) -> None:
    body = json.dumps(sns(SignatureVersion=version, Subject="Amazon SES")).encode()
    assert believed(hook(P.SES, amazon), Post(body, {}))


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/SimpleNotificationService-0123456789abcdef.pem",
        "http://sns.us-east-1.amazonaws.com" + CERTIFICATE,
        "https://sns.us-east-1.amazonaws.com.evil.example" + CERTIFICATE,
        "https://sns.us-east-1.amazonaws.com@evil.example" + CERTIFICATE,
        "https://evil.example/https://sns.us-east-1.amazonaws.com" + CERTIFICATE,
        "https://sns.us-east-1.amazonaws.com:8443" + CERTIFICATE,
        "https://sns.us-east-1.amazonaws.com/x/.." + CERTIFICATE,
        "https://sns.eu-west-1.amazonaws.com" + CERTIFICATE,
        "https://s3.us-east-1.amazonaws.com/bucket" + CERTIFICATE,
        CERTIFICATE_URL + "?x=1",
        CERTIFICATE_URL + "\n",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "",
    ],
)
def test_a_certificate_elsewhere_is_not_fetched(url: str, amazon: ProviderApi) -> None:
    before = len(amazon.fetched)
    body = json.dumps(sns(SigningCertURL=url)).encode()
    assert not believed(hook(P.SES, amazon), Post(body, {}))
    assert len(amazon.fetched) == before


def test_another_topic_is_not_ours_however_well_signed(amazon: ProviderApi) -> None:
    before = len(amazon.fetched)
    for topic in (TOPIC.replace("acuse", "otro"), TOPIC.replace("123", "124"), ""):
        assert not believed(hook(P.SES, amazon), Post(json.dumps(sns(TopicArn=topic)).encode(), {}))
    assert len(amazon.fetched) == before


def test_another_key_is_not_amazons(amazon: ProviderApi) -> None:
    other = rsa.generate_private_key(65537, 2048)
    assert not believed(hook(P.SES, amazon), Post(json.dumps(sns(other)).encode(), {}))


def test_a_certificate_that_is_over_proves_nothing(amazon: ProviderApi) -> None:
    post = Post(json.dumps(sns()).encode(), {})
    assert not believed(hook(P.SES, amazon), post, AT + timedelta(days=1000))


def test_a_certificate_that_cannot_be_had_is_asked_for_again() -> None:
    post = Post(json.dumps(sns()).encode(), {})
    with ProviderApi(P.SES) as api:
        for page in ((404, b""), (200, b"no certificate"), (200, b"x" * 100_000)):
            api.pages[CERTIFICATE] = page
            assert not believed(hook(P.SES, api), post)
        api.pages[CERTIFICATE] = (200, sns_certificate())
        assert believed(hook(P.SES, api), post)
    http.close()


def test_a_subscription_is_confirmed_at_amazon_and_nowhere_else(amazon: ProviderApi) -> None:
    amazon.pages["/"] = (200, b"<ok/>")
    told = sns(
        Type="SubscriptionConfirmation",
        Token="2336412f37fb687f5d51e6e2425dacbba9ff7c2&Action=x",
        SubscribeURL="http://169.254.169.254/latest/meta-data/",
    )
    post, whose = Post(json.dumps(told).encode(), {}), hook(P.SES, amazon)
    assert believed(whose, post)
    assert provider_hooks.confirmed(whose, post) is Asked.ANSWERED
    asked = amazon.fetched[-1]
    assert asked.startswith("/?Action=ConfirmSubscription&TopicArn=arn%3Aaws%3Asns%3Aus-east-1")
    assert "&Action=x" not in asked


def test_the_end_of_a_subscription_is_taken_note_of(amazon: ProviderApi) -> None:
    told = sns(Type="UnsubscribeConfirmation", Token="x", SubscribeURL="https://x.example")
    post, whose = Post(json.dumps(told).encode(), {}), hook(P.SES, amazon)
    assert believed(whose, post)
    before = len(amazon.fetched)
    assert provider_hooks.confirmed(whose, post) is Asked.ANSWERED
    assert len(amazon.fetched) == before


def test_news_ask_nothing_and_an_answer_that_is_not_taken_is_none(amazon: ProviderApi) -> None:
    amazon.pages["/"] = (400, b"<Error/>")
    told = sns(Type="SubscriptionConfirmation", Token="x", SubscribeURL="https://x.example")
    whose = hook(P.SES, amazon)
    asks = Post(json.dumps(told).encode(), {})
    assert provider_hooks.confirmed(whose, asks) is Asked.UNANSWERED
    news = of(poster(P.SES).post(event(P.SES, BOUNCED, MAIL), at=AT))
    assert provider_hooks.confirmed(whose, news) is Asked.NOTHING
    assert provider_hooks.confirmed(hook(P.BREVO), asks) is Asked.NOTHING
