"""What Hacienda knows of other documents while it judges one: received, or told of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from acuse_sandbox.hacienda import registers
from acuse_sandbox.hacienda.archive import Archive
from acuse_sandbox.hacienda.registers import Settings
from acuse_sandbox.hacienda.rulebook.past import Past


@dataclass(frozen=True, slots=True)
class Books:
    """The memory of one world, as the rules ask it."""

    archive: Archive
    settings: Settings
    trusting: bool  # a clave never heard of is taken for an accepted document's

    def accepted(self, clave: str) -> bool | None:
        """Whether a document was accepted; None if it is not known."""
        past = self.recall(clave)
        if past is None:
            return True if self.trusting else None
        return past.accepted

    def recall(self, clave: str) -> Past | None:
        """What is remembered of a document, None where nothing is."""
        kept = self.archive.find(clave)
        return registers.document(self.settings, clave) if kept is None else kept.past

    def naming(self, clave: str) -> Iterable[Past]:
        """The accepted documents that name this one, in order."""
        return (kept.past for kept in self.archive.naming(clave) if kept.past.accepted)
