"""Documents of the other kinds that break no rule, and what they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from tests.sandbox.hacienda import others
from tests.sandbox.hacienda.documents import RECEIVER, SERVICE, Line, factura
from tests.sandbox.hacienda.place import clave, good
from tests.sandbox.hacienda.signing import sign, signer

BOUGHT = signer("CPF-01-9999-0888")
FIRST = good(number=90)  # 7500 and its tax of 975
FIRST_CLAVE = clave(FIRST)
CREDITED = sign(  # 100000 and 13000, on credit
    factura(
        Line("1", "100000", cabys=SERVICE, unit="Sp"),
        number=91,
        condition="<CondicionVenta>08</CondicionVenta><PlazoCredito>30</PlazoCredito>",
    )
)
CREDITED_CLAVE = clave(CREDITED)


def credit_note() -> etree._Element:
    """A unit of three comes back."""
    return others.note("03", FIRST_CLAVE, Line("1", "2500"))


def most_of_it() -> etree._Element:
    return others.note("03", FIRST_CLAVE, Line("2.5", "2500"), ordinal=7)


def large_note() -> etree._Element:
    return others.note("03", FIRST_CLAVE, Line("3.001", "2500"))


def debit_note() -> etree._Element:
    return others.note("02", FIRST_CLAVE, Line("1", "500"), reason="02")


def second_purchase_note() -> etree._Element:
    """On a factura de compra that nobody received."""
    reference = others.cited(clave(sign(others.purchase())), "01", kind="17")
    root = factura(references=reference)
    return others.turned(root, others.Turn("03", others.NOTES["03"]))


def named_ticket() -> etree._Element:
    receiver = (
        "<Receptor><Nombre>Cliente Inventado</Nombre><Identificacion><Tipo>01</Tipo>"
        f"<Numero>{RECEIVER}</Numero></Identificacion></Receptor>"
    )
    xml = etree.tostring(others.ticket(), encoding="unicode")
    return etree.fromstring(xml.replace("</Emisor>", f"</Emisor>{receiver}"))


def receipt() -> etree._Element:
    """A half of what is owed."""
    return others.receipt(CREDITED_CLAVE, "50000", "6500")


def most_of_the_payment() -> etree._Element:
    return others.receipt(CREDITED_CLAVE, "50000.00001", "6500", ordinal=7)


def large_receipt() -> etree._Element:
    return others.receipt(CREDITED_CLAVE, "100000.00001", "13000")


def receipt_of_cash() -> etree._Element:
    return others.receipt(FIRST_CLAVE, "7500", "975")


def message() -> etree._Element:
    return others.message(FIRST_CLAVE)


Make = Callable[[], etree._Element]
KIND: Mapping[str, tuple[bytes, Make]] = {  # by root: what is sent before, and the document
    "FacturaElectronica": (b"", factura),
    "NotaDebitoElectronica": (FIRST, debit_note),
    "NotaCreditoElectronica": (FIRST, credit_note),
    "TiqueteElectronico": (b"", named_ticket),
    "FacturaElectronicaCompra": (b"", others.purchase),
    "FacturaElectronicaExportacion": (b"", others.export),
    "ReciboElectronicoPago": (CREDITED, receipt),
}
