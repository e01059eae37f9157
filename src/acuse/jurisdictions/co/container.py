"""The AttachedDocument: our document and the DIAN's verdict, byte for byte, in one signed XML.

Source: colombia.md 8 (order of elements, CDATA). What is signed is the canonical form, where CDATA
is escaped text; what is written has the CDATA that buyers' programs look for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.co import ids
from acuse.jurisdictions.co.seal import sign
from acuse.jurisdictions.co.tax_parties import of_document, written
from acuse.xml import parse
from acuse.xml.build import Markup, joined, leaf, maybe, namespace_declarations, node, text
from acuse.xml.ubl import NAMESPACES as UBL_NAMESPACES
from acuse.xml.ubl import UBL

NAMESPACES = UBL_NAMESPACES | {"": f"{UBL}AttachedDocument-2"}
VALIDATOR = "Unidad Especial Dirección de Impuestos y Aduanas Nacionales"
VALIDATED = "02"
START = (
    f"<AttachedDocument{namespace_declarations(NAMESPACES)}><ext:UBLExtensions>"
    "<ext:UBLExtension><ext:ExtensionContent>"
)
END = "</AttachedDocument>"
HEAD = "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
BUYS = frozenset({"05", "95"})  # we buy: the document's supplier is who receives it

_id, _uuid = leaf("cbc:ID"), leaf("cbc:UUID", "schemeName")
_day, _hour = leaf("cbc:IssueDate"), leaf("cbc:IssueTime")
_environment = leaf("cbc:ProfileExecutionID")
_parent = leaf("cbc:ParentDocumentID")
_sender, _receiver = node("cac:SenderParty"), node("cac:ReceiverParty")
_line = leaf("cbc:LineID")("1")
_verification = node("cac:ResultOfVerification")
_validation_day, _validation_hour = leaf("cbc:ValidationDate"), leaf("cbc:ValidationTime")
_HEADING = joined(
    leaf("cbc:UBLVersionID")("UBL 2.1"),
    leaf("cbc:CustomizationID")("Documentos adjuntos"),
    leaf("cbc:ProfileID")("Factura Electrónica de Venta"),
)
_KIND = leaf("cbc:DocumentType")("Contenedor de Factura Electrónica")
_VERDICT = leaf("cbc:DocumentType")("ApplicationResponse")
_VALIDATOR = joined(leaf("cbc:ValidatorID")(VALIDATOR), leaf("cbc:ValidationResultCode")(VALIDATED))
_ATTACHED = (
    "<cac:Attachment><cac:ExternalReference><cbc:MimeCode>text/xml</cbc:MimeCode>"
    "<cbc:EncodingCode>UTF-8</cbc:EncodingCode><cbc:Description>"
)
_ATTACHED_END = "</cbc:Description></cac:ExternalReference></cac:Attachment>"


def container(
    sealed: Sealed, verdict: Verdict | None, credential: Credential, at: datetime
) -> bytes:
    """The signed container; without verdict for what is handed over in a contingency (type 04).

    Same arguments, same bytes. Raises UnicodeDecodeError for a verdict that is not UTF-8, and
    parse.Unreadable for one that is no XML.
    """
    root = parse.parse(sealed.content)
    pieces = _pieces(root, sealed, verdict.receipt if verdict else None, at)

    def after(render: Callable[[str], str]) -> str:
        return "".join(piece if markup else render(piece) for piece, markup in pieces)

    canonical = HEAD + after(text)
    signed = sign(START, canonical, NAMESPACES, sealed.fiscal_id, credential, at)
    tail = canonical.encode()
    assert signed.endswith(tail)
    return signed[: -len(tail)] + (HEAD + after(cdata)).encode()


def cdata(content: str) -> str:
    """The text as CDATA that gives back every character: a carriage return would be lost in it."""
    inside = content.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#xD;<![CDATA[")
    return f"<![CDATA[{inside}]]>"


def _pieces(
    root: parse.Element, sealed: Sealed, receipt: bytes | None, at: datetime
) -> list[tuple[str, bool]]:
    """What follows the signature: markup (True) and texts of whole documents (False)."""
    pieces: list[tuple[str, bool]] = [
        (_before_document(root, sealed, at) + _ATTACHED, True),
        (sealed.content.decode(), False),
        (_ATTACHED_END, True),
    ]
    if receipt is not None:
        judged = parse.parse(receipt)
        day = parse.child_text(judged, "IssueDate")
        before, after = _around_verdict(root, sealed, day, parse.child_text(judged, "IssueTime"))
        pieces += [(before, True), (receipt.decode(), False), (after, True)]
    return [*pieces, (END, True)]


def _before_document(root: parse.Element, sealed: Sealed, at: datetime) -> Markup:
    roles = ["AccountingSupplierParty", "AccountingCustomerParty"]
    if _type_code(root) in BUYS:
        roles.reverse()
    sender, receiver = (written(of_document(root, role)) for role in roles)
    return joined(
        _HEADING,
        _environment(parse.child_text(root, "ProfileExecutionID")),
        _id(sealed.number),
        _day(ids.day(at)),
        _hour(ids.hour(at)),
        _KIND,
        _parent(sealed.number),
        _sender(sender),
        _receiver(receiver),
    )


def _type_code(root: parse.Element) -> str:
    return parse.child_text(root, "InvoiceTypeCode") or parse.child_text(root, "CreditNoteTypeCode")


def _around_verdict(root: parse.Element, sealed: Sealed, day: str, hour: str) -> tuple[str, str]:
    """The markup before and after the verdict's own bytes."""
    uuid = parse.child(root, "UUID")
    scheme = "" if uuid is None else uuid.get("schemeName") or ""
    named = joined(_id(sealed.number), _uuid(sealed.fiscal_id, scheme), maybe(_day, day), _VERDICT)
    result = _verification(_VALIDATOR, maybe(_validation_day, day), maybe(_validation_hour, hour))
    return (
        f"<cac:ParentDocumentLineReference>{_line}<cac:DocumentReference>{named}{_ATTACHED}",
        f"{_ATTACHED_END}{result}</cac:DocumentReference></cac:ParentDocumentLineReference>",
    )
