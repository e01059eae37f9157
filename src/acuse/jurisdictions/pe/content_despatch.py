"""What a despatch advice tells of a trip, parsed once.

Source: peru.md 12. Where several are possible they stand in one text with `;` between; what is
missing of one is "" here, and the checks tell of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.domain.party import Company, TaxId

PUBLIC, PRIVATE = "01", "02"  # catalogue 18
THIRD, SUBCONTRACTOR = "Tercero", "Subcontratador"  # who may pay the freight
# Whose issuer must be named; without one it is we, or who sells to us (3380).
ISSUED = frozenset({"01", "03", "04", "09", "12", "31", "48"})
INDICATORS = (  # our field, the end of SUNAT's name for it, our words
    ("transshipment", "TransbordoProgramado", "Transbordo programado"),
    ("light_vehicle", "TrasladoVehiculoM1L", "Vehículo de categoría M1 o L"),
    ("returns_packaging", "RetornoVehiculoEnvaseVacio", "Retorno con envases vacíos"),
    ("returns_empty", "RetornoVehiculoVacio", "Retorno de vehículo vacío"),
    ("whole_customs", "TrasladoTotalDAMoDS", "Traslado total de la DAM o DS"),
    ("carrier_vehicle", "VehiculoConductoresTransp", "Vehículo y conductor del transportista"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """Where the trip starts or ends: ubigeo, address, an establishment and whose it is."""

    place: str
    line: str
    annex: str
    ruc: str


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who takes part: identity and name."""

    identity: TaxId
    name: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle: its plate, its card of circulation, its special permit and who gave it."""

    plate: str
    card: str = ""
    permit: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Driver:
    """Who drives."""

    identity: TaxId
    names: str
    surnames: str
    licence: str


@dataclass(frozen=True, slots=True)
class Related:
    """A document that the trip hangs from: kind (catalogue 61), number, its issuer's RUC or ""."""

    code: str
    number: str
    ruc: str


@dataclass(frozen=True, slots=True)
class Container:
    """A container and its seal."""

    number: str
    seal: str


@dataclass(frozen=True, slots=True)
class Trip:
    """The whole of it; a party is None where nothing is told of it, a date where none is."""

    reason: str
    reason_text: str
    mode: str
    start: date
    handover: date | None
    weight: Decimal
    weight_unit: str
    net_weight: Decimal | None
    weight_reason: str
    packages: int | None
    indicators: frozenset[str]
    departure: Point
    arrival: Point | None
    carrier: Party | None
    mtc: str
    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]
    buyer: Party | None
    supplier: Party | None
    shipper: Party | None
    subcontractor: Party | None
    freight_payer: str
    payer: Party | None
    related: tuple[Related, ...]
    containers: tuple[Container, ...]


def trip(document: Document, company: Company) -> Trip:
    """The trip that the document tells; what it does not is as usual or empty."""
    told = document.extra
    start = told.get("start_date") or document.date or date.max
    mode, supplier, shipper = (
        _text(told, "mode"),
        _party(told, "supplier"),
        _party(told, "shipper"),
    )
    carries = document.kind is DocumentKind.CARRIER_DESPATCH
    usual = _issuer(shipper) if carries else _issuer(supplier) or company.tax_id.number
    return Trip(
        reason=_text(told, "reason"),
        reason_text=_text(told, "reason_text"),
        mode=mode,
        start=start,
        handover=told.get("handover_date") or (start if mode == PUBLIC else None),
        weight=told.get("weight") or ZERO,
        weight_unit=_text(told, "weight_unit") or "KGM",
        net_weight=told.get("net_weight"),
        weight_reason=_text(told, "weight_reason"),
        packages=told.get("packages"),
        indicators=frozenset(name for name, _, _ in INDICATORS if told.get(name)),
        departure=_point(told, "departure", company) or Point("", "", "", ""),
        arrival=_point(told, "arrival", company),
        carrier=_carrier(told, company, carries=carries),
        mtc=_text(told, "carrier_mtc"),
        vehicles=_vehicles(told),
        drivers=_drivers(told),
        buyer=_party(told, "buyer"),
        supplier=supplier,
        shipper=shipper,
        subcontractor=_with_ruc(told, "subcontractor"),
        freight_payer=_text(told, "freight_payer"),
        payer=_party(told, "payer"),
        related=tuple(_related(one, usual) for one in parts(_text(told, "related"))),
        containers=tuple(_container(one) for one in parts(_text(told, "containers"))),
    )


def parts(text: str) -> tuple[str, ...]:
    """What stands between semicolons, blanks aside."""
    return tuple(part for one in text.split(";") if (part := one.strip()))


def _text(told: Mapping[str, Any], name: str) -> str:
    return str(told.get(name, "") or "").strip()


def _point(told: Mapping[str, Any], name: str, company: Company) -> Point | None:
    place, line, annex, ruc = (
        _text(told, f"{name}_{part}") for part in ("ubigeo", "address", "annex", "ruc")
    )
    if not (place or line or annex):
        return None
    return Point(place, line, annex, ruc or (company.tax_id.number if annex else ""))


def _party(told: Mapping[str, Any], name: str) -> Party | None:
    kind, number, words = (_text(told, f"{name}_{part}") for part in ("kind", "id", "name"))
    return Party(TaxId(kind, number), words) if kind or number or words else None


def _with_ruc(told: Mapping[str, Any], name: str) -> Party | None:
    number, words = _text(told, f"{name}_ruc"), _text(told, f"{name}_name")
    return Party(TaxId("RUC", number), words) if number or words else None


def _carrier(told: Mapping[str, Any], company: Company, *, carries: bool) -> Party | None:
    if carries:
        return Party(company.tax_id, company.legal_name)
    return _with_ruc(told, "carrier")


def _vehicles(told: Mapping[str, Any]) -> tuple[Vehicle, ...]:
    """The main one first, though its plate be missing, then the others."""
    main = Vehicle(
        *(_text(told, name) for name in ("plate", "plate_card", "plate_permit", "plate_authority"))
    )
    others = tuple(_vehicle(one) for one in parts(_text(told, "other_plates")))
    return (main, *others) if others or main != Vehicle("") else ()


def _vehicle(text: str) -> Vehicle:
    plate, *card = text.split()
    return Vehicle(plate, " ".join(card))


def _drivers(told: Mapping[str, Any]) -> tuple[Driver, ...]:
    """The main one first, though something of it be missing, then the others."""
    number, names, surnames, licence = (
        _text(told, f"driver_{part}") for part in ("id", "names", "surnames", "licence")
    )
    kind = _text(told, "driver_kind") or "DNI"
    others = tuple(_driver(one) for one in parts(_text(told, "other_drivers")))
    if not (number or names or surnames or licence or others):
        return ()
    return (Driver(TaxId(kind, number), names, surnames, licence), *others)


def _driver(text: str) -> Driver:
    """ "DNI 40112233, ANA, SOTO PAZ, Q40112233" """
    identity, names, surnames, licence = ([one.strip() for one in text.split(",")] + [""] * 4)[:4]
    kind, _, number = identity.partition(" ")
    return Driver(TaxId(kind, number.strip()), names, surnames, licence)


def _issuer(party: Party | None) -> str:
    return party.identity.number if party and party.identity.kind == "RUC" else ""


def _related(text: str, usual: str) -> Related:
    """ "09 T001-3 20999000119" """
    code, number, ruc = (text.split() + [""] * 3)[:3]
    return Related(code, number, ruc or (usual if code in ISSUED else ""))


def _container(text: str) -> Container:
    number, _, seal = text.partition("/")
    return Container(number.strip(), seal.strip())
