"""A document element around the place of its signature, and the signed document in it.

Every Peruvian document has its signature in the first extension. Source: peru.md 3, 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.party import Company
from acuse.jurisdictions.pe.ids import number_text, stem
from acuse.jurisdictions.pe.signing import sealed
from acuse.xml import ubl
from acuse.xml.build import Markup, namespace_declarations

EXTENSION = ("ext:UBLExtensions", "ext:UBLExtension", "ext:ExtensionContent")
OPENED = "".join(f"<{name}>" for name in EXTENSION)
CLOSED = "".join(f"</{name}>" for name in reversed(EXTENSION))


@dataclass(frozen=True, slots=True)
class Frame:
    """The root's name and namespaces, written once."""

    namespaces: Mapping[str, str]
    before: str
    end: str

    def seal(
        self,
        body: Markup,
        code: str,
        document: Document,
        company: Company,
        credential: Credential,
        at: datetime,
    ) -> Sealed:
        """The sealed document with that body; its fiscal id is the DigestValue (hash)."""
        assert document.number is not None
        number = number_text(document.number)
        return sealed(
            (self.before, f"{CLOSED}{body}{self.end}"),
            self.namespaces,
            number=number,
            file=stem(company.tax_id.number, code, number),
            credential=credential,
            at=at,
        )


def frame(root: str, uri: str, **more: str) -> Frame:
    """The frame of that document element, in the namespace `uri`; `more` are further prefixes."""
    namespaces = {"": uri, **ubl.NAMESPACES, **more}
    start = f"<{root}{namespace_declarations(namespaces)}>"
    return Frame(namespaces, f"{start}{OPENED}", f"</{root}>")
