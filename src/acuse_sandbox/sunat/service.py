"""The services' addresses and operations, and the line in the ledger for every request."""

from __future__ import annotations

from acuse_sandbox.sunat import asking, cdr, soap, xsd
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.register import Register
from acuse_sandbox.sunat.sending import Sending
from acuse_sandbox.sunat.visit import Visit, caller
from acuse_sandbox.world import Request, Response, World

PURPOSES = {"/billService": "send", "/billConsultService": "ask"}
LATER = frozenset({"sendSummary", "sendPack", "getStatus"})  # of billService: with the RC and RA


class Sunat:
    """The pretended SUNAT of a world.

    Settings of the world: `sunat.mode` "beta" for homologation's manners (default: production);
    `sunat.empty` "1" to answer every call with 200 and no body, keeping nothing.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._register = Register()
        self._sending = Sending(world, self._register)
        # Both are made once per process: before the threads come, so that there is only one.
        cdr.signer()
        xsd.invoice()

    @property
    def uses_schemas(self) -> bool:
        """True if documents are validated against the published schemas (see `papers.folder`)."""
        return xsd.invoice() is not None

    @property
    def certificate(self) -> bytes:
        """The certificate (DER) that signs this process's CDRs: whom to trust in a test."""
        return cdr.signer().certificate

    def handle(self, request: Request) -> Response:
        """The answer to one request, written to the ledger."""
        purpose = PURPOSES.get(request.path)
        if purpose is None:
            return Response(404)
        if request.method != "POST":
            return Response(405, headers={"allow": "POST"})
        visit = Visit(purpose)
        response = self._answer(request, visit)
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

    def clear(self) -> None:
        """Forget all documents."""
        self._register.clear()

    def _answer(self, request: Request, visit: Visit) -> Response:
        if self._world.settings.get("sunat.empty") == "1":
            visit.outcome = "fault"
            return Response(200)
        try:
            return self._called(request, visit)
        except soap.NotSoap as reason:
            return soap.nonsense(reason)
        except Fault as reason:
            visit.outcome = reason.outcome
            return soap.fault(reason)

    def _called(self, request: Request, visit: Visit) -> Response:
        call = soap.read(request.body)
        action = request.headers.get("soapaction", "").strip('"')
        if action not in ("", f"urn:{call.operation}"):
            raise soap.NotSoap(f"SOAPAction {action}")
        match request.path, call.operation:
            case "/billService", "sendBill":
                return self._sending.take(call, visit)
            case "/billConsultService", "getStatusCdr":
                return asking.status_cdr(self._register, call, visit)
            case "/billConsultService", "getStatus":
                return asking.status(self._register, call, visit)
            case "/billService", later if later in LATER:
                caller(call)
                raise Fault("0302", f"El sandbox todavía no atiende {later}")
        raise soap.NotSoap(f"operation {call.operation}")
