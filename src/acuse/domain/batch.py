"""Documents that the authority judges together, and messages that take documents back.

Source: design.md 3.4 (Batch) and 3.5 (Submission, purpose VOID).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from acuse.domain.document import Document


class BatchKind(StrEnum):
    """What a batch is for."""

    SUMMARY = "SUMMARY"  # documents of one day that are judged by way of it
    VOIDING = "VOIDING"  # accepted documents that are taken back
    REVERSAL = "REVERSAL"  # the same, of the kinds that another service judges


class MemberAction(StrEnum):
    """What a batch does with one of its documents."""

    ADD = "ADD"
    MODIFY = "MODIFY"
    VOID = "VOID"


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a batch; `number` as printed, `reason` why it is voided, in the user's words.

    Its place among the members, from 1 on, is the line that the authority names.
    """

    document: Document
    number: str
    action: MemberAction
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one day (`reference_date`, their day of issue) in one file.

    `ordinal` counts the files of the kind that the company made on the day `made_on`.
    """

    kind: BatchKind
    reference_date: date
    made_on: date
    ordinal: int
    members: tuple[Member, ...]
