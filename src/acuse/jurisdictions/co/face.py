"""What the printed form of a document shows; figures are those of the XML, in pesos.

Source: colombia.md 8 ("PDF must show") and 4.6 (the code).
"""

from __future__ import annotations

from datetime import datetime

from acuse.domain.document import Document, PaymentForm
from acuse.domain.face import Face, Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Company
from acuse.domain.traits import marked
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.co import codes, content, ids
from acuse.jurisdictions.co import face_words as words
from acuse.jurisdictions.co.codes import IVA
from acuse.jurisdictions.co.face_lines import roll_table, table, totals
from acuse.jurisdictions.co.lists import CONSUMER
from acuse.jurisdictions.co.totals import PESOS, Sums, in_pesos, sums
from acuse.jurisdictions.co.traits import TRAITS
from acuse.jurisdictions.co.words import pesos_in_words
from acuse.xml import parse

OPERATIONS = {
    "09": "AIU",
    "11": "Mandatos",
    "12": "Transporte",
    **{code: f"Sector salud ({code})" for code in codes.HEALTH},
}
CASH = (  # of a POS document: key, words
    ("cash_register", "Caja"),
    ("cash_kind", "Tipo de caja"),
    ("cash_place", "Ubicación"),
    ("cashier", "Cajero"),
    ("sale_code", "Venta"),
)


def face(document: Document, company: Company, sealed: Sealed, verdict: Verdict | None) -> Face:
    """The face of any kind; a till's document is drawn for a roll of 80 mm."""
    pesos = in_pesos(document)
    counted = sums(pesos)
    roll = document.kind is DocumentKind.RECEIPT
    columns, rows = roll_table(pesos, counted) if roll else table(pesos, counted)
    return Face(
        title=words.TITLES[document.kind],
        number=sealed.number,
        issuer_name=company.shown_name,
        issuer=_issuer(document.kind, company),
        issuer_id=words.identity(company.tax_id),
        counterparty=_counterparty(document),
        facts=_facts(document, sealed, verdict),
        columns=columns,
        lines=rows,
        totals=totals(counted),
        words=f"SON: {pesos_in_words(counted.payable)}",
        notes=(*_references(document), *document.notes, *_agreed(document)),
        legal=_legal(document, company),
        fiscal_id_label=words.fiscal_id_name(document.kind),
        fiscal_id=sealed.fiscal_id,
        qr=qr(document, company, sealed, counted),
        watermark=marked(company.environment, TRAITS.words),
        xml_name=sealed.file_name,
        xml=sealed.content,
        paper="80mm" if roll else "A4",
        qr_level="m",  # the content is long: at a higher level its squares would be too small
        qr_each_page=True,
        moment=int(sealed.sealed_at.timestamp()),
    )


def qr(document: Document, company: Company, sealed: Sealed, counted: Sums) -> str:
    """The ten lines and the address where anybody looks the document up."""
    others = sum((group.amount for group in counted.taxes), ZERO) - counted.tax(IVA)
    told = (
        ("NumFac", sealed.number),
        ("FecFac", ids.day(sealed.sealed_at)),
        ("HorFac", ids.hour(sealed.sealed_at)),
        ("NitFac", company.tax_id.number),
        ("DocAdq", document.counterparty.tax_id.number),
        ("ValFac", f"{counted.line_extension:.2f}"),
        ("ValIva", f"{counted.tax(IVA):.2f}"),
        ("ValOtroIm", f"{others:.2f}"),
        ("ValTolFac", f"{counted.payable:.2f}"),
        (words.fiscal_id_name(document.kind), sealed.fiscal_id),
    )
    lines_ = [f"{name}: {value}" for name, value in told]
    return "\n".join((*lines_, ids.qr_url(sealed.fiscal_id, company.environment)))


def _issuer(kind: DocumentKind, company: Company) -> tuple[Field, ...]:
    fields = [Field("", words.role(kind))]
    if company.trade_name:
        fields.append(Field("", company.legal_name))
    fields.append(Field("", words.place(company.address)))
    fields.append(Field("", words.qualities(company)))
    activity = str(company.extra.get("activity") or "")
    if activity:
        fields.append(Field("Actividad económica", activity.replace(";", ", ")))
    if company.phone:
        fields.append(Field("Tel.", company.phone))
    if company.email:
        fields.append(Field("", company.email))
    return tuple(one for one in fields if one.value)


def _counterparty(document: Document) -> tuple[Field, ...]:
    customer, sells = document.counterparty, words.is_purchase(document.kind)
    fields = [Field("Vendedor" if sells else "Cliente", customer.name)]
    if content.is_consumer(customer):
        return (Field("Cliente", "Consumidor final"), Field("Identificación", CONSUMER))
    fields.append(Field("Identificación", words.identity(customer.tax_id)))
    where = words.place(customer.address)
    fields += [Field("Dirección", where)] if where else []
    fields += [Field("Tel.", customer.phone)] if customer.phone else []
    fields += [Field("Correo", one) for one in customer.shown_emails[:1]]
    return tuple(fields)


def _facts(document: Document, sealed: Sealed, verdict: Verdict | None) -> tuple[Field, ...]:
    extra, payment = document.extra, document.payment
    code, dues = content.payment_code(document), content.due_days(document)
    told = [
        ("Generación", _moment(sealed.sealed_at)),
        ("Validación DIAN", _validated(verdict)),
        ("Forma de pago", "Crédito" if payment.form is PaymentForm.CREDIT else "Contado"),
        ("Medio de pago", codes.payment_means().get(code, code)),
        ("Vencimiento", f"{dues[-1]:%d/%m/%Y}" if dues else ""),
        (
            "Moneda",
            PESOS if document.currency == PESOS else f"{PESOS} (acordada {document.currency})",
        ),
        ("Operación", OPERATIONS.get(content.operation(document), "")),
        ("Orden de compra", document.purchase_order),
        ("INCOTERM", str(extra.get("incoterm") or "")),
        ("Entrega", str(extra.get("delivery_address") or "")),
        ("Puede consultarla", _representative(document)),
    ]
    if document.kind is DocumentKind.RECEIPT:
        told += [(label, str(extra.get(name) or "")) for name, label in CASH]
    return tuple(Field(label, value) for label, value in told if value)


def _representative(document: Document) -> str:
    told = content.representative(document)
    return words.identity(told) if told else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ids.BOGOTA):%d/%m/%Y %H:%M:%S}"


def _validated(verdict: Verdict | None) -> str:
    """When the DIAN validated it, by its own answer; "" before, or where it gave no answer."""
    if verdict is None or verdict.receipt is None or not verdict.outcome.accepts:
        return ""
    try:
        root = parse.parse(verdict.receipt)
    except parse.Unreadable:
        return ""
    day, hour = parse.child_text(root, "IssueDate"), parse.child_text(root, "IssueTime")
    year, _, rest = day.partition("-")
    month, _, date = rest.partition("-")
    return f"{date}/{month}/{year} {hour[:8]}".strip() if date else ""


def _references(document: Document) -> tuple[str, ...]:
    """What a note corrects, and why."""
    kind = TRAITS.kind(document.kind)
    if kind is None or not kind.corrects:
        return ()
    reasons, told = dict(kind.reasons), []
    for one in document.references:
        named = TRAITS.kind(one.kind) if one.kind else None
        what = named.name if named else "Documento"
        scheme = words.fiscal_id_name(one.kind or kind.corrects[0])
        text = f"Corrige: {what} {one.number} del {one.date:%d/%m/%Y}, {scheme} {one.fiscal_id}."
        why = ": ".join(part for part in (reasons.get(one.reason_code, ""), one.reason) if part)
        told.append(f"{text} Concepto {one.reason_code}, {why}.")
    if document.period and not document.references:
        start, end = document.period.start, document.period.end
        code = content.own(document.extra, "reason_code")
        concept = f" Concepto {code}, {reasons.get(code, '')}." if code else ""
        told.append(f"Corrige lo facturado del {start:%d/%m/%Y} al {end:%d/%m/%Y}.{concept}")
    return tuple(told)


def _agreed(document: Document) -> tuple[str, ...]:
    """The total in the agreed currency, advances and instalments."""
    told = []
    rate = document.exchange_rate
    if document.currency != PESOS and rate is not None:
        total = words.figure(sums(document).payable)
        told.append(
            f"Valor acordado: {document.currency} {total}. Tasa de cambio: {words.price(rate)} "
            f"{PESOS} por {document.currency}."
        )
    told += [
        f"Anticipo del {one.received:%d/%m/%Y}: {document.currency} {words.figure(one.amount)}"
        + (f" ({one.reference})" if one.reference else "")
        for one in document.prepayments
    ]
    told += [
        f"Cuota {ordinal}: {document.currency} {words.figure(one.amount)}, vence el "
        f"{one.due:%d/%m/%Y}"
        for ordinal, one in enumerate(document.payment.instalments, start=1)
    ]
    return tuple(told)


def _legal(document: Document, company: Company) -> tuple[str, ...]:
    numbering = content.range_of(document, company)
    kind = TRAITS.kind(document.kind)
    return tuple(
        text
        for text in (
            f"{words.drawn(document.kind)} {words.SIGNED}",
            words.authorisation(numbering) if numbering and kind and kind.authorised else "",
            words.contingency(document),
            words.software(company),
        )
        if text
    )
