"""anymail's webhook views, asked for two things: is the post proven, and what does its event say.

What they leave out is added here: how the provider itself names a failure, where our token stands.
This module loads anymail: nothing imports it before a provider posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType
from anymail.webhooks import brevo, mailgun, postmark, resend, sendgrid
from django.core.handlers.wsgi import WSGIRequest

from acuse.domain.provider_event import Post, ProviderEvent, Told
from acuse.domain.route import Provider
from acuse.gateways.provider_backends import METADATA, hush
from acuse.gateways.provider_proofs import Forged

MOST = 50  # addresses of one event
NAME, ADDRESS, WORDS = 250, 254, 2000
TOLD: Mapping[str, Told] = {
    EventType.QUEUED: Told.TAKEN,
    EventType.SENT: Told.TAKEN,
    EventType.DELIVERED: Told.DELIVERED,
    EventType.DEFERRED: Told.DELAYED,
    EventType.BOUNCED: Told.FAILED,
    EventType.FAILED: Told.DROPPED,
    EventType.REJECTED: Told.DROPPED,
    EventType.COMPLAINED: Told.COMPLAINED,
    EventType.AUTORESPONDED: Told.AUTO_REPLIED,
    EventType.OPENED: Told.LOOKED,
    EventType.CLICKED: Told.LOOKED,
}
# Of what Postmark calls a bounce these alone are none, and anymail knows not all of the others.
POSTMARK_LISTS = ("Subscribe", "Unsubscribe")
POSTMARK_FILTERED = "SpamNotification"  # refused for its content; anymail: a complaint
RESEND_TOLD = {"email.suppressed": Told.DROPPED, "email.failed": Told.DROPPED}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_PEM = re.compile(r"-----[A-Z ]+-----")
NOBODY = "-:-"  # of the views that only read, and are never asked who posts


def proven(provider: Provider, post: Post, *, user: str, secret: str) -> None:
    """Nothing for a post that the provider's view believes; raises Forged."""
    try:
        view = _proving(provider, user, secret)
        view.run_validators(_request(post))
    except Exception as trouble:  # whatever it stumbles over, it did not believe it
        raise Forged(type(trouble).__name__) from trouble


def read(provider: Provider, told: Any) -> tuple[ProviderEvent, ...]:
    """What the event says, of each address; raises whatever its shape makes anymail raise."""
    if provider is Provider.SES:
        from acuse.gateways import provider_ses_events

        return provider_ses_events.read(told)
    return (_event(provider, _reading(provider, told), told),)


def event_of(
    provider: Provider, event: Any, *, told: Told, named: Iterable[Any], status: Any, word: Any
) -> ProviderEvent:
    """anymail's event in our words, every text of it bounded and clean."""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    return ProviderEvent(
        provider=provider,
        told=told,
        address=text(event.recipient, ADDRESS),
        id=text(event.event_id, NAME),
        name=text(event.message_id, NAME),
        named=tuple(filter(None, (text(one, 1000) for one in (metadata.get(METADATA), *named)))),
        said=text(event.mta_response, WORDS) or text(event.description, WORDS),
        status=text(status, 16),
        word=text(word, 200).casefold(),
    )


def text(told: Any, most: int) -> str:
    """What a database takes of it, in one line; "" for what is no text."""
    if not isinstance(told, str):
        return ""
    return " ".join(_CONTROLS.sub(" ", told[: most * 2]).split())[:most]


def within(told: Any, *path: str) -> Any:
    """What lies there, None where nothing does."""
    for name in path:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _event(provider: Provider, event: AnymailTrackingEvent, told: Any) -> ProviderEvent:
    kind = TOLD.get(event.event_type, Told.OTHER)
    named: tuple[Any, ...] = (event.message_id,)
    status: Any = ""
    match provider:
        case Provider.POSTMARK:
            word = told.get("Type") or told.get("SuppressionReason")
            kind = _postmark(told, kind)
        case Provider.BREVO:
            word = told.get("event")
        case Provider.MAILGUN:
            word = within(told, "event-data", "reason")
            status = within(told, "event-data", "delivery-status", "enhanced-code")
        case Provider.SENDGRID:
            dropped = kind is Told.DROPPED
            word = told.get("reason") if dropped else told.get("type")
            if dropped:
                event.mta_response = told.get("reason")
            named = (told.get("smtp-id"), told.get(METADATA))
            status = told.get("status")
        case _:
            bounce = within(told, "data", "bounce")
            if isinstance(bounce, dict):  # its message is Resend's own prose, and names us in it
                event.mta_response, event.description = _diagnosed(bounce), None
            word = f"{within(bounce, 'type') or ''}/{within(bounce, 'subType') or ''}"
            kind = RESEND_TOLD.get(str(told.get("type")), kind)
            if kind is Told.DROPPED and not event.description:
                event.description = within(told, "data", "failed", "reason") or "suppressed"
                word = told.get("type")
            named = tuple(_headers(within(told, "data", "headers")))
    return event_of(provider, event, told=kind, named=named, status=status, word=word)


def _postmark(told: Any, kind: Told) -> Told:
    """What Postmark tells, where it is a bounce that anymail takes for something else."""
    if told.get("RecordType") != "Bounce":
        return kind
    word = told.get("Type")
    unknown = kind is Told.OTHER and word not in POSTMARK_LISTS
    return Told.FAILED if unknown or word == POSTMARK_FILTERED else kind


def _diagnosed(bounce: Any) -> str:
    """The words of the addressee's server, where Resend hands them on."""
    told = bounce.get("diagnosticCode")
    listed = told if isinstance(told, list) else [told]
    return " ".join(one for one in listed[:MOST] if isinstance(one, str))


def _headers(told: Any) -> Iterable[Any]:
    """The values of those headers of ours in which a token stands."""
    for one in told if isinstance(told, list) else ():
        if str(within(one, "name")).lower() in ("message-id", "x-acuse-delivery"):
            yield within(one, "value")


def _proving(provider: Provider, user: str, secret: str) -> Any:
    """The view that believes posts by that secret."""
    basic = f"{user}:{secret}"
    match provider:
        case Provider.POSTMARK:
            return postmark.PostmarkTrackingWebhookView(webhook_secret=basic)
        case Provider.BREVO:
            return brevo.BrevoTrackingWebhookView(webhook_secret=basic)
        case Provider.MAILGUN:
            return mailgun.MailgunTrackingWebhookView(webhook_signing_key=secret)
        case _:
            hush()
            key = "".join(_PEM.sub("", secret).split())
            return sendgrid.SendGridTrackingWebhookView(tracking_webhook_verification_key=key)


def _reading(provider: Provider, told: Any) -> AnymailTrackingEvent:
    """anymail's own reading of the event."""
    if provider is Provider.RESEND:
        view = resend.ResendTrackingWebhookView(webhook_secret=NOBODY)
        return view.esp_to_anymail_event(told, SimpleNamespace(headers={}))
    if provider is Provider.SENDGRID:
        hush()
        view = sendgrid.SendGridTrackingWebhookView(webhook_secret=NOBODY)
    else:
        view = _proving(provider, *NOBODY.split(":"))
    return view.esp_to_anymail_event(told)


def _request(post: Post) -> WSGIRequest:
    """The post as Django has it."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "CONTENT_TYPE": post.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(post.body)),
        "wsgi.input": BytesIO(post.body),
        "wsgi.url_scheme": "https",
    }
    environ |= {f"HTTP_{one.upper().replace('-', '_')}": told for one, told in post.headers.items()}
    return WSGIRequest(environ)
