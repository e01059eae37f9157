"""Checks of issuer, customer and the places of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Party
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot, missing
from acuse_sandbox.sunat.rulebook.table import catalogue
from acuse_sandbox.sunat.taxpayers import Standing

ISSUER = "cac:AccountingSupplierParty/cac:Party"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party"
ISSUER_ID = f"{ISSUER}/cac:PartyIdentification/cbc:ID"
CUSTOMER_ID = f"{CUSTOMER}/cac:PartyIdentification/cbc:ID"
ADDRESS = f"{ISSUER}/cac:PartyLegalEntity/cac:RegistrationAddress"
COUNTRY = "cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode"

NOT_TO_RUC = frozenset({"0200", "0201", "0204"})
USED_ABROAD = frozenset({"0201", "0208"})
RUC_NUMBER = re.compile(r"[0-9]{11}")
DNI_NUMBER = re.compile(r"[0-9]{8}")
ANNEX = re.compile(r"[0-9]{4}")


def issuer_stands(bad: Callable[[Standing, Case], bool]) -> Check:
    """A check that fails where the lists say something bad of the issuer."""

    def check(case: Case) -> Iterable[Spot]:
        ruc = case.invoice.supplier.number or ""
        return (Spot(ISSUER_ID, ruc),) if case.stands(ruc, lambda s: bad(s, case)) else ()

    return check


def customer_stands(bad: Callable[[Standing], bool]) -> Check:
    """A check that fails where the lists say something bad of a customer with RUC."""

    def check(case: Case) -> Iterable[Spot]:
        customer = case.invoice.customer
        ruc = customer.number or ""
        asked = customer.scheme == "6" and RUC_NUMBER.fullmatch(ruc)
        return (Spot(CUSTOMER_ID, ruc),) if asked and case.stands(ruc, bad) else ()

    return check


def more_than_one(node: str, party: Callable[[Case], Party]) -> Check:
    """A check that fails where a party has several identities."""
    return lambda case: (Spot(node),) if len(party(case).ids) > 1 else ()


def other_issuer(case: Case) -> Iterable[Spot]:
    """1034: the issuer is not the one in the file's name."""
    found = case.invoice.supplier.number
    return (Spot(ISSUER_ID, found or ""),) if found != case.stem.ruc else ()


def issuer_scheme(case: Case) -> Iterable[Spot]:
    """1007: the issuer's identity is no RUC."""
    found = case.invoice.supplier.scheme
    return (Spot(f"{ISSUER_ID}/@schemeID", found),) if found and found != "6" else ()


def no_annex(case: Case) -> Iterable[Spot]:
    """3030: no establishment, or an empty one."""
    found = case.invoice.supplier.address.get("AddressTypeCode")
    return () if found else (Spot(f"{ADDRESS}/cbc:AddressTypeCode"),)


def unknown_annex(case: Case) -> Iterable[Spot]:
    """3239: an establishment that the issuer does not have."""
    issuer = case.invoice.supplier
    found = issuer.address.get("AddressTypeCode")
    known = not found or case.registers.has_annex(issuer.number or "", found)
    return () if known else (Spot(f"{ADDRESS}/cbc:AddressTypeCode", found or ""),)


def odd_annex(case: Case) -> Iterable[Spot]:
    """4242: an establishment's code that is not four digits."""
    found = case.invoice.supplier.address.get("AddressTypeCode")
    odd = bool(found) and not ANNEX.fullmatch(found or "")
    return (Spot(f"{ADDRESS}/cbc:AddressTypeCode", found or ""),) if odd else ()


def odd_text(
    node: str, value: Callable[[Case], str | None], *, shortest: int, longest: int
) -> Check:
    """A check that fails where a text that is there is not one line of the lengths given."""

    def check(case: Case) -> Iterable[Spot]:
        found = value(case)
        odd = found is not None and not formats.is_line(found, shortest, longest)
        return (Spot(node, found or ""),) if odd else ()

    return check


def address_text(name: str, *, shortest: int, longest: int) -> Check:
    """A check of one text of the issuer's address."""
    return odd_text(
        f"{ADDRESS}/cbc:{name}",
        lambda case: case.invoice.supplier.address.get(name),
        shortest=shortest,
        longest=longest,
    )


def odd_ubigeo(case: Case) -> Iterable[Spot]:
    """4093: no code of INEI's list (judged by its form)."""
    found = case.invoice.supplier.address.get("ID")
    odd = found is not None and not formats.UBIGEO.fullmatch(found)
    return (Spot(f"{ADDRESS}/cbc:ID", found or ""),) if odd else ()


def foreign_address(case: Case) -> Iterable[Spot]:
    """4041: the issuer's address outside Peru."""
    found = case.invoice.supplier.address.get("IdentificationCode")
    return (Spot(f"{ADDRESS}/cac:Country", found or ""),) if found not in (None, "PE") else ()


def no_customer(case: Case) -> Iterable[Spot]:
    """2014: no identity of the customer."""
    return () if case.invoice.customer.number else (Spot(CUSTOMER_ID),)


def no_customer_scheme(case: Case) -> Iterable[Spot]:
    """2015: no kind of identity."""
    customer = case.invoice.customer
    return (Spot(f"{CUSTOMER_ID}/@schemeID"),) if customer.number and not customer.scheme else ()


def _allowed_schemes(case: Case) -> frozenset[str]:
    operation = case.invoice.operation or ""
    if operation in catalogs.EXPORTS or operation == "0401":
        barred = operation in NOT_TO_RUC and not case.invoice.has_legend("2008")
        return catalogs.IDENTITIES - ({"6"} if barred else set()) | {"-"}
    if operation == "0112":
        return frozenset({"1", "6"})
    return frozenset({"7", "B", "G"}) if operation == "2106" else frozenset({"6"})


def wrong_customer_scheme(case: Case) -> Iterable[Spot]:
    """2800: a kind of identity that the operation does not allow."""
    found = case.invoice.customer.scheme
    wrong = bool(found) and found not in _allowed_schemes(case)
    return (Spot(f"{CUSTOMER_ID}/@schemeID", found or ""),) if wrong else ()


def customer_number(schemes: str, good: Callable[[str], object]) -> Check:
    """A check of the number's form for some kinds of identity."""

    def check(case: Case) -> Iterable[Spot]:
        customer = case.invoice.customer
        asked = customer.number and customer.scheme and customer.scheme in schemes
        return (
            (Spot(CUSTOMER_ID, customer.number or ""),)
            if asked and not good(customer.number or "")
            else ()
        )

    return check


def no_country_of_use(case: Case) -> Iterable[Spot]:
    """3098: services used abroad without the country."""
    invoice = case.invoice
    bare = invoice.operation in USED_ABROAD and not invoice.delivery.get("IdentificationCode")
    return (Spot(COUNTRY),) if bare else ()


def wrong_country_of_use(case: Case) -> Iterable[Spot]:
    """3099: services used abroad, but in Peru or nowhere known."""
    found = case.invoice.delivery.get("IdentificationCode")
    abroad = catalogue("04") - {"PE"}
    wrong = case.invoice.operation in USED_ABROAD and bool(found) and found not in abroad
    return (Spot(COUNTRY, found or ""),) if wrong else ()


FAULTS = (
    Rule("1034", "El RUC del emisor no es el del nombre del archivo", other_issuer),
    Rule(
        "1008",
        "Falta el tipo de documento del emisor",
        missing(f"{ISSUER_ID}/@schemeID", lambda c: c.invoice.supplier.scheme),
    ),
    Rule("1007", "El documento del emisor debe ser de tipo 6", issuer_scheme),
    Rule(
        "1037",
        "Falta el nombre del emisor",
        missing(
            f"{ISSUER}/cac:PartyLegalEntity/cbc:RegistrationName", lambda c: c.invoice.supplier.name
        ),
    ),
    Rule(
        "1078",
        "El emisor está obligado a enviar por un OSE",
        issuer_stands(lambda s, _: s.must_use_ose),
    ),
    Rule(
        "1086",
        "El emisor figura como sujeto sin capacidad operativa",
        issuer_stands(lambda s, _: s.without_capacity),
    ),
    Rule("1083", "El RUC del cliente no existe", customer_stands(lambda s: not s.known)),
)

RULES = (
    Rule(
        "3089",
        "El emisor tiene más de una identificación",
        more_than_one(ISSUER_ID, lambda c: c.invoice.supplier),
    ),
    Rule("2010", "El emisor no está activo", issuer_stands(lambda s, _: not s.active)),
    Rule("2011", "El emisor no está habido", issuer_stands(lambda s, _: not s.found)),
    Rule(
        "3097",
        "El emisor no figura como exportador de servicios",
        issuer_stands(lambda s, c: c.invoice.operation == "0201" and not s.exports_services),
    ),
    Rule(
        "3281",
        "El emisor no figura en el régimen Tax Free",
        issuer_stands(lambda s, c: c.invoice.operation == "2106" and not s.sells_tax_free),
    ),
    Rule("3030", "Falta el código del establecimiento", no_annex),
    Rule("3239", "El establecimiento no figura en el RUC del emisor", unknown_annex),
    Rule(
        "3090",
        "El cliente tiene más de una identificación",
        more_than_one(CUSTOMER_ID, lambda c: c.invoice.customer),
    ),
    Rule("2014", "Falta el documento del cliente", no_customer),
    Rule("2015", "Falta el tipo de documento del cliente", no_customer_scheme),
    Rule(
        "2800",
        "El tipo de documento del cliente no vale para esta operación",
        wrong_customer_scheme,
    ),
    Rule(
        "2017",
        "El RUC del cliente debe tener 11 dígitos",
        customer_number("6", RUC_NUMBER.fullmatch),
    ),
    Rule(
        "2801",
        "El DNI del cliente debe tener 8 dígitos",
        customer_number("1", DNI_NUMBER.fullmatch),
    ),
    Rule(
        "2802",
        "El documento del cliente debe tener hasta 15 caracteres sin espacios",
        customer_number("047ABCDEFGH", lambda n: len(n) <= 15 and not re.search(r"\s", n)),
    ),
    Rule(
        "2021",
        "Falta el nombre del cliente",
        missing(
            f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName",
            lambda c: c.invoice.customer.name,
        ),
    ),
    Rule(
        "2022",
        "El nombre del cliente no tiene la forma esperada",
        odd_text(
            f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName",
            lambda c: c.invoice.customer.name or None,
            shortest=3,
            longest=1500,
        ),
    ),
    Rule("3098", "Falta el país de uso del servicio", no_country_of_use),
    Rule("3099", "El país de uso del servicio no vale", wrong_country_of_use),
    Rule(
        "4013",
        "El RUC del cliente no está activo",
        customer_stands(lambda s: s.known and not s.active),
    ),
    Rule(
        "4014",
        "El RUC del cliente no está habido",
        customer_stands(lambda s: s.known and not s.found),
    ),
    Rule(
        "4092",
        "El nombre comercial no tiene la forma esperada",
        odd_text(
            f"{ISSUER}/cac:PartyName/cbc:Name",
            lambda c: c.invoice.supplier.trade_name,
            shortest=1,
            longest=1500,
        ),
    ),
    Rule(
        "4338",
        "El nombre del emisor no tiene la forma esperada",
        odd_text(
            f"{ISSUER}/cac:PartyLegalEntity/cbc:RegistrationName",
            lambda c: c.invoice.supplier.name or None,
            shortest=1,
            longest=1500,
        ),
    ),
    Rule("4093", "El ubigeo del emisor no figura en la lista", odd_ubigeo),
    Rule(
        "4094",
        "La dirección del emisor no tiene la forma esperada",
        address_text("Line", shortest=3, longest=200),
    ),
    Rule(
        "4095",
        "La urbanización del emisor no tiene la forma esperada",
        address_text("CitySubdivisionName", shortest=1, longest=25),
    ),
    Rule(
        "4096",
        "La provincia del emisor no tiene la forma esperada",
        address_text("CityName", shortest=1, longest=30),
    ),
    Rule(
        "4097",
        "El departamento del emisor no tiene la forma esperada",
        address_text("CountrySubentity", shortest=1, longest=30),
    ),
    Rule(
        "4098",
        "El distrito del emisor no tiene la forma esperada",
        address_text("District", shortest=1, longest=30),
    ),
    Rule("4041", "El país de la dirección debe ser PE", foreign_address),
    Rule("4242", "El código del establecimiento debe tener 4 dígitos", odd_annex),
)
