"""The documents that facho makes for `facho_driver.py`: as it writes them, and mended.

Runs on Python 3.8 to 3.10. facho's form API, its XML and its extensions for the DIAN do the work;
`mended` and `rooted` are the only places where something of it is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from facho import fe
from facho.facho import FachoXMLExtension
from facho.fe import form, form_xml

BOGOTA = timezone(timedelta(hours=-5))
OLD_ROOT = "http://www.dian.gov.co/contratos/facturaelectronica/v1"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
PROFILE = "DIAN 2.1: Factura Electrónica de Venta"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
LAST = ("PaymentMeans", "TaxTotal", "LegalMonetaryTotal", "InvoiceLine")  # in the schema's order
TAX_NAME = "./cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:Name"


def built(
    asked: dict[str, Any], number: int, *, quantity: int = 1, key: str = "", pin: str = ""
) -> form_xml.DIANInvoiceXML:
    """facho's XML of an invoice with all that it adds for the DIAN, not signed."""
    document = invoice(asked, f"SETP{990000000 + number}", quantity=quantity)
    xml = form_xml.DIANInvoiceXML(document)
    key, pin = key or asked["technical_key"], pin or asked["pin"]
    for one in extensions(asked, document, key=key, pin=pin):
        xml.add_extension(one)
    return xml


def invoice(
    asked: dict[str, Any], number: str, *, quantity: int, at: datetime | None = None
) -> form.NationalSalesInvoice:
    """facho's form of an invoice."""
    return filled(form.NationalSalesInvoice(), asked, number, quantity=quantity, at=at)


def filled(
    document: form.Invoice,
    asked: dict[str, Any],
    number: str,
    *,
    quantity: int,
    operation: str = "10",
    at: datetime | None = None,
) -> form.Invoice:
    """The document with one line of a hundred thousand pesos, IVA 19 %."""
    at = at or datetime.now(BOGOTA)
    document.set_period(at, at)
    document.set_issue(at)
    document.set_ident(number)
    document.set_operation_type(operation)
    document.set_supplier(party(asked["issuer"]))
    document.set_customer(party(asked["buyer"]))
    document.set_payment_mean(form.PaymentMean("1", "10", at, "1"))
    document.add_invoice_line(
        form.InvoiceLine(
            quantity=form.Quantity(quantity, "94"),
            description="Servicio de prueba",
            item=form.StandardItem("SERV1", "Servicio de prueba"),
            price=form.Price(form.Amount(100000 / quantity), "01", ""),
            tax=form.TaxTotal([form.TaxSubTotal(19.0, form.TaxScheme("01"))]),
        )
    )
    document.calculate()
    return document


def party(told: dict[str, str]) -> form.Party:
    """A company of facho's, in Bogotá."""
    place = form.City("11001"), form.Country("CO"), form.CountrySubentity("11")
    return form.Party(
        legal_name=told["name"],
        name=told["name"],
        ident=form.PartyIdentification(told["nit"], told["digit"], "31"),
        responsability_code=form.Responsability(["R-99-PN"]),
        responsability_regime_code="48",
        organization_code="1",
        email=told["email"],
        address=form.Address("", "Calle 100 10 20", *place),
    )


def extensions(
    asked: dict[str, Any], document: form.Invoice, *, key: str, pin: str
) -> Iterator[FachoXMLExtension]:
    """What the DIAN adds to an invoice, each by facho's own class."""
    yield from added(asked, document, pin=pin)
    yield fe.DianXMLExtensionCUFE(document, key, fe.AMBIENTE_PRUEBAS)
    since, until = datetime(2019, 1, 19), datetime(2030, 1, 19)
    limits = ("SETP", 990000000, 995000000)
    yield fe.DianXMLExtensionInvoiceAuthorization("18760000001", since, until, *limits)


def added(
    asked: dict[str, Any], document: form.Invoice, *, pin: str
) -> Iterator[FachoXMLExtension]:
    """What the DIAN adds to every document."""
    software, issuer = asked["software"], asked["issuer"]
    yield fe.DianXMLExtensionSoftwareProvider(issuer["nit"], issuer["digit"], software)
    yield fe.DianXMLExtensionSoftwareSecurityCode(software, pin, document.invoice_ident)
    yield fe.DianXMLExtensionAuthorizationProvider()


def mended(xml: form_xml.DIANInvoiceXML, *, in_order: bool = True) -> form_xml.DIANInvoiceXML:
    """What annex 1.9 changed or facho never had: ProfileID, the tax's name, the schema's order."""
    xml.set_element("./cbc:ProfileID", PROFILE)
    xml.set_element(TAX_NAME, "IVA")
    if in_order:
        lines = xml.root.find(f"{CBC}LineCountNumeric")
        lines.addprevious(xml.root.find(f"{CBC}DocumentCurrencyCode"))
        for name in LAST:
            for node in xml.root.findall(f"{{*}}{name}"):
                xml.root.append(node)
    return xml


def rooted(xml: form_xml.DIANInvoiceXML) -> str:
    """The text with UBL's namespace on the root, in place of the one of 2018."""
    return str(xml.tostring()).replace(OLD_ROOT, f"{UBL}{xml.tag_document()}-2")


def signed(asked: dict[str, Any], text: str) -> str:
    """The text with facho's XAdES signature; the policy is read from facho's own copy."""
    made = fe.DianXMLExtensionSigner(asked["pkcs12"], asked["password"], mockpolicy=True)
    return str(made.sign_xml_string(text))
