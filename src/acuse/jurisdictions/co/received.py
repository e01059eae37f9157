"""A supplier's document as it is received: an AttachedDocument, alone or in its ZIP, verified.

Three signatures must hold (container, document, the DIAN's verdict) and the three must name each
other. Source: colombia.md 8 (AttachedDocument, mail) and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import ReceivedDocument
from acuse.jurisdictions.co.response import Response, Unusable, about, read_response
from acuse.jurisdictions.co.traits import TRAITS
from acuse.xml import parse, verify
from acuse.xml.archive import BadArchive, unpack_all
from acuse.xml.ubl import UBL

CONTAINER = f"{{{UBL}AttachedDocument-2}}AttachedDocument"
ROOTS = {  # root, its code where the root has no type element
    f"{{{UBL}Invoice-2}}Invoice": "",
    f"{{{UBL}CreditNote-2}}CreditNote": "91",
    f"{{{UBL}DebitNote-2}}DebitNote": "92",
}
ACCEPTED = "02"
LARGEST = 10 * 1024 * 1024  # the mail may have 2 MB; what is inside is larger
MOST_FILES = 20
RULE = "colombia.md 8"
_KINDS = {kind.code: kind.key for kind in TRAITS.tax_ids}
_NAMES = {kind.code: kind.name for kind in TRAITS.kinds} | {
    "04": "Factura electrónica de venta (contingencia de la DIAN)"
}


class _Wrong(Exception):
    """The file is not what it should be: code and sentence of the problem."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.problem = Problem("file", f"CO-OWN-{code}", text, RULE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a container holds: number and fiscal id it names, and both documents' bytes."""

    number: str
    fiscal_id: str
    document: bytes
    receipt: bytes


def read_received(raw: bytes) -> ReceivedDocument | Problem:
    """The document in the file, or what is wrong with it; never raises."""
    try:
        parts = _parts(_container(raw))
        root = _signed(parts.document, "la factura")
        response = _response(parts.receipt)
        return _document(parts, root, response)
    except _Wrong as wrong:
        return wrong.problem


def _container(raw: bytes) -> bytes:
    """The AttachedDocument itself, out of its archive where it is in one."""
    if not raw.startswith(b"PK"):
        return raw
    try:
        files = unpack_all(raw, most=MOST_FILES, largest=LARGEST)
    except BadArchive as error:
        text = f"El ZIP no se pudo abrir ({error}). Pide a tu proveedor que lo envíe otra vez."
        raise _Wrong(60, text) from error
    found = [content for name, content in files if name.lower().endswith(".xml")]
    if len(found) != 1:
        text = (
            f"El ZIP tiene {len(found)} archivos XML y debe tener uno, el contenedor "
            "(AttachedDocument). Pide a tu proveedor el archivo que la DIAN exige."
        )
        raise _Wrong(60, text)
    return found[0]


def _parts(content: bytes) -> _Parts:
    root = _signed(content, "el contenedor")
    if root.tag != CONTAINER:
        text = (
            f"El archivo es «{parse.name(root)[:40]}» y no un contenedor (AttachedDocument). Pide "
            "a tu proveedor el contenedor: trae la factura y la validación de la DIAN."
        )
        raise _Wrong(61, text)
    line = parse.child(root, "ParentDocumentLineReference")
    reference = None if line is None else parse.child(line, "DocumentReference")
    receipt = b"" if reference is None else _embedded(reference)
    if reference is None or not receipt:
        text = (
            "El contenedor no trae la validación de la DIAN. Pide a tu proveedor que lo envíe "
            "completo cuando la DIAN haya validado la factura."
        )
        raise _Wrong(62, text)
    document = _embedded(root)
    if not document:
        raise _Wrong(61, "El contenedor viene sin la factura. Pide a tu proveedor que lo repita.")
    return _Parts(
        number=parse.child_text(root, "ParentDocumentID"),
        fiscal_id=parse.child_text(reference, "UUID"),
        document=document,
        receipt=receipt,
    )


def _embedded(element: parse.Element) -> bytes:
    """The document in `Attachment/ExternalReference/Description`, byte for byte but blanks before.

    Nothing may stand before an XML declaration; some break the line after the CDATA begins.
    """
    attachment = parse.child(element, "Attachment")
    external = None if attachment is None else parse.child(attachment, "ExternalReference")
    description = None if external is None else parse.child(external, "Description")
    return b"" if description is None else "".join(description.itertext()).lstrip().encode()


def _signed(content: bytes, what: str) -> parse.Element:
    """The root of what the signature covers."""
    try:
        return verify.verify(content).root
    except parse.Unreadable as error:
        text = f"No se pudo leer {what}: no es un XML correcto. Pide a tu proveedor que lo repita."
        raise _Wrong(63, text) from error
    except verify.NotVerified as error:
        text = (
            f"La firma de {what} no es válida: se cambió después de firmar o no está firmada. No "
            "la aceptes; pide a tu proveedor el archivo original."
        )
        raise _Wrong(64, text) from error


def _response(content: bytes) -> Response:
    try:
        return read_response(content)
    except Unusable as error:
        text = (
            "La validación de la DIAN que trae el contenedor no tiene su firma o está alterada. "
            "No la aceptes; consulta el CUFE en el portal de la DIAN."
        )
        raise _Wrong(65, text) from error


def _document(parts: _Parts, root: parse.Element, response: Response) -> ReceivedDocument:
    if root.tag not in ROOTS:
        text = f"El contenedor trae «{parse.name(root)[:40]}» y no una factura ni una nota."
        raise _Wrong(61, text)
    number, fiscal_id = parse.child_text(root, "ID"), parse.child_text(root, "UUID")
    # Some containers give the id of the verdict where the document's belongs.
    named = parts.fiscal_id.lower() in (fiscal_id.lower(), response.key.lower())
    if not (named and parts.number == number and about(response, number, fiscal_id)):
        text = (
            f"El contenedor, la factura {number[:40]} y la validación de la DIAN no hablan del "
            "mismo documento. Pide a tu proveedor el archivo correcto."
        )
        raise _Wrong(66, text)
    if response.code != ACCEPTED:
        text = (
            f"La DIAN no validó la factura {number[:40]}: la rechazó. No es un documento fiscal; "
            "pide a tu proveedor que la emita bien."
        )
        raise _Wrong(67, text)
    return _read(parts, root, number, fiscal_id)


def _read(parts: _Parts, root: parse.Element, number: str, fiscal_id: str) -> ReceivedDocument:
    issuer, issuer_name = _party(root, "AccountingSupplierParty")
    receiver, receiver_name = _party(root, "AccountingCustomerParty")
    code = (
        parse.child_text(root, "InvoiceTypeCode")
        or parse.child_text(root, "CreditNoteTypeCode")
        or ROOTS[str(root.tag)]
    )[:10]
    return ReceivedDocument(
        kind_code=code,
        kind_name=_NAMES.get(code, f"Documento {code}"),
        number=number[:40],
        fiscal_id=fiscal_id.lower(),
        issued_on=_day(root),
        issuer=issuer,
        issuer_name=issuer_name,
        receiver=receiver,
        receiver_name=receiver_name,
        currency=parse.child_text(root, "DocumentCurrencyCode")[:3],
        total=_total(root),
        on_credit=any(parse.child_text(one, "ID") == "2" for one in _all(root, "PaymentMeans")),
        content=parts.document,
        receipt=parts.receipt,
        issuer_email=_email(root),
    )


def _party(root: parse.Element, role: str) -> tuple[TaxId, str]:
    """Identity and legal name, as its PartyTaxScheme has them."""
    party = parse.child(root, role)
    schemes = [] if party is None else parse.descendants(party, "PartyTaxScheme")
    company = parse.child(schemes[0], "CompanyID") if schemes else None
    number = "".join(parse.text(company).split())
    if not schemes or company is None or not number:
        raise _Wrong(63, f"La factura no dice el NIT de {_ROLES[role]}. Pide que la corrijan.")
    kind = _KINDS.get(company.get("schemeName") or "", "NIT")
    name = " ".join(parse.child_text(schemes[0], "RegistrationName").split())
    return TaxId(kind, number[:20]), name[:450]


_ROLES = {"AccountingSupplierParty": "quien vende", "AccountingCustomerParty": "quien compra"}


def _day(root: parse.Element) -> date:
    try:
        return date.fromisoformat(parse.child_text(root, "IssueDate"))
    except ValueError:
        raise _Wrong(63, "La factura no tiene fecha. Pide que la corrijan.") from None


def _total(root: parse.Element) -> Decimal:
    totals = _all(root, "LegalMonetaryTotal") or _all(root, "RequestedMonetaryTotal")
    try:
        found = Decimal(parse.child_text(totals[0], "PayableAmount"))
    except (IndexError, InvalidOperation):
        raise _Wrong(63, "La factura no tiene total. Pide que la corrijan.") from None
    if not found.is_finite():
        raise _Wrong(63, "La factura no tiene total. Pide que la corrijan.")
    return found


def _email(root: parse.Element) -> str:
    party = parse.child(root, "AccountingSupplierParty")
    found = [] if party is None else parse.descendants(party, "ElectronicMail")
    told = parse.text(found[0]) if found else ""
    return told[:254] if "@" in told and " " not in told else ""


def _all(root: parse.Element, name: str) -> list[parse.Element]:
    return [one for one in root if parse.name(one) == name]
