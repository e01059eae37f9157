"""What the mail server was told to do wrong, and to whom: scripted faults, used up in order."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STAGES = ("greeting", "ehlo", "mail", "rcpt", "data", "body", "dot", "rset", "quit")
KNOWING = ("rcpt", "data", "body", "dot")  # the stages at which a recipient is known
ACTIONS = ("cut", "silent", "unreadable", "bounce")
ANSWER = re.compile(r"[45]\d\d [45]\.\d{1,3}\.\d{1,3} [ -~]{1,400}")
LONGEST = 3600.0


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """One scripted fault.

    `code` and `text` are the reply, in several lines where the text has several. Or `action` is
    "cut" (close without a reply), "silent" (hold `seconds`, then close) or "unreadable" (say
    `text`, which need not begin with a code, then close); the stage "body" can only be cut. At the
    dot it may be "bounce": taken with a 250, then sent back with `text`, the answer of the next
    server ("550 5.1.1 no such user"), to where the setting `mail.returns` says.
    `seconds` before a reply make it late. `kept` tells, at the dot, whether the message stays:
    unless told, it does with every action and every 2xx.
    """

    stage: str
    code: int = 0
    text: str = ""
    action: str = ""
    kept: bool | None = None
    seconds: float = 0.0
    times: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError for a fault that could never happen as told."""
        wrong = (
            (self.stage not in STAGES, f"stage is one of {', '.join(STAGES)}"),
            (self.action not in ("", *ACTIONS), f"action is one of {', '.join(ACTIONS)}"),
            (bool(self.code) == bool(self.action), "either a code or an action"),
            (bool(self.code) and not 200 <= self.code <= 599, "code is from 200 to 599"),
            (self.stage == "body" and self.action != "cut", "the body can only be cut"),
            (self.kept is not None and self.stage != "dot", "kept is said of the dot"),
            (self.bounces and self.stage != "dot", "a mail is sent back once its dot was said"),
            (self.bounces and not ANSWER.fullmatch(self.text), "text is as 550 5.1.1 unknown"),
            (not 0 <= self.seconds <= LONGEST, f"seconds are from 0 to {LONGEST:.0f}"),
            (self.times < 1, "times is at least 1"),
        )
        for is_wrong, reason in wrong:
            if is_wrong:
                raise ValueError(reason)

    @property
    def keeps(self) -> bool:
        """Whether the message stays, although or because this happens at its dot."""
        taken = bool(self.action) or self.code < 300
        return taken and not self.bounces if self.kept is None else self.kept

    @property
    def bounces(self) -> bool:
        """Whether the mail is taken and then sent back."""
        return self.action == "bounce"

    @property
    def goes_on(self) -> bool:
        """Whether the dialogue goes on as after the usual reply."""
        return self.code // 100 == (3 if self.stage == "data" else 2)


@dataclass(slots=True)
class _Waiting:
    to: str
    fault: Misbehaviour
    left: int


class MailScripts:
    """Faults waiting for their recipients, first in, first out; safe from many threads."""

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []
        self._lock = threading.Lock()

    def add(self, match: Mapping[str, str], faults: Sequence[Misbehaviour]) -> None:
        """Queue faults for the recipient that `match` names under "to", or for any.

        Raises ValueError for a recipient at a stage that comes before one is named.
        """
        to = match.get("to", "").casefold()
        for fault in faults:
            if to and fault.stage not in KNOWING:
                raise ValueError(f"no recipient is known at {fault.stage}")
        with self._lock:
            self._waiting += [_Waiting(to, fault, fault.times) for fault in faults]

    def take(self, stage: str, recipients: Sequence[str] = ()) -> Misbehaviour | None:
        """The next fault of that stage for one of these recipients, used once more."""
        if not self._waiting:  # nearly always; a fault added just now may come one command later
            return None
        names = {"", *(one.casefold() for one in recipients)}
        with self._lock:
            for index, waiting in enumerate(self._waiting):
                if waiting.fault.stage == stage and waiting.to in names:
                    waiting.left -= 1
                    if not waiting.left:
                        del self._waiting[index]
                    return waiting.fault
            return None

    def clear(self) -> None:
        """Forget what was scripted."""
        with self._lock:
            self._waiting.clear()
