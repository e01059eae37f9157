"""Addresses as people type them: cleaned, split, doubted, never dropped silently.

Source: mail.md 1 and 2. The mail server has the last word; nothing here asks the network.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain import email_words as words
from acuse.domain.email_address import Doubtful, Fine, Judged, Refused, judge
from acuse.domain.email_split import Piece, pieces
from acuse.domain.text import one_line_of

LONGEST_FIELD = 4096
MOST = 10
LONGEST_NOTHING = 200
MOST_SHARED = 5  # contacts; an address of more is hardly each one's own

OURS = "es de tu empresa. ¿Es el correo del cliente?"
MANY_HAVE_IT = f"está en más de {MOST_SHARED} contactos. ¿Es también de este?"

_HEADER = re.compile(
    r"(?:^|[\r\n])[ \t]*(?:bcc|cc|to|from|sender|subject|reply-to|content-type|mime-version)\s?:",
    re.IGNORECASE,
)
_NUMBER = re.compile(  # of a telephone or an identity, or several, with what they are called
    r"(?:(?:tel|tel[eé]f(?:ono)?|telf|cel|celular|m[oó]vil|fax|whatsapp|nit|ruc|dni|c\.?c|c[eé]dula)"
    r"[\s.:#°º]*)*[+(]?[0-9][0-9\s().+/-]{5,60}",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s@]+", re.IGNORECASE)


class Decision(StrEnum):
    """What becomes of a field as a whole; the heaviest that any of its pieces asks for."""

    OK = "OK"
    FIX = "FIX"  # cleaned; show what was kept
    SPLIT = "SPLIT"  # several recipients
    WARN = "WARN"  # kept, marked
    ASK = "ASK"  # a person confirms a suggestion
    NO = "NO"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A piece to confirm: what was written, what was probably meant, the question in Spanish.

    `meant` is "" where the question is whether there is an e-mail at all; `kept` is the address
    if the person insists, "" where what was written cannot be one.
    """

    written: str
    offset: int
    meant: str
    question: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece that is no address, where it stands, and why, in Spanish."""

    written: str
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a field holds. `accepted` keeps the order written, each once."""

    decision: Decision
    accepted: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()


def says_nothing(text: str) -> bool:
    """Whether it stands for "no e-mail": blank, a word for it, a number or a link (row A24)."""
    told = text.strip().lower()
    if told in words.NOTHING:
        return True
    if "arroba" in told or len(told) > LONGEST_NOTHING:
        return False
    return (_NUMBER.fullmatch(told) or _LINK.fullmatch(told)) is not None


def read_addresses(
    raw: str,
    *,
    rehearsal: bool = False,
    insisted: bool = False,
    own: Collection[str] = (),
    shared: Collection[str] = (),
    confirmed: Collection[str] = (),
    imported: bool = False,
) -> Addresses:
    """The addresses of a field, with what must be confirmed and what was refused.

    `rehearsal` lets the reserved example domains pass (sandbox, tests); `insisted` means that a
    person has confirmed what they wrote; `own` are the company's addresses and `shared` those of
    more than MOST_SHARED contacts, which are asked about because forms get filled with them (row
    A20); `confirmed` are addresses that a person stands by, one by one. `imported` takes, with a
    warning, what only another program can have let in, and a number or a link for "no e-mail"
    (row A24): whoever types one is told.
    """
    if len(raw) > LONGEST_FIELD:
        reason = f"el campo tiene {len(raw)} caracteres y caben {LONGEST_FIELD}"
        return _all_refused(raw, reason)
    if _HEADER.search(raw):
        return _all_refused(raw, "contiene cabeceras de correo, no direcciones")
    if says_nothing(raw):
        if imported or raw.strip().lower() in words.NOTHING:
            return Addresses(Decision.OK)
        return _all_refused(raw, "es un número o un enlace, no un correo")
    doubts = dict.fromkeys((one.casefold() for one in shared), MANY_HAVE_IT)
    doubts |= dict.fromkeys((one.casefold() for one in own), OURS)
    stood_by = {address.casefold() for address in confirmed}
    judged = []
    for piece in pieces(raw):
        one = _asked(judge(piece.text, rehearsal=rehearsal, imported=imported), doubts)
        sure = isinstance(one, Doubtful) and (insisted or one.kept.casefold() in stood_by)
        if sure and isinstance(one, Doubtful) and one.kept:
            one = Fine(one.kept)
        judged.append((piece, one))
    return _gathered(raw, judged)


def _asked(judged: Judged, doubts: Mapping[str, str]) -> Judged:
    """The same, or the question that this address raises."""
    doubt = doubts.get(judged.address.casefold()) if isinstance(judged, Fine) else None
    if isinstance(judged, Fine) and doubt:
        return Doubtful("", f"{judged.address} {doubt}", judged.address)
    return judged


def _gathered(raw: str, judged: list[tuple[Piece, Judged]]) -> Addresses:
    accepted: dict[str, Fine] = {}  # by folded address: each once
    suggestions, rejected = [], []
    for piece, verdict in judged:
        if isinstance(verdict, Doubtful):
            suggestions.append(_suggestion(piece, verdict))
        elif isinstance(verdict, Refused):
            rejected.append(_rejection(piece, verdict.reason))
        elif len(accepted) < MOST:
            accepted.setdefault(verdict.address.casefold(), verdict)
        elif verdict.address.casefold() not in accepted:
            rejected.append(_rejection(piece, f"caben {MOST} direcciones como máximo"))
    kept = tuple(fine.address for fine in accepted.values())
    warnings = tuple(f"{f.address} {f.warning}." for f in accepted.values() if f.warning)
    decision = _decision(raw, kept, suggestions, rejected, warnings)
    return Addresses(decision, kept, tuple(suggestions), tuple(rejected), warnings)


def _decision(
    raw: str,
    accepted: tuple[str, ...],
    suggestions: list[Suggestion],
    rejected: list[Rejected],
    warnings: tuple[str, ...],
) -> Decision:
    if rejected:
        return Decision.NO
    if suggestions:
        return Decision.ASK
    if warnings:
        return Decision.WARN
    if len(accepted) > 1:
        return Decision.SPLIT
    same = not accepted or raw.casefold() == accepted[0].casefold()
    return Decision.OK if same else Decision.FIX


def _suggestion(piece: Piece, doubt: Doubtful) -> Suggestion:
    written = one_line_of(piece.text.strip())
    return Suggestion(written, piece.offset, doubt.meant, doubt.question, doubt.kept)


def _rejection(piece: Piece, reason: str) -> Rejected:
    return Rejected(one_line_of(piece.text.strip()), piece.offset, reason)


def _all_refused(raw: str, reason: str) -> Addresses:
    return Addresses(Decision.NO, rejected=(Rejected(one_line_of(raw.strip()), 0, reason),))
