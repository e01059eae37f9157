"""For every rule of the rulebook: the one thing that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from acuse_sandbox.dian.rulebook import Facts, RutEntry
from tests.sandbox.dian.rulebook.changes import (
    Change,
    drop,
    drop_all,
    find,
    inside,
    mark,
    put,
    same,
    together,
    twice,
)
from tests.sandbox.dian.rulebook.documents import cop, group, subtotal
from tests.sandbox.dian.rulebook.facts import ORIGINAL, known
from tests.sandbox.dian.rulebook.kinds import BUYER, ISSUER, NAMES, Element

Know = Callable[[Facts], Facts]
SELLER, CUSTOMER = "AccountingSupplierParty", "AccountingCustomerParty"
HOME, OFFICE = "Party/PhysicalLocation/Address", "Party/PartyTaxScheme/RegistrationAddress"
TAX_ID, LEGAL_ID = "Party/PartyTaxScheme/CompanyID", "Party/PartyLegalEntity/CompanyID"
SCHEME = "Party/PartyTaxScheme/TaxScheme"
POINT = "//CorporateRegistrationScheme"
LEVELS = "Party/PartyTaxScheme/TaxLevelCode"
NOTES = ("C", "D", "NS", "NA")
NOTHING = Fraction(0)


def as_it_is(facts: Facts) -> Facts:
    """The register knows what it knows."""
    return facts


@dataclass(frozen=True)
class Mistake:
    """What breaks a rule: a change of the document, or of what the register knows."""

    rule: str  # without the letters of the kind, as in the table
    change: Change = same
    note: str = ""
    of: tuple[str, ...] = ()  # letters of the kinds; every kind that has the rule if empty
    base: str = ""  # another document than the usual one of the kind
    facts: Know = as_it_is
    also: tuple[str, ...] = ()  # rules that cannot be spared, where the kind has them
    line: int | None = None
    after_seal: bool = False  # the change touches what follows from the rest


def knowing(**changes: object) -> Know:
    """Other facts."""
    return lambda facts: replace(facts, **changes)  # type: ignore[arg-type]


def in_rut(**entries: RutEntry | None) -> Know:
    """Other entries in the RUT, by "n" and the NIT; None for no entry."""

    def know(facts: Facts) -> Facts:
        told = {name.removeprefix("n"): entry for name, entry in entries.items()}
        merged = {**facts.rut, **told}
        return replace(facts, rut={nit: entry for nit, entry in merged.items() if entry})

    return know


def original(**changes: object) -> Know:
    """Another document that was accepted before."""
    other = replace(ORIGINAL, **changes)  # type: ignore[arg-type]
    return knowing(known=lambda fiscal_id: other if known(fiscal_id) else None)


def shorter(path: str) -> Change:
    """A text without its last letter."""

    def change(root: Element) -> None:
        element = find(root, path)
        assert element.text
        element.text = element.text[:-1]

    return change


def all_currencies(code: str) -> Change:
    """Every amount in another currency."""

    def change(root: Element) -> None:
        for element in root.iter():
            if element.get("currencyID"):
                element.set("currencyID", code)
            if str(element.tag).endswith("}DocumentCurrencyCode"):
                element.text = code

    return change


def rate(**other: str) -> str:
    """An exchange rate from pesos to dollars; "" leaves an element out."""
    told = {
        "SourceCurrencyCode": "COP",
        "TargetCurrencyCode": "USD",
        "TargetCurrencyBaseRate": "1.00",
        "CalculationRate": "4012.35",
        "Date": "2026-11-25",
        **other,
    }
    inner = "".join(f"<cbc:{name}>{text}</cbc:{name}>" for name, text in told.items() if text)
    return f"<cac:PaymentExchangeRate>{inner}</cac:PaymentExchangeRate>"


FROM_NOWHERE = rate(SourceCurrencyCode="QQQ", TargetCurrencyCode="COP")


def issued_on(day: str) -> Change:
    """Made and signed on another day."""
    return together(put("IssueDate", day), put("//SigningTime", f"{day}T10:31:00.000-05:00"))


def without_reference(*names: str) -> Change:
    """A note that names no document, but the ends of a period."""

    def change(root: Element) -> None:
        ends = "".join(f"<cbc:{name}>2026-10-31</cbc:{name}>" for name in names)
        code = "22" if str(root.tag).endswith("CreditNote") else "32"
        together(
            put("CustomizationID", code),
            drop("BillingReference"),
            inside("", f"<cac:InvoicePeriod>{ends}</cac:InvoicePeriod>"),
        )(root)

    return change


def says_no_reference(root: Element) -> None:
    """A note whose operation says that it has no reference."""
    put("CustomizationID", "22" if str(root.tag).endswith("CreditNote") else "32")(root)


def taxed(code: str, name: str, percent: int, base: int = 0) -> str:
    """A tax group."""
    return group("TaxTotal", code, name, {percent: Fraction(base)})


EXTENSIONS = (
    Mistake("AB02", drop("//DianExtensions")),
    Mistake("AB03", twice("//DianExtensions")),
    Mistake("AB05a", drop("//InvoiceAuthorization")),
    Mistake("AB05b", put("//InvoiceAuthorization", "18769999999"), "another"),
    Mistake("AB05b", facts=knowing(ranges=()), note="none at all"),
    Mistake("AB07a", issued_on("2019-01-18")),
    Mistake("AB07b", put("//AuthorizationPeriod/StartDate", "2019-01-18")),
    Mistake("AB08a", issued_on("2030-01-20")),
    Mistake("AB08b", put("//AuthorizationPeriod/EndDate", "2030-01-18")),
    Mistake("AB10a", shorter(f"{POINT}/ID")),
    Mistake("AB10b", together(shorter(f"{POINT}/ID"), shorter("//AuthorizedInvoices/Prefix"))),
    Mistake("AB11a", drop("//AuthorizedInvoices/From")),
    Mistake("AB11b", put("//AuthorizedInvoices/From", "990000001")),
    Mistake("AB12a", drop("//AuthorizedInvoices/To")),
    Mistake("AB12b", put("//AuthorizedInvoices/To", "994999999")),
    Mistake("AB19b", together(put("//ProviderID", BUYER), mark("//ProviderID", "schemeID", "4")),
            facts=in_rut(**{f"n{BUYER}": RutEntry(NAMES[BUYER], active=False)})),
    Mistake("AB19b", together(put("//ProviderID", "800197268"),
                              mark("//ProviderID", "schemeID", "4")), "not in the RUT"),
    Mistake("AB22b", mark("//ProviderID", "schemeID", "2")),
    Mistake("AB24a", drop("//SoftwareID")),
    Mistake("AB24b", facts=knowing(software={})),
    Mistake("AB25", mark("//SoftwareID", "schemeAgencyID", "9")),
    Mistake("AB26", mark("//SoftwareID", "schemeAgencyName", "DIAN")),
    Mistake("AB27b", shorter("//SoftwareSecurityCode"), after_seal=True),
    Mistake("AB31", put("//AuthorizationProviderID", ISSUER)),
    Mistake("AB36", put("//QRCode", ""), "none", after_seal=True),
    Mistake("AB36", shorter("//QRCode"), "another document", after_seal=True),
    Mistake("AD09a", issued_on("2019-01-18")),
    Mistake("AD09b", issued_on("2030-01-20")),
)  # fmt: skip

HEADER = (
    Mistake("AD01", put("UBLVersionID", "2.1")),
    Mistake("AD02", put("CustomizationID", "99")),
    Mistake("AD02a", says_no_reference),
    Mistake("AD03", put("ProfileID", "DIAN 2.1: Factura Electronica de Venta")),
    Mistake("AD04", put("ProfileExecutionID", "1")),
    Mistake("AD05a", put("ID", "SETP-990000123"), "hyphen", of=("F",)),
    Mistake("AD05a", put("ID", "NC 990"), "blank", of=("C",)),
    Mistake("AD05a", put("ID", "ND-990"), of=("D",)),
    Mistake("AD05a", put("ID", "NP-990"), of=("NA",)),
    Mistake("AD05a", put("ID", "DSE/990000123"), "slash", of=("DS", "NS")),
    Mistake("AD05a", put("ID", "EPOS.990000123"), "point", of=("DE",)),
    Mistake("AD05d", put("ID", "SETP989999999"), "below", of=("F",)),
    Mistake("AD05d", put("ID", "SETP995000001"), "above", of=("F",)),
    Mistake("AD05d", put("ID", "DSE995000001"), of=("DS",)),
    Mistake("AD05d", put("ID", "EPOS995000001"), of=("DE",)),
    Mistake("AD05e", put("ID", "SETP99000012A"), "letters", of=("F",)),
    Mistake("AD05e", put("ID", "FE990000123"), "prefix", of=("F",), also=("AJ50",)),
    Mistake("AD05e", put("ID", "DSA990000123"), of=("DS",)),
    Mistake("AD05e", put("ID", "EPOS99000012A"), of=("DE",)),
    Mistake("AD06", together(shorter("UUID"), shorter("//QRCode")), after_seal=True),
    Mistake("AD06", together(shorter("UUID"), shorter("//QRCode")), "contingency", of=("F",),
            base="03", after_seal=True),
    Mistake("AD08", mark("UUID", "schemeName", "SHA384")),
    Mistake("AD08", mark("UUID", "schemeName", "CUFE-SHA384"), "contingency", of=("F",),
            base="03"),
    Mistake("AD09e", put("//SigningTime", "2026-11-26T00:10:00.000-05:00"), "later"),
    Mistake("AD09e", put("//SigningTime", "2026-11-26T05:10:00.000+00:00"), "by the offset"),
    Mistake("AD10", put("IssueTime", "15:30:00Z"), "UTC"),
    Mistake("AD10", put("IssueTime", "10:30:00"), "no offset"),
    Mistake("AD11", put("CreditNoteTypeCode", "93")),
    Mistake("AD12", put("InvoiceTypeCode", "99")),
    Mistake("AD15a", together(all_currencies("QQQ"), inside("", FROM_NOWHERE))),
    Mistake("AD16", put("LineCountNumeric", "5")),
    Mistake("AE02", without_reference("EndDate")),
    Mistake("AE04", without_reference("StartDate")),
    Mistake("AI02", drop("AdditionalDocumentReference"), base="03"),
    Mistake("BF03", put("DiscrepancyResponse/ResponseCode", "7")),
    Mistake("BF03", put("DiscrepancyResponse/ResponseCode", "5"), "debit", of=("D",)),
    Mistake("BG02", drop("BillingReference")),
    Mistake("BG04", facts=knowing(known=lambda _: None)),
    Mistake("BG04a", facts=knowing(known=lambda _: None)),
    Mistake("BG04b", facts=original(issuer_nit=BUYER)),
    Mistake("BG06", facts=original(issued_on=date(2026, 11, 26))),
    Mistake("AR01", all_currencies("USD")),
    Mistake("AR02", inside("", rate(SourceCurrencyCode="EUR"))),
    Mistake("AR04", inside("", rate(TargetCurrencyCode="COP")), "pesos to pesos"),
    Mistake("AR04", together(all_currencies("USD"),
                             inside("", rate(SourceCurrencyCode="USD", TargetCurrencyCode="EUR"))),
            "dollars to euros"),
    Mistake("AR05", inside("", rate(TargetCurrencyBaseRate="4012.35"))),
    Mistake("AR06", inside("", rate(CalculationRate=""))),
    Mistake("AR07", inside("", rate(Date=""))),
    Mistake("=CTG01", of=("F",), base="04", facts=knowing(contingencies=())),
    Mistake("=CTG01", of=("DE",), base="08", facts=knowing(contingencies=())),
)  # fmt: skip


def place(
    party: str, rules: tuple[str, ...], path: str, code: str, department: str
) -> tuple[Mistake, ...]:
    """What may be wrong in the four elements of an address."""
    id_, city, name, number = rules
    address = f"{party}/{path}"
    other = ("05", "Antioquia") if code == "11" else ("11", "Bogotá")
    return (
        Mistake(id_, put(f"{address}/ID", "99999")),
        Mistake(city, put(f"{address}/CityName", "Bogota")),
        Mistake(name, put(f"{address}/CountrySubentity", department)),
        Mistake(number, together(put(f"{address}/CountrySubentityCode", other[0]),
                                 put(f"{address}/CountrySubentity", other[1]))),
    )  # fmt: skip


PARTIES = (
    Mistake("AJ02", put(f"{SELLER}/AdditionalAccountID", "3")),
    Mistake("AJ04", put(f"{SELLER}/Party/IndustryClassificationCode", "139"), "three digits"),
    Mistake("AJ04", put(f"{SELLER}/Party/IndustryClassificationCode", "1391;4001"), "division"),
    *place(SELLER, ("AJ09", "AJ10", "AJ11", "AJ12"), HOME, "11", "Cundinamarca"),
    *place(SELLER, ("AJ29", "AJ30", "AJ31", "AJ32"), OFFICE, "11", "Cundinamarca"),
    Mistake("AJ16", put(f"{SELLER}/{HOME}/Country/IdentificationCode", "VE")),
    Mistake("AJ20", put(f"{SELLER}/{TAX_ID}", "")),
    Mistake("AJ21", facts=in_rut(**{f"n{ISSUER}": RutEntry(NAMES[ISSUER], active=False)}),
            of=("F", "C", "D", "DE", "NA")),
    Mistake("AJ21", put(f"{SELLER}/{TAX_ID}", ""), of=("DS", "NS")),
    Mistake("AJ24", mark(f"{SELLER}/{TAX_ID}", "schemeID", "7")),
    Mistake("AJ24b", mark(f"{SELLER}/{TAX_ID}", "schemeID", "7")),
    Mistake("AJ26", put(f"{SELLER}/{LEVELS}", "O-13;O-99"), "unknown"),
    Mistake("AJ26", put(f"{SELLER}/{LEVELS}", "O-13;R-99-PN"), "none and one"),
    Mistake("AJ28", drop(f"{SELLER}/{OFFICE}")),
    Mistake("AJ39", drop(f"{SELLER}/{SCHEME}")),
    Mistake("AJ40", put(f"{SELLER}/{SCHEME}/ID", "99")),
    Mistake("AJ41", put(f"{SELLER}/{SCHEME}/Name", "INC")),
    Mistake("AJ43a", facts=in_rut(**{f"n{ISSUER}": RutEntry("Tejidos del Paramo S.A.S.")})),
    Mistake("AJ43b", facts=in_rut(**{f"n{BUYER}": RutEntry("Almacén  La Ceiba Ltda.")})),
    Mistake("AJ44a", facts=in_rut(**{f"n{ISSUER}": None})),
    Mistake("AJ44b", facts=in_rut(**{f"n{BUYER}": None})),
    Mistake("AJ47", mark(f"{SELLER}/{LEGAL_ID}", "schemeID", "7")),
    Mistake("AJ49", drop(POINT)),
    Mistake("AJ50", put(f"{POINT}/ID", "Z"), also=("AB10a",)),
    Mistake("AJ51", put(f"{POINT}/Name", "12345")),
    Mistake("AJ62", inside(f"{SELLER}/Party/PartyLegalEntity", """<cac:ShareholderParty><cac:Party
        ><cac:PartyTaxScheme><cbc:TaxLevelCode>O-1</cbc:TaxLevelCode></cac:PartyTaxScheme></cac:Party
        ></cac:ShareholderParty>""")),
    Mistake("AJ73", put(f"{SELLER}/{HOME}/PostalZone", "11000")),
    Mistake("AM37", inside("", """<cac:Delivery><cac:DeliveryParty><cac:PartyTaxScheme
        ><cbc:TaxLevelCode>O-1</cbc:TaxLevelCode></cac:PartyTaxScheme></cac:DeliveryParty
        ></cac:Delivery>""")),
    Mistake("AK02", put(f"{CUSTOMER}/AdditionalAccountID", "3")),
    Mistake("AK08", drop(f"{CUSTOMER}/{HOME}/CityName")),
    *place(CUSTOMER, ("AK09", "AK10", "AK11", "AK12"), HOME, "05", "Cundinamarca"),
    *place(CUSTOMER, ("AK29", "AK30", "AK31", "AK32"), OFFICE, "05", "Cundinamarca"),
    Mistake("AK21", put(f"{CUSTOMER}/{TAX_ID}", "")),
    Mistake("AK24", mark(f"{CUSTOMER}/{TAX_ID}", "schemeID", "7")),
    Mistake("AK25", mark(f"{CUSTOMER}/{TAX_ID}", "schemeName", "99")),
    Mistake("AK26", put(f"{CUSTOMER}/{LEVELS}", "O-42")),
    Mistake("AK28", drop(f"{CUSTOMER}/{OFFICE}/CountrySubentity")),
    Mistake("AK40", put(f"{CUSTOMER}/{SCHEME}/ID", "03")),
    Mistake("AK47", mark(f"{CUSTOMER}/{LEGAL_ID}", "schemeID", None)),
    Mistake("AK55", drop(f"{CUSTOMER}/Party/Contact")),
    Mistake("AK61", put(f"{CUSTOMER}/AdditionalAccountID", "2")),
)  # fmt: skip

ALLOWANCE = "AllowanceCharge"
CHARGE = f"""<cac:AllowanceCharge><cbc:ID>2</cbc:ID><cbc:ChargeIndicator>true</cbc:ChargeIndicator
 ><cbc:AllowanceChargeReason>Propina voluntaria</cbc:AllowanceChargeReason
 ><cbc:MultiplierFactorNumeric
 >10.00</cbc:MultiplierFactorNumeric
 >{cop("Amount", Fraction(10))}{cop("BaseAmount", Fraction(100))}</cac:AllowanceCharge>"""
ROUNDING = '<cbc:RoundingAmount currencyID="COP">-0.01</cbc:RoundingAmount>'

TOTALS = (
    Mistake("AN01", drop_all("PaymentMeans")),
    Mistake("AN02", put("PaymentMeans/ID", "3")),
    Mistake("AN03", put("PaymentMeans/PaymentMeansCode", "99")),
    Mistake("AN04", put("PaymentMeans/ID", "2")),
    Mistake("AQ03", put(f"{ALLOWANCE}/ChargeIndicator", "no")),
    Mistake("AQ04", put(f"{ALLOWANCE}/AllowanceChargeReasonCode", "11"), "unknown"),
    Mistake("AQ04", drop(f"{ALLOWANCE}/AllowanceChargeReasonCode"), "none"),
    Mistake("AQ05", put(f"{ALLOWANCE}/AllowanceChargeReason", "Descuento"), "short"),
    Mistake("AQ05", drop(f"{ALLOWANCE}/AllowanceChargeReason"), "none"),
    Mistake("AQ06", drop(f"{ALLOWANCE}/MultiplierFactorNumeric"), "none"),
    Mistake("AQ06", together(put(f"{ALLOWANCE}/MultiplierFactorNumeric", "200.00"),
                             put(f"{ALLOWANCE}/BaseAmount", "1570.00")), "too much"),
    Mistake("AQ07", put(f"{ALLOWANCE}/BaseAmount", "150000.00")),
    Mistake("AQ09", drop(f"{ALLOWANCE}/BaseAmount")),
    Mistake("AU02", together(put("Line/LineExtensionAmount", "100001.00"),
                             put("Line/Price/PriceAmount", "50000.50"))),
    Mistake("AU04", put("Total/TaxExclusiveAmount", "1.00")),
    Mistake("AU06", together(put("Total/TaxInclusiveAmount", "3140.00"),
                             put("Total/PayableAmount", "0.00"))),
    Mistake("AU08", drop(ALLOWANCE)),
    Mistake("AU10", inside("", CHARGE)),
    Mistake("AU12", put("Total/PrepaidAmount", "701.00")),
    Mistake("AU14", put("Total/PayableAmount", "1.00")),
    Mistake("=VLR01", inside("TaxTotal", ROUNDING)),
)  # fmt: skip

IVA, INC = "TaxTotal", "TaxTotal[2]"
NEW = subtotal("01", "IVA", 16, Fraction(100))
ZERO_19 = subtotal("01", "IVA", 19, NOTHING)
ODD_RATE = subtotal("01", "IVA", 7, NOTHING)
WITHHELD = "WithholdingTaxTotal"
RETE = subtotal("06", "ReteRenta", 11, NOTHING)
NO_SUBTOTAL = f"<cac:TaxTotal>{cop('TaxAmount', NOTHING)}</cac:TaxTotal>"


def unit_tax(amount: str) -> str:
    """A tax of 70 for each of the line's two units."""
    return f"""<cac:TaxTotal>{cop("TaxAmount", Fraction(amount))}<cac:TaxSubtotal
 >{cop("TaxableAmount", NOTHING)}{
        cop("TaxAmount", Fraction(amount))
    }<cbc:BaseUnitMeasure unitCode="94"
 >1.00</cbc:BaseUnitMeasure>{
        cop("PerUnitAmount", Fraction(70))
    }<cac:TaxCategory><cac:TaxScheme><cbc:ID>22</cbc:ID><cbc:Name
    >INC Bolsas</cbc:Name></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"""


TAXES = (
    Mistake("AS01b", inside("", taxed("01", "IVA", 19)), "two groups"),
    Mistake("AS01b", inside("", NO_SUBTOTAL), "nothing inside"),
    Mistake("AS01b", together(drop("Line[2]/TaxTotal[2]"), put("Total/TaxExclusiveAmount",
                                                               "156000.00")), "in no line"),
    Mistake("AS02", inside(IVA, NEW)),
    Mistake("AS04", inside(IVA, ZERO_19)),
    Mistake("AS07", put(f"{IVA}/TaxSubtotal/TaxableAmount", "102100.00")),
    Mistake("AS14", inside(IVA, ODD_RATE)),
    Mistake("AS16", inside("", taxed("99", "Otro", 1)), "unknown"),
    Mistake("AS16", inside("", taxed("06", "ReteRenta", 1)), "a withholding"),
    Mistake("AS17", put(f"{INC}/TaxSubtotal/TaxCategory/TaxScheme/Name", "IC")),
    Mistake("AT01", inside("", group(WITHHELD, "06", "ReteRenta", {11: NOTHING}))),
    Mistake("AT02", put(f"{WITHHELD}/TaxAmount", "11003.00")),
    Mistake("AT04", inside(WITHHELD, RETE)),
    Mistake("AT07", put(f"{WITHHELD}/TaxSubtotal/TaxableAmount", "100030.00")),
    Mistake("AX01", inside("Line[1]", taxed("01", "IVA", 19)), line=1),
    Mistake("AX02", put("Line[2]/TaxTotal/TaxAmount", "2703.00"), line=2),
    Mistake("AX04", inside("Line[1]/TaxTotal", ZERO_19), line=1),
    Mistake("AX07", together(put("Line[2]/TaxTotal/TaxAmount", "2703.00"),
                             put("Line[2]/TaxTotal/TaxSubtotal/TaxAmount", "2703.00")), line=2),
    Mistake("AX07", inside("Line[1]", unit_tax("300")), "by unit", line=1),
    Mistake("AX14", inside("Line[1]/TaxTotal", ODD_RATE), line=1),
    Mistake("AX16", inside("Line[4]", taxed("99", "Otro", 1)), line=4),
    Mistake("AX17", put("Line[2]/TaxTotal[2]/TaxSubtotal/TaxCategory/TaxScheme/Name", "IC"),
            line=2),
    Mistake("AY01", inside("Line[1]", group(WITHHELD, "06", "ReteRenta", {11: NOTHING})), line=1),
    Mistake("AY02", put(f"Line[1]/{WITHHELD}/TaxAmount", "11003.00"), line=1),
    Mistake("AY04", inside(f"Line[1]/{WITHHELD}", RETE), line=1),
    Mistake("AY07", put(f"Line[1]/{WITHHELD}/TaxSubtotal/TaxableAmount", "100030.00"), line=1),
)  # fmt: skip

OFF = "Line[2]/AllowanceCharge"
FREE = "Line[3]/PricingReference"
GIVEN = f"{FREE}/AlternativeConditionPrice"

LINES = (
    Mistake("AV01", drop_all("Line"), also=("AD16", "AU02", "AU04", "AS01b")),
    Mistake("AV02", put("Line[2]/ID", "3")),
    Mistake("AV02b", put("Line[2]/ID", "3")),
    Mistake("AV03", inside("Line[1]", "<cbc:Note>Contrato</cbc:Note>"), line=1),
    Mistake("AV04b", put("Line[4]/Quantity", "-3.00"), line=4),
    Mistake("AV05", mark("Line[1]/Quantity", "unitCode", "QQQ"), line=1),
    Mistake("AV06", put("Line[1]/Price/PriceAmount", "50000.50"), "price", line=1),
    Mistake("AV06", put("Line[1]/Price/BaseQuantity", "1.00"), "base quantity", line=1),
    Mistake("AW01", drop(FREE), line=3),
    Mistake("AW03", put(f"{GIVEN}/PriceAmount", "0.00"), line=3),
    Mistake("AW05", put(f"{GIVEN}/PriceTypeCode", "04"), line=3),
    Mistake("AZ02", drop("Line[1]/Item/Description"), line=1),
    Mistake("AZ09", drop("Line[1]/Item/StandardItemIdentification"), line=1),
    Mistake("BB01", drop("Line[1]/Price"), line=1),
    Mistake("BB02", drop("Line[1]/Price/PriceAmount"), line=1),
    Mistake("BB03", mark("Line[1]/Price/PriceAmount", "currencyID", "USD"), line=1),
    Mistake("BB04", drop("Line[1]/Price/BaseQuantity"), line=1),
    Mistake("BB05", mark("Line[1]/Price/BaseQuantity", "unitCode", None), line=1),
    Mistake("BE03", put(f"{OFF}/ChargeIndicator", "no"), line=2),
    Mistake("BE04", drop(f"{OFF}/AllowanceChargeReason"), line=2),
    Mistake("BE05", drop(f"{OFF}/MultiplierFactorNumeric"), line=2),
    Mistake("BE06", put(f"{OFF}/BaseAmount", "50000.00"), line=2),
    Mistake("BE08", drop(f"{OFF}/BaseAmount"), line=2),
)  # fmt: skip

MISTAKES = (*EXTENSIONS, *HEADER, *PARTIES, *TOTALS, *TAXES, *LINES)
