"""The lanes of work: a stage, and where the stage talks to an authority, its jurisdiction."""

from __future__ import annotations

from acuse.gateways import queue

DELIVER = "deliver"
COLLECT = "collect"  # visits to companies' mailboxes
NOTIFY = "notify"  # mails to the companies' own people
TRACK = "track"  # what came back of mail
CONTACTS = "contacts"  # uploaded tables of contacts


def submit(jurisdiction: str) -> str:
    """The lane of conversations with that jurisdiction's authority."""
    return f"submit:{jurisdiction}"


def inquire(jurisdiction: str) -> str:
    """The lane of questions to that jurisdiction's authority about what buyers declared."""
    return f"inquire:{jurisdiction}"


def nudge(lane: str) -> None:
    """Let a worker look at the lane, once the current transaction has committed."""
    queue.enqueue(lane)
