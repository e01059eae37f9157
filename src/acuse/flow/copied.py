"""What a line of Actividad says of a mail that is the company's own copy."""

from __future__ import annotations

from acuse.domain.activity import Event
from acuse.domain.delivery import Trigger


def about_copy_of(event: Event) -> dict[str, object]:
    """The same fact as that line has it."""
    return {"archive": True} if event.facts.get("archive") else {}


def about_copy(trigger: Trigger) -> dict[str, object]:
    """The fact that it is a copy; nothing of a mail to the customer."""
    return {"archive": True} if trigger is Trigger.COPY else {}
