"""What is told of the kinds beyond the factura: each document differs in one value from a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.document import Charge, Document, Payment, PaymentForm, Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import TaxId
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.goldens import read_case
from tests.jurisdictions.cr.makers import AT, TODAY, company, document, line
from tests.support import makers


def found(one: Document, **issuer: Any) -> list[tuple[str, str]]:
    problems = jurisdiction.document_problems(one, company(**issuer), AT)
    return [(problem.field, problem.code) for problem in problems]


def case(name: str, *, extra: dict[str, Any] | None = None, **changes: Any) -> Document:
    one = replace(read_case(name), **changes)
    return replace(one, extra={**one.extra, **extra}) if extra else one


def of_line(name: str, *, extra: dict[str, Any] | None = None, **changes: Any) -> Document:
    """The case with its first line changed."""
    one = read_case(name)
    first = replace(one.lines[0], **changes)
    if extra is not None:
        first = replace(first, extra={**first.extra, **extra})
    return replace(one, lines=(first, *one.lines[1:]))


def referring(name: str, **changes: Any) -> Document:
    """The case with its first reference changed."""
    one = read_case(name)
    return replace(one, references=(replace(one.references[0], **changes), *one.references[1:]))


NOBODY = makers.customer(tax_id=TaxId("SD", "-"), name="Cliente de contado", emails=())
STATE = Payment(PaymentForm.CREDIT, "TRANSFER", TODAY + timedelta(days=30))
PARTS = read_case("surtido").lines[0].components

BAD: tuple[tuple[str, Document, str, str], ...] = (
    ("a factura to nobody", document(counterparty=NOBODY), "client.identificationObject.type",
     "CR-REC-1"),
    ("an export to nobody", case("exportacion", counterparty=NOBODY),
     "client.identificationObject.type", "CR-REC-1"),
    ("nobody with a number", case("tiquete-sin-receptor", counterparty=replace(
        NOBODY, tax_id=TaxId("SD", "123"))), "client.identificationObject.number", "CR-REC-1"),
    ("a foreigner without an address", case("exportacion", counterparty=replace(
        read_case("exportacion").counterparty, address=None)), "client.address.address",
     "CR-REC-3"),
    ("we sell to ourselves", case("compra-no-domiciliado", counterparty=replace(
        read_case("exportacion").counterparty, tax_id=TaxId("CJ", makers.CJ))),
     "client.identificationObject.number", "CR-REC-4"),
    # Terms.
    ("no such condition", case("condicion-otra", extra={"sale_condition": "16"}),
     "extra.sale_condition", "CR-XSD"),
    ("condition 09 in a factura", case("bienes-13", extra={"sale_condition": "09"}),
     "extra.sale_condition", "CR-CV-3"),
    ("condition 12 in a tiquete", case("tiquete-identificado", extra={"sale_condition": "12"}),
     "extra.sale_condition", "CR-CV-3"),
    ("cash in a recibo", case("recibo-estado", extra={"sale_condition": "01"}),
     "extra.sale_condition", "CR-CV-3"),
    ("99 without a word", case("condicion-otra", extra={"sale_condition_text": ""}),
     "extra.sale_condition_text", "CR-XSD"),
    ("a word for 01", case("bienes-13", extra={"sale_condition_text": "Trueque"}),
     "extra.sale_condition_text", "CR-CV-2"),
    ("to the State without a term", case("venta-al-estado", payment=replace(STATE, due=None)),
     "dueDate", "CR-CV-1"),
    ("90 days due today", case("credito-iva-90", payment=replace(STATE, due=TODAY)),
     "dueDate", "CR-CV-1"),
    ("a situation 4", case("bienes-13", extra={"situation": "4"}), "extra.situation", "CR-KEY-5"),
    ("contingency without its paper", case("contingencia", references=()), "references",
     "CR-REF-1"),
    # Means.
    ("means above the total", case("medios-varios", extra={"other_payment_means": "01=99999"}),
     "extra.other_payment_means", "CR-TOT-20"),
    ("a means without its amount", case("medios-varios", extra={"other_payment_means": "01"}),
     "extra.other_payment_means", "CR-TOT-20"),
    ("a means that does not exist", case("medios-varios", extra={"other_payment_means": "08=1"}),
     "extra.other_payment_means", "CR-TOT-20"),
    ("a means 99 without a word", case("medios-varios", extra={"other_payment_means": "99=1"}),
     "extra.other_payment_means", "CR-XSD"),
    ("five means", case("medios-varios", extra={
        "other_payment_means": "01=1; 03=1; 04=1; 06=1"}), "extra.other_payment_means", "CR-XSD"),
    ("IVA back in cash", case("iva-devuelto", payment=Payment(method="CASH")),
     "extra.vat_returned", "CR-TOT-18"),
    ("more IVA back than charged", case("iva-devuelto", extra={"vat_returned": Decimal(1201)}),
     "extra.vat_returned", "CR-TOT-18"),
    # Charges.
    ("a charge of no kind", case("bienes-13", charges=(Charge(Decimal(5)),)), "charge", "CR-XSD"),
    ("a charge 11", case("bienes-13", charges=(Charge(Decimal(5), reason="11"),)), "charge",
     "CR-XSD"),
    ("a charge of 0", case("servicio-10", charges=(Charge(Decimal(0), reason="06"),)), "charge",
     "CR-XSD"),
    ("sixteen charges", case("bienes-13", charges=(Charge(Decimal(5), reason="02"),) * 16),
     "charge", "CR-XSD"),
    ("a third party unnamed", case("cobro-tercero", extra={"third_party_name": ""}),
     "extra.third_party_name", "CR-XSD"),
    ("a third party of a false number", case("cobro-tercero", extra={"third_party_id": "1"}),
     "extra.third_party_id", "CR-OC-2"),
    ("a third party for nothing", case("servicio-10", extra={"third_party_name": "Alguien"}),
     "extra.third_party_name", "CR-OC-2"),
    ("a charge of a recibo", case("recibo-estado", charges=(Charge(Decimal(1), reason="06"),)),
     "charge", "CR-XSD"),
    # References.
    ("a note about nothing", case("nota-credito-anula", references=()), "references", "CR-REF-1"),
    ("a purchase without a paper", case("compra-no-domiciliado", references=()), "references",
     "CR-REF-1"),
    ("eleven references", case("nota-credito-anula", references=read_case(
        "nota-credito-anula").references * 11), "references", "CR-XSD"),
    ("code 03", referring("nota-credito-anula", reason_code="03"), "references.0.reasonCode",
     "CR-XSD"),
    ("no code", referring("nota-credito-anula", reason_code=""), "references.0.reasonCode",
     "CR-XSD"),
    ("code 17 in a note", referring("nota-credito-anula", reason_code="17"),
     "references.0.reasonCode", "CR-REF-4"),
    ("code 01 in a recibo", referring("recibo-estado", reason_code="01"),
     "references.0.reasonCode", "CR-REF-4"),
    ("99 without a reason", referring("nota-credito-otro-motivo", reason=""),
     "references.0.reason", "CR-XSD"),
    ("a reference of tomorrow", referring("nota-credito-anula", date=TODAY + timedelta(days=1)),
     "references.0.date", "CR-REF-3"),
    ("a factura without its clave", referring("nota-credito-anula", fiscal_id=""),
     "references.0.fiscalId", "CR-REF-2"),
    ("a paper without a number", referring("contingencia", number=""), "references.0.number",
     "CR-XSD"),
    ("type 99 without a word", case("referencia-otra", extra={"reference_type_text": ""}),
     "extra.reference_type_text", "CR-XSD"),
    # Lines.
    ("no CABYS in a factura", of_line("bienes-13", extra={"cabys": ""}), "items.0.extra.cabys",
     "CR-LIN-2"),
    ("a heading of 11", of_line("exportacion", extra={"tariff_heading": "09012100000"}),
     "items.0.extra.tariff_heading", "CR-XSD"),
    ("a series of 18", of_line("bien-de-capital", extra={"serial_numbers": "S" * 18}),
     "items.0.extra.serial_numbers", "CR-XSD"),
    ("a pharmaceutical form of 4", of_line("medicamento", extra={"pharma_form": "TABL"}),
     "items.0.extra.pharma_form", "CR-XSD"),
    ("not subject in an export", of_line("exportacion-servicio", extra={"tariff": "11"}),
     "items.0.extra.tariff", "CR-LIN-9"),
    ("used goods without a factor", of_line("bienes-usados", extra={"vat_factor": None}),
     "items.0.extra.vat_factor", "CR-LIN-11"),
    ("fuel without its tax of one", of_line("combustible", taxes=(
        Tax("COMBUSTIBLE", Decimal(0)), Tax("IVA", Decimal(0)))), "items.0.tax.0.perUnit",
     "CR-LIN-12"),
    ("alcohol without a percentage", of_line("alcohol", extra={"specific_percent": None}),
     "items.0.extra.specific_percent", "CR-LIN-12"),
    ("drinks without a volume", of_line("bebidas", extra={"specific_volume": None}),
     "items.0.extra.specific_volume", "CR-LIN-12"),
    ("another tax unnamed", of_line("otro-impuesto", extra={"other_tax_name": ""}),
     "items.0.extra.other_tax_name", "CR-XSD"),
    ("fuel in an export", case("exportacion-servicio", lines=(
        replace(read_case("combustible").lines[0]),)), "items.0.tax.0", "CR-LIN-12"),
    ("a tax that does not exist", of_line("bienes-13", taxes=(Tax("IGV", Decimal(13)),)),
     "items.0.tax.0", "CR-XSD"),
    ("factory 03", of_line("fabrica-exento", extra={"factory_vat": "03"}),
     "items.0.extra.factory_vat", "CR-XSD"),
    ("factory 02 at 13 %", of_line("fabrica-exento", taxes=(Tax("IVA", Decimal(13)),)),
     "items.0.extra.factory_vat", "CR-LIN-9"),
    ("factory 01 without a base", of_line("fabrica-cobrado", extra={"taxable_base": None}),
     "items.0.extra.taxable_base", "CR-LIN-7"),
    ("a base of one's own", of_line("bienes-13", extra={"taxable_base": Decimal(5)}),
     "items.0.extra.taxable_base", "CR-LIN-7"),
    ("a tax assumed in a purchase", of_line("compra-no-domiciliado", extra={"tax_assumed": True}),
     "items.0.extra.tax_assumed", "CR-TOT-17"),
    # Bundles.
    ("a bundle of two", of_line("surtido", components=PARTS[:2]), "items.0.components",
     "CR-LIN-15"),
    ("a bundle of another price", of_line("surtido", price=Decimal(9501)), "items.0.components",
     "CR-LIN-15"),
    ("a bundle with a tax", of_line("surtido", taxes=(Tax("IVA", Decimal(13)),)),
     "items.0.components", "CR-LIN-15"),
    ("a bundle in a purchase", case("compra-no-domiciliado", lines=read_case("surtido").lines),
     "items.0.components", "CR-XSD"),
    ("a product exonerated", of_line("surtido", components=(
        replace(PARTS[0], extra={**PARTS[0].extra, "exonerated_points": Decimal(5)}),
        *PARTS[1:])), "items.0.components.0.extra", "CR-LIN-15"),
    ("a product's unit", of_line("surtido", components=(
        replace(PARTS[0], unit="kg"), *PARTS[1:])), "items.0.components.0.unit", "CR-XSD"),
    # Recibos.
    ("two of a payment", of_line("recibo-estado", quantity=Decimal(2)), "items.0.quantity",
     "CR-REP-3"),
    ("more IVA than paid", of_line("recibo-iva-diferido", extra={"paid_tax": Decimal(99999)}),
     "items.0.extra.paid_tax", "CR-LIN-10"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "field", "code"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
def test_a_document_that_differs_in_one_value_is_told(one: Document, field: str, code: str) -> None:
    assert (field, code) in found(one)


def test_alcohol_is_sold_by_who_is_registered() -> None:
    wine = read_case("alcohol")
    assert found(wine) == []
    assert found(wine, extra={"activity": "474100"}) == [("items", "CR-LIN-14")]


def test_the_codes_of_the_revision_begin_with_november() -> None:
    day = date(2026, 10, 31)
    at = AT.replace(year=2026, month=10, day=31)
    one = replace(read_case("sustituye-rechazada"), date=day)
    one = replace(one, references=(replace(one.references[0], date=day),))
    told = jurisdiction.document_problems(one, company(), at)
    assert [(problem.field, problem.code) for problem in told] == [
        ("references.0.reasonCode", "CR-REF-4")
    ]


def test_who_sells_to_himself_is_warned() -> None:
    himself = makers.customer(tax_id=TaxId("CJ", makers.CJ), name="Café Ejemplar de Tarrazú S.A.")
    (warning,) = jurisdiction.document_warnings(document(counterparty=himself), company(), AT)
    assert warning.code == "CR-REC-4"
    assert jurisdiction.document_warnings(document(line()), company(), AT) == ()


def test_every_kind_of_the_country_has_its_case() -> None:
    from tests.jurisdictions.cr.goldens import NAMES

    kinds = {read_case(name).kind for name in NAMES}
    assert kinds == {
        DocumentKind.INVOICE,
        DocumentKind.RECEIPT,
        DocumentKind.CREDIT_NOTE,
        DocumentKind.DEBIT_NOTE,
        DocumentKind.EXPORT_INVOICE,
        DocumentKind.PURCHASE,
        DocumentKind.PAYMENT,
    }
