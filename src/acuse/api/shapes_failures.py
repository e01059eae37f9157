"""The shapes of what did not arrive."""

from __future__ import annotations

from pydantic import BaseModel


class Cause(BaseModel):
    """Una causa con fallos: cuántos, qué significa y qué hacer."""

    cause: str
    title: str
    text: str
    total: int


class FailureClient(BaseModel):
    """El contacto."""

    id: str
    name: str


class Failure(BaseModel):
    """Un fallo; `document` es null si es de un resumen o de una declaración."""

    id: str
    cause: str
    number: str
    document: str | None
    client: FailureClient | None
    address: str | None
    since: str | None
    attempts: int
    nextAttempt: str | None
    said: str | None
