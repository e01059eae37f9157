"""The signed ApplicationResponse by which an event is declared. Source: colombia.md 2, 4 and 9."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.jurisdiction import Credential, Draws, Sealed
from acuse.domain.party import Company
from acuse.domain.received import ReceivedDocument, Reception, ReceptionKind, Signatory
from acuse.jurisdictions.co import ids, tax_parties
from acuse.jurisdictions.co.dian import STS, dian_extensions
from acuse.jurisdictions.co.doubts import EVENT_CUSTOMIZATION, EVENT_PROFILE, TACIT_OATH
from acuse.jurisdictions.co.rules_reception import BY_KIND, CLAIMS
from acuse.jurisdictions.co.seal import sign
from acuse.jurisdictions.co.tax_parties import NIT, TaxParty, written
from acuse.jurisdictions.co.traits import TRAITS
from acuse.xml import parse
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, namespace_declarations, node
from acuse.xml.ubl import NAMESPACES as UBL_NAMESPACES
from acuse.xml.ubl import UBL

NAMESPACES = UBL_NAMESPACES | {"": f"{UBL}ApplicationResponse-2", "sts": STS}
START = (
    f"<ApplicationResponse{namespace_declarations(NAMESPACES)}><ext:UBLExtensions>"
    "<ext:UBLExtension><ext:ExtensionContent>"
)
BETWEEN = "</ext:ExtensionContent></ext:UBLExtension><ext:UBLExtension><ext:ExtensionContent>"
END = "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"

_HEADING = joined(
    leaf("cbc:UBLVersionID")("UBL 2.1"),
    leaf("cbc:CustomizationID")(EVENT_CUSTOMIZATION),
    leaf("cbc:ProfileID")(EVENT_PROFILE),
)
_environment = leaf("cbc:ProfileExecutionID")
_id = leaf("cbc:ID")
_uuid = leaf("cbc:UUID", "schemeID", schemeName="CUDE-SHA384")
_day, _hour, _note = leaf("cbc:IssueDate"), leaf("cbc:IssueTime"), leaf("cbc:Note")
_sender, _receiver = node("cac:SenderParty"), node("cac:ReceiverParty")
_document_response, _response = node("cac:DocumentResponse"), node("cac:Response")
_code, _claim_code = leaf("cbc:ResponseCode"), leaf("cbc:ResponseCode", "listID", "name")
_description = leaf("cbc:Description")
_reference = node("cac:DocumentReference")
_named = leaf("cbc:UUID", schemeName="CUFE-SHA384")
_type_code = leaf("cbc:DocumentTypeCode")
_person = node("cac:IssuerParty", "cac:Person")
_person_id = leaf("cbc:ID", "schemeName")
_person_nit = leaf("cbc:ID", "schemeID", schemeName=NIT)
_first, _family = leaf("cbc:FirstName"), leaf("cbc:FamilyName")
_job, _department = leaf("cbc:JobTitle"), leaf("cbc:OrganizationDepartment")
_KINDS = {kind.key: kind.code for kind in TRAITS.tax_ids}


def seal_reception(
    reception: Reception, company: Company, draws: Draws, credential: Credential, at: datetime
) -> Sealed:
    """The signed event; its fiscal id is the CUDE. Same arguments, same bytes."""
    day, hour = ids.day(at), ids.hour(at)
    environment = ids.environment_code(company.environment)
    pin = credential.secret("software_pin")
    sender, receiver = _parties(reception, company)
    cude = ids.event_cude(
        number=reception.number,
        date=day,
        time=hour,
        sender=sender.number,
        receiver=receiver.number,
        code=BY_KIND[reception.kind].code,
        reference=reception.document.number,
        reference_type=reception.document.kind_code,
        pin=pin,
    )
    extension = dian_extensions(company, number=reception.number, uuid=cude, pin=pin)
    before = START + extension + BETWEEN
    after = END + joined(
        _HEADING,
        _environment(environment),
        _id(reception.number),
        _uuid(cude, environment),
        _day(day),
        _hour(hour),
        maybe(_note, _words(reception)),
        _sender(written(sender, level=False)),
        _receiver(written(receiver, level=False)),
        _about(reception),
    )
    content = sign(before, f"{after}</ApplicationResponse>", NAMESPACES, cude, credential, at)
    stem = ids.file_stem("ar", company.tax_id.number, int(day[:4]), draws.file)
    return Sealed(content, cude, reception.number, f"{stem}.xml", at)


def _parties(reception: Reception, company: Company) -> tuple[TaxParty, TaxParty]:
    """Sender and receiver: the buyer to its supplier, or (tacit) the issuer to the DIAN."""
    if BY_KIND[reception.kind].by_issuer:
        return tax_parties.of_company(company), tax_parties.DIAN
    root = parse.parse(reception.document.content)
    supplier = tax_parties.of_document(root, "AccountingSupplierParty")
    return tax_parties.of_company(company), supplier


def _words(reception: Reception) -> str:
    """The note: sworn where the acceptance is tacit, free where there is a claim."""
    if reception.kind is ReceptionKind.ACCEPTED_BY_LAPSE:
        return TACIT_OATH
    return reception.note.strip() if reception.kind is ReceptionKind.CLAIMED else ""


def _about(reception: Reception) -> Markup:
    rule = BY_KIND[reception.kind]
    code = (
        _claim_code(rule.code, reception.reason_code, CLAIMS[reception.reason_code])
        if reception.kind is ReceptionKind.CLAIMED
        else _code(rule.code)
    )
    person = reception.person if rule.person else None
    return _document_response(
        _response(code, _description(rule.text)),
        _referenced(reception.document),
        _by(person) if person else EMPTY,
    )


def _referenced(document: ReceivedDocument) -> Markup:
    return _reference(
        _id(document.number), _named(document.fiscal_id), _type_code(document.kind_code)
    )


def _by(person: Signatory) -> Markup:
    """Who received, in the name of the buyer."""
    number, kind = person.tax_id.number, _KINDS.get(person.tax_id.kind, "13")
    return _person(
        _person_nit(number, ids.check_digit(number)) if kind == NIT else _person_id(number, kind),
        _first(person.first_name),
        _family(person.family_name),
        maybe(_job, person.job_title),
        maybe(_department, person.department),
    )
