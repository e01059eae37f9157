"""What Hacienda knows of other documents while it judges one: those it received."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from acuse_sandbox.hacienda.archive import Archive
from acuse_sandbox.hacienda.rulebook.past import Past


@dataclass(frozen=True, slots=True)
class Books:
    """The memory of one world, as the rules ask it."""

    archive: Archive

    def accepted(self, clave: str) -> bool | None:
        """Whether a document was accepted; None if it is not known."""
        past = self.recall(clave)
        return None if past is None else past.accepted

    def recall(self, clave: str) -> Past | None:
        """What is remembered of a document, None where nothing is."""
        kept = self.archive.find(clave)
        return None if kept is None else kept.past

    def naming(self, clave: str) -> Iterable[Past]:
        """The accepted documents that name this one, in order."""
        return (kept.past for kept in self.archive.naming(clave) if kept.past.accepted)
