"""What the register knows about the invented people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from acuse_sandbox.dian.rulebook import Facts, KnownDocument, Range, RutEntry
from tests.sandbox.dian.rulebook.kinds import (
    BUYER,
    CORRECTED,
    ISSUER,
    KEY,
    KINDS,
    NAMES,
    PIN,
    SOFTWARE,
)

NOW = datetime(2026, 11, 25, 15, 32, tzinfo=UTC)
HOUR = timedelta(hours=1)
RANGES = tuple(
    Range(
        resolution=kind.resolution,
        prefix=kind.prefix,
        first=kind.first,
        last=kind.last,
        valid_from=date(2019, 1, 19),
        valid_until=date(2030, 1, 19),
        technical_key=KEY if kind.identifier == "CUFE" else None,
    )
    for code, kind in KINDS.items()
    if code in ("01", "05", "20")
)
ORIGINAL = KnownDocument(ISSUER, "SETP990000100", "01", date(2026, 11, 20), BUYER)


def known(fiscal_id: str) -> KnownDocument | None:
    """The one document that was accepted before."""
    return ORIGINAL if fiscal_id == CORRECTED else None


FACTS = Facts(
    environment="2",
    at=NOW,
    certificate_nit=ISSUER,
    ranges=RANGES,
    software={SOFTWARE: PIN},
    rut={nit: RutEntry(NAMES[nit]) for nit in (ISSUER, BUYER)},
    known=known,
    contingencies=((NOW - HOUR, NOW + HOUR),),
    strict_software=True,
)
