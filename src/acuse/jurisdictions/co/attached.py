"""An AttachedDocument that came from another: opened, its signatures and its verdict looked at.

It holds a document of who sent it and the DIAN's verdict on that. Source: colombia.md 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from acuse.domain.problem import Problem
from acuse.jurisdictions.co.response import Response, Unusable, read_response
from acuse.xml import parse, verify
from acuse.xml.archive import BadArchive, unpack_all
from acuse.xml.ubl import UBL

CONTAINER = f"{{{UBL}AttachedDocument-2}}AttachedDocument"
LARGEST = 10 * 1024 * 1024  # the mail may have 2 MB; what is inside is larger
MOST_FILES = 20
RULE = "colombia.md 8"


class Wrong(Exception):
    """The file is not what it should be: code and sentence of the problem."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.problem = Problem("file", f"CO-OWN-{code}", text, RULE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the container should hold, and from whom it came, in our sentences."""

    what: str  # "la factura"
    sender: str  # "tu proveedor"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a container holds: number and fiscal id it names, and both documents' bytes."""

    number: str
    fiscal_id: str
    document: bytes
    receipt: bytes


def container(raw: bytes, told: Expected) -> bytes:
    """The AttachedDocument itself, out of its archive where it is in one; raises Wrong."""
    if not raw.startswith(b"PK"):
        return raw
    try:
        files = unpack_all(raw, most=MOST_FILES, largest=LARGEST)
    except BadArchive as error:
        text = f"El ZIP no se pudo abrir ({error}). Pide a {told.sender} que lo envíe otra vez."
        raise Wrong(60, text) from error
    found = [content for name, content in files if name.lower().endswith(".xml")]
    if len(found) != 1:
        text = (
            f"El ZIP tiene {len(found)} archivos XML y debe tener uno, el contenedor "
            f"(AttachedDocument). Pide a {told.sender} el archivo que la DIAN exige."
        )
        raise Wrong(60, text)
    return found[0]


def parts(content: bytes, told: Expected) -> Parts:
    """What the container holds, its own signature verified; raises Wrong."""
    root = signed(content, "el contenedor", told).root
    if root.tag != CONTAINER:
        text = (
            f"El archivo es «{parse.name(root)[:40]}» y no un contenedor (AttachedDocument). Pide "
            f"a {told.sender} el contenedor: trae {told.what} y la validación de la DIAN."
        )
        raise Wrong(61, text)
    line = parse.child(root, "ParentDocumentLineReference")
    reference = None if line is None else parse.child(line, "DocumentReference")
    receipt = b"" if reference is None else embedded(reference)
    if reference is None or not receipt:
        text = (
            f"El contenedor no trae la validación de la DIAN. Pide a {told.sender} que lo envíe "
            f"completo cuando la DIAN haya validado {told.what}."
        )
        raise Wrong(62, text)
    document = embedded(root)
    if not document:
        text = f"El contenedor viene sin {told.what}. Pide a {told.sender} que lo repita."
        raise Wrong(61, text)
    return Parts(
        number=parse.child_text(root, "ParentDocumentID"),
        fiscal_id=parse.child_text(reference, "UUID"),
        document=document,
        receipt=receipt,
    )


def embedded(element: parse.Element) -> bytes:
    """The document in `Attachment/ExternalReference/Description`, byte for byte but blanks before.

    Nothing may stand before an XML declaration; some break the line after the CDATA begins.
    """
    attachment = parse.child(element, "Attachment")
    external = None if attachment is None else parse.child(attachment, "ExternalReference")
    description = None if external is None else parse.child(external, "Description")
    return b"" if description is None else "".join(description.itertext()).lstrip().encode()


def signed(content: bytes, what: str, told: Expected) -> verify.Verified:
    """Who signed, and the root of what the signature covers; raises Wrong."""
    try:
        return verify.verify(content)
    except parse.Unreadable as error:
        text = f"No se pudo leer {what}: no es un XML correcto. Pide a {told.sender} que lo repita."
        raise Wrong(63, text) from error
    except verify.NotVerified as error:
        text = (
            f"La firma de {what} no es válida: se cambió después de firmar o no está firmada. No "
            f"la aceptes; pide a {told.sender} el archivo original."
        )
        raise Wrong(64, text) from error


def response(content: bytes) -> Response:
    """The DIAN's verdict in the container, its signature verified; raises Wrong."""
    try:
        return read_response(content)
    except Unusable as error:
        text = (
            "La validación de la DIAN que trae el contenedor no tiene su firma o está alterada. "
            "No la aceptes; consulta el CUFE en el portal de la DIAN."
        )
        raise Wrong(65, text) from error
