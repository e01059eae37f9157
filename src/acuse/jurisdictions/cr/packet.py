"""What a supplier mails, opened: the signed document and Hacienda's answer about it.

Source: costa-rica.md 1 (signed XML, Hacienda's XML and PDF), 5.2 and 8 (three attachments).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import Looks, ReceivedReceipt
from acuse.jurisdictions.cr.kinds import NAMESPACE
from acuse.jurisdictions.cr.rules_reception import (
    ACCEPTED,
    ANSWER_ROOT,
    OWN_ROOT,
    ROOTS,
)
from acuse.xml import parse, verify
from acuse.xml.archive import BadArchive, unpack_all

LARGEST = 10 * 1024 * 1024
MOST_FILES = 20
RULE = "costa-rica.md 6"
ANSWER = f"{{{NAMESPACE}mensajeHacienda}}{ANSWER_ROOT}"
DOCUMENTS = frozenset({*ROOTS, OWN_ROOT})


class Wrong(Exception):
    """The file is not what it should be: code and sentence of the problem."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.problem = Problem("file", f"CR-OWN-{code}", text, RULE)


@dataclass(frozen=True, slots=True)
class Packet:
    """The two files' bytes; b"" for the one that is missing, never both."""

    document: bytes
    answer: bytes


def opened(raw: bytes) -> Packet:
    """The document and the answer in a file or archive; raises Wrong."""
    files = _files(raw)
    documents = [content for content in files if _root(content) in DOCUMENTS]
    answers = [content for content in files if _root(content) == ANSWER_ROOT]
    if len(documents) > 1:
        text = f"El ZIP trae {len(documents)} documentos. Sube cada uno con su respuesta."
        raise Wrong(60, text)
    if documents:
        return Packet(documents[0], _answer_of(documents[0], answers))
    if len(answers) == 1:
        return Packet(b"", answers[0])
    text = (
        "No trae el XML de una factura, nota, tiquete o recibo. Sube el que tu proveedor te envió "
        "junto con la respuesta de Hacienda."
    )
    raise Wrong(61, text)


def together(files: tuple[bytes, ...]) -> tuple[tuple[int, ...], ...]:
    """Each document with the first answer that names its clave; what is left by itself."""
    names = [_name(content) for content in files]
    free = [place for place, (root, _) in enumerate(names) if root == ANSWER_ROOT]
    groups: list[tuple[int, ...]] = []
    for place, (root, clave) in enumerate(names):
        if root not in DOCUMENTS:
            continue
        found = next((one for one in free if clave and names[one][1] == clave), None)
        if found is None:
            groups.append((place,))
        else:
            free.remove(found)
            groups.append((place, found))
    joined = {place for group in groups for place in group}
    return (*groups, *((place,) for place in range(len(files)) if place not in joined))


def looks(raw: bytes) -> Looks:
    """What the file seems to be; what cannot be opened is left to who says why."""
    try:
        roots = {_root(content) for content in _files(raw)}
    except Wrong:
        return Looks.DOCUMENT
    if roots & DOCUMENTS:
        return Looks.DOCUMENT
    return Looks.RECEIPT if ANSWER_ROOT in roots else Looks.NOTHING


def verified(content: bytes, what: str) -> parse.Element:
    """The root of what the signature covers; raises Wrong."""
    try:
        return verify.verify(content).root
    except parse.Unreadable as error:
        text = f"No se pudo leer {what}: no es un XML correcto. Pide a tu proveedor que lo repita."
        raise Wrong(63, text) from error
    except verify.NotVerified as error:
        text = (
            f"La firma de {what} no es válida: se cambió después de firmar o no está firmado. No "
            "la contestes; pide a tu proveedor el archivo original."
        )
        raise Wrong(64, text) from error


def answer(content: bytes) -> ReceivedReceipt:
    """Hacienda's acceptance, its signature verified; raises Wrong, also for a rejection."""
    try:
        root = verified(content, "la respuesta de Hacienda")
    except Wrong as error:
        text = (
            "La respuesta de Hacienda que viene con el documento no tiene su firma o está "
            "alterada. No lo contestes; consulta la clave en el portal de Hacienda."
        )
        raise Wrong(65, text) from error
    clave, told = parse.child_text(root, "Clave"), parse.child_text(root, "Mensaje")
    if root.tag != ANSWER or told not in (*ACCEPTED, "3"):
        raise Wrong(65, "El archivo no es una respuesta de Hacienda de la versión 4.4.")
    if told not in ACCEPTED:
        text = (
            f"Hacienda rechazó el documento {clave[21:41] or clave[:40]}: no vale y no se "
            "contesta. Pide a tu proveedor que lo emita bien."
        )
        raise Wrong(67, text)
    number = "".join(parse.child_text(root, "NumeroCedulaEmisor").split())[:20]
    return ReceivedReceipt(clave, TaxId("", number), _total(root), content)


def _total(root: parse.Element) -> Decimal:
    try:
        found = Decimal(parse.child_text(root, "TotalFactura"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Wrong(65, "La respuesta de Hacienda no dice el total del documento.")
    return found


def _files(raw: bytes) -> list[bytes]:
    """The XML files in an archive, or the file itself; raises Wrong."""
    if not raw.startswith(b"PK"):
        if not _root(raw):
            raise Wrong(63, "El archivo no es un XML correcto. Pide a tu proveedor que lo repita.")
        return [raw]
    try:
        files = unpack_all(raw, most=MOST_FILES, largest=LARGEST)
    except BadArchive as error:
        text = f"El ZIP no se pudo abrir ({error}). Pide a tu proveedor que lo envíe otra vez."
        raise Wrong(60, text) from error
    return [content for name, content in files if name.lower().endswith(".xml")]


def _answer_of(document: bytes, answers: list[bytes]) -> bytes:
    """The answer that names the document's clave, else the first: it is told of then."""
    clave = _name(document)[1]
    return next((one for one in answers if _name(one)[1] == clave), answers[0] if answers else b"")


def _root(content: bytes) -> str:
    return _name(content)[0]


def _name(content: bytes) -> tuple[str, str]:
    """Root and clave, as they are told before anything is verified; "" for what is no XML."""
    try:
        root = parse.parse(content)
    except parse.Unreadable:
        return "", ""
    return parse.name(root), parse.child_text(root, "Clave")
