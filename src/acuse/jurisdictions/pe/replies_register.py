"""What the register (consulta integrada) says of a document, or of a batch's members.

Source: peru.md 5.1, 5.4, 5.5, UNCONFIRMED 3 and 4. It gives no CDR: its word settles a document
only where the company allowed it.
"""

from __future__ import annotations

from acuse.domain.batch import MemberAction
from acuse.domain.submission import Finding, Judged, NeedsPerson, NoAnswer, Noted, NotKnown, Reply
from acuse.domain.verdict import Evidence, Outcome, Remark, Verdict
from acuse.jurisdictions.pe import answers, faults, memory
from acuse.jurisdictions.pe import rules_verdicts as rules
from acuse.jurisdictions.pe.calls_login import REGISTER_REFUSED, REGISTER_TOKEN
from acuse.jurisdictions.pe.talk import Talk

NOT_INFORMED, ACCEPTED, VOIDED = 0, 1, 2
NEITHER = {  # what a document of ours should never be
    3: "como autorizado por imprenta",
    4: "como no autorizado",
}
TAKEN = {  # what a batch does with a member: state if it was taken, state if it was not
    MemberAction.ADD: (ACCEPTED, NOT_INFORMED),
    MemberAction.VOID: (VOIDED, ACCEPTED),
}
NOT_ALLOWED = (
    "El registro de SUNAT tiene {number} como aceptado, pero su constancia (CDR) se perdió. Si "
    "basta la palabra del registro, actívalo en Empresa («Aceptar la palabra del registro de "
    "SUNAT») y reintenta."
)
GONE = (
    "El registro de SUNAT tiene {number} como dado de baja. Revísalo en SUNAT Operaciones en Línea."
)
STRANGE = "El registro de SUNAT tiene {number} {told}. Revísalo en SUNAT Operaciones en Línea."
OTHER_DATA = (
    "SUNAT dice que ya tiene el número {number}, y su registro no lo conoce con esta fecha y este "
    "total: puede ser otro documento. Revisa si otro sistema emite con la misma serie."
)
MIXED = (
    "De {number} el registro de SUNAT tiene unos documentos y otros no. Revísalos en SUNAT "
    "Operaciones en Línea."
)
NONE_TAKEN = {  # by what the batch does with its members
    MemberAction.ADD: "El registro de SUNAT no tiene ninguno de sus documentos un día después.",
    MemberAction.VOID: "El registro de SUNAT no tiene de baja ninguno de sus documentos un día "
    "después.",
}


def read(talk: Talk, reply: Reply) -> Finding:
    """What the register's answer means; nothing but a state of a document is one."""
    if reply.status == 401:
        return answers.token_refused(talk, REGISTER_TOKEN, REGISTER_REFUSED)
    body = answers.body_of(reply)
    data = body.get("data")
    state = _state(data.get("estadoCp")) if isinstance(data, dict) else None
    if reply.status != 200 or body.get("success") is not True or state is None:
        message = answers.text_of(body.get("message"), 300)
        return NoAnswer(True, f"register: HTTP {reply.status} {message}".strip())
    if memory.MEMBER in talk.call.facts:
        return _member(talk, int(talk.call.facts[memory.MEMBER]), state)
    return _document(talk, state)


def _state(told: object) -> int | None:
    """The state as a number: written 1 in the manual, 0001 by others (UNCONFIRMED 4)."""
    text = answers.text_of(told, 10)
    return int(text) if text.isascii() and text.isdigit() and int(text) <= 4 else None


def _document(talk: Talk, state: int) -> Finding:
    number = talk.case.number
    if talk.known == memory.DEAD:
        return NeedsPerson(faults.DEAD.format(number=number))
    if state == ACCEPTED:
        return _by_register(talk)
    if state == NOT_INFORMED:
        return _not_informed(talk)
    if state == VOIDED:
        return NeedsPerson(GONE.format(number=number))
    return NeedsPerson(STRANGE.format(number=number, told=NEITHER[state]))


def _not_informed(talk: Talk) -> Finding:
    """Not held; unless SUNAT said that it is: its register may be late, or it is another one."""
    if not talk.known:
        return NotKnown()
    if talk.known_too_long:
        return NeedsPerson(OTHER_DATA.format(number=talk.case.number))
    return NoAnswer(True, "known, and not in the register with this date and total")


def _by_register(talk: Talk) -> Finding:
    if not talk.register_settles:
        return NeedsPerson(NOT_ALLOWED.format(number=talk.case.number))
    return Judged(Verdict(Outcome.ACCEPTED, evidence=Evidence.REGISTER))


def _member(talk: Talk, place: int, state: int) -> Finding:
    """One member's answer: all taken or, a day later, none decides; until then it is kept."""
    case = talk.case
    so_far = case.note(memory.members(case), talk.at) or ""
    if place != len(so_far) or place >= len(case.members):
        return NoAnswer(True, "an answer about a member that was not asked about")
    member = case.members[place]
    taken, not_taken = TAKEN[member.action]
    if state not in (taken, not_taken):
        told = NEITHER.get(state, "en otro estado")
        return NeedsPerson(STRANGE.format(number=member.number, told=told))
    if state == not_taken:
        missing_for = talk.since(memory.missing)
        if missing_for is None:
            return Noted({memory.missing(case): memory.kept("1", talk.at)})
        if missing_for < rules.SUMMARY_LOST_AFTER:
            return NoAnswer(True, f"the register does not have {member.number} yet")
    signs = so_far + ("1" if state == taken else "0")
    if len(set(signs)) > 1:
        return NeedsPerson(MIXED.format(number=case.number))
    if len(signs) < len(case.members):
        return Noted({memory.members(case): memory.fresh(signs, talk.at)})
    if state == taken:
        return _by_register(talk)
    reason = Remark("", NONE_TAKEN[member.action])
    return Judged(Verdict(Outcome.REJECTED, (reason,), evidence=Evidence.REGISTER))
