"""What a person can mend, told as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something missing or wrong, in words its reader can act on.

    `field` is the path in the document format ("items.0.price"); `code` is stable: the
    authority's own where it has one ("PE-2017"), ours otherwise ("XX-OWN-3"); `text` is Spanish
    and says the value, what is wrong and what to do; `rule` names the source.
    """

    field: str
    code: str
    text: str
    rule: str = ""


class Blocked(Exception):
    """The step cannot be taken; nothing was used, and `problems` say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.field}: {p.text}" for p in self.problems))
