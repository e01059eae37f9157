"""The events of RADIAN and the order in which they may come, as tables. Source: colombia.md 9."""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.received import Declarable, ReceptionKind

_K = ReceptionKind


@dataclass(frozen=True, slots=True)
class EventRule:
    """One event: its code and words, who declares it, what it needs."""

    kind: ReceptionKind
    code: str
    text: str
    short: str  # in our sentences
    by_issuer: bool = False
    person: bool = False  # names who received


RULES = (
    EventRule(
        _K.ACKNOWLEDGED,
        "030",
        "Acuse de recibo de Factura Electrónica de Venta",
        "el acuse de recibo",
        person=True,
    ),
    EventRule(_K.CLAIMED, "031", "Reclamo de la Factura Electrónica de Venta", "el reclamo"),
    EventRule(
        _K.GOODS_RECEIVED,
        "032",
        "Recibo del bien y/o prestación del servicio",
        "el recibo del bien o servicio",
        person=True,
    ),
    EventRule(_K.ACCEPTED, "033", "Aceptación expresa", "la aceptación expresa"),
    EventRule(
        _K.ACCEPTED_BY_LAPSE, "034", "Aceptación tácita", "la aceptación tácita", by_issuer=True
    ),
)
BY_KIND = {rule.kind: rule for rule in RULES}
EVENTS = {rule.code: rule for rule in RULES}

DECLARABLES = (
    Declarable(_K.ACKNOWLEDGED, "Acuse de recibo", "Declarar acuse de recibo"),
    Declarable(
        _K.GOODS_RECEIVED, "Recibo del bien o servicio", "Declarar recibo del bien o servicio"
    ),
    Declarable(_K.ACCEPTED, "Aceptación expresa", "Declarar aceptación expresa"),
    Declarable(_K.CLAIMED, "Reclamo", "Declarar reclamo", note="Explicación para tu proveedor"),
    Declarable(
        _K.ACCEPTED_BY_LAPSE, "Aceptación tácita", "Registrar aceptación tácita", by_issuer=True
    ),
)

CLAIMS = {
    "01": "Documento con inconsistencias",
    "02": "Mercancía no entregada totalmente",
    "03": "Mercancía no entregada parcialmente",
    "04": "Servicio no prestado",
}

BUSINESS_DAYS = 3  # from 032 to accept or claim; after them the acceptance is tacit

# event, what must have come before, the rule that says so
NEEDS = (
    (_K.CLAIMED, _K.ACKNOWLEDGED, "LGC03"),
    (_K.CLAIMED, _K.GOODS_RECEIVED, "LGC03"),
    (_K.GOODS_RECEIVED, _K.ACKNOWLEDGED, "LGC09"),
    (_K.ACCEPTED, _K.GOODS_RECEIVED, "LGC12"),
    (_K.ACCEPTED, _K.ACKNOWLEDGED, "LGC13"),
    (_K.ACCEPTED_BY_LAPSE, _K.GOODS_RECEIVED, "LGC14"),
)
# event, what must not have come before, the rule that says so
EXCLUDES = (
    (_K.CLAIMED, _K.ACCEPTED, "LGC02"),
    (_K.CLAIMED, _K.ACCEPTED_BY_LAPSE, "LGC02"),
    (_K.ACCEPTED_BY_LAPSE, _K.ACCEPTED, "LGC05"),
    (_K.ACCEPTED_BY_LAPSE, _K.CLAIMED, "OWN-74"),  # tacit means: not claimed in time
)
TERMS = {_K.ACCEPTED: "DC24c", _K.CLAIMED: "DC24z"}  # later than the term after 032
