"""Who sells and who buys: numbers, names, addresses, duties. Source: colombia.md 3 and 10."""

from __future__ import annotations

import re

from acuse_sandbox.dian.rulebook.facts import RutEntry
from acuse_sandbox.dian.rulebook.nodes import Node
from acuse_sandbox.dian.rulebook.places import DEPARTMENTS, MUNICIPALITIES
from acuse_sandbox.dian.rulebook.rule import (
    COMPANY,
    CUSTOMER,
    SUPPLIER,
    Case,
    Check,
    Rule,
    notifies,
    rejects,
    when,
)
from acuse_sandbox.dian.rulebook.rules_extensions import POINT_OF_SALE, dv_is_wrong

# Of the documento soporte and its note the supplier is the seller, abroad or without a RUT.
SOLD = ("F", "C", "D", "DE", "NA")
BOUGHT = ("DS", "NS")
BUYER_IS_TOLD = ("F", "C", "D", "DE", "NA")

PHYSICAL = "cac:PhysicalLocation/cac:Address"
REGISTERED = "cac:PartyTaxScheme/cac:RegistrationAddress"
RESPONSIBILITIES = "cac:PartyTaxScheme/cbc:TaxLevelCode"
SCHEME = "cac:PartyTaxScheme/cac:TaxScheme"
LEGAL = "cac:PartyLegalEntity"
COMPLETE = ("cbc:ID", "cbc:CityName", "cbc:CountrySubentity", "cbc:CountrySubentityCode")
IDENTITY_TYPES = frozenset("11 12 13 21 22 31 41 42 47 48 50 91".split())
KNOWN_RESPONSIBILITIES = frozenset({"O-13", "O-15", "O-23", "O-47", "R-99-PN"})
NO_RESPONSIBILITY = "R-99-PN"
SCHEMES = {"01": "IVA", "04": "INC", "ZA": "IVA e INC", "ZZ": "No aplica"}
FINAL_CONSUMER = "222222222222"
NATURAL = "2"
COLOMBIA = "CO"
POSTAL_CODE = re.compile(r"[0-9]{6}")
REGISTRATION = re.compile(r"[0-9]{6,12}")
ACTIVITY = re.compile(r"[0-9]{4}")
# CIIU, revision 4 A.C.: the divisions; the classes themselves are not at hand.
DIVISIONS = frozenset(
    f"{number:02}"
    for first, last in (
        (0, 3), (5, 9), (10, 33), (35, 39), (41, 43), (45, 47), (49, 53), (55, 56),
        (58, 66), (68, 75), (77, 82), (84, 88), (90, 99),
    )
    for number in range(first, last + 1)
)  # fmt: skip


def same(told: str, listed: str) -> bool:
    """Whether a name is the listed one; accents and blanks count, case does not."""
    return told.casefold() == listed.casefold()


def _account(case: Case, party: str) -> str:
    return case.root.value(f"{party.partition('/')[0]}/cbc:AdditionalAccountID")


def _activity_is_unknown(case: Case) -> bool:
    told = case.supplier.value("cbc:IndustryClassificationCode")
    return bool(told) and any(
        ACTIVITY.fullmatch(code) is None or code[:2] not in DIVISIONS for code in told.split(";")
    )


def is_abroad(address: Node) -> bool:
    """Whether it says another country."""
    return address.value("cac:Country/cbc:IdentificationCode") not in ("", COLOMBIA)


def _address_check(party: str, path: str, name: str) -> Check:
    """A check of one element of an address in Colombia against the lists."""

    def fails(case: Case) -> bool:
        address = case.root.at(party).at(path)
        if not address.has(name) or is_abroad(address):
            return False
        return not _is_listed(address, name)

    return when(fails)


def _is_listed(address: Node, name: str) -> bool:
    """Whether an element is as in the list; a name is judged only by a code that exists."""
    told, code = address.value(name), address.value("cbc:ID")
    department = address.value("cbc:CountrySubentityCode")
    match name:
        case "cbc:ID":
            return told in MUNICIPALITIES
        case "cbc:CityName":
            return code not in MUNICIPALITIES or same(told, MUNICIPALITIES[code])
        case "cbc:CountrySubentity":
            return department not in DEPARTMENTS or same(told, DEPARTMENTS[department])
        case _:
            return told in DEPARTMENTS and (code not in MUNICIPALITIES or code[:2] == told)


def _is_incomplete(path: str) -> Check:
    def fails(case: Case) -> bool:
        address = case.customer.first(path)
        if address is None or is_abroad(address):
            return False
        return not all(address.value(name) for name in COMPLETE)

    return when(fails)


def _postal_code_is_wrong(case: Case) -> bool:
    found = [case.supplier.at(path) for path in (PHYSICAL, REGISTERED)]
    return any(
        one.has("cbc:PostalZone")
        and not is_abroad(one)
        and POSTAL_CODE.fullmatch(one.value("cbc:PostalZone")) is None
        for one in found
    )


def _responsibilities_are_unknown(party: Node, path: str) -> bool:
    """Whether there is one that is not of the list, or R-99-PN is not alone."""
    levels = party.all(path)
    told = [one.text.strip().split(";") for one in levels]
    return any(
        not KNOWN_RESPONSIBILITIES.issuperset(codes)
        or (NO_RESPONSIBILITY in codes and len(codes) > 1)
        for codes in told
    )


def _shareholders_are_unknown(case: Case) -> bool:
    holders = case.supplier.all(f"{LEGAL}/cac:ShareholderParty")
    return any(
        _responsibilities_are_unknown(one.at("cac:Party"), RESPONSIBILITIES) for one in holders
    )


def _carrier_is_unknown(case: Case) -> bool:
    return _responsibilities_are_unknown(
        case.root.at("cac:Delivery/cac:DeliveryParty"), RESPONSIBILITIES
    )


def _scheme_is_unknown(party: str) -> Check:
    def fails(case: Case) -> bool:
        scheme = case.root.at(party).first(SCHEME)
        return scheme is not None and scheme.value("cbc:ID") not in SCHEMES

    return when(fails)


def _scheme_name_differs(party: str) -> Check:
    def fails(case: Case) -> bool:
        scheme = case.root.at(party).at(SCHEME)
        name = SCHEMES.get(scheme.value("cbc:ID"))
        return name is not None and not same(scheme.value("cbc:Name"), name)

    return when(fails)


def _entry(case: Case, party: Node) -> RutEntry | None:
    """The RUT's entry for a party with a NIT; None if it has none."""
    id_ = party.at(COMPANY)
    return case.facts.rut.get(id_.text.strip()) if _has_nit(party) else None


def _has_nit(party: Node) -> bool:
    id_ = party.at(COMPANY)
    return id_.attributes.get("schemeName") == "31" and bool(id_.text.strip())


def _name_differs(case: Case, party: Node) -> bool:
    entry = _entry(case, party)
    told = party.value("cac:PartyTaxScheme/cbc:RegistrationName")
    return entry is not None and not same(told, entry.name)


def _is_not_in_rut(case: Case, party: Node) -> bool:
    return _has_nit(party) and case.facts.strict_software and _entry(case, party) is None


def _is_inactive(case: Case) -> bool:
    entry = _entry(case, case.issuer)
    return entry is not None and not entry.active


def _prefix_is_not_of_the_number(case: Case) -> bool:
    told = case.issuer.value(POINT_OF_SALE)
    return not case.number.startswith(told)


def _registration_is_malformed(case: Case) -> bool:
    path = f"{LEGAL}/cac:CorporateRegistrationScheme/cbc:Name"
    told = case.supplier.value(path)
    return bool(told) and REGISTRATION.fullmatch(told) is None


def _type_is_unknown(case: Case) -> bool:
    return case.customer.attribute(COMPANY, "schemeName") not in IDENTITY_TYPES


def _mail_is_missing(case: Case) -> bool:
    told = case.customer.value("cac:Contact/cbc:ElectronicMail")
    return not told and case.customer.value(COMPANY) != FINAL_CONSUMER


def _natural_person_has_no_identification(case: Case) -> bool:
    natural = _account(case, CUSTOMER) == NATURAL
    return natural and not case.customer.value("cac:PartyIdentification/cbc:ID")


def _legal_dv_is_wrong(case: Case, party: Node) -> bool:
    return dv_is_wrong(party.at(f"{LEGAL}/cbc:CompanyID"))


# fmt: off
SUPPLIERS: tuple[Rule, ...] = (
    Rule("AJ02", rejects(), "El tipo de organización del emisor no es 1 ni 2",
         when(lambda c: _account(c, SUPPLIER) not in ("1", "2"))),
    Rule("AJ04", rejects(), "Una actividad económica del emisor no está en la lista CIIU",
         when(_activity_is_unknown)),
    Rule("AJ09", rejects(), "El código de municipio del emisor no existe",
         _address_check(SUPPLIER, PHYSICAL, "cbc:ID")),
    Rule("AJ10", rejects(), "El nombre del municipio del emisor no es el de su código",
         _address_check(SUPPLIER, PHYSICAL, "cbc:CityName")),
    Rule("AJ11", rejects(), "El nombre del departamento del emisor no es el de su código",
         _address_check(SUPPLIER, PHYSICAL, "cbc:CountrySubentity"), "3"),
    Rule("AJ12", rejects(), "El código del departamento del emisor no es el de su municipio",
         _address_check(SUPPLIER, PHYSICAL, "cbc:CountrySubentityCode")),
    Rule("AJ16", rejects(*SOLD), "El país del emisor no es Colombia",
         when(lambda c: is_abroad(c.supplier.at(PHYSICAL)))),
    Rule("AJ20", rejects(*SOLD), "Falta el NIT del emisor",
         when(lambda c: not c.supplier.value(COMPANY))),
    Rule("AJ21", rejects(*SOLD), "El NIT del emisor no está activo en el RUT",
         when(_is_inactive)),
    Rule("AJ21", rejects(*BOUGHT), "Falta el número del vendedor",
         when(lambda c: not c.supplier.value(COMPANY))),
    Rule("AJ24", rejects(*SOLD), "El dígito de verificación del emisor no es correcto",
         when(lambda c: dv_is_wrong(c.supplier.at(COMPANY)))),
    Rule("AJ24b", rejects(*BOUGHT), "El dígito de verificación del vendedor no es correcto",
         when(lambda c: dv_is_wrong(c.supplier.at(COMPANY)))),
    Rule("AJ26", rejects(), "Una responsabilidad del emisor no está en la lista",
         when(lambda c: _responsibilities_are_unknown(c.supplier, RESPONSIBILITIES))),
    Rule("AJ28", rejects(*SOLD), "Falta la dirección registrada del emisor",
         when(lambda c: not c.supplier.has(REGISTERED))),
    Rule("AJ29", rejects(), "El código de municipio de la dirección registrada no existe",
         _address_check(SUPPLIER, REGISTERED, "cbc:ID")),
    Rule("AJ30", rejects(), "El municipio de la dirección registrada no es el de su código",
         _address_check(SUPPLIER, REGISTERED, "cbc:CityName"), "3"),
    Rule("AJ31", rejects(), "El departamento de la dirección registrada no es el de su código",
         _address_check(SUPPLIER, REGISTERED, "cbc:CountrySubentity"), "3"),
    Rule("AJ32", rejects(), "El código del departamento registrado no es el de su municipio",
         _address_check(SUPPLIER, REGISTERED, "cbc:CountrySubentityCode")),
    Rule("AJ39", rejects(), "Falta el tributo del emisor (TaxScheme)",
         when(lambda c: not c.supplier.has(SCHEME))),
    Rule("AJ40", rejects(), "El tributo del emisor no está en la lista",
         _scheme_is_unknown(SUPPLIER)),
    Rule("AJ41", notifies(), "El nombre del tributo del emisor no es el de su código",
         _scheme_name_differs(SUPPLIER)),
    Rule("AJ43a", notifies(*SOLD), "El nombre del emisor no es el del RUT",
         when(lambda c: _name_differs(c, c.supplier))),
    Rule("AJ43b", notifies(*SOLD), "El nombre del adquirente no es el del RUT",
         when(lambda c: _name_differs(c, c.customer))),
    # A rejection in the annex, a notification in every answer that was seen.
    Rule("AJ44a", notifies(*SOLD), "El NIT del emisor no está en el RUT",
         when(lambda c: _is_not_in_rut(c, c.supplier))),
    Rule("AJ44b", notifies(*SOLD), "El NIT del adquirente no está en el RUT",
         when(lambda c: _is_not_in_rut(c, c.customer))),
    Rule("AJ47", rejects(), "El dígito de verificación de la entidad legal no es correcto",
         when(lambda c: _legal_dv_is_wrong(c, c.supplier))),
    Rule("AJ49", rejects(*SOLD), "Falta el punto de venta del emisor (prefijo)",
         when(lambda c: not c.supplier.has(f"{LEGAL}/cac:CorporateRegistrationScheme"))),
    Rule("AJ50", rejects(*SOLD), "El punto de venta del emisor no es el prefijo del número",
         when(_prefix_is_not_of_the_number)),
    Rule("AJ51", notifies(*SOLD), "La matrícula mercantil no tiene de 6 a 12 cifras",
         when(_registration_is_malformed)),
    Rule("AJ62", rejects(*SOLD), "Una responsabilidad de un consorciado no está en la lista",
         when(_shareholders_are_unknown)),
    Rule("AJ73", notifies(), "El código postal del emisor no es válido",
         when(_postal_code_is_wrong)),
    Rule("AM37", rejects(*SOLD), "Una responsabilidad del transportador no está en la lista",
         when(_carrier_is_unknown)),
)

CUSTOMERS: tuple[Rule, ...] = (
    Rule("AK02", rejects(), "El tipo de organización del adquirente no es 1 ni 2",
         when(lambda c: _account(c, CUSTOMER) not in ("1", "2"))),
    Rule("AK08", notifies(*BUYER_IS_TOLD), "La dirección del adquirente está incompleta",
         _is_incomplete(PHYSICAL)),
    Rule("AK09", rejects(), "El código de municipio del adquirente no existe",
         _address_check(CUSTOMER, PHYSICAL, "cbc:ID"), "3"),
    Rule("AK10", rejects(), "El nombre del municipio del adquirente no es el de su código",
         _address_check(CUSTOMER, PHYSICAL, "cbc:CityName"), "3"),
    Rule("AK11", rejects(), "El nombre del departamento del adquirente no es el de su código",
         _address_check(CUSTOMER, PHYSICAL, "cbc:CountrySubentity"), "3"),
    Rule("AK12", rejects(), "El código del departamento del adquirente no es el de su municipio",
         _address_check(CUSTOMER, PHYSICAL, "cbc:CountrySubentityCode"), "3"),
    Rule("AK21", rejects(), "Falta el número del adquirente",
         when(lambda c: not c.customer.value(COMPANY))),
    Rule("AK24", rejects(), "El dígito de verificación del adquirente no es correcto",
         when(lambda c: dv_is_wrong(c.customer.at(COMPANY)))),
    Rule("AK25", rejects(), "El tipo de identificación del adquirente no existe",
         when(_type_is_unknown)),
    Rule("AK26", rejects(), "Una responsabilidad del adquirente no está en la lista",
         when(lambda c: _responsibilities_are_unknown(c.customer, RESPONSIBILITIES))),
    Rule("AK28", notifies(*BUYER_IS_TOLD), "La dirección registrada del adquirente está incompleta",
         _is_incomplete(REGISTERED)),
    Rule("AK29", rejects(), "El código de municipio registrado del adquirente no existe",
         _address_check(CUSTOMER, REGISTERED, "cbc:ID"), "3"),
    Rule("AK30", rejects(), "El municipio registrado del adquirente no es el de su código",
         _address_check(CUSTOMER, REGISTERED, "cbc:CityName")),
    Rule("AK31", rejects(), "El departamento registrado del adquirente no es el de su código",
         _address_check(CUSTOMER, REGISTERED, "cbc:CountrySubentity"), "3"),
    Rule("AK32", rejects(), "El código del departamento registrado del adquirente no es el suyo",
         _address_check(CUSTOMER, REGISTERED, "cbc:CountrySubentityCode"), "3"),
    Rule("AK40", rejects(), "El tributo del adquirente no está en la lista",
         _scheme_is_unknown(CUSTOMER)),
    Rule("AK47", rejects(), "El dígito de verificación legal del adquirente no es correcto",
         when(lambda c: _legal_dv_is_wrong(c, c.customer))),
    Rule("AK55", notifies(*BUYER_IS_TOLD), "Falta el correo del adquirente",
         when(_mail_is_missing)),
    # A rejection in the annex, a notification where it was seen.
    Rule("AK61", notifies(*BUYER_IS_TOLD), "La persona natural no trae su identificación",
         when(_natural_person_has_no_identification)),
)
# fmt: on

RULES = (*SUPPLIERS, *CUSTOMERS)
