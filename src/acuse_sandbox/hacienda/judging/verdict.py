"""What Hacienda decided of a document."""

from __future__ import annotations

from dataclasses import dataclass

BARE = 0  # the code of a sentence that stands alone in DetalleMensaje


@dataclass(frozen=True, slots=True)
class Record:
    """One line of DetalleMensaje."""

    code: int
    text: str
    row: int = 0
    column: int = 0

    @property
    def is_bare(self) -> bool:
        """True for a sentence without code, row and column."""
        return self.code == BARE


@dataclass(frozen=True, slots=True)
class Judgement:
    """Accepted or not, with the records that say why; `read` is False if it never got that far."""

    accepted: bool
    records: tuple[Record, ...]
    read: bool = True

    @property
    def outcome(self) -> str:
        """The ledger's word for it."""
        if not self.accepted:
            return "rejected"
        return "observed" if self.records else "accepted"
