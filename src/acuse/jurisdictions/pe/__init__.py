"""Peru: SUNAT's answers to what every jurisdiction is asked. Source: peru.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from acuse.domain.document import Document
from acuse.domain.face import Attachment, Face
from acuse.domain.jurisdiction import Credential, Draws, Purpose, Sealed
from acuse.domain.lookup import Lookup
from acuse.domain.party import Company, TaxId
from acuse.domain.problem import Problem
from acuse.domain.submission import Call, Case, Finding, NoReply, Reply
from acuse.domain.told_identity import ToldIdentity
from acuse.domain.totals import Totals
from acuse.domain.traits import Traits
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.pe import (
    bundle,
    calls,
    checks_company,
    checks_sending,
    content,
    identify,
    kinds,
    lookup,
    replies,
)
from acuse.jurisdictions.pe.clerk import Clerk
from acuse.jurisdictions.pe.traits import TRAITS


class Peru:
    """The jurisdiction; see acuse.domain.jurisdiction for what each answer is."""

    traits: Traits = TRAITS
    desk: None = None
    counter: None = None
    clerk = Clerk()
    cashier: None = None

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
        found = kinds.problems(document, company, at)
        return (*found, *checks_sending.sending_problems(document, company))

    def document_warnings(
        self, document: Document, company: Company, at: datetime
    ) -> tuple[Problem, ...]:
        return tuple(kinds.warnings(document, company, at))

    def series_begins(self, document: Document) -> str:
        return content.family(document) if content.is_note(document) else ""

    def totals(self, document: Document) -> Totals:
        return kinds.answers(document).totals(document)

    def seal(
        self,
        document: Document,
        company: Company,
        draws: Draws,
        credential: Credential,
        at: datetime,
        previous: Sealed | None = None,
    ) -> Sealed:
        return kinds.answers(document).seal(document, company, credential, at)

    def next_call(
        self, case: Case, company: Company, credential: Credential, at: datetime
    ) -> Call | None:
        return calls.next_call(case, company, credential, at)

    def read(self, case: Case, call: Call, reply: Reply | NoReply, at: datetime) -> Finding:
        return replies.read(case, call, reply, at)

    def rest(self, reply: Reply, at: datetime) -> timedelta:
        return timedelta()

    def face(
        self, document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
    ) -> Face:
        return kinds.answers(document).face(document, company, sealed, verdict)

    def verify(
        self, document: Document, company: Company, sealed: Sealed, verdict: Verdict | None
    ) -> Lookup | None:
        return lookup.verify(document, company, sealed, verdict)

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
        return bundle.bundle(sealed, company, verdict, pdf)

    def subject(self, document: Document, company: Company, sealed: Sealed) -> str:
        return ""


jurisdiction = Peru()
