"""The pause of a server of ours, as `shell/_pause.html` shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from acuse.domain.party import Company, Environment
from acuse.store import routes


@dataclass(frozen=True, slots=True)
class Pause:
    """A server that does not take our mail: the company's own, or the installation's."""

    since: datetime
    until: datetime
    reason: str
    own: bool


def of(company: Company) -> Pause | None:
    """The pause of the road that the company's mail takes; None where it is open.

    A rehearsal's mail takes no real road.
    """
    if company.environment is Environment.SANDBOX:
        return None
    found = routes.used(company.id)
    if found is None or not found.road.broken or not found.road.paused_until:
        return None
    since = found.road.paused_since or found.road.paused_until
    return Pause(since, found.road.paused_until, found.road.reason, found.route.owner != 0)
