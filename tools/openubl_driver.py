"""openubl speaks to the pretended SUNAT: run by `interop_sunat.py` inside its environment.

`python openubl_driver.py <folder>` reads `asked.json` there and writes `told.json`. openubl builds
and signs; it does not send. What it signed goes out by the caller of `sunat_told`.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import sunat_told
from openubl import models, renderer
from openubl.enricher import ContentEnricher
from openubl.signer import load_pfx, sign_ubl_xml
from sunat_told import Change, Soap, Talk, changed, same

DAY = sunat_told.today()
SAC = "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1"
DS = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
TERMS = re.compile(r" *<cac:PaymentTerms>.*?</cac:PaymentTerms>\n", re.DOTALL)
SOLD = changed(("Catalog6.RUC", "6"))  # the name of a constant of openubl's, not its value


def ordered(xml: str) -> str:
    """The payment terms before the taxes, where the schema has them."""
    (terms,) = TERMS.findall(xml)
    return TERMS.sub("", xml).replace("  <cac:TaxTotal>", terms + "  <cac:TaxTotal>", 1)


def voiding(xml: str) -> str:
    """A voiding whose lines have SUNAT's names, and the kind's code."""
    own = "VoidedDocumentsLine|DocumentSerialID|DocumentNumberID|VoidReasonDescription"
    xml = re.sub(rf"(</?)c[ab]c:({own})>", r"\1sac:\2>", xml.replace("Catalog1.FACTURA", "01"))
    return changed((DS, f'{DS} xmlns:sac="{SAC}"'))(xml)


class Client:
    """openubl with one issuer's certificate against one service."""

    def __init__(self, asked: dict[str, Any], issuer: str, service: str) -> None:
        self.ruc = asked["issuers"][issuer]
        content = Path(asked["pkcs12"][issuer]).read_bytes()
        self.key, self.certificate = load_pfx(content, asked["password"])
        user = f"{self.ruc}{asked['user']}"
        self.soap = Soap(f"{asked['address']}/{service}", user, asked["password"])
        self.issuer = models.Proveedor(ruc=self.ruc, razonSocial="EMISOR DE PRUEBA S.A.C.")
        self.buyer = models.Cliente(
            nombre="COMPRADOR DE PRUEBA S.A.C.",
            numeroDocumentoIdentidad=asked["buyer"],
            tipoDocumentoIdentidad="6",
        )
        self.person = models.Cliente(
            nombre="PERSONA DE PRUEBA",
            numeroDocumentoIdentidad=asked["person"],
            tipoDocumentoIdentidad="1",
        )

    def signed(self, xml: str, change: Change) -> bytes:
        """The document as openubl signs it."""
        return sign_ubl_xml(change(xml), self.certificate, self.key).encode()

    def bill(self, stem: str, xml: str, change: Change = same) -> str:
        """sendBill: the CDR's verdict, or the fault."""
        return self.soap.bill(f"{self.ruc}-{stem}", self.signed(xml, change))

    def summary(self, stem: str, xml: str, change: Change = same) -> str:
        """sendSummary, then getStatus of its ticket."""
        return self.soap.summary(f"{self.ruc}-{stem}", self.signed(xml, change))

    def sale(self, series: str, number: int, **more: Any) -> str:
        """An invoice of 118.00, or a note with `more`; the amounts are openubl's own."""
        line = models.DocumentoVentaDetalle(descripcion="Servicio", cantidad=1, precio=100)
        told = {"cliente": self.buyer, "fechaEmision": DAY, "detalles": [line]} | more
        kind = {"FC": models.CreditNote, "FD": models.DebitNote}.get(series[:2], models.Invoice)
        document = kind(serie=series, numero=number, proveedor=self.issuer, **told)
        ContentEnricher().enrich(document)
        render = {
            models.CreditNote: renderer.render_credit_note,
            models.DebitNote: renderer.render_debit_note,
        }
        return render.get(kind, renderer.render_invoice)(document)


def told_of_bills(talk: Talk, client: Client) -> None:
    """Factura, boleta and notes: as openubl writes them, and mended."""
    factura = client.sale("F001", 1)
    talk.step("factura", lambda: client.bill("01-F001-1", factura))
    factura = client.sale("F001", 2)
    talk.step("factura-typed", lambda: client.bill("01-F001-2", factura, SOLD))
    factura = client.sale("F001", 3)
    talk.step("factura-mended", lambda: client.bill("01-F001-3", ordered(factura), SOLD))
    boleta = client.sale("B001", 1, cliente=client.person)
    talk.step("boleta", lambda: client.bill("03-B001-1", boleta))
    mended = changed((">01</cbc:InvoiceTypeCode>", ">03</cbc:InvoiceTypeCode>"))
    talk.step("boleta-mended", lambda: client.bill("03-B001-1", ordered(boleta), mended))
    about = {"comprobanteAfectadoSerieNumero": "F001-3", "sustentoDescripcion": "Devolución"}
    talk.step("credit", lambda: client.bill("07-FC01-1", client.sale("FC01", 1, **about)))
    note = client.sale("FC01", 2, **about)
    talk.step("credit-mended", lambda: client.bill("07-FC01-2", note, SOLD))
    debit = client.sale("FD01", 1, **about)
    talk.step("debit", lambda: client.bill("08-FD01-1", debit, SOLD))
    debit = client.sale("FD01", 2, **about)
    mended = changed(("Catalog6.RUC", "6"), ("<cbc:ResponseCode>08<", "<cbc:ResponseCode>02<"))
    talk.step("debit-mended", lambda: client.bill("08-FD01-2", debit, mended))


def told_of_files(talk: Talk, client: Client) -> None:
    """Summary and voiding."""
    boleta = models.Comprobante(
        tipoComprobante="03",
        serieNumero="B001-7",
        cliente=client.person,
        impuestos=models.ComprobanteImpuestos(igv=Decimal("18.00")),
        valorVenta=models.ComprobanteValorVenta(importeTotal=118, gravado=100),
    )
    item = models.SummaryDocumentsItem(tipoOperacion="1", comprobante=boleta)
    summary = renderer.render_summary_documents(
        models.SummaryDocuments(
            numero=1, fechaEmisionComprobantes=DAY, proveedor=client.issuer, comprobantes=[item]
        )
    )
    stem = f"RC-{DAY:%Y%m%d}-1"
    talk.step("summary", lambda: client.summary(stem, summary))
    item = models.VoidedDocumentsItem(
        serie="F001", numero=3, tipoComprobante="01", descripcionSustento="Error al digitar"
    )
    voided = renderer.render_voided_documents(
        models.VoidedDocuments(
            numero=1,
            fechaEmision=DAY,
            fechaEmisionComprobantes=DAY,
            proveedor=client.issuer,
            comprobantes=[item],
        )
    )
    talk.step("voided", lambda: client.summary(f"RA-{DAY:%Y%m%d}-1", voided))
    talk.step("voided-mended", lambda: client.summary(f"RA-{DAY:%Y%m%d}-1", voided, voiding))


def told_of_retention(talk: Talk, client: Client) -> None:
    """A retención of one payment."""
    of = models.perception.ComprobanteAfectado(
        tipoComprobante="01",
        serieNumero="F001-100",
        fechaEmision=DAY,
        importeTotal=1180,
        moneda="PEN",
    )
    paid = models.PercepcionRetencionOperacion(
        numeroOperacion=1, fechaOperacion=DAY, importeOperacion=Decimal("35.40"), comprobante=of
    )
    retention = renderer.render_retention(
        models.Retention(
            serie="R001",
            numero=1,
            fechaEmision=DAY,
            proveedor=client.issuer,
            cliente=client.buyer,
            importeTotalRetenido=Decimal("35.40"),
            importeTotalPagado=Decimal("1144.60"),
            tipoRegimen="01",
            tipoRegimenPorcentaje=3,
            operaciones=[paid],
        )
    )
    talk.step("retention", lambda: client.bill("20-R001-1", retention))


def main() -> None:
    """Speak of all."""
    folder = Path(sys.argv[1])
    asked = sunat_told.asked(folder)
    talk = Talk("openubl")
    client = Client(asked, "ordinary", "billService")
    told_of_bills(talk, client)
    told_of_files(talk, client)
    told_of_retention(talk, Client(asked, "retains", "otherService"))
    talk.write(folder)


if __name__ == "__main__":
    main()
