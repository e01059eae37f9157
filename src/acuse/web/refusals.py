"""Why a verb of `flow` did nothing, told to the person who asked for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from acuse.domain.problem import Blocked
from acuse.flow.refusals import REFUSALS, problems
from acuse.gateways.signer import SignerUnavailable

__all__ = ["REFUSALS", "problems", "tell"]


def tell(request: HttpRequest, refusal: Blocked | SignerUnavailable) -> None:
    """Say all of it at the top of the next page."""
    for problem in problems(refusal):
        messages.error(request, problem.text)
