"""The letters of one delivery: one packet, encoded once, in a message for each address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from acuse.domain.face import Attachment
from acuse.domain.jurisdiction import Jurisdiction
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked, Problem
from acuse.flow import (
    letter_facts,
    mail_templates,
    outside,
    public_pages,
    returns,
    roads,
    signing,
)
from acuse.flow.public_pages import Link
from acuse.mail.addressed import Heads
from acuse.mail.compose import Letter, compose, part
from acuse.mail.letter import LetterFacts, letter_texts, subject_line
from acuse.mail.packing import Fitted, fit, weight
from acuse.store import documents

TOO_HEAVY = "XX-PKT-1"


class Made(TypedDict):
    """A recipient's message and the names under which news of it will come."""

    token: str
    message_name: str
    return_path: str
    message: bytes
    template: int | None


class Maker:
    """Makes the message for each address of one delivery.

    Raises Blocked where the packet fits into no message of the installation's size, or of
    `largest` bytes where that is less, or the company's words name what this document does not
    have.
    """

    def __init__(
        self,
        jurisdiction: Jurisdiction,
        company: Company,
        issued: documents.Issued,
        judged_at: datetime,
        packet: tuple[Attachment, ...],
        at: datetime,
        *,
        largest: int | None = None,
    ) -> None:
        self._company, self._at = company, at
        self._largest = min(largest or outside.mail_largest(), outside.mail_largest())
        self.fitted = _fitted(jurisdiction, packet, company.environment, self._largest)
        facts = letter_facts.of_document(jurisdiction, company, issued, judged_at)
        self._facts = _with_files(facts, self.fitted)
        self._words = mail_templates.in_force(company, issued.document.kind)
        self._fixed = jurisdiction.subject(issued.document, issued.issuer, issued.sealed)
        self._parts = tuple(part(file) for file in self.fitted.files)
        self._sender = roads.sender(company)
        self._signer = signing.Signer(company, self._sender)
        self._home = returns.home(company, self._sender)

    def to(
        self, address: str, token: str, link: Link | None = None, *, heads: Heads | None = None
    ) -> Made:
        """The message to one address; `token` names it in its return path and Message-ID.

        `link` leads to its own public page; `heads` are the addresses that it shows, its own
        without them.
        """
        facts = replace(self._facts, link=link.address if link else "")
        if link and self._company.counts_opens:
            facts = replace(facts, pixel=link.pixel)
        text, html = letter_texts(facts, self._words.body)
        _, _, domain = self._sender.partition("@")
        message_name = f"<{token}@{domain}>"
        company = self._company
        name = company.shown_name
        letter = Letter(
            sender_name=name,
            sender=self._sender,
            to=address,
            heads=heads or Heads((address,)),
            reply_to_name=name,
            reply_to=company.email,
            subject=self._fixed or subject_line(facts, self._words.subject),
            text=text,
            html=html,
            message_id=message_name,
            date=self._at,
            token=token,
        )
        message = self._signer.sign(compose(letter, self._parts), at=self._at)
        if len(message) > self._largest:
            raise Blocked([_too_heavy(len(message), self._largest)])
        return Made(
            token=token,
            message_name=message_name,
            return_path=returns.path(self._home, token),
            message=message,
            template=self._words.id,
        )


def _fitted(
    jurisdiction: Jurisdiction,
    packet: tuple[Attachment, ...],
    environment: Environment,
    largest: int,
) -> Fitted:
    packing, pages = jurisdiction.traits.packing, public_pages.base(environment)
    fitted = fit(packet, largest=largest, packing=packing, link=pages)
    if fitted is None:
        raise Blocked([_too_heavy(weight(packet), largest)])
    return fitted


def _with_files(facts: LetterFacts, fitted: Fitted) -> LetterFacts:
    files = tuple((file.name, file.content_type) for file in fitted.files)
    return replace(facts, files=files, linked=fitted.linked)


def _too_heavy(size: int, largest: int) -> Problem:
    told = (
        f"El mensaje pesaría {_weight(size)} y el servidor de correo admite "
        f"{_weight(largest)}. Usa un logotipo más liviano o entrega el "
        "documento por otro medio."
    )
    return Problem("packet", TOO_HEAVY, told, "reliability.md F72")


def _weight(size: int) -> str:
    if size < 1e6:
        return f"{max(round(size / 1e3), 1)} KB"
    return f"{size / 1e6:.1f}".replace(".", ",").removesuffix(",0") + " MB"
