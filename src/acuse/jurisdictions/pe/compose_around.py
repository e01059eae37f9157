"""What a document refers to: guías, other documents, advances, what a note corrects, deliveries.

Source: peru.md 3.1, 3.5, 3.7, 3.8.
"""

from __future__ import annotations

from acuse.domain.document import Document, Line
from acuse.domain.party import Company
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe.totals import Sums
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node

_despatch = node("cac:DespatchDocumentReference")
_additional = node("cac:AdditionalDocumentReference")
_type_code = leaf("cbc:DocumentTypeCode")
_status_code = leaf("cbc:DocumentStatusCode")
_issuer_party = node("cac:IssuerParty")
_response = node("cac:DiscrepancyResponse")
_reference_id = leaf("cbc:ReferenceID")
_response_code = leaf("cbc:ResponseCode")
_description = leaf("cbc:Description")
_billing = node("cac:BillingReference", "cac:InvoiceDocumentReference")
_delivery = node("cac:Delivery")
_location = node("cac:DeliveryLocation", "cac:Address")
_delivery_terms = node("cac:DeliveryTerms")
_address_line = node("cac:AddressLine")
_line = leaf("cbc:Line")
_country = node("cac:Country")
_country_code = leaf("cbc:IdentificationCode")
_freight = node("cac:Despatch")
_instructions = leaf("cbc:Instructions")
_despatch_address = node("cac:DespatchAddress")
_soles = ubl.money("Amount", "PEN")


def discrepancy(document: Document) -> Markup:
    """Why the note is made; nothing of what is no note. One reason for all that it corrects."""
    if not document.references:
        return EMPTY
    first = document.references[0]
    return _response(
        maybe(_reference_id, first.number),
        _response_code(first.reason_code),
        _description(content.reason_text(document)),
    )


def modified(document: Document) -> Markup:
    """The documents that a note corrects."""
    kind = content.modified_type(document)
    return joined(
        *(
            _billing(ubl.id_(one.number), _type_code(kind))
            for one in document.references
            if one.number and kind
        )
    )


def despatches(document: Document) -> Markup:
    """The related guías."""
    return joined(
        *(
            _despatch(ubl.id_(number), _type_code(kind))
            for number, kind in content.despatch_documents(document)
        )
    )


def related(document: Document, company: Company, counted: Sums) -> Markup:
    """Other related documents, then the advances, each with the number of its payment."""
    others = content.coded(document.extra, "related_documents") if document.extra else ()
    return joined(
        *(_additional(ubl.id_(number), _type_code(kind)) for kind, number in others),
        *(
            _additional(
                ubl.id_(one.number),
                _type_code(one.kind),
                _status_code(str(ordinal)),
                _issuer_party(ubl.identified(content.IDENTITIES["RUC"], company.tax_id.number)),
            )
            for ordinal, one in enumerate(counted.advances, start=1)
        ),
    )


def delivery(document: Document) -> Markup:
    """The place of delivery of an itinerant seller, or the country where a service is used."""
    extra = document.extra
    if not extra or content.is_note(document):
        return EMPTY
    line, country = content.own(extra, "delivery_address"), content.own(extra, "country_of_use")
    written = EMPTY
    if line or country:
        written = _delivery(
            _location(
                maybe(ubl.id_, content.own(extra, "delivery_place")),
                _address_line(_line(line)) if line else EMPTY,
                _country(_country_code(country or "PE")),
            )
        )
    incoterm = content.own(extra, "incoterm")
    return joined(written, _delivery_terms(ubl.id_(incoterm)) if incoterm else EMPTY)


def trip(line: Line) -> Markup:
    """The trip of a line of transport of goods, and its three values (peru.md 3.7)."""
    freight = content.freight(line) if line.extra else None
    if freight is None:
        return EMPTY
    return _delivery(
        _location(ubl.id_(freight.to_place), _address_line(_line(freight.to_line))),
        _freight(
            _instructions(freight.details),
            _despatch_address(ubl.id_(freight.from_place), _address_line(_line(freight.from_line))),
        ),
        *(
            _delivery_terms(ubl.id_(f"{ordinal:02d}"), _soles(f"{value:.2f}"))
            for ordinal, value in enumerate(freight.values, start=1)
        ),
    )
