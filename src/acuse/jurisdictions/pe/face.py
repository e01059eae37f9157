"""What the printed factura, boleta and their notes show. Source: peru.md 7."""

from __future__ import annotations

from acuse.domain.document import Document, PaymentForm
from acuse.domain.face import Face, Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Address, Company
from acuse.domain.traits import marked
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import CURRENCIES, IGV
from acuse.jurisdictions.pe.face_lines import roll_table, table, totals
from acuse.jurisdictions.pe.face_notes import notes
from acuse.jurisdictions.pe.totals import Sums, sums
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.words import amount_in_words

ROLL = "80mm"
LEGAL = (
    "Representación impresa de la {title}. Consulta su validez en la página de SUNAT con el RUC "
    "del emisor, el tipo, la serie y el número, la fecha y el importe total."
)


def face(document: Document, company: Company, sealed: Sealed) -> Face:
    """The face of one of the four kinds; figures are those of the XML."""
    counted = sums(document)
    sign, currency = CURRENCIES[document.currency]
    kind = TRAITS.kind(document.kind)
    assert kind is not None
    title = kind.name.upper()
    on = paper(document, company)
    columns, rows = (roll_table if on == ROLL else table)(document, counted)
    return Face(
        title=title,
        number=sealed.number,
        issuer_name=company.shown_name,
        issuer=_issuer(company),
        issuer_id=f"RUC {company.tax_id.number}",
        counterparty=_counterparty(document),
        facts=_facts(document, sealed),
        columns=columns,
        lines=rows,
        totals=totals(counted, sign),
        words=f"SON: {amount_in_words(counted.payable, currency)}",
        notes=notes(document, company, counted, sign),
        legal=(LEGAL.format(title=title),),
        fiscal_id_label=TRAITS.words.fiscal_id,
        fiscal_id=sealed.fiscal_id,
        qr=qr(document, company, sealed, counted),
        watermark=marked(company.environment, TRAITS.words),
        xml_name=sealed.file_name,
        xml=sealed.content,
        paper=on,
        moment=int(sealed.sealed_at.timestamp()),
    )


def paper(document: Document, company: Company) -> str:
    """On what the company prints such a document."""
    told = content.own(company.extra, "paper", "A4")
    boleta = document.kind is DocumentKind.RECEIPT or content.family(document) == "B"
    return ROLL if told == ROLL or (told == "80mm-B" and boleta) else "A4"


def qr(document: Document, company: Company, sealed: Sealed, counted: Sums) -> str:
    """The ten fields, a bar after each."""
    series, _, value = sealed.number.partition("-")
    kind = TRAITS.kind(document.kind)
    assert kind is not None
    assert document.date is not None
    fields = (
        company.tax_id.number,
        kind.code,
        series,
        value,
        f"{counted.amount(IGV):.2f}",
        f"{counted.payable:.2f}",
        document.date.isoformat(),
        *content.identity(document.counterparty.tax_id),
        sealed.fiscal_id,
    )
    return "".join(f"{field}|" for field in fields)


def _issuer(company: Company) -> tuple[Field, ...]:
    fields = []
    if company.trade_name:
        fields.append(Field("", company.legal_name))
    fields.append(Field("", place(company.address)))
    annex = content.annex(company)
    if annex != "0000":
        fields.append(Field("Establecimiento", annex))
    if company.phone:
        fields.append(Field("Tel.", company.phone))
    if company.email:
        fields.append(Field("", company.email))
    return tuple(fields)


def place(address: Address | None) -> str:
    """The address in one line."""
    if address is None:
        return ""
    parts = (address.line, address.district, address.city, address.region)
    return ", ".join(part for part in parts if part)


def _counterparty(document: Document) -> tuple[Field, ...]:
    customer = document.counterparty
    fields = [Field("Cliente", customer.name)]
    code, number = content.identity(customer.tax_id)
    if code != content.NOBODY:
        fields.append(Field(customer.tax_id.kind, number))
    if customer.address is not None and customer.address.line:
        fields.append(Field("Dirección", place(customer.address)))
    return tuple(fields)


def _facts(document: Document, sealed: Sealed) -> tuple[Field, ...]:
    assert document.date is not None
    at = sealed.sealed_at.astimezone(content.LIMA)
    payment, note = document.payment, content.is_note(document)
    form = "Crédito" if payment.form is PaymentForm.CREDIT else "Contado"
    guias = ", ".join(number for number, _ in content.despatch_documents(document))
    told = [
        ("Fecha de emisión", f"{document.date:%d/%m/%Y} {at:%H:%M:%S}"),
        ("Moneda", CURRENCIES[document.currency][1].capitalize()),
        ("Tipo de cambio", f"{document.exchange_rate:f}" if document.exchange_rate else ""),
        ("Forma de pago", "" if note else form),
        ("Vencimiento", f"{payment.due:%d/%m/%Y}" if payment.due and not note else ""),
        ("Orden de compra", document.purchase_order),
        ("Guías", guias),
    ]
    return tuple(Field(label, value) for label, value in told if value)
