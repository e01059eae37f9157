"""The lines of a Colombian document. Source: colombia.md 3, "Lines", "AIU", "Documento soporte"."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from acuse.domain.document import Document, Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import trimmed
from acuse.jurisdictions.co import content
from acuse.jurisdictions.co.codes import NIT, PURCHASE_FORMS
from acuse.jurisdictions.co.forms import CREDIT, DEBIT, INVOICE, Form
from acuse.jurisdictions.co.ids import check_digit
from acuse.jurisdictions.co.tax_parties import AGENCY
from acuse.jurisdictions.co.taxes import line_adjustments, line_taxes, line_withholdings
from acuse.jurisdictions.co.totals import PESOS, LineSum, Sums
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, attribute, joined, leaf, maybe, node, text
from acuse.xml.templates import SLOT, Template

AIU_NOTE = "Contrato de servicios AIU por concepto de: "  # FAV03: letter by letter
ADMINISTRATION = "administraci"  # how the item begins that carries the note
COMMERCIAL_VALUE = "01"

_note = leaf("cbc:Note")
_FREE = leaf("cbc:FreeOfChargeIndicator")("true")
_price_amount = ubl.money("PriceAmount", PESOS)
_commercial = Template(
    node("cac:PricingReference", "cac:AlternativeConditionPrice")(
        _price_amount(SLOT), leaf("cbc:PriceTypeCode")(SLOT)
    )
)
_bought = Template(
    node("cac:InvoicePeriod")(
        leaf("cbc:StartDate")(SLOT),
        leaf("cbc:DescriptionCode")(SLOT),
        leaf("cbc:Description")(SLOT),
    )
)
_brand, _model = leaf("cbc:BrandName"), leaf("cbc:ModelName")
_sellers = Template(node("cac:SellersItemIdentification")(ubl.id_(SLOT)))
_standard = Template(node("cac:StandardItemIdentification")(leaf("cbc:ID", "schemeID")(SLOT, SLOT)))
_gtin = Template(
    node("cac:StandardItemIdentification")(
        leaf("cbc:ID", schemeAgencyID="9", schemeID=content.GTIN)(SLOT)
    )
)
_principal = node(
    "cac:InformationContentProviderParty",
    "cac:PowerOfAttorney",
    "cac:AgentParty",
    "cac:PartyIdentification",
)
_principal_id = leaf(
    "cbc:ID", "schemeID", schemeAgencyID="195", schemeAgencyName=AGENCY, schemeName=NIT
)


def _template(line: str, quantity: str) -> Template:
    return Template(
        node(f"cac:{line}")(
            ubl.id_(SLOT),
            SLOT,  # Note
            leaf(f"cbc:{quantity}", "unitCode")(SLOT, SLOT),
            ubl.money("LineExtensionAmount", PESOS)(SLOT),
            SLOT,  # FreeOfChargeIndicator, InvoicePeriod, PricingReference
            SLOT,  # AllowanceCharge and TaxTotal, in the order of the root
            node("cac:Item")(leaf("cbc:Description")(SLOT), SLOT),
            node("cac:Price")(
                _price_amount(SLOT), leaf("cbc:BaseQuantity", "unitCode")(SLOT, SLOT)
            ),
        )
    )


_TEMPLATES = {
    INVOICE: _template("InvoiceLine", "InvoicedQuantity"),
    CREDIT: _template("CreditNoteLine", "CreditedQuantity"),
    DEBIT: _template("DebitNoteLine", "DebitedQuantity"),
}


def lines(document: Document, form: Form, sums: Sums, issued: date) -> Markup:
    """All lines, numbered from 1."""
    noted = _noted(document)
    return joined(
        *(
            _line(ordinal, line, counted, noted.get(ordinal, ""), document, form, issued)
            for ordinal, (line, counted) in enumerate(
                zip(document.lines, sums.lines, strict=True), start=1
            )
        )
    )


def _line(
    ordinal: int,
    line: Line,
    counted: LineSum,
    note: str,
    document: Document,
    form: Form,
    issued: date,
) -> Markup:
    unit = content.unit(line)
    coded, quantity = attribute(unit), trimmed(line.quantity, 6, 2)
    return _TEMPLATES[form.root](
        ordinal,
        maybe(_note, note),
        coded,
        quantity,
        counted.value,
        _special(line, document, form, issued) if line.extra or form.buys else EMPTY,
        _sums(line, counted, unit, form),
        text(line.description),
        _identified(ordinal, line, document),
        trimmed(counted.price, 6, 2),
        coded,
        quantity,
    )


def _sums(line: Line, counted: LineSum, unit: str, form: Form) -> Markup:
    """Adjustments and taxes; the notes have them in the other order, and no withholding."""
    taxed = line_taxes(counted.taxes, unit)
    if not (line.discounts or line.charges or counted.withholdings):
        return taxed
    adjusted = line_adjustments(
        line.discounts, line.charges, counted.discounts, counted.charges, counted.gross
    )
    if form.root == INVOICE:
        return joined(adjusted, taxed, line_withholdings(counted.withholdings))
    return joined(taxed, adjusted)


def _special(line: Line, document: Document, form: Form, issued: date) -> Markup:
    """That it is free and what it is worth; when we bought it."""
    free = content.free_value(line)
    worth = EMPTY
    if free is not None:
        kind = content.own(line.extra, "free_kind", COMMERCIAL_VALUE)
        worth = _commercial(trimmed(free, 6, 2), text(kind))
    told = _FREE if free is not None and form.root != DEBIT else EMPTY
    bought = EMPTY
    if document.kind is DocumentKind.PURCHASE:
        day = line.extra.get("purchase_date") or issued
        way = content.own(line.extra, "purchase_form", "1")
        bought = _bought(day.isoformat(), text(way), PURCHASE_FORMS[way])
    return joined(told, bought, worth)


def _identified(ordinal: int, line: Line, document: Document) -> Markup:
    """What follows the item's description."""
    code, extra = line.code, line.extra
    if not extra:
        return _own_code(code, ordinal if not code else 0)
    principal = content.own(extra, "principal_nit")
    mandate = principal and content.operation(document) == content.MANDATE
    kind, standard = content.standard_code(line, ordinal)
    return joined(
        maybe(_brand, content.own(extra, "brand")),
        maybe(_model, content.own(extra, "model")),
        _sellers(text(code)) if code else EMPTY,
        _gtin(text(standard))
        if kind == content.GTIN
        else _standard(attribute(kind), text(standard)),
        _principal(_principal_id(principal, check_digit(principal))) if mandate else EMPTY,
    )


@lru_cache(maxsize=1024)
def _own_code(code: str, ordinal: int) -> Markup:
    """An item that has our own code, or none."""
    return joined(
        _sellers(text(code)) if code else EMPTY,
        _standard(content.OWN_CODE, text(code) or str(ordinal)),
    )


def _noted(document: Document) -> dict[int, str]:
    """Line number -> note: of an AIU contract the item Administración tells its object (FAV03)."""
    if content.operation(document) != content.AIU:
        return {}
    numbered = list(enumerate(document.lines, start=1))
    named = [at for at, one in numbered if one.description.casefold().startswith(ADMINISTRATION)]
    taxed = [at for at, one in numbered if one.taxes]
    return {(*named, *taxed, 1)[0]: AIU_NOTE + content.own(document.extra, "aiu_subject")}
