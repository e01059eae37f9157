"""A supplier's document as it is received: its signed XML and Hacienda's answer, both verified.

They come in a ZIP, or as files beside each other; the document may come before its answer. Source:
costa-rica.md 1 (delivery), 2 (clave), 5.2 and 6.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import ReceivedDocument, ReceivedReceipt
from acuse.jurisdictions.cr import ids, lists
from acuse.jurisdictions.cr.codes import IDENTITIES
from acuse.jurisdictions.cr.kinds import NAMESPACE
from acuse.jurisdictions.cr.packet import Packet, Wrong, answer, opened, verified
from acuse.jurisdictions.cr.rules_reception import OWN_ROOT, ROOTS
from acuse.xml import parse

AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,5})?")
CLAVE = re.compile("506[A-Za-z0-9]{47}")
_KINDS = {code: kind for kind, code in IDENTITIES.items()}
_ROLES = {"Emisor": "quien vende", "Receptor": "quien compra"}


def read_received(raw: bytes) -> ReceivedDocument | ReceivedReceipt | Problem:
    """The document or the bare answer in the file, or what is wrong with it; never raises."""
    try:
        packet = opened(raw)
        if not packet.document:
            return answer(packet.answer)
        return _answered(_document(packet), packet)
    except Wrong as wrong:
        return wrong.problem


def amount(root: parse.Element, name: str) -> str:
    """An amount of the summary exactly as it stands, "" where it is not told. Raises Wrong."""
    summary = parse.child(root, "ResumenFactura")
    told = "" if summary is None else parse.child_text(summary, name)
    if told and not AMOUNT.fullmatch(told):
        raise Wrong(63, f"El documento dice «{told[:30]}» en {name}. Pide que lo corrijan.")
    return told


def _answered(document: ReceivedDocument, packet: Packet) -> ReceivedDocument:
    """The document, whose answer (where it came with one) is about it. Raises Wrong."""
    if packet.answer and not answer(packet.answer).about(document):
        text = (
            f"La factura {document.number} y la respuesta de Hacienda no hablan de lo mismo: no "
            "coincide la clave, el emisor o el total. Pide a tu proveedor los archivos originales."
        )
        raise Wrong(66, text)
    return document


def _document(packet: Packet) -> ReceivedDocument:
    root = verified(packet.document, "el documento")
    name = parse.name(root)
    if name == OWN_ROOT:
        text = "Es una factura de compra: la emite quien compra, y no se contesta."
        raise Wrong(61, text)
    known = ROOTS.get(name)
    if known is None or root.tag != f"{{{NAMESPACE}{name[:1].lower()}{name[1:]}}}{name}":
        text = (
            f"El archivo es «{name[:40]}» de una versión que no se usa. Pide a tu proveedor el XML "
            "de la versión 4.4 que aceptó Hacienda."
        )
        raise Wrong(61, text)
    issuer, issuer_name, issuer_email = _party(root, "Emisor")
    receiver, receiver_name, _ = _party(root, "Receptor")
    number, clave = parse.child_text(root, "NumeroConsecutivo"), parse.child_text(root, "Clave")
    issued_on = _day(root)
    _same(clave, number, known.code, issuer, issued_on)
    total = amount(root, "TotalComprobante")
    if not total:
        raise Wrong(63, "El documento no tiene total. Pide que lo corrijan.")
    amount(root, "TotalImpuesto")  # we would repeat it
    return ReceivedDocument(
        kind_code=known.code,
        kind_name=known.name,
        number=number,
        fiscal_id=clave,
        issued_on=issued_on,
        issuer=issuer,
        issuer_name=issuer_name,
        receiver=receiver,
        receiver_name=receiver_name,
        currency=_currency(root),
        total=Decimal(total),
        on_credit=parse.child_text(root, "CondicionVenta") in lists.ON_CREDIT,
        content=packet.document,
        receipt=packet.answer,
        issuer_email=issuer_email,
    )


def _same(clave: str, number: str, code: str, issuer: TaxId, issued_on: date) -> None:
    """Raise Wrong unless the clave says the same as the document that it names (section 2)."""
    holder = ids.compact(issuer.number).rjust(12, "0")
    if not (
        CLAVE.fullmatch(clave)
        and clave[3:9] == f"{issued_on:%d%m%y}"
        and clave[9:21].upper() == holder
        and clave[21:41] == number
        and number[8:10] == code
    ):
        text = (
            f"La clave {clave[:50]} no es la de este documento: no coincide con su fecha, su "
            "emisor, su consecutivo o su tipo. Pide a tu proveedor el XML que aceptó Hacienda."
        )
        raise Wrong(68, text)


def _party(root: parse.Element, role: str) -> tuple[TaxId, str, str]:
    """Identity, name and mail address."""
    party = parse.child(root, role)
    told = None if party is None else parse.child(party, "Identificacion")
    number = "" if told is None else "".join(parse.child_text(told, "Numero").split())
    if party is None or told is None or not number:
        text = f"El documento no dice la cédula de {_ROLES[role]}. Pide que lo emitan a tu cédula."
        raise Wrong(63, text)
    name = " ".join(parse.child_text(party, "Nombre").split())
    mail = parse.child_text(party, "CorreoElectronico")
    kind = _KINDS.get(parse.child_text(told, "Tipo"), "CJ")
    return TaxId(kind, number[:20]), name[:450], mail[:254] if "@" in mail else ""


def _day(root: parse.Element) -> date:
    try:
        issued = datetime.fromisoformat(parse.child_text(root, "FechaEmision"))
        if issued.tzinfo is None:
            issued = issued.replace(tzinfo=ids.COSTA_RICA)
        return ids.day(issued)
    except (ValueError, OverflowError):
        raise Wrong(63, "El documento no tiene fecha. Pide que lo corrijan.") from None


def _currency(root: parse.Element) -> str:
    summary = parse.child(root, "ResumenFactura")
    told = None if summary is None else parse.child(summary, "CodigoTipoMoneda")
    return "CRC" if told is None else parse.child_text(told, "CodigoMoneda")[:3] or "CRC"
