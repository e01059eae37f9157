"""The DIAN's registers, as the control port fills them: what the rules and the lookups ask.

What is not registered is not known to be wrong, so that a company needs nothing here to begin:
- ranges: outside production everybody has the public test range, with its technical key;
- software: one that nobody registered passes, and the PIN is then not checked (FAB27b, CUDE, CUDS),
  because only its owner knows it; `POST /dian/software` registers its PIN, and the option
  `strict_software` turns the others away (FAB24b);
- RUT: who was not registered in it raises neither FAJ43 nor FAJ44.
Source: colombia.md 4 (test range, which identifier takes which secret) and 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from acuse_sandbox.dian import options
from acuse_sandbox.dian.rulebook import Range, RutEntry

Settings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Registered:
    """A range, whose it is ("" for everybody's), and when it was resolved."""

    nit: str
    resolved_on: date
    range: Range


TEST_RANGE = Registered(
    nit="",
    resolved_on=date(2019, 1, 19),
    range=Range(
        resolution="18760000001",
        prefix="SETP",
        first=990000000,
        last=995000000,
        valid_from=date(2019, 1, 19),
        valid_until=date(2030, 1, 19),
        technical_key="fc8eac422eba16e22ffd8c6f94b3f40a6e38162c",
    ),
)


def ranges(settings: Settings, nit: str, *, environment: str) -> list[Registered]:
    """The ranges that a NIT may use; outside production the test range first."""
    everybodys = [] if environment == "1" else [TEST_RANGE]
    return [*everybodys, *(one for one in _ranges(settings) if one.nit in ("", nit))]


def is_enabled(settings: Settings, nit: str) -> bool:
    """True if the control port enabled an issuer."""
    return any(enabled == nit for enabled, _ in options.entries(settings, "enabled"))


def rut(settings: Settings) -> dict[str, RutEntry]:
    """Who is registered in the RUT; nobody else is known to be absent."""
    return {
        nit: RutEntry(name=entry.get("name", ""), active=entry.get("active", True))
        for nit, entry in options.entries(settings, "rut")
    }


def software(settings: Settings, nit: str) -> dict[str, str | None]:
    """The PIN of every software that a NIT may use."""
    return {
        id_: entry.get("pin")
        for id_, entry in options.entries(settings, "software")
        if entry.get("nit", nit) == nit
    }


def _ranges(settings: Settings) -> Iterator[Registered]:
    for resolution, entry in options.entries(settings, "range"):
        since = date.fromisoformat(entry["valid_from"])
        yield Registered(
            nit=entry.get("nit", ""),
            resolved_on=date.fromisoformat(entry.get("resolved_on", entry["valid_from"])),
            range=Range(
                resolution=resolution,
                prefix=entry.get("prefix", ""),
                first=int(entry["first"]),
                last=int(entry["last"]),
                valid_from=since,
                valid_until=date.fromisoformat(entry["valid_until"]),
                technical_key=entry.get("technical_key"),
            ),
        )
