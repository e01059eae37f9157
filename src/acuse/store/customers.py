"""Customers, as domain values."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.party import Address, Customer, TaxId, Wish
from acuse.store import codec, models


def load(company_id: int, customer_id: int) -> Customer:
    """The customer as it stands now; raises Customer.DoesNotExist for another company's."""
    return value(models.Customer.objects.get(pk=customer_id, company_id=company_id))


def meet(company_id: int, customer: Customer, *, at: datetime) -> int:
    """The id of the company's customer with that identity, made if it is new.

    A known customer keeps its own data: only an e-mail that it lacks is taken over, so that an
    old file never undoes what somebody corrected since.
    """
    row, made = models.Customer.objects.get_or_create(
        company_id=company_id,
        tax_id_kind=customer.tax_id.kind,
        tax_id=customer.tax_id.number,
        defaults={"created_at": at, **_columns(customer)},
    )
    if not made and customer.emails and not row.emails:
        row.emails = list(customer.emails)
        row.save(update_fields=["emails"])
    return int(row.pk)


def save(company_id: int, customer_id: int | None, customer: Customer, *, at: datetime) -> int:
    """The id of the saved customer; raises IntegrityError where another has its identity."""
    columns = {
        **_columns(customer),
        "tax_id_kind": customer.tax_id.kind,
        "tax_id": customer.tax_id.number,
    }
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
    )


def _columns(customer: Customer) -> dict[str, object]:
    return {
        "name": customer.name,
        "emails": list(customer.emails),
        "address": codec.dump(customer.address) if customer.address else {},
        "phone": customer.phone,
        "wish": customer.wish.value,
        "extra": codec.dump(customer.extra),
    }
