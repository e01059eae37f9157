"""What a call taught about the host behind it: its breaker is shared by all workers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from acuse.domain.submission import Call, NoReply, Reply
from acuse.flow import outside
from acuse.store import channels


def heard(call: Call, reply: Reply | NoReply, *, at: datetime) -> None:
    """Tell the endpoint's breaker how the call went."""
    name = outside.endpoint(call)
    with transaction.atomic():
        if isinstance(reply, NoReply):
            channels.silent(name, at=at)
        else:
            channels.answered(name)
