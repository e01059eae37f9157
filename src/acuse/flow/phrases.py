"""Every sentence that tells an event or a state, in Spanish; facts go in, words come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from acuse.domain.activity import Event, EventKind
from acuse.domain.kinds import DocumentKind
from acuse.domain.text import capitalised
from acuse.domain.traits import Traits
from acuse.flow import phrases_mail, phrases_news, phrases_pages, phrases_roads, wording
from acuse.flow.phrases_mail import next_try

Facts = Mapping[str, Any]
Phrase = Callable[[Facts, Traits], str]
TELL_OF_COPY = phrases_mail.TELL_OF_COPY | phrases_pages.TELL_OF_COPY


def sentence(event: Event, traits: Traits) -> str:
    """What happened, in one sentence."""
    told = capitalised(PHRASES[event.kind](event.facts, traits))
    of_copy = event.facts.get("archive") and event.kind not in TELL_OF_COPY
    return f"Copia de archivo. {told}" if of_copy else told


def _remarks(facts: Facts) -> str:
    return "; ".join(
        f"{one.get('code', '')} {one.get('text', '')}".strip() for one in facts.get("remarks", [])
    )


def _issued(facts: Facts, traits: Traits) -> str:
    return f"Emitido con el número {facts['number']}, firmado y guardado."


def _by_batch(facts: Facts) -> str:
    return f" en {facts['batch']}" if facts.get("batch") else ""


FATES = {
    "RETURNED": "salió del resumen {batch}, que no valió por otros documentos: irá en el próximo",
    "KNOWN": "{authority} rechazó el resumen {batch} porque ya lo tenía: preguntamos por él",
    "LEFT_OUT": "{authority} rechazó el resumen {batch} por este documento; los demás van en otro",
}


def _returned(facts: Facts, traits: Traits) -> str:
    told = FATES[facts["fate"]].format(batch=facts["batch"], authority=traits.words.authority)
    remarks = _remarks(facts)
    return f"{told}: {remarks}" if remarks else f"{told}."


def _stuck(facts: Facts, traits: Traits) -> str:
    return f"Necesita atención: {facts.get('reason', '')}"


def _accepted(facts: Facts, traits: Traits) -> str:
    return f"{traits.words.authority} lo aceptó."


def _observed(facts: Facts, traits: Traits) -> str:
    count = len(facts.get("remarks", []))
    notices = "1 aviso" if count == 1 else f"{count} avisos"
    return f"Es válido: {traits.words.authority} lo aceptó y dejó {notices}: {_remarks(facts)}"


def _rejected(facts: Facts, traits: Traits) -> str:
    return f"{traits.words.authority} lo rechazó: {_remarks(facts)}"


def _template(facts: Facts, traits: Traits) -> str:
    kind = traits.kind(DocumentKind(facts["kind"]))
    name = kind.name if kind else facts["kind"]
    done = "vuelve al texto de la casa" if facts.get("restored") else "guardada"
    return f"Plantilla de correo de {name} {done} (versión {facts['version']})."


def _declared(facts: Facts, traits: Traits) -> str:
    by = f" ({facts['by']})" if facts.get("by") else ""
    why = f": {facts['reason']}" if facts.get("reason") else ""
    return f"El comprador declaró{by}: {facts['text']}{why}."


def _paid(facts: Facts, traits: Traits) -> str:
    day = date.fromisoformat(facts["day"])
    note = f" {facts['note']}." if facts.get("note") else ""
    means = wording.method(facts["method"])
    told = f"Pago registrado: {facts['currency']} {facts['amount']} del {day:%d/%m/%Y}, {means}."
    return f"{told}{note} Su recibo quedó propuesto, para revisar y emitir."


def _document_received(facts: Facts, traits: Traits) -> str:
    told = f"Recibido {facts['number']} de {facts['issuer']}"
    if facts.get("receipt", True):
        return f"{told}."
    return f"{told}, sin la respuesta de {traits.words.authority}."


def _reception_judged(facts: Facts, traits: Traits) -> str:
    if facts["outcome"] == "REJECTED":
        return f"{traits.words.authority} rechazó {facts['number']}: {_remarks(facts)}"
    return f"{traits.words.authority} registró {facts['number']}."


PHRASES: dict[EventKind, Phrase] = {
    **phrases_mail.PHRASES,
    **phrases_pages.PHRASES,
    **phrases_roads.PHRASES,
    EventKind.DOCUMENT_CREATED: lambda f, t: "Borrador creado.",
    EventKind.DOCUMENT_EDITED: lambda f, t: "Borrador editado.",
    EventKind.DOCUMENT_DISCARDED: lambda f, t: "Borrador descartado: ya no se puede emitir.",
    EventKind.DOCUMENT_ISSUED: _issued,
    EventKind.DOCUMENT_REOPENED: lambda f, t: "Vuelto a borrador con su mismo número.",
    EventKind.DOCUMENT_WITHDRAWN: lambda f, t: (
        "Retirado: su número queda sin uso." + (f" {f['reason']}" if f.get("reason") else "")
    ),
    EventKind.DOCUMENT_GATHERED: lambda f, t: (
        f"Puesto en el resumen {f['batch']}." if f.get("batch") else "Espera el resumen de su día."
    ),
    EventKind.DOCUMENT_RETURNED: _returned,
    EventKind.DOCUMENT_ALONE: lambda f, t: "La empresa ya no usa resumen: se envía por sí solo.",
    EventKind.VOIDING_ASKED: lambda f, t: (
        f"Anulación pedida en {f['batch']}: {f['reason']}. "
        f"Vale cuando {t.words.authority} la acepte."
    ),
    EventKind.VOIDING_REJECTED: lambda f, t: (
        f"{t.words.authority} no aceptó la anulación: {_remarks(f)} "
        "El documento sigue siendo válido."
    ),
    EventKind.DOCUMENT_VOIDED: lambda f, t: (
        f"Anulado: {t.words.authority} aceptó la baja. {f.get('reason', '')}"
    ),
    EventKind.SUBMISSION_SENT: lambda f, t: f"Enviado a {t.words.authority}{_by_batch(f)}.",
    EventKind.SUBMISSION_WAITING: lambda f, t: (
        f"{t.words.authority} lo recibió y lo está revisando. Preguntaremos solos."
    ),
    EventKind.SUBMISSION_ANSWER_LOST: lambda f, t: (
        f"No llegó la respuesta de {t.words.authority}: no sabemos si lo tiene. "
        "Preguntaremos antes de enviarlo otra vez."
    ),
    EventKind.SUBMISSION_ASKED: lambda f, t: f"Preguntamos a {t.words.authority}.",
    EventKind.SUBMISSION_ALREADY_KNOWN: lambda f, t: (
        f"{t.words.authority} dice que ya lo tenía. Pedimos su respuesta original."
    ),
    EventKind.SUBMISSION_NOT_KNOWN: lambda f, t: (
        f"{t.words.authority} no lo tiene. "
        + ("Se envía otra vez, igual." if f.get("resend") else "Preguntaremos una vez más.")
    ),
    EventKind.SUBMISSION_REFUSED: lambda f, t: f"No lo recibió: {f['reason']}{next_try(f, t)}",
    EventKind.SUBMISSION_DELAYED: lambda f, t: f"{t.words.authority} no responde.{next_try(f, t)}",
    EventKind.SUBMISSION_STUCK: _stuck,
    EventKind.SUBMISSION_RETRIED: lambda f, t: (
        f"Reintento pedido: primero preguntamos a {t.words.authority}."
    ),
    EventKind.SUBMISSION_CONTRADICTED: lambda f, t: (
        f"{t.words.authority} dijo después otra cosa. El primer veredicto se conserva."
    ),
    EventKind.VERDICT_ACCEPTED: _accepted,
    EventKind.VERDICT_OBSERVED: _observed,
    EventKind.VERDICT_REJECTED: _rejected,
    EventKind.SWITCH_TURNED_ON: lambda f, t: (
        "Envío automático encendido" + (f" por ley: {f['law']}." if f.get("law") else ".")
    ),
    EventKind.SWITCH_TURNED_OFF: lambda f, t: "Envío automático apagado.",
    EventKind.OPENS_TURNED_ON: lambda f, t: "Aviso de apertura de correos encendido.",
    EventKind.OPENS_TURNED_OFF: lambda f, t: "Aviso de apertura de correos apagado.",
    EventKind.MAIL_TEMPLATE_SAVED: _template,
    EventKind.COMPANY_CREATED: lambda f, t: "Empresa creada.",
    EventKind.COMPANY_EDITED: lambda f, t: "Datos de la empresa editados.",
    EventKind.API_ACCESS_GIVEN: lambda f, t: f"Token de API creado: {f['name']} ({f['prefix']}).",
    EventKind.API_ACCESS_REVOKED: lambda f, t: f"Token de API revocado: {f['prefix']}.",
    EventKind.CERTIFICATE_STORED: lambda f, t: f"Certificado guardado: {f['subject']}.",
    EventKind.CHANNEL_STOPPED: lambda f, t: (
        f"Detuvimos los envíos a {t.words.authority}: {f['reason']}"
    ),
    EventKind.CHANNEL_RESUMED: lambda f, t: f"Envíos a {t.words.authority} reanudados.",
    EventKind.CUSTOMER_EDITED: lambda f, t: "Contacto editado.",
    EventKind.CONTACTS_IMPORTED: lambda f, t: (
        f"Contactos importados de «{f['file']}»: {f['made']} nuevos, {f['updated']} actualizados."
    ),
    EventKind.DOCUMENT_CONTINGENCY: lambda f, t: (
        f"Hecho de nuevo en contingencia de {t.words.authority}, con el mismo número: "
        "se transmite solo cuando el servicio vuelva."
    ),
    EventKind.CONTINGENCY_NOT_NEEDED: lambda f, t: (
        f"{t.words.authority} ya tenía el documento anterior a la contingencia: vale aquel. "
        "Preguntamos por su respuesta."
    ),
    EventKind.CONTAINER_HANDED_OVER: lambda f, t: (
        f"Contenedor entregado al cliente por otro medio: {f['how']}. El correo sale solo cuando "
        f"{t.words.authority} lo acepte."
    ),
    EventKind.PAYMENT_REGISTERED: _paid,
    EventKind.BUYER_DECLARED: _declared,
    EventKind.DOCUMENT_RECEIVED: _document_received,
    EventKind.RECEIPT_RECEIVED: lambda f, t: (
        f"Llegó la respuesta de {t.words.authority} sobre {f['number']} de {f['issuer']}."
    ),
    EventKind.RECEPTION_DECLARED: lambda f, t: f"{f['words']} firmado para {f['about']}.",
    EventKind.RECEPTION_JUDGED: _reception_judged,
    EventKind.TEST_SET_STARTED: lambda f, t: (
        f"Set de pruebas de {t.words.authority} en marcha: {f['documents']} documentos."
    ),
    EventKind.RANGES_FETCHED: lambda f, t: (
        f"Numeraciones leídas de {t.words.authority}: {f['added']} nuevas, {f['known']} conocidas."
    ),
    EventKind.SENDER_KEY_MADE: lambda f, t: (
        f"Llave DKIM creada para {f['domain']} (selector {f['selector']})"
        + (": firma desde que el DNS la muestre." if f.get("waits") else ".")
    ),
    EventKind.SENDER_PROVED: lambda f, t: (
        f"El DNS prueba que {f['domain']} es tuyo: los correos salen con tu dominio, firmados."
    ),
    EventKind.SENDER_LOST: lambda f, t: (
        f"El DNS ya no prueba que {f['domain']} es tuyo: los correos salen con el remitente de la "
        "instalación. Revisa Configuración > Correo > Dominio."
    ),
    EventKind.SENDER_KEY_SEEN: lambda f, t: (
        f"El DNS muestra la llave DKIM de {f['domain']}: los correos salen firmados."
    ),
    EventKind.SENDER_KEY_LOST: lambda f, t: (
        f"El DNS ya no muestra la llave DKIM de {f['domain']}: nadie puede comprobar la firma de "
        "los correos. Revisa Configuración > Correo > Dominio."
    ),
    EventKind.MAILBOX_SAVED: lambda f, t: (
        f"Buzón de recepción guardado: {f['username']} en {f['host']}."
    ),
    EventKind.MAILBOX_CLOSED: lambda f, t: (
        f"Buzón de recepción desconectado: {f['username']} en {f['host']}."
    ),
    EventKind.MAILBOX_STOPPED: lambda f, t: f"Dejamos de leer {f['username']}: {f['reason']}",
    EventKind.INVOICING_ENABLED: lambda f, t: "Facturación electrónica habilitada.",
    **phrases_news.PHRASES,
}
