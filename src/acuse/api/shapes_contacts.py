"""The shapes of contacts, and of the company's own copies."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from acuse.api import shapes


class ContactEmail(BaseModel):
    """Una dirección: para qué es y qué tipos de documento recibe; sin `kinds`, todos."""

    address: str
    role: str
    kinds: list[str] | None = None


class Contact(BaseModel):
    """Un contacto: los campos de `client` del formato."""

    model_config = ConfigDict(extra="allow")
    id: str
    name: str
    identificationObject: shapes.Identification
    settings: dict[str, bool]
    email: str | None = None
    emails: list[ContactEmail]


class ContactPage(BaseModel):
    """Con metadata=true."""

    metadata: shapes.Total
    data: list[Contact]


class Copy(BaseModel):
    """Una copia propia de la empresa; sin `kinds`, de todos los tipos de documento."""

    address: str
    use: str
    kinds: list[str] | None = None


class Copies(BaseModel):
    """Todas las copias propias, en su orden."""

    copies: list[Copy]


ContactList = list[Contact] | ContactPage
