"""The rehearsal's documents: one for each way that a document can end, in each country."""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.document import Document
from acuse.domain.party import Customer

LOST_ANSWER = "hang_after_accept"  # the document arrived, its answer never leaves


@dataclass(frozen=True, slots=True)
class Scene:
    """One document: what it shows, whether it is to be mailed, what is done on its way.

    `add_email` releases what is held; `handed_over` says to whom it was given on paper; `mended` is
    what is issued again under its number once it was rejected; `again` issues the same for another
    customer under a new number; `replies` are what the authority is asked to answer first, `world`
    how the pretended world is set for it and what follows;
    `answered_by_buyer`: the buyer is a company of ours and replies; `gathered`: it goes by the
    day's summary; `voided` is why it is taken back once accepted.
    """

    title: str
    document: Document
    expects_mail: bool
    add_email: str = ""
    handed_over: str = ""
    mended: Document | None = None
    replies: tuple[object, ...] = ()
    world: tuple[tuple[str, str], ...] = ()
    answered_by_buyer: bool = False
    gathered: bool = False
    again: Customer | None = None
    voided: str = ""
