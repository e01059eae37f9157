"""Questions to Hacienda about no document in conversation: who a taxpayer is, without log-in.

Source: costa-rica.md 5, "Other public services": name, regime, activities. The names of the members
and the statuses are UNCONFIRMED, so nothing is required of them but a name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from acuse.domain.jurisdiction import Credential
from acuse.domain.party import Company, TaxId
from acuse.domain.question import Answer, ContactGiven, NothingKnown, Question, Topic
from acuse.domain.submission import Call, CallPurpose, Cause, NoAnswer, NoReply, Refused, Reply
from acuse.jurisdictions.cr import forms, ids
from acuse.jurisdictions.cr.calls import endpoint
from acuse.jurisdictions.cr.traits import TRAITS

REGISTERED = re.compile("[0-9][0-9A-Z]{8,11}")  # anybody that Hacienda could know
MOST = 5  # activities that are shown
NAME, LINE = 100, 80  # characters
_KINDS = {kind.code: kind.key for kind in TRAITS.tax_ids}


class Questions:
    """The Desk; see acuse.domain.jurisdiction for what each answer is."""

    topics = frozenset({Topic.CONTACT})

    def ask(
        self, question: Question, company: Company, credential: Credential, at: datetime
    ) -> Call | None:
        number = _number(question.subject)
        if not number:
            return None
        return Call(
            purpose=CallPurpose.ASK,
            method="GET",
            url=f"{endpoint(company, 'taxpayers')}?identificacion={number}",
            headers={"accept": "application/json"},
            read_timeout=10.0,  # a person waits
        )

    def answer(self, question: Question, reply: Reply | NoReply) -> Answer:
        if isinstance(reply, NoReply):
            return NoAnswer(reply.left, reply.reason)
        if reply.status == 429:
            return Refused("Hacienda pide ir más despacio.", Cause.LIMIT, "429")
        body = _object(reply.body)
        if reply.status in (400, 404):
            return NothingKnown(_line(body.get("status"), LINE))
        if reply.status != 200 or not body:
            return NoAnswer(True, f"HTTP {reply.status}, no taxpayer in it")
        return _contact(body)


def _number(subject: TaxId | None) -> str:
    """The number as Hacienda writes it; "" for what it gives to nobody, such as a passport's."""
    if subject is None or subject.kind in ids.FREE:
        return ""
    number = ids.compact(subject.number)
    return number if REGISTERED.fullmatch(number) else ""


def _contact(body: Mapping[str, Any]) -> Answer:
    name = _line(body.get("nombre"), NAME)
    if not name:
        return NothingKnown()
    activities = _activities(body.get("actividades"))
    main = [code for code, _, main in activities if main]
    code = main[0] if main else activities[0][0] if len(activities) == 1 else ""
    regime = body.get("regimen")
    return ContactGiven(
        name,
        kind=_KINDS.get(_line(body.get("tipoIdentificacion"), 2), ""),
        extra={"activity": code} if code else {},
        words=" · ".join(_words(regime, activities)),
    )


def _words(regime: object, activities: list[tuple[str, str, bool]]) -> list[str]:
    told = _line(regime.get("descripcion"), LINE) if isinstance(regime, dict) else ""
    words = [f"régimen {told}"] if told else []
    listed = [f"{code} {text}".strip() for code, text, _ in activities[:MOST]]
    more = len(activities) - MOST
    if more > 0:
        listed.append(f"y {more} más")
    return words + listed


def _activities(told: object) -> list[tuple[str, str, bool]]:
    """Code, description, and whether it is the principal one, of each that is active."""
    found = []
    for one in told if isinstance(told, list) else ():
        if not isinstance(one, dict) or _line(one.get("estado"), 1) not in ("", "A"):
            continue
        code = _line(one.get("codigo"), 12).replace(".", "")
        if forms.SIX_DIGITS.fullmatch(code):
            found.append((code, _line(one.get("descripcion"), LINE), one.get("tipo") == "P"))
    return found


def _line(told: object, longest: int) -> str:
    """A text in one line without what cannot be printed; "" for what is none."""
    if not isinstance(told, str):
        return ""
    printable = "".join(one if one.isprintable() else " " for one in told[: longest * 4])
    return " ".join(printable.split())[:longest].rstrip()


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
