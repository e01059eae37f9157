"""A document's journey as the commands print it: for programs, and for people."""

from __future__ import annotations

import time
from typing import Any
from zoneinfo import ZoneInfo

from acuse import jurisdictions
from acuse.domain.activity import Event
from acuse.flow import phrases
from acuse.store import activity, companies, journeys
from acuse.store.journeys import Journey


def as_json(journey: Journey) -> dict[str, Any]:
    """The document's part of every command's JSON; one entry per recipient, or one without."""
    return {
        "id": journey.id,
        "kind": journey.kind,
        "number": journey.number,
        "fiscal_id": journey.fiscal_id,
        "state": journey.state,
        "deliveries": [
            {"to": hop.to, "state": hop.state, "reason": hop.reason or None} for hop in journey.hops
        ],
    }


def told(journey: Journey) -> str:
    """The same in a line or more for a person."""
    lines = [f"{journey.number}  {journey.state}  {journey.fiscal_id}"]
    for hop in journey.hops:
        reason = f" ({hop.reason})" if hop.reason else ""
        lines.append(f"    {hop.to or 'sin destinatario'}: {hop.state}{reason}")
    return "\n".join(lines)


def timeline(company_id: int, document_id: int) -> list[str]:
    """The document's Actividad, a line an event, in the company's own time."""
    company = companies.load(company_id)
    traits = jurisdictions.find(company.jurisdiction).traits
    zone = ZoneInfo(traits.timezone)
    return [
        f"{event.at.astimezone(zone):%d/%m/%Y %H:%M:%S}  {phrases.sentence(event, traits)}"
        for event in activity.timeline(company_id, document_id)
    ]


def events_as_json(events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Events for a program."""
    return [
        {
            "at": event.at.isoformat(),
            "kind": event.kind.value,
            "actor": event.actor,
            "facts": dict(event.facts),
        }
        for event in events
    ]


def wait(company_id: int, document_id: int, *, seconds: float) -> Journey:
    """The journey once nothing more happens by itself, or as it stands after so many seconds."""
    deadline = time.monotonic() + seconds
    journey = journeys.load(company_id, document_id)
    while not journey.settled and time.monotonic() < deadline:
        time.sleep(0.1)
        journey = journeys.load(company_id, document_id)
    return journey
