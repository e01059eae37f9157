"""What the printed factura shows. Source: costa-rica.md 7."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Document, PaymentForm
from acuse.domain.face import Column, Face, FaceLine, Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.money import rounded, trimmed
from acuse.domain.party import Address, Company
from acuse.domain.traits import marked
from acuse.jurisdictions.cr import content
from acuse.jurisdictions.cr.codes import EXONERATIONS, INSTITUTIONS, PAYMENT_WORDS, places
from acuse.jurisdictions.cr.doubts import (
    EXEMPT,
    EXONERATED,
    LEGEND,
    NOT_SUBJECT,
    TAXED,
    qr_content,
)
from acuse.jurisdictions.cr.ids import COSTA_RICA
from acuse.jurisdictions.cr.totals import NOTHING, LineSum, Sums, sums
from acuse.jurisdictions.cr.traits import TRAITS

COLUMNS = (
    Column("Cant.", 0.08, figures=True),
    Column("Und.", 0.07),
    Column("CABYS", 0.16),
    Column("Detalle", 0.27),
    Column("Precio", 0.13, figures=True),
    Column("Desc.", 0.10, figures=True),
    Column("IVA", 0.06, figures=True),
    Column("Subtotal", 0.13, figures=True),
)
CLASS_ORDER = (TAXED, EXEMPT, EXONERATED, NOT_SUBJECT)  # as in ResumenFactura
SIGNS = {"CRC": "₡", "USD": "US$"}
NAMES = {"CRC": "Colones", "USD": "Dólares"}


def face(document: Document, company: Company, sealed: Sealed) -> Face:
    """The face of a factura; figures are those of the XML, rounded for reading only."""
    counted = sums(document)
    sign = SIGNS.get(document.currency, document.currency)
    return Face(
        title="FACTURA ELECTRÓNICA",
        number=sealed.number,
        issuer_name=company.shown_name,
        issuer=_issuer(company),
        issuer_id=f"{_label(company.tax_id.kind)} {company.tax_id.number}",
        counterparty=_counterparty(document),
        facts=_facts(document, sealed),
        columns=COLUMNS,
        lines=_lines(document, counted),
        totals=_totals(counted, sign),
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
    )


def _legal(document: Document, company: Company, counted: Sums) -> tuple[str, ...]:
    """The legend, whose system it is, the exoneration, and what rounding hides."""
    told = [LEGEND, f"Proveedor del sistema: {content.provider(company)}"]
    authorisation = content.authorisation(document)
    if authorisation is not None and authorisation.given is not None:
        told.append(
            f"Exoneración: {EXONERATIONS[authorisation.kind]}, n.º {authorisation.number} del "
            f"{authorisation.given:%d/%m/%Y}, {INSTITUTIONS[authorisation.institution]}."
        )
    if rounded(counted.net) + rounded(counted.tax) != rounded(counted.total):
        told.append("Las cifras se muestran con dos decimales; valen las del XML, con cinco.")
    return tuple(told)


def figure(amount: Decimal) -> str:
    """As Costa Rica writes it: 1.234,56."""
    return f"{rounded(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def percent(rate: Decimal) -> str:
    """A rate as Costa Rica writes it: 0,5 %."""
    return f"{trimmed(rate, 2).replace('.', ',')} %"


def _rate(line: LineSum) -> str:
    points = f" (−{percent(line.points)[:-2]})" if line.points else ""
    return percent(line.rate) + points


def grouped(clave: str) -> str:
    """The clave in groups of ten, to be read aloud."""
    return " ".join(clave[start : start + 10] for start in range(0, len(clave), 10))


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
    fields = [
        Field("Cliente", customer.name),
        Field("Identificación", f"{_label(customer.tax_id.kind)} {customer.tax_id.number}"),
    ]
    if customer.emails:
        fields.append(Field("Correo", customer.emails[0]))
    if customer.address is not None and customer.address.line:
        fields.append(Field("Dirección", place(customer.address)))
    return tuple(fields)


def _label(kind: str) -> str:
    return next((one.label for one in TRAITS.tax_ids if one.key == kind), kind)


def _facts(document: Document, sealed: Sealed) -> tuple[Field, ...]:
    at = sealed.sealed_at.astimezone(COSTA_RICA)
    credit = document.payment.form is PaymentForm.CREDIT
    days = content.credit_days(document, at.date())
    condition = f"Crédito, {days} días" if credit else "Contado"
    fields = [
        Field("Emisión", f"{at:%d/%m/%Y %H:%M:%S}"),
        Field("Condición", condition),
        Field("Medio de pago", PAYMENT_WORDS[content.payment_means(document)]),
        Field("Moneda", NAMES.get(document.currency, document.currency)),
    ]
    if document.exchange_rate and document.currency != TRAITS.currency:
        fields.append(Field("Tipo de cambio", figure(document.exchange_rate)))
    if document.purchase_order:
        fields.append(Field("Orden de compra", document.purchase_order))
    return tuple(fields)


def _lines(document: Document, counted: Sums) -> tuple[FaceLine, ...]:
    return tuple(
        FaceLine(
            (
                trimmed(line.quantity, 3).replace(".", ","),
                content.unit(line),
                content.cabys(line),
                f"{line.code} {line.description}".strip(),
                figure(line.price),
                figure(sum(line_sum.discounts, Decimal(0))) if line_sum.discounts else "",
                _rate(line_sum),
                figure(line_sum.subtotal),
            )
        )
        for line, line_sum in zip(document.lines, counted.lines, strict=True)
    )


def _totals(counted: Sums, sign: str) -> tuple[Field, ...]:
    fields = []
    for name in CLASS_ORDER:
        amounts = [counted.classes[place] for place in counted.classes if place[1] == name]
        if amounts:
            fields.append(Field(f"Total {name}", f"{sign} {figure(sum(amounts, NOTHING))}"))
    if counted.discount:
        fields.append(Field("Descuentos", f"{sign} {figure(counted.discount)}"))
    fields.append(Field("Venta neta", f"{sign} {figure(counted.net)}"))
    for label, amount in _taxes(counted):
        fields.append(Field(label, f"{sign} {figure(amount)}"))
    fields.append(Field("Total", f"{sign} {figure(counted.total)}"))
    return tuple(fields)


def _taxes(counted: Sums) -> tuple[tuple[str, Decimal], ...]:
    """What is charged at each rate, highest first; what is nothing is left out if it can be."""
    charged: dict[Decimal, Decimal] = {}
    for tariff, amount in counted.taxes:
        rate = content.rate(tariff)
        charged[rate] = charged.get(rate, NOTHING) + amount
    rows = tuple(
        (f"IVA {percent(rate)}", amount) for rate, amount in sorted(charged.items(), reverse=True)
    )
    return tuple(row for row in rows if row[1]) or rows[:1]
