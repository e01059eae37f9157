"""Events of Amazon SES, as SNS posts them: one message, its addresses apart.

anymail reads them; what it does not tell apart is here: an address that SES refuses to write to,
a complaint that is none, an automatic answer that SES takes for a bounce.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView

from acuse.domain.provider_event import ProviderEvent, Told
from acuse.domain.route import Provider
from acuse.gateways.provider_backends import METADATA
from acuse.gateways.provider_views import MOST, NOBODY, TOLD, event_of, within

NO_COMPLAINT = ("not-spam", "auth-failure")  # RFC 5965's other feedback
LISTED = "onaccountsuppressionlist"


def read(told: Any) -> tuple[ProviderEvent, ...]:
    """What the message of SNS says of each address; raises whatever its shape makes it raise."""
    inner = json.loads(told["Message"])
    view = AmazonSESTrackingWebhookView(webhook_secret=NOBODY, session_params={}, client_params={})
    kind = str(inner.get("eventType") or inner.get("notificationType"))
    given = view.esp_to_anymail_events(inner, told)[:MOST]
    about = {str(one.get("emailAddress")): one for one in _recipients(inner, kind)}
    return tuple(_event(one, inner, kind, about.get(str(one.recipient), {})) for one in given)


def _event(event: Any, inner: Any, kind: str, recipient: Any) -> ProviderEvent:
    trouble = inner.get(kind[:1].lower() + kind[1:])
    told = TOLD.get(event.event_type, Told.OTHER)
    word = within(trouble, "bounceSubType")
    if kind == "Bounce":
        word = f"{within(trouble, 'bounceType')}/{word}"
        if word == "Transient/General" and not event.mta_response:
            told = Told.AUTO_REPLIED  # so SES says of holidays, too; a refusal has its words
    elif kind == "Complaint":
        word = within(trouble, "complaintSubType")
        if str(word).casefold() == LISTED:
            told = Told.DROPPED
        elif within(trouble, "complaintFeedbackType") in NO_COMPLAINT:
            told = Told.OTHER
    elif kind == "DeliveryDelay":
        told, word = Told.DELAYED, within(trouble, "delayType")
        event.mta_response = recipient.get("diagnosticCode")
        event.description = word
    elif kind == "Reject":
        word = kind
    return event_of(
        Provider.SES,
        event,
        told=told,
        named=_named(inner),
        status=recipient.get("status"),
        word=word,
    )


def _recipients(inner: Any, kind: str) -> Iterator[Any]:
    """The addresses with what is said of each."""
    names = {"Bounce": "bouncedRecipients", "DeliveryDelay": "delayedRecipients"}
    listed = within(inner, kind[:1].lower() + kind[1:], names.get(kind, ""))
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield one


def _named(inner: Any) -> Iterator[Any]:
    """Where our token may stand: the tag that we gave, and headers of our mail."""
    tags = within(inner, "mail", "tags", METADATA)
    yield from tags if isinstance(tags, list) else ()
    headers = within(inner, "mail", "headers")
    for one in headers if isinstance(headers, list) else ():
        if str(within(one, "name")).lower() in ("message-id", "x-acuse-delivery"):
            yield within(one, "value")
    yield within(inner, "mail", "commonHeaders", "messageId")
