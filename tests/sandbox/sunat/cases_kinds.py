"""One good document of every kind, after the worked examples, with its file's name and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from tests.sandbox.sunat import cases_examples as ex
from tests.sandbox.sunat.documents import CASH, CUSTOMER, ISSUER, PLACE, UBL

SAC = "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1"
SUNAT = "urn:sunat:names:specification:ubl:peru:schema:xsd"
TODAY = date(2026, 11, 21)


class Base(NamedTuple):
    """A document that breaks nothing."""

    xml: Callable[[], str]
    name: str
    today: date = TODAY


def boleta() -> str:
    return of_boleta(ex.plain())


def of_boleta(xml: str) -> str:
    """A factura as a boleta: other code, other series, no terms of payment, to a person."""
    return (
        xml.replace(">01</cbc:InvoiceTypeCode>", ">03</cbc:InvoiceTypeCode>")
        .replace("<cbc:ID>F001-1</cbc:ID>", "<cbc:ID>B001-1</cbc:ID>")
        .replace(CASH, "")
        .replace(f'schemeID="6">{CUSTOMER}', 'schemeID="1">12345678')
    )


def of_note(
    xml: str, root: str, *, reason: str = "01", reference: str = "F001-9", kind: str = "01"
) -> str:
    """A factura as a note that corrects another document."""
    total = "RequestedMonetaryTotal" if root == "DebitNote" else "LegalMonetaryTotal"
    quantity = "DebitedQuantity" if root == "DebitNote" else "CreditedQuantity"
    why = (
        "<cac:DiscrepancyResponse>"
        f"<cbc:ReferenceID>{reference}</cbc:ReferenceID><cbc:ResponseCode>{reason}</cbc:ResponseCode>"
        "<cbc:Description>Error en el precio</cbc:Description></cac:DiscrepancyResponse>"
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{reference}</cbc:ID>"
        f"<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode></cac:InvoiceDocumentReference>"
        "</cac:BillingReference>"
    )
    start = xml.index("<cbc:InvoiceTypeCode")
    end = xml.index("</cbc:InvoiceTypeCode>") + len("</cbc:InvoiceTypeCode>")
    xml = xml[:start] + xml[end:]
    return (
        xml.replace("</cbc:DocumentCurrencyCode>", f"</cbc:DocumentCurrencyCode>{why}")
        .replace(f"{UBL}:Invoice-2", f"{UBL}:{root}-2")
        .replace("<Invoice ", f"<{root} ")
        .replace("</Invoice>", f"</{root}>")
        .replace("cac:InvoiceLine>", f"cac:{root}Line>")
        .replace("InvoicedQuantity", quantity)
        .replace("LegalMonetaryTotal", total)
        .replace(CASH, "")
        .replace("<cbc:ID>F001-1</cbc:ID>", "<cbc:ID>FC01-1</cbc:ID>")
    )


def credit_note() -> str:
    return of_note(ex.plain(), "CreditNote")


def debit_note() -> str:
    return of_note(ex.plain(), "DebitNote")


def boleta_note() -> str:
    """A credit note of a boleta: its sums are only remarked."""
    xml = of_note(ex.plain(), "CreditNote", reference="B001-9", kind="03")
    return xml.replace("FC01-1", "BC01-1")


def terms_note() -> str:
    """Example 51: new terms of payment, all amounts nothing."""
    terms = ex.term("FormaPago", "Credito", "118.00")
    terms += ex.term("FormaPago", "Cuota001", "59.00", "2026-12-20")
    terms += ex.term("FormaPago", "Cuota002", "59.00", "2027-01-20")
    xml = of_note(ex.plain(), "CreditNote", reason="13")
    for name in ("100.00", "18.00", "118.00", "50.00", "59.00"):
        xml = xml.replace(f'currencyID="PEN">{name}<', 'currencyID="PEN">0.00<')
    place = "</cac:AccountingCustomerParty>"
    return xml.replace(place, place + terms)


def purchase() -> str:
    """A liquidación: 100.00 of exempt goods, 1.5 % of income tax withheld."""
    return _purchase(ISSUER)


def taxed_purchase() -> str:
    """The same of taxed goods: the seller gets neither the IGV nor the income tax."""
    tax = '<cbc:TaxAmount currencyID="PEN">{}</cbc:TaxAmount>'
    price = '<cbc:PriceAmount currencyID="PEN">{}</cbc:PriceAmount><cbc:PriceTypeCode>'
    return (
        purchase()
        .replace(tax.format("0.00"), tax.format("18.00"))
        .replace("<cbc:ID>9997</cbc:ID><cbc:Name>EXO<", "<cbc:ID>1000</cbc:ID><cbc:Name>IGV<")
        .replace("<cbc:Percent>0.00<", "<cbc:Percent>18.00<")
        .replace("ReasonCode>20<", "ReasonCode>10<")
        .replace(
            'InclusiveAmount currencyID="PEN">100.00', 'InclusiveAmount currencyID="PEN">118.00'
        )
        .replace(price.format("2.00"), price.format("2.36"))
    )


def _purchase(issuer: str) -> str:
    income = (
        '<cac:TaxSubtotal><cbc:TaxableAmount currencyID="PEN">100.00</cbc:TaxableAmount>'
        '<cbc:TaxAmount currencyID="PEN">1.50</cbc:TaxAmount><cac:TaxCategory>{percent}'
        "<cac:TaxScheme><cbc:ID>3000</cbc:ID><cbc:Name>IR</cbc:Name>"
        "<cbc:TaxTypeCode>TOX</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    )
    exempt = (
        '<cac:TaxSubtotal><cbc:TaxableAmount currencyID="PEN">100.00</cbc:TaxableAmount>'
        '<cbc:TaxAmount currencyID="PEN">0.00</cbc:TaxAmount><cac:TaxCategory>{percent}'
        "<cac:TaxScheme><cbc:ID>9997</cbc:ID><cbc:Name>EXO</cbc:Name>"
        "<cbc:TaxTypeCode>VAT</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    )
    rate = "<cbc:Percent>1.50</cbc:Percent>"
    none = (
        "<cbc:Percent>0.00</cbc:Percent><cbc:TaxExemptionReasonCode>20</cbc:TaxExemptionReasonCode>"
    )
    tax = '<cac:TaxTotal><cbc:TaxAmount currencyID="PEN">0.00</cbc:TaxAmount>'
    header = tax + exempt.format(percent="") + income.format(percent="") + "</cac:TaxTotal>"
    line = tax + exempt.format(percent=none) + income.format(percent=rate) + "</cac:TaxTotal>"
    address = (
        "<cac:{0}><cbc:ID>150101</cbc:ID>{1}<cac:AddressLine><cbc:Line>Fundo El Ejemplo</cbc:Line>"
        "</cac:AddressLine></cac:{0}>"
    )
    return (
        f'<SelfBilledInvoice xmlns="{UBL}:SelfBilledInvoice-2"'
        f' xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2">'
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID>"
        "<cbc:ID>L001-1</cbc:ID><cbc:IssueDate>2026-11-21</cbc:IssueDate>"
        '<cbc:IssueTime>10:00:00</cbc:IssueTime><cbc:InvoiceTypeCode listID="0501">04'
        "</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>PEN</cbc:DocumentCurrencyCode>"
        "<cac:AccountingSupplierParty><cac:Party><cac:PartyIdentification>"
        '<cbc:ID schemeID="1">12345678</cbc:ID></cac:PartyIdentification><cac:PartyLegalEntity>'
        "<cbc:RegistrationName>ROSA EJEMPLO QUISPE</cbc:RegistrationName>"
        + address.format("RegistrationAddress", "<cbc:AddressTypeCode>02</cbc:AddressTypeCode>")
        + "</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>"
        "<cac:AccountingCustomerParty><cac:Party><cac:PartyIdentification>"
        f'<cbc:ID schemeID="6">{issuer}</cbc:ID></cac:PartyIdentification><cac:PartyLegalEntity>'
        "<cbc:RegistrationName>EMISORA EJEMPLAR S.A.C.</cbc:RegistrationName>"
        "<cac:RegistrationAddress><cbc:AddressTypeCode>0000</cbc:AddressTypeCode>"
        "</cac:RegistrationAddress></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>"
        "<cac:DeliveryTerms><cac:DeliveryLocation>"
        "<cbc:LocationTypeCode>02</cbc:LocationTypeCode>"
        + address.format("Address", "")
        + "</cac:DeliveryLocation></cac:DeliveryTerms>"
        + header
        + '<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="PEN">100.00'
        '</cbc:LineExtensionAmount><cbc:TaxInclusiveAmount currencyID="PEN">100.00'
        '</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="PEN">98.50</cbc:PayableAmount>'
        "</cac:LegalMonetaryTotal><cac:InvoiceLine><cbc:ID>1</cbc:ID>"
        '<cbc:InvoicedQuantity unitCode="KGM">50</cbc:InvoicedQuantity>'
        '<cbc:LineExtensionAmount currencyID="PEN">100.00</cbc:LineExtensionAmount>'
        "<cac:PricingReference><cac:AlternativeConditionPrice>"
        '<cbc:PriceAmount currencyID="PEN">2.00</cbc:PriceAmount>'
        "<cbc:PriceTypeCode>01</cbc:PriceTypeCode></cac:AlternativeConditionPrice>"
        "</cac:PricingReference>"
        + line
        + "<cac:Item><cbc:Description>Papa</cbc:Description></cac:Item>"
        '<cac:Price><cbc:PriceAmount currencyID="PEN">2.00</cbc:PriceAmount></cac:Price>'
        "</cac:InvoiceLine></SelfBilledInvoice>"
    )


def _summary(root: str, name: str, customization: str, lines: str) -> str:
    return (
        f'<{root} xmlns="{SUNAT}:{root}-1" xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2" xmlns:sac="{SAC}"'
        f' xmlns:ext="{UBL}:CommonExtensionComponents-2">'
        f"<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>{PLACE}</ext:ExtensionContent>"
        "</ext:UBLExtension></ext:UBLExtensions><cbc:UBLVersionID>2.0</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>{customization}</cbc:CustomizationID><cbc:ID>{name}</cbc:ID>"
        "<cbc:ReferenceDate>2026-11-20</cbc:ReferenceDate><cbc:IssueDate>2026-11-21</cbc:IssueDate>"
        "<cac:AccountingSupplierParty>"
        f"<cbc:CustomerAssignedAccountID>{ISSUER}</cbc:CustomerAssignedAccountID>"
        "<cbc:AdditionalAccountID>6</cbc:AdditionalAccountID><cac:Party><cac:PartyLegalEntity>"
        "<cbc:RegistrationName>EMISORA EJEMPLAR S.A.C.</cbc:RegistrationName>"
        "</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>"
        f"{lines}</{root}>"
    )


def row(
    number: int,
    id_: str,
    total: str,
    payments: tuple[tuple[str, str], ...],
    taxes: tuple[tuple[str, str, str, str], ...],
    *,
    kind: str = "03",
    customer: tuple[str, str] = ("12345678", "1"),
    reference: str = "",
    state: str = "1",
    charge: str = "",
) -> str:
    """A line of a summary."""
    money = 'currencyID="PEN"'
    return (
        f"<sac:SummaryDocumentsLine><cbc:LineID>{number}</cbc:LineID>"
        f"<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode><cbc:ID>{id_}</cbc:ID>"
        "<cac:AccountingCustomerParty>"
        f"<cbc:CustomerAssignedAccountID>{customer[0]}</cbc:CustomerAssignedAccountID>"
        f"<cbc:AdditionalAccountID>{customer[1]}</cbc:AdditionalAccountID>"
        "</cac:AccountingCustomerParty>"
        + (
            "<cac:BillingReference><cac:InvoiceDocumentReference>"
            f"<cbc:ID>{reference}</cbc:ID><cbc:DocumentTypeCode>03</cbc:DocumentTypeCode>"
            "</cac:InvoiceDocumentReference></cac:BillingReference>"
            if reference
            else ""
        )
        + f"<cac:Status><cbc:ConditionCode>{state}</cbc:ConditionCode></cac:Status>"
        f"<sac:TotalAmount {money}>{total}</sac:TotalAmount>"
        + "".join(
            f"<sac:BillingPayment><cbc:PaidAmount {money}>{amount}</cbc:PaidAmount>"
            f"<cbc:InstructionID>{code}</cbc:InstructionID></sac:BillingPayment>"
            for code, amount in payments
        )
        + (
            "<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>"
            f"<cbc:Amount {money}>{charge}</cbc:Amount></cac:AllowanceCharge>"
            if charge
            else ""
        )
        + "".join(
            f"<cac:TaxTotal><cbc:TaxAmount {money}>{amount}</cbc:TaxAmount><cac:TaxSubtotal>"
            f"<cbc:TaxAmount {money}>{amount}</cbc:TaxAmount><cac:TaxCategory><cac:TaxScheme>"
            f"<cbc:ID>{code}</cbc:ID><cbc:Name>{name}</cbc:Name>"
            f"<cbc:TaxTypeCode>{type_}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory>"
            "</cac:TaxSubtotal></cac:TaxTotal>"
            for code, name, type_, amount in taxes
        )
        + "</sac:SummaryDocumentsLine>"
    )


def igv(amount: str) -> tuple[str, str, str, str]:
    return ("1000", "IGV", "VAT", amount)


def summary() -> str:
    """Example 57, five lines."""
    bag = ("7152", "ICBPER", "OTH", "0.50")
    lines = (
        row(1, "B001-7", "118.00", (("01", "100.00"),), (igv("18.00"),))
        + row(
            2,
            "B001-8",
            "39.10",
            (("01", "20.00"), ("02", "15.00"), ("05", "5.00")),
            (igv("3.60"), bag),
            customer=("-", "-"),
        )
        + row(
            3, "BC01-3", "11.80", (("01", "10.00"),), (igv("1.80"),), kind="07", reference="B001-7"
        )
        + row(
            4, "B001-2", "128.00", (("01", "100.00"),), (igv("18.00"),), state="3", charge="10.00"
        )
        + row(5, "B001-9", "50.00", (("02", "50.00"),), (igv("0.00"),))
    )
    return _summary("SummaryDocuments", "RC-20261121-1", "1.1", lines)


def _void(number: int, kind: str, series: str, count: str) -> str:
    return (
        f"<sac:VoidedDocumentsLine><cbc:LineID>{number}</cbc:LineID>"
        f"<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode>"
        f"<sac:DocumentSerialID>{series}</sac:DocumentSerialID>"
        f"<sac:DocumentNumberID>{count}</sac:DocumentNumberID>"
        "<sac:VoidReasonDescription>Error del sistema</sac:VoidReasonDescription>"
        "</sac:VoidedDocumentsLine>"
    )


def voiding() -> str:
    """Example 58, the RA."""
    lines = _void(1, "01", "F001", "15") + _void(2, "07", "FC01", "2")
    return _summary("VoidedDocuments", "RA-20261121-1", "1.0", lines)


def reversal() -> str:
    """Example 58, the RR."""
    lines = _void(1, "20", "R001", "15") + _void(2, "40", "P001", "2")
    return _summary("VoidedDocuments", "RR-20261121-1", "1.0", lines)


def _agreed(
    word: str, paid: str, id_: str, regime: str, rate: str, sums: tuple[str, str], documents: str
) -> str:
    return (
        f'<{word} xmlns="{SUNAT}:{word}-1" xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2" xmlns:sac="{SAC}">'
        "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.0</cbc:CustomizationID>"
        f"<cbc:ID>{id_}</cbc:ID><cbc:IssueDate>2026-11-20</cbc:IssueDate><cac:AgentParty>"
        f'<cac:PartyIdentification><cbc:ID schemeID="6">{ISSUER}</cbc:ID></cac:PartyIdentification>'
        "<cac:PartyLegalEntity><cbc:RegistrationName>EMISORA EJEMPLAR S.A.C.</cbc:RegistrationName>"
        "</cac:PartyLegalEntity></cac:AgentParty><cac:ReceiverParty>"
        f'<cac:PartyIdentification><cbc:ID schemeID="6">{CUSTOMER}</cbc:ID>'
        "</cac:PartyIdentification>"
        "<cac:PartyLegalEntity><cbc:RegistrationName>CLIENTE EJEMPLAR S.A.C.</cbc:RegistrationName>"
        f"</cac:PartyLegalEntity></cac:ReceiverParty>"
        f"<sac:SUNAT{word}SystemCode>{regime}</sac:SUNAT{word}SystemCode>"
        f"<sac:SUNAT{word}Percent>{rate}</sac:SUNAT{word}Percent>"
        f'<cbc:TotalInvoiceAmount currencyID="PEN">{sums[0]}</cbc:TotalInvoiceAmount>'
        f'<sac:SUNATTotal{paid} currencyID="PEN">{sums[1]}</sac:SUNATTotal{paid}>'
        f"{documents}</{word}>"
    )


def _document(
    word: str, paid: str, id_: str, total: str, money: str, amounts: tuple[str, str], rate: str = ""
) -> str:
    exchange = (
        f"<cac:ExchangeRate><cbc:SourceCurrencyCode>{money}</cbc:SourceCurrencyCode>"
        "<cbc:TargetCurrencyCode>PEN</cbc:TargetCurrencyCode>"
        f"<cbc:CalculationRate>{rate}</cbc:CalculationRate><cbc:Date>2026-11-20</cbc:Date>"
        "</cac:ExchangeRate>"
        if rate
        else ""
    )
    return (
        f'<sac:SUNAT{word}DocumentReference><cbc:ID schemeID="01">{id_}</cbc:ID>'
        "<cbc:IssueDate>2026-11-10</cbc:IssueDate>"
        f'<cbc:TotalInvoiceAmount currencyID="{money}">{total}</cbc:TotalInvoiceAmount>'
        "<cac:Payment><cbc:ID>1</cbc:ID>"
        f'<cbc:PaidAmount currencyID="{money}">{total}</cbc:PaidAmount>'
        "<cbc:PaidDate>2026-11-20</cbc:PaidDate></cac:Payment>"
        f'<sac:SUNAT{word}Information><sac:SUNAT{word}Amount currencyID="PEN">{amounts[0]}'
        f"</sac:SUNAT{word}Amount><sac:SUNAT{word}Date>2026-11-20</sac:SUNAT{word}Date>"
        f'<sac:SUNATNetTotal{paid} currencyID="PEN">{amounts[1]}</sac:SUNATNetTotal{paid}>'
        f"{exchange}</sac:SUNAT{word}Information></sac:SUNAT{word}DocumentReference>"
    )


def retention() -> str:
    """Example 59."""
    documents = _document(
        "Retention", "Paid", "F001-101", "500.00", "USD", ("57.00", "1843.00"), "3.800000"
    ) + _document("Retention", "Paid", "F001-100", "1180.00", "PEN", ("35.40", "1144.60"))
    return _agreed("Retention", "Paid", "R001-15", "01", "3.00", ("92.40", "2987.60"), documents)


def perception() -> str:
    """Example 60, with a second factura in dollars."""
    documents = _document(
        "Perception", "Cashed", "F001-101", "100.00", "USD", ("7.60", "387.60"), "3.800000"
    ) + _document("Perception", "Cashed", "F001-100", "590.00", "PEN", ("11.80", "601.80"))
    return _agreed("Perception", "Cashed", "P001-15", "01", "2.00", ("19.40", "989.40"), documents)


def _party(role: str, scheme: str, number: str, name: str) -> str:
    inner = (
        f'<cac:PartyIdentification><cbc:ID schemeID="{scheme}">{number}</cbc:ID>'
        "</cac:PartyIdentification><cac:PartyLegalEntity>"
        f"<cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity>"
    )
    return f"<cac:{role}><cac:Party>{inner}</cac:Party></cac:{role}>"


DRIVER = (
    '<cac:DriverPerson><cbc:ID schemeID="1">12345678</cbc:ID><cbc:FirstName>LUIS</cbc:FirstName>'
    "<cbc:FamilyName>EJEMPLO</cbc:FamilyName><cbc:JobTitle>Principal</cbc:JobTitle>"
    "<cac:IdentityDocumentReference><cbc:ID>Q12345678</cbc:ID></cac:IdentityDocumentReference>"
    "</cac:DriverPerson>"
)
PLATE = (
    "<cac:TransportHandlingUnit><cac:TransportEquipment><cbc:ID>ABC123</cbc:ID>"
    "</cac:TransportEquipment></cac:TransportHandlingUnit>"
)


def _place(name: str, line: str) -> str:
    return (
        f"<cac:{name}><cbc:ID>150101</cbc:ID><cac:AddressLine><cbc:Line>{line}</cbc:Line>"
        f"</cac:AddressLine></cac:{name}>"
    )


def _guide(id_: str, kind: str, reason: str, stage: str, shipper: str, plate: str) -> str:
    motive = f"<cbc:HandlingCode>{reason}</cbc:HandlingCode>" if reason else ""
    return (
        f'<DespatchAdvice xmlns="{UBL}:DespatchAdvice-2"'
        f' xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2">'
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID>"
        f"<cbc:ID>{id_}</cbc:ID><cbc:IssueDate>2026-11-21</cbc:IssueDate>"
        "<cbc:IssueTime>10:00:00</cbc:IssueTime>"
        f"<cbc:DespatchAdviceTypeCode>{kind}</cbc:DespatchAdviceTypeCode>"
        + _party("DespatchSupplierParty", "6", ISSUER, "EMISORA EJEMPLAR S.A.C.")
        + _party("DeliveryCustomerParty", "6", CUSTOMER, "CLIENTE EJEMPLAR S.A.C.")
        + f"<cac:Shipment><cbc:ID>SUNAT_Envio</cbc:ID>{motive}"
        '<cbc:GrossWeightMeasure unitCode="KGM">10.500</cbc:GrossWeightMeasure>'
        f"<cac:ShipmentStage>{stage}</cac:ShipmentStage><cac:Delivery>"
        + _place("DeliveryAddress", "Av. Destino 456")
        + f"<cac:Despatch>{_place('DespatchAddress', 'Av. Origen 123')}{shipper}</cac:Despatch>"
        f"</cac:Delivery>{plate}</cac:Shipment><cac:DespatchLine><cbc:ID>1</cbc:ID>"
        '<cbc:DeliveredQuantity unitCode="NIU">10</cbc:DeliveredQuantity><cac:Item>'
        "<cbc:Description>Cajas de producto</cbc:Description></cac:Item></cac:DespatchLine>"
        "</DespatchAdvice>"
    )


STARTS = "<cac:TransitPeriod><cbc:StartDate>2026-11-21</cbc:StartDate></cac:TransitPeriod>"


def guide() -> str:
    """A guía remitente of a sale, carried by another."""
    stage = (
        f"<cbc:TransportModeCode>01</cbc:TransportModeCode>{STARTS}<cac:CarrierParty>"
        '<cac:PartyIdentification><cbc:ID schemeID="6">20999000208</cbc:ID>'
        "</cac:PartyIdentification><cac:PartyLegalEntity>"
        "<cbc:RegistrationName>TRANSPORTES EJEMPLO S.A.C.</cbc:RegistrationName>"
        "<cbc:CompanyID>15123456CNG</cbc:CompanyID></cac:PartyLegalEntity></cac:CarrierParty>"
        "<cac:LoadingTransportEvent><cbc:OccurrenceDate>2026-11-21</cbc:OccurrenceDate>"
        "</cac:LoadingTransportEvent>"
    )
    return _guide("T001-1", "09", "01", stage, "", "")


def private_guide() -> str:
    """A guía remitente of a sale, carried by the seller."""
    stage = f"<cbc:TransportModeCode>02</cbc:TransportModeCode>{STARTS}{DRIVER}"
    return _guide("T001-1", "09", "01", stage, "", PLATE)


def carrier_guide() -> str:
    """A guía transportista."""
    shipper = (
        '<cac:DespatchParty><cac:PartyIdentification><cbc:ID schemeID="6">20999000208</cbc:ID>'
        "</cac:PartyIdentification><cac:PartyLegalEntity><cbc:RegistrationName>REMITENTE EJEMPLAR"
        "</cbc:RegistrationName></cac:PartyLegalEntity></cac:DespatchParty>"
    )
    return _guide("V001-1", "31", "", STARTS + DRIVER, shipper, PLATE)


BASES = {
    "01": Base(ex.plain, f"{ISSUER}-01-F001-1"),
    "03": Base(boleta, f"{ISSUER}-03-B001-1"),
    "04": Base(purchase, f"{ISSUER}-04-L001-1"),
    "07": Base(credit_note, f"{ISSUER}-07-FC01-1"),
    "08": Base(debit_note, f"{ISSUER}-08-FC01-1"),
    "09": Base(guide, f"{ISSUER}-09-T001-1"),
    "31": Base(carrier_guide, f"{ISSUER}-31-V001-1"),
    "20": Base(retention, f"{ISSUER}-20-R001-15"),
    "40": Base(perception, f"{ISSUER}-40-P001-15"),
    "RA": Base(voiding, f"{ISSUER}-RA-20261121-1"),
    "RC": Base(summary, f"{ISSUER}-RC-20261121-1"),
    "RR": Base(reversal, f"{ISSUER}-RR-20261121-1"),
}
OTHERS = {  # good documents beside the twelve
    "boleta note": Base(boleta_note, f"{ISSUER}-07-BC01-1"),
    "terms note": Base(terms_note, f"{ISSUER}-07-FC01-1"),
    "taxed purchase": Base(taxed_purchase, f"{ISSUER}-04-L001-1"),
    "private guide": Base(private_guide, f"{ISSUER}-09-T001-1"),
}
