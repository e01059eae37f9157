"""What the text of a report says, where its fields say nothing: Exim's own failures are so.

Of an unknown user, a full mailbox, Exim's fields tell `5.0.0` and no more; the reason stands above,
in words for people.
"""

from __future__ import annotations

from dataclasses import replace

from acuse.domain.report import Action, Result
from acuse.mail.reasons import reason
from acuse.mail.reports import plain
from acuse.mail.reports.opened import Opened


def with_words(message: Opened, results: tuple[Result, ...]) -> tuple[Result, ...]:
    """The results; a failure without a word of its server has what the text says of it."""
    if not any(_mute(one) for one in results):
        return results
    told: dict[str, Result] = {}
    for one in plain.results(message):
        if one.action is Action.FAILED and one.said:
            for address in (one.original, one.address):
                told.setdefault(address.casefold(), one)
    told.pop("", None)
    return tuple(
        _worded(one, told[one.address.casefold()])
        if _mute(one) and one.address.casefold() in told
        else one
        for one in results
    )


def _mute(one: Result) -> bool:
    return one.action is Action.FAILED and not one.said and one.status in ("", "5.0.0")


def _worded(one: Result, told: Result) -> Result:
    status = told.status or one.status
    found = reason(status=status, code=told.code, said=told.said)
    return replace(one, status=status, code=told.code, said=told.said, reason=found)
