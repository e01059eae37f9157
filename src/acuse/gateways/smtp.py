"""SMTP step by step: one recipient a transaction, and the stage of every failure known.

`smtplib.sendmail` cannot tell "certainly not sent" from "maybe sent" (reliability.md E9); here the
caller is asked right before the final dot, and everything before it is certainly not sent.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from acuse.domain.mailbox import Security
from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.gateways.smtp_envelope import Envelope
from acuse.gateways.smtp_line import Broke
from acuse.gateways.smtp_session import CLOSING, Prepared, Route, Session, Waits
from acuse.gateways.smtp_transcript import Said, Side, transcript

__all__ = [
    "Envelope",
    "Prepared",
    "Route",
    "Said",
    "Security",
    "Side",
    "Waits",
    "close_all",
    "prepare",
    "send",
    "try_out",
]

IDLE_SECONDS = 60.0  # a kept connection older than that is not trusted

_idle: deque[tuple[Route, Session]] = deque()  # the longest unused first
_idle_lock = threading.Lock()


def prepare(message: bytes) -> Prepared:
    """The message for the wire; raises ValueError for a bare CR or LF, which servers read apart."""
    whole = message.count(b"\r\n")
    if message.count(b"\r") != whole or message.count(b"\n") != whole:
        raise ValueError("a message has a bare CR or LF")
    stuffed = message.replace(b"\r\n.", b"\r\n..")
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    if not stuffed.endswith(b"\r\n"):
        stuffed += b"\r\n"
    return Prepared(stuffed, len(message))


def send(
    prepared: Prepared,
    *,
    sender: str,
    recipient: str,
    route: Route,
    before_dot: Callable[[], bool],
    name: str = "",
) -> SmtpOutcome:
    """How the attempt ended. `before_dot` is asked right before the dot; False abandons the mail.

    Reports are asked for under that `name`, where the server offers them.

    Connections are kept for each route, as many as threads send at once. A kept one that proves
    dead before the mail is replaced silently: nothing was sent on it.
    """
    envelope = Envelope(sender, recipient, name, route.delivered)
    while True:
        session = _take(route)
        kept = session is not None
        try:
            session = session or Session(route)
        except Broke as broken:
            return broken.outcome
        try:
            outcome = session.transact(prepared, envelope, before_dot)
        except Broke as broken:
            session.abort()
            if kept and _left_before(broken.outcome):
                continue
            return broken.outcome
        except BaseException:
            session.abort()  # it stands in mid-mail: the next mail must not follow on it
            raise
        _keep(route, session)
        return outcome


def try_out(
    prepared: Prepared, *, sender: str, recipient: str, route: Route
) -> tuple[SmtpOutcome, tuple[Said, ...]]:
    """How one mail by a connection of its own ended, and all that was said, secrets hidden."""
    kept = transcript(route.username, route.password)
    try:
        session = Session(route, kept)
    except Broke as broken:
        return broken.outcome, tuple(kept.lines)
    try:
        outcome = session.transact(prepared, Envelope(sender, recipient), lambda: True)
    except Broke as broken:
        outcome = broken.outcome
        session.abort()
    else:
        session.quit()
    return outcome, tuple(kept.lines)


def close_all() -> None:
    """End all kept connections."""
    with _idle_lock:
        ended = [session for _, session in _idle]
        _idle.clear()
    for session in ended:
        session.quit()


def _left_before(outcome: SmtpOutcome) -> bool:
    """Whether the server had ended the dialogue before it was asked anything."""
    return outcome.stage is Stage.MAIL and outcome.code in (0, CLOSING)


def _take(route: Route) -> Session | None:
    """A kept connection that still stands; those that have waited too long are ended."""
    found = None
    with _idle_lock:
        oldest = time.monotonic() - IDLE_SECONDS
        ended = []
        while _idle and _idle[0][1].last < oldest:
            ended.append(_idle.popleft()[1])
        for place in range(len(_idle) - 1, -1, -1):
            if _idle[place][0] == route:
                found = _idle[place][1]
                del _idle[place]
                if found.alive():
                    break
                ended.append(found)
                found = None
    for session in ended:
        session.quit()
    return found


def _keep(route: Route, session: Session) -> None:
    if not session.open:
        session.quit()
        return
    with _idle_lock:
        _idle.append((route, session))
