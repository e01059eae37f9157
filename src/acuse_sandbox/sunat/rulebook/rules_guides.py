"""Checks of guías de remisión that no row says: file's name, dates, driver's place among dates."""

from __future__ import annotations

from collections.abc import Iterable

from acuse_sandbox.sunat.rulebook import formats
from acuse_sandbox.sunat.rulebook.rule import Case, Rule, Spot

ISSUER = "cac:DespatchSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID"
START = "cac:Shipment/cac:ShipmentStage/cac:TransitPeriod/cbc:StartDate"


def other_issuer(case: Case) -> Iterable[Spot]:
    """1034: the issuer is not the one in the file's name."""
    found = case.root.value(ISSUER)
    return (Spot(ISSUER, found),) if found != case.stem.ruc else ()


def other_series(case: Case) -> Iterable[Spot]:
    """1035: the series differs from the file's."""
    found = case.root.value("cbc:ID").partition("-")[0]
    return (Spot("cbc:ID", found),) if found != case.stem.series else ()


def other_number(case: Case) -> Iterable[Spot]:
    """1036: the number differs from the file's."""
    found = case.root.value("cbc:ID").partition("-")[2]
    return (Spot("cbc:ID", found),) if found != case.stem.number else ()


def leaves_before(case: Case) -> Iterable[Spot]:
    """3343: the goods leave before the guía is issued."""
    issued = formats.day(case.root.value("cbc:IssueDate"))
    for found in case.root.values(START):
        day = formats.day(found)
        if day and issued and day < issued:
            yield Spot(START, found)


RULES = (
    Rule("1034", "El RUC del emisor no es el del nombre del archivo", other_issuer),
    Rule("1035", "La serie no es la del nombre del archivo", other_series),
    Rule("1036", "El número no es el del nombre del archivo", other_number),
    Rule("3343", "El traslado empieza antes de la emisión", leaves_before),
)
