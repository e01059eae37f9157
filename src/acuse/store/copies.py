"""Where a company's own copies go."""

from __future__ import annotations

from collections.abc import Iterable

from acuse.domain.copies import CompanyCopy, CopyUse
from acuse.domain.kinds import DocumentKind
from acuse.store import models


def of_company(company_id: int) -> tuple[CompanyCopy, ...]:
    """The company's copies in their order."""
    rows = models.CopyAddress.objects.filter(company_id=company_id).order_by("ordinal")
    return tuple(
        CompanyCopy(row.address, CopyUse(row.use), frozenset(map(DocumentKind, row.kinds)))
        for row in rows
    )


def save(company_id: int, copies: Iterable[CompanyCopy]) -> None:
    """Have the copies go there and nowhere else from now on; the company's row is locked."""
    models.CopyAddress.objects.filter(company_id=company_id).delete()
    models.CopyAddress.objects.bulk_create(
        models.CopyAddress(
            company_id=company_id,
            ordinal=ordinal,
            address=one.address,
            normalised=one.address.casefold(),
            use=one.use.value,
            kinds=sorted(kind.value for kind in one.kinds),
        )
        for ordinal, one in enumerate(copies)
    )
