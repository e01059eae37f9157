"""The form of an event, without its place among others. Source: colombia.md 4, 9 and 10.

Parties, numbers, order and terms (AAD05b, AAD11, AAF, AAG, AAH, DC, LGC) hang from the register,
which the service keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from acuse_sandbox.dian import identity
from acuse_sandbox.dian.rulebook import identifiers, kinds, nodes
from acuse_sandbox.dian.rulebook.facts import Facts, Finding, Severity
from acuse_sandbox.dian.rulebook.nodes import NONE, Node
from acuse_sandbox.dian.rulebook.rule import COMPANY, day, signed_at
from acuse_sandbox.dian.rulebook.rules_extensions import (
    DIAN,
    PROVIDER,
    SECURITY,
    SOFTWARE,
    dv_is_wrong,
)
from acuse_sandbox.dian.rulebook.rules_header import TIME

PROFILES = frozenset(
    # The first is the annex's; the second is what most products send, and live with.
    {
        "DIAN 2.1: ApplicationResponse de Factura Electrónica de Venta",
        "DIAN 2.1: ApplicationResponse de la Factura Electrónica de Venta",
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event on the table."""

    root: Node
    extension: Node
    facts: Facts

    @classmethod
    def of(cls, document: etree._Element, facts: Facts) -> Event:
        """The event in an ApplicationResponse."""
        root = nodes.read(document)
        found = (
            one.at("ext:ExtensionContent/sts:DianExtensions")
            for one in root.all("ext:UBLExtensions/ext:UBLExtension")
        )
        return cls(root, next((one for one in found if one.children), NONE), facts)

    @property
    def software_id(self) -> str:
        """The software that it says it was made with."""
        return self.extension.value(SOFTWARE)

    @property
    def pin(self) -> str | None:
        """The PIN of its software; None if it is not known."""
        return self.facts.software.get(self.software_id)


@dataclass(frozen=True, slots=True)
class EventRule:
    """One rule about an event."""

    code: str
    severity: Severity
    text: str
    fails: Callable[[Event], bool]
    source: str = "10"


def _provider_is_not_authorised(event: Event) -> bool:
    provider = event.extension.value(PROVIDER)
    if provider in ("", event.root.value(f"cac:SenderParty/{COMPANY}")):
        return False
    entry = event.facts.rut.get(provider)
    return not entry.active if entry else event.facts.strict_software


def _software_is_unknown(event: Event) -> bool:
    known = event.software_id in event.facts.software
    return bool(event.software_id) and event.facts.strict_software and not known


def _security_code_is_wrong(event: Event) -> bool:
    if event.pin is None:
        return False
    number = event.root.value("cbc:ID")
    wanted = identifiers.security_code(event.software_id, event.pin, number)
    return event.extension.value(SECURITY) != wanted


def _cude_is_wrong(event: Event) -> bool:
    if event.pin is None:
        return False
    return event.root.value("cbc:UUID") != identifiers.event_cude(event.root, event.pin)


def _was_signed_another_day(event: Event) -> bool:
    at = signed_at(event.root)
    return at is not None and at.date() != day(event.root.value("cbc:IssueDate"))


# fmt: off
RULES: tuple[EventRule, ...] = (
    EventRule("AAB02", "R", "Falta el grupo DianExtensions",
              lambda e: e.extension is NONE, "10, twin of FAB02"),
    EventRule("AAB19b", "R", "El proveedor del software no está autorizado",
              _provider_is_not_authorised),
    EventRule("AAB22b", "R", "El dígito de verificación del proveedor del software no es correcto",
              lambda e: dv_is_wrong(e.extension.at(PROVIDER))),
    EventRule("AAB24a", "R", "Falta el identificador del software",
              lambda e: e.extension is not NONE and not e.software_id, "10, twin of FAB24a"),
    EventRule("AAB24b", "R", "El software no está autorizado para este emisor",
              _software_is_unknown, "10, twin of FAB24b"),
    EventRule("AAB27b", "R", "El código de seguridad no es el del software y el número",
              _security_code_is_wrong, "10, twin of FAB27b"),
    EventRule("AAB31", "R", "El proveedor de la autorización no es la DIAN (800197268)",
              lambda e: e.extension is not NONE and e.extension.value(DIAN) != identity.DIAN,
              "10, twin of FAB31"),
    EventRule("AAD01", "R", "La versión de UBL no es UBL 2.1",
              lambda e: e.root.value("cbc:UBLVersionID") != "UBL 2.1", "10, twin of FAD01"),
    EventRule("AAD03", "R", "El nombre del formato (ProfileID) no es el del anexo",
              lambda e: e.root.value("cbc:ProfileID") not in PROFILES, "2"),
    EventRule("AAD04", "R", "El ambiente del evento no es el de este servicio",
              lambda e: e.root.value("cbc:ProfileExecutionID") != e.facts.environment,
              "10, twin of FAD04"),
    EventRule("AAD06", "R", "El CUDE del evento no es el que resulta de sus datos",
              _cude_is_wrong, "4, 10"),
    EventRule("AAD08", "R", "El algoritmo del código único no es CUDE-SHA384",
              lambda e: e.root.attribute("cbc:UUID", "schemeName") != kinds.CUDE, "2"),
    EventRule("AAD09e", "R", "La fecha de emisión no es la de la firma",
              _was_signed_another_day),
    EventRule("AAD10", "R", "La hora de emisión no es de la zona -05:00",
              lambda e: TIME.fullmatch(e.root.value("cbc:IssueTime")) is None,
              "10, twin of FAD10"),
)
# fmt: on


def examine(document: etree._Element, facts: Facts) -> list[Finding]:
    """What the form of an event breaks, in the order of the rulebook."""
    event = Event.of(document, facts)
    return [
        Finding(rule.code, rule.severity, f"{rule.text}.") for rule in RULES if rule.fails(event)
    ]
