"""What SUNAT would reject a whole batch for, told before it is signed.

One bad line rejects the file (peru.md 6). Source: the published sheets of the summary, of voidings
and of reversals; each code is theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from acuse.domain.batch import Batch, BatchKind, Member, MemberAction
from acuse.domain.problem import Problem
from acuse.domain.text import one_line_of
from acuse.jurisdictions.pe import content, rates, services, totals
from acuse.jurisdictions.pe.summary_lines import MODIFIES, identity
from acuse.jurisdictions.pe.wording import problem, text_problems

MOST = 500
LARGEST_ORDINAL = 99_999
SOLES = "PEN"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch of a kind takes: by code the letter of its series, and SUNAT's refusals."""

    series: dict[str, str]
    wrong_kind: str
    wrong_series: dict[str, str]


TAKES = {
    BatchKind.SUMMARY: Taken(
        {"03": "B", "07": "B", "08": "B"},
        "PE-2241",
        {"03": "PE-2513", "07": "PE-2513", "08": "PE-2513"},
    ),
    BatchKind.VOIDING: Taken(
        {"01": "F", "07": "F", "08": "F"},
        "PE-2308",
        {"01": "PE-2310", "07": "PE-2310", "08": "PE-2310"},
    ),
    BatchKind.REVERSAL: Taken(
        {"20": "R", "40": "P", "04": "L"},
        "PE-2308",
        {"20": "PE-2674", "40": "PE-2675", "04": "PE-2345"},
    ),
}
TOGETHER = (  # what a document cannot undergo twice in one file
    (MemberAction.ADD, MemberAction.MODIFY, "PE-3095"),
    (MemberAction.MODIFY, MemberAction.VOID, "PE-3096"),
    (MemberAction.ADD, MemberAction.VOID, "PE-2663"),  # not there yet when it is taken back
)


def batch_problems(batch: Batch) -> Iterator[Problem]:
    """What is wrong with the batch; `field` names the member by its place, from 0 on."""
    yield from _head(batch)
    yield from _repeated(batch)
    for place, member in enumerate(batch.members):
        field = f"members.{place}"
        yield from _member(field, member, batch)
        if batch.kind is BatchKind.SUMMARY:
            yield from _summed(field, member, batch)
        else:
            yield from _reason(field, member)


def _head(batch: Batch) -> Iterator[Problem]:
    if not 1 <= len(batch.members) <= MOST:
        text = f"Un envío lleva de 1 a {MOST} documentos; este, {len(batch.members)}."
        yield problem("members", "PE-OWN-40", text + " Pártelo.")
    if not 1 <= batch.ordinal <= LARGEST_ORDINAL:
        text = f"El número de envío del día, {batch.ordinal}, no va de 1 a {LARGEST_ORDINAL}."
        yield problem("ordinal", "PE-2220", text + " Espera a mañana.")
    if batch.reference_date > batch.made_on:
        text = f"Sus documentos son del {batch.reference_date:%d/%m/%Y}, posterior al envío."
        yield problem("referenceDate", "PE-2671", text + " Espera a esa fecha.")


def _repeated(batch: Batch) -> Iterator[Problem]:
    code = "PE-3094" if batch.kind is BatchKind.SUMMARY else "PE-2348"
    found = Counter((m.document.kind, m.number, m.action) for m in batch.members)
    for (_, number, _), times in found.items():
        if times > 1:
            yield problem("members", code, f"{number} está {times} veces en el envío. Deja una.")
    actions: dict[tuple[str, str], set[MemberAction]] = {}
    for member in batch.members:
        actions.setdefault((member.document.kind, member.number), set()).add(member.action)
    for (_, number), told in actions.items():
        for one, other, refusal in TOGETHER:
            if {one, other} <= told:
                text = f"{number} no puede ir dos veces en el mismo envío. Pon lo segundo en otro."
                yield problem("members", refusal, text)


def _member(field: str, member: Member, batch: Batch) -> Iterator[Problem]:
    taken, code = TAKES[batch.kind], services.KIND_CODES.get(member.document.kind, "")
    if code not in taken.series:
        text = f"{member.number} es de un tipo que no va en este envío. Sácalo."
        yield problem(f"{field}.kind", taken.wrong_kind, text)
        return
    if not re.fullmatch(rf"{taken.series[code]}[A-Z0-9]{{3}}-[1-9][0-9]{{0,7}}", member.number):
        text = f"El número «{one_line_of(member.number, 20)}» no va en este envío. Sácalo."
        yield problem(f"{field}.number", taken.wrong_series[code], text)
    if member.document.date != batch.reference_date:
        text = f"{member.number} no es del {batch.reference_date:%d/%m/%Y}. Ponlo en otro envío."
        refusal = "PE-2375" if batch.kind is BatchKind.VOIDING else "PE-OWN-44"
        yield problem(f"{field}.date", refusal, text)


def _reason(field: str, member: Member) -> Iterator[Problem]:
    code = "PE-2315" if not member.reason.strip() else "PE-4203"
    what = "El motivo de la baja"
    yield from text_problems(f"{field}.reason", code, what, member.reason, least=3, most=100)


def _summed(field: str, member: Member, batch: Batch) -> Iterator[Problem]:
    document = member.document
    if member.action is MemberAction.VOID:
        return  # SUNAT has accepted it as it is
    if document.kind in MODIFIES:
        yield from _note(field, member, batch)
    nobody = identity(document) == (content.NOBODY, content.NOBODY)
    most = rates.must("threshold", "unidentified", document.date)
    if nobody and document.currency == SOLES and totals.totals(document).total > most:
        text = f"{member.number} pasa de S/ {most} y no dice quién compra."
        yield problem(f"{field}.counterparty", "PE-2514", text + " Identifica al comprador.")


def _note(field: str, member: Member, batch: Batch) -> Iterator[Problem]:
    if not member.document.references:
        text = f"La nota {member.number} no dice qué boleta corrige. Indícala."
        yield problem(f"{field}.references", "PE-2524", text)
        return
    about = member.document.references[0].number
    added = {m.number for m in batch.members if m.action is MemberAction.ADD}
    if about in added:
        text = f"La nota {member.number} va en el mismo envío que su boleta {about}. Espera a que "
        yield problem(f"{field}.references", "PE-2989", text + "SUNAT la acepte.")
