"""What follows from a finished document: its identifier, security code and QR."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha384

from tests.sandbox.dian.rulebook.kinds import KEY, KINDS, PIN, SOFTWARE, Element, money


def seal(root: Element, code: str) -> None:
    """Write the identifier, the security code and the QR that follow from the document."""

    def text(path: str) -> str:
        return root.findtext("/".join(f"{{*}}{name}" for name in path.split("/"))) or ""

    def tax(wanted: str) -> str:
        found = [
            Fraction(one.findtext("{*}TaxAmount") or "0")
            for one in root.findall("{*}TaxTotal")
            if one.findtext(".//{*}TaxScheme/{*}ID") == wanted
        ]
        return money(sum(found, Fraction(0)))

    kind = KINDS[code]
    total = "RequestedMonetaryTotal" if code == "92" else "LegalMonetaryTotal"
    codes = ("01",) if kind.identifier == "CUDS" else ("01", "04", "03")
    told = "".join(
        (
            text("ID"), text("IssueDate"), text("IssueTime"), text(f"{total}/LineExtensionAmount"),
            *(one + tax(one) for one in codes),
            text(f"{total}/PayableAmount"),
            text("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID"),
            text("AccountingCustomerParty/Party/PartyTaxScheme/CompanyID"),
            KEY if kind.identifier == "CUFE" else PIN, "2",
        )
    )  # fmt: skip
    write(root, sha384(told.encode()).hexdigest(), text("ID"))


def write(root: Element, uuid: str, number: str) -> None:
    """The identifier where it belongs, the QR that leads to it, and the security code."""
    for element in root.iterchildren("{*}UUID"):
        element.text = uuid
    for element in root.iter("{*}QRCode"):
        host = "https://catalogo-vpfe-hab.dian.gov.co"
        element.text = f"{host}/document/searchqr?documentkey={uuid}"
    for element in root.iter("{*}SoftwareSecurityCode"):
        element.text = sha384(f"{SOFTWARE}{PIN}{number}".encode()).hexdigest()
