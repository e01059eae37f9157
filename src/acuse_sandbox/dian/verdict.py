"""What the DIAN says of a document: rejections and notifications, by rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from acuse_sandbox.dian.rulebook import Finding

REJECTION: Final = "R"
NOTIFICATION: Final = "N"
WORDS = {REJECTION: "Rechazo", NOTIFICATION: "Notificación"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, in order; accepted where nothing of it rejects."""

    findings: tuple[Finding, ...]

    @property
    def is_accepted(self) -> bool:
        """True without a rejection."""
        return not self.rejections

    @property
    def rejections(self) -> tuple[Finding, ...]:
        """What rejects."""
        return tuple(f for f in self.findings if f.severity == REJECTION)

    @property
    def outcome(self) -> str:
        """The ledger's word for it."""
        if self.rejections:
            return "rejected"
        return "observed" if self.findings else "accepted"

    @property
    def messages(self) -> tuple[str, ...]:
        """The lines of ErrorMessage, rejections first."""
        ordered = sorted(self.findings, key=lambda f: f.severity != REJECTION)
        return tuple(f"Regla: {f.code}, {WORDS[f.severity]}: {f.text}" for f in ordered)


def folded(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings, each said once."""
    return tuple(dict.fromkeys(findings))
