"""A signed statement in the words that its paper shows; nothing is told that it does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from acuse.domain.constancia import Constancia, Line, Mail, Try
from acuse.domain.face import Attachment, Face, Field
from acuse.domain.kinds import DocumentKind
from acuse.domain.text import capitalised
from acuse.domain.traits import Traits
from acuse.flow import constancia_mails
from acuse.flow.constancia_mails import when

Told = Mapping[str, Any]
OUTCOMES = {  # {o}: agrees with the kind
    "ACCEPTED": "Aceptad{o}",
    "ACCEPTED_WITH_OBSERVATIONS": "Aceptad{o} con observaciones",
    "REJECTED": "Rechazad{o}",
}
TRIGGERS = {"AUTOMATIC": "Envío automático", "MANUAL": "Envío a mano"}
LEGAL = (
    "Esta constancia cuenta lo que Acuse tiene anotado del documento en el momento de hacerla. La "
    "firma digital de la empresa está en este PDF (PAdES) y en el archivo JSON adjunto, con los "
    "mismos datos: JWS RS256 separada (RFC 7515) sobre la forma canónica (RFC 8785), con su "
    "certificado.",
    "«Enviado» quiere decir que el servidor de correo del destinatario aceptó el mensaje; "
    "«entregado», que además hay evidencia. Las visitas a la página pública son una estimación.",
)


def worded(told: Told, signed: Attachment, face: Face, traits: Traits) -> Constancia:
    """The paper of the statement; `face` gives the issuer's and the document's words."""
    document, made = told["document"], told["made"]
    moment = datetime.fromisoformat(made["at"])
    return Constancia(
        title="CONSTANCIA",
        about=f"{document['kindName']} {document['number']}",
        issuer_name=face.issuer_name,
        issuer_id=face.issuer_id,
        summary=_summary(told, traits),
        document=_document(document, face, traits),
        verdict=_verdict(told["verdict"], document["kind"], traits),
        files=_files(told["deliveries"]),
        mails=tuple(
            _mail(delivery, one, traits)
            for delivery in told["deliveries"]
            for one in delivery["recipients"]
        ),
        lines=tuple(
            Line(str(one["ordinal"]), when(one["at"], traits), one["text"], one["actor"])
            for one in told["activity"]
        ),
        made=(
            Field("Hecha", when(made["at"], traits)),
            Field("Pedida por", made["by"]),
            Field("SHA-256 del JSON firmado", sha256(signed.content).hexdigest()),
        ),
        legal=LEGAL,
        watermark=face.watermark,
        signed_name=signed.name,
        signed=signed.content,
        moment=int(moment.timestamp()),
        language=face.language,
    )


def _summary(told: Told, traits: Traits) -> tuple[str, ...]:
    """Where the document stands, and each of its mails."""
    kind = DocumentKind(told["document"]["kind"])
    verdict = told["verdict"]
    if told["document"]["state"] == "VOIDED":
        first = traits.agree(kind, "Anulad{o} después de aceptad{o}.")
    elif verdict is None:
        first = f"{capitalised(traits.words.authority)} todavía no responde."
    else:
        outcome = traits.agree(kind, OUTCOMES[verdict["outcome"]])
        first = f"{outcome} por {traits.words.authority} el {when(verdict['at'], traits)}."
    return first, *constancia_mails.sentences(told["deliveries"], kind, traits)


def _document(document: Told, face: Face, traits: Traits) -> tuple[Field, ...]:
    party = document["counterparty"]
    found = [
        Field("Número", document["number"]),
        Field("Emisión", when(document["issuedAt"], traits)),
        Field("Para", f"{party['name']} ({party['taxId']['number']})"),
    ]
    if face.totals:
        found.append(Field(face.totals[-1].label, face.totals[-1].value))
    return (
        *found,
        Field(face.fiscal_id_label, face.fiscal_id),
        Field("SHA-256 del XML firmado", document["xml"]["sha256"]),
    )


def _verdict(verdict: Told | None, kind: str, traits: Traits) -> tuple[Field, ...]:
    if verdict is None:
        return (Field("Respuesta", "Todavía ninguna"),)
    outcome = traits.agree(DocumentKind(kind), OUTCOMES[verdict["outcome"]])
    found = [Field("Respuesta", outcome), Field("Recibida", when(verdict["at"], traits))]
    found += [Field("Aviso", f"{one['code']} {one['text']}".strip()) for one in verdict["remarks"]]
    if verdict["receiptSha256"]:
        found.append(Field(f"SHA-256 ({traits.words.receipt})", verdict["receiptSha256"]))
    else:
        found.append(Field("Archivo", "Ninguno: lo dice su registro"))
    return tuple(found)


def _files(deliveries: list[Told]) -> tuple[Field, ...]:
    """Each file that was mailed, once: later mails carry what the first one did."""
    found = {
        (one["name"], one["sha256"]): Field(one["name"], one["sha256"])
        for delivery in deliveries
        for one in delivery["files"]
    }
    return tuple(found.values())


def _mail(delivery: Told, recipient: Told, traits: Traits) -> Mail:
    opened = when(delivery["openedAt"], traits)
    facts = [
        Field(TRIGGERS[delivery["trigger"]], f"{opened} · {delivery['openedBy']}"),
        Field("Message-ID", recipient["messageId"]),
        Field("SHA-256 del mensaje", recipient["messageSha256"]),
    ]
    if back := recipient["returned"]:
        facts.append(Field("Devuelto", f"{when(back['at'], traits)} · {back['text']}".rstrip(" ·")))
    return Mail(
        address=recipient["address"],
        state=constancia_mails.state(delivery, recipient),
        facts=tuple(facts),
        tries=tuple(_try(one, traits) for one in recipient["attempts"]),
    )


def _try(tried: Told, traits: Traits) -> Try:
    said = f"{tried['code'] or ''} {tried['text']}".strip()
    result = constancia_mails.STATES[tried["result"]] if tried["result"] else "En curso"
    return Try(when(tried["finishedAt"] or tried["startedAt"], traits), result, said)
