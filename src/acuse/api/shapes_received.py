"""The shapes of documents of others, and of what we declare about them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from acuse.api.shapes import Amount, Currency, Total


class Issuer(BaseModel):
    """Quien lo emitió."""

    name: str
    identification: str


class ReceivedRow(BaseModel):
    """Un documento de otro, en una lista."""

    id: str
    number: str
    kindName: str
    issuer: Issuer
    date: str
    currency: Currency
    total: Amount
    receivedAt: str


class Received(ReceivedRow):
    """Un documento de otro."""

    kindCode: str
    fiscalId: str
    onCredit: bool
    hasReceipt: bool = Field(description="Si llegó la respuesta de la autoridad")
    answerUntil: str | None = Field(description="Último día para contestar, donde el plazo corre")
    source: str
    receivedBy: str


class ReceivedPage(BaseModel):
    """Con metadata=true."""

    metadata: Total
    data: list[ReceivedRow]


ReceivedList = list[ReceivedRow] | ReceivedPage


class Remark(BaseModel):
    """Lo que dijo la autoridad."""

    code: str
    text: str


class Declaration(BaseModel):
    """Lo que declaramos de un documento; `outcome` null hasta que la autoridad responda."""

    id: str
    kind: str
    text: str
    number: str
    fiscalId: str
    reasonCode: str | None
    note: str | None
    extra: dict[str, Any] = Field(description="Los campos propios del país")
    declaredBy: str
    declaredAt: str
    outcome: str | None = Field(description="ACCEPTED, REJECTED…")
    remarks: list[Remark]
    answeredAt: str | None
    submission: str | None
    needsAttention: str | None
