"""The kinds of documents that this Hacienda judges, each with the rules that are asked of it.

The schemas of FEC and FEE were not had from Hacienda but rebuilt from a reading of most of them:
good for tests, no proof of what Hacienda takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse_sandbox.hacienda.rulebook import (
    rules_head,
    rules_line,
    rules_message,
    rules_references,
    rules_summary,
)
from acuse_sandbox.hacienda.rulebook.rule import LineRule, Rule

TABLE: tuple[Rule | LineRule, ...] = tuple(  # in the order of the paper's
    sorted(
        (
            *rules_head.RULES,
            *rules_line.RULES,
            *rules_summary.RULES,
            *rules_references.RULES,
            *rules_message.RULES,
        ),
        key=lambda rule: rule.number,
    )
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: code in the consecutivo, schema's file, rules."""

    code: str  # "05" stands for a MensajeReceptor's 06 and 07 too
    schema: str
    rules: tuple[Rule | LineRule, ...]


def _kind(code: str, schema: str) -> Kind:
    return Kind(code, schema, tuple(rule for rule in TABLE if code in rule.kinds))


KINDS: Mapping[str, Kind] = {  # by the name of the root element
    "FacturaElectronica": _kind("01", "FacturaElectronica_V4.4.xsd"),
    "NotaDebitoElectronica": _kind("02", "NotaDebitoElectronica_V4.4.xsd"),
    "NotaCreditoElectronica": _kind("03", "NotaCreditoElectronica_V4.4.xsd"),
    "TiqueteElectronico": _kind("04", "TiqueteElectronico_V4.4.xsd"),
    "MensajeReceptor": _kind("05", "MensajeReceptor_V4.4.xsd"),
    "FacturaElectronicaCompra": _kind("08", "FacturaElectronicaCompra_V4.4.rebuilt.xsd"),
    "FacturaElectronicaExportacion": _kind("09", "FacturaElectronicaExportacion_V4.4.rebuilt.xsd"),
    "ReciboElectronicoPago": _kind("10", "ReciboElectronicoPago_V4.4.xsd"),
}
