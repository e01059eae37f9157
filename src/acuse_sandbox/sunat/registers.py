"""What this SUNAT knows beside a document of an issuer, as the rulebook asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acuse_sandbox.sunat import certificates, options
from acuse_sandbox.sunat.certificates import Certificates
from acuse_sandbox.sunat.options import Mode
from acuse_sandbox.sunat.register import Register
from acuse_sandbox.sunat.rulebook.registers import Known, Registers, Stated


@dataclass(frozen=True)
class Held(Stated):
    """The register of documents, and the taxpayers that are stated by their RUC."""

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


def of(settings: Mapping[str, str], documents: Register, ruc: str) -> Background:
    """What a document of this issuer is held against; homologation keeps no documents."""
    mode = options.read(settings, ruc).mode
    return Background(
        Stated() if mode is Mode.BETA else Held(documents),
        certificates.of(settings, ruc),
        mode,
    )
