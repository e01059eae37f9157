"""The lines of a Colombian document. Source: colombia.md 3, "Lines", "AIU", "Documento soporte"."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from acuse.domain.document import Document, Line
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.co import content
from acuse.jurisdictions.co.codes import NIT, PURCHASE_FORMS, UNIT
from acuse.jurisdictions.co.forms import CREDIT, DEBIT, INVOICE, Form
from acuse.jurisdictions.co.ids import check_digit
from acuse.jurisdictions.co.tax_parties import AGENCY
from acuse.jurisdictions.co.taxes import line_adjustments, line_tax, line_withholdings
from acuse.jurisdictions.co.totals import PESOS, LineSum, Sums, TaxKind, micro
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
_own_code = Template(
    joined(
        node("cac:SellersItemIdentification")(ubl.id_(SLOT)),
        node("cac:StandardItemIdentification")(leaf("cbc:ID", schemeID=content.OWN_CODE)(SLOT)),
    )
)
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


_NAMES = {
    INVOICE: ("InvoiceLine", "InvoicedQuantity"),
    CREDIT: ("CreditNoteLine", "CreditedQuantity"),
    DEBIT: ("DebitNoteLine", "DebitedQuantity"),
}


@lru_cache(maxsize=512)
def _template(root: str, unit: str, taxes: tuple[TaxKind, ...]) -> Template:
    """A line with such taxes: what its likes have in common is rendered once."""
    line, quantity = _NAMES[root]
    coded = attribute(unit).replace("%", "%%")
    return Template(
        node(f"cac:{line}")(
            ubl.id_(SLOT),
            SLOT,  # Note
            Markup(f'<cbc:{quantity} unitCode="{coded}">%s</cbc:{quantity}>'),
            ubl.money("LineExtensionAmount", PESOS)(SLOT),
            SLOT,  # FreeOfChargeIndicator, InvoicePeriod, PricingReference; allowances (Invoice)
            *(line_tax(one, coded) for one in taxes),
            SLOT,  # WithholdingTaxTotal (Invoice), or allowances (notes)
            node("cac:Item")(leaf("cbc:Description")(SLOT), SLOT),
            node("cac:Price")(
                _price_amount(SLOT),
                Markup(f'<cbc:BaseQuantity unitCode="{coded}">%s</cbc:BaseQuantity>'),
            ),
        )
    )


def lines(document: Document, form: Form, sums: Sums, issued: date) -> Markup:
    """All lines, numbered from 1."""
    noted = _noted(document)
    written = []
    pairs = zip(document.lines, sums.lines, strict=True)
    for ordinal, (line, counted) in enumerate(pairs, start=1):
        note = maybe(_note, noted.get(ordinal))
        special = _special(line, document, form, issued) if line.extra or form.buys else EMPTY
        item = _identified(ordinal, line, document)
        written.append(_line(ordinal, note, special, item, line, counted, form.root))
    return joined(*written)


def _line(
    ordinal: int,
    note: Markup,
    special: Markup,
    item: Markup,
    line: Line,
    counted: LineSum,
    root: str,
) -> Markup:
    before, after = special, EMPTY
    if line.discounts or line.charges or counted.withholdings:
        before, after = _around(special, line, counted, root)
    taxes: list[Decimal] = []
    for tax in counted.taxes:
        taxes += tax.amount, tax.base, tax.amount
    quantity = micro(line.quantity)
    return _template(root, line.unit or UNIT, tuple([tax[:3] for tax in counted.taxes]))(
        ordinal,
        note,
        quantity,
        counted.value,
        before,
        *taxes,
        after,
        text(line.description),
        item,
        micro(counted.price),
        quantity,
    )


def _around(special: Markup, line: Line, counted: LineSum, root: str) -> tuple[Markup, Markup]:
    """What stands before and after the taxes: the notes' schemas have the other order."""
    adjusted = line_adjustments(
        line.discounts, line.charges, counted.discounts, counted.charges, counted.gross
    )
    if root == INVOICE:
        return joined(special, adjusted), line_withholdings(counted.withholdings)
    return special, adjusted  # no note tells what is withheld


def _special(line: Line, document: Document, form: Form, issued: date) -> Markup:
    """That it is free and what it is worth; when we bought it."""
    free = content.free_value(line)
    worth = EMPTY
    if free is not None:
        kind = content.own(line.extra, "free_kind", COMMERCIAL_VALUE)
        worth = _commercial(micro(free), text(kind))
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
        if not code:
            return _standard(content.OWN_CODE, ordinal)
        shown = text(code)
        return _own_code(shown, shown)
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


def _noted(document: Document) -> dict[int, str]:
    """Line number -> note: of an AIU contract the item Administración tells its object (FAV03)."""
    if content.operation(document) != content.AIU:
        return {}
    numbered = list(enumerate(document.lines, start=1))
    named = [at for at, one in numbered if one.description.casefold().startswith(ADMINISTRATION)]
    taxed = [at for at, one in numbered if one.taxes]
    return {(*named, *taxed, 1)[0]: AIU_NOTE + content.own(document.extra, "aiu_subject")}
