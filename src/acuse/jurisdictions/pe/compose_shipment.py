"""The shipment inside a despatch advice: the goods' weight, the stage, the ends, what carries.

Source: peru.md 12, in its order.
"""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.money import plain, trimmed
from acuse.jurisdictions.pe import identities
from acuse.jurisdictions.pe.content_despatch import (
    INDICATORS,
    Driver,
    Party,
    Point,
    Trip,
    Vehicle,
)
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node

INDICATOR = "SUNAT_Envio_Indicador"

_shipment = node("cac:Shipment")
_id = ubl.id_("SUNAT_Envio")
_reason = leaf("cbc:HandlingCode")
_reason_text = leaf("cbc:HandlingInstructions")
_information = leaf("cbc:Information")
_gross = leaf("cbc:GrossWeightMeasure", "unitCode")
_net = leaf("cbc:NetWeightMeasure", unitCode="KGM")
_packages = leaf("cbc:TotalTransportHandlingUnitQuantity")
_special = leaf("cbc:SpecialInstructions")
_consignment = node("cac:Consignment")
_operator = node("cac:LogisticsOperatorParty")
_stage = node("cac:ShipmentStage")
_mode = leaf("cbc:TransportModeCode")
_period = node("cac:TransitPeriod")
_start = leaf("cbc:StartDate")
_carrier = node("cac:CarrierParty")
_company_id = leaf("cbc:CompanyID")
_loading = node("cac:LoadingTransportEvent")
_occurred = leaf("cbc:OccurrenceDate")
_driver = node("cac:DriverPerson")
_person_id = leaf("cbc:ID", "schemeID")
_first_name = leaf("cbc:FirstName")
_family_name = leaf("cbc:FamilyName")
_job = leaf("cbc:JobTitle")
_licence = node("cac:IdentityDocumentReference")
_delivery = node("cac:Delivery")
_arrival = node("cac:DeliveryAddress")
_despatch = node("cac:Despatch")
_departure = node("cac:DespatchAddress")
_shipper = node("cac:DespatchParty")
_annex = leaf("cbc:AddressTypeCode", "listID")
_address_line = node("cac:AddressLine")
_line = leaf("cbc:Line")
_unit = node("cac:TransportHandlingUnit")
_equipment = node("cac:TransportEquipment")
_means = node("cac:ApplicableTransportMeans")
_card = leaf("cbc:RegistrationNationalityID")
_attached = node("cac:AttachedTransportEquipment")
_permit = node("cac:ShipmentDocumentReference")
_permit_id = leaf("cbc:ID", "schemeID")
_package = node("cac:Package")
_trace = leaf("cbc:TraceID")


def shipment(kind: DocumentKind, told: Trip) -> Markup:
    """The whole shipment of an advice of that kind."""
    return _shipment(
        _id,
        maybe(_reason, told.reason),
        maybe(_reason_text, told.reason_text),
        maybe(_information, told.weight_reason),
        _gross(plain(told.weight, 3), told.weight_unit),
        _net(trimmed(told.net_weight, 3)) if told.net_weight is not None else EMPTY,
        _packages(str(told.packages)) if told.packages is not None else EMPTY,
        *(_special(f"{INDICATOR}{one}") for one in _indicators(told)),
        _subcontracted(told),
        _one_stage(kind, told),
        _ends(told),
        _carried_in(told),
    )


def advice_party(party: Party, *more: Markup) -> tuple[Markup, ...]:
    """A party's identity and name; `more` stands behind the name."""
    return (
        ubl.identified(identities.code(party.identity), party.identity.number),
        ubl.party_legal_entity(ubl.registration_name(party.name), *more),
    )


def _indicators(told: Trip) -> tuple[str, ...]:
    names = [end for name, end, _ in INDICATORS if name in told.indicators]
    if told.freight_payer:
        names.append(f"PagadorFlete_{told.freight_payer}")
    if told.subcontractor:
        names.append("TrasporteSubcontratado")  # SUNAT's own spelling
    return tuple(names)


def _subcontracted(told: Trip) -> Markup:
    if told.subcontractor is None:
        return EMPTY
    return _consignment(_id, _operator(*advice_party(told.subcontractor)))


def _one_stage(kind: DocumentKind, told: Trip) -> Markup:
    sends = kind is DocumentKind.DESPATCH
    carrier = EMPTY
    if told.carrier:
        carrier = _carrier(*advice_party(told.carrier, maybe(_company_id, told.mtc)))
    return _stage(
        _mode(told.mode) if sends else EMPTY,
        _period(_start(told.start.isoformat())),
        carrier,
        _loading(_occurred(told.handover.isoformat())) if told.handover else EMPTY,
        *(_driven(one, first=index == 0) for index, one in enumerate(told.drivers)),
    )


def _driven(one: Driver, *, first: bool) -> Markup:
    return _driver(
        _person_id(one.identity.number, identities.code(one.identity)),
        _first_name(one.names),
        _family_name(one.surnames),
        _job("Principal" if first else "Secundario"),
        _licence(ubl.id_(one.licence)),
    )


def _ends(told: Trip) -> Markup:
    return _delivery(
        _arrival(_point(told.arrival)) if told.arrival else EMPTY,
        _despatch(
            _departure(_point(told.departure)),
            _shipper(*advice_party(told.shipper)) if told.shipper else EMPTY,
        ),
    )


def _point(one: Point) -> Markup:
    return joined(
        ubl.id_(one.place),
        _annex(one.annex, one.ruc) if one.annex else EMPTY,
        _address_line(_line(one.line)),
    )


def _carried_in(told: Trip) -> Markup:
    if not told.vehicles and not told.containers:
        return EMPTY
    return _unit(
        _vehicles(told.vehicles) if told.vehicles else EMPTY,
        *(_package(ubl.id_(one.number), _trace(one.seal)) for one in told.containers),
    )


def _vehicles(vehicles: tuple[Vehicle, ...]) -> Markup:
    main, *others = vehicles
    return _equipment(
        *_registered(main),
        *(_attached(*_registered(one)) for one in others),
        _permit(_permit_id(main.permit, main.authority)) if main.permit else EMPTY,
    )


def _registered(one: Vehicle) -> tuple[Markup, ...]:
    return ubl.id_(one.plate), _means(_card(one.card)) if one.card else EMPTY
