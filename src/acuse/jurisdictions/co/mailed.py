"""What customers and suppliers mail: told apart by its look, and a buyer's event read.

An event counts only where three signatures hold (container, event, the DIAN's verdict on it), the
three name each other, and who signed the event is who declares it. Source: colombia.md 8 and 9.
"""

from __future__ import annotations

import re

from cryptography import x509

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import Looks, ReceivedEvent
from acuse.jurisdictions.co import attached, events
from acuse.jurisdictions.co.attached import CONTAINER, Expected, Wrong
from acuse.jurisdictions.co.received import ACCEPTED, ROOTS
from acuse.jurisdictions.co.response import ROOT, about
from acuse.xml import parse, verify
from acuse.xml.archive import BadArchive, unpack_all

TOLD = Expected(what="el evento", sender="tu cliente")


def looks(raw: bytes) -> Looks:
    """What the file seems to be; what cannot be opened is left to who says why."""
    if not raw.startswith(b"PK"):
        return _of_xml(raw)
    try:
        files = unpack_all(raw, most=attached.MOST_FILES, largest=attached.LARGEST)
    except BadArchive:
        return Looks.DOCUMENT
    found = {_of_xml(content) for name, content in files if name.lower().endswith(".xml")}
    for one in (Looks.DOCUMENT, Looks.EVENT):
        if one in found:
            return one
    return Looks.NOTHING


def _of_xml(content: bytes) -> Looks:
    try:
        root = parse.parse(content)
    except parse.Unreadable:
        return Looks.DOCUMENT
    if root.tag in ROOTS:
        return Looks.DOCUMENT
    if root.tag == ROOT:
        return Looks.EVENT if events.of(root, b"") else Looks.NOTHING  # a bare verdict is none
    if root.tag != CONTAINER:
        return Looks.NOTHING
    try:
        inside = parse.parse(attached.embedded(root))
    except parse.Unreadable:
        return Looks.DOCUMENT
    return Looks.EVENT if inside.tag == ROOT else Looks.DOCUMENT


def read_event(raw: bytes) -> ReceivedEvent | Problem:
    """The event in the file, or what is wrong with it; never raises."""
    try:
        held = attached.parts(attached.container(raw, TOLD), TOLD)
        signed = attached.signed(held.document, TOLD.what, TOLD)
        told = _event(signed, held.document)
        _validated(held, signed.root, told)
    except Wrong as wrong:
        return wrong.problem
    return told


def _event(signed: verify.Verified, content: bytes) -> ReceivedEvent:
    root = signed.root
    found = events.of(root, content) if root.tag == ROOT else ()
    told = parse.child(root, "DocumentResponse")
    reference = None if told is None else parse.child(told, "DocumentReference")
    if len(found) != 1 or reference is None:
        text = (
            f"El contenedor trae «{parse.name(root)[:40]}» y no un evento sobre una factura. "
            f"No hace falta hacer nada; si esperabas uno, pídelo a {TOLD.sender}."
        )
        raise Wrong(61, text)
    number, name = events.sender(root)
    if not _names(signed.certificate, number):
        text = (
            f"El evento dice ser de {name[:80] or 'otro'} ({number[:20]}), pero lo firmó alguien "
            "distinto. No lo tomamos en cuenta: se lo preguntaremos a la DIAN."
        )
        raise Wrong(68, text)
    return ReceivedEvent(
        event=found[0],
        number=parse.child_text(reference, "ID")[:40],
        fiscal_id=parse.child_text(reference, "UUID").lower()[:128],
        sender=TaxId("NIT", number[:20]),
    )


def _names(certificate: bytes, number: str) -> bool:
    """Whether the certificate's holder has that number, with its check digit glued on or not."""
    if not number.isdigit():
        return False
    try:
        names = x509.load_der_x509_certificate(certificate).subject
        holder = " ".join(str(name.value) for name in names)
    except ValueError:
        return False
    return re.search(rf"(?<![0-9]){number}(?:-?[0-9])?(?![0-9])", holder) is not None


def _validated(held: attached.Parts, root: parse.Element, told: ReceivedEvent) -> None:
    """Raise Wrong unless the DIAN's verdict in the container is about this event, and accepts."""
    response = attached.response(held.receipt)
    number, key = parse.child_text(root, "ID"), told.event.key
    if not (held.number == number and about(response, number, key)):
        text = (
            f"El contenedor, el evento {number[:40]} y la validación de la DIAN no hablan de lo "
            f"mismo. Pide a {TOLD.sender} el archivo correcto."
        )
        raise Wrong(66, text)
    if response.code != ACCEPTED:
        text = f"La DIAN rechazó el evento {number[:40]}: no cuenta. No hace falta hacer nada."
        raise Wrong(67, text)
