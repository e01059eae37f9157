"""Costa Rica: Hacienda's answers to what every jurisdiction is asked. Source: costa-rica.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from acuse.domain.document import Document
from acuse.domain.face import Attachment, Face
from acuse.domain.jurisdiction import Credential, Desk, Draws, Purpose, Sealed
from acuse.domain.lookup import Lookup
from acuse.domain.party import Company, TaxId
from acuse.domain.problem import Problem
from acuse.domain.submission import Call, Case, Finding, NoReply, Reply
from acuse.domain.told_identity import ToldIdentity
from acuse.domain.totals import Totals
from acuse.domain.traits import Traits
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.cr import (
    bundle,
    calls,
    checks,
    checks_company,
    face,
    identify,
    limits,
    lookup,
    replies,
    seal,
    totals,
)
from acuse.jurisdictions.cr.cashier import Cashier
from acuse.jurisdictions.cr.counter import Receptions
from acuse.jurisdictions.cr.questions import Questions
from acuse.jurisdictions.cr.traits import TRAITS


class CostaRica:
    """The jurisdiction; see acuse.domain.jurisdiction for what each answer is."""

    traits: Traits = TRAITS
    desk: Desk = Questions()
    counter = Receptions()
    clerk: None = None
    cashier = Cashier()

    def company_problems(
        self, company: Company, at: datetime, purpose: Purpose
    ) -> tuple[Problem, ...]:
        return tuple(checks_company.company_problems(company, at, purpose))

    def identify(self, told: ToldIdentity) -> TaxId | Problem:
        return identify.identify(told)

    def place(self, told: str) -> str | Problem:
        return identify.place(told)

    def secret_problems(self, name: str, value: str) -> tuple[Problem, ...]:
        return ()

    def document_problems(
        self, document: Document, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        return tuple(checks.document_problems(document, company, at))

    def document_warnings(
        self, document: Document, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        return tuple(checks.document_warnings(document, company))

    def series_begins(self, document: Document) -> str:
        return ""

    def totals(self, document: Document) -> Totals:
        return totals.totals(document)

    def seal(
        self,
        document: Document,
        company: Company,
        draws: Draws,
        credential: Credential,
        at: datetime,
        previous: Sealed | None = None,
    ) -> Sealed:
        return seal.seal(document, company, draws, credential, at)

    def next_call(
        self, case: Case, company: Company, credential: Credential, at: datetime
    ) -> Call | None:
        return calls.next_call(case, company, credential, at)

    def read(self, case: Case, call: Call, reply: Reply | NoReply, at: datetime) -> Finding:
        return replies.read(case, call, reply, at)

    def rest(self, reply: Reply, at: datetime) -> timedelta:
        return limits.rest(reply, at)

    def face(
        self, document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
    ) -> Face:
        return face.face(document, company, sealed)

    def verify(
        self, document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
    ) -> Lookup | None:
        return lookup.verify(company, sealed)

    def bundle(
        self,
        document: Document,
        company: Company,
        sealed: Sealed,
        verdict: Verdict | None,
        pdf: bytes,
        draws: Draws,
        credential: Credential,
        at: datetime,
    ) -> tuple[Attachment, ...] | Problem:
        return bundle.bundle(sealed, verdict, pdf)

    def subject(self, document: Document, company: Company, sealed: Sealed) -> str:
        return ""


jurisdiction = CostaRica()
