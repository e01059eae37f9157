"""Customers, as domain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from acuse.domain.contact import ContactAddress
from acuse.domain.party import Address, Customer, TaxId, Wish
from acuse.store import codec, models

SAME_IDENTITY = "one_customer_per_identity"  # what refuses a second contact with it


def load(company_id: int, customer_id: int) -> Customer:
    """The customer as it stands now; raises Customer.DoesNotExist for another company's."""
    return value(models.Customer.objects.get(pk=customer_id, company_id=company_id))


def meet(company_id: int, customer: Customer, *, kept: TaxId, at: datetime) -> tuple[int, bool]:
    """The id of the company's customer with that identity, made if it is new; whether it is
    reached only from now on.

    It is found as it was written or as it is `kept`, and made as that. A known customer keeps its
    own data: only an e-mail that it lacks is taken over, so that an old file never undoes what
    somebody corrected since.
    """
    rows = models.Customer.objects.filter(company_id=company_id)
    written = customer.tax_id
    found_so = written != kept and rows.filter(**_identity(written)).exists()
    row, made = rows.get_or_create(
        **_identity(written if found_so else kept),
        defaults={"company_id": company_id, "created_at": at, **_columns(customer)},
    )
    reached = not made and bool(customer.emails) and not row.emails and not row.rules
    if reached:
        row.emails, row.rules = list(customer.emails), _rules(customer)
        row.save(update_fields=["emails", "rules"])
    return int(row.pk), reached


def save(company_id: int, customer_id: int | None, customer: Customer, *, at: datetime) -> int:
    """The id of the saved customer; raises IntegrityError where another has its identity."""
    columns = {**_columns(customer), **_identity(customer.tax_id)}
    if customer_id is None:
        row = models.Customer.objects.create(company_id=company_id, created_at=at, **columns)
        return int(row.pk)
    models.Customer.objects.filter(pk=customer_id, company_id=company_id).update(**columns)
    return customer_id


def value(row: models.Customer) -> Customer:
    """A row as a value."""
    return Customer(
        tax_id=TaxId(row.tax_id_kind, row.tax_id),
        name=row.name,
        emails=tuple(row.emails),
        address=codec.load(Address, row.address) if row.address else None,
        phone=row.phone,
        wish=Wish(row.wish),
        extra=row.extra,
        rules=tuple(codec.load(ContactAddress, rule) for rule in row.rules),
    )


def _identity(tax_id: TaxId) -> dict[str, str]:
    return {"tax_id_kind": tax_id.kind, "tax_id": tax_id.number}


def _rules(customer: Customer) -> list[object]:
    return [codec.dump(rule) for rule in customer.rules]


def _columns(customer: Customer) -> dict[str, object]:
    return {
        "name": customer.name,
        "emails": list(customer.emails),
        "rules": _rules(customer),
        "address": codec.dump(customer.address) if customer.address else {},
        "phone": customer.phone,
        "wish": customer.wish.value,
        "extra": codec.dump(customer.extra),
    }


def choices(company_id: int) -> tuple[tuple[int, str, bool], ...]:
    """Id, name with identity, and whether there is an e-mail: the contacts to choose from."""
    rows = models.Customer.objects.filter(company_id=company_id).order_by("name")[:500]
    return tuple((row.pk, f"{row.name} · {row.tax_id}", bool(row.emails)) for row in rows)


def page(
    company_id: int, words: str = "", *, start: int = 0, limit: int = 100
) -> tuple[tuple[int, Customer], ...]:
    """The company's contacts by name, with their ids; of those that begin so, where told."""
    rows = _rows(company_id, words).order_by("name", "id")
    return tuple((row.pk, value(row)) for row in rows[start : start + limit])


def count(company_id: int, words: str = "") -> int:
    """How many contacts all pages of that list have."""
    return _rows(company_id, words).count()


def _rows(company_id: int, words: str) -> QuerySet[models.Customer]:
    rows = models.Customer.objects.filter(company_id=company_id)
    if words:
        rows = rows.filter(name__istartswith=words) | rows.filter(tax_id__startswith=words)
    return rows


@dataclass(frozen=True, slots=True)
class Counts:
    """How many contacts the switch reaches, and how many it does not."""

    all: int
    without_email: int
    never: int


def counts(company_id: int) -> Counts:
    """The counted state line of the switch."""
    rows = models.Customer.objects.filter(company_id=company_id)
    return Counts(
        all=rows.count(),
        without_email=rows.filter(emails=[], wish=Wish.AS_COMPANY.value).count(),
        never=rows.filter(wish=Wish.NEVER.value).count(),
    )
