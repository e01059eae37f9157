"""The parties of a Colombian document, element by element. Source: colombia.md 3, "Party".

A group that is not known is left out whole: a made-up code is rejected, a missing one is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from acuse.domain.party import Address, Company, Customer
from acuse.jurisdictions.co import content
from acuse.jurisdictions.co.codes import NIT, countries, departments, municipalities
from acuse.jurisdictions.co.content import HOME
from acuse.jurisdictions.co.fields import SCHEMES
from acuse.jurisdictions.co.ids import check_digit
from acuse.jurisdictions.co.lists import CONSUMER
from acuse.jurisdictions.co.tax_parties import AGENCY, identity
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, leaf, maybe, node

_account = leaf("cbc:AdditionalAccountID")
_activity = leaf("cbc:IndustryClassificationCode")
_location = node("cac:PhysicalLocation", "cac:Address")
_tax_scheme_party = node("cac:PartyTaxScheme")
_person_nit = leaf("cbc:ID", "schemeID", schemeName=NIT)
_person_id = leaf("cbc:ID", "schemeName")
_by_agency = {"schemeAgencyID": "195", "schemeAgencyName": AGENCY}
_agency_nit = leaf("cbc:ID", "schemeID", schemeName=NIT, **_by_agency)
_agency_id = leaf("cbc:ID", "schemeName", **_by_agency)
_representative = node("cac:TaxRepresentativeParty", "cac:PartyIdentification")
_person = node("cac:Person")
_first_name, _family_name = leaf("cbc:FirstName"), leaf("cbc:FamilyName")
_level = leaf("cbc:TaxLevelCode", "listName")
_scheme = node("cac:TaxScheme")
_registration = node("cac:CorporateRegistrationScheme")
_contact = node("cac:Contact")
_telephone, _mail = leaf("cbc:Telephone"), leaf("cbc:ElectronicMail")
_city, _postal = leaf("cbc:CityName"), leaf("cbc:PostalZone")
_region, _region_code = leaf("cbc:CountrySubentity"), leaf("cbc:CountrySubentityCode")
_line = node("cac:AddressLine")
_text = leaf("cbc:Line")
_country = node("cac:Country")
_country_code, _country_name = leaf("cbc:IdentificationCode"), leaf("cbc:Name", languageID="es")


@dataclass(frozen=True, slots=True)
class Party:
    """What is written of a party; `prefix` is the point of sale of who issues.

    Without a responsibility, regime or scheme of its own it is "not applicable" of each.
    """

    organization: str  # 1 legal, 2 natural
    kind: str  # the DIAN's code of its identity
    number: str
    name: str
    trade_name: str = ""
    responsibilities: str = "R-99-PN"
    regime: str = "49"
    scheme: str = "ZZ"
    address: Address | None = None
    postal_code: str = ""
    activity: str = ""
    registration: str = ""
    phone: str = ""
    email: str = ""
    prefix: str = ""
    names: tuple[str, str] = ("", "")  # first, family: of a natural person


def of_company(company: Company, prefix: str) -> Party:
    """Our company, with the prefix of the document's series."""
    extra = company.extra
    return Party(
        organization=content.own(extra, "organization", "1"),
        kind=content.identity_code(company.tax_id.kind),
        number=company.tax_id.number,
        name=company.legal_name,
        trade_name=company.trade_name,
        responsibilities=content.own(extra, "responsibilities", "R-99-PN"),
        regime=content.own(extra, "regime", "48"),
        scheme=content.own(extra, "tax_scheme", "01"),
        address=company.address,
        postal_code=content.own(extra, "postal_code"),
        activity=content.own(extra, "activity"),
        registration=content.own(extra, "registration"),
        phone=company.phone,
        email=company.email,
        prefix=prefix,
    )


def of_customer(customer: Customer) -> Party:
    """The other party; a consumidor final is always written the same way."""
    if content.is_consumer(customer):
        return Party("2", "13", CONSUMER, "consumidor final")
    responsibilities, regime, scheme = content.tax_facts(customer)
    return Party(
        organization=content.organization(customer),
        kind=content.identity_code(customer.tax_id.kind),
        number=customer.tax_id.number,
        name=customer.name,
        responsibilities=responsibilities,
        regime=regime,
        scheme=scheme,
        address=customer.address,
        postal_code=content.own(customer.extra, "postal_code"),
        phone=customer.phone,
        email=next(iter(customer.shown_emails), ""),
        names=content.names(customer),
    )


@lru_cache(maxsize=512)
def supplier(party: Party) -> Markup:
    """AccountingSupplierParty; an issuer is the same in all its documents: written once."""
    activity = maybe(_activity, party.activity)
    return ubl.supplier(_account(party.organization), ubl.party(activity, *_parts(party)))


@lru_cache(maxsize=512)
def customer(party: Party) -> Markup:
    """AccountingCustomerParty: as the supplier, with its identity before its name (FAK61)."""
    identified = ubl.party_identification(_identified(party))
    person = _named(*party.names)
    return ubl.customer(_account(party.organization), ubl.party(identified, *_parts(party), person))


@lru_cache(maxsize=512)
def representative(kind: str, number: str) -> Markup:
    """TaxRepresentativeParty: who else may look the document up; `kind` is our word for it."""
    code = content.identity_code(kind)
    told = _agency_nit(number, check_digit(number)) if code == NIT else _agency_id(number, code)
    return _representative(told)


def _named(first: str, family: str) -> Markup:
    parts = maybe(_first_name, first), maybe(_family_name, family)
    return _person(*parts) if any(parts) else EMPTY


def _parts(party: Party) -> tuple[Markup, ...]:
    return (
        ubl.party_name(ubl.name(party.trade_name or party.name)),
        _location(*_address(party)) if _is_known(party.address) else EMPTY,
        _taxes(party),
        _legal_entity(party),
        _reached(party),
    )


def _identified(party: Party) -> Markup:
    if party.kind == NIT:
        return _person_nit(party.number, check_digit(party.number))
    return _person_id(party.number, party.kind)


def _taxes(party: Party) -> Markup:
    return _tax_scheme_party(
        ubl.registration_name(party.name),
        identity(party.number, party.kind),
        _level(party.responsibilities, party.regime),
        ubl.registration_address(*_address(party)) if _is_known(party.address) else EMPTY,
        _scheme(ubl.id_(party.scheme), ubl.name(dict(SCHEMES)[party.scheme])),
    )


def _legal_entity(party: Party) -> Markup:
    """With the point of sale of who issues: the range is looked up by it (FAJ49, FAJ50, FAB10a)."""
    parts = maybe(ubl.id_, party.prefix), maybe(ubl.name, party.registration)
    point = _registration(*parts) if any(parts) else EMPTY
    return ubl.party_legal_entity(
        ubl.registration_name(party.name), identity(party.number, party.kind), point
    )


def _reached(party: Party) -> Markup:
    if not (party.phone or party.email):
        return EMPTY
    return _contact(maybe(_telephone, party.phone), maybe(_mail, party.email))


def _is_known(address: Address | None) -> bool:
    """Whether the group is whole: a municipality of the list, or another country."""
    if address is None or not address.line:
        return False
    if address.country not in ("", HOME):
        return True
    return address.place in municipalities()


def _address(party: Party) -> tuple[Markup, ...]:
    """Names are those of the lists, letter by letter (FAJ09 to FAJ12)."""
    address = party.address
    assert address is not None
    if address.country not in ("", HOME):
        title = countries().get(address.country)
        return (
            maybe(_city, address.city),
            maybe(_region, address.region),
            _line(_text(address.line)),
            _country(_country_code(address.country), maybe(_country_name, title)),
        )
    department = address.place[:2]
    return (
        ubl.id_(address.place),
        _city(municipalities()[address.place]),
        maybe(_postal, party.postal_code),
        _region(departments()[department]),
        _region_code(department),
        _line(_text(address.line)),
        _country(_country_code(HOME), _country_name("Colombia")),
    )
