"""The verdict on one document or summary: a fault, a rejection, or acceptance with observations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from acuse_sandbox import hardened
from acuse_sandbox.hardened import Element
from acuse_sandbox.sunat import certificates, content, signature, xsd
from acuse_sandbox.sunat.content import Content
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.kinds import KINDS
from acuse_sandbox.sunat.options import Mode
from acuse_sandbox.sunat.registers import LIMA, STATED, Background
from acuse_sandbox.sunat.rulebook import judge as rulebook
from acuse_sandbox.sunat.rulebook.rule import Finding, Severity
from acuse_sandbox.sunat.stem import Stem


@dataclass(frozen=True, slots=True)
class Verdict:
    """What SUNAT says of a document, and what it read in it."""

    rejection: Finding | None
    observations: tuple[Finding, ...]
    content: Content

    @property
    def outcome(self) -> str:
        """The ledger's word for it."""
        if self.rejection is not None:  # a summary can be taken and yet not judged
            return "refused" if self.rejection.severity is Severity.FAULT else "rejected"
        return "observed" if self.observations else "accepted"


# An OSE sends for those who must not send by themselves; homologation takes any certificate.
LIFTED = {
    Mode.PRODUCTION: frozenset[str](),
    Mode.OSE: frozenset({"1078"}),
    Mode.BETA: frozenset({"2325", "2326", "2327", "2328"}),
}


def judge(document: bytes, stem: Stem, at: datetime, background: Background = STATED) -> Verdict:
    """The verdict on a signed file; raises Fault where it is not even judged."""
    root = _parsed(document, stem)
    today = at.astimezone(LIMA).date()
    found = content.read(root, stem, KINDS[stem.kind])
    certified = background.certificates
    findings = [
        *signature.examine(root, stem.ruc, at, signers=certified.signers),
        *certificates.examine(certified, root, found.issued),
        *rulebook.judge(root, name=stem.name, today=today, registers=background.registers),
    ]
    lifted = LIFTED[background.mode]
    return _verdict([one for one in findings if one.code not in lifted], found)


def _parsed(document: bytes, stem: Stem) -> Element:
    try:
        root = hardened.parse(document)
    except hardened.Unreadable as error:
        raise Fault("0306") from error
    kind = KINDS[stem.kind]
    complaint = xsd.complaint(root, kind)
    if complaint or root.tag != kind.element:
        raise Fault("0306", f"El archivo XML no cumple el esquema: {complaint or str(root.tag)}")
    # No rule asks for a line, only the schema, which this machine may lack.
    if kind.line and root.find(kind.line) is None:
        raise Fault("0306", "El archivo XML no cumple el esquema: no tiene ninguna línea")
    return root


def _verdict(findings: list[Finding], found: Content) -> Verdict:
    for finding in findings:
        if finding.severity is Severity.FAULT:
            raise Fault(finding.code, finding.sentence)
    rejection = next((f for f in findings if f.severity is Severity.REJECTION), None)
    remarks = tuple(f for f in findings if f.severity is Severity.OBSERVATION)
    return Verdict(rejection, remarks if rejection is None else (), found)
