"""Emisor and Receptor. Source: costa-rica.md 3.2; what each kind leaves out, 3.1."""

from __future__ import annotations

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Address, Company, Customer, TaxId
from acuse.jurisdictions.cr import content, content_line, forms, ids
from acuse.jurisdictions.cr.codes import IDENTITIES
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node

ABROAD = "EXT"  # a foreigner without domicile here: his address is plain text
WITHOUT_PLACE = frozenset({DocumentKind.EXPORT_INVOICE, DocumentKind.PAYMENT})

_issuer = node("Emisor")
_receiver = node("Receptor")
_name = leaf("Nombre")
_identification = node("Identificacion")
_kind = leaf("Tipo")
_number = leaf("Numero")
_alcohol = leaf("Registrofiscal8707")
_trade_name = leaf("NombreComercial")
_place = node("Ubicacion")
_province = leaf("Provincia")
_canton = leaf("Canton")
_district = leaf("Distrito")
_barrio = leaf("Barrio")
_directions = leaf("OtrasSenas")
_directions_abroad = leaf("OtrasSenasExtranjero")
_phone = node("Telefono")
_country_code = leaf("CodigoPais")
_phone_number = leaf("NumTelefono")
_email = leaf("CorreoElectronico")


def parties(document: Document, issuer: Company) -> Markup:
    """Who issues and who receives; of a purchase the seller issues, and we receive."""
    if content.seller_speaks(document):
        return joined(_seller(document.counterparty), _buyer(issuer))
    if document.kind is DocumentKind.PAYMENT:
        return joined(_short_company(issuer), _short_customer(document.counterparty))
    alcoholic = any(map(content_line.is_alcoholic, document.lines))
    return joined(_company(issuer, alcoholic=alcoholic), _customer(document))


def _company(issuer: Company, *, alcoholic: bool) -> Markup:
    return _issuer(
        _name(issuer.legal_name),
        _identified(issuer.tax_id),
        maybe(_alcohol, content.told(issuer.extra, "alcohol_register")) if alcoholic else EMPTY,
        maybe(_trade_name, issuer.trade_name),
        _located(issuer.address),
        _reached(issuer.phone),
        _email(issuer.email),
    )


def _customer(document: Document) -> Markup:
    """The customer; the document holds one mail address, further ones are ours alone."""
    receiver = document.counterparty
    if content.is_unnamed(receiver):
        return EMPTY
    abroad = receiver.tax_id.kind == ABROAD
    address = receiver.address
    placeless = abroad or document.kind in WITHOUT_PLACE
    return _receiver(
        _name(receiver.name),
        EMPTY if receiver.tax_id.kind == content.NOBODY else _identified(receiver.tax_id),
        EMPTY if placeless else _located(address),
        _directions_abroad(address.line) if abroad and address is not None else EMPTY,
        _reached(receiver.phone),
        maybe(_email, forms.receiver_mail(receiver)),
    )


def _seller(seller: Customer) -> Markup:
    abroad = seller.tax_id.kind == ABROAD
    address = seller.address
    return _issuer(
        _name(seller.name),
        _identified(seller.tax_id),
        EMPTY if abroad else _located(address),
        _directions_abroad(address.line) if abroad and address is not None else EMPTY,
        _reached(seller.phone),
        maybe(_email, forms.receiver_mail(seller)),
    )


def _buyer(company: Company) -> Markup:
    return _receiver(
        _name(company.legal_name),
        _identified(company.tax_id),
        maybe(_trade_name, company.trade_name),
        _located(company.address),
        _reached(company.phone),
        _email(company.email),
    )


def _short_company(issuer: Company) -> Markup:
    return _issuer(_name(issuer.legal_name), _identified(issuer.tax_id), _email(issuer.email))


def _short_customer(receiver: Customer) -> Markup:
    return _receiver(
        _name(receiver.name),
        _identified(receiver.tax_id),
        maybe(_email, forms.receiver_mail(receiver)),
    )


def _identified(tax_id: TaxId) -> Markup:
    return _identification(_kind(IDENTITIES[tax_id.kind]), _number(ids.written(tax_id)))


def _located(address: Address | None) -> Markup:
    if address is None or not address.place:
        return EMPTY
    province, canton, district = address.place.split("-")
    return _place(
        _province(province),
        _canton(canton),
        _district(district),
        maybe(_barrio, address.district.strip()) if forms.is_barrio(address.district) else EMPTY,
        _directions(address.line),
    )


def _reached(phone: str) -> Markup:
    """The phone, where it is one of Costa Rica; the element is optional."""
    parts = content.phone(phone)
    return _phone(_country_code(parts[0]), _phone_number(parts[1])) if parts else EMPTY
