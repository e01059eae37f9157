"""What is wrong with who and what carries. Source: peru.md 12, its table as in rules_despatch.

The forms of plates, licences and cards are the usual ones (UNCONFIRMED 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import ids
from acuse.jurisdictions.pe.checks_document import identity_problems
from acuse.jurisdictions.pe.content_despatch import PRIVATE, Container, Driver, Trip, Vehicle
from acuse.jurisdictions.pe.fields_despatch import AUTHORITIES
from acuse.jurisdictions.pe.rules_despatch import (
    CARRIES,
    LIGHT,
    REGISTERED,
    Need,
    Needs,
    needs,
)
from acuse.jurisdictions.pe.wording import bad_ruc, problem, text_problems

PLATE = re.compile(r"(?!0+$)[A-Z0-9]{6,8}")
CARD = re.compile(r"(?!0+$)[A-Z0-9]{10,15}")
LICENCE = re.compile(r"(?!0+$)[A-Z0-9]{9,10}")
MTC = re.compile(r"[A-Z0-9]{1,20}")
CONTAINER = re.compile(r"[A-Z0-9]{1,11}")
SEAL = re.compile(r"[A-Z0-9-]{1,20}")
MOST_OTHERS = 2  # vehicles or drivers beside the main one
MOST_CONTAINERS = 2
PERSONS = ("DNI", "CE", "PP")


def carriage_problems(kind: DocumentKind, told: Trip, company: Company) -> Iterator[Problem]:
    """Who carries, in what, who drives, in which containers."""
    sends = kind is DocumentKind.DESPATCH
    asked = needs(told) if sends else CARRIES
    if sends:
        yield from _indicators(told)
        yield from _carrier(told, asked, company)
    if told.mtc and not MTC.fullmatch(told.mtc):
        text = f"El registro MTC «{one_line_of(told.mtc)}» va con letras mayúsculas y cifras."
        yield problem("extra.carrier_mtc", "PE-4392", f"{text} Corrígelo.")
    yield from _vehicles(told, asked)
    yield from _drivers(told, asked)
    yield from _containers(told.containers)


def _indicators(told: Trip) -> Iterator[Problem]:
    field = "extra.carrier_vehicle"
    if REGISTERED not in told.indicators:
        return
    if told.mode == PRIVATE:
        text = "En transporte privado no se registran vehículos del transportista. Quita la marca."
        yield problem(field, "PE-3450", text)
    elif LIGHT in told.indicators:
        text = "Con un vehículo M1 o L no se registran los del transportista. Deja una marca."
        yield problem(field, "PE-3451", text)


def _carrier(told: Trip, asked: Needs, company: Company) -> Iterator[Problem]:
    one = told.carrier
    if asked.carrier is Need.NOT:
        if one is not None or told.mtc:
            text = "En transporte privado llevas tú los bienes: no hay transportista. Quítalo."
            yield problem("extra.carrier_ruc", "PE-3347", text)
        return
    if asked.carrier is not Need.MUST:
        return
    ruc, name = (one.identity.number, one.name) if one else ("", "")
    if not ruc:
        text = "En transporte público falta el RUC del transportista. Escríbelo."
        yield problem("extra.carrier_ruc", "PE-2558", text)
    elif not ids.is_ruc(ruc):
        yield problem("extra.carrier_ruc", "PE-OWN-26", bad_ruc(ruc))
    elif ruc == company.tax_id.number:
        text = "El transportista no puedes ser tú. Elige transporte privado o cambia el RUC."
        yield problem("extra.carrier_ruc", "PE-2560", text)
    if not name:
        text = "Falta el nombre del transportista. Escríbelo."
        yield problem("extra.carrier_name", "PE-2563", text)
    else:
        what = "El transportista"
        yield from text_problems("extra.carrier_name", "PE-4165", what, name, least=1, most=250)


def _vehicles(told: Trip, asked: Needs) -> Iterator[Problem]:
    if not told.vehicles:
        if asked.vehicle is Need.MUST:
            yield problem("extra.plate", "PE-2566", "Falta la placa del vehículo. Escríbela.")
        return
    main, *others = told.vehicles
    if asked.vehicle is Need.NOT:
        text = "En transporte público no va el vehículo, salvo que marques registrarlo. Quítalo."
        yield problem("extra.plate", "PE-3354" if main.plate else "PE-3453", text)
        return
    if not main.plate:
        code = "PE-2566" if asked.vehicle is Need.MUST else "PE-4408"
        yield problem("extra.plate", code, "Falta la placa del vehículo principal. Escríbela.")
    else:
        yield from _vehicle("extra.plate", "extra.plate_card", main)
    if len(others) > MOST_OTHERS:
        text = f"Hay {len(others)} vehículos secundarios y caben {MOST_OTHERS}. Quita los demás."
        yield problem("extra.other_plates", "PE-4389", text)
    for one in others:
        yield from _vehicle("extra.other_plates", "extra.other_plates", one)
    yield from _permit(main)


def _vehicle(plate: str, card: str, one: Vehicle) -> Iterator[Problem]:
    if not PLATE.fullmatch(one.plate):
        text = f"La placa «{one_line_of(one.plate)}» tiene de 6 a 8 letras y cifras, sin guion."
        yield problem(plate, "PE-2567", f"{text} Corrígela.")
    if one.card and not CARD.fullmatch(one.card):
        text = f"La tarjeta de circulación «{one_line_of(one.card)}» tiene de 10 a 15 signos."
        yield problem(card, "PE-3355", f"{text} Corrígela.")


def _permit(main: Vehicle) -> Iterator[Problem]:
    if main.permit and not main.authority:
        text = "Falta la entidad que autoriza el vehículo. Elígela."
        yield problem("extra.plate_authority", "PE-4403", text)
    if main.authority and not main.permit:
        text = "Falta el número de la autorización del vehículo. Escríbelo."
        yield problem("extra.plate_permit", "PE-4405", text)
    if main.authority and main.authority not in dict(AUTHORITIES):
        text = f"La entidad «{one_line_of(main.authority)}» no está en la lista. Elige otra."
        yield problem("extra.plate_authority", "PE-4407", text)
    least = 3 if main.permit else 0
    what = "La autorización del vehículo"
    yield from text_problems(
        "extra.plate_permit", "PE-4406", what, main.permit, least=least, most=50
    )


def _drivers(told: Trip, asked: Needs) -> Iterator[Problem]:
    if not told.drivers:
        if asked.driver is Need.MUST:
            text = "Falta el conductor: documento, nombres, apellidos y licencia. Complétalos."
            yield problem("extra.driver_id", "PE-3357", text)
        return
    main, *others = told.drivers
    if asked.driver is Need.NOT:
        text = "En transporte público no va el conductor, salvo que marques registrarlo. Quítalo."
        code = "PE-3455" if main.identity.number else "PE-3456"
        yield problem("extra.driver_id", code, text)
        return
    yield from _driver("extra.driver_{}", main)
    for one in others:
        yield from _driver("extra.other_drivers", one)
    if len(others) > MOST_OTHERS:
        text = f"Hay {len(others)} conductores secundarios y caben {MOST_OTHERS}. Quita los demás."
        yield problem("extra.other_drivers", "PE-4376", text)
    licences = [one.licence for one in told.drivers]
    if len(set(licences)) < len(licences):
        text = "Un conductor está dos veces (misma licencia). Quita uno."
        yield problem("extra.other_drivers", "PE-3362", text)


def _driver(field: str, one: Driver) -> Iterator[Problem]:
    """`field` with {} where each part has a field of its own."""
    if not one.identity.number:
        text = "Falta el número de documento del conductor. Escríbelo."
        yield problem(field.format("id"), "PE-2568", text)
    else:
        for found in identity_problems(
            "", "El conductor", one.identity, kinds=PERSONS, code="PE-2571", form="PE-2569"
        ):
            part = "kind" if found.field == ".type" else "id"
            yield problem(field.format(part), found.code, found.text)
    for part, code, what, value in (
        ("names", "PE-3360", "los nombres", one.names),
        ("surnames", "PE-3361", "los apellidos", one.surnames),
        ("licence", "PE-2572", "la licencia", one.licence),
    ):
        if not value:
            yield problem(field.format(part), code, f"Faltan datos del conductor: {what}.")
        elif part != "licence":
            told = f"Del conductor, {what}"
            yield from text_problems(field.format(part), "PE-4409", told, value, least=1, most=250)
    if one.licence and not LICENCE.fullmatch(one.licence):
        text = f"La licencia «{one_line_of(one.licence)}» tiene 9 o 10 letras y cifras. Corrígela."
        yield problem(field.format("licence"), "PE-2573", text)


def _containers(containers: tuple[Container, ...]) -> Iterator[Problem]:
    field = "extra.containers"
    if len(containers) > MOST_CONTAINERS:
        text = f"Hay {len(containers)} contenedores y caben {MOST_CONTAINERS}. Quita los demás."
        yield problem(field, "PE-3420", text)
    for told, code, words in (
        ([one.number for one in containers], "PE-3421", "Un contenedor"),
        ([one.seal for one in containers if one.seal], "PE-3423", "Un precinto"),
    ):
        if len(set(told)) < len(told):
            yield problem(field, code, f"{words} está dos veces. Quita uno.")
    for one in containers:
        if not CONTAINER.fullmatch(one.number):
            text = f"El contenedor «{one_line_of(one.number)}» tiene hasta 11 letras y cifras."
            yield problem(field, "PE-4071", f"{text} Corrígelo.")
        if not one.seal:
            text = f"Falta el precinto de {one_line_of(one.number)}. Escríbelo detrás de una barra."
            yield problem(field, "PE-3422", text)
        elif not SEAL.fullmatch(one.seal):
            text = f"El precinto «{one_line_of(one.seal)}» tiene hasta 20 letras y cifras."
            yield problem(field, "PE-4074", f"{text} Corrígelo.")
