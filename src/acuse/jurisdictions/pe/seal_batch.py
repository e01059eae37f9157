"""The signed batch: checked, composed and signed once, frozen. Source: peru.md 4, 6."""

from __future__ import annotations

from datetime import datetime

from acuse.domain.batch import Batch
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.jurisdictions.pe import compose_batch
from acuse.jurisdictions.pe.checks_batch import batch_problems
from acuse.jurisdictions.pe.signing import sealed


def seal_batch(batch: Batch, company: Company, credential: Credential, at: datetime) -> Sealed:
    """The sealed batch; raises Blocked for one that SUNAT would reject as it stands."""
    problems = tuple(batch_problems(batch))
    if problems:
        raise Blocked(problems)
    return sign(batch, company, credential, at, compose_batch.compose(batch, company))


def sign(
    batch: Batch, company: Company, credential: Credential, at: datetime, parts: tuple[str, str]
) -> Sealed:
    """The batch with its signature between the parts; its fiscal id is the DigestValue."""
    number = compose_batch.number_of(batch)
    return sealed(
        parts,
        compose_batch.namespaces(batch),
        number=number,
        file=f"{company.tax_id.number}-{number}",
        credential=credential,
        at=at,
    )
