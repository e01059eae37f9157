"""Hooks: where a mail provider tells what became of our mail, and what it must prove.

An address has a token of 128 bits, of which only the hash is kept, and belongs to one road. What is
proven is kept, once for each event, before it is answered; it is read as any report (`flow.track`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from hashlib import sha256
from hmac import compare_digest

import structlog
from django.conf import settings
from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.problem import Blocked, Problem
from acuse.domain.provider_event import Post
from acuse.domain.route import Provider
from acuse.flow import drawn, lanes, outside
from acuse.gateways import provider_hooks
from acuse.gateways.provider_hooks import BASIC, TOPIC, USER, Asked, Forged, Hook
from acuse.store import activity, hooks, public_pages, reports
from acuse.store.hooks import Hooked

log = structlog.get_logger()
PATH = "hooks/correo"
SECRET = "hook"  # noqa: S105 - the name under which it is wrapped
LARGEST = 2 * 1024 * 1024  # of a post; SendGrid's batches are below one
WINDOW, MOST = timedelta(minutes=1), 1200  # posts to one address


class Heard(Enum):
    """What became of a post."""

    KEPT = auto()
    UNKNOWN = auto()  # no such address
    FORGED = auto()
    TOO_MANY = auto()
    UNCONFIRMED = auto()  # a subscription that its provider did not let us confirm: to ask again


@dataclass(frozen=True, slots=True)
class Place:
    """A new address, shown once; `password` goes with the user to those that know no signature."""

    address: str
    user: str = ""
    password: str = field(default="", repr=False)


def asks_for_secret(owner: int) -> bool:
    """Whether the provider of that road signs what it posts, so that its key has to be told."""
    with transaction.atomic():
        road = hooks.lock(owner)
    return road is not None and road.provider not in BASIC


def renew(owner: int, *, secret: str = "", by: str, at: datetime) -> Place:
    """A new address for the provider of the owner's road (a company, 0 for the installation).

    `secret` is what the provider shows for checking its signatures, of SES the topic's name (ARN);
    for one that knows none a password is drawn. The earlier address opens nothing any more. Raises
    Blocked.
    """
    token = drawn.draw()
    with transaction.atomic():
        road = hooks.lock(owner)
        if road is None:
            raise Blocked([_no_provider()])
        password = secrets.token_urlsafe(24) if road.provider in BASIC else ""
        given = password or "".join(secret.split())
        if not given or (road.provider is Provider.SES and not TOPIC.fullmatch(given)):
            raise Blocked([_no_secret()])
        wrapped = outside.wrap_secret(owner, SECRET, given) if given else None
        hooks.save(owner, digest=drawn.digest(token), wrapped_secret=wrapped)
        if owner:
            facts = {"provider": road.provider.value}
            activity.record(owner, None, Event(at, EventKind.HOOK_DRAWN, by, facts))
    log.info("hook drawn", owner=owner, provider=road.provider, by=by)
    base = settings.CALLBACK_URL or settings.BASE_URL
    return Place(f"{base}/{PATH}/{token}/", USER if password else "", password)


def find(token: str) -> Hooked | None:
    """The road that the token names; None for any that names none, at the same cost."""
    digest = drawn.digest_told(token)
    found = hooks.find(digest)
    return found if found and compare_digest(digest, found.digest) else None


def crowded(road: Hooked, *, at: datetime) -> bool:
    """Whether more was posted there within the minute than any provider posts; this one counted."""
    key = sha256(f"hook:{road.digest}".encode()).hexdigest()
    with transaction.atomic():
        return public_pages.count_caller(key, at=at, window=WINDOW, most=MOST + 1) > MOST


def heard(road: Hooked, post: Post, *, at: datetime) -> Heard:
    """What became of the post; what is KEPT is committed."""
    hook = _opened(road)
    try:
        provider_hooks.proven(hook, post, at=at)
    except Forged as trouble:
        log.warning("hook not believed", owner=road.owner, provider=road.provider, why=str(trouble))
        return Heard.FORGED
    asked = provider_hooks.confirmed(hook, post)
    if asked is Asked.UNANSWERED:
        log.warning("hook not confirmed", owner=road.owner, provider=road.provider)
        return Heard.UNCONFIRMED
    if asked is Asked.ANSWERED:
        return Heard.KEPT
    arrived = provider_hooks.events(hook, post)
    with transaction.atomic():
        kept = reports.keep_events(arrived, provider=road.provider.value, owner=road.owner, at=at)
        if kept:
            lanes.nudge(lanes.TRACK)
    return Heard.KEPT


def _opened(road: Hooked) -> Hook:
    secret = ""
    if road.wrapped_secret:
        secret = outside.open_secret(road.owner, SECRET, road.wrapped_secret)
    return Hook(road.owner, road.provider, secret, settings.PROVIDER_URL)


def _no_provider() -> Problem:
    return Problem(
        "route.provider",
        "XX-AVI-1",
        "El correo no sale por un proveedor, así que nadie avisa por aquí. Elige un proveedor en "
        "Configuración > Correo y vuelve a pedir la dirección.",
    )


def _no_secret() -> Problem:
    return Problem(
        "route.hook_secret",
        "XX-AVI-2",
        "Falta con qué comprobar los avisos del proveedor: sin eso no se le puede creer a nadie. "
        "Copia de su panel la clave con la que firma; de Amazon, el ARN del tema de SNS.",
    )
