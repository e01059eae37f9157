"""Why a verb did nothing, as problems for whoever asked: a person, a program."""

from __future__ import annotations

from acuse.domain.problem import Blocked, Problem
from acuse.gateways.signer import SignerUnavailable

SIGNER_AWAY = Problem(
    "company",
    "XX-SIG-1",
    "El firmador no responde. Avisa a quien administra el servidor y vuelve a intentarlo.",
)
REFUSALS = (Blocked, SignerUnavailable)


def problems(refusal: Blocked | SignerUnavailable) -> tuple[Problem, ...]:
    """What keeps it from being done."""
    return refusal.problems if isinstance(refusal, Blocked) else (SIGNER_AWAY,)
