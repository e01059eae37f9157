"""What the DIAN has judged: attempts by UUID, accepted numbers, tickets, events, test sets.

Safe from many threads. A rejected document is only an attempt: its number stays free.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from acuse_sandbox.dian.answers import DianResponse
from acuse_sandbox.dian.reading import Document
from acuse_sandbox.dian.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Record:
    """One document or event that was judged."""

    document: Document
    verdict: Verdict
    receipt: bytes  # the signed ApplicationResponse that was, or should have been, answered
    file_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One event that was accepted for a document."""

    code: str  # 030 to 034
    number: str
    uuid: str
    description: str
    sender_nit: str
    at: datetime  # when it was signed
    concept: str = ""  # of a claim


@dataclass(slots=True)
class Item:
    """One document of an archive, as its ticket tells of it."""

    uuid: str  # "" for what could not be read
    answer: DianResponse | None = None  # for what was not judged
    record: Record | None = None  # for what was
    first: DianResponse | None = None  # told once, before the verdict


@dataclass(slots=True)
class Batch:
    """One archive sent asynchronously: what its ticket will answer, and when."""

    ready: datetime
    test_set: str = ""
    items: list[Item] = field(default_factory=list)
    is_lost: bool = False  # taken, and never looked at


@dataclass(slots=True)
class TestSet:
    """How far a test set is: what was sent by kind, and what was accepted."""

    sent: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    is_accepted: bool = False


class Register:
    """All records of one pretended DIAN."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free = threading.Condition(self._lock)
        self._busy: set[str] = set()
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._attempts: dict[str, Record] = {}
            self._accepted: dict[str, Record] = {}
            self._events: dict[str, list[Event]] = {}
            self._batches: dict[str, Batch] = {}
            self._test_sets: dict[str, TestSet] = {}
            self._enabled: set[str] = set()
            self._to_wait: dict[str, int] = {}
            self._held: dict[str, datetime] = {}

    def find(self, uuid: str) -> Record | None:
        """The last attempt under a UUID; None if the DIAN never judged one."""
        with self._lock:
            return self._attempts.get(uuid)

    def accepted(self, key: str) -> Record | None:
        """The document that was accepted under this number."""
        with self._lock:
            return self._accepted.get(key)

    def keep(self, record: Record) -> None:
        """Remember a judged document; an acceptance is never overwritten."""
        with self._lock:
            uuid = record.document.uuid
            before = self._attempts.get(uuid)
            if before is None or not before.verdict.is_accepted:
                self._attempts[uuid] = record
            if record.verdict.is_accepted and record.document.kind_code:
                self._accepted.setdefault(record.document.key, record)

    def delay(self, uuid: str, *, times: int) -> None:
        """Let a document stay "in process" for so many more requests."""
        with self._lock:
            self._to_wait[uuid] = times

    def hold(self, uuid: str, *, until: datetime) -> None:
        """Let a document stay "in process" until a moment."""
        with self._lock:
            self._held[uuid] = until

    def must_wait(self, uuid: str, at: datetime) -> bool:
        """True while a document stays "in process"; each asking counts."""
        with self._lock:
            if uuid in self._held and at < self._held[uuid]:
                return True
            left = self._to_wait.get(uuid, 0)
            if left:
                self._to_wait[uuid] = left - 1
            return left > 0

    def must_wait_for(self, uuids: Iterable[str], at: datetime) -> bool:
        """True while one of several stays "in process"; the asking counts for each of them."""
        return sum([self.must_wait(uuid, at) for uuid in uuids]) > 0

    @contextmanager
    def judging(self, key: str) -> Iterator[None]:
        """The only judging of a number, or of a document's events, at a time; others wait."""
        with self._free:
            self._free.wait_for(lambda: key not in self._busy)
            self._busy.add(key)
        try:
            yield
        finally:
            with self._free:
                self._busy.discard(key)
                self._free.notify_all()

    def events(self, uuid: str) -> list[Event]:
        """The accepted events of a document, in order."""
        with self._lock:
            return list(self._events.get(uuid, ()))

    def add_event(self, uuid: str, event: Event) -> None:
        """Remember an accepted event."""
        with self._lock:
            self._events.setdefault(uuid, []).append(event)

    def has_event_number(self, sender_nit: str, number: str) -> bool:
        """True if this sender used the number for an event before."""
        with self._lock:
            return any(
                (event.sender_nit, event.number) == (sender_nit, number)
                for events in self._events.values()
                for event in events
            )

    def put_batch(self, ticket: str, batch: Batch) -> None:
        """Remember what a ticket stands for."""
        with self._lock:
            self._batches[ticket] = batch

    def batch(self, ticket: str) -> Batch | None:
        """What a ticket stands for; None for one that was never given."""
        with self._lock:
            return self._batches.get(ticket)

    def count_for_set(
        self, id_: str, nit: str, *, kind: str, accepted: bool, asked: Counter[str], needed: int
    ) -> None:
        """Count a document of a test set; its issuer is enabled when the set is complete."""
        with self._lock:
            found = self._test_sets.setdefault(id_, TestSet())
            found.sent[kind] += 1
            found.accepted += accepted
            if asked <= found.sent and found.accepted >= needed:
                found.is_accepted = True
                self._enabled.add(nit)

    def is_set_accepted(self, id_: str) -> bool:
        """True once a test set is complete."""
        with self._lock:
            found = self._test_sets.get(id_)
            return found is not None and found.is_accepted

    def is_enabled(self, nit: str) -> bool:
        """True if an issuer has passed a test set."""
        with self._lock:
            return nit in self._enabled
