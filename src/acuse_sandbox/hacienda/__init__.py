"""The pretended Ministerio de Hacienda of Costa Rica. Source: costa-rica.md 5 and 9."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from acuse_sandbox.hacienda.judge import judge, rejected
from acuse_sandbox.hacienda.message import Judgement, Record, build
from acuse_sandbox.hacienda.reading import Part, Unreadable, parse
from acuse_sandbox.hacienda.tokens import Tokens, digits
from acuse_sandbox.magic import magic
from acuse_sandbox.world import Request, Response, Script, ScriptedReply, World

API = "/recepcion/v1"
LIMIT = 1000
NOBODY = "00000000000000000000000000000000000000000000000000"
HTML = b"<html><body>Servicio temporalmente fuera de linea</body></html>"


@dataclass(slots=True)
class Kept:
    """A document that Hacienda received."""

    clave: str
    date: str
    at: datetime
    part: Part
    judgement: Judgement
    processing: int = 0
    wrong_document: bool = False
    answer: bytes = b""
    lock: Lock = field(default_factory=Lock)


class Refusal(Exception):
    """A request that is not taken: status and cause."""

    def __init__(self, status: int, cause: str) -> None:
        self.status = status
        super().__init__(cause)


class Hacienda:
    """Takes comprobantes, judges them, answers by clave."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tokens = Tokens(world)
        self._kept: dict[str, Kept] = {}
        self._numbers: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def clear(self) -> None:
        """Forget all documents and tokens."""
        with self._lock:
            self._kept.clear()
            self._numbers.clear()
        self._tokens.clear()

    def handle(self, request: Request) -> Response:
        """The answer to one request; called from many threads."""
        if request.path.startswith("/auth/realms/") and request.path.endswith("/token"):
            outcome, response = self._tokens.grant(request)
            self._write("login", "", b"", request, outcome)
            return response
        try:
            if request.path == f"{API}/recepcion" and request.method == "POST":
                return self._receive(request)
            if request.path.startswith(f"{API}/recepcion/") and request.method == "GET":
                return self._tell(request, request.path.rpartition("/")[2])
            if request.path == f"{API}/comprobantes" and request.method == "GET":
                return self._list(request)
        except Refusal as refusal:
            return self._refused(refusal)
        return self._refused(Refusal(403, "ruta no permitida"))

    # receiving

    def _receive(self, request: Request) -> Response:
        user = self._user(request)
        message, document, part = self._read(request)
        clave = part.text("Clave")
        number = part.text("NumeroConsecutivo")
        scripted = self._world.scripts.take("hacienda", fiscal_id=clave, number=number)
        reply = scripted or magic(part.text("Receptor/Nombre"))
        if reply is not None and reply.kind in (Script.HTTP, Script.HTML200):
            self._write("send", clave, document, request, "fault")
            if reply.kind is Script.HTML200:
                return Response(200, HTML, {"Content-Type": "text/html"})
            return self._refused(Refusal(reply.status, "error programado"))
        try:
            self._check(message, part, user)
        except Refusal:
            self._write("send", clave, document, request, "refused")
            raise
        self._keep(message, document, part, reply)
        self._write("send", clave, document, request, "pending")
        response = Response(202, b"", {"Location": f"{API}/recepcion/{clave}", **self._limits()})
        if reply is not None and reply.kind is Script.HANG_AFTER_ACCEPT:
            return replace(response, hang=True)
        if reply is not None and reply.kind is Script.SLOW:
            return replace(response, delay=reply.seconds)
        return response

    def _read(self, request: Request) -> tuple[dict[str, Any], bytes, Part]:
        try:
            message = json.loads(request.body)
            document = b64decode(message["comprobanteXml"], validate=True)
            part = Part(parse(document))
            missing = [key for key in ("clave", "fecha", "emisor") if key not in message]
        except (ValueError, KeyError, TypeError, Unreadable, RecursionError):
            self._write("send", "", b"", request, "refused")
            raise Refusal(400, "el mensaje no se puede leer") from None
        if missing:
            raise Refusal(400, f"falta {missing[0]}")
        return message, document, part

    def _check(self, message: dict[str, Any], part: Part, user: str) -> None:
        clave = part.text("Clave")
        issuer = part.text("Emisor/Identificacion/Numero")
        told = message["emisor"]
        if message["clave"] != clave:
            raise Refusal(400, "la clave no es la del comprobante")
        if message["fecha"] != part.text("FechaEmision"):
            raise Refusal(400, "la fecha no es la del comprobante")
        if not isinstance(told, dict) or told.get("numeroIdentificacion") != issuer:
            raise Refusal(400, "el emisor no es el del comprobante")
        if digits(user) != issuer.lstrip("0"):
            raise Refusal(403, "el usuario no es el emisor")
        with self._lock:
            if clave in self._kept:
                cause = f"el comprobante {clave} ya fue recibido anteriormente"
                raise Refusal(400, cause)

    def _keep(
        self, message: dict[str, Any], document: bytes, part: Part, reply: ScriptedReply | None
    ) -> None:
        clave = part.text("Clave")
        number = (part.text("Emisor/Identificacion/Numero"), part.text("NumeroConsecutivo"))
        at = self._world.now()
        judgement = _scripted(judge(document, at), reply)
        with self._lock:
            if self._numbers.setdefault(number, clave) != clave:
                judgement = rejected(Record(-99, "El consecutivo ya fue usado"))
            self._kept[clave] = Kept(
                clave,
                message["fecha"],
                at,
                part,
                judgement,
                processing=reply.times if reply and reply.kind is Script.PROCESSING else 0,
                wrong_document=bool(reply and reply.kind is Script.WRONG_DOCUMENT),
            )

    # telling

    def _tell(self, request: Request, clave: str) -> Response:
        self._user(request)
        kept = self._kept.get(clave)
        age = self._world.now() - kept.at if kept else timedelta()
        if kept is None or age < self._seconds("hacienda.not_found_seconds"):
            self._write("ask", clave, b"", request, "unknown")
            return self._refused(Refusal(404, f"el comprobante {clave} no ha sido recibido"))
        if kept.processing > 0 or age < self._seconds("hacienda.processing_seconds"):
            kept.processing -= 1
            self._write("ask", clave, b"", request, "pending")
            return self._json({"clave": clave, "fecha": kept.date, "ind-estado": "procesando"})
        accepted = kept.judgement.accepted
        self._write("ask", clave, b"", request, "accepted" if accepted else "rejected")
        body = {
            "clave": clave,
            "fecha": kept.date,
            "ind-estado": "aceptado" if accepted else "rechazado",
            "respuesta-xml": b64encode(self._answer(kept)).decode(),
        }
        return self._json(body)

    def _answer(self, kept: Kept) -> bytes:
        with kept.lock:
            if kept.wrong_document:
                kept.wrong_document = False
                return build(kept.part, NOBODY, kept.judgement)
            if not kept.answer:
                kept.answer = build(kept.part, kept.clave, kept.judgement)
            return kept.answer

    def _list(self, request: Request) -> Response:
        self._user(request)
        first = int(request.query.get("offset", "0") or 0)
        most = min(50, int(request.query.get("limit", "50") or 50))
        found = [{"clave": one.clave, "fecha": one.date} for one in self._kept.values()]
        return self._json(found[first : first + most])

    # everything

    def _user(self, request: Request) -> str:
        if self._world.settings.get("hacienda.rate") == "exceeded":
            raise Refusal(429, "demasiadas llamadas")
        user = self._tokens.user(request)
        if user is None:
            raise Refusal(401, "token vencido o ausente")
        return user

    def _seconds(self, name: str) -> timedelta:
        return timedelta(seconds=float(self._world.settings.get(name, "0")))

    def _limits(self) -> dict[str, str]:
        reset = int(self._world.now().timestamp()) + 60
        return {
            "X-Ratelimit-Limit": str(LIMIT),
            "X-Ratelimit-Remaining": str(LIMIT - 1),
            "X-Ratelimit-Reset": str(reset),
        }

    def _json(self, body: object) -> Response:
        headers = {"Content-Type": "application/json", **self._limits()}
        return Response(200, json.dumps(body).encode(), headers)

    def _refused(self, refusal: Refusal) -> Response:
        return Response(refusal.status, b"", {"X-Error-Cause": str(refusal), **self._limits()})

    def _write(
        self, purpose: str, clave: str, document: bytes, request: Request, outcome: str
    ) -> None:
        self._world.ledger.write(
            authority="hacienda",
            purpose=purpose,
            fiscal_id=clave,
            document=document,
            body=request.body,
            outcome=outcome,
            at=self._world.now(),
        )


def _scripted(judgement: Judgement, reply: ScriptedReply | None) -> Judgement:
    """The verdict as a script wants it; no script makes a bad document good."""
    if reply is None or not judgement.accepted:
        return judgement
    if reply.kind is Script.OBSERVE:
        record = Record(_code(reply.code, -16), "Observación programada")
        return Judgement(True, (*judgement.records, record))
    if reply.kind is Script.REJECT:
        return rejected(Record(_code(reply.code, -9000), "Rechazo programado"))
    return judgement


def _code(told: str, default: int) -> int:
    try:
        return int(told) or default
    except ValueError:
        return default
