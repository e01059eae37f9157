"""What a letter tells of a document, or of an example where there is none yet."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from acuse.domain.jurisdiction import Jurisdiction
from acuse.domain.party import Company
from acuse.domain.traits import KindTraits, Lines, Traits, marked
from acuse.mail.letter import LetterFacts
from acuse.store import documents

DAY = "%d/%m/%Y"


def of_document(
    jurisdiction: Jurisdiction,
    company: Company,
    issued: documents.Issued,
    judged_at: datetime,
    *,
    link: str = "",
) -> LetterFacts:
    """The facts of an accepted document, its files still to be named."""
    traits = jurisdiction.traits
    kind = traits.kind(issued.document.kind)
    assert kind is not None, "an issued document's kind is served"
    face = jurisdiction.face(issued.document, issued.issuer, issued.sealed, None)
    due = issued.document.payment.due
    return LetterFacts(
        company_name=company.shown_name,
        company_tax_id=face.issuer_id,
        company_email=company.email,
        company_phone=company.phone,
        customer_name=issued.document.counterparty.name,
        kind_name=kind.name,
        number=issued.sealed.number,
        issued_on=_day(issued.document.date or traits.day(issued.sealed.sealed_at)),
        fiscal_id=face.fiscal_id,
        total=face.totals[-1].value if face.totals else "",
        authority=traits.words.authority,
        accepted_by=traits.agree(kind.kind, traits.words.accepted_by),
        accepted_on=_day(judged_at.astimezone(ZoneInfo(traits.timezone)).date()),
        due_on=_day(due) if due else "",
        files=(),
        watermark=marked(company.environment, traits.words),
        link=link,
    )


def example(
    traits: Traits, company: Company, kind: KindTraits, *, at: datetime, link: str = ""
) -> LetterFacts:
    """The facts of an invented document of that kind, to show words before there is a real one."""
    today = _day(traits.day(at))
    amount = "1,180.00" if traits.words.decimal_mark == "." else "1.180,00"
    return LetterFacts(
        company_name=company.shown_name,
        company_tax_id=f"{traits.words.tax_id} {company.tax_id.number}",
        company_email=company.email,
        company_phone=company.phone,
        customer_name="Cliente de Ejemplo",
        kind_name=kind.name,
        number="123",
        issued_on=today,
        fiscal_id="0123456789abcdef",
        total="" if kind.lines is Lines.GOODS else f"{traits.currency} {amount}",
        authority=traits.words.authority,
        accepted_by=traits.agree(kind.kind, traits.words.accepted_by),
        accepted_on=today,
        due_on="",
        files=(("documento.xml", "application/xml"), ("documento.pdf", "application/pdf")),
        watermark=marked(company.environment, traits.words),
        link=link,
    )


def _day(on: date) -> str:
    return on.strftime(DAY)
