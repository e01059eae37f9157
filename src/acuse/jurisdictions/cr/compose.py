"""The documents as XML v4.4, element by element. Source: costa-rica.md 3, structure of 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from acuse.domain.document import Charge, Document, Reference
from acuse.domain.jurisdiction import Draws
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import plain
from acuse.domain.party import Company, TaxId
from acuse.jurisdictions.cr import content, ids, lists, references
from acuse.jurisdictions.cr.codes import IDENTITIES
from acuse.jurisdictions.cr.compose_line import line_writer, payment_line
from acuse.jurisdictions.cr.kinds import CODES, FORMS, Form
from acuse.jurisdictions.cr.parties import parties
from acuse.jurisdictions.cr.summary import summary
from acuse.jurisdictions.cr.totals import Sums, sums
from acuse.xml.build import (
    EMPTY,
    Markup,
    joined,
    leaf,
    maybe,
    namespace_declarations,
    node,
)

STARTS = {
    form.root: f"<{form.root}{namespace_declarations({'': form.namespace})}>"
    for form in FORMS.values()
}

_clave = leaf("Clave")
_provider = leaf("ProveedorSistemas")
_issuer_activity = leaf("CodigoActividadEmisor")
_receiver_activity = leaf("CodigoActividadReceptor")
_consecutive = leaf("NumeroConsecutivo")
_issued = leaf("FechaEmision")
_condition = leaf("CondicionVenta")
_condition_other = leaf("CondicionVentaOtros")
_credit_term = leaf("PlazoCredito")
_detail = node("DetalleServicio")
_charge = node("OtrosCargos")
_charge_kind = leaf("TipoDocumentoOC")
_charge_other = leaf("TipoDocumentoOTROS")
_third_party = node("IdentificacionTercero")
_identity_kind = leaf("Tipo")
_identity_number = leaf("Numero")
_third_party_name = leaf("NombreTercero")
_charge_detail = leaf("Detalle")
_charge_percent = leaf("PorcentajeOC")
_charge_amount = leaf("MontoCargo")
_reference = node("InformacionReferencia")
_reference_kind = leaf("TipoDocIR")
_reference_other = leaf("TipoDocRefOTRO")
_reference_number = leaf("Numero")
_reference_date = leaf("FechaEmisionIR")
_reference_code = leaf("Codigo")
_reference_code_other = leaf("CodigoReferenciaOTRO")
_reason = leaf("Razon")


@dataclass(frozen=True, slots=True)
class Composed:
    """The document before and after the place of its signature, and its two names."""

    before: str
    after: str
    namespace: str
    clave: str
    consecutive: str


def compose(document: Document, issuer: Company, draws: Draws, at: datetime) -> Composed:
    """The document without its signature.

    One moment feeds the date of the clave and FechaEmision, both in Costa Rica's time. The clave
    holds our own number, of a purchase too (UNCONFIRMED, costa-rica.md 2).
    """
    assert document.number is not None
    form = FORMS[document.kind]
    consecutive = ids.consecutivo(document.number, CODES[document.kind])
    clave = ids.clave(
        at=at,
        tax_id=issuer.tax_id.number,
        consecutive=consecutive,
        security_code=draws.security_code,
        situation=content.situation(document),
    )
    counted = sums(document)
    body = joined(
        _clave(clave),
        _provider(content.provider(issuer)),
        *_activities(document, issuer, form),
        _consecutive(consecutive),
        _issued(ids.stamp(at)),
        parties(document, issuer),
        *_terms(document, at),
        _lines(document, counted, form),
        *_charges(document, counted),
        summary(document, counted),
        *(_referred(document, one) for one in document.references),
    )
    start = STARTS[form.root]
    return Composed(f"{start}{body}", f"</{form.root}>", form.namespace, clave, consecutive)


def _activities(document: Document, issuer: Company, form: Form) -> tuple[Markup, ...]:
    """The seller's economic activity, then the buyer's, as far as the kind has them."""
    seller, buyer = content.activity(issuer), content.told(document.counterparty.extra, "activity")
    if content.seller_speaks(document):
        seller, buyer = buyer, seller
    return (
        maybe(_issuer_activity, seller) if form.issuer_activity else EMPTY,
        maybe(_receiver_activity, buyer) if form.receiver_activity else EMPTY,
    )


def _terms(document: Document, at: datetime) -> tuple[Markup, ...]:
    condition = content.sale_condition(document)
    days = content.credit_days(document, ids.day(at))
    credit = condition in lists.ON_CREDIT and days is not None
    return (
        _condition(condition),
        maybe(_condition_other, content.told(document.extra, "sale_condition_text"))
        if condition == lists.OTHER
        else EMPTY,
        _credit_term(str(days)) if credit else EMPTY,
    )


def _lines(document: Document, counted: Sums, form: Form) -> Markup:
    write = payment_line if document.kind is DocumentKind.PAYMENT else line_writer(form)
    return _detail(
        *(
            write(ordinal, line, line_sum, document)
            for ordinal, (line, line_sum) in enumerate(
                zip(document.lines, counted.lines, strict=True), start=1
            )
        )
    )


def _charges(document: Document, counted: Sums) -> tuple[Markup, ...]:
    return tuple(
        _charged(document, one, str(amount))
        for one, amount in zip(document.charges, counted.charges, strict=True)
    )


def _charged(document: Document, one: Charge, amount: str) -> Markup:
    kind = content.charge(one)
    extra = document.extra
    third = EMPTY
    if kind.code == lists.FOR_ANOTHER:
        told = TaxId(content.told(extra, "third_party_type"), content.told(extra, "third_party_id"))
        third = joined(
            _third_party(
                _identity_kind(IDENTITIES[told.kind]), _identity_number(ids.written(told))
            ),
            _third_party_name(content.told(extra, "third_party_name")),
        )
    return _charge(
        _charge_kind(kind.code),
        maybe(_charge_other, kind.text) if kind.code == lists.OTHER else EMPTY,
        third,
        _charge_detail(content.charge_detail(one)),
        _charge_percent(plain(one.percent, 5)) if one.percent is not None else EMPTY,
        _charge_amount(amount),
    )


def _referred(document: Document, one: Reference) -> Markup:
    kind, code = references.kind(document, one), one.reason_code
    return _reference(
        _reference_kind(kind),
        maybe(_reference_other, content.reference_other(document))
        if kind == lists.OTHER
        else EMPTY,
        maybe(_reference_number, references.number(one)),
        _reference_date(ids.midnight(one.date)),
        maybe(_reference_code, code),
        _reference_code_other(one.reason) if code == lists.OTHER else EMPTY,
        maybe(_reason, references.reason(one)),
    )
