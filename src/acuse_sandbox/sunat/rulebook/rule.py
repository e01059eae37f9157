"""The form of a check and of what it finds; severity follows from the code's range."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from acuse_sandbox.sunat.rulebook.invoice import Invoice
from acuse_sandbox.sunat.stem import Stem


class Severity(Enum):
    """What a code does to the document (peru.md 10)."""

    FAULT = "fault"  # below 2000: SOAP fault, the number stays free
    REJECTION = "rejection"  # 2000 to 3999: CDR with the code, the number is burnt
    OBSERVATION = "observation"  # 4000 and up: accepted, with a note


@dataclass(frozen=True, slots=True)
class Case:
    """A document on the table: its content, its file's name, and Lima's date of receipt."""

    invoice: Invoice
    stem: Stem
    today: date


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a check failed: element, value found, number of the line where there is one."""

    node: str
    value: str = ""
    line: str = ""


Check = Callable[[Case], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of the authority: its code, our short text for it, and the check itself."""

    code: str
    text: str
    check: Check


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a document broke, with the place."""

    code: str
    text: str
    spot: Spot | None = None

    @property
    def severity(self) -> Severity:
        """What the code does to the document."""
        return severity(self.code)

    @property
    def sentence(self) -> str:
        """The text with line, node and value, in the form the authority gives them."""
        if self.spot is None:
            return self.text
        line = f"Error en la linea: {self.spot.line} " if self.spot.line else ""
        return (
            f"{self.text} - Detalle: xxx.xxx.xxx value='error: {line}{self.code} "
            f'(nodo: "{self.spot.node}" valor: "{self.spot.value}")\''
        )


def severity(code: str) -> Severity:
    """What a code does to the document, by its range."""
    number = int(code)
    if number < 2000:
        return Severity.FAULT
    return Severity.REJECTION if number < 4000 else Severity.OBSERVATION


def examine(rules: Iterable[Rule], case: Case) -> Iterator[Finding]:
    """Everything that the rules find, in their order."""
    for rule in rules:
        for spot in rule.check(case):
            yield Finding(rule.code, rule.text, spot)


def missing(node: str, value: Callable[[Case], str | None]) -> Check:
    """A check that fails where the element is absent or empty."""
    return lambda case: () if value(case) else (Spot(node),)


def not_among(
    node: str, value: Callable[[Case], str | None], allowed: Collection[str] | None = None
) -> Check:
    """A check that fails where the element has a value outside the list."""
    known = allowed or ()

    def check(case: Case) -> Iterable[Spot]:
        found = value(case)
        return (Spot(node, found),) if found and found not in known else ()

    return check
