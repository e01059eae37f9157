"""What a mail provider tells of a mail, in words that all providers share.

Nothing here is believed yet: `bounce_trace` says whose mail it is about. Source: mail.md 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from acuse.domain.route import Provider


class Told(StrEnum):
    """What became of the mail, as the provider sees it."""

    TAKEN = "TAKEN"  # it has it
    DELIVERED = "DELIVERED"  # the addressee's server took it
    DELAYED = "DELAYED"  # it goes on trying
    FAILED = "FAILED"  # refused by that server, or given up
    DROPPED = "DROPPED"  # the provider did not even try
    COMPLAINED = "COMPLAINED"
    AUTO_REPLIED = "AUTO_REPLIED"
    LOOKED = "LOOKED"  # opened or clicked, by whoever: not asked for, not kept
    OTHER = "OTHER"  # nothing of ours, or nothing that we know


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """One event of one address; "" for what is not said.

    `id` is the event's own name, `name` the mail's; in `named` a token of ours may stand. `said`
    are the words of the addressee's server, `word` is how the provider itself calls the trouble.
    """

    provider: Provider
    told: Told
    address: str = ""
    id: str = ""
    name: str = ""
    named: tuple[str, ...] = ()
    said: str = ""
    status: str = ""  # its enhanced code
    word: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What was posted to us: the bytes, and the headers by their names in lower case."""

    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One event as it came, under the digest by which it is known again."""

    digest: str
    raw: bytes = field(repr=False)
