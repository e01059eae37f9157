"""Facturas in XML, after the worked examples of the domain's papers; unsigned, amounts as given."""

from __future__ import annotations

from dataclasses import dataclass

ISSUER = "20999888772"
CUSTOMER = "20999000119"
UBL = "urn:oasis:names:specification:ubl:schema:xsd"
NAMES = {
    "1000": ("IGV", "VAT"),
    "1016": ("IVAP", "VAT"),
    "2000": ("ISC", "EXC"),
    "7152": ("ICBPER", "OTH"),
    "9995": ("EXP", "FRE"),
    "9996": ("GRA", "FRE"),
    "9997": ("EXO", "VAT"),
    "9998": ("INA", "FRE"),
    "9999": ("OTROS", "OTH"),
}
CASH = (
    "<cac:PaymentTerms><cbc:ID>FormaPago</cbc:ID><cbc:PaymentMeansID>Contado</cbc:PaymentMeansID>"
    "</cac:PaymentTerms>"
)
PLACE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'


@dataclass(frozen=True)
class Tax:
    """A tribute with base and amount; of a line also rate, affectation and the rest."""

    tribute: str
    base: str
    amount: str
    percent: str = ""
    affectation: str = ""
    tier: str = ""
    bags: str = ""
    per_bag: str = ""

    def markup(self, currency: str) -> str:
        name, code = NAMES[self.tribute]
        return (
            "<cac:TaxSubtotal>"
            + money("TaxableAmount", self.base, currency)
            + money("TaxAmount", self.amount, currency)
            + (
                f'<cbc:BaseUnitMeasure unitCode="NIU">{self.bags}</cbc:BaseUnitMeasure>'
                if self.bags
                else ""
            )
            + "<cac:TaxCategory>"
            + element("Percent", self.percent)
            + money("PerUnitAmount", self.per_bag, currency)
            + element("TaxExemptionReasonCode", self.affectation)
            + element("TierRange", self.tier)
            + f"<cac:TaxScheme><cbc:ID>{self.tribute}</cbc:ID><cbc:Name>{name}</cbc:Name>"
            f"<cbc:TaxTypeCode>{code}</cbc:TaxTypeCode></cac:TaxScheme>"
            "</cac:TaxCategory></cac:TaxSubtotal>"
        )


@dataclass(frozen=True)
class Charge:
    """A discount or charge of a line or of the document."""

    code: str
    amount: str
    factor: str = ""
    base: str = ""
    currency: str = ""

    def markup(self, currency: str) -> str:
        raises = self.code in ("47", "48", "45", "46", "49", "50", "51", "52", "53")
        currency = self.currency or currency
        return (
            f"<cac:AllowanceCharge><cbc:ChargeIndicator>{str(raises).lower()}</cbc:ChargeIndicator>"
            f"<cbc:AllowanceChargeReasonCode>{self.code}</cbc:AllowanceChargeReasonCode>"
            + element("MultiplierFactorNumeric", self.factor)
            + money("Amount", self.amount, currency)
            + money("BaseAmount", self.base, currency)
            + "</cac:AllowanceCharge>"
        )


@dataclass(frozen=True)
class Line:
    """A line: amounts as they shall stand, nothing is computed."""

    taxes: tuple[Tax, ...] = (Tax("1000", "100.00", "18.00", "18.00", "10"),)
    quantity: str = "2"
    value: str = "100.00"
    price: str = "50.00"
    shown: str = "59.00"
    shown_type: str = "01"
    tax: str = "18.00"
    charges: tuple[Charge, ...] = ()
    item: str = ""

    def markup(self, number: int, currency: str) -> str:
        return (
            f"<cac:InvoiceLine><cbc:ID>{number}</cbc:ID>"
            f'<cbc:InvoicedQuantity unitCode="NIU">{self.quantity}</cbc:InvoicedQuantity>'
            + money("LineExtensionAmount", self.value, currency)
            + "<cac:PricingReference><cac:AlternativeConditionPrice>"
            + money("PriceAmount", self.shown, currency)
            + f"<cbc:PriceTypeCode>{self.shown_type}</cbc:PriceTypeCode>"
            "</cac:AlternativeConditionPrice></cac:PricingReference>"
            + "".join(c.markup(currency) for c in self.charges)
            + tax_total(self.tax, self.taxes, currency)
            + f"<cac:Item>{element('Description', 'Servicio de prueba')}{self.item}</cac:Item>"
            + f"<cac:Price>{money('PriceAmount', self.price, currency)}</cac:Price>"
            + "</cac:InvoiceLine>"
        )


def element(name: str, text: str) -> str:
    return f"<cbc:{name}>{text}</cbc:{name}>" if text else ""


def money(name: str, text: str, currency: str) -> str:
    return f'<cbc:{name} currencyID="{currency}">{text}</cbc:{name}>' if text else ""


def tax_total(amount: str, taxes: tuple[Tax, ...], currency: str) -> str:
    inner = "".join(t.markup(currency) for t in taxes)
    return f"<cac:TaxTotal>{money('TaxAmount', amount, currency)}{inner}</cac:TaxTotal>"


def party(kind: str, scheme: str, number: str, name: str, address: str = "") -> str:
    return (
        f"<cac:Accounting{kind}Party><cac:Party>"
        f'<cac:PartyIdentification><cbc:ID schemeID="{scheme}">{number}</cbc:ID>'
        "</cac:PartyIdentification>"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>{address}"
        f"</cac:PartyLegalEntity></cac:Party></cac:Accounting{kind}Party>"
    )


ADDRESS = (
    "<cac:RegistrationAddress><cbc:ID>150101</cbc:ID><cbc:AddressTypeCode>0000</cbc:AddressTypeCode>"
    "<cbc:CitySubdivisionName>CERCADO</cbc:CitySubdivisionName>"
    "<cbc:CityName>LIMA</cbc:CityName><cbc:CountrySubentity>LIMA</cbc:CountrySubentity>"
    "<cbc:District>LIMA</cbc:District><cac:AddressLine><cbc:Line>Av. Ejemplar 123</cbc:Line>"
    "</cac:AddressLine><cac:Country><cbc:IdentificationCode>PE</cbc:IdentificationCode></cac:Country>"
    "</cac:RegistrationAddress>"
)


def invoice(
    *,
    number: str = "F001-1",
    issued: str = "2026-11-20",
    operation: str = "0101",
    currency: str = "PEN",
    notes: tuple[tuple[str, str], ...] = (("1000", "CIENTO DIECIOCHO CON 00/100 SOLES"),),
    references: str = "",
    issuer: str = ISSUER,
    customer: tuple[str, str] = ("6", CUSTOMER),
    customer_name: str = "CLIENTE EJEMPLAR S.A.C.",
    payment: str = CASH,
    prepaid: str = "",
    delivery: str = "",
    charges: tuple[Charge, ...] = (),
    tax: str = "18.00",
    taxes: tuple[Tax, ...] = (Tax("1000", "100.00", "18.00"),),
    totals: dict[str, str] | None = None,
    lines: tuple[Line, ...] = (Line(),),
) -> str:
    """An Invoice-2.1 with a place for its signature; by default worked example 1."""
    legends = "".join(f'<cbc:Note languageLocaleID="{c}">{t}</cbc:Note>' for c, t in notes)
    sums = totals or {
        "LineExtensionAmount": "100.00",
        "TaxInclusiveAmount": "118.00",
        "PayableAmount": "118.00",
    }
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Invoice xmlns="{UBL}:Invoice-2" xmlns:cac="{UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{UBL}:CommonBasicComponents-2" xmlns:ext="{UBL}:CommonExtensionComponents-2">'
        f"<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>{PLACE}</ext:ExtensionContent>"
        "</ext:UBLExtension></ext:UBLExtensions>"
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID>"
        f"<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{issued}</cbc:IssueDate>"
        "<cbc:IssueTime>10:00:00</cbc:IssueTime>"
        f'<cbc:InvoiceTypeCode listID="{operation}">01</cbc:InvoiceTypeCode>{legends}'
        f"<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>{references}"
        f"<cac:Signature><cbc:ID>SignAcuse</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>"
        f"<cbc:ID>{issuer}</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>EMISORA"
        "</cbc:Name></cac:PartyName></cac:SignatoryParty><cac:DigitalSignatureAttachment>"
        "<cac:ExternalReference><cbc:URI>#SignAcuse</cbc:URI></cac:ExternalReference>"
        "</cac:DigitalSignatureAttachment></cac:Signature>"
        + party("Supplier", "6", issuer, "EMISORA EJEMPLAR S.A.C.", ADDRESS)
        + party("Customer", *customer, customer_name)
        + delivery
        + payment
        + prepaid
        + "".join(c.markup(currency) for c in charges)
        + tax_total(tax, taxes, currency)
        + "<cac:LegalMonetaryTotal>"
        + "".join(money(name, text, currency) for name, text in sums.items())
        + "</cac:LegalMonetaryTotal>"
        + "".join(line.markup(n, currency) for n, line in enumerate(lines, 1))
        + "</Invoice>"
    )
