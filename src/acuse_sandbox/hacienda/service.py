"""Hacienda's addresses, what every answer carries, and the line in the ledger for every request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from acuse_sandbox.hacienda import learning, seal, taxpayers
from acuse_sandbox.hacienda.archive import Archive
from acuse_sandbox.hacienda.callbacks import Callbacks
from acuse_sandbox.hacienda.judging import xsd
from acuse_sandbox.hacienda.limits import Left, Limits
from acuse_sandbox.hacienda.options import Fault, Options, read
from acuse_sandbox.hacienda.receiving import PAGE, Receiving
from acuse_sandbox.hacienda.refusal import Refusal, Visit
from acuse_sandbox.hacienda.registers import PREFIX
from acuse_sandbox.hacienda.telling import Telling
from acuse_sandbox.hacienda.tokens import Tokens
from acuse_sandbox.world import Request, Response, World

TOKEN = re.compile(r"/auth/realms/([\w-]{1,40})/protocol/openid-connect/token")
PATHS = (  # path, method, what it is called here, purpose in the ledger
    (re.compile(r"/recepcion/v1/recepcion"), "POST", "send", "send"),
    (re.compile(r"/recepcion/v1/recepcion/([^/]{1,80})"), "GET", "tell", "ask"),
    (re.compile(r"/recepcion/v1/comprobantes"), "GET", "list", "ask"),
    (re.compile(r"/recepcion/v1/comprobantes/([^/]{1,80})"), "GET", "summary", "ask"),
)


def _printable(text: str) -> str:
    """A text fit for a header, whatever a stranger put into it."""
    return re.sub(r"[^ -~¡-ÿ]", "?", text)[:300]


class Hacienda:
    """The pretended Hacienda of a world; its settings are the fields of `options.Options`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tokens = Tokens()
        self._limits = Limits()
        self._archive = Archive()
        self._callbacks = Callbacks(world, self._archive)
        self._receiving = Receiving(world, self._archive, self._callbacks)
        self._telling = Telling(world, self._archive)
        # Made once per process, before the threads come.
        seal.signer()
        xsd.warm()

    @property
    def uses_schemas(self) -> bool:
        """True if documents are validated against the published schemas (see `papers.folder`)."""
        return xsd.are_there()

    @property
    def certificate(self) -> bytes:
        """The certificate (DER) that signs this process's answers: whom to trust in a test."""
        return seal.signer().certificate

    def clear(self) -> None:
        """Forget all documents and tokens."""
        self._tokens.clear()
        self._limits.clear()
        self._archive.clear()

    def settle(self) -> None:
        """Wait for the callbacks on their way."""
        self._callbacks.settle()

    def learn(self, what: str, told: Mapping[str, Any]) -> None:
        """Keep an entry of a register (see `learning`); raises ValueError."""
        key, text = learning.entry(what, told)
        self._world.settings[f"{PREFIX}{what}.{key}"] = text

    def handle(self, request: Request) -> Response:
        """The answer to one request, written to the ledger; called from many threads."""
        options = read(self._world.settings)
        realm = TOKEN.fullmatch(request.path)
        if realm:
            return self._login(request, realm[1], options)
        if options.fault is Fault.GATEWAY_403:
            return Response(403, b'{"message":"Forbidden"}', {"Content-Type": "application/json"})
        if request.path == taxpayers.PATH and request.method == "GET":
            return self._looked_up(request, options)
        for pattern, method, name, purpose in PATHS:
            match = pattern.fullmatch(request.path)
            if match and request.method == method:
                visit = Visit(purpose)
                response = self._called(name, match, request, options, visit)
                self._write(visit, request)
                return response
        known = any(pattern.fullmatch(request.path) for pattern, *_ in PATHS)
        known = known or request.path == taxpayers.PATH
        status, cause = (
            (405, "método no permitido") if known else (403, "ruta desconocida (CR-API-9)")
        )
        return Response(status, headers={"X-Error-Cause": cause})

    def _login(self, request: Request, realm: str, options: Options) -> Response:
        if request.method != "POST":
            return Response(405, headers={"Allow": "POST"})
        visit = Visit("login")
        at = self._world.now()
        response = self._tokens.grant(request, realm, options=options, at=at, visit=visit)
        self._write(visit, request)
        return response

    def _looked_up(self, request: Request, options: Options) -> Response:
        visit = Visit("ask", outcome="fault")
        response = Response(502, PAGE, {"Content-Type": "text/html"})
        if options.fault is not Fault.PAGE_502:
            response = taxpayers.answer(self._world.settings, request.query)
            visit.outcome = {200: "accepted", 404: "unknown"}.get(response.status, "refused")
        self._write(visit, request)
        return response

    def _called(
        self, name: str, match: re.Match[str], request: Request, options: Options, visit: Visit
    ) -> Response:
        if options.fault is Fault.PAGE_502:
            visit.outcome = "fault"
            return Response(502, PAGE, {"Content-Type": "text/html"})
        at = self._world.now()
        token = self._tokens.bearer(request, at)
        user = token.user if token else None
        visit.realm = token.realm if token else ""
        left = self._limits.spend(user or "", limit=options.rate_limit, at=at)
        try:
            response = self._answer(name, match, request, user, left, options, visit)
        except Refusal as refusal:
            response = Response(
                refusal.status, headers={"X-Error-Cause": _printable(refusal.cause)}
            )
        return replace(response, headers={**left.headers, **response.headers})

    def _answer(
        self,
        name: str,
        match: re.Match[str],
        request: Request,
        user: str | None,
        left: Left,
        options: Options,
        visit: Visit,
    ) -> Response:
        if left.exceeded:
            raise Refusal(429, "demasiadas llamadas (CR-API-8)")
        if user is None:
            raise Refusal(401, "token ausente o vencido (CR-API-5)")
        match name:
            case "send":
                return self._receiving.take(request, user, options, visit)
            case "tell":
                return self._telling.tell(match[1], user, options, visit)
            case "list":
                return self._telling.listed(request.query, user, visit)
        return self._telling.summary(match[1], user, visit)

    def _write(self, visit: Visit, request: Request) -> None:
        self._world.ledger.write(
            authority="hacienda",
            purpose=visit.purpose,
            fiscal_id=visit.fiscal_id,
            document=visit.document,
            body=request.body,
            outcome=visit.outcome,
            at=self._world.now(),
        )
