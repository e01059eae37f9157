"""What is asked of the DNS, and what may come back; whoever asks is gateways.dns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Record(StrEnum):
    """The kinds of records that are read here."""

    TXT = "TXT"
    MX = "MX"
    A = "A"
    AAAA = "AAAA"
    PTR = "PTR"


@dataclass(frozen=True, slots=True)
class Question:
    """A name and the kind of its records; of a PTR the name is the IP address."""

    record: Record
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What stands there: texts joined, hosts in lower case without their last dot, addresses."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """The DNS says that there is no such record."""


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """Nobody answered in time, or no resolver is known: nothing can be said."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An answer that nobody can use: a loop, a failing server, far too much."""

    why: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """We stopped before its turn came: the DNS is not at fault, and nothing can be said."""


Answer = Found | Absent | NotAnswered | Broken | Unasked


def values(answer: Answer) -> tuple[str, ...]:
    """What stands there, () where nothing does or nobody said."""
    return answer.values if isinstance(answer, Found) else ()


@dataclass(slots=True)
class Book:
    """The answers so far; who reads what is not in it finds out later what is `missing`.

    `rest` is said of what is missing: nobody answered yet, or it will not be asked any more.
    """

    answers: Mapping[Question, Answer]
    missing: set[Question] = field(default_factory=set)
    rest: NotAnswered | Unasked = field(default_factory=NotAnswered)

    def read(self, record: Record, name: str) -> Answer:
        """The answer; `rest` where it was not asked."""
        question = Question(record, name.lower().rstrip("."))
        answer = self.answers.get(question)
        if answer is None:
            self.missing.add(question)
            return self.rest
        return answer
