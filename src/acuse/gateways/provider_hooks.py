"""What mail providers post to us: whether it is theirs, its single events, what each tells.

Nothing in a post can make this machine go anywhere. anymail knows the shapes and checks most of
the proofs; it is loaded with the first post. Source: mail.md 7.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from hashlib import sha256
from typing import Any

from acuse.domain.json_text import parse_json
from acuse.domain.problem import Problem
from acuse.domain.provider_event import Arrived, Post, ProviderEvent, Told
from acuse.domain.route import Provider
from acuse.gateways import provider_proofs
from acuse.gateways.provider_proofs import TOPIC, Forged

__all__ = ["TOPIC", "Asked", "Forged", "Hook", "confirmed", "events", "proven", "read"]

BASIC = frozenset({Provider.POSTMARK, Provider.BREVO})  # they prove themselves by a password
USER = "acuse"


class Asked(Enum):
    """Whether a proven post asks if we are there."""

    NOTHING = auto()  # it tells events
    ANSWERED = auto()
    UNANSWERED = auto()  # the provider did not take our answer: it has to ask again


@dataclass(frozen=True, slots=True)
class Hook:
    """The road whose provider posts, and by what it proves itself; `owner` 0 is everybody's.

    The secret is a password (Postmark, Brevo), a signing key (Mailgun, Resend), the public half of
    one (SendGrid), or the topic's name (SES, whose key is Amazon's). `api` is a pretended provider
    on this machine.
    """

    owner: int
    provider: Provider
    secret: str = field(default="", repr=False)
    api: str = ""


def proven(hook: Hook, post: Post, *, at: datetime) -> None:
    """Nothing for a post of the hook's provider; raises Forged. Without a secret all are forged."""
    if not hook.secret:
        raise Forged("no secret is set")
    if hook.provider is Provider.SES:
        provider_proofs.sns(post, topic=hook.secret, at=at, api=hook.api)
    elif hook.provider is Provider.RESEND:
        provider_proofs.svix(post, secret=hook.secret, at=at)
    else:
        from acuse.gateways import provider_views

        provider_views.proven(hook.provider, post, user=USER, secret=hook.secret)


def confirmed(hook: Hook, post: Post) -> Asked:
    """Whether the proven post only asks if we are there, and what became of our answer."""
    if hook.provider is not Provider.SES:
        return Asked.NOTHING
    kind = provider_proofs.sns_message(post).get("Type")
    if kind == "Notification":
        return Asked.NOTHING
    asks = kind == "SubscriptionConfirmation"  # the end of one needs no answer
    if asks and not provider_proofs.confirm(post, api=hook.api):
        return Asked.UNANSWERED
    return Asked.ANSWERED


def events(hook: Hook, post: Post) -> tuple[Arrived, ...]:
    """The single events of a proven post that are worth keeping, also what cannot be read."""
    return tuple(_arrived(hook, post))


def read(provider: Provider, raw: bytes) -> tuple[ProviderEvent, ...]:
    """What the event tells, of each address; () for what is not understood. Never raises."""
    from acuse.gateways import provider_views

    told = _strict(raw)
    if not isinstance(told, dict):
        return ()
    if provider is Provider.SES:
        message = told.get("Message")
        inner = _strict(message.encode("utf-8", "replace")) if isinstance(message, str) else None
        if not isinstance(inner, dict):
            return ()
    try:
        return provider_views.read(provider, json.loads(raw))
    except Exception:  # a shape that anymail does not know: it raises what it likes
        return ()


def _arrived(hook: Hook, post: Post) -> Iterator[Arrived]:
    for raw in _single(hook.provider, post.body):
        told = read(hook.provider, raw)
        if told and all(one.told is Told.LOOKED for one in told):
            continue
        yield Arrived(_digest(hook, post, raw, told), raw)


def _single(provider: Provider, body: bytes) -> Iterator[bytes]:
    """SendGrid posts many events at once; what cannot be taken apart stays whole."""
    if provider is not Provider.SENDGRID or not isinstance(_strict(body), list):
        yield body
        return
    for one in json.loads(body):
        yield json.dumps(one).encode()


def _digest(hook: Hook, post: Post, raw: bytes, told: tuple[ProviderEvent, ...]) -> str:
    """The same for the same event, however often it is posted, and for no other road's.

    Mailgun's proof covers its token and not the event: a token counts once, whatever comes with it.
    """
    name = next((one.id for one in told if one.id), "") or post.headers.get("svix-id", "")
    parts = [str(hook.owner), hook.provider.value, name]
    if hook.provider is not Provider.MAILGUN or not name:
        parts.append(",".join(f"{one.told} {one.address}" for one in told) if name else "")
        parts.append("" if name else sha256(raw).hexdigest())
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _strict(raw: bytes) -> Any:
    """The JSON: UTF-8, no key twice, not deep; None for anything else."""
    try:
        told = parse_json(raw.decode())
    except (UnicodeDecodeError, RecursionError):
        return None
    return None if isinstance(told, Problem) else told
