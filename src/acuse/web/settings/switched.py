"""A form that is one switch: turned, or why not."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.contrib import messages

from acuse.domain.problem import Blocked
from acuse.flow import outside
from acuse.web.access import CompanyRequest


class Turn(Protocol):
    """A company's verb that turns something on or off; raises Blocked where it may not be."""

    def __call__(self, company_id: int, on: bool, *, by: str, at: datetime) -> bool:
        """Whether that changed anything."""


def turned(request: CompanyRequest, name: str, turn: Turn) -> str:
    """Why the switch of that name is not as posted; "" where it is, as the next page says."""
    try:
        turn(request.company.id, request.POST.get(name) == "on", by=request.by, at=outside.now())
    except Blocked as blocked:
        return blocked.problems[0].text
    messages.success(request, "Cambios guardados")
    return ""
