"""The service's address and operations, and the lines in the ledger for every request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from acuse_sandbox.dian import answers, envelope, learning, seal, security, troubles, xsd
from acuse_sandbox.dian.batches import Batches
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.envelope import Call
from acuse_sandbox.dian.events import Events
from acuse_sandbox.dian.judged import Bench
from acuse_sandbox.dian.lookups import Lookups
from acuse_sandbox.dian.options import PREFIX, Options, read
from acuse_sandbox.dian.refusal import (
    InvalidSecurity,
    NotSoap,
    UnknownAction,
    UnknownCertificate,
    Visit,
)
from acuse_sandbox.dian.register import Register
from acuse_sandbox.dian.sending import Sending
from acuse_sandbox.world import Request, Response, World

PATH = "/WcfDianCustomerServices.svc"
UNKNOWN = "El certificado no está registrado."
Operation = Callable[[Call, Certificate, Options, Visit], Response]


class Dian:
    """The pretended DIAN of a world; what can be set of it stands in `options`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._register = Register()
        bench = Bench(world, self._register)
        sending, batches = Sending(bench), Batches(bench)
        events, lookups = Events(bench), Lookups(bench)
        self._operations: dict[str, tuple[str, Operation]] = {
            "SendBillSync": ("send", sending.take),
            "SendBillAsync": ("send", batches.take),
            "SendTestSetAsync": ("send", batches.take),
            "SendEventUpdateStatus": ("send", events.take),
            "GetStatus": ("ask", sending.ask),
            "GetStatusZip": ("ask", batches.ask),
            "GetStatusEvent": ("ask", events.ask),
            "GetNumberingRange": ("ask", lookups.ranges),
            "GetXmlByDocumentKey": ("ask", lookups.document),
            "GetExchangeEmails": ("ask", lookups.exchange_emails),
            "GetAcquirer": ("ask", lookups.acquirer),
        }
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
        """Forget all documents; the registers are settings of the world, and go with these."""
        self._register.clear()

    def learn(self, what: str, told: Mapping[str, Any]) -> None:
        """Keep an entry of a register (see `learning`); raises ValueError."""
        key, text = learning.entry(what, told)
        self._world.settings[f"{PREFIX}{what}.{key}"] = text

    def handle(self, request: Request) -> Response:
        """The answer to one request, written to the ledger; called from many threads."""
        if request.path != PATH:
            return Response(404)
        if request.method != "POST":
            return Response(405, headers={"allow": "POST"})
        visit = Visit("ask")
        response = self._answer(request, visit)
        for one in (visit, *visit.more):
            self._write(one, request)
        return response

    def _answer(self, request: Request, visit: Visit) -> Response:
        content_type = request.headers.get("content-type", "")
        if envelope.CONTENT not in content_type:
            return Response(415)
        try:
            call = envelope.read(request.body, content_type)
            return self._called(call, request, visit)
        except NotSoap as reason:
            return envelope.fault("", f"The request is not understood: {reason}")
        except UnknownAction as reason:
            return envelope.unsupported(str(reason))
        except InvalidSecurity:
            visit.outcome = "fault"
            return envelope.invalid_security()
        except UnknownCertificate:
            visit.outcome = "fault"
            return envelope.no_reason()

    def _called(self, call: Call, request: Request, visit: Visit) -> Response:
        if call.operation not in self._operations:
            raise UnknownAction(envelope.ACTIONS + call.operation)
        visit.purpose, operation = self._operations[call.operation]
        options = read(self._world.settings)
        gone = troubles.of_everybody(options.fault, visit)
        if gone is not None:
            return gone
        caller = security.caller(call, request, at=self._world.now())
        if caller.serial in options.unknown_certificates:
            result = answers.refused(call.operation, "401", UNKNOWN)
            return envelope.answer(call.operation, result, self._world.now())
        return operation(call, caller, options, visit)

    def _write(self, visit: Visit, request: Request) -> None:
        self._world.ledger.write(
            authority=security.NAME,
            purpose=visit.purpose,
            fiscal_id=visit.fiscal_id,
            document=visit.document,
            body=request.body,
            outcome=visit.outcome,
            at=self._world.now(),
        )
