"""What SUNAT's replies mean, each by the service that gave it. Source: peru.md 5.1–5.6."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from acuse.domain.submission import Call, CallPurpose, Case, Finding, NoAnswer, NoReply, Reply
from acuse.jurisdictions.pe import (
    answers,
    calls_gre,
    calls_register,
    replies_gre,
    replies_register,
    replies_soap,
)
from acuse.jurisdictions.pe.talk import Talk

READERS: dict[str, Callable[[Talk, Reply], Finding]] = {
    calls_gre.LOG_IN: answers.logged_in,
    calls_gre.SEND: replies_gre.sent,
    calls_gre.ASK: replies_gre.asked,
    calls_register.LOG_IN: answers.logged_in,
    calls_register.ASK: replies_register.read,
}


def read(case: Case, call: Call, reply: Reply | NoReply, at: datetime) -> Finding:
    """What the reply means for this file; never raises."""
    if isinstance(reply, NoReply):
        # A log-in carries no document: whatever left, nothing of it can have arrived.
        return NoAnswer(reply.left and call.purpose is not CallPurpose.LOGIN, reply.reason)
    talk = Talk(case, call, at)
    return READERS.get(talk.operation, replies_soap.read)(talk, reply)
