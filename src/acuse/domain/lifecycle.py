"""The states of a document, as one table.

Source: design.md 3.5. What the screen calls "en proceso" or "necesita atención" is read off the
submission; it is no state of the document.
"""

from __future__ import annotations

from enum import StrEnum

from acuse.domain.verdict import Outcome


class DocumentState(StrEnum):
    """Where a document stands."""

    DRAFT = "DRAFT"  # the user may change it
    DISCARDED = "DISCARDED"  # a draft that nobody wants any more; it never had a number
    ISSUED = "ISSUED"  # numbered, signed, frozen; the authority has not judged it
    ACCEPTED = "ACCEPTED"
    ACCEPTED_WITH_OBSERVATIONS = "ACCEPTED_WITH_OBSERVATIONS"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"  # never judged, its number kept with the reason
    VOIDED = "VOIDED"  # accepted once, its voiding accepted later


class DocumentEvent(StrEnum):
    """What can happen to a document."""

    ISSUE = "issue"
    DISCARD = "discard"
    ACCEPTED = "accepted"
    OBSERVED = "observed"
    REJECTED = "rejected"
    REOPEN = "reopen"  # only where the jurisdiction lets a rejected number be used again
    WITHDRAW_FOR_MENDING = "withdraw for mending"  # the authority is proven not to hold it
    GIVE_UP = "give up"  # same proof
    VOID = "void"


_S, _E = DocumentState, DocumentEvent

TABLE: dict[tuple[DocumentState, DocumentEvent], DocumentState] = {
    (_S.DRAFT, _E.ISSUE): _S.ISSUED,
    (_S.DRAFT, _E.DISCARD): _S.DISCARDED,
    (_S.ISSUED, _E.ACCEPTED): _S.ACCEPTED,
    (_S.ISSUED, _E.OBSERVED): _S.ACCEPTED_WITH_OBSERVATIONS,
    (_S.ISSUED, _E.REJECTED): _S.REJECTED,
    (_S.REJECTED, _E.REOPEN): _S.DRAFT,
    (_S.ISSUED, _E.WITHDRAW_FOR_MENDING): _S.DRAFT,
    (_S.ISSUED, _E.GIVE_UP): _S.WITHDRAWN,
    (_S.ACCEPTED, _E.VOID): _S.VOIDED,
    (_S.ACCEPTED_WITH_OBSERVATIONS, _E.VOID): _S.VOIDED,
}

# Before anything was signed: no number is bound, no paper is made.
UNISSUED = frozenset({_S.DRAFT, _S.DISCARDED})

# The only states in which a mail of the document may be begun, whoever asks for it.
MAILABLE = frozenset({_S.ACCEPTED, _S.ACCEPTED_WITH_OBSERVATIONS})

JUDGED: dict[Outcome, DocumentEvent] = {
    Outcome.ACCEPTED: _E.ACCEPTED,
    Outcome.ACCEPTED_WITH_OBSERVATIONS: _E.OBSERVED,
    Outcome.REJECTED: _E.REJECTED,
}


class IllegalTransition(Exception):
    """A step that its table does not have: an assumption of ours is broken."""


def advance(state: DocumentState, event: DocumentEvent) -> DocumentState:
    """The state after the event; raises IllegalTransition where the table has none."""
    try:
        return TABLE[state, event]
    except KeyError:
        raise IllegalTransition(f"a document in {state} cannot {event}") from None
