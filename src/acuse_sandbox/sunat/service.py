"""The services' addresses and operations, and the line in the ledger for every request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from acuse_sandbox.sunat import archive, learning, options, seal, soap, troubles, users, xsd
from acuse_sandbox.sunat.asking import Asking
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.gre import Guias
from acuse_sandbox.sunat.integrated import Integrated
from acuse_sandbox.sunat.issuing import Issuing
from acuse_sandbox.sunat.kinds import Service
from acuse_sandbox.sunat.register import Register
from acuse_sandbox.sunat.sending import Sending
from acuse_sandbox.sunat.summaries import Summaries
from acuse_sandbox.sunat.tickets import Tickets
from acuse_sandbox.sunat.tokens import Tokens
from acuse_sandbox.sunat.visit import Visit
from acuse_sandbox.world import Request, Response, World

SOAP = {
    "/billService": Service.BILL,
    "/otherService": Service.OTHER,
    "/billConsultService": None,
}
CDR = "getStatusCdr"
ASKING = frozenset({"getStatus", CDR})
TAKING = frozenset({"sendBill", "sendSummary", "sendPack", "getStatus"})
GUIAS = "/(?:gre|v1/contribuyente/gem)"
REST = (  # path, or the published one; method, purpose in the ledger, what it is called here
    (
        re.compile(r"/(?:register/token|v1/clientesextranet)/([^/]{1,100})(?:/oauth2/token)?/?"),
        "POST",
        "login",
        "client",
    ),
    (
        re.compile(
            r"/register/validarcomprobante/([0-9]{11})"
            r"|/v1/contribuyente/contribuyentes/([0-9]{11})/validarcomprobante"
        ),
        "POST",
        "ask",
        "tell",
    ),
    (
        re.compile(r"/(?:gre/token|v1/clientessol)/([^/]{1,100})(?:/oauth2/token)?/?"),
        "POST",
        "login",
        "password",
    ),
    (re.compile(rf"{GUIAS}/comprobantes/([^/]{{1,100}})"), "POST", "send", "guia"),
    (re.compile(rf"{GUIAS}/(?:comprobantes/)?envios/([^/]{{1,100}})"), "GET", "ask", "ticket"),
)


class Sunat:
    """The pretended SUNAT of a world: its settings are the fields of `options.Options`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._register = Register()
        self._tickets = Tickets()
        self._tokens = Tokens(world)
        issuing = Issuing(world)
        self._sending = Sending(world, self._register, issuing)
        self._summaries = Summaries(world, self._register, issuing, self._tickets)
        self._asking = Asking(world, self._register)
        integrated = Integrated(world, self._register, self._tokens)
        guias = Guias(world, self._register, issuing, self._tickets, self._tokens)
        self._rest: Mapping[str, Callable[[Request, str, Visit], Response]] = {
            "client": self._tokens.client,
            "password": self._tokens.password,
            "tell": integrated.tell,
            "guia": guias.take,
            "ticket": guias.tell,
        }
        # Both are made once per process: before the threads come, so that there is only one.
        seal.signer()
        xsd.invoice()

    @property
    def uses_schemas(self) -> bool:
        """True if documents are validated against the published schemas (see `papers.folder`)."""
        return xsd.invoice() is not None

    @property
    def certificate(self) -> bytes:
        """The certificate (DER) that signs this process's CDRs: whom to trust in a test."""
        return seal.signer().certificate

    def clear(self) -> None:
        """Forget all documents, tickets and tokens."""
        self._register.clear()
        self._tickets.clear()
        self._tokens.clear()

    def learn(self, what: str, told: Mapping[str, Any]) -> None:
        """Take an entry of a register; raises ValueError that says what is wrong with it."""
        key, text = learning.entry(what, told)
        if what == learning.DOCUMENT:
            self._register.keep(learning.record(told))
            return
        self._world.settings[f"{options.PREFIX}{what}.{key}"] = text

    def handle(self, request: Request) -> Response:
        """The answer to one request, written to the ledger."""
        if request.path in SOAP:
            if request.method != "POST":
                return Response(405, headers={"allow": "POST"})
            consults = SOAP[request.path] is None
            visit = Visit("ask" if consults else "send")
            return self._written(request, visit, self._enveloped(request, visit))
        for pattern, method, purpose, name in REST:
            match = pattern.fullmatch(request.path)
            if match is None:
                continue
            if request.method != method:
                return Response(405, headers={"allow": method})
            visit = Visit(purpose)
            return self._written(
                request, visit, self._plain(request, name, match[match.lastindex or 0], visit)
            )
        return Response(404)

    def _plain(self, request: Request, name: str, argument: str, visit: Visit) -> Response:
        """The answer of a service without SOAP."""
        try:
            page = self._of_everybody(visit)
        except Fault as fault:
            visit.outcome = "fault"
            return Response(500, f'{{"cod": "{fault.code}", "msg": "{fault.text}"}}'.encode())
        return self._rest[name](request, argument, visit) if page is None else page

    def _enveloped(self, request: Request, visit: Visit) -> Response:
        """The answer of a service with SOAP."""
        try:
            call = soap.read(request.body)
            action = request.headers.get("soapaction", "").strip('"')
            if action not in ("", f"urn:{call.operation}"):
                raise soap.NotSoap(f"SOAPAction {action}")
            if call.operation in ASKING:
                visit.purpose = "ask"
            page = self._of_everybody(visit)
            return self._called(request.path, call, visit) if page is None else page
        except soap.NotSoap as reason:
            return soap.nonsense(reason)
        except Fault as reason:
            visit.outcome = reason.outcome
            return soap.fault(reason, options.read(self._world.settings, visit.ruc))

    def _of_everybody(self, visit: Visit) -> Response | None:
        found = options.read(self._world.settings).trouble or {}
        return troubles.of_everybody(found.get(visit.purpose), visit)

    def _called(self, path: str, call: soap.Call, visit: Visit) -> Response:
        service = SOAP[path]
        if call.operation not in (TAKING if service else ASKING):
            raise soap.NotSoap(f"operation {call.operation}")
        user = users.read(self._world.settings, call.username, call.password)
        visit.ruc = user.ruc
        if service is None:
            ask = self._asking.status_cdr if call.operation == CDR else self._asking.status
            return ask(call, user, visit)
        match call.operation:
            case "sendSummary":
                return self._summaries.take(call, user, service, visit)
            case "getStatus":
                return self._summaries.status(call, user, visit)
            case "sendPack":
                archive.refuse_pack(call.fields.get("fileName", ""))
        return self._sending.take(call, user, service, visit)

    def _written(self, request: Request, visit: Visit, response: Response) -> Response:
        self._world.ledger.write(
            authority="sunat",
            purpose=visit.purpose,
            fiscal_id=visit.fiscal_id,
            document=visit.document,
            body=request.body,
            outcome=visit.outcome,
            at=self._world.now(),
        )
        return response
