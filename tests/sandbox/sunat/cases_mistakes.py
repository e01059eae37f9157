"""For every rule of the factura: an example, and the change that breaks the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.sandbox.sunat import cases_examples as ex
from tests.sandbox.sunat.changes import Change, after, all_of, attribute, drop, put, twice


class Mistake(NamedTuple):
    code: str
    example: Callable[[], str]
    change: Change


ISSUER = "cac:AccountingSupplierParty/cac:Party"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party"
ISSUER_ID = f"{ISSUER}/cac:PartyIdentification/cbc:ID"
CUSTOMER_ID = f"{CUSTOMER}/cac:PartyIdentification/cbc:ID"
ISSUER_NAME = f"{ISSUER}/cac:PartyLegalEntity/cbc:RegistrationName"
CUSTOMER_NAME = f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName"
ADDRESS = f"{ISSUER}/cac:PartyLegalEntity/cac:RegistrationAddress"
ANNEX = f"{ADDRESS}/cbc:AddressTypeCode"
KIND = "cbc:InvoiceTypeCode"
LEGEND = "cbc:Note"
LINE = "cac:InvoiceLine"
LAST = "cac:InvoiceLine[last()]"
QUANTITY = f"{LINE}/cbc:InvoicedQuantity"
ITEM = f"{LINE}/cac:Item"
PRODUCT = f"{ITEM}/cac:CommodityClassification/cbc:ItemClassificationCode"
GTIN = f"{ITEM}/cac:StandardItemIdentification/cbc:ID"
SHOWN = f"{LINE}/cac:PricingReference/cac:AlternativeConditionPrice"
LINE_CHARGE = f"{LINE}/cac:AllowanceCharge"
LINE_TAX = f"{LINE}/cac:TaxTotal"
SUB = f"{LINE_TAX}/cac:TaxSubtotal"
LAST_SUB = f"{LAST}/cac:TaxTotal/cac:TaxSubtotal[last()]"
TAX = "cac:TaxTotal"
TOTAL_SUB = f"{TAX}/cac:TaxSubtotal"
SCHEME = "cac:TaxCategory/cac:TaxScheme"
MONEY = "cac:LegalMonetaryTotal"
CHARGE = "cac:AllowanceCharge"
TERMS = "cac:PaymentTerms"
CREDIT, FIRST, SECOND = f"{TERMS}[1]", f"{TERMS}[2]", f"{TERMS}[3]"
DEPOSIT = f"{TERMS}[cbc:ID='Detraccion']"
PERCEPTION = f"{TERMS}[cbc:ID='Percepcion']"
MEANS = "cac:PaymentMeans"
ADVANCE = "cac:PrepaidPayment"
REFERENCE = "cac:AdditionalDocumentReference"
COUNTRY = "cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode"


def total_of(tribute: str, name: str) -> str:
    """A header subtotal's base or amount."""
    return f"{TOTAL_SUB}[cac:TaxCategory/cac:TaxScheme/cbc:ID='{tribute}']/cbc:{name}"


DELIVERY = (
    "<cac:Delivery><cac:DeliveryLocation><cac:Address><cac:AddressLine><cbc:Line>Av. Otra 1"
    "</cbc:Line></cac:AddressLine></cac:Address></cac:DeliveryLocation></cac:Delivery>"
)
EXEMPT = (
    '<cac:TaxSubtotal><cbc:TaxableAmount currencyID="PEN">100.00</cbc:TaxableAmount>'
    '<cbc:TaxAmount currencyID="PEN">0.00</cbc:TaxAmount><cac:TaxCategory>'
    "<cbc:Percent>0</cbc:Percent><cbc:TaxExemptionReasonCode>20</cbc:TaxExemptionReasonCode>"
    "<cac:TaxScheme><cbc:ID>9997</cbc:ID><cbc:Name>EXO</cbc:Name><cbc:TaxTypeCode>VAT"
    "</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
)


IDENTITY = (
    Mistake("1010", ex.plain, drop("cbc:IssueDate")),
    Mistake("1009", ex.plain, put("cbc:IssueDate", "20-11-2026")),
    Mistake("1001", ex.plain, put("cbc:ID", "B001-1")),
    Mistake("1035", ex.plain, put("cbc:ID", "F002-1")),
    Mistake("1036", ex.plain, put("cbc:ID", "F001-2")),
    Mistake("1004", ex.plain, put(KIND, "")),
    Mistake("1003", ex.plain, put(KIND, "03")),
    Mistake("1034", ex.plain, put(ISSUER_ID, "20999000119")),
    Mistake("1008", ex.plain, attribute(ISSUER_ID, "schemeID", None)),
    Mistake("1007", ex.plain, attribute(ISSUER_ID, "schemeID", "1")),
    Mistake("1037", ex.plain, put(ISSUER_NAME, "")),
    Mistake("1078", ex.plain, put(ISSUER_ID, "20999004009")),
    Mistake("1083", ex.plain, put(CUSTOMER_ID, "20999001000")),
    Mistake("1086", ex.plain, put(ISSUER_ID, "20999005005")),
)

HEADER = (
    Mistake("2075", ex.plain, drop("cbc:UBLVersionID")),
    Mistake("2074", ex.plain, put("cbc:UBLVersionID", "2.0")),
    Mistake("2073", ex.plain, put("cbc:CustomizationID", "")),
    Mistake("2072", ex.plain, put("cbc:CustomizationID", "1.0")),
    Mistake("2108", ex.plain, put("cbc:IssueDate", "2026-11-17")),
    Mistake("2329", ex.plain, put("cbc:IssueDate", "2026-11-24")),
    Mistake("2070", ex.plain, put("cbc:DocumentCurrencyCode", "")),
    Mistake("3088", ex.plain, put("cbc:DocumentCurrencyCode", "SOL")),
    Mistake("2071", ex.plain, attribute(f"{MONEY}/cbc:PayableAmount", "currencyID", "USD")),
    Mistake("2071", ex.credit, attribute(f"{CREDIT}/cbc:Amount", "currencyID", "USD")),
    Mistake("3205", ex.plain, attribute(KIND, "listID", None)),
    Mistake("3206", ex.plain, attribute(KIND, "listID", "0113")),
    Mistake("3027", ex.plain, attribute(LEGEND, "languageLocaleID", "9999")),
    Mistake("3014", ex.plain, twice(LEGEND)),
    Mistake("3006", ex.plain, put(LEGEND, "x" * 201)),
    Mistake("2364", ex.related, twice("cac:DespatchDocumentReference")),
    Mistake("2365", ex.related, twice(REFERENCE)),
    Mistake("4233", ex.related, put("cac:OrderReference/cbc:ID", "x" * 21)),
    Mistake("4005", ex.related, put("cac:DespatchDocumentReference/cbc:DocumentTypeCode", "01")),
    Mistake("4009", ex.related, put(f"{REFERENCE}/cbc:DocumentTypeCode", "88")),
    Mistake("4264", ex.rice, drop(LEGEND)),
    Mistake("4265", ex.deposit, drop(f"{LEGEND}[@languageLocaleID='2006']")),
    Mistake(
        "4266",
        ex.plain,
        after(
            CUSTOMER + "/..",
            DELIVERY,
        ),
    ),
)

PARTIES = (
    Mistake("3089", ex.plain, twice(f"{ISSUER}/cac:PartyIdentification")),
    Mistake("2010", ex.plain, put(ISSUER_ID, "20999002006")),
    Mistake("2011", ex.plain, put(ISSUER_ID, "20999003002")),
    Mistake("3097", ex.services_abroad, put(ISSUER_ID, "20999009001")),
    Mistake("3281", ex.plain, attribute(KIND, "listID", "2106")),
    Mistake("3030", ex.plain, drop(ANNEX)),
    Mistake("3239", ex.plain, put(ANNEX, "0777")),
    Mistake("3090", ex.plain, twice(f"{CUSTOMER}/cac:PartyIdentification")),
    Mistake("2014", ex.plain, drop(f"{CUSTOMER}/cac:PartyIdentification")),
    Mistake("2015", ex.plain, attribute(CUSTOMER_ID, "schemeID", None)),
    Mistake("2800", ex.plain, attribute(CUSTOMER_ID, "schemeID", "1")),
    Mistake("2800", ex.export, attribute(CUSTOMER_ID, "schemeID", "6")),
    Mistake("2800", ex.to_a_person, attribute(CUSTOMER_ID, "schemeID", "4")),
    Mistake("2017", ex.plain, put(CUSTOMER_ID, "2099900011")),
    Mistake("2801", ex.to_a_person, put(CUSTOMER_ID, "1234567")),
    Mistake("2802", ex.export, put(CUSTOMER_ID, "US 12345")),
    Mistake("2021", ex.plain, drop(CUSTOMER_NAME)),
    Mistake("2022", ex.plain, put(CUSTOMER_NAME, "AB")),
    Mistake("3098", ex.services_abroad, drop(COUNTRY)),
    Mistake("3099", ex.services_abroad, put(COUNTRY, "PE")),
    Mistake("4013", ex.plain, put(CUSTOMER_ID, "20999002006")),
    Mistake("4014", ex.plain, put(CUSTOMER_ID, "20999003002")),
    Mistake(
        "4092",
        ex.plain,
        after(
            f"{ISSUER}/cac:PartyIdentification",
            "<cac:PartyName><cbc:Name> EJEMPLAR</cbc:Name></cac:PartyName>",
        ),
    ),
    Mistake("4338", ex.plain, put(ISSUER_NAME, "EMISORA\nEJEMPLAR")),
    Mistake("4093", ex.plain, put(f"{ADDRESS}/cbc:ID", "990101")),
    Mistake("4094", ex.plain, put(f"{ADDRESS}/cac:AddressLine/cbc:Line", "Av")),
    Mistake("4095", ex.plain, put(f"{ADDRESS}/cbc:CitySubdivisionName", "x" * 26)),
    Mistake("4096", ex.plain, put(f"{ADDRESS}/cbc:CityName", "x" * 31)),
    Mistake("4097", ex.plain, put(f"{ADDRESS}/cbc:CountrySubentity", "x" * 31)),
    Mistake("4098", ex.plain, put(f"{ADDRESS}/cbc:District", "x" * 31)),
    Mistake("4041", ex.plain, put(f"{ADDRESS}/cac:Country/cbc:IdentificationCode", "CL")),
    Mistake("4242", ex.plain, put(ANNEX, "1")),
)

LINES = (
    Mistake("2023", ex.plain, put(f"{LINE}/cbc:ID", "0")),
    Mistake("2752", ex.mixed, put(f"{LAST}/cbc:ID", "1")),
    Mistake("2024", ex.plain, put(QUANTITY, "0")),
    Mistake("2025", ex.plain, put(QUANTITY, "2.00000000001")),
    Mistake("2883", ex.plain, attribute(QUANTITY, "unitCode", None)),
    Mistake("2936", ex.plain, attribute(QUANTITY, "unitCode", "XYZ9")),
    Mistake("2026", ex.plain, drop(f"{ITEM}/cbc:Description")),
    Mistake("2027", ex.plain, put(f"{ITEM}/cbc:Description", "x" * 501)),
    Mistake("2068", ex.plain, drop(f"{LINE}/cac:Price")),
    Mistake("2369", ex.plain, put(f"{LINE}/cac:Price/cbc:PriceAmount", "50.00000000001")),
    Mistake("2640", ex.free, put(f"{LAST}/cac:Price/cbc:PriceAmount", "5.00")),
    Mistake("2370", ex.plain, put(f"{LINE}/cbc:LineExtensionAmount", "100.001")),
    Mistake("2028", ex.plain, drop(f"{LINE}/cac:PricingReference")),
    Mistake("2367", ex.plain, put(f"{SHOWN}/cbc:PriceAmount", "59,00")),
    Mistake("2410", ex.plain, put(f"{SHOWN}/cbc:PriceTypeCode", "09")),
    Mistake("2409", ex.plain, twice(SHOWN)),
    Mistake("3224", ex.plain, put(f"{SHOWN}/cbc:PriceTypeCode", "02")),
    Mistake(
        "3234",
        ex.free,
        put(f"{LAST}/cac:PricingReference/cac:AlternativeConditionPrice/cbc:PriceTypeCode", "01"),
    ),
    Mistake("3114", ex.line_discount, put(f"{LINE_CHARGE}/cbc:ChargeIndicator", "true")),
    Mistake("3073", ex.line_discount, put(f"{LINE_CHARGE}/cbc:AllowanceChargeReasonCode", "")),
    Mistake("2954", ex.line_discount, put(f"{LINE_CHARGE}/cbc:AllowanceChargeReasonCode", "98")),
    Mistake(
        "3052", ex.line_discount, put(f"{LINE_CHARGE}/cbc:MultiplierFactorNumeric", "0.1000001")
    ),
    Mistake("2955", ex.line_discount, put(f"{LINE_CHARGE}/cbc:Amount", "12.501")),
    Mistake("3053", ex.line_discount, put(f"{LINE_CHARGE}/cbc:BaseAmount", "125.001")),
    Mistake("3290", ex.line_discount, put(f"{LINE_CHARGE}/cbc:MultiplierFactorNumeric", "0.20000")),
    Mistake("3271", ex.plain, put(f"{LINE}/cac:Price/cbc:PriceAmount", "49.00")),
    Mistake(
        "3271",
        ex.free,
        put(f"{LAST}/cac:PricingReference/cac:AlternativeConditionPrice/cbc:PriceAmount", "4.00"),
    ),
    Mistake("3270", ex.plain, put(f"{SHOWN}/cbc:PriceAmount", "50.00")),
    Mistake("3181", ex.to_a_person, put(PRODUCT, "44121618")),
    Mistake("4268", ex.line_discount, put(f"{LINE_CHARGE}/cbc:AllowanceChargeReasonCode", "03")),
    Mistake("4269", ex.coded, put(f"{ITEM}/cac:SellersItemIdentification/cbc:ID", "x" * 31)),
    Mistake("4331", ex.plain, put(ISSUER_ID, "20999008004")),
    Mistake("4332", ex.coded, put(PRODUCT, "4412161")),
    Mistake("4337", ex.coded, put(PRODUCT, "44120000")),
    Mistake("4333", ex.coded, attribute(GTIN, "schemeID", None)),
    Mistake("4334", ex.coded, attribute(GTIN, "schemeID", "GTIN-14")),
    Mistake("4335", ex.coded, attribute(GTIN, "schemeID", "EAN")),
)

LINE_TAXES = (
    Mistake("3195", ex.plain, drop(LINE_TAX)),
    Mistake("3026", ex.plain, twice(LINE_TAX)),
    Mistake("3021", ex.plain, put(f"{LINE_TAX}/cbc:TaxAmount", "18.001")),
    Mistake("3031", ex.plain, put(f"{SUB}/cbc:TaxableAmount", "100.001")),
    Mistake("2033", ex.plain, put(f"{SUB}/cbc:TaxAmount", "-18.00")),
    Mistake("2037", ex.plain, put(f"{SUB}/{SCHEME}/cbc:ID", "")),
    Mistake("2036", ex.plain, put(f"{SUB}/{SCHEME}/cbc:ID", "1234")),
    Mistake("3067", ex.plain, twice(SUB)),
    Mistake("3105", ex.plain, put(f"{SUB}/cbc:TaxableAmount", "0.00")),
    Mistake(
        "3223",
        ex.plain,
        after(
            SUB,
            EXEMPT,
        ),
    ),
    Mistake("2996", ex.plain, drop(f"{SUB}/{SCHEME}/cbc:Name")),
    Mistake("3051", ex.plain, put(f"{SUB}/{SCHEME}/cbc:Name", "IVAP")),
    Mistake("2377", ex.plain, put(f"{SUB}/{SCHEME}/cbc:TaxTypeCode", "FRE")),
    Mistake("2992", ex.plain, drop(f"{SUB}/cac:TaxCategory/cbc:Percent")),
    Mistake("3102", ex.plain, put(f"{SUB}/cac:TaxCategory/cbc:Percent", "18.000001")),
    Mistake("2993", ex.plain, put(f"{SUB}/cac:TaxCategory/cbc:Percent", "0.00")),
    Mistake("2371", ex.plain, drop(f"{SUB}/cac:TaxCategory/cbc:TaxExemptionReasonCode")),
    Mistake(
        "3050",
        ex.isc,
        after(
            f"{SUB}/cac:TaxCategory/cbc:Percent",
            "<cbc:TaxExemptionReasonCode>10</cbc:TaxExemptionReasonCode>",
        ),
    ),
    Mistake("2040", ex.plain, put(f"{SUB}/cac:TaxCategory/cbc:TaxExemptionReasonCode", "20")),
    Mistake("2642", ex.export, put(f"{SUB}/cac:TaxCategory/cbc:TaxExemptionReasonCode", "30")),
    Mistake("2644", ex.mixed, put(f"{SUB}/cac:TaxCategory/cbc:TaxExemptionReasonCode", "17")),
    Mistake("3272", ex.isc, put(f"{LAST_SUB}/cbc:TaxableAmount", "100.00")),
    Mistake("3110", ex.mixed, put(f"{LAST_SUB}/cbc:TaxAmount", "5.40")),
    Mistake("3110", ex.untaxed_free, put(f"{SUB}/cbc:TaxAmount", "1.80")),
    Mistake("3111", ex.plain, put(f"{SUB}/cbc:TaxAmount", "0.00")),
    Mistake("3111", ex.free, put(f"{LAST_SUB}/cbc:TaxAmount", "0.00")),
    Mistake("3103", ex.plain, put(f"{SUB}/cbc:TaxAmount", "16.50")),
    Mistake("3104", ex.isc, put(f"{SUB}/cac:TaxCategory/cbc:Percent", "0.00")),
    Mistake("3108", ex.isc, put(f"{SUB}/cac:TaxCategory/cbc:Percent", "20.00")),
    Mistake("3109", ex.other_taxes, put(f"{LAST_SUB}/cac:TaxCategory/cbc:Percent", "20.00")),
    Mistake("2373", ex.isc, drop(f"{SUB}/cac:TaxCategory/cbc:TierRange")),
    Mistake("2041", ex.isc, put(f"{SUB}/cac:TaxCategory/cbc:TierRange", "04")),
    Mistake(
        "3210",
        ex.plain,
        after(
            f"{SUB}/cac:TaxCategory/cbc:TaxExemptionReasonCode", "<cbc:TierRange>01</cbc:TierRange>"
        ),
    ),
    Mistake("3237", ex.bags, drop(f"{LAST_SUB}/cbc:BaseUnitMeasure")),
    Mistake("2892", ex.bags, put(f"{LAST_SUB}/cbc:BaseUnitMeasure", "3.5")),
    Mistake("3236", ex.bags, put(f"{LAST_SUB}/cbc:BaseUnitMeasure", "2")),
    Mistake("3238", ex.bags, put(f"{LAST_SUB}/cac:TaxCategory/cbc:PerUnitAmount", "0.00")),
    Mistake("3292", ex.plain, put(f"{LINE_TAX}/cbc:TaxAmount", "20.00")),
    Mistake("4237", ex.bags, put(f"{LAST_SUB}/cac:TaxCategory/cbc:PerUnitAmount", "0.40")),
    Mistake("4318", ex.bags, put(f"{LAST_SUB}/cbc:TaxAmount", "1.49")),
    Mistake("4320", ex.bags, attribute(f"{LAST_SUB}/cbc:BaseUnitMeasure", "unitCode", "KGM")),
)

HEADER_TAXES = (
    Mistake("2956", ex.plain, drop(TAX)),
    Mistake("3024", ex.plain, twice(TAX)),
    Mistake("3020", ex.plain, put(f"{TAX}/cbc:TaxAmount", "18.001")),
    Mistake("2638", ex.mixed, drop(f"{TOTAL_SUB}[last()]")),
    Mistake("3059", ex.plain, put(f"{TOTAL_SUB}/{SCHEME}/cbc:ID", "")),
    Mistake("3007", ex.plain, put(f"{TOTAL_SUB}/{SCHEME}/cbc:ID", "1234")),
    Mistake("3068", ex.plain, twice(TOTAL_SUB)),
    Mistake("2054", ex.plain, drop(f"{TOTAL_SUB}/{SCHEME}/cbc:Name")),
    Mistake("2964", ex.plain, put(f"{TOTAL_SUB}/{SCHEME}/cbc:Name", "EXO")),
    Mistake("2052", ex.plain, drop(f"{TOTAL_SUB}/{SCHEME}/cbc:TaxTypeCode")),
    Mistake("2961", ex.plain, put(f"{TOTAL_SUB}/{SCHEME}/cbc:TaxTypeCode", "FRE")),
    Mistake("3003", ex.plain, drop(total_of("1000", "TaxableAmount"))),
    Mistake("2999", ex.plain, put(total_of("1000", "TaxableAmount"), "100.001")),
    Mistake("2048", ex.plain, put(total_of("1000", "TaxAmount"), "18.001")),
    Mistake("3000", ex.mixed, put(total_of("9997", "TaxAmount"), "5.40")),
    Mistake("3107", ex.export, put(f"{TOTAL_SUB}/{SCHEME}/cbc:ID", "9997")),
    Mistake("2650", ex.isc, put(f"{LAST_SUB}/cac:TaxCategory/cbc:TaxExemptionReasonCode", "17")),
    Mistake("3283", ex.plain, attribute(LEGEND, "languageLocaleID", "2001")),
    Mistake("3284", ex.plain, attribute(LEGEND, "languageLocaleID", "2002")),
    Mistake("3285", ex.plain, attribute(LEGEND, "languageLocaleID", "2003")),
    Mistake("3289", ex.plain, attribute(LEGEND, "languageLocaleID", "2008")),
    Mistake("3277", ex.isc, put(total_of("1000", "TaxableAmount"), "110.00")),
    Mistake("3277", ex.global_discount, put(total_of("1000", "TaxableAmount"), "1000.00")),
    Mistake("3293", ex.rice, put(total_of("1016", "TaxableAmount"), "102.00")),
    Mistake("3273", ex.export, put(total_of("9995", "TaxableAmount"), "498.00")),
    Mistake("3275", ex.mixed, put(total_of("9997", "TaxableAmount"), "60.00")),
    Mistake("3274", ex.mixed, put(total_of("9998", "TaxableAmount"), "60.00")),
    Mistake("3276", ex.free, put(total_of("9996", "TaxableAmount"), "12.00")),
    Mistake("2641", ex.free, put(total_of("9996", "TaxableAmount"), "0.00")),
    Mistake("2416", ex.free, put(total_of("9996", "TaxableAmount"), "0.00")),
    Mistake("3462", ex.free, put(f"{LAST_SUB}/cac:TaxCategory/cbc:Percent", "10.50")),
    Mistake("3291", ex.plain, put(total_of("1000", "TaxAmount"), "16.00")),
    Mistake("3291", ex.reduced_rate, put(f"{SUB}/cac:TaxCategory/cbc:Percent", "10.00")),
    Mistake("3295", ex.rice, put(total_of("1016", "TaxAmount"), "18.00")),
    Mistake("3302", ex.free, put(total_of("9996", "TaxAmount"), "0.00")),
    Mistake("3296", ex.isc, put(total_of("2000", "TaxableAmount"), "110.00")),
    Mistake("3298", ex.isc, put(total_of("2000", "TaxAmount"), "12.00")),
    Mistake("3297", ex.other_taxes, put(total_of("9999", "TaxableAmount"), "100.01")),
    Mistake("3299", ex.other_taxes, put(total_of("9999", "TaxAmount"), "12.00")),
    Mistake("3306", ex.bags, put(total_of("7152", "TaxAmount"), "1.51")),
    Mistake("2949", ex.bags, put("cbc:IssueDate", "2019-07-31")),
    Mistake("3294", ex.plain, put(f"{TAX}/cbc:TaxAmount", "20.00")),
    Mistake("4439", ex.reduced_rate, put(ISSUER_ID, "20999888772")),
)

TOTALS = (
    Mistake("3288", ex.plain, drop(f"{MONEY}/cbc:LineExtensionAmount")),
    Mistake("2031", ex.plain, put(f"{MONEY}/cbc:LineExtensionAmount", "100.001")),
    Mistake("3278", ex.global_discount, put(f"{MONEY}/cbc:LineExtensionAmount", "1000.00")),
    Mistake("3305", ex.plain, drop(f"{MONEY}/cbc:TaxInclusiveAmount")),
    Mistake("3019", ex.plain, put(f"{MONEY}/cbc:TaxInclusiveAmount", "118.001")),
    Mistake("3279", ex.advance, put(f"{MONEY}/cbc:TaxInclusiveAmount", "944.00")),
    Mistake("3279", ex.rice, put(f"{MONEY}/cbc:TaxInclusiveAmount", "118.00")),
    Mistake("2065", ex.after_tax, put(f"{MONEY}/cbc:AllowanceTotalAmount", "10.001")),
    Mistake("3300", ex.after_tax, put(f"{MONEY}/cbc:AllowanceTotalAmount", "12.00")),
    Mistake("2064", ex.service_charge, put(f"{MONEY}/cbc:ChargeTotalAmount", "10.001")),
    Mistake("3301", ex.service_charge, put(f"{MONEY}/cbc:ChargeTotalAmount", "12.00")),
    Mistake("2062", ex.plain, put(f"{MONEY}/cbc:PayableAmount", "118.001")),
    Mistake("3303", ex.rounded, put(f"{MONEY}/cbc:PayableRoundingAmount", "-1.01")),
    Mistake("3280", ex.plain, put(f"{MONEY}/cbc:PayableAmount", "116.99")),
)

CHARGES = (
    Mistake("3114", ex.global_discount, put(f"{CHARGE}/cbc:ChargeIndicator", "true")),
    Mistake("3072", ex.global_discount, put(f"{CHARGE}/cbc:AllowanceChargeReasonCode", "")),
    Mistake("3071", ex.global_discount, put(f"{CHARGE}/cbc:AllowanceChargeReasonCode", "98")),
    Mistake("3025", ex.global_discount, put(f"{CHARGE}/cbc:MultiplierFactorNumeric", "0.1000001")),
    Mistake("2968", ex.global_discount, put(f"{CHARGE}/cbc:Amount", "100.001")),
    Mistake("3016", ex.global_discount, put(f"{CHARGE}/cbc:BaseAmount", "1000.001")),
    Mistake("3307", ex.global_discount, put(f"{CHARGE}/cbc:MultiplierFactorNumeric", "0.20000")),
    Mistake("3282", ex.advance, drop(f"{MONEY}/cbc:PrepaidAmount")),
    Mistake("3074", ex.fise, put(f"{CHARGE}/cbc:Amount", "0.00")),
    Mistake("3092", ex.fise, drop(f"{CHARGE}/cbc:BaseAmount")),
    Mistake("3262", ex.retention, put(CUSTOMER_ID, "20999000119")),
    Mistake("3269", ex.retention, put(ISSUER_ID, "20999006001")),
    Mistake("3263", ex.retention, put(f"{CHARGE}/cbc:MultiplierFactorNumeric", "0.06000")),
    Mistake("3264", ex.retention, put(f"{CHARGE}/cbc:BaseAmount", "1180.01")),
    Mistake("3316", ex.second_category, drop(CHARGE)),
    Mistake("3317", ex.second_category, attribute(KIND, "listID", "0101")),
    Mistake("3318", ex.second_category, drop(f"{CHARGE}/cbc:BaseAmount")),
    Mistake("3093", ex.perception, drop(CHARGE)),
    Mistake("3308", ex.perception, all_of(drop(PERCEPTION), attribute(KIND, "listID", "0101"))),
    Mistake(
        "3330",
        ex.perception,
        all_of(drop(PERCEPTION), put(f"{TERMS}/cbc:PaymentMeansID", "Credito")),
    ),
    Mistake("3233", ex.perception, drop(f"{CHARGE}/cbc:BaseAmount")),
    Mistake("2798", ex.perception, put(f"{CHARGE}/cbc:MultiplierFactorNumeric", "0.05000")),
    Mistake("2797", ex.perception, put(f"{CHARGE}/cbc:BaseAmount", "1180.01")),
    Mistake("2792", ex.perception, attribute(f"{CHARGE}/cbc:Amount", "currencyID", "USD")),
    Mistake("2788", ex.perception, attribute(f"{CHARGE}/cbc:BaseAmount", "currencyID", "USD")),
    Mistake("4291", ex.global_discount, put(f"{CHARGE}/cbc:AllowanceChargeReasonCode", "00")),
)

PAYMENT = (
    Mistake("3244", ex.plain, drop(TERMS)),
    Mistake("3245", ex.plain, drop(f"{TERMS}/cbc:PaymentMeansID")),
    Mistake("3461", ex.plain, twice(f"{TERMS}/cbc:PaymentMeansID")),
    Mistake("3246", ex.plain, put(f"{TERMS}/cbc:PaymentMeansID", "contado")),
    Mistake("3247", ex.credit, put(f"{FIRST}/cbc:PaymentMeansID", "Contado")),
    Mistake("3248", ex.plain, twice(TERMS)),
    Mistake("3249", ex.credit, all_of(drop(SECOND), drop(FIRST))),
    Mistake("3252", ex.credit, drop(CREDIT)),
    Mistake("3251", ex.credit, drop(f"{CREDIT}/cbc:Amount")),
    Mistake("3250", ex.credit, put(f"{CREDIT}/cbc:Amount", "118.001")),
    Mistake("3265", ex.credit, put(f"{CREDIT}/cbc:Amount", "118.01")),
    Mistake("3254", ex.credit, drop(f"{FIRST}/cbc:Amount")),
    Mistake("3253", ex.credit, put(f"{FIRST}/cbc:Amount", "59.001")),
    Mistake("3266", ex.credit, put(f"{FIRST}/cbc:Amount", "118.01")),
    Mistake("3256", ex.credit, drop(f"{FIRST}/cbc:PaymentDueDate")),
    Mistake("3255", ex.credit, put(f"{FIRST}/cbc:PaymentDueDate", "20/12/2026")),
    Mistake("3267", ex.credit, put(f"{FIRST}/cbc:PaymentDueDate", "2026-11-20")),
    Mistake("3319", ex.credit, put(f"{FIRST}/cbc:Amount", "58.99")),
    Mistake("3127", ex.deposit, drop(DEPOSIT)),
    Mistake("3128", ex.deposit, attribute(KIND, "listID", "0101")),
    Mistake("3033", ex.deposit, put(f"{DEPOSIT}/cbc:PaymentMeansID", "998")),
    Mistake("3129", ex.deposit, attribute(KIND, "listID", "1004")),
    Mistake("3034", ex.deposit, drop(f"{MEANS}/cac:PayeeFinancialAccount")),
    Mistake("3174", ex.deposit, put(f"{MEANS}/cbc:PaymentMeansCode", "998")),
    Mistake("3035", ex.deposit, drop(f"{DEPOSIT}/cbc:Amount")),
    Mistake("3037", ex.deposit, put(f"{DEPOSIT}/cbc:Amount", "0.00")),
    Mistake("3208", ex.deposit, attribute(f"{DEPOSIT}/cbc:Amount", "currencyID", "USD")),
    Mistake("3309", ex.perception, drop(PERCEPTION)),
    Mistake("3308", ex.perception, all_of(drop(CHARGE), attribute(KIND, "listID", "0101"))),
    Mistake(
        "3330", ex.perception, all_of(drop(CHARGE), put(f"{TERMS}/cbc:PaymentMeansID", "Credito"))
    ),
    Mistake("3310", ex.perception, drop(f"{PERCEPTION}/cbc:Amount")),
    Mistake("3311", ex.perception, put(f"{PERCEPTION}/cbc:Amount", "0.00")),
    Mistake("2788", ex.perception, attribute(f"{PERCEPTION}/cbc:Amount", "currencyID", "USD")),
    Mistake("3211", ex.advance, put(f"{ADVANCE}/cbc:ID", "")),
    Mistake("3212", ex.advance, twice(ADVANCE)),
    Mistake("3213", ex.advance, put(f"{ADVANCE}/cbc:ID", "2")),
    Mistake("3214", ex.advance, drop(ADVANCE)),
    Mistake("3215", ex.advance, twice(REFERENCE)),
    Mistake("3216", ex.advance, drop(f"{REFERENCE}/cbc:DocumentStatusCode")),
    Mistake("2521", ex.advance, put(f"{REFERENCE}/cbc:ID", "B001-90")),
    Mistake("2505", ex.advance, put(f"{REFERENCE}/cbc:DocumentTypeCode", "99")),
    Mistake("3217", ex.advance, drop(f"{REFERENCE}/cac:IssuerParty")),
    Mistake(
        "2520",
        ex.advance,
        attribute(f"{REFERENCE}/cac:IssuerParty/cac:PartyIdentification/cbc:ID", "schemeID", "1"),
    ),
    Mistake("2503", ex.advance, put(f"{ADVANCE}/cbc:PaidAmount", "0.00")),
    Mistake("3220", ex.advance, drop(f"{MONEY}/cbc:PrepaidAmount")),
    Mistake("2509", ex.advance, put(f"{ADVANCE}/cbc:PaidAmount", "235.99")),
    Mistake("3287", ex.advance, drop(CHARGE)),
)

MISTAKES = (
    *IDENTITY, *HEADER, *PARTIES, *LINES, *LINE_TAXES, *HEADER_TAXES, *TOTALS, *CHARGES, *PAYMENT,
)  # fmt: skip
