"""The form of a rule, the document on the table, and what examining it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from lxml import etree

from acuse_sandbox.dian.rulebook import kinds, nodes
from acuse_sandbox.dian.rulebook.facts import Facts, Finding, KnownDocument, Range, Severity
from acuse_sandbox.dian.rulebook.kinds import Kind
from acuse_sandbox.dian.rulebook.nodes import NONE, Node

BOGOTA = timezone(timedelta(hours=-5))
SUPPLIER = "cac:AccountingSupplierParty/cac:Party"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party"
COMPANY = "cac:PartyTaxScheme/cbc:CompanyID"
SIGNED_AT = (
    "ds:Object/xades:QualifyingProperties/xades:SignedProperties"
    "/xades:SignedSignatureProperties/xades:SigningTime"
)
PESO = Decimal(1)
TOLERANCE = Decimal(2)


@dataclass(frozen=True)
class Case:
    """A document on the table, and what the DIAN knows besides."""

    root: Node
    kind: Kind
    facts: Facts

    @classmethod
    def of(cls, document: etree._Element, facts: Facts) -> Case:
        """The case of an Invoice, CreditNote or DebitNote."""
        root = nodes.read(document)
        type_code = root.value(f"cbc:{root.name}TypeCode")
        return cls(root, kinds.of(root.name, type_code), facts)

    @cached_property
    def extensions(self) -> list[Node]:
        """Every DianExtensions."""
        contents = (
            content
            for extension in self.root.all("ext:UBLExtensions/ext:UBLExtension")
            for content in extension.all("ext:ExtensionContent")
        )
        return [found for content in contents for found in content.all("sts:DianExtensions")]

    @cached_property
    def extension(self) -> Node:
        """The first DianExtensions."""
        return self.extensions[0] if self.extensions else NONE

    @cached_property
    def control(self) -> Node:
        """What it says about its authorised range."""
        return self.extension.at("sts:InvoiceControl")

    @cached_property
    def lines(self) -> list[Node]:
        """The lines."""
        return self.root.all(self.kind.line)

    @cached_property
    def totals(self) -> Node:
        """The monetary total."""
        return self.root.at(self.kind.totals)

    @cached_property
    def number(self) -> str:
        """The number with its prefix."""
        return self.root.value("cbc:ID")

    @cached_property
    def supplier(self) -> Node:
        """The party that sells."""
        return self.root.at(SUPPLIER)

    @cached_property
    def customer(self) -> Node:
        """The party that buys."""
        return self.root.at(CUSTOMER)

    @property
    def issuer(self) -> Node:
        """The party that issues: the buyer in a documento soporte."""
        return self.customer if self.kind.is_bought else self.supplier

    @cached_property
    def range(self) -> Range | None:
        """The authorised range that it names; None if the issuer has no such range."""
        resolution = self.control.value("sts:InvoiceAuthorization")
        prefix = self.control.value("sts:AuthorizedInvoices/sts:Prefix")
        ranges = [one for one in self.facts.ranges if one.resolution == resolution]
        same = (one for one in ranges if one.prefix == prefix)
        return next(same, ranges[0] if ranges else None)

    @cached_property
    def issued_on(self) -> date | None:
        """The day of issue."""
        return day(self.root.value("cbc:IssueDate"))

    @cached_property
    def signed_at(self) -> datetime | None:
        """The moment of the signature, in Bogotá's time; None without one."""
        return signed_at(self.root)

    @cached_property
    def references(self) -> list[Node]:
        """The documents that a note corrects."""
        return [
            found
            for one in self.root.all("cac:BillingReference")
            for found in one.all("cac:InvoiceDocumentReference")
        ]

    @cached_property
    def corrected(self) -> list[tuple[Node, KnownDocument | None]]:
        """The same with a UUID, each with what the DIAN knows of it."""
        return [
            (one, self.facts.known(one.value("cbc:UUID")))
            for one in self.references
            if one.has("cbc:UUID")
        ]

    @cached_property
    def software_id(self) -> str:
        """The software that it says it was made with."""
        return self.extension.value("sts:SoftwareProvider/sts:SoftwareID")

    @property
    def pin(self) -> str | None:
        """The PIN of its software; None if it is not known."""
        return self.facts.software.get(self.software_id)


Spots = Iterable[int | None]
Check = Callable[[Case], Spots]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code without the kind's letters, its severity in each kind, our text."""

    suffix: str  # "AU04"; a code that is the same in every kind begins with "="
    severity: Mapping[str, Severity]  # by the letters of the kind
    text: str
    check: Check
    source: str = "10"  # of colombia.md

    def code(self, prefix: str) -> str:
        """The code of the rule in a kind."""
        return self.suffix[1:] if self.suffix.startswith("=") else prefix + self.suffix

    def examine(self, case: Case) -> Iterator[Finding]:
        """Everything that it finds in a document."""
        severity = self.severity.get(case.kind.prefix)
        if severity is None:
            return
        for line in self.check(case):
            yield Finding(self.code(case.kind.prefix), severity, f"{self.text}.", line)


EVERY = ("F", "C", "D", "DS", "NS", "DE", "NA")
RANGED = ("F", "DS", "DE")
NOTES = ("C", "D", "NS", "NA")


def rejects(*prefixes: str) -> Mapping[str, Severity]:
    """A rejection in these kinds, in every kind if none is named."""
    return dict.fromkeys(prefixes or EVERY, "R")


def notifies(*prefixes: str) -> Mapping[str, Severity]:
    """A notification in these kinds, in every kind if none is named."""
    return dict.fromkeys(prefixes or EVERY, "N")


def when(fails: Callable[[Case], bool]) -> Check:
    """A check of the document as a whole."""
    return lambda case: (None,) if fails(case) else ()


def by_line(fails: Callable[[Case, Node], bool]) -> Check:
    """A check of each line, which tells the lines that fail."""
    return lambda case: tuple(
        ordinal for ordinal, line in enumerate(case.lines, 1) if fails(case, line)
    )


def day(text: str) -> date | None:
    """A date; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def signed_at(root: Node) -> datetime | None:
    """The moment of the signature, in Bogotá's time; None without one."""
    for extension in root.all("ext:UBLExtensions/ext:UBLExtension"):
        for signature in extension.all("ext:ExtensionContent/ds:Signature"):
            try:
                at = datetime.fromisoformat(signature.value(SIGNED_AT))
                return at.astimezone(BOGOTA) if at.tzinfo else at.replace(tzinfo=BOGOTA)
            except (ValueError, OverflowError):  # the first and last days of the calendar
                continue
    return None


def pesos_differ(told: Decimal, counted: Decimal) -> bool:
    """Whether two amounts differ when rounded to the whole peso, as XPath's round() does."""
    return _pesos(told) != _pesos(counted)


def far(told: Decimal, counted: Decimal) -> bool:
    """Whether a product of a tax is off by more than 2.00."""
    return abs(told - counted) > TOLERANCE


def _pesos(amount: Decimal) -> Decimal:
    return amount.quantize(PESO, ROUND_HALF_UP)
