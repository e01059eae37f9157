"""Once: what was asked twice under one key is done once, and answered twice the same.

The answer is kept in the transaction of what it tells (reliability.md 5.1, I-29).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from acuse.store import answers
from acuse.store.answers import Answered


class KeyTaken(Exception):
    """The key stands for something else that was asked before."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered; `again` where it was done before."""

    status: int
    body: str
    again: bool = False


def once(company_id: int, key: str, asked: str, do: Callable[[], Told], *, at: datetime) -> Told:
    """What `do` answers, or what it answered before under this key of the company.

    `asked` is the hash of what was asked. Where `do` raises, nothing of it stays, nor the key.
    Two at once: the second waits for the first. Raises KeyTaken.
    """
    with transaction.atomic():
        answers.hold(company_id, key)
        before = answers.find(company_id, key)
        if before is not None:
            if before.asked != asked:
                raise KeyTaken
            return Told(before.status, before.body, again=True)
        told = do()
        answers.keep(company_id, key, Answered(asked, told.status, told.body), at=at)
    return told
