"""The kinds of documents that this Hacienda judges: a new kind is a row and its table of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse_sandbox.hacienda.rulebook.rule import LineRule, Rule
from acuse_sandbox.hacienda.rulebook.rules_factura import RULES as FACTURA


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: code in the consecutivo, tail of its namespace, schema's file, rules."""

    code: str
    tail: str
    schema: str
    rules: tuple[Rule | LineRule, ...]


KINDS: Mapping[str, Kind] = {  # by the name of the root element
    "FacturaElectronica": Kind("01", "facturaElectronica", "FacturaElectronica_V4.4.xsd", FACTURA),
}
