"""Documents of others: verified, shown, answered by a MensajeReceptor. Source: costa-rica.md 6."""

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
    ReceivedReceipt,
    Reception,
    ReceptionKind,
)
from acuse.domain.traits import FieldSpec
from acuse.jurisdictions.cr import confirmation, packet, received
from acuse.jurisdictions.cr import reception as checks
from acuse.jurisdictions.cr.rules_reception import DECLARABLES


class Receptions:
    """The Counter; see acuse.domain.jurisdiction for what each answer is."""

    claims: tuple[tuple[str, str], ...] = ()  # a rejection says why in its own words
    declarables: tuple[Declarable, ...] = DECLARABLES
    apart = True
    # What buyers answer to our documents is told by Hacienda to nobody but them.
    events: Mapping[str, ReceptionKind] = {}
    answered: frozenset[DocumentKind] = frozenset()

    def together(self, files: tuple[bytes, ...]) -> tuple[tuple[int, ...], ...]:
        return packet.together(files)

    def read_received(self, raw: bytes) -> ReceivedDocument | ReceivedReceipt | Problem:
        return received.read_received(raw)

    def looks(self, raw: bytes) -> Looks:
        return packet.looks(raw)

    def read_event(self, raw: bytes) -> ReceivedEvent | Problem:
        text = "Lo que tus clientes contestan no llega en archivos que se puedan leer aquí."
        return Problem("file", "CR-OWN-69", text, packet.RULE)

    def notices(
        self, document: ReceivedDocument, before: tuple[PastReception, ...], at: datetime
    ) -> tuple[Notice, ...]:
        return checks.notices(document, before, at)

    def last_day(self, issued_on: date) -> date | None:
        return checks.last_day(issued_on)

    def fields(
        self, kind: ReceptionKind, document: ReceivedDocument, company: Company
    ) -> tuple[FieldSpec, ...]:
        return confirmation.fields(kind, document, company)

    def series(self, kind: ReceptionKind, company: Company) -> DeclarationSeries:
        return confirmation.series(kind, company)

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
        return confirmation.seal_reception(reception, company, credential, at)
