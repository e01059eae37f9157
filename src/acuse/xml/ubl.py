"""UBL 2.1 aggregates, a function for each; start tags are rendered once.

Element order is that of the OASIS schemas; what a country adds or leaves out is its own matter.
"""

from __future__ import annotations

from functools import lru_cache

from acuse.xml.build import EMPTY, Figure, Markup, figure, leaf, maybe, node

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMESPACES = {
    "cac": UBL + "CommonAggregateComponents-2",
    "cbc": UBL + "CommonBasicComponents-2",
    "ext": UBL + "CommonExtensionComponents-2",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}

id_ = leaf("cbc:ID")
name = leaf("cbc:Name")
party_name = node("cac:PartyName")
party_identification = node("cac:PartyIdentification")
party = node("cac:Party")
party_legal_entity = node("cac:PartyLegalEntity")
registration_name = leaf("cbc:RegistrationName")
registration_address = node("cac:RegistrationAddress")
supplier = node("cac:AccountingSupplierParty")
customer = node("cac:AccountingCustomerParty")
legal_monetary_total = node("cac:LegalMonetaryTotal")
tax_total = node("cac:TaxTotal")
tax_subtotal = node("cac:TaxSubtotal")
tax_category = node("cac:TaxCategory")
allowance_charge = node("cac:AllowanceCharge")
payment_terms = node("cac:PaymentTerms")

_scheme_id = leaf("cbc:ID", "schemeID")
_city = leaf("cbc:CityName")
_region = leaf("cbc:CountrySubentity")
_district = leaf("cbc:District")
_address_line = node("cac:AddressLine")
_line = leaf("cbc:Line")
_country = node("cac:Country")
_country_code = leaf("cbc:IdentificationCode")
_address_type = leaf("cbc:AddressTypeCode")


def identified(scheme: str, number: str) -> Markup:
    """The party's identity number with its kind."""
    return party_identification(_scheme_id(number, scheme))


def address_parts(
    *, place: str, kind: str, city: str, region: str, district: str, line: str, country: str
) -> tuple[Markup, ...]:
    """The parts of an address; the element around them differs by place."""
    return (
        maybe(id_, place),
        maybe(_address_type, kind),
        maybe(_city, city),
        maybe(_region, region),
        maybe(_district, district),
        _address_line(_line(line)) if line else EMPTY,
        _country(_country_code(country)) if country else EMPTY,
    )


@lru_cache(maxsize=512)
def money(element: str, currency: str) -> Figure:
    """A function that writes an amount in that currency, given as text."""
    return figure(f"cbc:{element}", currencyID=currency)


def tax_scheme(number: str, title: str, kind: str) -> Markup:
    """The tax's number, name and type in its country's list; constant, so written once."""
    return node("cac:TaxScheme")(id_(number), name(title), leaf("cbc:TaxTypeCode")(kind))
