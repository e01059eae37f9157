"""An event as a line of Actividad: its sentence, its drawing, its raw evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django import template

from acuse.domain.activity import Event, EventKind
from acuse.domain.traits import Traits
from acuse.flow import phrases

register = template.Library()

ICONS = {  # by the first word of the kind; exceptions by the whole kind
    "document": "file-invoice",
    "submission": "building-bank",
    "verdict": "building-bank",
    "delivery": "mail",
    "packet": "paperclip",
    "recipient": "mail",
    "channel": "building-bank",
    "buyer": "user",
    "received": "receipt",
    "reception": "receipt",
    "mailbox": "mail",
    "address": "mail-pause",
    "page": "user",
    "payment": "receipt",
}
EXCEPTIONS = {
    EventKind.VERDICT_ACCEPTED: ("circle-check", "good"),
    EventKind.VERDICT_OBSERVED: ("circle-check", "good"),
    EventKind.VERDICT_REJECTED: ("circle-x", "bad"),
    EventKind.SUBMISSION_STUCK: ("alert-triangle", "held"),
    EventKind.SUBMISSION_ANSWER_LOST: ("help-circle", "held"),
    EventKind.SUBMISSION_DELAYED: ("clock", "process"),
    EventKind.SUBMISSION_WAITING: ("clock", "process"),
    EventKind.DELIVERY_HELD: ("mail-pause", "held"),
    EventKind.DELIVERY_SKIPPED: ("mail-off", ""),
    EventKind.RECIPIENT_SENT: ("mail-check", "good"),
    EventKind.RECIPIENT_DELIVERED: ("mail-check", "good"),
    EventKind.RECIPIENT_FAILED: ("mail-x", "bad"),
    EventKind.RECIPIENT_BOUNCED: ("mail-x", "bad"),
    EventKind.RECIPIENT_DEFERRED: ("clock", "held"),
    EventKind.RECIPIENT_DELAYED: ("clock", "held"),
    EventKind.RECIPIENT_COMPLAINED: ("mail-x", "bad"),
    EventKind.RECIPIENT_CHALLENGED: ("help-circle", "held"),
    EventKind.ADDRESS_SUPPRESSED: ("mail-pause", "held"),
    EventKind.RECIPIENT_UNCERTAIN: ("help-circle", "held"),
    EventKind.MAIL_OPENED: ("eye", ""),
    EventKind.PAGE_VISITED: ("eye", ""),
    EventKind.PAGE_DOWNLOADED: ("download", ""),
    EventKind.PAGE_REVOKED: ("lock", ""),
    EventKind.MAILBOX_STOPPED: ("alert-triangle", "bad"),
    EventKind.CHANNEL_STOPPED: ("alert-triangle", "bad"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What the template draws."""

    words: str
    icon: str
    tone: str
    evidence: str


@register.simple_tag
def shown(event: Event, traits: Traits) -> Line:
    """The event as a line."""
    kind = ICONS.get(event.kind.value.partition(".")[0], "clock")
    icon, tone = EXCEPTIONS.get(event.kind, (kind, ""))
    evidence = json.dumps(dict(event.facts), ensure_ascii=False, indent=1) if event.facts else ""
    return Line(phrases.sentence(event, traits), icon, tone, evidence)
