"""How an address of a contact does, for whoever looks at the contact. Source: product.md 5.10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acuse.domain.suppression import Known, Standing


class Reach(StrEnum):
    """What is known of mail to an address."""

    UNVERIFIED = "UNVERIFIED"  # nothing ever told of it, or nothing since it was released
    DELIVERING = "DELIVERING"
    BOUNCED = "BOUNCED"
    SUPPRESSED = "SUPPRESSED"


@dataclass(frozen=True, slots=True)
class Reached:
    """How the address does and since when; `proven`: mail is known to have arrived.

    Unproven, its server took the last mail at that moment, which is no promise. `reason` is a
    HeldFor or a BounceReason by its value.
    """

    reach: Reach
    since: datetime | None = None
    reason: str = ""
    proven: bool = False


def reach(known: Known | None, taken_at: datetime | None) -> Reached:
    """What came back outweighs what a server took: a bounce comes after its "yes".

    `taken_at` is when the address's server last took a mail that did not come back; what it took
    before a person's release says nothing of afterwards.
    """
    known = known or Known(Standing.DELIVERING)
    if known.standing is Standing.SUPPRESSED:
        return Reached(Reach.SUPPRESSED, known.since, known.reason)
    if known.standing is Standing.BOUNCED:
        return Reached(Reach.BOUNCED, known.since, known.reason)
    if known.standing is Standing.VERIFIED:
        return Reached(Reach.DELIVERING, known.since, proven=True)
    if taken_at is not None and (known.since is None or taken_at > known.since):
        return Reached(Reach.DELIVERING, taken_at)
    return Reached(Reach.UNVERIFIED)
