"""Invented events of RADIAN, written out as colombia.md 9 has them."""

from __future__ import annotations

from tests.sandbox.dian.documents import (
    BUYER,
    ISSUER,
    PIN,
    document,
    extensions,
    intro,
    sha384,
    tax_party,
)

EVENTS = {
    "030": "Acuse de recibo de Factura Electrónica de Venta",
    "031": "Reclamo de la Factura Electrónica de Venta",
    "032": "Recibo del bien y/o prestación del servicio",
    "033": "Aceptación expresa",
    "034": "Aceptación tácita",
}
PERSON = (
    '<cac:IssuerParty><cac:Person><cbc:ID schemeID="" schemeName="13">1020304050</cbc:ID>'
    "<cbc:FirstName>Persona</cbc:FirstName><cbc:FamilyName>De Prueba</cbc:FamilyName>"
    "<cbc:JobTitle>Recepción</cbc:JobTitle>"
    "<cbc:OrganizationDepartment>Compras</cbc:OrganizationDepartment></cac:Person>"
    "</cac:IssuerParty>"
)
OATH = (
    "<cbc:Note>Manifiesto bajo la gravedad de juramento que transcurridos 3 días hábiles "
    "siguientes a la fecha de recepción de la mercancía o del servicio no hubo reclamo.</cbc:Note>"
)
DIAN_NAME = "Unidad Administrativa Especial Dirección de Impuestos y Aduanas Nacionales"


def event(
    code: str,
    number: str,
    *,
    of_uuid: str,
    of: str = "SETP990000123",
    sender: str = "",
    receiver: str = "",
    day: str = "2026-11-26",
    hour: str = "09:00:00-05:00",
    kind: str = "01",
) -> str:
    """An event of RADIAN about case A; by its buyer, or by its issuer for 034."""
    tacit = code == "034"
    sender = sender or (ISSUER if tacit else BUYER)
    receiver = receiver or ("800197268" if tacit else ISSUER)
    uuid = sha384(number, day, hour, sender, receiver, code, of, kind, PIN)
    claim = ' listID="02" name="Mercancía no entregada totalmente"' if code == "031" else ""
    profile = "DIAN 2.1: ApplicationResponse de Factura Electrónica de Venta"
    inner = (
        f"{intro(profile, '1', number, uuid, 'CUDE', day, hour)}{OATH if tacit else ''}"
        f"<cac:SenderParty>{tax_party('REMITENTE DE PRUEBA S.A.S.', sender)}</cac:SenderParty>"
        "<cac:ReceiverParty>"
        f"{tax_party(DIAN_NAME if tacit else 'EMPRESA DE PRUEBA S.A.S.', receiver)}"
        "</cac:ReceiverParty><cac:DocumentResponse><cac:Response>"
        f"<cbc:ResponseCode{claim}>{code}</cbc:ResponseCode>"
        f"<cbc:Description>{EVENTS.get(code, 'Otro')}</cbc:Description></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{of}</cbc:ID>"
        f'<cbc:UUID schemeName="CUFE-SHA384">{of_uuid}</cbc:UUID>'
        f"<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode></cac:DocumentReference>"
        f"{PERSON if code in ('030', '032') else ''}</cac:DocumentResponse>"
    )
    return document("ApplicationResponse", extensions("", number, uuid, sender), inner, "")
