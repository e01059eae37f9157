"""What a fault means: of a SOAP service, of a ticket, of the guías' service, or inside a CDR.

The same number means another thing where the file was sent, where it was sent as a question, and
where something else was asked. Source: peru.md 5.4.
"""

from __future__ import annotations

from acuse.domain.party import Environment
from acuse.domain.submission import (
    AlreadyKnown,
    Cause,
    Finding,
    NeedsPerson,
    NoAnswer,
    Noted,
    NotKnown,
    Pending,
    Refused,
)
from acuse.jurisdictions.pe import memory
from acuse.jurisdictions.pe import rules_verdicts as rules
from acuse.jurisdictions.pe.rules_verdicts import Meaning, meaning
from acuse.jurisdictions.pe.rules_words import OUR_WORDS
from acuse.jurisdictions.pe.talk import Talk
from acuse.xml.soap import Fault

CAUSES = {
    Meaning.CREDENTIALS: Cause.CREDENTIALS,
    Meaning.FILE: Cause.FILE,
    Meaning.CONTENT: Cause.CONTENT,
    Meaning.UNPROVEN: Cause.CONTENT,
}
HELD = (
    "SUNAT dice que ya tiene un documento con el número {number}, y no da su constancia. "
    "Compáralo en SUNAT Operaciones en Línea con el de aquí."
)
WITH_REGISTER = " Con la API de consulta, en Certificado y credenciales, Acuse lo pregunta solo."
DEAD = (
    "SUNAT tiene el número {number} como rechazado o de baja: ya no se puede usar. Revísalo en "
    "SUNAT Operaciones en Línea y emite otro."
)
OTHER_CONTENT = (
    "SUNAT tiene otro documento con el número {number}: su CDR no corresponde al XML que firmamos. "
    "Revisa si otro sistema emite con la misma serie, y cambia de serie."
)
BATCH_HELD = (
    "SUNAT dice que ya recibió {number}, y no se sabe con qué ticket: no hay forma de pedir su "
    "constancia. Mira en SUNAT Operaciones en Línea qué pasó con sus documentos."
)
LATE = (
    "No se supo si SUNAT recibió {number} a tiempo, y su plazo ya pasó. Búscalo en SUNAT "
    "Operaciones en Línea: si no está, emite otro con fecha de hoy. (SUNAT: {text})"
)
ODD = "SUNAT respondió a {number} con un código que no es un error. Pregúntale. (SUNAT: {text})"


def finding(talk: Talk, fault: Fault, *, in_cdr: bool = False) -> Finding:
    """What the fault means here; `in_cdr`: it stands in a CDR, so it is about our file."""
    told = meaning(fault.code)
    match told:
        case Meaning.PENDING:
            return Pending(rules.IN_PROCESS_AGAIN)
        case Meaning.CREDENTIALS:
            return Refused(worded(fault), Cause.CREDENTIALS, fault.code)
        case Meaning.KNOWN:
            return _known(talk, fault, in_cdr)
        case Meaning.TICKET:
            return unknown_ticket(talk)
        case Meaning.FILE | Meaning.CONTENT | Meaning.UNPROVEN if talk.sends or in_cdr:
            return _refused(talk, fault, told)
        case Meaning.ODD if talk.case.asks >= rules.ASKS_TO_BELIEVE:
            return NeedsPerson(_told(ODD, talk, fault))
        case Meaning.BUSY if in_cdr and talk.asks:
            return NotKnown()  # its file was answered, and not judged
    return unclear(fault)


def unclear(fault: Fault) -> NoAnswer:
    """A fault that says nothing about the document."""
    return NoAnswer(True, f"fault {fault.code or 'without a number'}: {fault.text}"[:500])


def _refused(talk: Talk, fault: Fault, told: Meaning) -> Finding:
    """Refused when it was sent; asked by the same bytes, only that SUNAT does not hold it.

    A rejection of content told by fault is what production tells by CDR: the rehearsal does so and
    keeps no register. Elsewhere SUNAT is asked for the CDR; told again after it twice denied to
    hold the document, it is a refusal (UNCONFIRMED 2).
    """
    if talk.asks and fault.code in rules.TERM_OVER:
        return NeedsPerson(_told(LATE, talk, fault))
    if talk.asks and told is not Meaning.FILE and not talk.asked_ticket:
        return NotKnown()
    rehearsed = talk.environment is Environment.TEST
    if told is Meaning.UNPROVEN and not rehearsed and talk.case.asks < rules.ASKS_TO_BELIEVE:
        return unclear(fault)
    return Refused(worded(fault), CAUSES[told], fault.code)


def _known(talk: Talk, fault: Fault, in_cdr: bool) -> Finding:
    """Given before: whoever can tell what became of it is asked, and else a person."""
    if talk.is_batch:
        return ask_earlier(talk, fault)
    if talk.asks and (talk.sends or in_cdr):
        text = DEAD if fault.code == rules.DEAD_NUMBER else HELD + _hint(talk)
        return NeedsPerson(_told(text, talk, fault))
    if talk.asks:
        return unclear(fault)
    said = memory.DEAD if fault.code == rules.DEAD_NUMBER else memory.ALIVE
    return _already(talk, fault, said)


def ask_earlier(talk: Talk, fault: Fault) -> Finding:
    """The earlier sending of a file with a ticket is asked about: by that, or by its members."""
    if talk.earlier_ticket and talk.known != memory.LOST:
        return _already(talk, fault, memory.ALIVE)
    if talk.can_ask_members:
        return _already(talk, fault, memory.LOST)
    text = BATCH_HELD if talk.is_batch else HELD
    return NeedsPerson(_told(text + _hint(talk), talk, fault))


def unknown_ticket(talk: Talk) -> Finding:
    """It also comes for good tickets, for minutes: at least three asks over an hour are proof.

    The ticket is kept before anything is sent again: only it leads to the first file's CDR (P-6).
    """
    case = talk.case
    first = case.note(memory.first_ticket(case), talk.at)
    if not talk.asked_ticket:
        return NoAnswer(True, "no ticket was asked about, and an unknown one is told")
    if talk.known:
        return ask_earlier(talk, Fault("0127", "el ticket no existe"))
    if first is None and talk.is_batch:
        return Noted({memory.first_ticket(case): memory.kept(talk.asked_ticket, talk.at)})
    since = case.not_known_since
    if since is None:
        return NotKnown()
    if talk.at - since < rules.TICKET_PROVEN_UNKNOWN or case.tries < 1:
        return NoAnswer(True, f"the ticket {talk.asked_ticket[:60]} is not known")
    if first and first != talk.asked_ticket:
        return ask_earlier(talk, Fault("0127", "ninguno de sus tickets existe"))
    return NotKnown()


def _already(talk: Talk, fault: Fault, said: str) -> AlreadyKnown:
    notes = {memory.known(talk.case): memory.kept(said, talk.at)}
    return AlreadyKnown(f"{fault.code} {fault.text}".strip()[:500], notes)


def worded(fault: Fault) -> str:
    """SUNAT's text behind ours, where we have one for the code."""
    ours = OUR_WORDS.get(fault.code, "")
    return f"{ours} (SUNAT: {fault.text})" if ours and fault.text else ours or fault.text


def _hint(talk: Talk) -> str:
    """What a company without the register's API could do about it next time."""
    return WITH_REGISTER if talk.would_ask_register else ""


def _told(text: str, talk: Talk, fault: Fault) -> str:
    return text.format(number=talk.case.number, text=f"{fault.code} {fault.text}".strip()[:300])
