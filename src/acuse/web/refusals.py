"""Why a verb of `flow` did nothing, told to the person who asked for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

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


def tell(request: HttpRequest, refusal: Blocked | SignerUnavailable) -> None:
    """Say all of it at the top of the next page."""
    for problem in problems(refusal):
        messages.error(request, problem.text)
