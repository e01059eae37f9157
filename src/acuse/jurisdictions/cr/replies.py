"""What Hacienda's replies mean. Source: costa-rica.md 5.1; the tables are in rules_verdicts."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any

from acuse.domain.submission import (
    AlreadyKnown,
    Call,
    CallPurpose,
    Case,
    Cause,
    Finding,
    Form,
    Judged,
    NeedsPerson,
    NoAnswer,
    NoReply,
    Note,
    Noted,
    NotKnown,
    Pending,
    Received,
    Refused,
    Reply,
    SubmissionState,
)
from acuse.jurisdictions.cr import limits
from acuse.jurisdictions.cr import rules_verdicts as rules
from acuse.jurisdictions.cr.message import Unusable, clave_of, read_message
from acuse.jurisdictions.cr.rules_verdicts import Meaning, State, meaning
from acuse.jurisdictions.cr.traits import ACCESS, REFRESH

EARLY = timedelta(seconds=30)  # a token is not used in its last seconds, nor past half its life
REFUSED_TOKEN = "refused_token"  # noqa: S105 - the note's name: which token was refused last
ONE_MORE_TRY = timedelta(minutes=2)  # a token refused so soon after another is final
RECEIVED_BEFORE = re.compile(r"ya fue recibido|fue recibido anteriormente", re.IGNORECASE)


def read(case: Case, call: Call, reply: Reply | NoReply, at: datetime) -> Finding:
    """What the reply means for this document; never raises."""
    if isinstance(reply, NoReply):
        return NoAnswer(reply.left, reply.reason)
    if call.purpose is CallPurpose.LOGIN:
        return _logged_in(case, call, reply, at)
    if call.purpose is CallPurpose.SEND:
        return _sent(case, call, reply, at)
    return _asked(case, call, reply, at)


def _logged_in(case: Case, call: Call, reply: Reply, at: datetime) -> Finding:
    """A token, refused credentials, or an identity provider that does not answer: told apart."""
    match meaning(rules.LOGGED_IN, reply.status):
        case Meaning.ANSWER:
            return _tokens(case, reply, at)
        case Meaning.IDENTITY if _by_refresh(call):
            return Noted({REFRESH: None, ACCESS: None})  # a dead one: the password is asked
        case Meaning.IDENTITY:
            text = "Hacienda no acepta el usuario o la contraseña del API."
            remedy = "Corrígelos en Certificado y credenciales."
            return Refused(f"{text} {remedy}", Cause.PASSWORD, str(reply.status))
        case Meaning.FORBIDDEN:
            text = "Hacienda bloqueó al usuario del API. Desbloquéalo o genera otro en la OVi."
            return Refused(text, Cause.PASSWORD, str(reply.status))
        case Meaning.SLOW:
            return _slow(reply, at)
    return NoAnswer(False, f"log-in: HTTP {reply.status}")


def _tokens(case: Case, reply: Reply, at: datetime) -> Finding:
    body = _json(reply)
    token, refresh = _token(body, "access_token"), _token(body, "refresh_token")
    if not token:
        return NoAnswer(False, "log-in: 200 without a token")
    if case.note(REFUSED_TOKEN, at) == _mark(token):
        return _credentials_refused()  # else the same token would be tried for ever
    notes = {ACCESS: Note(token, at + _good_for(body, "expires_in", 300))}
    if refresh:
        notes[REFRESH] = Note(refresh, at + _good_for(body, "refresh_expires_in", 1800))
    return Noted(notes)


def _sent(case: Case, call: Call, reply: Reply, at: datetime) -> Finding:
    cause = _cause(reply)
    told = meaning(rules.SENT, reply.status)
    if told is Meaning.CONTENT and RECEIVED_BEFORE.search(cause):
        told = Meaning.KNOWN
    match told:
        case Meaning.RECEIVED:
            return Received(ask_in=rules.FIRST_ASKS[0])
        case Meaning.KNOWN:
            return AlreadyKnown(cause or f"HTTP {reply.status}")
        case Meaning.IDENTITY:
            return _token_refused(case, call, at)
        case Meaning.SLOW:
            return _slow(reply, at)
        case Meaning.NOTHING:
            return NoAnswer(True, f"HTTP {reply.status} {cause}".strip())
    text, why = REFUSALS[told]
    shown = f"{text} ({cause or f'HTTP {reply.status}'})"
    return Refused(shown, why, str(reply.status))


REFUSALS = {  # words for the user before Hacienda's own
    Meaning.CONTENT: ("Hacienda no recibió el documento y no lo juzgó.", Cause.CONTENT),
    # The gateway says 403 for an unknown path too: the password is not blamed.
    Meaning.FORBIDDEN: (
        "Hacienda no permite enviar por esta empresa con esas credenciales, o la dirección del "
        "API no existe. Revisa ambas.",
        Cause.CREDENTIALS,
    ),
    Meaning.ADDRESS: (
        "En la dirección configurada no está el servicio de Hacienda. Revísala.",
        Cause.CONFIG,
    ),
    Meaning.FILE: ("Hacienda no admite el archivo: es una falla del sistema.", Cause.FILE),
}


def _asked(case: Case, call: Call, reply: Reply, at: datetime) -> Finding:
    match meaning(rules.ASKED, reply.status):
        case Meaning.ANSWER:
            return _answer(case, reply, at)
        case Meaning.UNKNOWN:
            return _unknown(case, at)
        case Meaning.IDENTITY:
            return _token_refused(case, call, at)
        case Meaning.SLOW:
            return _slow(reply, at)
    reason = f"HTTP {reply.status} {_cause(reply)}".strip()
    return _in_vain(case, at, reason, "Hacienda no da respuesta desde hace ocho días.")


def _answer(case: Case, reply: Reply, at: datetime) -> Finding:
    body = _json(reply)
    # UNCONFIRMED which of the two names an answer about a confirmation has.
    if body.get("clave") not in (case.fiscal_id, clave_of(case)):
        return _unusable(case, at, "an answer about another document")
    told = str(body.get("ind-estado", "")).lower()
    if told not in set(State):
        return _unusable(case, at, f"ind-estado {told[:40]!r}")
    state = State(told)
    if state in rules.PENDING:
        if _age(case, at) > rules.GIVE_UP:
            return NeedsPerson("Hacienda lo tiene en proceso desde hace ocho días. Pregúntale.")
        return Pending(_ask_in(case, at))
    if state is State.ERROR:
        text = "Hacienda informa de una falla suya desde hace un día. Pregúntale."
        return _in_vain(case, at, "ind-estado error", text, after=rules.LOST_AFTER)
    try:
        return Judged(read_message(case, state, str(body.get("respuesta-xml") or "")))
    except Unusable as error:
        return _unusable(case, at, str(error))


def _unknown(case: Case, at: datetime) -> Finding:
    """A 404: after a 202 it may only be early; a person's retry is answered by the register."""
    if case.sent_at is None:
        return NotKnown()
    age = at - case.sent_at
    if age < rules.NEWS_TRAVELS:
        return Pending(_ask_in(case, at))
    if case.state is SubmissionState.UNCERTAIN:
        return NotKnown()
    if age > rules.LOST_AFTER:
        text = "Hacienda dijo recibirlo y un día después no lo conoce."
        return NeedsPerson(f"{text} Reintenta: se le preguntará otra vez antes de enviarlo.")
    return Pending(_ask_in(case, at))


def _unusable(case: Case, at: datetime, reason: str) -> Finding:
    """Ask again; after some answers that decide nothing a person looks. Never a verdict."""
    if case.asks >= rules.UNUSABLE_ANSWERS and _age(case, at) > rules.UNUSABLE_FOR:
        text = "Hacienda dice haberlo juzgado y su respuesta firmada falta o no sirve de prueba."
        return NeedsPerson(f"{text} Reintenta más tarde o pregúntale.")
    return NoAnswer(True, reason)


def _in_vain(
    case: Case, at: datetime, reason: str, text: str, *, after: timedelta = rules.GIVE_UP
) -> Finding:
    return NeedsPerson(text) if _age(case, at) > after else NoAnswer(True, reason)


def _age(case: Case, at: datetime) -> timedelta:
    return at - (case.sent_at or case.issued_at)


def _token_refused(case: Case, call: Call, at: datetime) -> Finding:
    """A token refused before it was read: another is fetched once; a second one is final."""
    mark = _mark(call.headers.get("authorization", "").rpartition(" ")[2])
    if case.note(REFUSED_TOKEN, at) in (None, mark):
        return Noted({ACCESS: None, REFRESH: None, REFUSED_TOKEN: Note(mark, at + ONE_MORE_TRY)})
    return _credentials_refused()


def _credentials_refused() -> Refused:
    text = "Hacienda da un permiso de acceso y luego no lo acepta."
    remedy = "Revisa el usuario en Certificado y credenciales."
    return Refused(f"{text} {remedy}", Cause.CREDENTIALS, "401")


def _mark(token: str) -> str:
    """A token's fingerprint: the note need not hold what can be used."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


def _ask_in(case: Case, at: datetime) -> timedelta:
    """The next question: seconds at first, then minutes, hours, days."""
    if case.asks + 1 < len(rules.FIRST_ASKS):
        return rules.FIRST_ASKS[case.asks + 1]
    age = _age(case, at)
    return next((wait for limit, wait in rules.LATER_ASKS if age < limit), rules.LAST_ASKS)


def _slow(reply: Reply, at: datetime) -> Refused:
    wait = limits.until_reset(reply, at)
    return Refused("Hacienda pide ir más despacio.", Cause.LIMIT, str(reply.status), wait)


def _cause(reply: Reply) -> str:
    return reply.headers.get("x-error-cause", "")[:300]


def _json(reply: Reply) -> dict[str, Any]:
    try:
        body = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _token(body: dict[str, Any], name: str) -> str:
    """The token of that name; "" for none, or for one that could not stand in a header."""
    told = body.get(name)
    good = isinstance(told, str) and told.isascii() and told.isprintable() and " " not in told
    return str(told) if good else ""


def _good_for(body: dict[str, Any], name: str, default: int) -> timedelta:
    """How long to use it; a token of seconds is used too, or it would be fetched for ever."""
    told = body.get(name, default)
    good = isinstance(told, int) and not isinstance(told, bool) and 0 < told < 10**7
    life = timedelta(seconds=told if good else default)
    return max(life - EARLY, life / 2)


def _by_refresh(call: Call) -> bool:
    return isinstance(call.body, Form) and call.body.fields.get("grant_type") == "refresh_token"
