"""What raises an alarm: a cause of failures that has spread, or a trouble that is no document's."""

from __future__ import annotations

from enum import StrEnum

from acuse.domain.failure import Cause


class Trouble(StrEnum):
    """What a company must hear of though nothing failed by it; its alarm ends when it is over."""

    SENDER_LOST = "SENDER_LOST"  # the DNS no longer proves the domain that its mails come from
    KEY_LOST = "KEY_LOST"  # nor shows the key that signs what leaves by the company's own server


Alarming = Cause | Trouble


def alarming(told: str) -> Alarming:
    """What an alarm's row tells of. Raises ValueError for another word."""
    return Trouble(told) if told in set(Trouble) else Cause(told)
