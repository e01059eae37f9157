"""What the public page shows of a document, in its reader's language."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace

from acuse import jurisdictions
from acuse.domain.face import Face
from acuse.domain.lookup import Lookup
from acuse.domain.party import Company
from acuse.domain.text import capitalised
from acuse.domain.traits import KindTraits, Traits
from acuse.domain.verdict import Verdict
from acuse.store import companies, documents, journeys
from acuse.store.documents import Issued
from acuse.store.journeys import Journey
from acuse.store.public_pages import Page
from acuse.web.public import words
from acuse.web.public.words import Language
from acuse.web.states import Chip, fiscal

VOIDED = "Ya no vale: quien l{o} emitió l{o} anuló."  # agrees with the kind
LOGOS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True, slots=True)
class Told:
    """The page's document with all that is known of it."""

    company: Company
    traits: Traits
    kind: KindTraits
    issued: Issued
    verdict: Verdict | None
    face: Face
    lookup: Lookup | None
    journey: Journey


def of(found: Page) -> Told:
    """The document of that page."""
    company = companies.load(found.company_id)
    country = jurisdictions.find(company.jurisdiction)
    issued, verdict = documents.load(found.document_id), documents.verdict(found.document_id)
    kind = country.traits.kind(issued.document.kind)
    assert kind is not None, "an issued document's kind is served"
    return Told(
        company=company,
        traits=country.traits,
        kind=kind,
        issued=issued,
        verdict=verdict,
        face=country.face(issued.document, issued.issuer, issued.sealed, verdict),
        lookup=country.verify(issued.document, company, issued.sealed, verdict),
        journey=journeys.load(company.id, found.document_id),
    )


def facts(told: Told, language: Language) -> dict[str, str]:
    """What the page's words are filled with."""
    traits, lookup = told.traits, told.lookup
    authority, _ = words.country(traits, language, traits.words.authority)
    judged_at = documents.judged_at(told.journey.id)
    where = ""
    if lookup is not None:
        where = lookup.where_english if language is Language.EN else lookup.where
    return {
        "authority": authority,
        "first": capitalised(authority),
        "accepted": capitalised(traits.agree(told.kind.kind, traits.words.accepted_by)),
        "voided": traits.agree(told.kind.kind, VOIDED),
        "day": words.day(traits.day(judged_at) if judged_at else None, language),
        "where": where,
    }


def values(told: Told, language: Language) -> dict[str, object]:
    """All that is no word of the page."""
    document = told.issued.document
    return {
        "company": told.company,
        "logo": _logo(told.company.id),
        "face": told.face,
        "kind": told.kind,
        "customer": document.counterparty.name,
        "due": words.day(document.payment.due, language),
        "state": told.journey.state,
        "chip": _chip(told, language),
        "issued_on": words.day(told.traits.day(told.issued.sealed.sealed_at), language),
        "total": _total(told, language),
        "has_receipt": told.verdict is not None and told.verdict.receipt is not None,
        "lookup": told.lookup,
    }


def _chip(told: Told, language: Language) -> Chip:
    spanish = fiscal(told.journey, told.traits)
    if language is Language.ES:
        return spanish
    return replace(spanish, words=words.STATES.get(told.journey.state, spanish.words))


def _total(told: Told, language: Language) -> dict[str, str] | None:
    """What sums the document up, its name in the reader's language where it has one there."""
    if not told.face.totals:
        return None
    last = told.face.totals[-1]
    label, own = words.country(told.traits, language, last.label)
    return {"label": label, "language": own.value, "value": last.value}


def _logo(company_id: int) -> str:
    """The company's logo as an address with its bytes; "" without one."""
    logo = companies.logo(company_id)
    kind = next((kind for start, kind in LOGOS.items() if logo and logo.startswith(start)), "")
    return f"data:image/{kind};base64,{b64encode(logo or b'').decode()}" if kind else ""
