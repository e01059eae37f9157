"""An Invoice-2.1 element read once into values."""

from __future__ import annotations

from lxml import etree

from acuse_sandbox.sunat.rulebook import formats, nodes
from acuse_sandbox.sunat.rulebook.invoice import (
    Amount,
    Charge,
    Invoice,
    Line,
    Party,
    Price,
    Reference,
    Subtotal,
    Terms,
)
from acuse_sandbox.sunat.rulebook.nodes import Node

INVOICE = "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"

BOUGHT = "SelfBilledInvoice"
LINES = ("cac:InvoiceLine", "cac:CreditNoteLine", "cac:DebitNoteLine")
QUANTITIES = ("cbc:InvoicedQuantity", "cbc:CreditedQuantity", "cbc:DebitedQuantity")
TOTALS = ("cac:LegalMonetaryTotal", "cac:RequestedMonetaryTotal")


def text(node: Node, path: str) -> str | None:
    """An element's text: None if it is absent, "" if it is empty."""
    found = node.first(path)
    return None if found is None else found.text


def attribute(node: Node, path: str, name: str) -> str | None:
    """An element's attribute; None if either is absent."""
    found = node.first(path)
    return None if found is None else found.attributes.get(name)


def amount(node: Node, path: str) -> Amount:
    """A number with its currency or unit."""
    found = node.first(path)
    if found is None:
        return Amount()
    unit = found.attributes.get("currencyID") or found.attributes.get("unitCode")
    return Amount(found.text, unit, formats.number(found.text))


def read(element: etree._Element) -> Invoice:
    """The values of an Invoice element; whatever is missing is None or empty."""
    return values(nodes.read(element))


def values(root: Node) -> Invoice:
    """The values of a factura, boleta, note or liquidación; a liquidación's buyer is its issuer."""
    issuer, other = ("Customer", "Supplier") if root.name == BOUGHT else ("Supplier", "Customer")
    return Invoice(
        version=text(root, "cbc:UBLVersionID"),
        customization=text(root, "cbc:CustomizationID"),
        id=text(root, "cbc:ID"),
        issued=text(root, "cbc:IssueDate"),
        issue_date=formats.day(text(root, "cbc:IssueDate")),
        type_code=text(root, "cbc:InvoiceTypeCode"),
        operation=attribute(root, "cbc:InvoiceTypeCode", "listID"),
        notes=tuple((n.attributes.get("languageLocaleID"), n.text) for n in root.all("cbc:Note")),
        currency=text(root, "cbc:DocumentCurrencyCode"),
        order=text(root, "cac:OrderReference/cbc:ID"),
        despatches=tuple(map(_reference, root.all("cac:DespatchDocumentReference"))),
        documents=tuple(map(_reference, root.all("cac:AdditionalDocumentReference"))),
        supplier=_party(root, f"cac:Accounting{issuer}Party/cac:Party"),
        customer=_party(root, f"cac:Accounting{other}Party/cac:Party"),
        delivery=_texts(root, "cac:Delivery/cac:DeliveryLocation/cac:Address"),
        deposit=tuple(map(_deposit, root.all("cac:PaymentMeans"))),
        terms=tuple(map(_terms, root.all("cac:PaymentTerms"))),
        advances=tuple(
            (text(p, "cbc:ID"), amount(p, "cbc:PaidAmount")) for p in root.all("cac:PrepaidPayment")
        ),
        charges=_charges(root),
        tax_totals=len(root.all("cac:TaxTotal")),
        tax=amount(root, "cac:TaxTotal/cbc:TaxAmount"),
        subtotals=_subtotals(root),
        totals=_totals(_either(root, TOTALS)),
        lines=tuple(_line(x) for name in LINES for x in root.all(name)),
    )


def _either(node: Node, names: tuple[str, ...]) -> Node:
    return next((found for name in names for found in node.all(name)), nodes.NONE)


def _totals(monetary: Node) -> dict[str, Amount]:
    return {name.removeprefix("cbc:"): amount(monetary, name) for name in monetary.children}


def _texts(root: Node, path: str) -> dict[str, str]:
    found = root.first(path)
    if found is None:
        return {}
    return {node.local_name: node.text for _, node in found.walk() if not node.children}


def _reference(element: Node) -> Reference:
    issuer = "cac:IssuerParty/cac:PartyIdentification/cbc:ID"
    return Reference(
        id=text(element, "cbc:ID"),
        type_code=text(element, "cbc:DocumentTypeCode"),
        status=text(element, "cbc:DocumentStatusCode"),
        issuer=text(element, issuer),
        issuer_scheme=attribute(element, issuer, "schemeID"),
    )


def _party(root: Node, path: str) -> Party:
    party = root.first(path)
    if party is None:
        return Party((), None, None, {})
    ids = [i for each in party.all("cac:PartyIdentification") for i in each.all("cbc:ID")]
    return Party(
        ids=tuple((found.text, found.attributes.get("schemeID")) for found in ids),
        name=text(party, "cac:PartyLegalEntity/cbc:RegistrationName"),
        trade_name=text(party, "cac:PartyName/cbc:Name"),
        address=_texts(party, "cac:PartyLegalEntity/cac:RegistrationAddress"),
    )


def _deposit(element: Node) -> tuple[str | None, str | None, str | None]:
    return (
        text(element, "cbc:ID"),
        text(element, "cbc:PaymentMeansCode"),
        text(element, "cac:PayeeFinancialAccount/cbc:ID"),
    )


def _terms(element: Node) -> Terms:
    return Terms(
        id=text(element, "cbc:ID"),
        means=tuple(m.text for m in element.all("cbc:PaymentMeansID")),
        amount=amount(element, "cbc:Amount"),
        due=text(element, "cbc:PaymentDueDate"),
    )


def _charges(element: Node) -> tuple[Charge, ...]:
    return tuple(
        Charge(
            indicator=text(found, "cbc:ChargeIndicator"),
            reason=text(found, "cbc:AllowanceChargeReasonCode"),
            factor=amount(found, "cbc:MultiplierFactorNumeric"),
            amount=amount(found, "cbc:Amount"),
            base=amount(found, "cbc:BaseAmount"),
        )
        for found in element.all("cac:AllowanceCharge")
    )


def _subtotals(element: Node) -> tuple[Subtotal, ...]:
    return tuple(map(_subtotal, element.all("cac:TaxTotal/cac:TaxSubtotal")))


def _subtotal(element: Node) -> Subtotal:
    category = element.first("cac:TaxCategory") or nodes.NONE
    return Subtotal(
        base=amount(element, "cbc:TaxableAmount"),
        tax=amount(element, "cbc:TaxAmount"),
        bags=amount(element, "cbc:BaseUnitMeasure"),
        percent=amount(category, "cbc:Percent"),
        per_bag=amount(category, "cbc:PerUnitAmount"),
        affectation=text(category, "cbc:TaxExemptionReasonCode"),
        tier=text(category, "cbc:TierRange"),
        tribute=text(category, "cac:TaxScheme/cbc:ID"),
        name=text(category, "cac:TaxScheme/cbc:Name"),
        type_code=text(category, "cac:TaxScheme/cbc:TaxTypeCode"),
    )


def _quantity(element: Node) -> Amount:
    name = next((name for name in QUANTITIES if name in element.children), QUANTITIES[0])
    return amount(element, name)


def _line(element: Node) -> Line:
    prices = element.all("cac:PricingReference/cac:AlternativeConditionPrice")
    gtin = "cac:Item/cac:StandardItemIdentification/cbc:ID"
    return Line(
        id=text(element, "cbc:ID") or "",
        quantity=_quantity(element),
        value=amount(element, "cbc:LineExtensionAmount"),
        prices=tuple(
            Price(amount(p, "cbc:PriceAmount"), text(p, "cbc:PriceTypeCode")) for p in prices
        ),
        charges=_charges(element),
        tax_totals=len(element.all("cac:TaxTotal")),
        tax=amount(element, "cac:TaxTotal/cbc:TaxAmount"),
        subtotals=_subtotals(element),
        description=text(element, "cac:Item/cbc:Description"),
        seller_code=text(element, "cac:Item/cac:SellersItemIdentification/cbc:ID"),
        product_code=text(
            element, "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode"
        ),
        gtin=text(element, gtin),
        gtin_scheme=attribute(element, gtin, "schemeID"),
        price=amount(element, "cac:Price/cbc:PriceAmount"),
    )
