"""The addresses that a message shows in To and Cc: each is a message of its own all the same.

Source: design.md 1.5.7; RFC 5322 3.6.3.
"""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.delivery import Send


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands in To and in Cc."""

    to: tuple[str, ...]
    copies: tuple[str, ...] = ()


def heads(own: str, send: Send) -> Heads:
    """What the message to `own` shows of all whom the document goes to: nothing of the blind.

    An address beyond ASCII stands only in its own message: in another it would ask that one's
    server for what it may not offer. Where nobody is left to show, it shows its own.
    """
    hidden = {*send.copies, *send.blind}
    shown = [one for one in send.emails if one == own or one.isascii()]
    to = tuple(one for one in shown if one not in hidden) or (own,)
    return Heads(to, tuple(one for one in shown if one in send.copies and one not in to))
