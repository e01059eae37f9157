"""What a constancia shows on paper: a document's mails and its Actividad, already worded."""

from __future__ import annotations

from dataclasses import dataclass, field

from acuse.domain.face import Field


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt at handing the mail to its server."""

    at: str
    result: str
    said: str  # the server's words


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail to one address: where it stands, what proves it, each attempt."""

    address: str
    state: str
    facts: tuple[Field, ...]
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of Actividad."""

    ordinal: str
    at: str
    text: str
    actor: str


@dataclass(frozen=True, slots=True)
class Constancia:
    """All that the paper shows; `signed` is the signed JSON that it is made from and carries."""

    title: str
    about: str  # "Factura electrónica F001-123"
    issuer_name: str
    issuer_id: str
    summary: tuple[str, ...]  # where it stands, then what became of each mail
    document: tuple[Field, ...]
    verdict: tuple[Field, ...]
    files: tuple[Field, ...]  # of the packet: name, SHA-256
    mails: tuple[Mail, ...]
    lines: tuple[Line, ...]
    made: tuple[Field, ...]
    legal: tuple[str, ...]
    watermark: str
    signed_name: str
    signed: bytes = field(repr=False)
    moment: int  # UNIX seconds
    language: str = "es"
