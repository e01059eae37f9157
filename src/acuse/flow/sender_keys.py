"""Sender keys: a key that signs for a sender's domain is made, or followed by another."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from acuse.domain.activity import Event, EventKind
from acuse.domain.party import Environment
from acuse.domain.problem import Blocked, Problem
from acuse.domain.route import RouteKind
from acuse.flow import outside, signing
from acuse.gateways import dkim_keys
from acuse.store import activity, companies, senders
from acuse.store.senders import Kept, Key

log = structlog.get_logger()


def make(owner: int, *, by: str, at: datetime, at_once: bool = False) -> Key:
    """A new key for the owner's sender (0 is the installation).

    The first one signs from now on; one that follows another waits until the DNS shows it, but
    for `at_once`. Raises Blocked where nothing of the owner's is signed here.
    """
    drawn = dkim_keys.draw()
    wrapped = outside.wrap_secret(owner, signing.SECRET, drawn.pem.decode())
    with transaction.atomic():
        kept = _signable(owner)
        key = Key(_selector(kept, at), drawn.public, wrapped)
        waits = kept.key is not None and not at_once
        if waits:
            senders.wait(kept, key)
        else:
            senders.sign_with(kept, key)
        facts = {"domain": kept.domain, "selector": key.selector, "waits": waits}
        if owner:
            activity.record(owner, None, Event(at, EventKind.SENDER_KEY_MADE, by, facts))
        else:
            log.info("sender key made", **facts)
    return key


def _signable(owner: int) -> Kept:
    """The owner's sender, held; raises Blocked."""
    kept = senders.lock(owner)
    rehearsed = owner and companies.environment(owner) is Environment.SANDBOX
    if kept is None or not kept.domain or rehearsed:
        told = "Primero configura el remitente: sin él no hay dominio que firmar."
        if rehearsed:
            told = "El correo de un ensayo no sale al mundo: no se firma."
        raise Blocked([Problem("sender", "XX-DKM-1", told, "RFC 6376")])
    if kept.kind is RouteKind.PROVIDER:
        told = "Tu proveedor de correo firma por ti: crea la llave en su panel."
        raise Blocked([Problem("sender", "XX-DKM-2", told, "RFC 6376")])
    return kept


def _selector(kept: Kept, at: datetime) -> str:
    """A name that no key of this sender has: the day, counted on where one was made already."""
    taken = {key.selector for key in (kept.key, kept.following) if key}
    names = (f"acuse{at:%Y%m%d}{'' if n == 1 else f'-{n}'}" for n in range(1, 4))
    return next(name for name in names if name not in taken)
