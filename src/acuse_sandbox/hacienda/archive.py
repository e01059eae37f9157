"""What Hacienda received and what it decided, by clave (messages: clave and consecutivo)."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from acuse_sandbox.hacienda.judging.outline import Outline
from acuse_sandbox.hacienda.judging.verdict import Judgement
from acuse_sandbox.hacienda.rulebook.past import Past


@dataclass(slots=True)
class Kept:
    """A document that Hacienda received; the counters go down as it is asked about."""

    date: str
    at: datetime
    outline: Outline
    judgement: Judgement
    past: Past
    names: Collection[str] = ()  # claves that it refers to
    staging: bool = True  # sent by a user of the staging realm
    processing: int = 0  # answers "procesando" to come
    wrong_documents: int = 0  # answers about another document to come
    answers: dict[str, bytes] = field(default_factory=dict)  # by the fault they carry
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def key(self) -> str:
        """By what it is asked for."""
        return self.outline.key


class Archive:
    """The documents of one world; safe to use from many threads."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}
        self._keys: set[str] = set()
        self._numbers: dict[tuple[str, str], str] = {}
        self._naming: dict[str, list[Kept]] = {}
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget all documents."""
        with self._lock:
            self._kept.clear()
            self._keys.clear()
            self._numbers.clear()
            self._naming.clear()

    def reserve(self, outline: Outline) -> str | None:
        """The key that first used this consecutivo; None if this key was received before."""
        with self._lock:
            if outline.key in self._keys:
                return None
            self._keys.add(outline.key)
            return self._numbers.setdefault((outline.sender, outline.number), outline.key)

    def keep(self, kept: Kept) -> None:
        """Remember a document whose key was reserved."""
        with self._lock:
            self._kept[kept.key] = kept
            for clave in set(kept.names):
                self._naming.setdefault(clave, []).append(kept)

    def find(self, key: str) -> Kept | None:
        """The document with this key."""
        with self._lock:
            return self._kept.get(key)

    def naming(self, clave: str) -> tuple[Kept, ...]:
        """The documents that refer to a clave, in order."""
        with self._lock:
            return tuple(self._naming.get(clave, ()))

    def all(self) -> tuple[Kept, ...]:
        """Everything received, in order."""
        with self._lock:
            return tuple(self._kept.values())
