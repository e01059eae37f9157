"""The requests of each provider, written by anymail's backends.

Where a provider takes MIME (SES, Mailgun) it gets the frozen bytes; the others get the same
message in fields. No opens and clicks are counted where a request can say so. This module loads
anymail: nothing imports it before there is such a mail.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import requests
from anymail.backends import brevo, mailgun, postmark, resend, sendgrid
from anymail.exceptions import (
    AnymailError,
    AnymailInvalidAddress,
    AnymailNotSupportedWarning,
)
from django.core.mail import EmailMultiAlternatives

from acuse.domain.recipient import Stage
from acuse.domain.route import Provider
from acuse.domain.submission import Reply
from acuse.gateways.provider_call import Word
from acuse.mail.apart import apart

if TYPE_CHECKING:
    from acuse.gateways.provider import Road

METADATA = "acuse"  # under which a provider keeps our token and gives it back
TRACKING = frozenset({Provider.MAILGUN, Provider.POSTMARK, Provider.SENDGRID})
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")

Carried = Callable[[str, str, Mapping[Word, Word], Word | None, str], Reply]


class Unspeakable(Exception):
    """The message or its address cannot be said to this provider; `stage` says which."""

    def __init__(self, stage: Stage, text: str) -> None:
        super().__init__(text)
        self.stage = stage


class Unreadable(Exception):
    """It was taken, or so its number says; the answer says nothing."""


class Request(Protocol):
    """A request that is ready, and the reader of its answer."""

    def leave(self, carried: Carried) -> Reply:
        """The answer."""

    def name_in(self, answer: Reply) -> str:
        """What the provider calls the mail; raises Unreadable."""


class Mailgun(mailgun.EmailBackend):  # type: ignore[misc]
    """Mailgun takes MIME at an address of its own."""

    def build_message_payload(self, message: Any, defaults: Any) -> Any:
        """anymail's payload, whose message is the frozen one."""
        return _MailgunMime(message, defaults, self)


class _MailgunMime(mailgun.MailgunPayload):  # type: ignore[misc]
    def get_api_endpoint(self) -> str:
        return f"{super().get_api_endpoint()}.mime"

    def get_request_params(self, api_url: str) -> dict[str, Any]:
        params: dict[str, Any] = super().get_request_params(api_url)
        kept = ("to", "o:tracking-opens", "o:tracking-clicks")
        told = {name: one for name, one in params["data"].items() if name in kept}
        told |= {name: one for name, one in params["data"].items() if name.startswith("v:")}
        file = ("message.mime", self.message.frozen, "message/rfc822")
        return params | {"data": told, "files": {"message": file}}


BACKENDS: Mapping[Provider, tuple[Any, str, Mapping[str, str]]] = {
    # the backend, what it calls the key, where it stands (by region)
    Provider.BREVO: (brevo.EmailBackend, "api_key", {"": "https://api.brevo.com/v3/"}),
    Provider.MAILGUN: (
        Mailgun,
        "api_key",
        {
            "": "https://api.mailgun.net/v3/",
            "US": "https://api.mailgun.net/v3/",
            "EU": "https://api.eu.mailgun.net/v3/",
        },
    ),
    Provider.POSTMARK: (
        postmark.EmailBackend,
        "server_token",
        {"": "https://api.postmarkapp.com/"},
    ),
    Provider.RESEND: (resend.EmailBackend, "api_key", {"": "https://api.resend.com/"}),
    Provider.SENDGRID: (
        sendgrid.EmailBackend,
        "api_key",
        {"": "https://api.sendgrid.com/v3/", "EU": "https://api.eu.sendgrid.com/v3/"},
    ),
}


def written(message: bytes, *, recipient: str, road: Road, name: str) -> Request:
    """The request that hands the message over; raises Unspeakable."""
    if road.provider is Provider.SES:
        from acuse.gateways import provider_ses

        return provider_ses.Raw(message, recipient, road, name)
    backend = _backend(road)
    letter = _letter(message, recipient, road, name)
    try:
        payload = backend.build_message_payload(letter, backend.send_defaults)
        params = payload.get_request_params(backend.api_url)
    except AnymailInvalidAddress as trouble:
        raise Unspeakable(Stage.RCPT, f"5.1.3 {trouble}") from trouble
    except AnymailError as trouble:
        raise Unspeakable(Stage.DATA, f"5.6.0 {trouble}") from trouble
    if road.provider is Provider.RESEND and name:
        params["headers"]["Idempotency-Key"] = name  # asked again within a day, it is one mail
    return _Written(road, backend, payload, letter, requests.Request(**params).prepare())


class _Written:
    """A request in anymail's words."""

    def __init__(self, road: Road, backend: Any, payload: Any, letter: Any, ready: Any) -> None:
        self._road, self._backend, self._payload = road, backend, payload
        self._letter, self._ready = letter, ready

    def leave(self, carried: Carried) -> Reply:
        """The answer."""
        ready = self._ready
        return carried(ready.method, ready.url, ready.headers, ready.body, self._road.api)

    def name_in(self, answer: Reply) -> str:
        """What the provider calls the mail."""
        told = requests.Response()
        told.status_code, told.encoding, told.url = answer.status, "utf-8", self._ready.url
        told._content = answer.body
        told.headers.update(answer.headers)
        try:
            found = self._backend.parse_recipient_status(told, self._payload, self._letter)
            names = {one.message_id for one in found.values() if one.message_id}
        except (AnymailError, ValueError, LookupError, TypeError, AttributeError) as trouble:
            raise Unreadable(f"{type(trouble).__name__}"[:100]) from trouble
        except RecursionError as trouble:
            raise Unreadable("nested too deep") from trouble
        if len(names) != 1:
            raise Unreadable("it does not name the mail")
        return str(names.pop())[:NAME]


NAME = 250


def _backend(road: Road) -> Any:
    made, key, places = BACKENDS[road.provider]
    place = places.get(road.region.upper())
    if place is None:
        raise Unspeakable(Stage.MAIL, f"5.3.5 no such region: {road.region[:40]}")
    given: dict[str, Any] = {key: road.key, "api_url": place}
    if road.provider is Provider.MAILGUN:
        if not _HOST.fullmatch(road.domain):
            raise Unspeakable(Stage.MAIL, "5.3.5 Mailgun needs the domain that sends")
        given["sender_domain"] = road.domain
    if road.provider is Provider.RESEND:
        given["verify_attachment_extensions"] = False  # application/xml is text/xml, too
    if road.provider is Provider.SENDGRID:
        hush()
    return made(**given)


def hush() -> None:
    """Let anymail not warn of SendGrid, which its makers cannot try any more (ADR 14)."""
    warnings.filterwarnings("ignore", category=AnymailNotSupportedWarning)


def _letter(message: bytes, recipient: str, road: Road, name: str) -> Any:
    read = apart(message)
    headers = dict(read.headers)
    if road.provider is Provider.POSTMARK:
        headers["X-PM-KeepID"] = "true"  # else it puts a Message-ID of its own
    letter: Any = EmailMultiAlternatives(
        subject=read.subject,
        body=read.text,
        from_email=read.sender,
        to=[recipient],
        reply_to=[read.reply_to] if read.reply_to else None,
        headers=headers,
        attachments=[(one.name, one.content, one.content_type) for one in read.files],
    )
    if read.html:
        letter.attach_alternative(read.html, "text/html")
    letter.frozen = message
    if name:
        letter.metadata = {METADATA: name}
    if road.provider in TRACKING:
        letter.track_opens = letter.track_clicks = False
    if road.stream:
        letter.esp_extra = {"MessageStream": road.stream}
    return letter
