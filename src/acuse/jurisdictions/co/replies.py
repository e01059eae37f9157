"""What the DIAN's replies mean. A signed ApplicationResponse that names our document decides.

Source: colombia.md 6 and 6b; the tables are in rules_verdicts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from acuse.domain.submission import (
    AlreadyKnown,
    Call,
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
from acuse.jurisdictions.co import answers, original
from acuse.jurisdictions.co import rules_verdicts as rules
from acuse.jurisdictions.co.answers import Rules, Told, rules_of
from acuse.jurisdictions.co.calls import COMPARE, known_note, set_note
from acuse.jurisdictions.co.response import Unusable, about, decoded, read_response
from acuse.jurisdictions.co.rules_verdicts import Meaning
from acuse.jurisdictions.co.service import operation_of
from acuse.xml import parse
from acuse.xml.soap12 import Fault, read_body

ANOTHERS = (
    "La DIAN ya aceptó otro documento con el número {number}, que no es el que firmamos. Revisa si "
    "otro sistema factura con el mismo prefijo; este número no se puede volver a usar."
)
ENVIRONMENT = (
    "La DIAN respondió que no y sin decir por qué. ¿Está la empresa en el ambiente equivocado? "
    "Revisa ambiente, SoftwareID y numeración."
)


def read(case: Case, call: Call, reply: Reply | NoReply, at: datetime) -> Finding:
    """What the reply means for this document; never raises."""
    if isinstance(reply, NoReply):
        return NoAnswer(reply.left, reply.reason)
    try:
        body = read_body(reply.body)
    except parse.Unreadable as error:
        return NoAnswer(True, f"HTTP {reply.status}, unreadable: {error}"[:300])
    if isinstance(body, Fault):
        return _fault(case, body)
    operation = operation_of(call)
    result = answers.result(body, operation)
    if result is None:
        return NoAnswer(True, f"HTTP {reply.status}, no answer to {operation or 'this call'}")
    if operation == "GetXmlByDocumentKey":
        return _compared(case, result, at)
    if operation == "SendTestSetAsync" and not answers.member(result, answers.DIAN, "IsValid"):
        return _uploaded(result)
    one = _ours(case, answers.told(result))
    if one is None:
        return NoAnswer(True, "answers about other documents")
    return _told(case, operation, one, at)


def _fault(case: Case, fault: Fault) -> Finding:
    """Not processed (security), or perhaps: the same fault again and again stops the channel."""
    shown = f"fault {fault.code}: {fault.text}"[:500]
    identity = bool(rules.IDENTITY_FAULT.search(fault.text))
    unprocessed = fault.code in rules.UNPROCESSED_FAULTS
    if (identity or unprocessed) and case.tries >= rules.SAME_FAULTS:
        text = (
            "La DIAN no acepta la firma de la petición. Revisa que el reloj del servidor esté en "
            "hora, y que el certificado sea el registrado ante ella y esté vigente."
        )
        return Refused(f"{text} ({fault.text})"[:1000], Cause.CREDENTIALS, fault.code)
    return NoAnswer(not unprocessed, shown)


def _uploaded(result: parse.Element) -> Finding:
    """An upload to the test set: a ticket, or why it was not taken."""
    ticket = answers.member(result, answers.UPLOAD, "ZipKey")
    if ticket:
        return Received(ticket[:100])
    item = f"{{{answers.UPLOAD}}}ErrorMessageList/{{{answers.UPLOADED}}}XmlParamsResponseTrackId"
    words = [
        answers.member(one, answers.UPLOADED, "ProcessedMessage")
        for one in result.findall(item)[: answers.MOST]
    ]
    told = " ".join(dict.fromkeys(word for word in words if word))[: answers.LONGEST_TEXT]
    if not told:
        return NoAnswer(True, "an upload without ticket and without errors")
    state = rules.set_state(told)
    if state:
        text = f"El set de pruebas está {state.lower()} y no recibe más documentos."
        return Refused(f"{text} (DIAN: {told})", Cause.CONFIG)
    return Refused(f"{rules.refusal('0', told)[1]} (DIAN: {told})", Cause.CONFIG)


def _ours(case: Case, told: tuple[Told, ...]) -> Told | None:
    """The answer about this document: by its key, or the only one."""
    named = [one for one in told if one.key.lower() == case.fiscal_id.lower()]
    if named:
        return named[0]
    return told[0] if len(told) == 1 else None


def _told(case: Case, operation: str, one: Told, at: datetime) -> Finding:
    if one.valid is False and one.empty:
        return Refused(ENVIRONMENT, Cause.CONFIG)
    match rules.meaning(operation, one.valid, one.code, one.words):
        case Meaning.VERDICT:
            return _verdict(case, operation, one, at)
        case Meaning.PENDING:
            return _patient(case, at, Pending)
        case Meaning.UNKNOWN:
            return _unknown(case, at)
        case Meaning.REFUSED:
            cause, text = rules.refusal(one.code, one.words)
            return Refused(f"{text} (DIAN: {one.words})"[:1000], cause, one.code)
        case Meaning.SET:
            return _of_the_set(case, one, at)
    reason = f"StatusCode {one.code[:20]!r}: {one.words}"[:500]
    return _patient(case, at, lambda: NoAnswer(True, reason))


def _verdict(case: Case, operation: str, one: Told, at: datetime) -> Finding:
    """Judged by the signed document; without one, a rejection is believed after some questions."""
    valid = one.valid is True
    if not valid and rules_of(one.errors, valid=False).has(rules.GIVEN_BEFORE):
        return _given_before(case, operation, one, at)
    if not one.receipt:
        return _without_receipt(case, one, at)
    try:
        response = read_response(decoded(one.receipt))
    except Unusable as error:
        return _unusable(case, at, str(error))
    if not about(response, case.number, case.fiscal_id):
        return _unusable(case, at, "an ApplicationResponse of another document")
    outcome = rules.VERDICTS.get((valid, response.code))
    if outcome is None:
        return _unusable(case, at, f"ResponseCode {response.code[:10]!r} under IsValid {valid}")
    told = rules_of(one.errors, response.lines, valid=valid)
    return Judged(_judgement(outcome, told, response.content))


def _judgement(outcome: Outcome, told: Rules, receipt: bytes) -> Verdict:
    if outcome is Outcome.REJECTED:
        return Verdict(outcome, told.reasons + _noted(told.remarks), receipt)
    remarks = told.remarks + told.reasons  # a reason under IsValid=true rejects nothing
    if remarks:
        outcome = Outcome.ACCEPTED_WITH_OBSERVATIONS
    return Verdict(outcome, remarks, receipt)


def _noted(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Notifications that came with a rejection, told apart from its reasons."""
    return tuple(Remark(one.code, f"Notificación: {one.text}") for one in remarks)


def _given_before(case: Case, operation: str, one: Told, at: datetime) -> Finding:
    """Neither accepted nor rejected: the document as the DIAN holds it is fetched and compared.

    Told again after it denied, over and over, to hold ours: what it holds is another's.
    """
    if operation == "GetStatus":  # asked by our fiscal id: nothing more to fetch
        return _patient(case, at, lambda: AlreadyKnown(one.words[:500]))
    if operation in rules.SENDS and case.asks >= rules.DENIALS_TO_BELIEVE:
        return NeedsPerson(ANOTHERS.format(number=case.number))
    wanted = {known_note(case): Note(COMPARE, at + rules.REMEMBERED)}
    return AlreadyKnown(one.words[:500], wanted)


def _compared(case: Case, result: parse.Element, at: datetime) -> Finding:
    """The document as the DIAN holds it: ours, another's, or not to be had."""
    held = original.held(result)
    if isinstance(held, bytes) and not original.same(held, case.sealed):
        return NeedsPerson(ANOTHERS.format(number=case.number))
    compared = "same" if isinstance(held, bytes) else "unavailable"
    return Noted({known_note(case): Note(compared, at + rules.REMEMBERED)})


def _without_receipt(case: Case, one: Told, at: datetime) -> Finding:
    told = rules_of(one.errors, valid=one.valid is True)
    if one.valid is True or not told.reasons:
        return _unusable(case, at, "a verdict without its ApplicationResponse")
    words = " ".join(f"{one.code} {one.text}".strip() for one in told.reasons)
    if case.asks < rules.REASONS_TO_BELIEVE:
        return NoAnswer(True, f"a rejection without its ApplicationResponse: {words}"[:1000])
    text = "La DIAN rechaza el documento y no entrega su respuesta firmada."
    return Refused(f"{text} {words}"[:2000], Cause.CONTENT, told.reasons[0].code)


def _unknown(case: Case, at: datetime) -> Finding:
    """Not held. After "given before", said twice, the number is another document's."""
    known = case.note(known_note(case), at) is not None
    if known and case.not_known_since is not None:
        return NeedsPerson(ANOTHERS.format(number=case.number))
    return NotKnown()


def _of_the_set(case: Case, one: Told, at: datetime) -> Finding:
    """The set has a verdict, the document has not: it is asked about by its fiscal id."""
    name, state = set_note(case.ticket), rules.set_state(one.words)
    if not case.ticket or case.note(name, at) is not None:
        return _patient(case, at, Pending)
    kept = Note(state, at + rules.REMEMBERED)
    return Noted({name: kept, "test_set": Note(state, at + rules.REMEMBERED)})


def _unusable(case: Case, at: datetime, reason: str) -> Finding:
    """Ask again; after some answers that decide nothing a person looks. Never a verdict."""
    if case.asks >= rules.UNUSABLE_ANSWERS and _age(case, at) > rules.UNUSABLE_FOR.total_seconds():
        text = "La DIAN dice haberlo juzgado y su respuesta firmada falta o no sirve de prueba."
        return NeedsPerson(f"{text} Reintenta más tarde o pregúntale.")
    return NoAnswer(True, reason)


def _patient(case: Case, at: datetime, finding: Callable[[], Finding]) -> Finding:
    if _age(case, at) > rules.GIVE_UP.total_seconds():
        return NeedsPerson(
            "La DIAN no da respuesta desde hace cinco días. Consúltalo en su portal y reintenta."
        )
    return finding()


def _age(case: Case, at: datetime) -> float:
    return (at - (case.sent_at or case.issued_at)).total_seconds()
