"""Documents of others: verified, shown, answered by an event. Source: colombia.md 8 and 9."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from acuse.domain.jurisdiction import Credential, Draws, Sealed
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
    Reception,
    ReceptionKind,
)
from acuse.domain.traits import FieldSpec
from acuse.jurisdictions.co import declaration, mailed, received
from acuse.jurisdictions.co import reception as checks
from acuse.jurisdictions.co.rules_reception import CLAIMS, DECLARABLES, RULES

SERIES = DeclarationSeries("AR")  # of our declarations, apart from every series of documents


class Receptions:
    """The Counter; see acuse.domain.jurisdiction for what each answer is."""

    claims = tuple(CLAIMS.items())
    declarables: tuple[Declarable, ...] = DECLARABLES
    apart = False
    events: Mapping[str, ReceptionKind] = {rule.code: rule.kind for rule in RULES}
    answered = frozenset({DocumentKind.INVOICE})  # type 01, the only one that events may name

    def together(self, files: tuple[bytes, ...]) -> tuple[tuple[int, ...], ...]:
        return tuple((place,) for place in range(len(files)))

    def read_received(self, raw: bytes) -> ReceivedDocument | Problem:
        return received.read_received(raw)

    def looks(self, raw: bytes) -> Looks:
        return mailed.looks(raw)

    def read_event(self, raw: bytes) -> ReceivedEvent | Problem:
        return mailed.read_event(raw)

    def notices(
        self, document: ReceivedDocument, before: tuple[PastReception, ...], at: datetime
    ) -> tuple[Notice, ...]:
        return ()

    def last_day(self, issued_on: date) -> date | None:
        return None

    def fields(
        self, kind: ReceptionKind, document: ReceivedDocument, company: Company
    ) -> tuple[FieldSpec, ...]:
        return ()

    def series(self, kind: ReceptionKind, company: Company) -> DeclarationSeries:
        return SERIES

    def reception_problems(
        self, reception: Reception, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        return checks.reception_problems(reception, company, at)

    def seal_reception(
        self,
        reception: Reception,
        company: Company,
        draws: Draws,
        credential: Credential,
        at: datetime,
    ) -> Sealed:
        return declaration.seal_reception(reception, company, draws, credential, at)
