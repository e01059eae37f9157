"""What the service itself reads of a document, before any rule: who, what, and under which number.

Source: colombia.md 2 (kinds), 3 (structure, prefix) and 10 (rule 90: what counts as one number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lxml import etree

from acuse_sandbox import hardened
from acuse_sandbox.dian.refusal import Refusal
from acuse_sandbox.hardened import Element

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
NAMESPACES = {
    "cac": f"{UBL}:CommonAggregateComponents-2",
    "cbc": f"{UBL}:CommonBasicComponents-2",
    "ext": f"{UBL}:CommonExtensionComponents-2",
    "sts": "dian:gov:co:facturaelectronica:Structures-2-1",
}
ROOTS = {f"{{{UBL}:{name}-2}}{name}": name for name in ("Invoice", "CreditNote", "DebitNote")}
EVENT = f"{{{UBL}:ApplicationResponse-2}}ApplicationResponse"
ONE_TYPE = {"02": "01", "04": "01", "08": "20"}  # share their numbers
BOUGHT = frozenset({"05", "95"})  # the buyer issues
SUPPLIER, CUSTOMER = "cac:AccountingSupplierParty", "cac:AccountingCustomerParty"
COMPANY = "cac:PartyTaxScheme/cbc:CompanyID"
LABELS = {
    "91": "La Nota crédito",
    "92": "La Nota débito",
    "05": "El Documento soporte",
    "95": "La Nota de ajuste al documento soporte",
    "20": "El Documento equivalente",
    "08": "El Documento equivalente",
    "94": "La Nota de ajuste al documento equivalente",
}
INVOICE_LABEL = "La Factura electrónica"


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be judged, parsed."""

    content: bytes
    root: Element
    kind_code: str  # "" for an event
    number: str  # as written, prefix and all
    uuid: str
    scheme: str  # of the UUID
    issuer_nit: str  # who has to answer for it: the buyer of a documento soporte
    issuer_name: str
    receiver_nit: str
    receiver_name: str
    issued_on: date | None
    prefix: str

    @property
    def key(self) -> str:
        """What may be accepted only once: issuer, type, prefix, number without left zeros."""
        group = ONE_TYPE.get(self.kind_code, self.kind_code)
        digits = self.number.removeprefix(self.prefix).lstrip("0")
        return f"{self.issuer_nit}-{group}-{self.prefix}-{digits}"

    @property
    def root_name(self) -> str:
        """Invoice, CreditNote, DebitNote or ApplicationResponse."""
        return str(etree.QName(self.root).localname)

    @property
    def label(self) -> str:
        """What it is called in sentences."""
        return LABELS.get(self.kind_code, INVOICE_LABEL)


def read(content: bytes) -> Document:
    """The document in these bytes; raises Refusal where it cannot even be attributed."""
    root = parse(content)
    name = ROOTS.get(str(root.tag))
    if name is None:
        raise Refusal("El XML no es una factura ni una nota.")
    kind = "92" if name == "DebitNote" else text(root, f"cbc:{name}TypeCode")
    issuer, receiver = (SUPPLIER, CUSTOMER) if kind not in BOUGHT else (CUSTOMER, SUPPLIER)
    if not kind:
        raise Refusal(f"Falta un dato obligatorio de {name}: tipo ({name}TypeCode).")
    number = text(root, "cbc:ID")
    return _checked(
        Document(
            content=content,
            root=root,
            kind_code=kind,
            number=number,
            uuid=text(root, "cbc:UUID").lower(),
            scheme=attribute(root, "cbc:UUID", "schemeName"),
            issuer_nit=text(root, f"{issuer}/cac:Party/{COMPANY}"),
            issuer_name=text(root, f"{issuer}/cac:Party/cac:PartyTaxScheme/cbc:RegistrationName"),
            receiver_nit=text(root, f"{receiver}/cac:Party/{COMPANY}"),
            receiver_name=text(
                root, f"{receiver}/cac:Party/cac:PartyTaxScheme/cbc:RegistrationName"
            ),
            issued_on=day(text(root, "cbc:IssueDate")),
            prefix=_prefix(root, number),
        )
    )


def read_event(content: bytes) -> Document:
    """The event (ApplicationResponse) in these bytes; raises Refusal."""
    root = parse(content)
    if root.tag != EVENT:
        raise Refusal("El XML no es un ApplicationResponse.")
    number = text(root, "cbc:ID")
    scheme = "cac:PartyTaxScheme"
    return _checked(
        Document(
            content=content,
            root=root,
            kind_code="",
            number=number,
            uuid=text(root, "cbc:UUID").lower(),
            scheme=attribute(root, "cbc:UUID", "schemeName"),
            issuer_nit=text(root, f"cac:SenderParty/{COMPANY}"),
            issuer_name=text(root, f"cac:SenderParty/{scheme}/cbc:RegistrationName"),
            receiver_nit=text(root, f"cac:ReceiverParty/{COMPANY}"),
            receiver_name=text(root, f"cac:ReceiverParty/{scheme}/cbc:RegistrationName"),
            issued_on=day(text(root, "cbc:IssueDate")),
            prefix="",
        )
    )


def parse(content: bytes) -> Element:
    """The root; raises Refusal."""
    try:
        return hardened.parse(content)
    except hardened.Unreadable as error:
        raise Refusal("El XML no se puede leer.") from error


def text(root: Element, path: str) -> str:
    """The text at a path, stripped; "" where there is none."""
    return (root.findtext(path, namespaces=NAMESPACES) or "").strip()


def attribute(root: Element, path: str, name: str) -> str:
    """An attribute of the element at a path; "" where there is none."""
    found = root.find(path, NAMESPACES)
    return "" if found is None else found.get(name, "")


def day(written: str) -> date | None:
    """A date; None for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _prefix(root: Element, number: str) -> str:
    """The prefix that a document says its number has; without one, what precedes the digits."""
    control = ".//sts:AuthorizedInvoices/sts:Prefix"
    scheme = f"{SUPPLIER}/cac:Party/cac:PartyLegalEntity/cac:CorporateRegistrationScheme/cbc:ID"
    for path in (control, scheme):
        found = text(root, path)
        if found and number.startswith(found):
            return found
    return re.sub(r"[0-9]+$", "", number)


def _checked(found: Document) -> Document:
    for value, name in (
        (found.number, "número (ID)"),
        (found.uuid, "código único (UUID)"),
        (found.issuer_nit, "NIT del emisor"),
        (found.issued_on, "fecha (IssueDate)"),
    ):
        if not value:
            root = etree.QName(found.root).localname
            raise Refusal(f"Falta un dato obligatorio de {root}: {name}.")
    return found
