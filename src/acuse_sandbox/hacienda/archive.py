"""What Hacienda received and what it decided, by clave."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime

from acuse_sandbox.hacienda.judging.verdict import Judgement
from acuse_sandbox.hacienda.message import Subject


@dataclass(slots=True)
class Kept:
    """A document that Hacienda received; the counters go down as it is asked about."""

    clave: str
    date: str
    at: datetime
    subject: Subject
    judgement: Judgement
    processing: int = 0  # answers "procesando" to come
    wrong_documents: int = 0  # answers about another document to come
    answers: dict[str, bytes] = field(default_factory=dict)  # by the fault they carry
    lock: threading.Lock = field(default_factory=threading.Lock)


class Archive:
    """The documents of one world; safe to use from many threads."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}
        self._claves: set[str] = set()
        self._numbers: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget all documents."""
        with self._lock:
            self._kept.clear()
            self._claves.clear()
            self._numbers.clear()

    def reserve(self, clave: str, *, issuer: str, number: str) -> str | None:
        """The clave that first used this consecutivo; None if this clave was received before."""
        with self._lock:
            if clave in self._claves:
                return None
            self._claves.add(clave)
            return self._numbers.setdefault((issuer, number), clave)

    def keep(self, kept: Kept) -> None:
        """Remember a document whose clave was reserved."""
        with self._lock:
            self._kept[kept.clave] = kept

    def find(self, clave: str) -> Kept | None:
        """The document with this clave."""
        with self._lock:
            return self._kept.get(clave)

    def accepted(self, clave: str) -> bool | None:
        """Whether a document was accepted; None if it was never received."""
        kept = self.find(clave)
        return None if kept is None else kept.judgement.accepted

    def all(self) -> tuple[Kept, ...]:
        """Everything received, in order."""
        with self._lock:
            return tuple(self._kept.values())
