"""The DIAN's own extension: range, software, security code, address of the QR.

Source: colombia.md 3, "ext:UBLExtensions" (order of the schema), 2 (POS extensions).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from acuse.domain.document import Document
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company
from acuse.jurisdictions.co import content
from acuse.jurisdictions.co.doubts import POS_BUYER, POS_MAKER, POS_TILL
from acuse.jurisdictions.co.ids import check_digit, qr_url, software_security_code
from acuse.jurisdictions.co.rules_verdicts import DIAN_NIT
from acuse.jurisdictions.co.tax_parties import AGENCY
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node

STS = "dian:gov:co:facturaelectronica:Structures-2-1"

_BY_DIAN = {"schemeAgencyID": "195", "schemeAgencyName": AGENCY}
_extensions = node("sts:DianExtensions")
_control = node("sts:InvoiceControl")
_authorization = leaf("sts:InvoiceAuthorization")
_period = node("sts:AuthorizationPeriod")
_start, _end = leaf("cbc:StartDate"), leaf("cbc:EndDate")
_authorized = node("sts:AuthorizedInvoices")
_prefix, _from, _to = leaf("sts:Prefix"), leaf("sts:From"), leaf("sts:To")
_SOURCE = node("sts:InvoiceSource")(
    leaf(
        "cbc:IdentificationCode",
        listAgencyID="6",
        listAgencyName="United Nations Economic Commission for Europe",
        listSchemeURI="urn:oasis:names:specification:ubl:codelist:gc:CountryIdentificationCode-2.1",
    )("CO")
)
_AUTHORITY = node("sts:AuthorizationProvider")(
    leaf("sts:AuthorizationProviderID", schemeID="4", schemeName="31", **_BY_DIAN)(DIAN_NIT)
)
_provider = node("sts:SoftwareProvider")
_provider_id = leaf("sts:ProviderID", "schemeID", schemeName="31", **_BY_DIAN)
_software_id = leaf("sts:SoftwareID", **_BY_DIAN)
_security_code = leaf("sts:SoftwareSecurityCode", **_BY_DIAN)
_qr = leaf("sts:QRCode")

_extension = node("ext:UBLExtension", "ext:ExtensionContent")
_name, _value = leaf("Name"), leaf("Value")

PROGRAM = "Acuse"


def dian_extensions(
    company: Company,
    *,
    number: str,
    uuid: str,
    pin: str,
    numbering: NumberingRange | None = None,
) -> Markup:
    """sts:DianExtensions; `numbering` where the document hangs from an authorised range."""
    software = content.own(company.extra, "software_id")
    return _extensions(
        _authorised(numbering) if numbering else EMPTY,
        _SOURCE,
        _software(company.tax_id.number, software),
        _security_code(software_security_code(software, pin, number)),
        _AUTHORITY,
        _qr(qr_url(uuid, company.environment)),
    )


def _authorised(numbering: NumberingRange) -> Markup:
    start, end = numbering.valid_from, numbering.valid_until
    assert start is not None, "checks refuse an authorised range without its dates"
    assert end is not None
    resolution = content.own(numbering.extra, "resolution")
    return _range(resolution, start, end, numbering.series, numbering.first, numbering.last)


@lru_cache(maxsize=256)
def _range(resolution: str, start: date, end: date, prefix: str, first: int, last: int) -> Markup:
    return _control(
        _authorization(resolution),
        _period(_start(start.isoformat()), _end(end.isoformat())),
        _authorized(maybe(_prefix, prefix), _from(str(first)), _to(str(last))),
    )


@lru_cache(maxsize=256)
def _software(nit: str, software: str) -> Markup:
    return _provider(_provider_id(nit, check_digit(nit)), _software_id(software))


def receipt_extensions(document: Document, company: Company, subtotal: str) -> Markup:
    """The three extensions that a documento equivalente POS must have (rule DEPD11)."""
    told, buyer = document.extra, document.counterparty
    return joined(
        _pairs(
            POS_MAKER,
            ("NombreApellido", company.legal_name),
            ("RazonSocial", company.legal_name),
            ("NombreSoftware", PROGRAM),
        ),
        _pairs(
            POS_BUYER,
            ("Codigo", buyer.tax_id.number),
            ("NombresApellidos", buyer.name),
            ("Puntos", content.own(told, "buyer_points", "0")),
        ),
        _pairs(
            POS_TILL,
            ("PlacaCaja", content.own(told, "cash_register")),
            ("UbicaciónCaja", content.own(told, "cash_place")),
            ("Cajero", content.own(told, "cashier")),
            ("TipoCaja", content.own(told, "cash_kind")),
            ("CódigoVenta", content.own(told, "sale_code")),
            ("SubTotal", subtotal),
        ),
    )


def _pairs(group: tuple[str, str], *pairs: tuple[str, str]) -> Markup:
    """Name and value beside each other, as the annex of documentos equivalentes lists them."""
    outer, inner = group
    written = joined(*(joined(_name(name), _value(value)) for name, value in pairs))
    return _extension(node(outer, inner)(written))
