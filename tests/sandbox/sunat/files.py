"""Boletas, notes, summaries, voidings, retenciones and guías in XML: short, unsigned."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, PLACE, UBL, invoice

OWN = "urn:sunat:names:specification:ubl:peru:schema:xsd"
COMMON = (
    f'xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2"'
    f' xmlns:ext="{UBL}:CommonExtensionComponents-2" xmlns:sac="{OWN}:SunatAggregateComponents-1"'
)
EXTENSION = (
    f"<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>{PLACE}</ext:ExtensionContent>"
    "</ext:UBLExtension></ext:UBLExtensions>"
)
TODAY, YESTERDAY = "2026-11-21", "2026-11-20"


def signature(signatory: str = ISSUER) -> str:
    return (
        "<cac:Signature><cbc:ID>SignAcuse</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>"
        f"<cbc:ID>{signatory}</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>EMISORA"
        "</cbc:Name></cac:PartyName></cac:SignatoryParty><cac:DigitalSignatureAttachment>"
        "<cac:ExternalReference><cbc:URI>#SignAcuse</cbc:URI></cac:ExternalReference>"
        "</cac:DigitalSignatureAttachment></cac:Signature>"
    )


def _root(name: str, namespace: str, inner: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{namespace}" {COMMON}>'
        f"{EXTENSION}{inner}</{name}>"
    )


def boleta(number: str = "B001-1", issued: str = YESTERDAY, name: str = "CLIENTE EJEMPLAR") -> str:
    """A factura's twin for a person."""
    found = invoice(
        number=number, issued=issued, customer=("1", "12345678"), customer_name=name, payment=""
    )
    return found.replace(">01</cbc:InvoiceTypeCode>", ">03</cbc:InvoiceTypeCode>")


def note(
    number: str = "FC01-1",
    *,
    issued: str = YESTERDAY,
    of: str = "F001-1",
    of_kind: str = "01",
    reason: str = "01",
    total: str = "118.00",
    debit: bool = False,
) -> str:
    """A note that corrects another document."""
    name = "DebitNote" if debit else "CreditNote"
    found = invoice(number=number, issued=issued, payment="").replace("Invoice-2", f"{name}-2")
    start = found.index("<cbc:InvoiceTypeCode")
    end = found.index("</cbc:InvoiceTypeCode>") + len("</cbc:InvoiceTypeCode>")
    found = found[:start] + found[end:]
    found = found.replace("<Invoice ", f"<{name} ").replace("</Invoice>", f"</{name}>")
    found = found.replace("InvoicedQuantity", f"{name[:-4]}edQuantity")
    found = found.replace("InvoiceLine", f"{name}Line")
    if debit:
        found = found.replace("LegalMonetaryTotal", "RequestedMonetaryTotal")
    start = found.index('<cbc:PayableAmount currencyID="PEN">')
    end = found.index("</cbc:PayableAmount>")
    found = f'{found[:start]}<cbc:PayableAmount currencyID="PEN">{total}{found[end:]}'
    return found.replace(
        "<cac:Signature>",
        f"<cac:DiscrepancyResponse><cbc:ReferenceID>{of}</cbc:ReferenceID><cbc:ResponseCode>"
        f"{reason}</cbc:ResponseCode><cbc:Description>Anulación</cbc:Description>"
        "</cac:DiscrepancyResponse><cac:BillingReference><cac:InvoiceDocumentReference>"
        f"<cbc:ID>{of}</cbc:ID><cbc:DocumentTypeCode>{of_kind}</cbc:DocumentTypeCode>"
        "</cac:InvoiceDocumentReference></cac:BillingReference><cac:Signature>",
        1,
    )


@dataclass(frozen=True)
class Row:
    """A line of a resumen diario."""

    number: str = "B001-1"
    state: str = "1"
    kind: str = "03"
    total: str = "118.00"
    of: str = ""

    def markup(self, line: int) -> str:
        reference = (
            "<cac:BillingReference><cac:InvoiceDocumentReference>"
            f"<cbc:ID>{self.of}</cbc:ID><cbc:DocumentTypeCode>03</cbc:DocumentTypeCode>"
            "</cac:InvoiceDocumentReference></cac:BillingReference>"
        )
        return (
            f"<sac:SummaryDocumentsLine><cbc:LineID>{line}</cbc:LineID>"
            f"<cbc:DocumentTypeCode>{self.kind}</cbc:DocumentTypeCode><cbc:ID>{self.number}</cbc:ID>"
            "<cac:AccountingCustomerParty><cbc:CustomerAssignedAccountID>12345678"
            "</cbc:CustomerAssignedAccountID><cbc:AdditionalAccountID>1</cbc:AdditionalAccountID>"
            f"</cac:AccountingCustomerParty>{reference if self.of else ''}"
            f"<cac:Status><cbc:ConditionCode>{self.state}</cbc:ConditionCode></cac:Status>"
            f'<sac:TotalAmount currencyID="PEN">{self.total}</sac:TotalAmount>'
            '<sac:BillingPayment><cbc:PaidAmount currencyID="PEN">100.00</cbc:PaidAmount>'
            "<cbc:InstructionID>01</cbc:InstructionID></sac:BillingPayment>"
            '<cac:TaxTotal><cbc:TaxAmount currencyID="PEN">18.00</cbc:TaxAmount><cac:TaxSubtotal>'
            '<cbc:TaxAmount currencyID="PEN">18.00</cbc:TaxAmount><cac:TaxCategory><cac:TaxScheme>'
            "<cbc:ID>1000</cbc:ID><cbc:Name>IGV</cbc:Name><cbc:TaxTypeCode>VAT</cbc:TaxTypeCode>"
            "</cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
            "</sac:SummaryDocumentsLine>"
        )


SUPPLIER = (
    f"<cac:AccountingSupplierParty><cbc:CustomerAssignedAccountID>{ISSUER}"
    "</cbc:CustomerAssignedAccountID><cbc:AdditionalAccountID>6</cbc:AdditionalAccountID><cac:Party>"
    "<cac:PartyLegalEntity><cbc:RegistrationName>EMISORA EJEMPLAR S.A.C.</cbc:RegistrationName>"
    "</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>"
)


def _dates(number: str, of: str, made: str) -> str:
    return (
        f"<cbc:ID>{number}</cbc:ID><cbc:ReferenceDate>{of}</cbc:ReferenceDate>"
        f"<cbc:IssueDate>{made}</cbc:IssueDate>{signature()}{SUPPLIER}"
    )


def summary(
    *rows: Row, number: str = "RC-20261121-1", of: str = YESTERDAY, made: str = TODAY
) -> str:
    """A resumen diario."""
    lines = "".join(row.markup(n) for n, row in enumerate(rows or (Row(),), 1))
    head = "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.1</cbc:CustomizationID>"
    inner = f"{head}{_dates(number, of, made)}{lines}"
    return _root("SummaryDocuments", f"{OWN}:SummaryDocuments-1", inner)


def voiding(
    *documents: tuple[str, str],
    number: str = "RA-20261121-1",
    of: str = YESTERDAY,
    made: str = TODAY,
) -> str:
    """A comunicación de baja or resumen de reversiones of (kind, series-number)."""
    lines = "".join(
        f"<sac:VoidedDocumentsLine><cbc:LineID>{n}</cbc:LineID>"
        f"<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode>"
        f"<sac:DocumentSerialID>{label.partition('-')[0]}</sac:DocumentSerialID>"
        f"<sac:DocumentNumberID>{label.partition('-')[2]}</sac:DocumentNumberID>"
        "<sac:VoidReasonDescription>Error en el pedido</sac:VoidReasonDescription>"
        "</sac:VoidedDocumentsLine>"
        for n, (kind, label) in enumerate(documents or (("01", "F001-1"),), 1)
    )
    head = "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.0</cbc:CustomizationID>"
    inner = f"{head}{_dates(number, of, made)}{lines}"
    return _root("VoidedDocuments", f"{OWN}:VoidedDocuments-1", inner)


def _own_party(name: str, ruc: str, words: str, more: str = "") -> str:
    return (
        f'<cac:{name}><cac:PartyIdentification><cbc:ID schemeID="6">{ruc}</cbc:ID>'
        "</cac:PartyIdentification><cac:PartyLegalEntity><cbc:RegistrationName>"
        f"{words}</cbc:RegistrationName>{more}</cac:PartyLegalEntity></cac:{name}>"
    )


def retention(number: str = "R001-1", issued: str = YESTERDAY) -> str:
    """A comprobante de retención, worked example 59 without its second line."""
    pen = 'currencyID="PEN"'
    return _root(
        "Retention",
        f"{OWN}:Retention-1",
        "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.0</cbc:CustomizationID>"
        f"{signature()}<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{issued}</cbc:IssueDate>"
        + _own_party("AgentParty", ISSUER, "EMISORA EJEMPLAR S.A.C.")
        + _own_party("ReceiverParty", CUSTOMER, "PROVEEDORA EJEMPLAR S.A.C.")
        + "<sac:SUNATRetentionSystemCode>01</sac:SUNATRetentionSystemCode>"
        "<sac:SUNATRetentionPercent>3.00</sac:SUNATRetentionPercent>"
        f"<cbc:TotalInvoiceAmount {pen}>35.40</cbc:TotalInvoiceAmount>"
        f"<sac:SUNATTotalPaid {pen}>1144.60</sac:SUNATTotalPaid>"
        '<sac:SUNATRetentionDocumentReference><cbc:ID schemeID="01">F001-100</cbc:ID>'
        f"<cbc:IssueDate>{issued}</cbc:IssueDate>"
        f"<cbc:TotalInvoiceAmount {pen}>1180.00</cbc:TotalInvoiceAmount>"
        f"<cac:Payment><cbc:ID>1</cbc:ID><cbc:PaidAmount {pen}>1180.00</cbc:PaidAmount>"
        f"<cbc:PaidDate>{issued}</cbc:PaidDate></cac:Payment><sac:SUNATRetentionInformation>"
        f"<sac:SUNATRetentionAmount {pen}>35.40</sac:SUNATRetentionAmount>"
        f"<sac:SUNATRetentionDate>{issued}</sac:SUNATRetentionDate>"
        f"<sac:SUNATNetTotalPaid {pen}>1144.60</sac:SUNATNetTotalPaid>"
        "</sac:SUNATRetentionInformation></sac:SUNATRetentionDocumentReference>",
    )


MTC = "<cbc:CompanyID>15123456CNG</cbc:CompanyID>"  # the carrier's register number


def _ubl_party(name: str, ruc: str, words: str) -> str:
    return f"<cac:{name}>{_own_party('Party', ruc, words)}</cac:{name}>"


def guia(number: str = "T001-1", *, name: str = "DESTINATARIO EJEMPLAR S.A.C.") -> str:
    """A guía de remisión remitente by public transport."""
    place = "<cbc:ID>1501{}</cbc:ID><cac:AddressLine><cbc:Line>AV. {}</cbc:Line></cac:AddressLine>"
    return _root(
        "DespatchAdvice",
        f"{UBL}:DespatchAdvice-2",
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID>"
        f"<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{TODAY}</cbc:IssueDate>"
        "<cbc:IssueTime>09:00:00</cbc:IssueTime>"
        "<cbc:DespatchAdviceTypeCode>09</cbc:DespatchAdviceTypeCode>"
        + signature()
        + _ubl_party("DespatchSupplierParty", ISSUER, "EMISORA EJEMPLAR S.A.C.")
        + _ubl_party("DeliveryCustomerParty", CUSTOMER, name)
        + "<cac:Shipment><cbc:ID>SUNAT_Envio</cbc:ID><cbc:HandlingCode>01</cbc:HandlingCode>"
        '<cbc:GrossWeightMeasure unitCode="KGM">10.500</cbc:GrossWeightMeasure><cac:ShipmentStage>'
        "<cbc:TransportModeCode>01</cbc:TransportModeCode><cac:TransitPeriod>"
        f"<cbc:StartDate>{TODAY}</cbc:StartDate></cac:TransitPeriod>"
        + _own_party("CarrierParty", "20999000623", "TRANSPORTISTA EJEMPLAR S.A.C.", MTC)
        + f"<cac:LoadingTransportEvent><cbc:OccurrenceDate>{TODAY}</cbc:OccurrenceDate>"
        "</cac:LoadingTransportEvent></cac:ShipmentStage><cac:Delivery><cac:DeliveryAddress>"
        + place.format("22", "DESTINO 456")
        + "</cac:DeliveryAddress><cac:Despatch><cac:DespatchAddress>"
        + place.format("01", "ORIGEN 123")
        + "</cac:DespatchAddress></cac:Despatch></cac:Delivery></cac:Shipment><cac:DespatchLine>"
        '<cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="NIU">10</cbc:DeliveredQuantity>'
        "<cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference><cac:Item>"
        "<cbc:Description>Cajas de prueba</cbc:Description></cac:Item></cac:DespatchLine>",
    )
