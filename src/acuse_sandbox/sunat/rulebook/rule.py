"""The form of a check and of what it finds; severity is the code's range, or the sheet's word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from acuse_sandbox.sunat.rulebook import reading
from acuse_sandbox.sunat.rulebook.invoice import Invoice
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.registers import NOTHING, Known, Registers
from acuse_sandbox.sunat.taxpayers import Standing


class Severity(Enum):
    """What a code does to the document (peru.md 10)."""

    FAULT = "fault"  # below 2000: SOAP fault, the number stays free
    REJECTION = "rejection"  # 2000 to 3999: CDR with the code, the number is burnt
    OBSERVATION = "observation"  # 4000 and up: accepted, with a note


@dataclass(frozen=True, slots=True)
class Named:
    """What the file's name says, as written: RUC-TT-SERIE-NUM or RUC-RC-FECHA-NUM."""

    ruc: str
    kind: str
    series: str  # of a summary its date
    number: str

    @property
    def label(self) -> str:
        """A summary's own name for itself: RC-20261120-1."""
        return f"{self.kind}-{self.series}-{self.number}"


def named(name: str) -> Named:
    """The parts of a file's name without extension; what is missing is empty."""
    ruc, kind, series, number = (name.split("-", 3) + [""] * 4)[:4]
    return Named(ruc, kind, series, number)


@dataclass(frozen=True)
class Case:
    """A document on the table: its content, its file's name, the lists, Lima's date of receipt."""

    kind: str  # by root and type code: 01, 03, 04, 07, 08, 09, 20, 31, 40, RA, RC, RR
    root: Node
    stem: Named
    today: date
    registers: Registers = NOTHING

    @cached_property
    def invoice(self) -> Invoice:
        """The document as the rules of facturas, boletas, notes and liquidaciones see it."""
        return reading.values(self.root)

    @property
    def modified(self) -> str | None:
        """The kind of document that a note corrects; None where it names none."""
        found = self.root.values(
            "cac:BillingReference/cac:InvoiceDocumentReference/cbc:DocumentTypeCode"
        )
        return next(iter(found), None)

    def stands(self, ruc: str | None, bad: Callable[[Standing], bool]) -> bool:
        """True if the lists say something bad of a taxpayer; False where they say nothing."""
        standing = self.registers.standing(ruc or "")
        return standing is not None and bad(standing)

    def known(self, kind: str, number: str) -> Known | None:
        """What SUNAT holds of another document of the same issuer, its number without zeros."""
        series, _, count = number.partition("-")
        is_number = len(count) <= 8 and count.isascii() and count.isdigit()
        plain = f"{series}-{int(count)}" if is_number else number
        return self.registers.document(self.stem.ruc, kind, plain)


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
    weight: Severity | None = None  # where a sheet says otherwise than the code's range

    @property
    def severity(self) -> Severity:
        """What the code does to the document."""
        return self.weight or severity(self.code)

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
