"""The shapes of what the API takes, for its OpenAPI page; docs/document-format.md has the whole."""

from __future__ import annotations

from typing import Any

from acuse.domain.contact import Role
from acuse.domain.copies import CopyUse
from acuse.domain.kinds import DocumentKind
from acuse.domain.received import ReceptionKind

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
FIGURE: Schema = {"oneOf": [{"type": "number"}, {"type": "string"}]}
DAY: Schema = {"type": "string", "format": "date"}
KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 255},
    "description": "La misma clave con el mismo cuerpo devuelve lo respondido; con otro, 409.",
}


def _object(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _body(schema: Schema, *, keyed: bool = False) -> Schema:
    told: Schema = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}
    }
    return told | ({"parameters": [KEY]} if keyed else {})


IDENTITY = _object(("type", "number"), type=TEXT, number=TEXT)
ADDRESS = _object(
    ("address",),
    address=TEXT,
    place=TEXT,
    district=TEXT,
    city=TEXT,
    department=TEXT,
    country=TEXT,
)
KINDS: Schema = {"type": "string", "enum": [kind.value for kind in DocumentKind]}
CONTACT_EMAIL = _object(
    ("address",),
    address=TEXT,
    role={"type": "string", "enum": [role.value for role in Role]},
    kinds=_list(KINDS),
)
COPY = _object(
    ("address",),
    address=TEXT,
    use={"type": "string", "enum": [use.value for use in CopyUse]},
    kinds=_list(KINDS),
)
CONTACT = _object(
    ("name", "identificationObject"),
    name=TEXT,
    identificationObject=IDENTITY,
    email={"oneOf": [TEXT, _list(TEXT)]},
    emails=_list(CONTACT_EMAIL),
    emailConfirmed=FLAG,
    address=ADDRESS,
    phonePrimary=TEXT,
    settings=_object(sendElectronicDocuments=FLAG),
    extra={"type": "object"},
)
ID: Schema = {"oneOf": [{"type": "integer"}, {"type": "string"}, _object(("id",), id=TEXT)]}
ITEM = _object(
    ("name", "price", "quantity"),
    name=TEXT,
    price=FIGURE,
    quantity=FIGURE,
    unit=TEXT,
    code=TEXT,
    discount=FIGURE,
    tax=_list(_object(code=TEXT, percentage=FIGURE)),
    extra={"type": "object"},
)
DOCUMENT = _object(
    ("client", "items"),
    kind=KINDS,
    client={"oneOf": [*ID["oneOf"], CONTACT]},
    items=_list(ITEM),
    date=DAY,
    dueDate=DAY,
    numberTemplate={"oneOf": [*ID["oneOf"], _object(("prefix",), prefix=TEXT)]},
    paymentForm={"type": "string", "enum": ["CASH", "CREDIT"]},
    paymentMethod=TEXT,
    anotation=TEXT,
    observations=TEXT,
    purchaseOrder=TEXT,
    references=_list({"type": "object"}),
    extra={"type": "object"},
    stamp=_object(generateStamp=FLAG),
)
PERSON = _object(
    ("identificationObject", "firstName", "familyName"),
    identificationObject=IDENTITY,
    firstName=TEXT,
    familyName=TEXT,
    jobTitle=TEXT,
    department=TEXT,
)

NEW_DOCUMENT = _body(DOCUMENT, keyed=True)
NEW_PAYMENT = _body(
    _object(
        ("amount",),
        amount=FIGURE,
        date=DAY,
        paymentMethod=TEXT,
        exchangeRate=FIGURE,
        note=TEXT,
        stamp=_object(generateStamp=FLAG),
    ),
    keyed=True,
)
ONCE: Schema = {"parameters": [KEY]}
EMAILS = _body(_object(("emails",), emails=_list(TEXT), emailConfirmed=FLAG), keyed=True)
NEW_CONTACT = _body(CONTACT)
CHANGED_CONTACT = _body(CONTACT | {"required": []})
COPIES = _body(_object(("copies",), copies=_list(COPY), emailConfirmed=FLAG))
SETTINGS = _body(_object((), automaticDelivery=FLAG, countsOpens=FLAG) | {"minProperties": 1})
# Of all countries: which of them one has is said where another is asked for.
_DECLARED = [kind.value for kind in ReceptionKind if kind is not ReceptionKind.ACCEPTED_BY_LAPSE]
MAIL_TEMPLATE = _body(
    _object(("version",), subject=TEXT, body=TEXT, version={"type": "integer", "minimum": 0})
)
NEW_DECLARATION = _body(
    _object(
        ("kind",),
        kind={"type": "string", "enum": _DECLARED},
        reasonCode=TEXT,
        note=TEXT,
        person=PERSON,
        extra={"type": "object"},
    )
)
_BINARY: Schema = {"schema": {"type": "string", "format": "binary"}}
NEW_RECEIVED: Schema = {
    "requestBody": {
        "required": True,
        "content": {
            "application/zip": _BINARY,
            "application/xml": _BINARY,
            "multipart/form-data": {"schema": _object(("file",), file=_list(_BINARY["schema"]))},
        },
    }
}
BYTES: Schema = {
    "responses": {
        200: {
            "description": "El archivo, como adjunto.",
            "content": {"application/pdf": _BINARY, "application/xml": _BINARY},
        }
    }
}
