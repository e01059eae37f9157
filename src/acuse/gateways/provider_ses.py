"""Amazon SES: the frozen bytes in one signed request, written by anymail and boto3.

boto3 signs and reads; what leaves, leaves by the house's client, once: its own would try again
after a lost answer, and SES makes another mail of every request.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from anymail.backends import amazon_ses
from anymail.exceptions import AnymailError, AnymailInvalidAddress
from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError
from django.core.mail import EmailMessage

from acuse.domain.recipient import Stage
from acuse.domain.submission import Reply
from acuse.gateways.provider_backends import METADATA, NAME, Carried, Unreadable, Unspeakable

if TYPE_CHECKING:
    from acuse.gateways.provider import Road

REGION = re.compile(r"[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}")
_running = threading.local()  # clients are shared by threads; each carries its own request


class _Backend(amazon_ses.EmailBackend):  # type: ignore[misc]
    def build_message_payload(self, message: Any, defaults: Any) -> Any:
        return _Frozen(message, defaults, self)


class _Frozen(amazon_ses.AmazonSESV2SendEmailPayload):  # type: ignore[misc]
    def generate_raw_message(self) -> bytes:
        return bytes(self.message.frozen)


class Raw:
    """The request that hands the frozen bytes to SES."""

    def __init__(self, message: bytes, recipient: str, road: Road, name: str) -> None:
        if not REGION.fullmatch(road.region):
            raise Unspeakable(Stage.MAIL, f"5.3.5 no such region: {road.region[:40]}")
        self._road = road
        try:
            self._backend = _opened(road.user, road.key, road.region, road.configuration)
        except BotoCoreError as trouble:  # this machine's own AWS settings are in its way
            raise Unspeakable(Stage.MAIL, f"5.3.5 {trouble}") from trouble
        letter: Any = EmailMessage(to=[recipient], from_email="x@localhost")  # the bytes say it
        letter.frozen = message
        if name:
            letter.esp_extra = {"EmailTags": [{"Name": METADATA, "Value": name}]}
        try:
            self._payload = self._backend.build_message_payload(letter, {})
        except AnymailInvalidAddress as trouble:
            raise Unspeakable(Stage.RCPT, f"5.1.3 {trouble}") from trouble
        self._letter = letter

    def leave(self, carried: Carried) -> Reply:
        """The answer, whatever boto3 makes of it; what nobody answered raises as `carried` does."""
        _running.carried, _running.api, _running.answer = carried, self._road.api, None
        try:
            self._backend.post_to_esp(self._payload, self._letter)
        except Exception:  # boto3 stumbles over any answer but its own service's
            if _running.answer is None:
                raise
        reply: Reply = _running.answer
        return reply

    def name_in(self, answer: Reply) -> str:
        """What SES calls the mail."""
        try:
            found = self._payload.parse_recipient_status(json.loads(answer.body))
            (name,) = {one.message_id for one in found.values()}
        except (AnymailError, ValueError, TypeError, AttributeError, RecursionError) as trouble:
            raise Unreadable(type(trouble).__name__) from trouble
        if not (isinstance(name, str) and name):
            raise Unreadable("it does not name the mail")
        return name[:NAME]


@lru_cache(maxsize=64)
def _opened(user: str, key: str, region: str, configuration: str) -> Any:
    """An open client for that key: making one takes a third of a second."""
    backend = _Backend(
        session_params={
            "aws_access_key_id": user,
            "aws_secret_access_key": key,
            "region_name": region,
        },
        client_params={
            "config": {
                "retries": {"total_max_attempts": 1},
                "ignore_configured_endpoint_urls": True,
            }
        },
        configuration_set_name=configuration or None,
    )
    backend.open()
    backend.client.meta.events.register("before-send.sesv2", _carry)
    return backend


def _carry(request: Any, **_: Any) -> Any:
    """What boto3 takes for its own connection's answer."""
    words = (request.method, request.url, request.headers, request.body)
    answer = _running.carried(*words, _running.api)
    _running.answer = answer
    return AWSResponse(request.url, answer.status, dict(answer.headers), _Body(answer.body))


class _Body:
    """A body in the form in which boto3 reads one."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All of it."""
        yield self._body
