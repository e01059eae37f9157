"""Emisor and Receptor. Source: costa-rica.md 3.2."""

from __future__ import annotations

from acuse.domain.party import Address, Company, Customer, TaxId
from acuse.jurisdictions.cr import content, forms, ids
from acuse.jurisdictions.cr.codes import IDENTITIES
from acuse.xml.build import EMPTY, Markup, leaf, maybe, node

ABROAD = "EXT"  # a foreigner without domicile here: his address is plain text

_issuer = node("Emisor")
_receiver = node("Receptor")
_name = leaf("Nombre")
_identification = node("Identificacion")
_kind = leaf("Tipo")
_number = leaf("Numero")
_trade_name = leaf("NombreComercial")
_place = node("Ubicacion")
_province = leaf("Provincia")
_canton = leaf("Canton")
_district = leaf("Distrito")
_directions = leaf("OtrasSenas")
_directions_abroad = leaf("OtrasSenasExtranjero")
_phone = node("Telefono")
_country_code = leaf("CodigoPais")
_phone_number = leaf("NumTelefono")
_email = leaf("CorreoElectronico")


def company(issuer: Company) -> Markup:
    """The issuer."""
    return _issuer(
        _name(issuer.legal_name),
        _identified(issuer.tax_id),
        maybe(_trade_name, issuer.trade_name),
        _located(issuer.address),
        _reached(issuer.phone),
        _email(issuer.email),
    )


def customer(receiver: Customer) -> Markup:
    """The customer; the document holds one mail address, further ones are ours alone."""
    abroad = receiver.tax_id.kind == ABROAD
    address = receiver.address
    return _receiver(
        _name(receiver.name),
        _identified(receiver.tax_id),
        EMPTY if abroad else _located(address),
        _directions_abroad(address.line) if abroad and address is not None else EMPTY,
        _reached(receiver.phone),
        maybe(_email, forms.receiver_mail(receiver)),
    )


def _identified(tax_id: TaxId) -> Markup:
    return _identification(_kind(IDENTITIES[tax_id.kind]), _number(ids.written(tax_id)))


def _located(address: Address | None) -> Markup:
    if address is None or not address.place:
        return EMPTY
    province, canton, district = address.place.split("-")
    return _place(
        _province(province), _canton(canton), _district(district), _directions(address.line)
    )


def _reached(phone: str) -> Markup:
    """The phone, where it is one of Costa Rica; the element is optional."""
    parts = content.phone(phone)
    return _phone(_country_code(parts[0]), _phone_number(parts[1])) if parts else EMPTY
