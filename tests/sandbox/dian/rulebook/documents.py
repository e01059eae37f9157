"""A document of each kind that breaks no rule: invented people, added up apart from the sandbox."""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from tests.sandbox.dian.rulebook.kinds import (
    AGENCY,
    BOGOTA,
    BOUGHT,
    BUYER,
    CORRECTED,
    DVS,
    ISSUER,
    KINDS,
    LINES,
    MEDELLIN,
    NAMES,
    SCHEMES,
    SOFTWARE,
    UBL,
    Element,
    Kind,
    Line,
    money,
)
from tests.sandbox.dian.rulebook.sealing import seal


def cop(name: str, value: Fraction) -> str:
    """An amount in pesos."""
    return f'<cbc:{name} currencyID="COP">{money(value)}</cbc:{name}>'


def document(code: str = "01", *, lines: tuple[Line, ...] = LINES, rate: str = "") -> Element:
    """A sealed document of a kind."""
    root = etree.fromstring(_text(code, lines, rate))
    seal(root, code)
    return root


def _text(code: str, lines: tuple[Line, ...], rate: str) -> str:
    kind = KINDS[code]
    space = f"{UBL}:{kind.root}-2"
    type_code = "" if code == "92" else f"<cbc:{kind.root}TypeCode>{code}</cbc:{kind.root}TypeCode>"
    body = _invoice if kind.root == "Invoice" else _note
    return f"""<{kind.root} xmlns="{space}" xmlns:cac="{UBL}:CommonAggregateComponents-2"
 xmlns:cbc="{UBL}:CommonBasicComponents-2" xmlns:ext="{UBL}:CommonExtensionComponents-2"
 xmlns:sts="dian:gov:co:facturaelectronica:Structures-2-1"
 xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"
 >{extensions(_control(kind))}<cbc:UBLVersionID>UBL 2.1</cbc:UBLVersionID><cbc:CustomizationID
 >{kind.operation}</cbc:CustomizationID><cbc:ProfileID>{kind.profile}</cbc:ProfileID
 ><cbc:ProfileExecutionID>2</cbc:ProfileExecutionID><cbc:ID>{kind.prefix}990000123</cbc:ID
 ><cbc:UUID schemeID="2" schemeName="{SCHEMES[kind.identifier]}"/><cbc:IssueDate
 >2026-11-25</cbc:IssueDate><cbc:IssueTime>10:30:00-05:00</cbc:IssueTime>{type_code}<cbc:Note
 >Gracias por comprar tejidos a mano.</cbc:Note><cbc:DocumentCurrencyCode
 >COP</cbc:DocumentCurrencyCode><cbc:LineCountNumeric>{len(lines)}</cbc:LineCountNumeric
 >{_references(code)}{_parties(code)}{body(kind, lines, rate)}</{kind.root}>"""


def extensions(control: str) -> str:
    """The DianExtensions, and a signature that says only when."""
    return f"""<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><sts:DianExtensions
 >{control}<sts:InvoiceSource><cbc:IdentificationCode listAgencyID="6"
 listAgencyName="United Nations Economic Commission for Europe"
 listSchemeURI="urn:oasis:names:specification:ubl:codelist:gc:CountryIdentificationCode-2.1"
 >CO</cbc:IdentificationCode></sts:InvoiceSource><sts:SoftwareProvider><sts:ProviderID {AGENCY}
 schemeID="1" schemeName="31">{ISSUER}</sts:ProviderID><sts:SoftwareID {AGENCY}
 >{SOFTWARE}</sts:SoftwareID
 ></sts:SoftwareProvider><sts:SoftwareSecurityCode {AGENCY}/><sts:AuthorizationProvider
 ><sts:AuthorizationProviderID {AGENCY} schemeID="4" schemeName="31"
 >800197268</sts:AuthorizationProviderID></sts:AuthorizationProvider><sts:QRCode/></sts:DianExtensions
 ></ext:ExtensionContent></ext:UBLExtension><ext:UBLExtension><ext:ExtensionContent>{_signature()}</ext:ExtensionContent
 ></ext:UBLExtension></ext:UBLExtensions>"""


def _signature() -> str:
    sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"
    return f"""<ds:Signature Id="s"><ds:SignedInfo><ds:CanonicalizationMethod
 Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/><ds:SignatureMethod
 Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI=""
 ><ds:DigestMethod Algorithm="{sha256}"/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference
 ></ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue><ds:Object><xades:QualifyingProperties
 Target="#s"><xades:SignedProperties><xades:SignedSignatureProperties><xades:SigningTime
 >2026-11-25T10:31:00.000-05:00</xades:SigningTime></xades:SignedSignatureProperties
 ></xades:SignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature>"""


def _control(kind: Kind) -> str:
    if not kind.resolution:
        return ""
    return f"""<sts:InvoiceControl><sts:InvoiceAuthorization
 >{kind.resolution}</sts:InvoiceAuthorization
 ><sts:AuthorizationPeriod><cbc:StartDate>2019-01-19</cbc:StartDate><cbc:EndDate
 >2030-01-19</cbc:EndDate></sts:AuthorizationPeriod><sts:AuthorizedInvoices><sts:Prefix
 >{kind.prefix}</sts:Prefix><sts:From>{kind.first}</sts:From><sts:To>{kind.last}</sts:To
 ></sts:AuthorizedInvoices></sts:InvoiceControl>"""


def _references(code: str) -> str:
    if code == "03":
        return """<cac:AdditionalDocumentReference><cbc:ID>TALONARIO77</cbc:ID
 ></cac:AdditionalDocumentReference>"""
    if not KINDS[code].is_note:
        return ""
    scheme = "CUDS-SHA384" if code == "95" else "CUFE-SHA384"
    return f"""<cac:DiscrepancyResponse><cbc:ReferenceID>SETP990000100</cbc:ReferenceID
 ><cbc:ResponseCode>1</cbc:ResponseCode><cbc:Description>Devolución parcial</cbc:Description
 ></cac:DiscrepancyResponse><cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID
 >SETP990000100</cbc:ID><cbc:UUID schemeName="{scheme}">{CORRECTED}</cbc:UUID><cbc:IssueDate
 >2026-11-20</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>"""


def _parties(code: str) -> str:
    seller, buyer = (BUYER, ISSUER) if code in BOUGHT else (ISSUER, BUYER)
    prefix = KINDS[code].prefix
    return (
        "<cac:AccountingSupplierParty>"
        + _party(seller, prefix if seller == ISSUER else "", BOGOTA)
        + "</cac:AccountingSupplierParty><cac:AccountingCustomerParty>"
        + _party(buyer, prefix if buyer == ISSUER else "", MEDELLIN)
        + "</cac:AccountingCustomerParty>"
    )


def _party(nit: str, prefix: str, place: tuple[str, str, str, str]) -> str:
    activity = "<cbc:IndustryClassificationCode>1391;4751</cbc:IndustryClassificationCode>"
    point = f"""<cac:CorporateRegistrationScheme><cbc:ID>{prefix}</cbc:ID><cbc:Name
 >1234567</cbc:Name
 ></cac:CorporateRegistrationScheme>"""
    id_ = f'<cbc:CompanyID {AGENCY} schemeID="{DVS[nit]}" schemeName="31">{nit}</cbc:CompanyID>'
    name = f"<cbc:RegistrationName>{NAMES[nit]}</cbc:RegistrationName>"
    return f"""<cbc:AdditionalAccountID>1</cbc:AdditionalAccountID><cac:Party
 >{activity}<cac:PartyName
 ><cbc:Name>{NAMES[nit]}</cbc:Name></cac:PartyName><cac:PhysicalLocation><cac:Address
 >{_address(place)}</cac:Address></cac:PhysicalLocation><cac:PartyTaxScheme>{name}{id_}<cbc:TaxLevelCode
 listName="48">O-13;O-15</cbc:TaxLevelCode><cac:RegistrationAddress>{_address(place)}</cac:RegistrationAddress
 ><cac:TaxScheme><cbc:ID>01</cbc:ID><cbc:Name>IVA</cbc:Name></cac:TaxScheme></cac:PartyTaxScheme
 ><cac:PartyLegalEntity>{name}{id_}{point if prefix else ""}</cac:PartyLegalEntity><cac:Contact
 ><cbc:ElectronicMail>cartera@{nit}.example</cbc:ElectronicMail></cac:Contact></cac:Party>"""


def _address(place: tuple[str, str, str, str]) -> str:
    code, city, department, number = place
    return f"""<cbc:ID>{code}</cbc:ID><cbc:CityName>{city}</cbc:CityName><cbc:PostalZone
 >{number}0001</cbc:PostalZone><cbc:CountrySubentity>{department}</cbc:CountrySubentity
 ><cbc:CountrySubentityCode>{number}</cbc:CountrySubentityCode><cac:AddressLine><cbc:Line
 >Calle 9 12 34</cbc:Line></cac:AddressLine><cac:Country><cbc:IdentificationCode
 >CO</cbc:IdentificationCode><cbc:Name languageID="es">Colombia</cbc:Name></cac:Country>"""


PAYMENT = """<cac:PaymentMeans><cbc:ID>1</cbc:ID><cbc:PaymentMeansCode>10</cbc:PaymentMeansCode
 ></cac:PaymentMeans>"""
PREPAID = f"""<cac:PrepaidPayment><cbc:ID>1</cbc:ID
 >{cop("PaidAmount", Fraction(700))}<cbc:ReceivedDate
 >2026-11-01</cbc:ReceivedDate></cac:PrepaidPayment>"""


def _invoice(kind: Kind, lines: tuple[Line, ...], rate: str) -> str:
    return (
        f"{PAYMENT}{PREPAID}{_discount(lines)}{rate}{_taxes(lines)}{_withheld(lines)}"
        f"{_totals('LegalMonetaryTotal', lines, Fraction(700))}{_lines(kind, lines)}"
    )


def _note(kind: Kind, lines: tuple[Line, ...], rate: str) -> str:
    if kind.root == "CreditNote":
        return (
            f"{PAYMENT}{rate}{_discount(lines)}{_taxes(lines)}"
            f"{_totals('LegalMonetaryTotal', lines, Fraction(0))}{_lines(kind, lines)}"
        )
    return (
        f"{PREPAID}{_discount(lines)}{PAYMENT}{rate}{_taxes(lines)}"
        f"{_totals('RequestedMonetaryTotal', lines, Fraction(700))}{_lines(kind, lines)}"
    )


def _discount(lines: tuple[Line, ...]) -> str:
    base = sum((line.amount for line in lines), Fraction(0))
    return f"""<cac:AllowanceCharge><cbc:ID>1</cbc:ID><cbc:ChargeIndicator
 >false</cbc:ChargeIndicator
 ><cbc:AllowanceChargeReasonCode>00</cbc:AllowanceChargeReasonCode><cbc:AllowanceChargeReason
 >Descuento de temporada</cbc:AllowanceChargeReason><cbc:MultiplierFactorNumeric
 >2.00</cbc:MultiplierFactorNumeric
 >{cop("Amount", base / 50)}{cop("BaseAmount", base)}</cac:AllowanceCharge>"""


def _groups(lines: tuple[Line, ...]) -> dict[tuple[str, str], dict[int, Fraction]]:
    groups: dict[tuple[str, str], dict[int, Fraction]] = {}
    for line in lines:
        for code, name, percent in line.taxes:
            rates = groups.setdefault((code, name), {})
            rates[percent] = rates.get(percent, Fraction(0)) + line.base
    return groups


def _owed(rates: dict[int, Fraction]) -> Fraction:
    return sum((base * percent / 100 for percent, base in rates.items()), Fraction(0))


def _taxes(lines: tuple[Line, ...]) -> str:
    return "".join(group("TaxTotal", *tax, rates) for tax, rates in _groups(lines).items())


def group(kind: str, code: str, name: str, rates: dict[int, Fraction]) -> str:
    """One TaxTotal or WithholdingTaxTotal."""
    subtotals = "".join(subtotal(code, name, percent, base) for percent, base in rates.items())
    return f"<cac:{kind}>{cop('TaxAmount', _owed(rates))}{subtotals}</cac:{kind}>"


def subtotal(code: str, name: str, percent: int, base: Fraction) -> str:
    """One rate of a tax."""
    return f"""<cac:TaxSubtotal
 >{cop("TaxableAmount", base)}{cop("TaxAmount", base * percent / 100)}<cac:TaxCategory
 ><cbc:Percent>{percent}.00</cbc:Percent><cac:TaxScheme><cbc:ID>{code}</cbc:ID><cbc:Name
 >{name}</cbc:Name></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"""


def _withheld(lines: tuple[Line, ...]) -> str:
    rates = {line.withheld: line.base for line in lines if line.withheld}
    return group("WithholdingTaxTotal", "06", "ReteRenta", rates) if rates else ""


def _totals(name: str, lines: tuple[Line, ...], prepaid: Fraction) -> str:
    amount = sum((line.amount for line in lines), Fraction(0))
    bases = sum((line.base * len(line.taxes) for line in lines), Fraction(0))
    inclusive = amount + sum((_owed(rates) for rates in _groups(lines).values()), Fraction(0))
    discount = amount / 50
    return (
        f"<cac:{name}>"
        + cop("LineExtensionAmount", amount)
        + cop("TaxExclusiveAmount", bases)
        + cop("TaxInclusiveAmount", inclusive)
        + cop("AllowanceTotalAmount", discount)
        + (cop("PrepaidAmount", prepaid) if prepaid else "")
        + cop("PayableAmount", inclusive - discount)
        + f"</cac:{name}>"
    )


QUANTITIES = {"Invoice": "Invoiced", "CreditNote": "Credited", "DebitNote": "Debited"}


def _lines(kind: Kind, lines: tuple[Line, ...]) -> str:
    return "".join(_line(kind, ordinal, line) for ordinal, line in enumerate(lines, 1))


def _line(kind: Kind, ordinal: int, line: Line) -> str:
    quantity = f"{QUANTITIES[kind.root]}Quantity"
    taxes = "".join(group("TaxTotal", c, n, {percent: line.base}) for c, n, percent in line.taxes)
    allowance = _line_discount(line) if line.discount else ""
    middle = allowance + taxes if kind.root == "Invoice" else taxes + allowance
    if kind.root == "Invoice" and line.withheld:
        middle += group("WithholdingTaxTotal", "06", "ReteRenta", {line.withheld: line.base})
    given = line.is_free and kind.root != "DebitNote"
    free = "<cbc:FreeOfChargeIndicator>true</cbc:FreeOfChargeIndicator>" if given else ""
    reference = f"""<cac:PricingReference><cac:AlternativeConditionPrice
 >{cop("PriceAmount", line.price)}<cbc:PriceTypeCode
 >01</cbc:PriceTypeCode></cac:AlternativeConditionPrice></cac:PricingReference>"""
    reference = reference if line.is_free else ""
    price = Fraction(0) if line.is_free else line.price
    return f"""<cac:{kind.root}Line><cbc:ID>{ordinal}</cbc:ID><cbc:{quantity} unitCode="94"
 >{line.quantity}.00</cbc:{quantity}>{cop("LineExtensionAmount", line.amount)}{free}{reference}
 {middle}<cac:Item><cbc:Description>Ruana de lana</cbc:Description
 ><cac:StandardItemIdentification><cbc:ID schemeID="999">RUA-{ordinal}</cbc:ID
 ></cac:StandardItemIdentification
 ></cac:Item><cac:Price>{cop("PriceAmount", price)}<cbc:BaseQuantity unitCode="94"
 >{line.quantity}.00</cbc:BaseQuantity></cac:Price></cac:{kind.root}Line>"""


def _line_discount(line: Line) -> str:
    return f"""<cac:AllowanceCharge><cbc:ID>1</cbc:ID><cbc:ChargeIndicator
 >false</cbc:ChargeIndicator
 ><cbc:AllowanceChargeReason>Segunda calidad</cbc:AllowanceChargeReason><cbc:MultiplierFactorNumeric
 >{line.discount}.00</cbc:MultiplierFactorNumeric>{cop("Amount", line.gross - line.amount)}{
        cop("BaseAmount", line.gross)
    }</cac:AllowanceCharge>"""
