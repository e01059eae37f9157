"""What the printed document shows. Source: costa-rica.md 7."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.face import Face, Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import rounded
from acuse.domain.party import Address, Company
from acuse.domain.traits import marked
from acuse.jurisdictions.cr import content, content_line, ids, lists, references
from acuse.jurisdictions.cr.codes import places
from acuse.jurisdictions.cr.doubts import (
    EXEMPT,
    EXONERATED,
    LEGEND,
    NOT_SUBJECT,
    TAXED,
    qr_content,
)
from acuse.jurisdictions.cr.face_lines import table
from acuse.jurisdictions.cr.face_words import NAMES, SIGNS, figure, grouped, rate_words
from acuse.jurisdictions.cr.ids import COSTA_RICA
from acuse.jurisdictions.cr.line_sums import NOTHING
from acuse.jurisdictions.cr.totals import Sums, sums
from acuse.jurisdictions.cr.traits import TRAITS

CLASS_ORDER = (TAXED, EXEMPT, EXONERATED, NOT_SUBJECT)  # as in ResumenFactura
SITUATIONS = {
    ids.CONTINGENCY: "Sustituye un comprobante provisional de contingencia",
    ids.OFFLINE: "Emitido sin conexión a internet",
}


def face(document: Document, company: Company, sealed: Sealed) -> Face:
    """The face of a document; figures are those of the XML, rounded for reading only."""
    kind = TRAITS.kind(document.kind)
    assert kind is not None
    counted = sums(document)
    sign = SIGNS.get(document.currency, document.currency)
    paper = content.paper(document, company)
    columns, rows = table(document, counted, roll=paper == content.ROLL)
    return Face(
        title=kind.name.upper(),
        number=sealed.number,
        issuer_name=company.shown_name,
        issuer=_issuer(company),
        issuer_id=f"{_label(company.tax_id.kind)} {company.tax_id.number}",
        counterparty=_counterparty(document),
        facts=_facts(document, sealed, counted, sign),
        columns=columns,
        lines=rows,
        totals=_totals(document, counted, sign),
        words="",
        notes=document.notes,
        legal=_legal(document, company, counted),
        fiscal_id_label=TRAITS.words.fiscal_id,
        fiscal_id=grouped(sealed.fiscal_id),
        qr=qr_content(sealed.fiscal_id),
        watermark=marked(company.environment, TRAITS.words),
        xml_name=sealed.file_name,
        xml=sealed.content,
        moment=int(sealed.sealed_at.timestamp()),
        paper=paper,
    )


def _legal(document: Document, company: Company, counted: Sums) -> tuple[str, ...]:
    """The legend, whose system it is, exoneration and references, and what rounding hides."""
    told = [LEGEND, f"Proveedor del sistema: {content.provider(company)}"]
    told += [_reference(document, index) for index in range(len(document.references))]
    authorisation = content.authorisation(document)
    if authorisation is not None and authorisation.given is not None:
        paper = authorisation.kind_text or lists.EXONERATIONS[authorisation.kind]
        giver = authorisation.institution_text or lists.INSTITUTIONS[authorisation.institution]
        told.append(
            f"Exoneración: {paper}, n.º {authorisation.number} del "
            f"{authorisation.given:%d/%m/%Y}, {giver}."
        )
    if content.situation(document) in SITUATIONS:
        told.append(f"{SITUATIONS[content.situation(document)]}.")
    if not _adds_up(counted):
        told.append("Las cifras se muestran con dos decimales; valen las del XML, con cinco.")
    return tuple(told)


def _adds_up(counted: Sums) -> bool:
    """Whether the figures as they are read make up the total."""
    parts = (counted.net, counted.tax, *counted.charges, -counted.returned)
    return sum(map(rounded, parts), Decimal(0)) == rounded(counted.total)


def _reference(document: Document, index: int) -> str:
    one = document.references[index]
    kind = references.kind(document, one)
    name = content.reference_other(document) or references.KINDS.get(kind, "")
    why = references.reason(one)
    number = f" {one.number}" if one.number else ""
    return f"Referencia: {name}{number} del {one.date:%d/%m/%Y}. {why}".strip() + "."


def _issuer(company: Company) -> tuple[Field, ...]:
    fields = []
    if company.trade_name:
        fields.append(Field("", company.legal_name))
    fields.append(Field("", place(company.address)))
    fields.append(Field("Actividad", content.activity(company)))
    if company.phone:
        fields.append(Field("Tel.", company.phone))
    fields.append(Field("", company.email))
    return tuple(fields)


def place(address: Address | None) -> str:
    """The address in one line, with the names behind its code."""
    if address is None:
        return ""
    names = places().get(address.place, ())
    return ", ".join(part for part in (address.line, *reversed(names)) if part)


def _counterparty(document: Document) -> tuple[Field, ...]:
    customer = document.counterparty
    fields = [Field("Proveedor" if content.seller_speaks(document) else "Cliente", customer.name)]
    if customer.tax_id.kind != content.NOBODY:
        shown = f"{_label(customer.tax_id.kind)} {customer.tax_id.number}"
        fields.append(Field("Identificación", shown))
    fields += [Field("Correo", one) for one in customer.shown_emails[:1]]
    if customer.address is not None and customer.address.line:
        fields.append(Field("Dirección", place(customer.address)))
    return tuple(fields)


def _label(kind: str) -> str:
    return next((one.label for one in TRAITS.tax_ids if one.key == kind), kind)


def _facts(document: Document, sealed: Sealed, counted: Sums, sign: str) -> tuple[Field, ...]:
    at = sealed.sealed_at.astimezone(COSTA_RICA)
    fields = [
        Field("Emisión", f"{at:%d/%m/%Y %H:%M:%S}"),
        Field("Condición", _condition(document, sealed)),
        *_means(counted, sign),
        Field("Moneda", NAMES.get(document.currency, document.currency)),
    ]
    if document.exchange_rate and document.currency != TRAITS.currency:
        fields.append(Field("Tipo de cambio", figure(document.exchange_rate)))
    if document.purchase_order:
        fields.append(Field("Orden de compra", document.purchase_order))
    return tuple(fields)


def _condition(document: Document, sealed: Sealed) -> str:
    condition = content.sale_condition(document)
    told = content.told(document.extra, "sale_condition_text")
    words = told if condition == lists.OTHER else lists.CONDITIONS[condition]
    days = content.credit_days(document, sealed.sealed_at.astimezone(COSTA_RICA).date())
    return f"{words}, {days} días" if condition in lists.ON_CREDIT else words


def _means(counted: Sums, sign: str) -> tuple[Field, ...]:
    """How it is paid; with its amount where there are several means."""
    several = len(counted.means) > 1
    return tuple(
        Field(
            "Medio de pago",
            (one.text or lists.MEANS_WORDS[one.code])
            + (f": {sign} {figure(amount)}" if several else ""),
        )
        for one, amount in counted.means
    )


def _totals(document: Document, counted: Sums, sign: str) -> tuple[Field, ...]:
    def row(label: str, amount: Decimal) -> Field:
        return Field(label, f"{sign} {figure(amount)}")

    fields = []
    for name in CLASS_ORDER if document.kind is not DocumentKind.PAYMENT else ():
        amounts = [counted.classes[place] for place in counted.classes if place[1] == name]
        if amounts:
            fields.append(row(f"Total {name}", sum(amounts, NOTHING)))
    if counted.discount:
        fields.append(row("Descuentos", counted.discount))
    fields.append(row("Venta neta", counted.net))
    fields += [row(label, amount) for label, amount in _taxes(counted)]
    if counted.assumed:
        fields.append(row("Impuesto asumido por el emisor", counted.assumed))
    for one, amount in zip(document.charges, counted.charges, strict=True):
        fields.append(row(content.charge_detail(one), amount))
    if counted.returned:
        fields.append(Field("IVA devuelto", f"−{sign} {figure(counted.returned)}"))
    fields.append(row("Total", counted.total))
    return tuple(fields)


def _taxes(counted: Sums) -> tuple[tuple[str, Decimal], ...]:
    """What is charged of each tax, highest rate first; what is nothing is left out if it can be."""
    charged: dict[str, Decimal] = {}
    order = sorted(
        counted.taxes,
        key=lambda one: (one[0] not in lists.VALUE_ADDED, -content_line.rate(one[1]), one[0]),
    )
    for code, tariff, amount in order:
        label = rate_words(code, tariff)
        charged[label] = charged.get(label, NOTHING) + amount
    rows = tuple(charged.items())
    return tuple(row for row in rows if row[1]) or rows[:1]
