"""Declarations about an invented invoice, in their order: 2026, the 26th of November a Thursday."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from acuse.domain.party import Company, TaxId
from acuse.domain.received import (
    PastReception,
    ReceivedDocument,
    Reception,
    ReceptionKind,
    Signatory,
)
from acuse.jurisdictions.co.counter import Receptions
from acuse.jurisdictions.co.rules_reception import BY_KIND
from tests.jurisdictions.co import dian

K = ReceptionKind
COUNTER = Receptions()
BOGOTA = timezone(timedelta(hours=-5))
PERSON = Signatory(TaxId("CC", "1020304050"), "Persona", "De Prueba", "Recepción", "Compras")
BUYER = dian.company(tax_id=TaxId("NIT", dian.BUYER), legal_name="COMPRADOR DE PRUEBA S.A.S.")
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def on(day: int, hour: int = 9, month: int = 11) -> datetime:
    """A moment of 2026 in Bogotá; the 26th of November is a Thursday."""
    return datetime(2026, month, day, hour, tzinfo=BOGOTA)


def received(**changes: Any) -> ReceivedDocument:
    told = COUNTER.read_received(dian.container(dian.invoice(on_credit=True)))
    assert isinstance(told, ReceivedDocument)
    return replace(told, **changes)


DOCUMENT = received()


def reception(
    kind: ReceptionKind = K.ACKNOWLEDGED,
    before: dict[ReceptionKind, datetime] | None = None,
    **changes: Any,
) -> Reception:
    given: dict[str, Any] = {
        "kind": kind,
        "document": DOCUMENT,
        "number": "AR1",
        "reason_code": "02" if kind is K.CLAIMED else "",
        "person": PERSON if BY_KIND[kind].person else None,
        "before": tuple(PastReception(one, at) for one, at in (before or {}).items()),
    }
    return Reception(**given | changes)


ACKNOWLEDGED = {K.ACKNOWLEDGED: on(26)}
RECEIVED = ACKNOWLEDGED | {K.GOODS_RECEIVED: on(26, 10)}
ISSUER = dian.company()
THURSDAY, FRIDAY = on(26), on(27)


GOOD: list[tuple[Reception, Company, datetime]] = [
    (reception(K.ACKNOWLEDGED), BUYER, on(26)),
    (reception(K.GOODS_RECEIVED, ACKNOWLEDGED), BUYER, on(26)),
    (reception(K.ACCEPTED, RECEIVED), BUYER, on(27)),
    (reception(K.CLAIMED, RECEIVED), BUYER, on(27)),
    (reception(K.ACCEPTED_BY_LAPSE, RECEIVED), ISSUER, on(2, month=12)),
]
