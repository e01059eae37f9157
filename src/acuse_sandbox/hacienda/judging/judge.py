"""The verdict on one document: how it is written, schema, signature, and then all the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, localcontext

from acuse_sandbox.hacienda.judging import outline as outlines
from acuse_sandbox.hacienda.judging import shape, signature, xsd
from acuse_sandbox.hacienda.judging.reading import Document
from acuse_sandbox.hacienda.judging.verdict import BARE, Judgement, Record
from acuse_sandbox.hacienda.options import Options
from acuse_sandbox.hacienda.rulebook.kinds import KINDS, Kind
from acuse_sandbox.hacienda.rulebook.known import Known
from acuse_sandbox.hacienda.rulebook.past import Memory, Past
from acuse_sandbox.hacienda.rulebook.rule import FEC, NC, ND, REP, Act, Case, examine

BOM = b"\xef\xbb\xbf"
SCHEMA = -1
REFERRING = frozenset({ND, NC, FEC, REP})  # kinds that always refer to another paper


def judge(
    document: Document,
    *,
    at: datetime,
    options: Options,
    holder: str,
    accepted: Callable[[str], bool | None] | None = None,
    memory: Memory | None = None,
    known: Known | None = None,
) -> Judgement:
    """What Hacienda decides of a document that came at this moment.

    `holder` is the key that first used its consecutivo. What is known of other documents is in
    `memory`; where no amounts matter, `accepted` will do: it tells of a clave whether it was
    accepted, None if it is not known. `known` are the registers; without them nothing is wrong.
    """
    kind = KINDS.get(document.kind)
    if kind is None or not document.has_its_namespace:
        name = f"{{{document.namespace}}}{document.kind}"[:200]
        return _unread(Record(SCHEMA, f"cvc-elt: no hay declaración de {name} (CR-NS)"))
    reason = _written_badly(document, kind)
    if reason is not None:
        return _unread(reason)
    outline = outlines.of(document)
    fault = signature.examine(document.root, outline.sender, at=at, revoked=options.revoked)
    if fault is not None:
        return _unread(Record(BARE, f"{fault.text} ({fault.rule})"))
    case = Case.of(
        document.part,
        outline,
        kind.code,
        at=at,
        options=options,
        holder=holder,
        memory=memory or _Hearsay(accepted or _unknown),
        known=known or Known(),
    )
    with localcontext(Context(prec=60, rounding=ROUND_HALF_UP)):
        findings = tuple(examine(kind.rules, case))
    accepts = all(finding.rule.act is Act.OBSERVE for finding in findings)
    return Judgement(accepts, tuple(finding.record for finding in findings))


def _unknown(clave: str) -> bool | None:
    """Nothing is known of any document."""
    return None


@dataclass(frozen=True, slots=True)
class _Hearsay:
    """A memory of verdicts only."""

    accepted: Callable[[str], bool | None]

    def recall(self, clave: str) -> Past | None:
        """No amounts are remembered."""
        return None

    def naming(self, clave: str) -> Iterable[Past]:
        """No document names another."""
        return ()


def _unread(reason: Record) -> Judgement:
    return Judgement(False, (reason,), read=False)


def _written_badly(document: Document, kind: Kind) -> Record | None:
    """Why the document does not get as far as its signature; None if it does."""
    encoding = document.root.getroottree().docinfo.encoding or "UTF-8"
    if document.content.startswith(BOM) or encoding.upper() != "UTF-8":
        return Record(SCHEMA, "cvc: el archivo no es UTF-8 sin BOM (CR-ENC)")
    if not document.part.has("Signature"):
        return Record(BARE, f"{signature.NOT_VALID.text}: no hay firma (CR-SIG-1)")
    if kind.code in REFERRING and not document.part.has("InformacionReferencia"):
        return Record(SCHEMA, "cvc: falta InformacionReferencia (CR-REF-1)")
    complaint = (
        xsd.complaint(document.root, kind.schema)
        if xsd.of(kind.schema) is not None
        else shape.complaint(document.part, document.kind)
    )
    if complaint is None:
        return None
    return Record(SCHEMA, f"cvc: {complaint.text} (CR-XSD)", complaint.row, complaint.column)
