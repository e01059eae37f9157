"""The shapes of what the API answers about catalogues."""

from __future__ import annotations

from pydantic import BaseModel

from acuse.api.shapes import Amount


class Edition(BaseModel):
    """El archivo oficial que se importó."""

    name: str | None
    file: str
    importedAt: str
    entries: int


class Entry(BaseModel):
    """Un código; `percentage` y `kind` (GOODS, SERVICE) son null donde no se saben."""

    code: str
    description: str
    percentage: Amount | None
    kind: str | None


class Found(BaseModel):
    """Lo que se encontró; sin `edition`, solo entre los códigos de los ejemplos."""

    name: str
    edition: Edition | None
    data: list[Entry]
