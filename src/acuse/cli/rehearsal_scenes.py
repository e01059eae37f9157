"""What a rehearsal is made of: companies, and a document for each way that one can end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company, Customer, Environment, TaxId
from acuse.domain.received import ReceptionKind, Signatory
from acuse.domain.traits import Traits

NUMBERED = Callable[[DocumentKind, str, int], str]  # a document as the sandbox finds it

LOST_ANSWER = "hang_after_accept"  # the document arrived, its answer never leaves


@dataclass(frozen=True, slots=True)
class Scene:
    """One document: what it shows, whether it is to be mailed, what is done on its way.

    `add_email` releases what is held; `handed_over` says to whom it was given on paper; `mended` is
    what is issued again under its number once it was rejected; `again` issues the same for another
    customer under a new number; `replies` are what the authority is asked to answer first, `world`
    how the pretended world is set for it and what follows; `answered_by_buyer`: the buyer is a
    company of ours and replies; `gathered`: it goes by the day's summary; `voided` is why it is
    taken back once accepted; `paid` are payments of it, each with a receipt of its own;
    `mail_faults` are what the customer's mail server answers first, `corrected` the address by
    which the one that failed is replaced.
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
    paid: tuple[Decimal, ...] = ()
    mail_faults: tuple[Mapping[str, object], ...] = ()
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """One invented company: what it is, what its certificate says, how it logs in.

    `enrols`: it must pass its authority's test set first.
    """

    company: Company
    certificate_serial: str
    secrets: tuple[tuple[str, str], ...]
    ranges: tuple[NumberingRange, ...] = ()
    enrols: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a buyer of ours does with what it got: who it is, what it declares, in which words.

    `told`: the issuer may ask its authority what was declared.
    """

    role: Role
    kind: ReceptionKind
    words: str
    person: Signatory | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    told: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """A country's part: its authority as the sandbox names it, its company, its documents.

    `printed` is a document's number as the sandbox finds it; `scenes` takes which run it is and
    when a sale on credit is due.
    """

    authority: str
    role: Role
    printed: NUMBERED
    scenes: Callable[[int, date], tuple[Scene, ...]]
    answer: Answer | None = None

    @property
    def code(self) -> str:
        """The country's code."""
        return self.role.company.jurisdiction


def company(traits: Traits, tax_id: TaxId, name: str, **facts: Any) -> Company:
    """An invented company of that country, in this installation's pretended world."""
    return Company(0, traits.code, Environment.SANDBOX, tax_id, name, **facts)
