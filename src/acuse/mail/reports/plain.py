"""Failures told in plain text: Exim, qmail, Postfix and those who write like them.

Each style is known by a line of its own near the beginning; what follows an address, up to the next
one, is what its server said. Shapes: mail.md 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from acuse.domain.report import Action, Result
from acuse.mail.reasons import reason
from acuse.mail.reports.delivery_status import codes_in
from acuse.mail.reports.opened import Opened, words

MOST_LINES = 600
MOST = 100
LONGEST_LINE = 1000
NEAR = 3000  # letters within which a style shows itself
_ADDRESS = r"[^\s<>@\"',;:()]{1,64}@[A-Za-z0-9\u0080-\uffff.\-]{1,253}"
_INDENTED = re.compile(rf"[ \t]{{1,8}}<?({_ADDRESS})>?:?[ \t]*$")
_BRACKETED = re.compile(rf"[ \t]{{0,8}}<({_ADDRESS})>(?:[ \t]*\([^()]{{0,200}}\))?[ \t]*:(.*)")
_GENERATED = re.compile(rf"\((?:ultimately )?generated from ({_ADDRESS})\)", re.IGNORECASE)
_COPY = re.compile(
    r"[-= ]*(?:this is a copy of (?:the|your) message|below this line is a copy|"
    r"original message|included is a copy|message header follows|returned message)",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"not yet been delivered|has been delayed|warning (?:message )?only|still being retried|"
    r"will (?:be retried|continue to try)|no action is required on your part",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"fail|undeliver|(?:not|un|n't)[^.]{0,40}(?:able to deliver|be delivered)|permanent|"
    r"problem with|no (?:se )?(?:pudo|pudimos|ha podido) (?:ser )?entreg",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"{_ADDRESS}")

Told = Iterator[tuple[str, str, list[str]]]  # address, the one it was sent to, what was said


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of server writes: what shows it, and how its addresses stand."""

    sign: re.Pattern[str]
    told: Callable[[list[str]], Told]


def _indented(lines: list[str]) -> Told:
    """Exim: the address alone in its line, what was said below and further in."""
    address, original = "", ""
    said: list[str] = []
    for line in lines:
        found = _INDENTED.match(line)
        if found:
            if address:
                yield address, original, said
            address, original, said = found[1], "", []
        elif address and not line.strip():
            said.append("")
        elif address and line[0] not in " \t":
            break  # the text goes on to something else
        elif address:
            generated = _GENERATED.search(line)
            original = generated[1] if generated else original
            said.extend(() if generated else (line,))
    if address:
        yield address, original, said


def _bracketed(lines: list[str]) -> Told:
    """qmail and Postfix: `<address>:` and what was said, up to an empty line."""
    address = ""
    said: list[str] = []
    for line in lines:
        found = _BRACKETED.match(line)
        if address and (found or not line.strip()):
            yield address, "", said
            address = ""
        if found:
            address, said = found[1], [found[2]]
        elif address:
            said.append(line)
    if address:
        yield address, "", said


STYLES = (
    Style(re.compile(r"created automatically by mail delivery software", re.IGNORECASE), _indented),
    Style(re.compile(r"automatically generated delivery status notification|"
                     r"delivery to the following recipients? (?:has |have )?(?:been )?"
                     r"(?:failed|delayed)", re.IGNORECASE), _indented),
    Style(re.compile(r"qmail-send program|mail system at host|postfix program\b|"
                     r"(?:unable|able) to deliver|could not be delivered|problem with the e-?mail|"
                     r"no (?:se )?(?:pudo|pudimos|ha podido) (?:ser )?entreg", re.IGNORECASE),
          _bracketed),
)  # fmt: skip


def results(message: Opened) -> tuple[Result, ...]:
    """What the words say of each address; () where they follow no style that is known."""
    text = words(message)
    failed = _LISTED.findall(message.header("X-Failed-Recipients")[:4000])[:MOST]
    lines = _before_the_copy(text)
    style = next((one for one in STYLES if one.sign.search(text[:NEAR])), None)
    action = _action(message.header("Subject"), lines, failed=bool(failed))
    if action is None:
        return ()
    told = list(style.told(lines)) if style else []
    found = [_result(address, action, said, original) for address, original, said in told[:MOST]]
    return _each_once(found or [_result(address, action, lines[:40]) for address in failed])


def _action(subject: str, lines: list[str], *, failed: bool) -> Action | None:
    """What the words before the first address say became of the mail; None for nothing sure."""
    first = next((n for n, line in enumerate(lines) if _LISTED.search(line)), len(lines))
    before = "\n".join((subject, *lines[:first]))[:NEAR]
    if "delay" in before.lower() or _WAITING.search("\n".join(lines)[:NEAR]):
        return Action.DELAYED
    return Action.FAILED if failed or _FAILED.search(before) else None


def _each_once(found: list[Result]) -> tuple[Result, ...]:
    """Each address once, with what says most of it."""
    kept: dict[str, Result] = {}
    for one in found:
        known = kept.get(one.address.casefold())
        if known is None or (one.code or one.status) and not (known.code or known.status):
            kept[one.address.casefold()] = one
    return tuple(kept.values())


def _before_the_copy(text: str) -> list[str]:
    """The lines of the report itself, none endless."""
    kept: list[str] = []
    for line in text.split("\n")[:MOST_LINES]:
        if _COPY.match(line[:200]):
            break
        kept.append(line[:LONGEST_LINE].rstrip())
    return kept


def _result(address: str, action: Action, said: list[str], original: str = "") -> Result:
    told = " ".join(" ".join(said).split())[:2000]
    enhanced, reply = codes_in(told)
    return Result(
        address=address.rstrip("."),
        action=action,
        status=enhanced,
        code=reply,
        said=told,
        original=original,
        reason=reason(status=enhanced, code=reply, said=told),
    )
