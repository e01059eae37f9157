"""Who issues and who is billed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from acuse.domain.contact import ContactAddress, Role, in_order, joined
from acuse.domain.numbering import NumberingRange

NOTHING: Mapping[str, Any] = {}


class Environment(StrEnum):
    """Where a document counts; nothing of it ever crosses to another environment."""

    SANDBOX = "SANDBOX"  # this installation's pretended authority
    TEST = "TEST"  # the authority's own rehearsal
    PRODUCTION = "PRODUCTION"


class Wish(StrEnum):
    """The customer's own rule about automatic mail; there is no "always"."""

    AS_COMPANY = "AS_COMPANY"
    NEVER = "NEVER"


def _bare(number: str) -> str:
    """The identity number without marks and the zeros before it, letters in capitals."""
    return "".join(filter(str.isalnum, number)).upper().lstrip("0")


@dataclass(frozen=True, slots=True)
class TaxId:
    """An identity number with its kind in the country's own word (RUC, DNI, CJ …)."""

    kind: str
    number: str

    @property
    def key(self) -> str:
        """The kind and the number as they are compared."""
        return f"{self.kind} {_bare(self.number)}"

    def names(self, other: TaxId) -> bool:
        """Whether both name one identity: some write zeros before the number, or marks in it."""
        return _bare(self.number) == _bare(other.number)


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `place` is the official location code (ubigeo, provincia-cantón-distrito).

    `district`, `city` and `region` are the names behind the code, smallest first; `country` is
    ISO 3166 alpha-2.
    """

    line: str
    place: str = ""
    district: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """The other party of a document, as it stood when it was read.

    `emails` get mail, `rules` tell of those that do not simply get everything, and of those that
    get nothing: `addresses` has both in one.
    """

    tax_id: TaxId
    name: str
    emails: tuple[str, ...] = ()
    address: Address | None = None
    phone: str = ""
    wish: Wish = Wish.AS_COMPANY
    extra: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[ContactAddress, ...] = ()

    @property
    def addresses(self) -> tuple[ContactAddress, ...]:
        """Every address with its role and kinds, by role."""
        return joined(self.emails, self.rules)

    @property
    def shown_emails(self) -> tuple[str, ...]:
        """The addresses that a document may show: no copies, nothing hidden."""
        return tuple(one.address for one in self.addresses if one.role is Role.TO)

    def reached_at(self, addresses: Iterable[ContactAddress]) -> Customer:
        """The same party with these addresses and no others."""
        told = in_order(addresses)
        return replace(
            self,
            emails=tuple(one.address for one in told if one.role is not Role.NONE),
            rules=tuple(one for one in told if not one.plain),
        )


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What is known of the company's signing certificate; the key itself stays in the signer."""

    subject: str
    holder_ids: tuple[str, ...]  # digits of the tax ids that the subject names
    valid_from: datetime
    valid_until: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Company:
    """The issuer and its settings, as far as rules need them.

    `secrets` are the names of the credentials it has stored (never their values); `endpoints`
    replace the jurisdiction's default addresses by name; `phone` has country code first.
    """

    id: int
    jurisdiction: str
    environment: Environment
    tax_id: TaxId
    legal_name: str
    trade_name: str = ""
    address: Address | None = None
    email: str = ""
    phone: str = ""
    automatic_delivery: bool = False
    electronic_invoicing: bool = False
    counts_opens: bool = False
    has_mail_route: bool = True
    certificate: CertificateFacts | None = None
    secrets: frozenset[str] = frozenset()
    ranges: tuple[NumberingRange, ...] = ()
    endpoints: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def own_emails(self) -> tuple[str, ...]:
        """The addresses that are hardly a customer's, though forms get filled with them."""
        return (self.email,) if self.email else ()

    @property
    def shown_name(self) -> str:
        """The name that customers know it by: the trade name where it has one."""
        return self.trade_name or self.legal_name
