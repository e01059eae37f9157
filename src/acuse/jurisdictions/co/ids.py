"""CUFE, CUDE, CUDS, security code, look-up address, file names and check digit.

Source: colombia.md 3 (check digit), 4 (identifiers, whose vectors are the tests), 6 (file names).
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from decimal import ROUND_DOWN, Context, Decimal
from typing import NamedTuple

from acuse.domain.numbering import Number
from acuse.domain.party import Environment

BOGOTA = timezone(timedelta(hours=-5))  # no summer time
CUFE, CUDE, CUDS = "CUFE-SHA384", "CUDE-SHA384", "CUDS-SHA384"  # schemeName of the UUID

_WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
_HOSTS = {"1": "catalogo-vpfe.dian.gov.co", "2": "catalogo-vpfe-hab.dian.gov.co"}
_CENT = Decimal("0.01")
_TRUNCATING = Context(prec=60, rounding=ROUND_DOWN)
_OWN_SOFTWARE = "000"  # in a file name; a technology provider has a code of its own


class Amounts(NamedTuple):
    """What an identifier holds of a document: the sums of IVA (01), INC (04), ICA (03) are 0
    where there is none of it."""

    line_extension: Decimal
    iva: Decimal
    inc: Decimal
    ica: Decimal
    payable: Decimal


def check_digit(nit: str) -> str:
    """The NIT's check digit; "" for what is not 1 to 15 digits."""
    if not (nit.isascii() and nit.isdigit() and len(nit) <= len(_WEIGHTS)):
        return ""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(nit), _WEIGHTS, strict=False))
    rest = total % 11
    return str(rest if rest < 2 else 11 - rest)


def environment_code(environment: Environment) -> str:
    """ProfileExecutionID: "1" in production, "2" in habilitación and in our sandbox."""
    return "1" if environment is Environment.PRODUCTION else "2"


def day(at: datetime) -> str:
    """Bogotá's date at that moment, yyyy-mm-dd."""
    return _moment(at)[:10]


def hour(at: datetime) -> str:
    """Bogotá's time at that moment, HH:MM:SS-05:00."""
    return _moment(at)[11:]


def _moment(at: datetime) -> str:
    return at.astimezone(BOGOTA).isoformat(timespec="seconds")


def number_text(number: Number) -> str:
    """The number as printed and sent: prefix and value, nothing between."""
    return f"{number.series}{number.value}"


def cufe(
    *,
    number: str,
    date: str,
    time: str,
    amounts: Amounts,
    issuer: str,
    acquirer: str,
    technical_key: str,
    environment: Environment,
) -> str:
    """The CUFE of an invoice (01, 02, 04): 96 lower-case hex digits; NITs without check digit.

    Source: colombia.md 4.1; vectors 1, 2, 3 and 6.
    """
    return _hash(
        number,
        date,
        time,
        truncated(amounts.line_extension),
        "01",
        truncated(amounts.iva),
        "04",
        truncated(amounts.inc),
        "03",
        truncated(amounts.ica),
        truncated(amounts.payable),
        issuer,
        acquirer,
        technical_key,
        environment_code(environment),
    )


def cude(
    *,
    number: str,
    date: str,
    time: str,
    amounts: Amounts,
    issuer: str,
    acquirer: str,
    pin: str,
    environment: Environment,
) -> str:
    """The CUDE of notes, type 03 and documentos equivalentes: the PIN stands for the key.

    Source: colombia.md 4.2; vectors 4 and 5.
    """
    return cufe(
        number=number,
        date=date,
        time=time,
        amounts=amounts,
        issuer=issuer,
        acquirer=acquirer,
        technical_key=pin,
        environment=environment,
    )


def cuds(
    *,
    number: str,
    date: str,
    time: str,
    amounts: Amounts,
    seller: str,
    buyer: str,
    pin: str,
    environment: Environment,
) -> str:
    """The CUDS of a documento soporte (05) or its note (95): one tax, the seller first.

    Source: colombia.md 4.3; vector 7.
    """
    return _hash(
        number,
        date,
        time,
        truncated(amounts.line_extension),
        "01",
        truncated(amounts.iva),
        truncated(amounts.payable),
        seller,
        buyer,
        pin,
        environment_code(environment),
    )


def event_cude(
    *,
    number: str,
    date: str,
    time: str,
    sender: str,
    receiver: str,
    code: str,
    reference: str,
    reference_type: str,
    pin: str,
) -> str:
    """The CUDE of an event (030–034); no environment at its end.

    Source: colombia.md 4.4; vector 8.
    """
    return _hash(number, date, time, sender, receiver, code, reference, reference_type, pin)


def software_security_code(software_id: str, pin: str, number: str) -> str:
    """The SoftwareSecurityCode of one document. Source: colombia.md 4.5; vector 9."""
    return _hash(software_id, pin, number)


def qr_url(fiscal_id: str, environment: Environment) -> str:
    """Where anybody looks the document up. Source: colombia.md 4.6."""
    host = _HOSTS[environment_code(environment)]
    return f"https://{host}/document/searchqr?documentkey={fiscal_id}"


def file_stem(kind: str, nit: str, year: int, consecutive: int) -> str:
    """The name of a file without extension; `kind` is fv, nc, nd, ds, nas, ncs, ad, ar …

    Its length is fixed: a shorter one is taken by the service and never found again.
    Source: colombia.md 6, file names.
    """
    if len(nit) > 10 or not 0 < consecutive <= 0xFFFFFFFF:
        raise ValueError(f"no file name for NIT {nit}, file {consecutive}")
    return f"{kind}{nit.zfill(10)}{_OWN_SOFTWARE}{year % 100:02d}{consecutive:08x}"


def truncated(amount: Decimal) -> str:
    """The amount as identifiers take it: two decimals, what follows cut off."""
    # Two decimals never make an exponent, so `str` writes what `f` would.
    return str(_TRUNCATING.quantize(amount, _CENT))


def _hash(*parts: str) -> str:
    return hashlib.sha384("".join(parts).encode()).hexdigest()
