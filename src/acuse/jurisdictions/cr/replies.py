"""What Hacienda's replies mean. Source: costa-rica.md 5.1 and 5.2.

Judged by the fields Mensaje and ind-estado, never by words: a real rejection begins with "fue
aceptado".
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from acuse.domain.submission import (
    AlreadyKnown,
    Call,
    CallPurpose,
    Case,
    Cause,
    Finding,
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
)
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.jurisdictions.cr.calls import ACCESS, REFRESH
from acuse.xml import parse, verify

ASKING = tuple(timedelta(seconds=s) for s in (5, 10, 30, 60, 120, 300))
ASKING_LATER = (
    (timedelta(hours=3), timedelta(minutes=10)),
    (timedelta(days=1), timedelta(hours=1)),
)
ASKING_LAST = timedelta(days=1)
GIVE_UP = timedelta(days=8)
UNKNOWN_AFTER_SENT = timedelta(minutes=10)  # a 404 so soon after the 202 means nothing
STILL_UNKNOWN = timedelta(days=1)
EARLY = timedelta(seconds=30)  # a token is not used in its last seconds
RECEIVED_BEFORE = "fue recibido anteriormente"
ACCEPTED, REJECTED = "1", "3"
LARGEST = 5 * 1024 * 1024
PENDING_STATES = {"recibido", "procesando"}


def read(case: Case, call: Call, reply: Reply | NoReply, at: datetime) -> Finding:
    """What the reply means for this document; never raises."""
    if isinstance(reply, NoReply):
        return NoAnswer(reply.left, reply.reason)
    if call.purpose is CallPurpose.LOGIN:
        return _login(call, reply, at)
    if reply.status == 401:
        return _token_refused(case, call, reply)
    if reply.status == 429:
        wait = _reset(reply, at)
        return Refused("Hacienda pide ir más despacio.", Cause.LIMIT, "429", wait)
    if reply.status >= 500:
        return NoAnswer(True, f"HTTP {reply.status}")
    if call.purpose is CallPurpose.SEND:
        return _sent(case, reply, at)
    return _asked(case, reply, at)


def _login(call: Call, reply: Reply, at: datetime) -> Finding:
    """A token, refused credentials, or an identity provider that does not answer: told apart."""
    body = _json(reply)
    token = body.get("access_token")
    if reply.status == 200 and isinstance(token, str) and token:
        notes = {ACCESS: Note(token, at + _seconds(body, "expires_in", 300) - EARLY)}
        refresh = body.get("refresh_token")
        if isinstance(refresh, str) and refresh:
            until = at + _seconds(body, "refresh_expires_in", 1800) - EARLY
            notes[REFRESH] = Note(refresh, until)
        return Noted(notes)
    by_refresh = b"grant_type=refresh_token" in _form(call)
    if reply.status in (400, 401) and by_refresh:
        return Noted({REFRESH: None, ACCESS: None})  # a dead refresh token: the password is asked
    if reply.status in (400, 401):
        text = "Hacienda no acepta el usuario o la contraseña del API. Corrígelos en Credenciales."
        return Refused(text, Cause.CREDENTIALS, str(reply.status))
    if reply.status == 403:
        text = "Hacienda bloqueó al usuario del API. Desbloquéalo o genera otro en la OVi."
        return Refused(text, Cause.CREDENTIALS, "403")
    return NoAnswer(False, f"log-in: HTTP {reply.status}")


def _token_refused(case: Case, call: Call, reply: Reply) -> Finding:
    """A token refused before it was read: another is fetched once; a fresh one refused is final."""
    if case.tries == 0:
        return Noted({ACCESS: None})
    text = "Hacienda no acepta las credenciales de esta empresa. Revísalas en Credenciales."
    return Refused(text, Cause.CREDENTIALS, "401")


def _sent(case: Case, reply: Reply, at: datetime) -> Finding:
    cause = reply.headers.get("x-error-cause", "")
    if reply.status in (200, 201, 202):
        return Received(ask_in=ASKING[0])
    if reply.status == 409 or RECEIVED_BEFORE in cause:
        return AlreadyKnown(cause or "HTTP 409")
    if reply.status == 400:
        return Refused(f"Hacienda no recibió el documento: {cause}", Cause.CONTENT, "400")
    if reply.status == 403:
        # The gateway answers 403 for an unknown path too: the text is shown, the password not
        # blamed (costa-rica.md 5.1).
        text = (
            f"Hacienda no permite enviar por esta empresa con esas credenciales ({cause or 403})."
        )
        return Refused(text, Cause.CREDENTIALS, "403")
    if reply.status in (404, 405):
        text = f"La dirección de Hacienda no responde como se espera (HTTP {reply.status})."
        return Refused(text, Cause.CONFIG, str(reply.status))
    if reply.status in (413, 415):
        return Refused(f"Hacienda no admite el archivo: {cause}", Cause.FILE, str(reply.status))
    return NoAnswer(True, f"HTTP {reply.status} {cause}"[:300])


def _asked(case: Case, reply: Reply, at: datetime) -> Finding:
    sent = case.sent_at
    if reply.status == 404:
        if sent is not None and at - sent < UNKNOWN_AFTER_SENT:
            return Pending(_ask_in(case, at))
        if sent is not None and at - sent > STILL_UNKNOWN:
            return NeedsPerson("Hacienda dijo recibirlo y un día después no lo conoce. Pregúntale.")
        return NotKnown()
    if reply.status != 200:
        return NoAnswer(True, f"HTTP {reply.status} {reply.headers.get('x-error-cause', '')}"[:300])
    body = _json(reply)
    if body.get("clave") != case.fiscal_id:
        return NoAnswer(True, "an answer about another document")
    state = str(body.get("ind-estado", "")).lower()
    if state in PENDING_STATES:
        if sent is not None and at - sent > GIVE_UP:
            return NeedsPerson("Hacienda lo tiene en proceso desde hace ocho días. Pregúntale.")
        return Pending(_ask_in(case, at))
    if state == "error":
        if sent is not None and at - sent > STILL_UNKNOWN:
            return NeedsPerson("Hacienda informa de un error suyo desde hace un día. Pregúntale.")
        return NoAnswer(True, "ind-estado error: Hacienda's own failure")
    if state in ("aceptado", "rechazado"):
        return _verdict(case, state, str(body.get("respuesta-xml") or ""))
    return NoAnswer(True, f"ind-estado {state[:40]!r}")


def _verdict(case: Case, state: str, encoded: str) -> Finding:
    """The verdict of a MensajeHacienda that is there, is signed, and is about this document."""
    try:
        content = b64decode("".join(encoded.split()), validate=True)
        if len(content) > LARGEST:
            return NoAnswer(True, "a MensajeHacienda too large")
        root = parse.parse(content)
        verify.verify(content)
    except (ValueError, parse.Unreadable, verify.NotVerified) as error:
        return NoAnswer(True, f"{state} without a usable MensajeHacienda: {error}"[:300])
    if parse.name(root) != "MensajeHacienda" or parse.child_text(root, "Clave") != case.fiscal_id:
        return NoAnswer(True, "a MensajeHacienda of another document")
    message = parse.child_text(root, "Mensaje")
    remarks = read_detail(parse.child_text(root, "DetalleMensaje"))
    if message == ACCEPTED and state == "aceptado":
        if not _same_total(case, root):
            return NoAnswer(True, "a MensajeHacienda with another total")
        outcome = Outcome.ACCEPTED_WITH_OBSERVATIONS if remarks else Outcome.ACCEPTED
        return Judged(Verdict(outcome, remarks, content))
    if message == REJECTED and state == "rechazado":
        reasons = remarks or (Remark("", parse.child_text(root, "DetalleMensaje")[:2000]),)
        return Judged(Verdict(Outcome.REJECTED, reasons, content))
    return NoAnswer(True, f"Mensaje {message[:10]!r} under {state}")


def _same_total(case: Case, root: parse.Element) -> bool:
    """Whether the total judged is the one we sent."""
    summary = parse.child(parse.parse(case.sealed), "ResumenFactura")
    if summary is None:
        return False
    try:
        ours = Decimal(parse.child_text(summary, "TotalComprobante"))
        return Decimal(parse.child_text(root, "TotalFactura")) == ours
    except InvalidOperation:
        return False


RECORD = re.compile(
    r'^\s*(-?\d{1,5})\s*,\s*"((?:[^"]|"")*)"\s*,\s*(-?\d+)\s*,\s*(-?\d+)', re.MULTILINE
)


def read_detail(text: str) -> tuple[Remark, ...]:
    """The records of a DetalleMensaje; () where it has none, whatever else it says."""
    return tuple(
        Remark(code, words.replace('""', '"').strip(), int(row) if int(row) > 0 else None)
        for code, words, row, _ in RECORD.findall(text.replace("\r", ""))
    )


def _ask_in(case: Case, at: datetime) -> timedelta:
    """The next question: seconds at first, then minutes, hours, days (costa-rica.md 5.1)."""
    if case.asks < len(ASKING) - 1:
        return ASKING[case.asks + 1]
    age = at - (case.sent_at or case.issued_at)
    return next((wait for limit, wait in ASKING_LATER if age < limit), ASKING_LAST)


def _reset(reply: Reply, at: datetime) -> timedelta:
    """How long to wait, by X-Ratelimit-Reset (UTC seconds), within a minute and an hour."""
    told = reply.headers.get("x-ratelimit-reset", "")
    if not told.isdigit() or len(told) > 11:
        return timedelta(minutes=1)
    wait = datetime.fromtimestamp(int(told), UTC) - at
    return min(max(wait, timedelta(seconds=1)), timedelta(hours=1))


def _json(reply: Reply) -> dict[str, Any]:
    try:
        body = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _seconds(body: dict[str, Any], name: str, default: int) -> timedelta:
    told = body.get(name, default)
    good = isinstance(told, int) and not isinstance(told, bool) and 0 < told < 10**7
    return timedelta(seconds=told if good else default)


def _form(call: Call) -> bytes:
    fields = getattr(call.body, "fields", {})
    return f"grant_type={fields.get('grant_type', '')}".encode()
