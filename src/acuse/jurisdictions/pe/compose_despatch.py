"""Despatch advices as XML: DespatchAdvice-2.1, element by element in the order of peru.md 12."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.document import Document, Line
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import trimmed
from acuse.domain.party import Company
from acuse.jurisdictions.pe import content, identities, parties
from acuse.jurisdictions.pe.compose_shipment import advice_party, shipment
from acuse.jurisdictions.pe.content_despatch import Party, Related, trip
from acuse.jurisdictions.pe.content_withholding import note
from acuse.jurisdictions.pe.frame import frame
from acuse.jurisdictions.pe.ids import number_text
from acuse.jurisdictions.pe.related import related_name
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, Node, joined, leaf, maybe, node

CODES = {DocumentKind.DESPATCH: "09", DocumentKind.CARRIER_DESPATCH: "31"}
FRAME = frame("DespatchAdvice", ubl.UBL + "DespatchAdvice-2")
PROPERTIES = (  # of catalogue 55: our field, SUNAT's code, name
    ("tariff", "7020", "Partida arancelaria"),
    ("customs_number", "7021", "Número de DAM o DS"),
    ("normalised", "7022", "Indicador de bien normalizado"),
    ("customs_series", "7023", "Número de serie en la DAM o DS"),
)

_versions = joined(leaf("cbc:UBLVersionID")("2.1"), leaf("cbc:CustomizationID")("2.0"))
_issue_date = leaf("cbc:IssueDate")
_issue_time = leaf("cbc:IssueTime")
_type_code = leaf("cbc:DespatchAdviceTypeCode")
_note = leaf("cbc:Note")
_reference = node("cac:AdditionalDocumentReference")
_reference_code = leaf("cbc:DocumentTypeCode")
_reference_words = leaf("cbc:DocumentType")
_issuer = node("cac:IssuerParty")
_sender = node("cac:DespatchSupplierParty", "cac:Party")
_addressee = node("cac:DeliveryCustomerParty", "cac:Party")
_buyer = node("cac:BuyerCustomerParty", "cac:Party")
_supplier = node("cac:SellerSupplierParty", "cac:Party")
_payer = node("cac:OriginatorCustomerParty", "cac:Party")
_line_node = node("cac:DespatchLine")
_quantity = leaf("cbc:DeliveredQuantity", "unitCode")
_order_line = node("cac:OrderLineReference")
_line_id = leaf("cbc:LineID")
_item = node("cac:Item")
_description = leaf("cbc:Description")
_sellers_item = node("cac:SellersItemIdentification")
_classified = node("cac:CommodityClassification")
_class_code = leaf("cbc:ItemClassificationCode")
_property = node("cac:AdditionalItemProperty")
_property_code = leaf("cbc:NameCode")
_value = leaf("cbc:Value")


def seal(document: Document, company: Company, credential: Credential, at: datetime) -> Sealed:
    """The signed document."""
    code, body = CODES[document.kind], compose(document, company, at)
    return FRAME.seal(body, code, document, company, credential, at)


def compose(document: Document, company: Company, at: datetime) -> Markup:
    """All that stands behind the signature, in canonical form."""
    assert document.number is not None
    assert document.date is not None
    told, number, to = trip(document, company), number_text(document.number), document.counterparty
    return joined(
        _versions,
        ubl.id_(number),
        _issue_date(document.date.isoformat()),
        _issue_time(at.astimezone(content.LIMA).strftime("%H:%M:%S")),
        _type_code(CODES[document.kind]),
        maybe(_note, note(document)),
        *(_related(one) for one in told.related),
        parties.signature(company, number),
        _sender(*advice_party(Party(company.tax_id, company.legal_name))),
        _addressee(*advice_party(Party(to.tax_id, to.name))),
        _other(_buyer, told.buyer),
        _other(_supplier, told.supplier),
        _other(_payer, told.payer),
        shipment(document.kind, told),
        *(_line(ordinal, line) for ordinal, line in enumerate(document.lines, start=1)),
    )


def _other(around: Node, party: Party | None) -> Markup:
    return around(*advice_party(party)) if party else EMPTY


def _related(one: Related) -> Markup:
    return _reference(
        ubl.id_(one.number),
        _reference_code(one.code),
        _reference_words(related_name(one.code)),
        _issuer(ubl.identified(identities.codes()["RUC"], one.ruc)) if one.ruc else EMPTY,
    )


def _line(ordinal: int, line: Line) -> Markup:
    product = str(line.extra.get("product_code", "") or "")
    return _line_node(
        ubl.id_(str(ordinal)),
        _quantity(trimmed(line.quantity, 10), content.unit(line)),
        _order_line(_line_id(str(ordinal))),
        _item(
            _description(line.description),
            _sellers_item(ubl.id_(line.code)) if line.code else EMPTY,
            _classified(_class_code(product)) if product else EMPTY,
            *(
                _property(ubl.name(name), _property_code(code), _value(_told(line, field)))
                for field, code, name in PROPERTIES
                if line.extra.get(field) not in (None, "")
            ),
        ),
    )


def _told(line: Line, field: str) -> str:
    value = line.extra[field]
    return str(int(value)) if isinstance(value, bool) else str(value)
