"""The CDR: SUNAT's signed ApplicationResponse, or an OSE's, in the ZIP that it comes in.

Source: peru.md 5.3 and the samples of answers.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import dedent
from xml.sax.saxutils import escape

from acuse_sandbox.sunat import seal
from acuse_sandbox.sunat.judge import Verdict
from acuse_sandbox.sunat.kinds import KINDS, UBL, Service
from acuse_sandbox.sunat.registers import LIMA
from acuse_sandbox.sunat.seal import RUC
from acuse_sandbox.sunat.stem import Stem

OSE = "20999000623"  # an invented OSE, under whose name the sandbox answers in that mode
QR = "https://sunat.example/v1/contribuyente/gre/comprobantes/descargaqr?hashqr="
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{UBL}:{name}-2"'
    for prefix, name in (
        ("ar", "ApplicationResponse"),
        ("cac", "CommonAggregateComponents"),
        ("cbc", "CommonBasicComponents"),
        ("ext", "CommonExtensionComponents"),
    )
)
SIGNATORY = dedent(f"""
    <cac:Signature><cbc:ID>SignSUNAT</cbc:ID><cac:SignatoryParty>
    <cac:PartyIdentification><cbc:ID>{RUC}</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>SUNAT</cbc:Name></cac:PartyName></cac:SignatoryParty>
    <cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#SignSUNAT</cbc:URI>
    </cac:ExternalReference></cac:DigitalSignatureAttachment></cac:Signature>
""").replace("\n", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a CDR says, of which file, and when."""

    stem: Stem
    code: str
    text: str
    notes: tuple[str, ...]
    customer_id: str
    digest: str
    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """How a CDR is written: `words` are those of `options.CDR_FORMS`."""

    words: frozenset[str] = field(default_factory=frozenset)
    is_signed: bool = True
    is_ose: bool = False

    @property
    def encoding(self) -> str:
        """The encoding that it declares."""
        return "ISO-8859-1" if "latin1" in self.words else "UTF-8"


def answer(
    stem: Stem, verdict: Verdict, *, ordinal: int, at: datetime, zeros: bool = False
) -> Answer:
    """What follows from a verdict."""
    rejection = verdict.rejection
    label = stem.padded if zeros else stem.label
    text = KINDS[stem.kind].told(label, good=rejection is None)
    local = at.astimezone(LIMA)
    return Answer(
        stem=stem,
        code="0" if rejection is None else rejection.code,
        text=text if rejection is None else f"{text}: {rejection.sentence}",
        notes=tuple(f"{one.code} - {one.sentence}" for one in verdict.observations),
        customer_id=verdict.content.customer_id,
        digest=verdict.content.digest,
        id=f"{local:%Y%m%d}{ordinal:07}",
        at=local,
    )


def build(found: Answer, form: Form) -> bytes:
    """The ZIP `R-<name>.zip` with the answer on a file."""
    markup = _ose(found, form) if form.is_ose else _sunat(found, form)
    declared = f'<?xml version="1.0" encoding="{form.encoding}"?>{markup}'
    content = declared.encode(form.encoding, "xmlcharrefreplace")
    if form.is_signed:
        content = seal.sign(content, encoding=form.encoding)
    return _packed(f"R-{found.stem.name}.xml", content, form, found.at)


def _sunat(found: Answer, form: Form) -> str:
    label = found.stem.padded if "zeros" in form.words else found.stem.label
    response = (
        f"<cac:Response><cbc:ReferenceID>{label}</cbc:ReferenceID>"
        f"<cbc:ResponseCode>{found.code}</cbc:ResponseCode>"
        f"<cbc:Description>{escape(found.text)}</cbc:Description></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{label}</cbc:ID>{_url(found)}</cac:DocumentReference>"
        f"<cac:RecipientParty>{_party(found.customer_id)}</cac:RecipientParty>"
    )
    return _document(
        found,
        form,
        head=f"<cbc:UBLVersionID>2.0</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>1.0</cbc:CustomizationID><cbc:ID>{found.id}</cbc:ID>",
        parties=f"{SIGNATORY}<cac:SenderParty>{_party(RUC)}</cac:SenderParty>"
        f"<cac:ReceiverParty>{_party(found.stem.ruc)}</cac:ReceiverParty>",
        response=response,
    )


def _ose(found: Answer, form: Form) -> str:
    """The other shape: parties by company number between blanks, the document's hash."""
    label = found.stem.label
    response = (
        f"<cac:Response><cbc:ReferenceID>{label}</cbc:ReferenceID>"
        f'<cbc:ResponseCode listAgencyName="PE:SUNAT">{found.code}</cbc:ResponseCode>'
        f"<cbc:Description>{escape(found.text)}</cbc:Description></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{label}</cbc:ID>"
        f"<cbc:DocumentTypeCode>{found.stem.kind}</cbc:DocumentTypeCode>"
        "<cac:Attachment><cac:ExternalReference>"
        f"<cbc:DocumentHash>{escape(found.digest)}</cbc:DocumentHash>"
        "</cac:ExternalReference></cac:Attachment></cac:DocumentReference>"
        f"<cac:RecipientParty>{_company(found.customer_id.partition('-')[2])}</cac:RecipientParty>"
    )
    return _document(
        found,
        form,
        head=f"<cbc:UBLVersionID>2.1</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>1.0</cbc:CustomizationID><cbc:ID>{found.id}</cbc:ID>",
        parties=f"<cac:SenderParty>{_company(OSE)}</cac:SenderParty>"
        f"<cac:ReceiverParty>{_company(found.stem.ruc)}</cac:ReceiverParty>",
        response=response,
    )


def _document(found: Answer, form: Form, *, head: str, parties: str, response: str) -> str:
    at = found.at
    issued = f"{at:%Y-%m-%d}T{at:%H:%M:%S}" if "moment" in form.words else f"{at:%Y-%m-%d}"
    notes = "".join(f"<cbc:Note>{escape(note)}</cbc:Note>" for note in found.notes)
    return (
        f"<ar:ApplicationResponse {NAMESPACES}>"
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
        f"{seal.place(signed=form.is_signed)}</ext:ExtensionContent></ext:UBLExtension>"
        f"</ext:UBLExtensions>{head}"
        f"<cbc:IssueDate>{issued}</cbc:IssueDate><cbc:IssueTime>{at:%H:%M:%S}</cbc:IssueTime>"
        f"<cbc:ResponseDate>{at:%Y-%m-%d}</cbc:ResponseDate>"
        f"<cbc:ResponseTime>{at:%H:%M:%S}</cbc:ResponseTime>{notes}{parties}"
        f"<cac:DocumentResponse>{response}</cac:DocumentResponse></ar:ApplicationResponse>"
    )


def _url(found: Answer) -> str:
    """Of a guía that was accepted: where its QR leads."""
    if KINDS[found.stem.kind].service is not Service.GRE or found.code != "0":
        return ""
    key = hashlib.sha256(f"{found.stem.name} {found.digest}".encode()).hexdigest()
    return f"<cbc:DocumentDescription>{QR}{key}</cbc:DocumentDescription>"


def _party(number: str) -> str:
    return f"<cac:PartyIdentification><cbc:ID>{escape(number)}</cbc:ID></cac:PartyIdentification>"


def _company(number: str) -> str:
    return (
        f'<cac:PartyLegalEntity><cbc:CompanyID schemeID="6">{escape(number)}\n            '
        "</cbc:CompanyID></cac:PartyLegalEntity>"
    )


def _packed(name: str, content: bytes, form: Form, at: datetime) -> bytes:
    stamp = at.timetuple()[:6]
    dummy = (zipfile.ZipInfo("dummy/", stamp), b"")  # the real one has it too
    entry = zipfile.ZipInfo(name, stamp)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entries = [dummy, (entry, content)]
    if "no_dummy" in form.words:
        entries.remove(dummy)
    elif "dummy_after" in form.words:
        entries.reverse()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, bytes_ in entries:
            archive.writestr(info, bytes_)
    return buffer.getvalue()
