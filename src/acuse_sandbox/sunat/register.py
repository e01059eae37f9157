"""What SUNAT has judged, by RUC-TT-SERIE-NUM, with state and CDR; safe from many threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum

from acuse_sandbox.sunat.fault import Fault


class State(IntEnum):
    """The register's "indicador de estado"."""

    REJECTED = 0  # the number is burnt
    ACCEPTED = 1
    VOIDED = 2  # by RA or RC, later


@dataclass(frozen=True, slots=True)
class Record:
    """One document that was judged."""

    fiscal_id: str
    state: State
    sha256: str  # of the signed XML
    cdr: bytes  # the ZIP that was, or should have been, answered
    outcome: str  # the ledger's word: accepted, observed, rejected


class Register:
    """All records of one pretended SUNAT."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: dict[str, Record] = {}
        self._busy: set[str] = set()
        self._to_wait: dict[str, int] = {}

    def find(self, fiscal_id: str) -> Record | None:
        """The record of a document; None if SUNAT never judged it."""
        with self._lock:
            return self._records.get(fiscal_id)

    def keep(self, record: Record) -> None:
        """Remember a judged document."""
        with self._lock:
            self._records[record.fiscal_id] = record

    def delay(self, fiscal_id: str, *, times: int) -> None:
        """Let a document stay "in process" for so many more requests."""
        with self._lock:
            self._to_wait[fiscal_id] = times

    @contextmanager
    def judging(self, fiscal_id: str) -> Iterator[None]:
        """The only judging of a document at a time; raises Fault 0140 while it is in process."""
        with self._lock:
            left = self._to_wait.get(fiscal_id, 0)
            if left:
                self._to_wait[fiscal_id] = left - 1
            if left or fiscal_id in self._busy:
                raise Fault("0140")
            self._busy.add(fiscal_id)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(fiscal_id)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._records.clear()
            self._to_wait.clear()
