"""The identifiers of a document, computed anew from its own text. Source: colombia.md 4."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from hashlib import sha384

from acuse_sandbox.dian.rulebook import kinds
from acuse_sandbox.dian.rulebook.nodes import ZERO, Node, decimal
from acuse_sandbox.dian.rulebook.rule import COMPANY, CUSTOMER, SUPPLIER, Case

CENT = Decimal("0.01")


def digest(parts: Iterable[str]) -> str:
    """SHA-384 over the parts joined: 96 lower-case hex digits."""
    return sha384("".join(parts).encode()).hexdigest()


def expected(case: Case) -> str | None:
    """The UUID a document should have; None if the key or the PIN is not known."""
    if case.kind.scheme == kinds.CUFE:
        key = case.range.technical_key if case.range else None
    else:
        key = case.pin
    if key is None:
        return None
    make = cuds if case.kind.scheme == kinds.CUDS else cufe
    return make(case.root, case.kind.totals, key, case.facts.environment)


def cufe(root: Node, totals: str, key: str, environment: str) -> str:
    """The CUFE with a technical key, the CUDE with a PIN: three taxes, issuer before buyer."""
    return digest(
        (
            *_head(root, totals),
            *(text for code in ("01", "04", "03") for text in (code, _tax(root, code))),
            money(root.value(f"{totals}/cbc:PayableAmount")),
            *_parties(root),
            key,
            environment,
        )
    )


def cuds(root: Node, totals: str, pin: str, environment: str) -> str:
    """The CUDS: one tax, seller before buyer."""
    return digest(
        (
            *_head(root, totals),
            "01",
            _tax(root, "01"),
            money(root.value(f"{totals}/cbc:PayableAmount")),
            *_parties(root),
            pin,
            environment,
        )
    )


def event_cude(root: Node, pin: str) -> str:
    """The CUDE of an event, which has no environment at its end."""
    response = root.at("cac:DocumentResponse")
    reference = response.at("cac:DocumentReference")
    return digest(
        (
            root.value("cbc:ID"),
            root.value("cbc:IssueDate"),
            root.value("cbc:IssueTime"),
            root.value(f"cac:SenderParty/{COMPANY}"),
            root.value(f"cac:ReceiverParty/{COMPANY}"),
            response.value("cac:Response/cbc:ResponseCode"),
            reference.value("cbc:ID"),
            reference.value("cbc:DocumentTypeCode"),
            pin,
        )
    )


def security_code(software_id: str, pin: str, number: str) -> str:
    """The SoftwareSecurityCode of a document or event."""
    return digest((software_id, pin, number))


def money(text: str) -> str:
    """An amount as the identifiers take it: cut to two decimals, "" if it is none."""
    found = decimal(text)
    return "" if found is None else f"{found.quantize(CENT, ROUND_DOWN):f}"


def _head(root: Node, totals: str) -> tuple[str, ...]:
    return (
        root.value("cbc:ID"),
        root.value("cbc:IssueDate"),
        root.value("cbc:IssueTime"),
        money(root.value(f"{totals}/cbc:LineExtensionAmount")),
    )


def _parties(root: Node) -> tuple[str, str]:
    return root.value(f"{SUPPLIER}/{COMPANY}"), root.value(f"{CUSTOMER}/{COMPANY}")


def _tax(root: Node, code: str) -> str:
    scheme = "cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID"
    groups = (one for one in root.all("cac:TaxTotal") if one.value(scheme) == code)
    return money(str(sum((one.amount("cbc:TaxAmount") for one in groups), ZERO)))
