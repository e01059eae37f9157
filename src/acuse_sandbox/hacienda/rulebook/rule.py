"""The form of a rule, the document on the table, and what examining it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from acuse_sandbox.hacienda.judging.outline import Outline
from acuse_sandbox.hacienda.judging.reading import COSTA_RICA, Part, moment
from acuse_sandbox.hacienda.judging.verdict import Record
from acuse_sandbox.hacienda.options import Options
from acuse_sandbox.hacienda.rulebook.known import Known
from acuse_sandbox.hacienda.rulebook.past import Memory

FE, ND, NC, TE, MESSAGE, FEC, FEE, REP = "01", "02", "03", "04", "05", "08", "09", "10"
SALES = frozenset({FE, ND, NC, TE, FEC, FEE})  # with lines of goods and services
DOCUMENTS = SALES | {REP}
EVERY = DOCUMENTS | {MESSAGE}  # 05 stands for 06 and 07 too


class Act(Enum):
    """What a broken rule does to the document."""

    REJECT = "R"
    OBSERVE = "O"  # accepted, with a record


@dataclass(frozen=True, slots=True)
class Case:
    """A document on the table, and what Hacienda knows besides."""

    root: Part
    outline: Outline
    kind: str  # "01"
    lines: tuple[Part, ...]
    issued: datetime | None  # in Costa Rica's time
    at: datetime  # of arrival, in Costa Rica's time
    options: Options
    holder: str  # the key that first used the consecutivo
    memory: Memory
    known: Known

    @classmethod
    def of(
        cls,
        root: Part,
        outline: Outline,
        kind: str,
        *,
        at: datetime,
        options: Options,
        holder: str,
        memory: Memory,
        known: Known,
    ) -> Case:
        """The case of a document that came at this moment."""
        return cls(
            root=root,
            outline=outline,
            kind=kind,
            lines=root.parts("DetalleServicio/LineaDetalle"),
            issued=moment(outline.date),
            at=at.astimezone(COSTA_RICA),
            options=options,
            holder=holder,
            memory=memory,
            known=known,
        )

    def text(self, path: str) -> str:
        """The text at a path of the document, "" where there is none."""
        return self.root.text(path)

    def total(self, name: str) -> Decimal:
        """An amount of the summary, 0 where there is none."""
        return self.root.amount(f"ResumenFactura/{name}")

    def is_before(self, text: str) -> bool:
        """Whether it was issued before the moment of another paper, which may name no offset."""
        at = moment(text, assumed=COSTA_RICA)
        return at is not None and self.issued is not None and self.issued < at

    def differ(self, told: Decimal, counted: Decimal) -> bool:
        """Whether two amounts differ by more than the tolerance."""
        return abs(told - counted) > self.options.tolerance


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about a document as a whole."""

    number: int  # its row in the paper's table
    code: str
    act: Act
    sim: int  # the code in DetalleMensaje; BARE for a sentence alone
    text: str
    fails: Callable[[Case], bool]
    kinds: frozenset[str] = DOCUMENTS  # that it is asked of


@dataclass(frozen=True, slots=True)
class LineRule:
    """One rule about each line."""

    number: int
    code: str
    act: Act
    sim: int
    text: str
    fails: Callable[[Case, Part], bool]
    kinds: frozenset[str] = SALES


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a document broke, and the line where it did."""

    rule: Rule | LineRule
    line: str = ""

    @property
    def record(self) -> Record:
        """The finding as DetalleMensaje tells it."""
        place = f"línea {self.line}: " if self.line else ""
        return Record(self.rule.sim, f"{place}{self.rule.text} ({self.rule.code})")


def own(number: int) -> int:
    """A code of ours for a rule whose code at Hacienda was never seen: −9000 − its number."""
    return -9000 - number


def examine(rules: Iterable[Rule | LineRule], case: Case) -> Iterator[Finding]:
    """Everything that the rules find, in their order."""
    for rule in rules:
        if isinstance(rule, Rule):
            if rule.fails(case):
                yield Finding(rule)
            continue
        for line in case.lines:
            if rule.fails(case, line):
                yield Finding(rule, line.text("NumeroLinea"))
