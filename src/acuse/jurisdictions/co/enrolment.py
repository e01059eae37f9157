"""Habilitación: the test set, its public range, and the series that need no authorisation.

Source: colombia.md 4 (public test range), 7 (how many documents: only the portal says it), 1
(notes have an internal series of their own, without a range of the DIAN).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from acuse.domain.document import Tax
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.traits import Enrolment

_K = DocumentKind
TEST_RESOLUTION = "18760000001"
TEST_KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"  # published for everybody's rehearsals
LARGEST = 999_999_999

# Each range has a key of its own, though several hang from one resolution (section 6, 6b).
TECHNICAL_KEY = "technical_key:{resolution}:{series}"
TEST_RANGE = NumberingRange(
    id=0,
    kind=_K.INVOICE,
    series="SETP",
    first=990_000_000,
    last=995_000_000,
    next=990_000_000,
    valid_from=date(2019, 1, 19),
    valid_until=date(2030, 1, 19),
    extra={"resolution": TEST_RESOLUTION, "resolution_date": date(2019, 1, 19)},
)


def _series(kind: DocumentKind, prefix: str) -> NumberingRange:
    return NumberingRange(id=0, kind=kind, series=prefix, first=1, last=LARGEST, next=1)


ENROLMENT = Enrolment(
    plan=((_K.INVOICE, 30), (_K.DEBIT_NOTE, 10), (_K.CREDIT_NOTE, 10)),
    accepted=1,
    ranges=(
        TEST_RANGE,
        _series(_K.CREDIT_NOTE, "NC"),
        _series(_K.DEBIT_NOTE, "ND"),
        _series(_K.PURCHASE_NOTE, "NAS"),
        _series(_K.RECEIPT_NOTE, "NAP"),
    ),
    secrets=((TECHNICAL_KEY.format(resolution=TEST_RESOLUTION, series="SETP"), TEST_KEY),),
    needs=("test_set_id",),
    software=("software_id",),
    test_unit="94",
    test_tax=Tax("IVA", Decimal(19)),
)
