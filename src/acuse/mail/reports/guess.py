"""The last resort for a report that follows no form we know: flufl.bounce, with a guard.

It returns addresses only; its "permanent" is no ground for holding an address (mail.md 5), so the
words around the address give the reason. It is asked about little text in short lines, and may
raise: then it recognised nothing. Its time is bounded by what it is given, not by a clock.
"""

from __future__ import annotations

import logging
import re
from email import message_from_bytes

from flufl.bounce import all_failures

from acuse.domain.report import Action, Result
from acuse.mail.reasons import reason
from acuse.mail.reports.delivery_status import codes_in
from acuse.mail.reports.opened import Opened, words

LONGEST = 96 * 1024
LONGEST_LINE = 998
MOST_LINES = 3000
MOST_CONTAINERS = 12  # it reads with the standard parser, whose time grows with depth
MOST = 20
SHOWN_AFTER = 4  # lines after an address that speak of it
_CONTAINER = re.compile(rb"multipart/|message/", re.IGNORECASE)

# It logs with a traceback whatever it raises; for us that is one mail more that nobody can read.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)


def results(raw: bytes, message: Opened) -> tuple[Result, ...]:
    """The addresses that flufl.bounce finds, () where it finds none, raises or is not asked."""
    bounded = _bounded(raw)
    if len(_CONTAINER.findall(bounded)) > MOST_CONTAINERS:
        return ()
    try:
        temporary, permanent = all_failures(message_from_bytes(bounded))
    except Exception:  # 6.0.0 raises IndexError and more for odd mails
        return ()
    lines = words(message).split("\n")[:MOST_LINES]
    found = [
        _result(address, action, lines)
        for action, told in ((Action.FAILED, permanent), (Action.DELAYED, temporary))
        for address in sorted(told)[:MOST]
    ]
    return tuple(one for one in found if "@" in one.address)


def _bounded(raw: bytes) -> bytes:
    lines = raw[:LONGEST].replace(b"\r\n", b"\n").split(b"\n")[:MOST_LINES]
    return b"\n".join(line[:LONGEST_LINE] for line in lines)


def _result(told: bytes, action: Action, lines: list[str]) -> Result:
    address = told.decode("utf-8", "replace")[:320].strip("<> ")
    near = next((n for n, line in enumerate(lines) if address.lower() in line.lower()), None)
    said = "" if near is None else " ".join(" ".join(lines[near : near + SHOWN_AFTER]).split())
    enhanced, reply = codes_in(said)
    return Result(
        address=address,
        action=action,
        status=enhanced,
        code=reply,
        said=said[:2000],
        reason=reason(status=enhanced, code=reply, said=said),
    )
