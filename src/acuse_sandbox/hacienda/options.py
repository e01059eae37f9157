"""What the control port can set of the pretended Hacienda: `hacienda.<name>`, texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from acuse_sandbox.hacienda.registers import NAMES, PREFIX


class Fault(StrEnum):
    """What Hacienda can get wrong (costa-rica.md 9.3): `hacienda.fault`, one at a time."""

    NO_XML = "no_xml"  # a verdict without its MensajeHacienda
    WRONG_MESSAGE = "wrong_message"  # the XML says the contrary of ind-estado
    ERROR = "error"  # ind-estado "error" instead of a verdict
    CARRIAGE_RETURNS = "carriage_returns"  # lines of DetalleMensaje end in a literal CR
    UNKNOWN_ISSUER = "unknown_issuer"  # rejections name DESCONOCIDO and a total of 0
    ACCEPTED_WORDS = "accepted_words"  # rejections begin with "aceptado en el ambiente…"
    BROKEN_SIGNATURE = "broken_signature"  # the XML was altered after Hacienda signed it
    PAGE_502 = "page_502"  # a proxy's page for every call but the log-in
    LOST = "lost"  # a document never arrives: no answer, and nothing is kept
    WRONG_CLAVE = "wrong_clave"  # the XML is about another document
    GATEWAY_403 = "gateway_403"  # the gateway knows no path


@dataclass(frozen=True, slots=True)
class Options:
    """The settings, read; each field is a setting of the same name."""

    token_seconds: int = 300
    refresh_seconds: int = 36000
    idp: str = "up"  # "down": the identity provider answers 503
    blocked: tuple[str, ...] = ()  # users that the identity provider refuses with 403
    rate_limit: int = 100_000  # calls that a user has in a minute
    not_found_seconds: float = 0.0  # after a 202, Hacienda still says 404
    processing_seconds: float = 0.0  # after a 202, "procesando"
    error_seconds: float = 0.0  # after that, "error", and then the verdict
    callback: str = "due"  # "early", before a GET knows; "false", early and contrary; "never"
    staging_word: str = "recibido"  # of the sentence that staging begins with
    tolerance: Decimal = Decimal(0)  # by how much a sum may differ
    registered_place: str = ""  # "1-01-01": where issuers are registered; "" for wherever they say
    unknown_documents: str = "unknown"  # "accepted": claves never received are taken for accepted
    revoked: tuple[str, ...] = ()  # serial numbers of certificates, decimal
    fault: Fault | None = None

    @property
    def verdict_seconds(self) -> float:
        """How long after the 202 a verdict is told at all."""
        return max(self.not_found_seconds, self.processing_seconds + self.error_seconds)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _among(*known: str) -> Callable[[str], str]:
    """A reader of one of these words; raises ValueError for any other."""

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"{text!r} is not one of {', '.join(known)}")
        return text

    return read


READERS: Mapping[str, Callable[[str], Any]] = {
    "token_seconds": int,
    "refresh_seconds": int,
    "idp": _among("up", "down"),
    "blocked": _words,
    "rate_limit": int,
    "not_found_seconds": float,
    "processing_seconds": float,
    "error_seconds": float,
    "callback": _among("due", "early", "false", "never"),
    "staging_word": _among("recibido", "aceptado", "procesado"),
    "tolerance": Decimal,
    "registered_place": str,
    "unknown_documents": _among("unknown", "accepted"),
    "revoked": _words,
    "fault": lambda text: Fault(text) if text else None,
}


def read(settings: Mapping[str, str]) -> Options:
    """The options that a world's settings name; raises KeyError or ValueError for nonsense."""
    given = {
        name.removeprefix(PREFIX): text
        for name, text in dict(settings).items()
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).split(".")[0] not in NAMES
    }
    return Options(**{name: READERS[name](text) for name, text in given.items()})
