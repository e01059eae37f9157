"""The letters of one delivery: one packet, encoded once, in a message for each address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Jurisdiction
from acuse.domain.party import Company
from acuse.domain.traits import marked
from acuse.domain.verdict import Verdict
from acuse.flow import outside
from acuse.mail.compose import Letter, compose, part
from acuse.mail.letter import LetterFacts, letter_texts
from acuse.store import documents


class Made(TypedDict):
    """A recipient's message and the names under which news of it will come."""

    token: str
    message_name: str
    return_path: str
    message: bytes


class Maker:
    """Makes the message for each address of one delivery."""

    def __init__(
        self,
        jurisdiction: Jurisdiction,
        company: Company,
        issued: documents.Issued,
        verdict: Verdict,
        judged_at: datetime,
        files: tuple[Attachment, ...],
        at: datetime,
    ) -> None:
        self._company = company
        self._at = at
        self._parts = tuple(part(file) for file in files)
        self._subject = jurisdiction.subject(issued.document, issued.issuer, issued.sealed)
        self._sender = outside.sender(company)
        self._facts = _facts(jurisdiction, company, issued, judged_at, files)

    def to(self, address: str, token: str, link: str = "") -> Made:
        """The message to one address; `token` names it in its return path and Message-ID.

        `link` opens the recipient's public page, "" without one.
        """
        text, html = letter_texts(replace(self._facts, link=link))
        local, _, domain = self._sender.partition("@")
        message_name = f"<{token}@{domain}>"
        company = self._company
        name = company.shown_name
        letter = Letter(
            sender_name=name,
            sender=self._sender,
            to=address,
            reply_to_name=name,
            reply_to=company.email,
            subject=self._subject,
            text=text,
            html=html,
            message_id=message_name,
            date=self._at,
            token=token,
        )
        return Made(
            token=token,
            message_name=message_name,
            return_path=f"{local}+{token}@{domain}",
            message=compose(letter, self._parts),
        )


def _facts(
    jurisdiction: Jurisdiction,
    company: Company,
    issued: documents.Issued,
    judged_at: datetime,
    files: tuple[Attachment, ...],
) -> LetterFacts:
    traits = jurisdiction.traits
    kind = traits.kind(issued.document.kind)
    assert kind is not None, "an issued document's kind is served"
    face = jurisdiction.face(issued.document, issued.issuer, issued.sealed, None)
    zone = ZoneInfo(traits.timezone)
    return LetterFacts(
        company_name=company.shown_name,
        company_tax_id=face.issuer_id,
        company_email=company.email,
        customer_name=issued.document.counterparty.name,
        kind_name=kind.name,
        number=issued.sealed.number,
        total=face.totals[-1].value if face.totals else "",
        authority=traits.words.authority,
        accepted_by=traits.agree(kind.kind, traits.words.accepted_by),
        accepted_on=judged_at.astimezone(zone).strftime("%d/%m/%Y"),
        due_on=issued.document.payment.due.strftime("%d/%m/%Y")
        if issued.document.payment.due
        else "",
        files=tuple((file.name, file.content_type) for file in files),
        watermark=marked(company.environment, traits.words),
        article="la" if kind.feminine else "el",
    )
