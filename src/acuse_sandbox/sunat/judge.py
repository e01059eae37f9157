"""The verdict on one factura: a fault, a rejection, or acceptance with its observations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from acuse_sandbox import hardened
from acuse_sandbox.sunat import signature, xsd
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.rulebook import judge as rulebook
from acuse_sandbox.sunat.rulebook import reading
from acuse_sandbox.sunat.rulebook.invoice import Party
from acuse_sandbox.sunat.rulebook.registers import Registers, Stated
from acuse_sandbox.sunat.rulebook.rule import Finding, Severity
from acuse_sandbox.sunat.stem import Stem

STATED: Registers = Stated()
LIMA = timezone(timedelta(hours=-5))  # no daylight saving


@dataclass(frozen=True, slots=True)
class Verdict:
    """What SUNAT says of a document, and to whom it was addressed."""

    rejection: Finding | None
    observations: tuple[Finding, ...]
    customer_id: str  # "6-20999000119", as the CDR names it
    customer_name: str

    @property
    def outcome(self) -> str:
        """The ledger's word for it."""
        if self.rejection is not None:
            return "rejected"
        return "observed" if self.observations else "accepted"


def judge(document: bytes, stem: Stem, at: datetime) -> Verdict:
    """The verdict on a signed document; raises Fault where it is not even judged."""
    try:
        root = hardened.parse(document)
    except hardened.Unreadable as error:
        raise Fault("0306") from error
    complaint = xsd.complaint(root)
    if complaint or root.tag != reading.INVOICE:
        raise Fault("0306", f"El archivo XML no cumple el esquema: {complaint or str(root.tag)}")
    found = rulebook.judge(root, name=stem.name, today=at.astimezone(LIMA).date(), registers=STATED)
    for finding in found:
        if finding.severity is Severity.FAULT:
            raise Fault(finding.code, finding.sentence)
    findings = [*signature.examine(root, stem.ruc, at), *found]
    return _verdict(findings, reading.read(root).customer)


def _verdict(findings: list[Finding], customer: Party) -> Verdict:
    rejection = next((f for f in findings if f.severity is Severity.REJECTION), None)
    remarks = tuple(f for f in findings if f.severity is Severity.OBSERVATION)
    return Verdict(
        rejection=rejection,
        observations=remarks if rejection is None else (),
        customer_id=f"{customer.scheme or ''}-{customer.number or ''}",
        customer_name=customer.name or "",
    )
