"""What a printed despatch advice shows. Source: peru.md 7, 12.

Its QR is the address that SUNAT's CDR gives: before the verdict there is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from acuse.domain.document import Document
from acuse.domain.face import Column, Face, FaceLine, Field, Section
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import trimmed
from acuse.domain.party import Company
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.pe import content
from acuse.jurisdictions.pe import face_kinds as faces
from acuse.jurisdictions.pe.content_despatch import (
    INDICATORS,
    Driver,
    Party,
    Point,
    Trip,
    Vehicle,
    trip,
)
from acuse.jurisdictions.pe.fields_despatch import MODES, PAYERS, REASONS, WEIGHTS
from acuse.jurisdictions.pe.related import related_name
from acuse.jurisdictions.pe.replies_cdr import LARGEST_CDR, is_cdr_name
from acuse.xml import parse
from acuse.xml.archive import BadArchive, unpack_one

TITLES = {
    DocumentKind.DESPATCH: "GUÍA DE REMISIÓN REMITENTE ELECTRÓNICA",
    DocumentKind.CARRIER_DESPATCH: "GUÍA DE REMISIÓN TRANSPORTISTA ELECTRÓNICA",
}
COLUMNS = (
    Column("Cant.", 0.14, figures=True),
    Column("Und.", 0.09),
    Column("Código", 0.17),
    Column("Descripción de los bienes", 0.60),
)
NARROW = (Column("Cant.", 0.3, figures=True), Column("Descripción de los bienes", 0.7))
LONGEST_LINK = 500


def face(document: Document, company: Company, sealed: Sealed, verdict: Verdict | None) -> Face:
    """The face; its code leads to SUNAT's page once the verdict gives its address."""
    told, to = trip(document, company), document.counterparty
    blank = faces.blank(TITLES[document.kind], document, company, sealed)
    narrow = blank.paper == faces.NARROW
    return replace(
        blank,
        counterparty=faces.party("Destinatario", to.name, to.tax_id, None),
        facts=(faces.issued(document, sealed), *_facts(told)),
        sections=tuple(_sections(told)),
        columns=NARROW if narrow else COLUMNS,
        lines=_lines(document, narrow=narrow),
        totals=_totals(told),
        qr=link(verdict),
    )


def link(verdict: Verdict | None) -> str:
    """The address in the CDR's DocumentDescription, "" without a CDR or an address in it."""
    if verdict is None or verdict.receipt is None:
        return ""
    try:
        _, cdr = unpack_one(verdict.receipt, is_cdr_name, largest=LARGEST_CDR)
        found = parse.descendants(parse.parse(cdr), "DocumentDescription")
    except (BadArchive, parse.Unreadable):
        return ""
    told = (parse.text(one) for one in found)
    return next((one for one in told if _is_link(one)), "")


def _is_link(text: str) -> bool:
    return len(text) <= LONGEST_LINK and re.fullmatch(r"https://[!-~]+", text) is not None


def _facts(told: Trip) -> tuple[Field, ...]:
    reason = dict(REASONS).get(told.reason, "")
    payer = dict(PAYERS).get(told.freight_payer, "")
    facts = (
        Field("Inicio del traslado", f"{told.start:%d/%m/%Y}"),
        Field("Entrega", f"{told.handover:%d/%m/%Y}" if told.handover else ""),
        Field("Motivo", f"{reason}: {told.reason_text}" if told.reason_text else reason),
        Field("Modalidad", dict(MODES).get(told.mode, "")),
        Field("Paga el flete", payer),
        *(Field("", words) for name, _, words in INDICATORS if name in told.indicators),
    )
    return tuple(one for one in facts if one.value)


def _sections(told: Trip) -> list[Section]:
    arrival = _point(told.arrival) if told.arrival else ()
    found = (
        ("Punto de partida", _point(told.departure)),
        ("Punto de llegada", arrival),
        ("Remitente", _party(told.shipper)),
        ("Transportista", _carrier(told)),
        ("Vehículos", tuple(_vehicle(one) for one in told.vehicles)),
        ("Conductores", tuple(field for one in told.drivers for field in _driver(one))),
        ("Comprador", _party(told.buyer)),
        ("Proveedor", _party(told.supplier)),
        ("Subcontratador", _party(told.subcontractor)),
        ("Paga el flete", _party(told.payer)),
        ("Documentos relacionados", _related(told)),
        ("Contenedores", tuple(Field(one.number, one.seal) for one in told.containers)),
    )
    return [Section(title, fields) for title, fields in found if fields]


def _point(one: Point) -> tuple[Field, ...]:
    fields = (Field("Dirección", one.line), Field("Ubigeo", one.place))
    if not one.annex:
        return fields
    return (*fields, Field("Establecimiento", f"{one.annex} de {one.ruc}"))


def _party(party: Party | None) -> tuple[Field, ...]:
    if party is None:
        return ()
    return Field("Nombre", party.name), Field(party.identity.kind, party.identity.number)


def _carrier(told: Trip) -> tuple[Field, ...]:
    fields = _party(told.carrier)
    return (*fields, Field("Registro MTC", told.mtc)) if told.mtc else fields


def _vehicle(one: Vehicle) -> Field:
    told = (one.plate, f"tarjeta {one.card}" if one.card else "", one.permit)
    return Field("Placa", ", ".join(part for part in told if part))


def _driver(one: Driver) -> tuple[Field, ...]:
    return (
        Field("Conductor", f"{one.names} {one.surnames}"),
        Field(one.identity.kind, f"{one.identity.number}, licencia {one.licence}"),
    )


def _related(told: Trip) -> tuple[Field, ...]:
    return tuple(
        Field(one.code, f"{related_name(one.code)} {one.number}{f' de {one.ruc}' * bool(one.ruc)}")
        for one in told.related
    )


def _lines(document: Document, *, narrow: bool) -> tuple[FaceLine, ...]:
    rows = []
    for line in document.lines:
        quantity, unit = trimmed(line.quantity, 10), content.unit(line)
        if narrow:
            rows.append(FaceLine((f"{quantity} {unit}", line.description)))
        else:
            rows.append(FaceLine((quantity, unit, line.code, line.description)))
    return tuple(rows)


def _totals(told: Trip) -> tuple[Field, ...]:
    packages = () if told.packages is None else (Field("Bultos", str(told.packages)),)
    unit = dict(WEIGHTS).get(told.weight_unit, told.weight_unit).lower()
    return (*packages, Field("Peso bruto total", f"{trimmed(told.weight, 3)} {unit}"))
