"""The shapes of what the API answers, for its OpenAPI page; a test holds the answers to them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

Amount = int | float | str


class Problem(BaseModel):
    """Algo por corregir: dónde, qué regla, y qué hacer."""

    field: str
    code: str
    text: str
    rule: str


class Refusal(BaseModel):
    """Por qué no se hizo: `code` y `message` del primer problema, y todos."""

    code: str
    message: str
    problems: list[Problem]


REFUSED = {frozenset({400, 401, 403, 404, 409, 413, 415, 422, 429, 503}): Refusal}


def told(shape: Any, status: int = 200) -> dict[Any, Any]:
    """What an address answers: that shape, or a refusal."""
    return {status: shape, **REFUSED}


class Identification(BaseModel):
    """Una identificación, en la palabra del país."""

    type: str
    number: str


class Currency(BaseModel):
    """Una moneda; el cambio, en moneda propia por una de esta."""

    code: str
    exchangeRate: Amount | None = None


class Client(BaseModel):
    """El cliente como quedó en el documento: los campos del formato, y el id del contacto."""

    model_config = ConfigDict(extra="allow")
    id: str | None
    name: str


class NumberTemplate(BaseModel):
    """El número; null mientras es borrador."""

    prefix: str | None = None
    number: str | None = None
    fullNumber: str | None
    isElectronic: bool


class Delivery(BaseModel):
    """Un correo, por dirección; su estado es otro eje que el del documento."""

    id: str
    to: str | None
    state: str
    reason: str | None
    text: str | None
    trigger: str
    answer: str | None


class RowStamp(BaseModel):
    """El veredicto en una lista."""

    legalStatus: str
    fiscalId: str | None


class Stamp(RowStamp):
    """El veredicto; `cufe` es el mismo `fiscalId` con el nombre de Alegra."""

    cufe: str | None
    date: str | None
    warnings: list[str]
    reasons: list[str]
    submission: str | None
    needsAttention: str | None
    barCodeContent: str | None = None


class RowClient(BaseModel):
    """El cliente en una lista."""

    id: str | None
    name: str


class DocumentRow(BaseModel):
    """Un documento en una lista."""

    id: str
    kind: str
    status: str
    state: str
    numberTemplate: NumberTemplate
    client: RowClient
    currency: Currency
    total: Amount
    createdAt: str
    issuedAt: str | None
    stamp: RowStamp
    deliveries: list[Delivery]


class Receipt(BaseModel):
    """El recibo de un pago; `state` DRAFT mientras no se emita."""

    id: str
    state: str
    fullNumber: str | None
    total: Amount


class Payments(BaseModel):
    """Lo pagado de un documento cuyos pagos llevan recibo; `left` descuenta también borradores."""

    dueDate: str | None
    credited: Amount
    paid: Amount
    pending: Amount
    left: Amount
    overdue: bool
    receipts: list[Receipt]


class Document(DocumentRow):
    """Un documento: lo que se pidió, con los nombres del formato, y lo que pasó con él."""

    model_config = ConfigDict(extra="allow")
    client: Client  # type: ignore[assignment]  # wider than a list's
    subtotal: Amount
    tax: Amount
    stamp: Stamp
    items: list[dict[str, Any]]
    pdf: str | None = None
    xml: str | None = None
    receipt: str | None = None
    payments: Payments | None = None


class Total(BaseModel):
    """Cuántos hay en todas las páginas."""

    total: int


class DocumentPage(BaseModel):
    """Con metadata=true."""

    metadata: Total
    data: list[DocumentRow]


DocumentList = list[DocumentRow] | DocumentPage


class Mail(BaseModel):
    """Un envío a mano, en cola."""

    id: str
    emails: list[str]
    state: str


class File(BaseModel):
    """Un archivo y dónde está."""

    name: str
    url: str


class Constancia(BaseModel):
    """Lo anotado de un documento y su firma: JWS separada sobre la forma canónica (RFC 8785)."""

    constancia: dict[str, Any]
    jws: str


class Event(BaseModel):
    """Una línea de la Actividad."""

    at: str
    kind: str
    actor: str
    text: str
    facts: dict[str, Any]


class BuyerEvent(BaseModel):
    """Lo que el comprador declaró."""

    code: str
    text: str
    fiscalId: str
    at: str | None
    by: str | None
    reason: str | None


class CompanySettings(BaseModel):
    """Los interruptores; `automaticDeliveryByLaw` dice la norma que mantiene encendido al primero.

    Con `countsOpens` cada correo lleva una imagen que avisa cuando se abre.
    """

    automaticDelivery: bool
    automaticDeliveryByLaw: str | None
    countsOpens: bool


class Numbering(BaseModel):
    """Una numeración."""

    id: str
    documentType: str
    prefix: str
    nextInvoiceNumber: str
    maxInvoiceNumber: str
    startDate: str | None
    endDate: str | None
    status: str


class Lacking(BaseModel):
    """Lo que falta para emitir y para enviar; vacío, nada."""

    issue: list[Problem]
    mail: list[Problem]


class MailTemplate(BaseModel):
    """Las palabras del correo de un tipo de documento; `subject` null donde la norma lo fija."""

    kind: str
    name: str
    version: int
    subject: str | None
    body: str
    own: bool


class Company(BaseModel):
    """La empresa del token."""

    id: str
    name: str
    tradeName: str | None
    identificationObject: Identification
    email: str | None
    phone: str | None
    jurisdiction: str
    environment: str
    currency: Currency
    electronicInvoicing: bool
    settings: CompanySettings
    numberTemplates: list[Numbering]
    lacking: Lacking
