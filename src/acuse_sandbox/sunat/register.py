"""What SUNAT has judged, by RUC-TT-SERIE-NUM, with state and CDR; safe from many threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from acuse_sandbox.sunat.content import CHANGE, VOID, Content, Member
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.rulebook.registers import Known, State
from acuse_sandbox.sunat.stem import Stem

WORDS = {State.REJECTED: "rejected", State.ACCEPTED: "accepted", State.VOIDED: "voided"}


@dataclass(frozen=True, slots=True)
class Record:
    """One document that was judged, alone or as a member of a summary."""

    fiscal_id: str
    known: Known  # what the rules ask of it
    sha256: str = ""  # of the signed XML; "" for a summary's member, whose XML never came
    cdr: bytes = b""  # the ZIP that was, or should have been, answered
    outcome: str = ""  # the ledger's word: accepted, observed, rejected

    @property
    def state(self) -> State:
        """The register's "indicador de estado"."""
        return self.known.state


def refusal(known: Record | None, kind: str) -> str:
    """The code for a number that is taken, "" for a free one.

    The sheets of retención and percepción leave a rejected number free, and know no 1032.
    """
    if known is None:
        return ""
    if kind in ("20", "40"):
        return "" if known.state is State.REJECTED else "1033"
    return "1033" if known.state is State.ACCEPTED else "1032"


class Register:
    """All records of one pretended SUNAT, and the names of the files that it judged."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._records: dict[str, Record] = {}
        self._files: set[str] = set()
        self._judged: set[tuple[str, str]] = set()
        self._busy: set[str] = set()
        self._to_wait: dict[str, int] = {}

    def find(self, fiscal_id: str) -> Record | None:
        """The record of a document; None if SUNAT never judged it."""
        with self._lock:
            return self._records.get(fiscal_id)

    def keep(self, record: Record) -> None:
        """Remember a judged document, whatever was known of its number."""
        with self._lock:
            self._records[record.fiscal_id] = record

    def take(self, record: Record, kind: str) -> None:
        """Remember a judged document; raises Fault if its number was taken meanwhile."""
        with self._lock:
            refused = refusal(self._records.get(record.fiscal_id), kind)
            if refused:
                raise Fault(refused)
            self._records[record.fiscal_id] = record

    def knows_file(self, fiscal_id: str) -> bool:
        """True if a summary of this name was judged."""
        with self._lock:
            return fiscal_id in self._files

    @contextmanager
    def settling(self) -> Iterator[None]:
        """Time in which nobody else changes the register: to check, and then to write."""
        with self._lock:
            yield

    def apply(self, stem: Stem, content: Content) -> None:
        """Do what an accepted summary says to each of its documents."""
        with self._lock:
            for member in content.members:
                self._apply(member, stem.ruc, content.reference_date)

    def _apply(self, member: Member, ruc: str, issued: date | None) -> None:
        fiscal_id = member.document.of(ruc)
        state = State.VOIDED if member.action == VOID else State.ACCEPTED
        record = self._records.get(fiscal_id)
        if record is None:
            known = Known(state, issued, member.currency, member.total)
            self._records[fiscal_id] = Record(fiscal_id, known, outcome="accepted")
            return
        total = member.total if member.action == CHANGE else record.known.total
        self._records[fiscal_id] = replace(
            record, known=replace(record.known, state=state, total=total)
        )

    def keep_file(self, fiscal_id: str) -> None:
        """Remember that a summary of this name was judged."""
        with self._lock:
            self._files.add(fiscal_id)

    def was_judged(self, fiscal_id: str, sha256: str) -> bool:
        """Whether these very bytes were judged before, in homologation too."""
        with self._lock:
            return (fiscal_id, sha256) in self._judged

    def note_judged(self, fiscal_id: str, sha256: str) -> None:
        """From now on these bytes were judged."""
        with self._lock:
            self._judged.add((fiscal_id, sha256))

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
            self._files.clear()
            self._judged.clear()
            self._to_wait.clear()
