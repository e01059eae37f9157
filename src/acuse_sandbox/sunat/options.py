"""What the control port can set of the pretended SUNAT.

Plain settings are `sunat.<name>`, texts; those of PER_RUC also `sunat.<name>.<ruc>`, which goes
before. Entries of its registers are `sunat.<register>.<key>`, each a JSON object; `POST
/sunat/<register>` writes such an entry from its members (see `learning`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PREFIX = "sunat."
REGISTERS = frozenset({"user", "provider", "certificate", "client", "taxpayer"})
PER_RUC = frozenset({"mode", "cdr", "faults"})
PURPOSES = ("send", "ask", "login")


class Mode(StrEnum):
    """Whose manners: of SUNAT's production, of its homologation, of an OSE (peru.md 5.1, 5.2)."""

    PRODUCTION = "production"
    BETA = "beta"  # content by fault, no register, MODDATOS only, CDRs that are not signed
    OSE = "ose"  # numbers in faultstring, CDRs and consult codes of its own


class Trouble(StrEnum):
    """How every request is answered while `sunat.fault` says so; nothing is kept."""

    EMPTY = "empty"  # 200 without a byte
    PAGE_503 = "page_503"
    PAGE_200 = "page_200"
    DATAPOWER = "datapower"  # the gateway's own words, which are no XML
    SERVER = "server"  # Server.0100


@dataclass(frozen=True, slots=True)
class Options:
    """The plain settings, read; each field is a setting of the same name."""

    mode: Mode = Mode.PRODUCTION
    cdr: frozenset[str] = frozenset()  # see CDR_FORMS
    faults: frozenset[str] = frozenset()  # see FAULT_FORMS
    ticket_seconds: float = 0.0  # so long a ticket is in process
    unknown_seconds: float = 0.0  # after a ticket told "in process", so long it is unknown
    ticket_days: float = 7.0  # after these, a ticket is unknown for good
    token_seconds: int = 3600
    long_states: bool = False  # 0000, 0098, 0001 in place of 0, 98, 1
    consult: str = "up"  # "down": 0125 for every question
    trouble: Mapping[str, Trouble] | None = None  # by purpose

    @property
    def is_beta(self) -> bool:
        """True for homologation's manners."""
        return self.mode is Mode.BETA

    @property
    def is_ose(self) -> bool:
        """True for an OSE's manners."""
        return self.mode is Mode.OSE


CDR_FORMS = ("latin1", "dummy_after", "no_dummy", "zeros", "moment")
FAULT_FORMS = ("ns0", "env", "detail")


def _words(known: tuple[str, ...]) -> Callable[[str], frozenset[str]]:
    def read(text: str) -> frozenset[str]:
        found = frozenset(text.replace(",", " ").split())
        if not found <= set(known):
            raise ValueError(f"{text!r}; there are {', '.join(known)}")
        return found

    return read


READERS: Mapping[str, Callable[[str], Any]] = {
    "mode": Mode,
    "cdr": _words(CDR_FORMS),
    "faults": _words(FAULT_FORMS),
    "ticket_seconds": float,
    "unknown_seconds": float,
    "ticket_days": float,
    "token_seconds": int,
    "long_states": lambda text: text == "1",
    "consult": str,
}


def read(settings: Mapping[str, str], ruc: str = "") -> Options:
    """The options that a world's settings name for a RUC; raises KeyError or ValueError."""
    found: dict[str, Any] = {}
    own: dict[str, Any] = {}
    trouble: dict[str, Trouble] = {}
    for setting, text in dict(settings).items():
        if not setting.startswith(PREFIX):
            continue
        name, _, key = setting.removeprefix(PREFIX).partition(".")
        if name in REGISTERS:
            continue
        if name == "fault":
            trouble |= {purpose: Trouble(text) for purpose in ([key] if key else PURPOSES) if text}
        elif not key:
            found[name] = READERS[name](text)
        elif name in PER_RUC and key == ruc:
            own[name] = READERS[name](text)
    return Options(**{**found, **own}, trouble=trouble)


def entries(settings: Mapping[str, str], register: str) -> Iterator[dict[str, Any]]:
    """The entries of a register."""
    before = f"{PREFIX}{register}."
    for setting, text in dict(settings).items():
        if setting.startswith(before):
            yield json.loads(text)
