"""The verdict on one document: authorisation, schema, signature, then the rulebook.

Source: colombia.md 6 ("what the service does, in order") and 10 (ZB01, ZE02, ZD, 92, RUT01).
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from acuse_sandbox.dian import options as settings_of
from acuse_sandbox.dian import registers, signature, xsd
from acuse_sandbox.dian.certificate import Certificate
from acuse_sandbox.dian.options import Options
from acuse_sandbox.dian.reading import Document
from acuse_sandbox.dian.refusal import Refusal
from acuse_sandbox.dian.register import Register
from acuse_sandbox.dian.registers import Settings
from acuse_sandbox.dian.rulebook import Facts, Finding, KnownDocument, judge
from acuse_sandbox.dian.verdict import NOTIFICATION, REJECTION, Verdict, folded

RUT = Finding("RUT01", NOTIFICATION, "El estado en el RUT se validará próximamente.")
NOT_ENABLED = Finding("92", REJECTION, "El emisor no está habilitado para emitir.")


def authorise(
    caller: Certificate, document: Document, settings: Settings, options: Options
) -> None:
    """Raise Refusal 89 where the caller may not send for the issuer."""
    issuer = document.issuer_nit
    if options.authorisation == "any" or caller.is_of(issuer):
        return
    for _, entry in settings_of.entries(settings, "provider"):
        if entry["nit"] == issuer and caller.is_of(entry["provider"]):
            return
    nit = caller.number or "desconocido"
    raise Refusal(f"NIT {nit} no autorizado a enviar documentos para emisor con NIT {issuer}.")


def facts(
    document: Document,
    caller: Certificate,
    *,
    options: Options,
    settings: Settings,
    register: Register,
    at: datetime,
) -> Facts:
    """Everything that a rule may ask about."""
    nit = document.issuer_nit
    environment: Literal["1", "2"] = "1" if options.environment == "1" else "2"
    return Facts(
        environment=environment,
        at=at,
        certificate_nit=nit if caller.is_of(nit) else caller.number,
        ranges=tuple(one.range for one in registers.ranges(settings, nit, environment=environment)),
        software=registers.software(settings, nit),
        rut=registers.rut(settings),
        known=lambda uuid: known(register, uuid),
        contingencies=settings_of.contingencies(settings),
        strict_software=options.strict_software,
    )


def known(register: Register, uuid: str) -> KnownDocument | None:
    """An accepted document, as notes and events refer to it."""
    found = register.find(uuid.strip().lower())
    if found is None or not found.verdict.is_accepted:
        return None
    document = found.document
    assert document.issued_on is not None
    return KnownDocument(
        issuer_nit=document.issuer_nit,
        number=document.number,
        kind_code=document.kind_code,
        issued_on=document.issued_on,
        receiver_nit=document.receiver_nit,
    )


def verdict(document: Document, what: Facts, *, options: Options, is_enabled: bool) -> Verdict:
    """What is found in a document; a document against the schema is judged no further."""
    findings = sealed(document, options=options, at=what.at)
    if not any(finding.code == "ZB01" for finding in findings):
        findings += judge(document.root, what)
    if options.strict_enablement and not is_enabled:
        findings.append(NOT_ENABLED)
    if options.notify_rut:
        findings.append(RUT)
    return Verdict(folded(findings))


def sealed(document: Document, *, options: Options, at: datetime) -> list[Finding]:
    """What the schema and the signature have against a document or an event."""
    complaint = xsd.complaint(document.root)
    if complaint:
        return [Finding("ZB01", REJECTION, f"Fallo en el esquema XML del archivo: {complaint}")]
    return [
        Finding(code, REJECTION, text)
        for code, text in signature.examine(
            document.root, at=at, revoked=options.revoked, distrusted=options.distrusted
        )
    ]
