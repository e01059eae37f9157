"""A letter shown before it goes: about a real document of the company where there is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from acuse import jurisdictions
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.flow import letter_facts, mail_templates, public_pages
from acuse.mail.letter import LetterFacts, letter_texts, subject_line
from acuse.store import deliveries, documents
from acuse.store import mail_templates as kept


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as its reader would get it; `document` is the real one it tells of, "" for none."""

    subject: str
    text: str
    html: str
    document: str


def show(company: Company, kind: DocumentKind, subject: str, body: str, *, at: datetime) -> Shown:
    """The letter about the last accepted document of that kind, or an example; saves nothing.

    Raises Blocked as `checked` does, and for what that document has no value for.
    """
    words = mail_templates.checked(company, kind, subject, body)
    country = jurisdictions.find(company.jurisdiction)
    page = public_pages.draw(company.environment)  # it opens nothing, and looks like one that does
    link = page.address if page else ""
    document_id = kept.example(company.id, kind)
    if document_id is None:
        facts = letter_facts.example(
            country.traits, company, mail_templates.served(company, kind), at=at, link=link
        )
        return _shown(subject_line(facts, words[0]), facts, words[1], "")
    issued = documents.load(document_id)
    judged_at = documents.judged_at(document_id) or at
    facts = letter_facts.of_document(country, company, issued, judged_at, link=link)
    names = tuple(
        (file.name, file.content_type) for file in deliveries.earlier_packet(document_id)
    ) or ((issued.sealed.file_name, "application/xml"),)
    fixed = country.subject(issued.document, issued.issuer, issued.sealed)
    line = fixed or subject_line(facts, words[0])
    return _shown(line, replace(facts, files=names), words[1], issued.sealed.number)


def _shown(subject: str, facts: LetterFacts, body: str, number: str) -> Shown:
    text, html = letter_texts(facts, body)
    return Shown(subject, text, html, number)
