"""A catalogue of products that an authority keeps: its entries, and what it says of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from acuse.domain.document import Document
from acuse.domain.problem import Problem
from acuse.domain.text import bare

_WORD = re.compile(r"[^\W_]+")


class Nature(StrEnum):
    """What a code stands for."""

    GOODS = "GOODS"
    SERVICE = "SERVICE"


@dataclass(frozen=True, slots=True)
class Entry:
    """A code, what it stands for, and the rate of tax (percent) that goes with it, where told."""

    code: str
    description: str
    rate: Decimal | None = None
    nature: Nature | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the table says of some codes; `official` once the authority's own file is in it."""

    entries: Mapping[str, Entry]
    official: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """How the authority's file calls its columns, in `plain` words, the surest name first."""

    code: tuple[str, ...]
    description: tuple[str, ...]
    rate: tuple[str, ...]
    nature: tuple[str, ...]


def _silent(document: Document, known: Known) -> tuple[Problem, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A country's catalogue: its codes, its file, and the fields of a line that it speaks about.

    `shipped` stands in until an operator imports the authority's file, and no longer.
    """

    name: str  # in addresses and on the command line: "cabys"
    title: str  # on screen: "CABYS"
    digits: int  # of every code
    columns: Columns
    rates: tuple[Decimal, ...]  # usual ones: they tell 0.13 from 0.5 %
    services: str = ""  # what the codes of services begin with, a digit each
    shipped: tuple[Entry, ...] = ()
    nature_field: str = ""  # the line's own field that says goods or service
    rate_field: str = ""  # the line's own field that, once told, settles the rate
    warnings: Callable[[Document, Known], tuple[Problem, ...]] = _silent

    def nature(self, code: str) -> Nature | None:
        """Goods or service, by the code's first digit; None where the code does not tell."""
        if not self.services:
            return None
        return Nature.SERVICE if code[:1] in self.services else Nature.GOODS


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: small letters without accents, digits."""
    return tuple(_WORD.findall(bare(text)))


def plain(text: str) -> str:
    """The words of a text, a blank between them."""
    return " ".join(words(text))
