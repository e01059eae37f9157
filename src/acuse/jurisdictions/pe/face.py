"""What the printed factura shows. Source: peru.md 7."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.face import Column, Face, FaceLine, Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.money import rounded, trimmed
from acuse.domain.party import Address, Company
from acuse.domain.traits import marked
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.codes import AFFECTATIONS, CURRENCIES, IDENTITIES
from acuse.jurisdictions.pe.ids import FACTURA
from acuse.jurisdictions.pe.totals import Sums, sums
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.jurisdictions.pe.words import amount_in_words

COLUMNS = (
    Column("Cant.", 0.09, figures=True),
    Column("Und.", 0.07),
    Column("Código", 0.11),
    Column("Descripción", 0.37),
    Column("V. unitario", 0.12, figures=True),
    Column("Dscto.", 0.10, figures=True),
    Column("V. venta", 0.14, figures=True),
)
LEGAL = (
    "Representación impresa de la FACTURA ELECTRÓNICA. Consulte su validez en la página de SUNAT "
    "con el RUC del emisor, el tipo, la serie y el número, la fecha y el importe total."
)


def face(document: Document, company: Company, sealed: Sealed) -> Face:
    """The face of a factura; figures are those of the XML."""
    counted = sums(document)
    sign, words = CURRENCIES[document.currency]
    return Face(
        title="FACTURA ELECTRÓNICA",
        number=sealed.number,
        issuer_name=company.shown_name,
        issuer=_issuer(company),
        issuer_id=f"RUC {company.tax_id.number}",
        counterparty=_counterparty(document),
        facts=_facts(document, sealed),
        columns=COLUMNS,
        lines=_lines(document, counted),
        totals=_totals(counted, sign),
        words=f"SON: {amount_in_words(counted.payable, words)}",
        notes=(*document.notes, *_instalments(document, sign, counted.payable)),
        legal=(LEGAL,),
        fiscal_id_label=TRAITS.words.fiscal_id,
        fiscal_id=sealed.fiscal_id,
        qr=qr(document, company, sealed, counted),
        watermark=marked(company.environment, TRAITS.words),
        xml_name=sealed.file_name,
        xml=sealed.content,
        moment=int(sealed.sealed_at.timestamp()),
    )


def qr(document: Document, company: Company, sealed: Sealed, counted: Sums) -> str:
    """The ten fields, a bar after each."""
    series, _, value = sealed.number.partition("-")
    customer = document.counterparty.tax_id
    assert document.date is not None
    fields = (
        company.tax_id.number,
        FACTURA,
        series,
        value,
        f"{counted.tax:.2f}",
        f"{counted.payable:.2f}",
        document.date.isoformat(),
        IDENTITIES[customer.kind],
        customer.number,
        sealed.fiscal_id,
    )
    return "".join(f"{field}|" for field in fields)


def figure(amount: Decimal) -> str:
    """As Peru writes it: 1,234.56."""
    return f"{rounded(amount):,.2f}"


def _issuer(company: Company) -> tuple[Field, ...]:
    fields = []
    if company.trade_name:
        fields.append(Field("", company.legal_name))
    fields.append(Field("", place(company.address)))
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
    fields = [
        Field("Cliente", customer.name),
        Field(customer.tax_id.kind, customer.tax_id.number),
    ]
    if customer.address is not None and customer.address.line:
        fields.append(Field("Dirección", place(customer.address)))
    return tuple(fields)


def _facts(document: Document, sealed: Sealed) -> tuple[Field, ...]:
    assert document.date is not None
    at = sealed.sealed_at.astimezone(content.LIMA)
    credit = document.payment.form is PaymentForm.CREDIT
    fields = [
        Field("Fecha de emisión", f"{document.date:%d/%m/%Y} {at:%H:%M:%S}"),
        Field("Moneda", CURRENCIES[document.currency][1].capitalize()),
        Field("Forma de pago", "Crédito" if credit else "Contado"),
    ]
    if document.payment.due:
        fields.append(Field("Vencimiento", f"{document.payment.due:%d/%m/%Y}"))
    if document.purchase_order:
        fields.append(Field("Orden de compra", document.purchase_order))
    return tuple(fields)


def _lines(document: Document, counted: Sums) -> tuple[FaceLine, ...]:
    return tuple(
        FaceLine(
            (
                trimmed(line.quantity, 10),
                content.unit(line),
                line.code,
                _described(line.description, line_sum.affectation),
                trimmed(line.price, 10, 2),
                figure(line_sum.discount) if line_sum.discount else "",
                figure(line_sum.value),
            )
        )
        for line, line_sum in zip(document.lines, counted.lines, strict=True)
    )


def _described(description: str, affectation: str) -> str:
    if affectation == "10":
        return description
    return f"{description} ({AFFECTATIONS[affectation][1].lower()})"


def _totals(counted: Sums, sign: str) -> tuple[Field, ...]:
    bases = {tribute: base for tribute, base, _ in counted.bases}
    fields = []
    if counted.global_discount:
        fields.append(Field("Descuento global", f"{sign} {figure(counted.global_discount)}"))
    for tribute, label in (
        ("1000", "Op. gravada"),
        ("9997", "Op. exonerada"),
        ("9998", "Op. inafecta"),
    ):
        if tribute in bases:
            fields.append(Field(label, f"{sign} {figure(bases[tribute])}"))
    rate = next((line.rate for line in counted.lines if line.rate), Decimal(18))
    fields.append(Field(f"IGV ({trimmed(rate, 2)} %)", f"{sign} {figure(counted.tax)}"))
    fields.append(Field("Importe total", f"{sign} {figure(counted.payable)}"))
    return tuple(fields)


def _instalments(document: Document, sign: str, pending: Decimal) -> tuple[str, ...]:
    """What is still to be paid, and when; nothing of a cash sale."""
    if document.payment.form is PaymentForm.CASH:
        return ()
    return (
        f"Pendiente de pago: {sign} {figure(pending)}",
        *(
            f"Cuota {ordinal}: {sign} {figure(one.amount)}, vence el {one.due:%d/%m/%Y}"
            for ordinal, one in enumerate(document.payment.instalments, start=1)
        ),
    )
