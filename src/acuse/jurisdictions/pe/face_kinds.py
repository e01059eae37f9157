"""What the printed forms of all Peruvian documents that are no sale have alike.

Source: peru.md 7, 12, 13.
"""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.face import Face, Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.money import rounded
from acuse.domain.party import Address, Company, TaxId
from acuse.domain.traits import marked
from acuse.jurisdictions.pe import content, identities
from acuse.jurisdictions.pe.traits import TRAITS

LEGAL = (
    "Representación impresa del documento electrónico: {title}. Consulte su validez en la página "
    "de SUNAT con el RUC del emisor, el tipo, la serie y el número."
)
NARROW = "80mm"


def blank(title: str, document: Document, company: Company, sealed: Sealed) -> Face:
    """The face with what is known of any document; the rest is for its kind to fill in."""
    return Face(
        title=title,
        number=sealed.number,
        issuer_name=company.shown_name,
        issuer=_issuer(company),
        issuer_id=f"RUC {company.tax_id.number}",
        counterparty=(),
        facts=(),
        columns=(),
        lines=(),
        totals=(),
        words="",
        notes=document.notes,
        legal=(LEGAL.format(title=title),),
        fiscal_id_label=TRAITS.words.fiscal_id,
        fiscal_id=sealed.fiscal_id,
        qr="",
        watermark=marked(company.environment, TRAITS.words),
        xml_name=sealed.file_name,
        xml=sealed.content,
        paper=paper(company),
        moment=int(sealed.sealed_at.timestamp()),
    )


def paper(company: Company) -> str:
    """A till roll where the company prints everything on one, else A4."""
    return NARROW if company.extra.get("paper") == NARROW else "A4"


def issued(document: Document, sealed: Sealed) -> Field:
    """When the document was issued, in Lima's hours."""
    assert document.date is not None
    at = sealed.sealed_at.astimezone(content.LIMA)
    return Field("Fecha de emisión", f"{document.date:%d/%m/%Y} {at:%H:%M:%S}")


def party(label: str, name: str, identity: TaxId, at: Address | None) -> tuple[Field, ...]:
    """A party: its name, its identity, its address where one is known."""
    fields = (Field(label, name), Field(identity.kind, identity.number))
    return (*fields, Field("Dirección", place(at))) if at and at.line else fields


def place(at: Address | None) -> str:
    """The address in one line."""
    if at is None:
        return ""
    return ", ".join(part for part in (at.line, at.district, at.city, at.region) if part)


def figure(amount: Decimal) -> str:
    """As Peru writes it: 1,234.56."""
    return f"{rounded(amount):,.2f}"


def qr(company: Company, code: str, sealed: Sealed, *fields: str) -> str:
    """RUC, kind, series and number, then the kind's own fields and the hash, a bar after each."""
    series, _, value = sealed.number.partition("-")
    told = (company.tax_id.number, code, series, value, *fields, sealed.fiscal_id)
    return "".join(f"{one}|" for one in told)


def identity_fields(identity: TaxId) -> tuple[str, str]:
    """The two fields that a QR code has of the other party."""
    return identities.code(identity), identity.number


def _issuer(company: Company) -> tuple[Field, ...]:
    fields = [Field("", company.legal_name)] if company.trade_name else []
    fields.append(Field("", place(company.address)))
    if company.phone:
        fields.append(Field("Tel.", company.phone))
    if company.email:
        fields.append(Field("", company.email))
    return tuple(fields)
