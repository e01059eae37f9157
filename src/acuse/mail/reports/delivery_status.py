"""Delivery status (RFC 3464, RFC 6533): what became of each address, whatever it is packed in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from acuse.domain.report import Action, Result
from acuse.mail.reasons import reason
from acuse.mail.reports.fields import Group, address, groups, typed
from acuse.mail.reports.opened import Opened, decoded, text_of

TYPES = ("message/delivery-status", "message/global-delivery-status")
MOST = 100  # addresses of one report
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)")
_CODE = re.compile(r"(?<![\d.:])([245]\d\d)(?=[ \-:]|$)")
_WORD = re.compile(r"[a-z]+")
_INLINE = re.compile(r"^(?:final|original)-recipient[ \t]{0,5}:", re.IGNORECASE | re.MULTILINE)
_ACTIONS = {
    "failed": Action.FAILED,
    "delayed": Action.DELAYED,
    "delivered": Action.DELIVERED,
    "relayed": Action.RELAYED,
    "expanded": Action.EXPANDED,
}
_BY_CLASS = {"5": Action.FAILED, "4": Action.DELAYED, "2": Action.DELIVERED}


@dataclass(frozen=True, slots=True)
class Status:
    """What the status says: each address once, and the envelope id that we gave."""

    results: tuple[Result, ...]
    envelope_id: str = ""


def status(message: Opened) -> Status | None:
    """The delivery status in the message, None where there is none."""
    texts = [decoded(part.content) for part in message.of_type(*TYPES)]
    for text in texts:
        found = _read(text)
        if found.results:
            return found
    return Status(()) if texts else None


def status_in_words(message: Opened) -> Status | None:
    """The same where it stands as plain text, as forwarding programs and damage leave it."""
    for part in message.parts:
        if part.encloses or not part.type.startswith("text/"):
            continue
        text = text_of(part)
        if _INLINE.search(text):
            found = _read(text)
            if found.results:
                return found
    return None


def codes_in(text: str) -> tuple[str, int]:
    """The enhanced code and the SMTP reply in a server's words; "" and 0 for none."""
    enhanced, reply = _STATUS.search(text), _CODE.search(text)
    return enhanced[1] if enhanced else "", int(reply[1]) if reply else 0


def _read(text: str) -> Status:
    found = groups(text)
    envelope_id = next((one["original-envelope-id"] for one in found
                        if "original-envelope-id" in one), "")  # fmt: skip
    results: dict[tuple[str, Action], Result] = {}
    for group in found:
        one = _result(group)
        if one and len(results) < MOST:
            results.setdefault((one.address.casefold(), one.action), one)
    return Status(tuple(results.values()), envelope_id)


def _result(group: Group) -> Result | None:
    if not ("final-recipient" in group or "original-recipient" in group):
        return None
    said = typed(group.get("diagnostic-code", ""))
    told, reply = codes_in(said)
    written = _STATUS.search(group.get("status", ""))
    enhanced = written[1] if written else ""
    action = _action(group.get("action", ""), enhanced or told)
    if action is None:
        return None
    if enhanced.endswith(".0.0") and told[:1] == enhanced[:1]:
        enhanced = told  # the server said more than its report
    final = address(group.get("final-recipient", ""))
    original = address(group.get("original-recipient", ""))
    return Result(
        address=final or original,
        action=action,
        status=enhanced or told,
        code=reply,
        said=said,
        original=original if original.casefold() != final.casefold() else "",
        remote=typed(group.get("remote-mta", ""))[:255],
        reason=reason(status=enhanced or told, code=reply, said=said),
    )


def _action(told: str, enhanced: str) -> Action | None:
    """The action by its word, by the class of the code where that is none of the five."""
    word = _WORD.match(told.strip().lower())
    known = _ACTIONS.get(word[0]) if word else None
    return known or _BY_CLASS.get(enhanced[:1])
