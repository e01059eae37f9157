"""Colombian faces for tests, and what they show."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from acuse.domain.document import (
    Document,
    Tax,
)
from acuse.domain.face import Face
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Company
from acuse.domain.verdict import Outcome, Verdict
from acuse.jurisdictions.co import face as faces
from tests.jurisdictions.co import dian
from tests.jurisdictions.co.checked import (
    PREFIXES,
    K,
    company,
    document,
)
from tests.jurisdictions.co.dian import CUFE
from tests.support.makers import AT

D = Decimal
VALUE = 990_000_123
ACCEPTED = Verdict(Outcome.ACCEPTED, receipt=dian.application_response())
IVA = Tax("IVA", D(19))


def face(
    kind: DocumentKind = K.INVOICE,
    *,
    issuer: Company | None = None,
    verdict: Verdict | None = ACCEPTED,
    **changes: Any,
) -> Face:
    """The face of a good document of that kind, numbered and sealed."""
    one = document(kind, **{"number": Number(PREFIXES[kind], VALUE)} | changes)
    return faces.face(one, issuer or company(), sealed(one), verdict)


def sealed(one: Document) -> Sealed:
    """What is shown of the signed document."""
    assert one.number is not None
    number = f"{one.number.series}{one.number.value}"
    return Sealed(b"<Invoice/>", CUFE, number, "fv09998887770002600000001.xml", AT)


def shown(one: Face) -> dict[str, str]:
    """The labelled texts of the face."""
    fields = (*one.counterparty, *one.facts, *one.totals)
    return {spaced(field.label): field.value for field in fields}


def spaced(text: str) -> str:
    """The text with usual spaces: a rate and its sign stay on one line of the paper."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
