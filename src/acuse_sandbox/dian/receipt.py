"""The ApplicationResponse: what the DIAN signs and gives back. Source: colombia.md 5 and 6."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import escape

from acuse_sandbox.dian import identity, seal
from acuse_sandbox.dian.reading import NAMESPACES, UBL, Document
from acuse_sandbox.dian.register import Event
from acuse_sandbox.dian.rulebook import Finding

BOGOTA = timezone(timedelta(hours=-5))  # no daylight saving
AGENCY = (
    'schemeAgencyID="195" schemeAgencyName="CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)"'
)
UNECE = "United Nations Economic Commission for Europe"
COUNTRY_CODES = "urn:oasis:names:specification:ubl:codelist:gc:CountryIdentificationCode-2.1"
DIAN_NAME = "Unidad Especial Dirección de Impuestos y Aduanas Nacionales"
VALIDATED = ("02", "Documento validado por la DIAN")
REJECTED = ("04", "Documento rechazado por la DIAN")
WITH_ERRORS = "Documento con errores en campos mandatorios."
MARK = "<!--unsigned-->"
QUOTES = {'"': "&quot;"}


@dataclass(frozen=True, slots=True)
class Named:
    """The document that a receipt names."""

    number: str
    uuid: str
    scheme: str


def build(
    document: Document,
    findings: tuple[Finding, ...],
    *,
    accepted: bool,
    sentence: str,
    environment: str,
    ordinal: int,
    at: datetime,
    named: Named | None = None,
    signed: bool = True,
) -> bytes:
    """The receipt for a judged document, or event; `named` for one that names another."""
    what = named or Named(document.number, document.uuid, document.scheme)
    code, description = VALIDATED if accepted else REJECTED
    lines = [("0000", "0"), ("0" if accepted else "99", sentence)]
    lines += [(finding.code, finding.text) for finding in findings]
    inner = (
        "<cac:DocumentResponse>"
        f"{_response(code, description)}{_reference(what)}"
        f"{''.join(_line(n, *line) for n, line in enumerate(lines, start=1))}"
        "</cac:DocumentResponse>"
    )
    receiver = _party(document.issuer_name, document.issuer_nit)
    return _written(inner, receiver, environment, ordinal, at, signed=signed)


def of_events(
    document: Document, events: list[Event], *, environment: str, ordinal: int, at: datetime
) -> bytes:
    """The events registered for a document, one DocumentResponse each (shape UNCONFIRMED)."""
    inner = "".join(
        "<cac:DocumentResponse>"
        f"{_response(event.code, event.description, event)}"
        f"{_reference(Named(event.number, event.uuid, 'CUDE-SHA384'))}"
        "</cac:DocumentResponse>"
        for event in events
    )
    receiver = _party(document.issuer_name, document.issuer_nit)
    return _written(inner, receiver, environment, ordinal, at, signed=True)


def _written(
    inner: str, receiver: str, environment: str, ordinal: int, at: datetime, *, signed: bool
) -> bytes:
    local = at.astimezone(BOGOTA)
    uuid = hashlib.sha384(f"{ordinal}{local.isoformat()}{inner}".encode()).hexdigest()
    signature = seal.template(uuid[:36], local) if signed else MARK
    namespaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    markup = (
        f'<ApplicationResponse xmlns="{UBL}:ApplicationResponse-2"{namespaces}>'
        f"<ext:UBLExtensions>{_extension(_dian_extensions())}{_extension(signature)}"
        "</ext:UBLExtensions>"
        "<cbc:UBLVersionID>UBL 2.1</cbc:UBLVersionID>"
        "<cbc:CustomizationID>1</cbc:CustomizationID><cbc:ProfileID>DIAN 2.1</cbc:ProfileID>"
        f"<cbc:ProfileExecutionID>{environment}</cbc:ProfileExecutionID>"
        f"<cbc:ID>{174000 + ordinal}</cbc:ID>"
        f'<cbc:UUID schemeID="{environment}" schemeName="CUDE-SHA384">{uuid}</cbc:UUID>'
        f"<cbc:IssueDate>{local:%Y-%m-%d}</cbc:IssueDate>"
        f"<cbc:IssueTime>{local:%H:%M:%S}-05:00</cbc:IssueTime>"
        f"<cac:SenderParty>{_party(DIAN_NAME, identity.DIAN)}</cac:SenderParty>"
        f"<cac:ReceiverParty>{receiver}</cac:ReceiverParty>{inner}</ApplicationResponse>"
    )
    if signed:
        return seal.signed(markup)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{markup}'.encode()


def _extension(content: str) -> str:
    return (
        f"<ext:UBLExtension><ext:ExtensionContent>{content}</ext:ExtensionContent>"
        "</ext:UBLExtension>"
    )


def _dian_extensions() -> str:
    digit = identity.check_digit(identity.DIAN)
    own = f'{AGENCY} schemeID="{digit}" schemeName="31"'
    return (
        "<sts:DianExtensions><sts:InvoiceSource><cbc:IdentificationCode"
        f' listAgencyID="6" listAgencyName="{UNECE}" listSchemeURI="{COUNTRY_CODES}">CO'
        "</cbc:IdentificationCode></sts:InvoiceSource><sts:SoftwareProvider>"
        f"<sts:ProviderID {own}>{identity.DIAN}</sts:ProviderID>"
        f"<sts:SoftwareID {AGENCY}>...</sts:SoftwareID></sts:SoftwareProvider>"
        f"<sts:SoftwareSecurityCode {AGENCY}>...</sts:SoftwareSecurityCode>"
        "<sts:AuthorizationProvider>"
        f"<sts:AuthorizationProviderID {own}>{identity.DIAN}</sts:AuthorizationProviderID>"
        "</sts:AuthorizationProvider></sts:DianExtensions>"
    )


def _party(name: str, number: str) -> str:
    digit = f' schemeID="{identity.check_digit(number)}"' if number.isdecimal() else ""
    return (
        f"<cac:PartyTaxScheme><cbc:RegistrationName>{escape(name)}</cbc:RegistrationName>"
        f'<cbc:CompanyID {AGENCY}{digit} schemeName="31">{escape(number)}</cbc:CompanyID>'
        "<cac:TaxScheme><cbc:ID>01</cbc:ID><cbc:Name>IVA</cbc:Name></cac:TaxScheme>"
        "</cac:PartyTaxScheme>"
    )


def _response(code: str, description: str, event: Event | None = None) -> str:
    concept, moment = "", ""
    if event is not None:
        at = event.at.astimezone(BOGOTA)
        concept = f' name="{escape(event.concept, QUOTES)}"' if event.concept else ""
        moment = (
            f"<cbc:EffectiveDate>{at:%Y-%m-%d}</cbc:EffectiveDate>"
            f"<cbc:EffectiveTime>{at:%H:%M:%S}-05:00</cbc:EffectiveTime>"
        )
    return (
        f"<cac:Response><cbc:ResponseCode{concept}>{escape(code)}</cbc:ResponseCode>"
        f"<cbc:Description>{escape(description)}</cbc:Description>{moment}</cac:Response>"
    )


def _reference(what: Named) -> str:
    scheme = escape(what.scheme, QUOTES)
    return (
        f"<cac:DocumentReference><cbc:ID>{escape(what.number)}</cbc:ID>"
        f'<cbc:UUID schemeName="{scheme}">{escape(what.uuid)}</cbc:UUID></cac:DocumentReference>'
    )


def _line(number: int, code: str, description: str) -> str:
    return (
        f"<cac:LineResponse><cac:LineReference><cbc:LineID>{number}</cbc:LineID>"
        f"</cac:LineReference>{_response(code, description)}</cac:LineResponse>"
    )
