"""What the servers that mail is read from were told to do wrong: used up in order."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

STAGES = ("greeting", "login", "select", "list", "body")
KNOWING = ("login", "select", "list", "body")  # the stages at which a mailbox is named
ACTIONS = ("refuse", "cut", "silent")
LONGEST = 3600.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One scripted fault.

    `action` is "refuse" (say no, with `text`), "cut" (close in mid-answer: of a body half is
    sent) or "silent" (hold `seconds`, then close); without one, `seconds` make the answer late.
    """

    stage: str
    action: str = ""
    text: str = ""
    seconds: float = 0.0
    times: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError for a fault that could never happen as told."""
        wrong = (
            (self.stage not in STAGES, f"stage is one of {', '.join(STAGES)}"),
            (self.action not in ("", *ACTIONS), f"action is one of {', '.join(ACTIONS)}"),
            (not self.action and not self.seconds, "an action, or seconds"),
            (not 0 <= self.seconds <= LONGEST, f"seconds are from 0 to {LONGEST:.0f}"),
            (self.times < 1, "times is at least 1"),
        )
        for is_wrong, reason in wrong:
            if is_wrong:
                raise ValueError(reason)


class ReadingScripts:
    """Faults waiting for their mailboxes, first in, first out; safe from many threads."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, Fault]] = []
        self._lock = threading.Lock()

    def add(self, match: Mapping[str, str], faults: Sequence[Fault]) -> None:
        """Queue faults for the mailbox that `match` names under "mailbox", or for any.

        Raises ValueError for a mailbox at a stage that comes before one is named.
        """
        mailbox = match.get("mailbox", "").casefold()
        for fault in faults:
            if mailbox and fault.stage not in KNOWING:
                raise ValueError(f"no mailbox is known at {fault.stage}")
        with self._lock:
            self._waiting += [(mailbox, fault) for fault in faults]

    def take(self, stage: str, mailbox: str = "") -> Fault | None:
        """The next fault of that stage for this mailbox, used once more."""
        names = {"", mailbox.casefold()}
        with self._lock:
            for index, (whose, fault) in enumerate(self._waiting):
                if fault.stage == stage and whose in names:
                    if fault.times > 1:
                        self._waiting[index] = whose, replace(fault, times=fault.times - 1)
                    else:
                        del self._waiting[index]
                    return fault
        return None

    def clear(self) -> None:
        """Forget what was scripted."""
        with self._lock:
            self._waiting.clear()
