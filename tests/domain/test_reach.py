"""How an address does: everything that may be known of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.reach import Reach, Reached, reach
from acuse.domain.suppression import Known, Standing
from tests.support.makers import AT

BEFORE, AFTER = AT - timedelta(hours=1), AT + timedelta(hours=1)
HELD = Known(Standing.SUPPRESSED, AT, "NOBODY_THERE")
BOUNCED = Known(Standing.BOUNCED, AT, "MAILBOX_FULL")
TABLE = [
    (None, None, Reached(Reach.UNVERIFIED)),
    (None, AT, Reached(Reach.DELIVERING, AT)),
    (Known(Standing.DELIVERING), AT, Reached(Reach.DELIVERING, AT)),
    # Released at AT: what was taken before says nothing.
    (Known(Standing.DELIVERING, AT), None, Reached(Reach.UNVERIFIED)),
    (Known(Standing.DELIVERING, AT), BEFORE, Reached(Reach.UNVERIFIED)),
    (Known(Standing.DELIVERING, AT), AFTER, Reached(Reach.DELIVERING, AFTER)),
    (Known(Standing.VERIFIED, AT), None, Reached(Reach.DELIVERING, AT, proven=True)),
    (Known(Standing.VERIFIED, AT), AFTER, Reached(Reach.DELIVERING, AT, proven=True)),
    (BOUNCED, None, Reached(Reach.BOUNCED, AT, "MAILBOX_FULL")),
    (BOUNCED, AFTER, Reached(Reach.BOUNCED, AT, "MAILBOX_FULL")),
    (HELD, None, Reached(Reach.SUPPRESSED, AT, "NOBODY_THERE")),
    (HELD, AFTER, Reached(Reach.SUPPRESSED, AT, "NOBODY_THERE")),
]


@pytest.mark.parametrize(("known", "taken_at", "found"), TABLE)
def test_an_address_does_as_the_table_says(
    known: Known | None, taken_at: object, found: Reached
) -> None:
    assert reach(known, taken_at) == found  # type: ignore[arg-type]  # a datetime or None


def test_every_standing_is_in_the_table() -> None:
    assert {known.standing for known, _, _ in TABLE if known} == set(Standing)
