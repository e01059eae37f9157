"""What is asked about no document in conversation: ranges, originals, mailboxes, acquirers.

Source: colombia.md 6 and 6b. Codes of OperationCode and Code other than 100 are UNCONFIRMED.
"""

from __future__ import annotations

from dataclasses import dataclass

from acuse_sandbox.dian import answers, envelope, registers
from acuse_sandbox.dian import options as settings_of
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.envelope import Call
from acuse_sandbox.dian.judged import Bench
from acuse_sandbox.dian.options import Options
from acuse_sandbox.dian.receipt import BOGOTA
from acuse_sandbox.dian.refusal import Visit
from acuse_sandbox.dian.registers import Registered
from acuse_sandbox.world import Response

DONE = ("100", "Acción completada OK.")
NOT_YOURS = ("401", "El certificado no está autorizado para consultar este NIT.")
NO_RANGES = ("302", "No hay rangos de numeración para este NIT.")
NO_DOCUMENT = ("205", "Documento no encontrado.")
NOBODY = ("404", "No hay información del adquirente.")
FOUND = ("200", "Consulta exitosa.")


@dataclass(frozen=True, slots=True)
class Lookups:
    """What answers these questions."""

    bench: Bench

    def ranges(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """GetNumberingRange: the test range, in habilitación, and those registered for the NIT."""
        nit = call.fields.get("accountCode", "").strip()
        if not (caller.is_of(nit) or caller.is_of(call.fields.get("accountCodeT", "").strip())):
            return self._ranges(call, NOT_YOURS, [])
        found = registers.ranges(self.bench.world.settings, nit, environment=options.environment)
        visit.outcome = "accepted" if found else "unknown"
        return self._ranges(call, DONE if found else NO_RANGES, found)

    def document(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """GetXmlByDocumentKey: an accepted document as it came, to who issued or received it."""
        visit.fiscal_id = call.fields.get("trackId", "").strip().lower()
        visit.outcome = "unknown"
        record = self.bench.register.find(visit.fiscal_id)
        if record is None or not record.verdict.is_accepted:
            return self._document(call, NO_DOCUMENT, None, None)
        document = record.document
        if not any(map(caller.is_of, (document.issuer_nit, document.receiver_nit))):
            visit.outcome = "refused"
            return self._document(call, NOT_YOURS, None, None)
        visit.outcome = "accepted"
        day = f"{record.at.astimezone(BOGOTA):%Y-%m-%dT%H:%M:%S}"
        return self._document(call, DONE, day, answers.encoded(document.content))

    def exchange_emails(
        self, call: Call, caller: Certificate, options: Options, visit: Visit
    ) -> Response:
        """GetExchangeEmails: NIT and reception mailbox of all who registered one."""
        rows = sorted(
            f"{nit},{entry['email']}"
            for nit, entry in settings_of.entries(self.bench.world.settings, "mailbox")
        )
        visit.outcome = "accepted"
        content = "".join(f"{row}\r\n" for row in rows).encode()
        return self._flat(
            call,
            CsvBase64Bytes=answers.encoded(content),
            Message="Consulta exitosa.",
            StatusCode="0",
            Success="true",
        )

    def acquirer(self, call: Call, caller: Certificate, options: Options, visit: Visit) -> Response:
        """GetAcquirer: name and e-mail of one buyer, by type and number of identity."""
        asked = [
            call.fields.get(name, "").strip()
            for name in ("identificationType", "identificationNumber")
        ]
        people = dict(settings_of.entries(self.bench.world.settings, "acquirer"))
        found = people.get("-".join(asked))
        visit.outcome = "unknown" if found is None else "accepted"
        code, message = NOBODY if found is None else FOUND
        person = found or {}
        return self._flat(
            call,
            Message=message,
            ReceiverEmail=person.get("email", "") if found else None,
            ReceiverName=person.get("name"),
            StatusCode=code,
        )

    def _ranges(self, call: Call, told: tuple[str, str], found: list[Registered]) -> Response:
        rows = [
            {
                "ResolutionNumber": one.range.resolution,
                "ResolutionDate": f"{one.resolved_on}",
                "Prefix": one.range.prefix,
                "FromNumber": f"{one.range.first}",
                "ToNumber": f"{one.range.last}",
                "ValidDateFrom": f"{one.range.valid_from}",
                "ValidDateTo": f"{one.range.valid_until}",
                "TechnicalKey": one.range.technical_key or "",
            }
            for one in found
        ]
        return self._said(call, answers.ranges(call.operation, *told, rows))

    def _document(
        self, call: Call, told: tuple[str, str], day: str | None, content: str | None
    ) -> Response:
        code, message = told
        return self._flat(
            call,
            Code=code,
            Message=message,
            ValidationDate=day,
            XmlBytesBase64=content,
        )

    def _flat(self, call: Call, **members: str | None) -> Response:
        return self._said(call, answers.flat(call.operation, **members))

    def _said(self, call: Call, result: str) -> Response:
        return envelope.answer(call.operation, result, self.bench.world.now())
