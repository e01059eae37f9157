"""The Colombian cases: read, sealed, and what a stranger finds in their bytes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha384
from pathlib import Path
from typing import Any

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from lxml import etree

from acuse.domain.document import Document
from acuse.domain.intake import read_document
from acuse.domain.numbering import Number
from acuse.jurisdictions.co import jurisdiction
from acuse_sandbox.dian.rulebook import Facts, Finding, KnownDocument, Range, judge
from tests.jurisdictions.co import makers

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir())
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A case's document, numbered and dated as at its issue, and the totals written in it."""

    document: Document
    expected: dict[str, Any]


def read_case(name: str) -> Case:
    """The case of that name."""
    text = (CASES / name / "document.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text, parse_float=Decimal)
    expected = raw.pop("expected")
    read = read_document(raw, jurisdiction.traits, rehearsal=True)
    assert isinstance(read, Document), read
    series = next(one.series for one in makers.RANGES if one.kind is read.kind)
    number = Number(series, makers.NUMBERS.get(read.kind, 12))
    contingency = bool(expected.pop("contingency", False))
    return Case(replace(read, date=makers.TODAY, number=number, contingency=contingency), expected)


def sealed(name: str) -> bytes:
    """The case's signed bytes."""
    return makers.seal(read_case(name).document).content


def good_for_xmlsec(content: bytes) -> bool:
    """Whether python-xmlsec finds the signature good with the certificate's key."""
    root = etree.fromstring(content)
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem().encode(), xmlsec.constants.KeyDataFormatCertPem)
    (signature,) = root.iter(f"{DS}Signature")
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


def pem() -> str:
    """The certificate of the test's company."""
    certificate = load_der_x509_certificate(makers.credential().certificate)
    return certificate.public_bytes(Encoding.PEM).decode()


def totals(root: etree._Element) -> dict[str, str]:
    """The monetary totals that stand in the document."""
    name = "RequestedMonetaryTotal" if "DebitNote" in root.tag else "LegalMonetaryTotal"
    found = root.find(f"{CAC}{name}")
    assert found is not None
    names = {
        "line_extension": "LineExtensionAmount",
        "tax_exclusive": "TaxExclusiveAmount",
        "tax_inclusive": "TaxInclusiveAmount",
        "payable": "PayableAmount",
    }
    return {key: str(found.findtext(f"{CBC}{element}")) for key, element in names.items()}


def recomputed(root: etree._Element) -> str:
    """The identifier, from nothing but the XML and the keys. Source: colombia.md 4."""
    told = totals(root)
    scheme = root.find(f"{CBC}UUID")
    assert scheme is not None
    taxes = dict.fromkeys(("01", "04", "03"), "0.00")
    for group in root.findall(f"{CAC}TaxTotal"):
        code = str(group.findtext(f".//{CAC}TaxScheme/{CBC}ID"))
        taxes |= {code: str(group.findtext(f"{CBC}TaxAmount"))} if code in taxes else {}
    supplier, customer = (
        str(root.findtext(f"{CAC}Accounting{role}Party//{CAC}PartyTaxScheme/{CBC}CompanyID"))
        for role in ("Supplier", "Customer")
    )
    head = "".join(str(root.findtext(f"{CBC}{name}")) for name in ("ID", "IssueDate", "IssueTime"))
    purchase = scheme.get("schemeName") == "CUDS-SHA384"
    counted = ("01",) if purchase else ("01", "04", "03")
    key = makers.KEY if scheme.get("schemeName") == "CUFE-SHA384" else makers.PIN
    text = (
        head
        + told["line_extension"]
        + "".join(code + taxes[code] for code in counted)
        + told["payable"]
        + supplier
        + customer
        + key
        + str(root.findtext(f"{CBC}ProfileExecutionID"))
    )
    return sha384(text.encode()).hexdigest()


def broken(content: bytes) -> list[Finding]:
    """The rules of the pretended DIAN that refuse the document; nothing is left unknown."""
    root = etree.fromstring(content)
    found = judge(root, _facts())
    return [one for one in found if one.severity == "R"]


def _facts() -> Facts:
    at = datetime(2026, 11, 25, 15, 32, tzinfo=UTC)
    return Facts(
        environment="2",
        at=at,
        certificate_nit=makers.NIT,
        ranges=tuple(
            Range(
                resolution=str(one.extra["resolution"]),
                prefix=one.series,
                first=one.first,
                last=one.last,
                valid_from=one.valid_from or date.min,
                valid_until=one.valid_until or date.max,
                technical_key=makers.KEY,
            )
            for one in makers.RANGES
            if one.extra
        ),
        software={makers.SOFTWARE: makers.PIN},
        rut={},
        known=_known,
        contingencies=((at - HOUR, at + HOUR),),
        strict_software=True,
    )


def _known(fiscal_id: str) -> KnownDocument:
    return KnownDocument(makers.NIT, "SETP990000123", "01", makers.TODAY, makers.BUYER)
