"""A supplier's document as it is received: an AttachedDocument, alone or in its ZIP, verified.

Three signatures must hold (container, document, the DIAN's verdict) and the three must name each
other. Source: colombia.md 8 (AttachedDocument, mail) and 5.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import ReceivedDocument
from acuse.jurisdictions.co import attached
from acuse.jurisdictions.co.attached import Expected, Parts, Wrong
from acuse.jurisdictions.co.response import Response, about
from acuse.jurisdictions.co.traits import TRAITS
from acuse.xml import parse
from acuse.xml.ubl import UBL

ROOTS = {  # root, its code where the root has no type element
    f"{{{UBL}Invoice-2}}Invoice": "",
    f"{{{UBL}CreditNote-2}}CreditNote": "91",
    f"{{{UBL}DebitNote-2}}DebitNote": "92",
}
ACCEPTED = "02"
TOLD = Expected(what="la factura", sender="tu proveedor")
_KINDS = {kind.code: kind.key for kind in TRAITS.tax_ids}
_NAMES = {kind.code: kind.name for kind in TRAITS.kinds} | {
    "04": "Factura electrónica de venta (contingencia de la DIAN)"
}


def read_received(raw: bytes) -> ReceivedDocument | Problem:
    """The document in the file, or what is wrong with it; never raises."""
    try:
        parts = attached.parts(attached.container(raw, TOLD), TOLD)
        root = attached.signed(parts.document, TOLD.what, TOLD).root
        return _document(parts, root, attached.response(parts.receipt))
    except Wrong as wrong:
        return wrong.problem


def _document(parts: Parts, root: parse.Element, response: Response) -> ReceivedDocument:
    if root.tag not in ROOTS:
        text = f"El contenedor trae «{parse.name(root)[:40]}» y no una factura ni una nota."
        raise Wrong(61, text)
    number, fiscal_id = parse.child_text(root, "ID"), parse.child_text(root, "UUID")
    # Some containers give the id of the verdict where the document's belongs.
    named = parts.fiscal_id.lower() in (fiscal_id.lower(), response.key.lower())
    if not (named and parts.number == number and about(response, number, fiscal_id)):
        text = (
            f"El contenedor, la factura {number[:40]} y la validación de la DIAN no hablan del "
            "mismo documento. Pide a tu proveedor el archivo correcto."
        )
        raise Wrong(66, text)
    if response.code != ACCEPTED:
        text = (
            f"La DIAN no validó la factura {number[:40]}: la rechazó. No es un documento fiscal; "
            "pide a tu proveedor que la emita bien."
        )
        raise Wrong(67, text)
    return _read(parts, root, number, fiscal_id)


def _read(parts: Parts, root: parse.Element, number: str, fiscal_id: str) -> ReceivedDocument:
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
        raise Wrong(63, f"La factura no dice el NIT de {_ROLES[role]}. Pide que la corrijan.")
    kind = _KINDS.get(company.get("schemeName") or "", "NIT")
    name = " ".join(parse.child_text(schemes[0], "RegistrationName").split())
    return TaxId(kind, number[:20]), name[:450]


_ROLES = {"AccountingSupplierParty": "quien vende", "AccountingCustomerParty": "quien compra"}


def _day(root: parse.Element) -> date:
    try:
        return date.fromisoformat(parse.child_text(root, "IssueDate"))
    except ValueError:
        raise Wrong(63, "La factura no tiene fecha. Pide que la corrijan.") from None


def _total(root: parse.Element) -> Decimal:
    totals = _all(root, "LegalMonetaryTotal") or _all(root, "RequestedMonetaryTotal")
    try:
        found = Decimal(parse.child_text(totals[0], "PayableAmount"))
    except (IndexError, InvalidOperation):
        raise Wrong(63, "La factura no tiene total. Pide que la corrijan.") from None
    if not found.is_finite():
        raise Wrong(63, "La factura no tiene total. Pide que la corrijan.")
    return found


def _email(root: parse.Element) -> str:
    party = parse.child(root, "AccountingSupplierParty")
    found = [] if party is None else parse.descendants(party, "ElectronicMail")
    told = parse.text(found[0]) if found else ""
    return told[:254] if "@" in told and " " not in told else ""


def _all(root: parse.Element, name: str) -> list[parse.Element]:
    return [one for one in root if parse.name(one) == name]
