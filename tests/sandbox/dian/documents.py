"""Invented Colombian documents, written out as colombia.md 2, 3 and 9 have them."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from lxml import etree

ISSUER, BUYER, STRANGER = "999888777", "999000111", "999777666"
DIGITS = {ISSUER: "1", BUYER: "4", STRANGER: "4", "800197268": "4"}
SOFTWARE, PIN = "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0", "75315"
KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
DAY, HOUR = "2026-11-25", "10:30:00-05:00"
UBL = "urn:oasis:names:specification:ubl:schema:xsd"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "cac": f"{UBL}:CommonAggregateComponents-2",
        "cbc": f"{UBL}:CommonBasicComponents-2",
        "ds": "http://www.w3.org/2000/09/xmldsig#",
        "ext": f"{UBL}:CommonExtensionComponents-2",
        "sts": "dian:gov:co:facturaelectronica:Structures-2-1",
        "xades": "http://uri.etsi.org/01903/v1.3.2#",
    }.items()
)
AGENCY = (
    'schemeAgencyID="195" schemeAgencyName="CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)"'
)
UNECE = "United Nations Economic Commission for Europe"
COUNTRY = "urn:oasis:names:specification:ubl:codelist:gc:CountryIdentificationCode-2.1"
CONTROL = (
    "<sts:InvoiceControl><sts:InvoiceAuthorization>18760000001</sts:InvoiceAuthorization>"
    "<sts:AuthorizationPeriod><cbc:StartDate>2019-01-19</cbc:StartDate>"
    "<cbc:EndDate>2030-01-19</cbc:EndDate></sts:AuthorizationPeriod><sts:AuthorizedInvoices>"
    "<sts:Prefix>SETP</sts:Prefix><sts:From>990000000</sts:From><sts:To>995000000</sts:To>"
    "</sts:AuthorizedInvoices></sts:InvoiceControl>"
)
ADDRESS = (
    "<cbc:ID>11001</cbc:ID><cbc:CityName>BOGOTÁ, D.C.</cbc:CityName>"
    "<cbc:PostalZone>110111</cbc:PostalZone><cbc:CountrySubentity>BOGOTÁ</cbc:CountrySubentity>"
    "<cbc:CountrySubentityCode>11</cbc:CountrySubentityCode>"
    "<cac:AddressLine><cbc:Line>Calle 100 10 20</cbc:Line></cac:AddressLine><cac:Country>"
    '<cbc:IdentificationCode>CO</cbc:IdentificationCode><cbc:Name languageID="es">Colombia'
    "</cbc:Name></cac:Country>"
)
IVA = "<cac:TaxScheme><cbc:ID>01</cbc:ID><cbc:Name>IVA</cbc:Name></cac:TaxScheme>"


def sha384(*parts: str) -> str:
    return hashlib.sha384("".join(parts).encode()).hexdigest()


def invoice(
    number: str = "SETP990000123",
    *,
    kind: str = "01",
    issuer: str = ISSUER,
    buyer_name: str = "COMPRADOR DE PRUEBA S.A.S.",
    price: str = "50000.00",
    day: str = DAY,
    payable: str = "",
    key: str = KEY,
) -> str:
    """Case A of colombia.md 3: two units at a price, IVA 19 %."""
    net = Decimal(price) * 2
    tax = (net * 19 / 100).quantize(Decimal("0.01"))
    total = payable or f"{net + tax}"
    taxes = ("01", f"{tax}", "04", "0.00", "03", "0.00")
    uuid = sha384(number, day, HOUR, f"{net}", *taxes, total, issuer, BUYER, key, "2")
    kinds = f"<cbc:InvoiceTypeCode>{kind}</cbc:InvoiceTypeCode>"
    head = _head("DIAN 2.1: Factura Electrónica de Venta", "10", number, uuid, "CUFE", day, kinds)
    return document(
        "Invoice",
        extensions(CONTROL, number, uuid, issuer),
        head,
        _body("Invoice", "Legal", issuer, buyer_name, "SETP", net, tax, total),
    )


def credit_note(
    number: str = "NC1",
    *,
    of: str = "SETP990000123",
    of_uuid: str,
    day: str = DAY,
    buyer_name: str = "COMPRADOR DE PRUEBA S.A.S.",
) -> str:
    """A note that annuls case A."""
    net, tax = Decimal("100000.00"), Decimal("19000.00")
    taxes = ("01", f"{tax}", "04", "0.00", "03", "0.00")
    uuid = sha384(number, day, HOUR, f"{net}", *taxes, "119000.00", ISSUER, BUYER, PIN, "2")
    kinds = "<cbc:CreditNoteTypeCode>91</cbc:CreditNoteTypeCode>"
    profile = "DIAN 2.1: Nota Crédito de Factura Electrónica de Venta"
    reference = (
        f"<cac:DiscrepancyResponse><cbc:ReferenceID>{of}</cbc:ReferenceID>"
        "<cbc:ResponseCode>2</cbc:ResponseCode><cbc:Description>Anulación</cbc:Description>"
        "</cac:DiscrepancyResponse><cac:BillingReference><cac:InvoiceDocumentReference>"
        f'<cbc:ID>{of}</cbc:ID><cbc:UUID schemeName="CUFE-SHA384">{of_uuid}</cbc:UUID>'
        f"<cbc:IssueDate>{DAY}</cbc:IssueDate></cac:InvoiceDocumentReference>"
        "</cac:BillingReference>"
    )
    head = _head(profile, "20", number, uuid, "CUDE", day, kinds) + reference
    return document(
        "CreditNote",
        extensions("", number, uuid, ISSUER),
        head,
        _body("CreditNote", "Legal", ISSUER, buyer_name, "NC", net, tax, "119000.00"),
    )


def debit_note(number: str = "ND1", *, of: str = "SETP990000123", of_uuid: str) -> str:
    """A note of interest, of case A's size."""
    net, tax = Decimal("100000.00"), Decimal("19000.00")
    taxes = ("01", f"{tax}", "04", "0.00", "03", "0.00")
    uuid = sha384(number, DAY, HOUR, f"{net}", *taxes, "119000.00", ISSUER, BUYER, PIN, "2")
    reference = (
        f"<cac:DiscrepancyResponse><cbc:ReferenceID>{of}</cbc:ReferenceID>"
        "<cbc:ResponseCode>1</cbc:ResponseCode><cbc:Description>Intereses</cbc:Description>"
        "</cac:DiscrepancyResponse><cac:BillingReference><cac:InvoiceDocumentReference>"
        f'<cbc:ID>{of}</cbc:ID><cbc:UUID schemeName="CUFE-SHA384">{of_uuid}</cbc:UUID>'
        f"<cbc:IssueDate>{DAY}</cbc:IssueDate></cac:InvoiceDocumentReference>"
        "</cac:BillingReference>"
    )
    profile = "DIAN 2.1: Nota Débito de Factura Electrónica de Venta"
    head = _head(profile, "30", number, uuid, "CUDE", DAY, "") + reference
    name = "COMPRADOR DE PRUEBA S.A.S."
    return document(
        "DebitNote",
        extensions("", number, uuid, ISSUER),
        head,
        _body("DebitNote", "Requested", ISSUER, name, "ND", net, tax, "119000.00"),
    )


def uuid_of(document: str | bytes) -> str:
    content = document if isinstance(document, bytes) else document.encode()
    return etree.fromstring(content).findtext("{*}UUID") or ""


def number_of(document: str | bytes) -> str:
    content = document if isinstance(document, bytes) else document.encode()
    return etree.fromstring(content).findtext("{*}ID") or ""


def document(root: str, extensions: str, head: str, body: str) -> str:
    return (
        f'<{root} xmlns="{UBL}:{root}-2" {NAMESPACES}><ext:UBLExtensions><ext:UBLExtension>'
        f"<ext:ExtensionContent>{extensions}</ext:ExtensionContent></ext:UBLExtension>"
        "<ext:UBLExtension><ext:ExtensionContent/></ext:UBLExtension></ext:UBLExtensions>"
        f"{head}{body}</{root}>"
    )


def extensions(control: str, number: str, uuid: str, issuer: str) -> str:
    own = f'{AGENCY} schemeID="{DIGITS[issuer]}" schemeName="31"'
    address = "https://catalogo-vpfe-hab.dian.gov.co/document/searchqr?documentkey="
    return (
        f"<sts:DianExtensions>{control}<sts:InvoiceSource><cbc:IdentificationCode "
        f'listAgencyID="6" listAgencyName="{UNECE}" listSchemeURI="{COUNTRY}">CO'
        "</cbc:IdentificationCode></sts:InvoiceSource><sts:SoftwareProvider>"
        f"<sts:ProviderID {own}>{issuer}</sts:ProviderID>"
        f"<sts:SoftwareID {AGENCY}>{SOFTWARE}</sts:SoftwareID></sts:SoftwareProvider>"
        f"<sts:SoftwareSecurityCode {AGENCY}>{sha384(SOFTWARE, PIN, number)}"
        "</sts:SoftwareSecurityCode><sts:AuthorizationProvider><sts:AuthorizationProviderID "
        f'{AGENCY} schemeID="4" schemeName="31">800197268</sts:AuthorizationProviderID>'
        f"</sts:AuthorizationProvider><sts:QRCode>{address}{uuid}</sts:QRCode>"
        "</sts:DianExtensions>"
    )


def intro(
    profile: str, operation: str, number: str, uuid: str, scheme: str, day: str, hour: str
) -> str:
    return (
        f"<cbc:UBLVersionID>UBL 2.1</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>{operation}</cbc:CustomizationID>"
        f"<cbc:ProfileID>{profile}</cbc:ProfileID>"
        f"<cbc:ProfileExecutionID>2</cbc:ProfileExecutionID><cbc:ID>{number}</cbc:ID>"
        f'<cbc:UUID schemeID="2" schemeName="{scheme}-SHA384">{uuid}</cbc:UUID>'
        f"<cbc:IssueDate>{day}</cbc:IssueDate><cbc:IssueTime>{hour}</cbc:IssueTime>"
    )


def _head(
    profile: str, operation: str, number: str, uuid: str, scheme: str, day: str, kinds: str
) -> str:
    currency = f'listAgencyID="6" listAgencyName="{UNECE}" listID="ISO 4217 Alpha"'
    return (
        f"{intro(profile, operation, number, uuid, scheme, day, HOUR)}{kinds}"
        f"<cbc:DocumentCurrencyCode {currency}>COP</cbc:DocumentCurrencyCode>"
        "<cbc:LineCountNumeric>1</cbc:LineCountNumeric>"
    )


def _company_id(nit: str) -> str:
    return f'<cbc:CompanyID {AGENCY} schemeID="{DIGITS[nit]}" schemeName="31">{nit}</cbc:CompanyID>'


def tax_party(name: str, nit: str) -> str:
    return (
        f"<cac:PartyTaxScheme><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f"{_company_id(nit)}{IVA}</cac:PartyTaxScheme>"
    )


def _party(name: str, nit: str, *, address: str, prefix: str, mail: str) -> str:
    scheme = (
        f"<cac:CorporateRegistrationScheme><cbc:ID>{prefix}</cbc:ID>"
        "</cac:CorporateRegistrationScheme>"
        if prefix
        else ""
    )
    where = f"<cac:Address>{address}</cac:Address>" if address else ""
    registered = f"<cac:RegistrationAddress>{address}</cac:RegistrationAddress>" if address else ""
    return (
        "<cbc:AdditionalAccountID>1</cbc:AdditionalAccountID><cac:Party>"
        f"<cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>"
        + (f"<cac:PhysicalLocation>{where}</cac:PhysicalLocation>" if where else "")
        + f"<cac:PartyTaxScheme><cbc:RegistrationName>{name}</cbc:RegistrationName>"
        f'{_company_id(nit)}<cbc:TaxLevelCode listName="48">R-99-PN</cbc:TaxLevelCode>'
        f"{registered}{IVA}</cac:PartyTaxScheme><cac:PartyLegalEntity>"
        f"<cbc:RegistrationName>{name}</cbc:RegistrationName>{_company_id(nit)}{scheme}"
        f"</cac:PartyLegalEntity><cac:Contact><cbc:ElectronicMail>{mail}</cbc:ElectronicMail>"
        "</cac:Contact></cac:Party>"
    )


def _body(
    root: str,
    total: str,
    issuer: str,
    buyer_name: str,
    prefix: str,
    net: Decimal,
    tax: Decimal,
    payable: str,
) -> str:
    seller = _party(
        "EMPRESA DE PRUEBA S.A.S.",
        issuer,
        address=ADDRESS,
        prefix=prefix,
        mail="facturas@empresa.example",
    )
    buyer = _party(buyer_name, BUYER, address="", prefix="", mail="compras@comprador.example")
    taxes = (
        f"<cac:TaxTotal>{_money('TaxAmount', tax)}<cac:TaxSubtotal>"
        f"{_money('TaxableAmount', net)}{_money('TaxAmount', tax)}<cac:TaxCategory>"
        f"<cbc:Percent>19.00</cbc:Percent>{IVA}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
    )
    quantity = {"Invoice": "Invoiced", "CreditNote": "Credited", "DebitNote": "Debited"}[root]
    return (
        f"<cac:AccountingSupplierParty>{seller}</cac:AccountingSupplierParty>"
        f"<cac:AccountingCustomerParty>{buyer}</cac:AccountingCustomerParty>"
        "<cac:PaymentMeans><cbc:ID>1</cbc:ID><cbc:PaymentMeansCode>10</cbc:PaymentMeansCode>"
        f"</cac:PaymentMeans>{taxes}<cac:{total}MonetaryTotal>"
        f"{_money('LineExtensionAmount', net)}{_money('TaxExclusiveAmount', net)}"
        f"{_money('TaxInclusiveAmount', net + tax)}{_money('PayableAmount', payable)}"
        f"</cac:{total}MonetaryTotal><cac:{root}Line><cbc:ID>1</cbc:ID>"
        f'<cbc:{quantity}Quantity unitCode="94">2.000000</cbc:{quantity}Quantity>'
        f"{_money('LineExtensionAmount', net)}{taxes}<cac:Item>"
        "<cbc:Description>Servicio de prueba</cbc:Description><cac:StandardItemIdentification>"
        '<cbc:ID schemeID="999">SRV-1</cbc:ID></cac:StandardItemIdentification></cac:Item>'
        f"<cac:Price>{_money('PriceAmount', net / 2)}"
        '<cbc:BaseQuantity unitCode="94">2.000000</cbc:BaseQuantity></cac:Price>'
        f"</cac:{root}Line>"
    )


def _money(name: str, amount: object) -> str:
    return f'<cbc:{name} currencyID="COP">{amount}</cbc:{name}>'
