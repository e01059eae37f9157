"""What the authority decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Outcome(StrEnum):
    """The three ways a document can be judged; success of a call is none of them."""

    ACCEPTED = "ACCEPTED"
    ACCEPTED_WITH_OBSERVATIONS = "ACCEPTED_WITH_OBSERVATIONS"
    REJECTED = "REJECTED"

    @property
    def accepts(self) -> bool:
        """Whether the document is valid, also with observations."""
        return self is not Outcome.REJECTED


class Evidence(StrEnum):
    """On what ground a verdict stands."""

    RECEIPT = "RECEIPT"  # the authority's own document, kept
    REGISTER = "REGISTER"  # the authority's register said so; it gives no document


@dataclass(frozen=True, slots=True)
class Remark:
    """An observation or a reason, in the authority's words; `line` is 1-based where told."""

    code: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement; `receipt` is the authority's answer as the customer gets it, byte for byte.

    `original` replaces our bytes as the legal original where the authority stamps them.
    """

    outcome: Outcome
    remarks: tuple[Remark, ...] = ()
    receipt: bytes | None = None
    evidence: Evidence = Evidence.RECEIPT
    original: bytes | None = None

    def of_line(self, line: int) -> Verdict:
        """The verdict as it stands for one line of a batch: remarks about other lines are not its.

        An observation of another line's leaves this one simply accepted.
        """
        mine = tuple(one for one in self.remarks if one.line in (None, line))
        if self.outcome is Outcome.ACCEPTED_WITH_OBSERVATIONS and not mine:
            return replace(self, outcome=Outcome.ACCEPTED, remarks=())
        return replace(self, remarks=mine)
