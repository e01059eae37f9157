"""An Invoice-2.1 element read once into values."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from acuse_sandbox.sunat.rulebook import formats
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

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
Element = etree._Element

INVOICE = "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"

OPTIONAL = frozenset(
    {"listAgencyName", "listName", "listURI", "listID", "schemeName", "schemeAgencyName"}
    | {"schemeURI", "unitCodeListID", "unitCodeListAgencyName", "name", "listSchemeURI"}
)


@lru_cache(maxsize=256)
def clark(path: str) -> str:
    """A path with prefixes in the form that lxml finds fastest."""
    steps = (step.split(":") for step in path.split("/"))
    return "/".join(f"{{{NAMESPACES[prefix]}}}{name}" for prefix, name in steps)


@lru_cache(maxsize=256)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(clark(step) for step in path.split("/"))


def first(element: Element, path: str) -> Element | None:
    """The first element of a path, through the first child of every step; faster than `find`."""
    found: Element | None = element
    for tag in _steps(path):
        if found is None:
            return None
        found = next(found.iterchildren(tag), None)
    return found


def text(element: Element, path: str) -> str | None:
    """An element's text: None if it is absent, "" if it is empty."""
    found = first(element, path)
    return None if found is None else found.text or ""


def attribute(element: Element, path: str, name: str) -> str | None:
    """An element's attribute; None if either is absent."""
    found = first(element, path)
    return None if found is None else found.get(name)


def amount(element: Element, path: str) -> Amount:
    """A number with its currency or unit."""
    found = first(element, path)
    if found is None:
        return Amount()
    unit = found.get("currencyID") or found.get("unitCode")
    return Amount(found.text or "", unit, formats.number(found.text))


def read(root: Element) -> Invoice:
    """The values of an Invoice element; whatever is missing is None or empty."""
    monetary = root.find(clark("cac:LegalMonetaryTotal"))
    return Invoice(
        version=text(root, "cbc:UBLVersionID"),
        customization=text(root, "cbc:CustomizationID"),
        id=text(root, "cbc:ID"),
        issued=text(root, "cbc:IssueDate"),
        issue_date=formats.day(text(root, "cbc:IssueDate")),
        type_code=text(root, "cbc:InvoiceTypeCode"),
        operation=attribute(root, "cbc:InvoiceTypeCode", "listID"),
        notes=tuple(
            (n.get("languageLocaleID"), n.text or "") for n in root.iterfind(clark("cbc:Note"))
        ),
        currency=text(root, "cbc:DocumentCurrencyCode"),
        order=text(root, "cac:OrderReference/cbc:ID"),
        despatches=tuple(map(_reference, root.iterfind(clark("cac:DespatchDocumentReference")))),
        documents=tuple(map(_reference, root.iterfind(clark("cac:AdditionalDocumentReference")))),
        supplier=_party(root, "cac:AccountingSupplierParty/cac:Party"),
        customer=_party(root, "cac:AccountingCustomerParty/cac:Party"),
        delivery=_texts(root, "cac:Delivery/cac:DeliveryLocation/cac:Address"),
        deposit=tuple(map(_deposit, root.iterfind(clark("cac:PaymentMeans")))),
        terms=tuple(map(_terms, root.iterfind(clark("cac:PaymentTerms")))),
        advances=tuple(
            (text(p, "cbc:ID"), amount(p, "cbc:PaidAmount"))
            for p in root.iterfind(clark("cac:PrepaidPayment"))
        ),
        charges=_charges(root),
        tax_totals=len(root.findall(clark("cac:TaxTotal"))),
        tax=amount(root, "cac:TaxTotal/cbc:TaxAmount"),
        subtotals=_subtotals(root),
        totals={} if monetary is None else _totals(monetary),
        lines=tuple(map(_line, root.iterfind(clark("cac:InvoiceLine")))),
        attributes=_attributes(root),
    )


def _totals(monetary: Element) -> dict[str, Amount]:
    return {
        etree.QName(child).localname: Amount(
            child.text or "", child.get("currencyID"), formats.number(child.text)
        )
        for child in monetary.iterchildren(etree.Element)
    }


def _attributes(root: Element) -> tuple[tuple[str, str, str, str], ...]:
    found = []
    for element in root.iter(etree.Element):
        if OPTIONAL.isdisjoint(element.keys()):
            continue
        parent, name = element.getparent(), etree.QName(element).localname
        above = "" if parent is None else etree.QName(parent).localname
        found += [(above, name, str(key), str(value)) for key, value in element.items()]
    return tuple(found)


def _texts(element: Element, path: str) -> dict[str, str]:
    found = first(element, path)
    if found is None:
        return {}
    return {
        etree.QName(child).localname: child.text or ""
        for child in found.iterdescendants(etree.Element)
        if len(child) == 0
    }


def _reference(element: Element) -> Reference:
    issuer = "cac:IssuerParty/cac:PartyIdentification/cbc:ID"
    return Reference(
        id=text(element, "cbc:ID"),
        type_code=text(element, "cbc:DocumentTypeCode"),
        status=text(element, "cbc:DocumentStatusCode"),
        issuer=text(element, issuer),
        issuer_scheme=attribute(element, issuer, "schemeID"),
    )


def _party(root: Element, path: str) -> Party:
    party = root.find(clark(path))
    if party is None:
        return Party((), None, None, {})
    ids = party.iterfind(clark("cac:PartyIdentification/cbc:ID"))
    return Party(
        ids=tuple((found.text or "", found.get("schemeID")) for found in ids),
        name=text(party, "cac:PartyLegalEntity/cbc:RegistrationName"),
        trade_name=text(party, "cac:PartyName/cbc:Name"),
        address=_texts(party, "cac:PartyLegalEntity/cac:RegistrationAddress"),
    )


def _deposit(element: Element) -> tuple[str | None, str | None, str | None]:
    return (
        text(element, "cbc:ID"),
        text(element, "cbc:PaymentMeansCode"),
        text(element, "cac:PayeeFinancialAccount/cbc:ID"),
    )


def _terms(element: Element) -> Terms:
    return Terms(
        id=text(element, "cbc:ID"),
        means=tuple(m.text or "" for m in element.iterfind(clark("cbc:PaymentMeansID"))),
        amount=amount(element, "cbc:Amount"),
        due=text(element, "cbc:PaymentDueDate"),
    )


def _charges(element: Element) -> tuple[Charge, ...]:
    return tuple(
        Charge(
            indicator=text(found, "cbc:ChargeIndicator"),
            reason=text(found, "cbc:AllowanceChargeReasonCode"),
            factor=amount(found, "cbc:MultiplierFactorNumeric"),
            amount=amount(found, "cbc:Amount"),
            base=amount(found, "cbc:BaseAmount"),
        )
        for found in element.iterfind(clark("cac:AllowanceCharge"))
    )


def _subtotals(element: Element) -> tuple[Subtotal, ...]:
    return tuple(map(_subtotal, element.iterfind(clark("cac:TaxTotal/cac:TaxSubtotal"))))


def _subtotal(element: Element) -> Subtotal:
    category = element.find(clark("cac:TaxCategory"))
    if category is None:
        category = element.makeelement("none", {})
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


def _line(element: Element) -> Line:
    prices = element.iterfind(clark("cac:PricingReference/cac:AlternativeConditionPrice"))
    gtin = "cac:Item/cac:StandardItemIdentification/cbc:ID"
    return Line(
        id=text(element, "cbc:ID") or "",
        quantity=amount(element, "cbc:InvoicedQuantity"),
        value=amount(element, "cbc:LineExtensionAmount"),
        prices=tuple(
            Price(amount(p, "cbc:PriceAmount"), text(p, "cbc:PriceTypeCode")) for p in prices
        ),
        charges=_charges(element),
        tax_totals=len(element.findall(clark("cac:TaxTotal"))),
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
