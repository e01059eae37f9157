"""What a country answers where documents of others are received. Source: design.md 3.7.

Everything is passed in, as to a Jurisdiction, of which this is a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.received import (
    Declarable,
    DeclarationSeries,
    Looks,
    Notice,
    PastReception,
    ReceivedDocument,
    ReceivedEvent,
    ReceivedReceipt,
    Reception,
    ReceptionKind,
)
from acuse.domain.sealing import Credential, Draws, Sealed
from acuse.domain.traits import FieldSpec


class Counter(Protocol):
    """Documents of others: verify, show, reply to; and what is declared about ours."""

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """The reasons that a claim may give: (code, words)."""
        ...

    @property
    def declarables(self) -> tuple[Declarable, ...]:
        """What may be declared about a document, in the order in which a person thinks of it."""
        ...

    @property
    def apart(self) -> bool:
        """Whether the authority's answer comes in a file of its own, beside the document."""
        ...

    @property
    def events(self) -> Mapping[str, ReceptionKind]:
        """What each of the authority's codes of events declares."""
        ...

    @property
    def answered(self) -> frozenset[DocumentKind]:
        """The kinds of our documents about which a buyer may declare something.

        What was made again in contingency is of another type to its authority, and none of them.
        """
        ...

    def together(self, files: tuple[bytes, ...]) -> tuple[tuple[int, ...], ...]:
        """Which files, by their places, are read as one: each place once; never raises."""
        ...

    def read_received(self, raw: bytes) -> ReceivedDocument | ReceivedReceipt | Problem:
        """The supplier's document in a file or archive, verified; or what is wrong with it.

        Where `apart`, the authority's answer may come without the document, too.
        """
        ...

    def looks(self, raw: bytes) -> Looks:
        """What a file or archive that came by mail seems to be; never raises."""
        ...

    def read_event(self, raw: bytes) -> ReceivedEvent | Problem:
        """What another declares in a file or archive, verified; or what is wrong with it."""
        ...

    def notices(
        self, document: ReceivedDocument, before: tuple[PastReception, ...], at: datetime
    ) -> tuple[Notice, ...]:
        """What a person should know of the document before answering it: terms, what it lacks."""
        ...

    def last_day(self, issued_on: date) -> date | None:
        """The last day to answer a document of that day; None where nothing counts from it."""
        ...

    def fields(
        self, kind: ReceptionKind, document: ReceivedDocument, company: Company
    ) -> tuple[FieldSpec, ...]:
        """The country's own fields of such a declaration about that document."""
        ...

    def series(self, kind: ReceptionKind, company: Company) -> DeclarationSeries:
        """The series of the company from which such a declaration takes its number."""
        ...

    def reception_problems(
        self, reception: Reception, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        """Why the answer may not be given (order, term, missing person), before it is signed."""
        ...

    def seal_reception(
        self,
        reception: Reception,
        company: Company,
        draws: Draws,
        credential: Credential,
        at: datetime,
    ) -> Sealed:
        """The signed answer to a received document; same arguments, same bytes."""
        ...
