"""MensajeHacienda: the signed verdict. Source: costa-rica.md 5.1 and 5.2.

Judged by Mensaje and ind-estado, never by words: a real rejection begins with "fue aceptado".
"""

from __future__ import annotations

import re
from base64 import b64decode
from decimal import Decimal, InvalidOperation

from cryptography.exceptions import UnsupportedAlgorithm

from acuse.domain.submission import RECEPTION, Case
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.jurisdictions.cr.rules_verdicts import OUR_WORDS, VERDICTS, State
from acuse.xml import parse, verify

LARGEST = 5 * 1024 * 1024
LONGEST_DETAIL = 50_000  # more is kept in the message itself, and not looked through
LONGEST_REASON = 2_000


class Unusable(Exception):
    """A MensajeHacienda that decides nothing about this document; says why, for the log."""


def read_message(case: Case, state: State, encoded: str) -> Verdict:
    """The verdict in a base64 MensajeHacienda; raises Unusable."""
    if not encoded:
        raise Unusable(f"{state.value} without its MensajeHacienda")
    try:
        content = b64decode("".join(encoded.split()), validate=True)
        if len(content) > LARGEST:
            raise Unusable("a MensajeHacienda too large")
        root = verify.verify(content).root
    except (ValueError, UnsupportedAlgorithm, parse.Unreadable, verify.NotVerified) as error:
        raise Unusable(f"{state.value} without a usable MensajeHacienda: {error}"[:300]) from error
    if parse.name(root) != "MensajeHacienda" or parse.child_text(root, "Clave") != clave_of(case):
        raise Unusable("a MensajeHacienda of another document")
    told = parse.child_text(root, "Mensaje")
    outcome = VERDICTS.get((state, told))
    detail = parse.child_text(root, "DetalleMensaje")
    remarks = remarks_of(detail)
    if outcome is Outcome.REJECTED:
        return Verdict(outcome, remarks or (Remark("", bare_reason(detail)),), content)
    if outcome is Outcome.ACCEPTED:
        if not _same_total(case, root):
            raise Unusable("a MensajeHacienda with another total")
        observed = Outcome.ACCEPTED_WITH_OBSERVATIONS if remarks else outcome
        return Verdict(observed, remarks, content)
    raise Unusable(f"Mensaje {told[:10]!r} under {state.value}")


def clave_of(case: Case) -> str:
    """The clave that Hacienda's answer names; a confirmation has that of what it confirms."""
    if case.kind == RECEPTION:
        return case.fiscal_id.removesuffix(f"-{case.number}")
    return case.fiscal_id


# -99, "text with ""quotes""", 0, 0
_RECORD = re.compile(
    r'(?<![\w"-])(-?[0-9]{1,5})\s*,\s*"((?:[^"]|""){0,2000})"(?!")'
    r"(?:\s*,\s*-?([0-9]{1,9})\s*,\s*-?[0-9]{1,9})?"
)
_HEADING = re.compile(r"^\s*(este comprobante .{0,200}fines tributarios\.?)?\s*", re.I | re.S)


def remarks_of(detail: str) -> tuple[Remark, ...]:
    """The records of a DetalleMensaje; () where it has none, whatever else it says."""
    found = _RECORD.findall(detail[:LONGEST_DETAIL].replace("\r", ""))
    return tuple(
        Remark(code, _worded(code, text.replace('""', '"').strip()), int(row or 0) or None)
        for code, text, row in found
    )


def bare_reason(detail: str) -> str:
    """The reason of a rejection without records: its words less the sentence of the rehearsal."""
    text = detail[:LONGEST_DETAIL].replace("\r", "")
    return _HEADING.sub("", text, count=1).strip()[:LONGEST_REASON] or text[:LONGEST_REASON]


def _worded(code: str, text: str) -> str:
    ours = OUR_WORDS.get(code, "")
    return f"{ours} (Hacienda: {text})" if ours and text else ours or text


def _same_total(case: Case, root: parse.Element) -> bool:
    """Whether the total judged is the one we sent."""
    sent = parse.parse(case.sealed)
    name = "TotalFactura" if case.kind == RECEPTION else "TotalComprobante"
    holder = sent if case.kind == RECEPTION else parse.child(sent, "ResumenFactura")
    if holder is None:
        return False
    try:
        ours = Decimal(parse.child_text(holder, name))
        return Decimal(parse.child_text(root, "TotalFactura")) == ours
    except InvalidOperation:
        return False
