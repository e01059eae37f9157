"""POST /recepcion: from the envelope to a judged document, with scripted troubles on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from acuse_sandbox.hacienda import posted, registers
from acuse_sandbox.hacienda.archive import Archive, Kept
from acuse_sandbox.hacienda.books import Books
from acuse_sandbox.hacienda.callbacks import Callbacks
from acuse_sandbox.hacienda.judging.judge import judge
from acuse_sandbox.hacienda.judging.outline import Outline
from acuse_sandbox.hacienda.judging.verdict import Judgement, Record
from acuse_sandbox.hacienda.options import Fault, Options
from acuse_sandbox.hacienda.posted import Posted
from acuse_sandbox.hacienda.refusal import Refusal, Visit
from acuse_sandbox.hacienda.rulebook.kinds import KINDS
from acuse_sandbox.hacienda.rulebook.past import Past
from acuse_sandbox.hacienda.rulebook.tables import SEEN
from acuse_sandbox.hacienda.telling import news
from acuse_sandbox.hacienda.tokens import STAGING, identity
from acuse_sandbox.magic import magic
from acuse_sandbox.world import Request, Response, Script, ScriptedReply, World

BASE = "/hacienda/recepcion/v1"
PAGE = b"<html><body><h1>Servicio no disponible</h1></body></html>"
DEFAULT_OBSERVATION, DEFAULT_REJECTION = -16, -9000
AS_USUAL = ScriptedReply(Script.ACCEPT)


@dataclass(frozen=True, slots=True)
class Receiving:
    """What takes the documents of one world."""

    world: World
    archive: Archive
    callbacks: Callbacks

    def take(self, request: Request, user: str, options: Options, visit: Visit) -> Response:
        """The answer to a POST; raises Refusal."""
        if options.fault is Fault.LOST:
            visit.outcome = "fault"
            return Response(503, hang=True)
        mail = posted.take(request, visit)
        if (identity(user) or None) != mail.outline.sender:
            who = "receptor" if mail.outline.sent_by_receiver else "emisor"
            raise Refusal(403, f"el usuario del token no es el {who} (CR-API-6)")
        mail = replace(mail, outline=self._named(mail.outline))
        reply = self._reply(mail)
        if reply.kind in (Script.HTTP, Script.HTML200):
            visit.outcome = "fault"
            return _gateway(200 if reply.kind is Script.HTML200 else reply.status)
        self._keep(mail, reply, options, visit)
        visit.outcome = "pending"
        return Response(
            202,
            headers={"Location": f"{_base(request)}/recepcion/{quote(mail.outline.key)}"},
            hang=reply.kind is Script.HANG_AFTER_ACCEPT,
            delay=reply.seconds,
        )

    def _named(self, outline: Outline) -> Outline:
        """A MensajeReceptor names nobody: the names are those of the document it answers."""
        about = self.archive.find(outline.clave) if outline.is_message else None
        if about is None:
            return outline
        return replace(
            outline,
            issuer=outline.issuer._replace(name=about.outline.issuer.name),
            receiver=outline.receiver._replace(name=about.outline.receiver.name),
        )

    def _reply(self, mail: Posted) -> ScriptedReply:
        """As scripted, else as the name of the customer commands (or of the seller to us)."""
        scripted = self.world.scripts.take(
            "hacienda", fiscal_id=mail.outline.key, number=mail.outline.number
        )
        return scripted or magic(mail.outline.counterpart.name) or AS_USUAL

    def _keep(self, mail: Posted, reply: ScriptedReply, options: Options, visit: Visit) -> None:
        """Reserve first, then judge: of two equal documents at once, one is received.

        Asked about in between, Hacienda does not know it yet.
        """
        outline = mail.outline
        holder = self.archive.reserve(outline)
        if holder is None:
            cause = f"el comprobante {outline.key} ya fue recibido anteriormente (CR-API-7)"
            raise Refusal(400, cause)
        at = self.world.now()
        settings = self.world.settings
        judgement = judge(
            mail.document,
            at=at,
            options=options,
            holder=holder,
            memory=Books(self.archive, settings, options.unknown_documents == "accepted"),
            known=registers.known(settings),
        )
        judgement = bent(judgement, reply)
        kept = Kept(
            date=mail.date,
            at=at,
            outline=outline,
            judgement=judgement,
            past=past(mail, judgement.accepted),
            names=names(mail),
            staging=visit.realm == STAGING,
            processing=reply.times if reply.kind is Script.PROCESSING else 0,
            wrong_documents=max(1, reply.times) if reply.kind is Script.WRONG_DOCUMENT else 0,
        )
        self.archive.keep(kept)
        self.callbacks.promise(kept, mail.callback, options, lambda: news(kept, options))


def past(mail: Posted, accepted: bool) -> Past:
    """What is remembered of a document for those that will name it."""
    part = mail.document.part
    kind = KINDS.get(mail.document.kind)
    return Past(
        kind=kind.code if kind else "",
        accepted=accepted,
        condition=part.text("CondicionVenta"),
        currency=part.text("ResumenFactura/CodigoTipoMoneda/CodigoMoneda"),
        tax=mail.outline.tax,
        total=mail.outline.total,
        sender=mail.outline.sender,
    )


def names(mail: Posted) -> tuple[str, ...]:
    """The claves that a document refers to."""
    if mail.outline.is_message:
        return (mail.outline.clave,)
    references = mail.document.part.parts("InformacionReferencia")
    return tuple(reference.text("Numero") for reference in references)


def _base(request: Request) -> str:
    """The service's address as the client reached it; its path alone if it named no host."""
    host = request.headers.get("host")
    return f"http://{host}{BASE}" if host else BASE


def _gateway(status: int) -> Response:
    """An answer from before Hacienda, which never saw the request."""
    if status >= 400:
        raise Refusal(status, "respuesta pedida al sandbox")
    return Response(status, PAGE, {"Content-Type": "text/html"})


def bent(judgement: Judgement, reply: ScriptedReply) -> Judgement:
    """The verdict as scripted; a script never makes a bad document good."""
    if not judgement.accepted:
        return judgement
    if reply.kind is Script.OBSERVE:
        record = _record(reply.code, DEFAULT_OBSERVATION)
        return replace(judgement, records=(*judgement.records, record))
    if reply.kind is Script.REJECT:
        return Judgement(False, (_record(reply.code, DEFAULT_REJECTION),))
    return judgement


def _record(told: str, default: int) -> Record:
    """A record with the code asked for; all of Hacienda's are negative, so "99" means −99."""
    digits = told.strip().lstrip("-")
    code = -int(digits) if digits.isascii() and digits.isdigit() and int(digits) else default
    return Record(code, SEEN.get(code, "Código pedido al sandbox"))
