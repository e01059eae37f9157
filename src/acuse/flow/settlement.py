"""What was paid of a document and what is left; and whether a receipt fits in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse import jurisdictions
from acuse.domain.document import Document
from acuse.domain.jurisdiction import Cashier, Jurisdiction
from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import MAILABLE, DocumentState
from acuse.domain.money import ZERO
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.store import documents, payments
from acuse.store.documents import Issued
from acuse.store.payments import Settling


@dataclass(frozen=True, slots=True)
class Settlement:
    """A document that is paid with receipts, in its currency."""

    total: Decimal
    credited: Decimal  # by credit notes
    paid: Decimal  # by receipts that the authority accepted
    waiting: Decimal  # by receipts that it has not judged
    drafted: Decimal  # by receipts that are not issued
    due: date | None
    receipts: tuple[Settling, ...]  # all, rejected ones too
    settled: tuple[Document, ...]  # what counts of them, and the credit notes

    @property
    def pending(self) -> Decimal:
        """By receipts that are not accepted yet."""
        return self.waiting + self.drafted

    @property
    def left(self) -> Decimal:
        """What nobody has paid or taken off yet: a payment counts from its receipt's draft on."""
        return max(self.total - self.credited - self.paid - self.pending, ZERO)

    @property
    def unreceipted(self) -> Decimal:
        """What receipts may still be issued for: no draft keeps another from being issued."""
        return max(self.total - self.credited - self.paid - self.waiting, ZERO)

    def is_late(self, day: date) -> bool:
        """Whether something is left after its term."""
        return bool(self.left) and self.due is not None and self.due < day


def of(issued: Issued, jurisdiction: Jurisdiction) -> Settlement | None:
    """How an accepted document stands; None where no receipts are made of its payments."""
    cashier = jurisdiction.cashier
    if cashier is None or issued.state not in MAILABLE or not cashier.awaits(issued.document):
        return None
    found = payments.of(issued.company_id, issued.sealed.fiscal_id)
    counted = [
        one
        for one in found
        if one.state not in payments.VOID and one.document.currency == issued.document.currency
    ]
    receipts = [one for one in counted if one.document.kind is DocumentKind.PAYMENT]
    paid = _sum(one for one in receipts if one.state in MAILABLE)
    drafted = _sum(one for one in receipts if one.state is DocumentState.DRAFT)
    in_receipts = _sum(receipts)
    return Settlement(
        total=issued.total,
        credited=_sum(counted) - in_receipts,
        paid=paid,
        waiting=in_receipts - paid - drafted,
        drafted=drafted,
        due=issued.document.payment.due,
        receipts=tuple(one for one in found if one.document.kind is DocumentKind.PAYMENT),
        settled=tuple(one.document for one in counted),
    )


def paid_by(company_id: int, receipt: Document) -> tuple[int, ...]:
    """The ids of the company's documents that the receipt names."""
    if receipt.kind is not DocumentKind.PAYMENT:
        return ()
    named = (documents.find(company_id, one.fiscal_id) for one in receipt.references)
    return tuple(dict.fromkeys(one for one in named if one is not None))


def receipt_problems(company: Company, receipt: Document) -> tuple[Problem, ...]:
    """Why the draft does not fit in the document that it pays, which is held until commit.

    Nothing for another kind, or a receipt of documents that this installation does not know.
    """
    found = paid_by(company.id, receipt)
    if not found:
        return ()
    if len(receipt.references) > 1:
        return (_many(),)
    payments.hold(company.id, found[0])
    jurisdiction = jurisdictions.find(company.jurisdiction)
    paid, cashier = documents.load_of(company.id, found[0]), jurisdiction.cashier
    if cashier is None:
        return ()
    if paid.state not in MAILABLE:
        return (not_accepted(jurisdiction),)
    standing = of(paid, jurisdiction)
    left = standing.unreceipted if standing else ZERO
    return cashier.receipt_problems(receipt, paid.document, left)


def too_much(amount: Decimal, left: Decimal, cashier: Cashier) -> Problem:
    """More is paid than what is left."""
    told = f"Se paga {shown(amount, cashier)} y del documento queda {shown(left, cashier)}."
    if not left:
        told = "El documento ya está pagado por completo, con sus recibos y notas."
    return Problem("amount", "XX-PAY-3", f"{told} Corrige el monto.")


def not_accepted(jurisdiction: Jurisdiction) -> Problem:
    """Nothing is paid with receipts before it is accepted."""
    authority = jurisdiction.traits.words.authority
    text = f"El documento que se paga no está aceptado por {authority}. Espera su respuesta."
    return Problem("references.0", "XX-PAY-2", text)


def shown(amount: Decimal, cashier: Cashier) -> str:
    """The amount without useless zeros, two decimals at least."""
    whole, _, decimals = f"{amount:.{cashier.places}f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def _sum(found: Iterable[Settling]) -> Decimal:
    return sum((one.total for one in found), ZERO)


def _many() -> Problem:
    text = "Un recibo paga un solo documento. Haz un recibo para cada uno."
    return Problem("references", "XX-PAY-5", text)
