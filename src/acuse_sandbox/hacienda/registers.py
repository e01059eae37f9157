"""Hacienda's registers, as the control port fills them: taxpayers, exonerations, places, documents.

What is not registered is not known to be wrong, so that a company needs nothing here to begin:
- taxpayers: everybody is registered and active, with any activity and place, but those whose
  identification has the form of `tables.UNKNOWN`, and those told of here to be otherwise;
- exonerations: any document will do until the first one is registered; then no other is known;
- places: the districts of `tables`, and those told of here;
- documents: those that were received, and those told of here, as if they had been judged.
Only the public look-up of taxpayers asks for more: it knows the invented few of INVENTED besides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from acuse_sandbox.hacienda.rulebook.known import Exoneration, Known, Taxpayer
from acuse_sandbox.hacienda.rulebook.past import Past

Settings = Mapping[str, str]
PREFIX = "hacienda."
NAMES = ("taxpayer", "exoneration", "place", "document")
GENERAL = "General"

INVENTED: tuple[Taxpayer, ...] = (
    Taxpayer("3101999888", "Café Ejemplar de Tarrazú S.A.", "02", activities=("474100", "552004")),
    Taxpayer("199990888", "Cliente Inventado", "01", activities=("702001",)),
    Taxpayer("3007999111", "Institución Pública Inventada", "02", activities=("751101",)),
    Taxpayer("100000000000", "Residente Inventada", "03", regime="Simplificado"),
)


def entries(settings: Settings, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a register: their keys and members."""
    before = f"{PREFIX}{name}."
    for setting, text in dict(settings).items():
        if setting.startswith(before):
            yield setting.removeprefix(before), json.loads(text or "{}")


def known(settings: Settings) -> Known:
    """What the rules may ask of taxpayers, exonerations and places."""
    return Known(
        taxpayers=dict(told(settings)),
        exonerations={
            number: Exoneration(
                holder=entry.get("holder", ""),
                until=date.fromisoformat(entry["until"]) if "until" in entry else None,
            )
            for number, entry in entries(settings, "exoneration")
        },
        places=frozenset(code for code, _ in entries(settings, "place")),
    )


def told(settings: Settings) -> Iterator[tuple[str, Taxpayer]]:
    """The taxpayers told of, by their identifications without leading zeros."""
    for identification, entry in entries(settings, "taxpayer"):
        yield (
            identification.lstrip("0"),
            Taxpayer(
                identification,
                entry.get("name", ""),
                entry.get("type", "02"),
                regime=entry.get("regime", GENERAL),
                activities=tuple(entry.get("activities", "").split()),
                places=tuple(entry.get("places", "").split()),
                registered=entry.get("registered", True),
                active=entry.get("active", True),
            ),
        )


def taxpayer(settings: Settings, identification: str) -> Taxpayer | None:
    """Who is looked up: one told of, else one of the invented; None where nobody is registered."""
    wanted = identification.lstrip("0")
    found = {one.identification: one for one in INVENTED} | dict(told(settings))
    one = found.get(wanted)
    return one if one is not None and one.registered else None


def document(settings: Settings, clave: str) -> Past | None:
    """What was told of a document that this Hacienda never received."""
    for key, entry in entries(settings, "document"):
        if key == clave:
            return Past(
                kind=entry.get("kind", "01"),
                accepted=entry["state"] == "accepted",
                condition=entry.get("condition", ""),
                currency=entry.get("currency", "CRC"),
                tax=Decimal(entry["tax"]) if "tax" in entry else None,
                total=Decimal(entry["total"]) if "total" in entry else None,
                sender=entry.get("sender", ""),
            )
    return None
