"""What this SUNAT knows beside a document of an issuer, as the rulebook asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from acuse_sandbox.sunat import certificates, options
from acuse_sandbox.sunat.certificates import Certificates
from acuse_sandbox.sunat.options import Mode
from acuse_sandbox.sunat.register import Register
from acuse_sandbox.sunat.rulebook.registers import Known, Registers, Stated
from acuse_sandbox.sunat.taxpayers import Standing

LIMA = timezone(timedelta(hours=-5))  # no daylight saving

MARKS = frozenset(field.name for field in fields(Standing))


@dataclass(frozen=True)
class Listed(Stated):
    """The taxpayers that the control port stated, on a day; the others as their RUC says."""

    settings: Mapping[str, str]
    today: date

    def standing(self, ruc: str) -> Standing | None:
        """A taxpayer's marks in the lists that are in force."""
        found = super().standing(ruc)
        for entry in options.entries(self.settings, "taxpayer"):
            if entry["ruc"] == ruc and self._is_in_force(entry) and found is not None:
                found = replace(found, **{m: v for m, v in entry.items() if m in MARKS})
        return found

    def has_annex(self, ruc: str, code: str) -> bool:
        """Whether it was stated among the taxpayer's annexes, where these were; else as usual."""
        for entry in options.entries(self.settings, "taxpayer"):
            if entry["ruc"] == ruc and "annexes" in entry:
                return code == "0000" or code in entry["annexes"].split()
        return super().has_annex(ruc, code)

    def _is_in_force(self, entry: Mapping[str, Any]) -> bool:
        day = self.today.isoformat()
        return bool(entry.get("since", day) <= day <= entry.get("until", day))


@dataclass(frozen=True)
class Held(Listed):
    """The same, and the register of documents."""

    documents: Register
    keeps_documents = True

    def document(self, ruc: str, kind: str, number: str) -> Known | None:
        """An issuer's document; None if it was never judged."""
        found = self.documents.find(f"{ruc}-{kind}-{number}")
        return None if found is None else found.known

    def was_presented(self, ruc: str, name: str) -> bool:
        """Whether a summary of this name was judged before."""
        return self.documents.knows_file(f"{ruc}-{name}")


@dataclass(frozen=True, slots=True)
class Background:
    """All that a document is held against."""

    registers: Registers
    certificates: Certificates = certificates.ANY
    mode: Mode = Mode.PRODUCTION


STATED = Background(Stated())  # nothing but what a RUC says by itself


def of(settings: Mapping[str, str], documents: Register, ruc: str, *, at: datetime) -> Background:
    """What a document of this issuer is held against; homologation keeps no documents."""
    mode = options.read(settings, ruc).mode
    today = at.astimezone(LIMA).date()
    return Background(
        Listed(settings, today) if mode is Mode.BETA else Held(settings, today, documents),
        certificates.of(settings, ruc),
        mode,
    )
