"""For every rule written by hand, beside the factura's: what makes it pass, and what breaks it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from tests.sandbox.sunat import cases_kinds as kinds
from tests.sandbox.sunat.cases_kinds import BASES, OTHERS, TODAY, Base
from tests.sandbox.sunat.changes import Change, after, all_of, attribute, drop, put, twice
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER
from tests.sandbox.sunat.holding import Holding, known

from acuse_sandbox.sunat.rulebook.registers import NOTHING, Known, Registers, State
from acuse_sandbox.sunat.taxpayers import Standing


class Twin(NamedTuple):
    """A rule's code and kind, the document that both share, and what only the bad one has."""

    kind: str
    code: str
    base: Base
    change: Change | None = None
    before: Change | None = None  # what both need
    good: Registers = NOTHING
    bad: Registers | None = None  # by default the same
    today: date | None = None  # of the bad one
    companions: frozenset[str] = frozenset()


def of(
    kind: str,
    code: str,
    change: Change | None = None,
    *,
    base: str = "",
    before: Change | None = None,
    good: Registers = NOTHING,
    bad: Registers | None = None,
    today: date | None = None,
    beside: str = "",
) -> Twin:
    """A twin on the kind's good document or another one."""
    found = (BASES | OTHERS)[base or kind]
    return Twin(kind, code, found, change, before, good, bad, today, frozenset(beside.split()))


def held(documents: dict[tuple[str, str], Known]) -> Holding:
    """Registers with these documents."""
    return Holding(documents=documents)


def taxpayer(ruc: str, standing: Standing) -> Holding:
    """Registers that say something of one taxpayer, and hold no documents."""
    return Holding(taxpayers={ruc: standing}, keeps_documents=False)


ORDINARY = Holding(keeps_documents=False)
LINE = "cac:InvoiceLine"
ITEM = f"{LINE}/cac:Item/cbc:Description"
KIND = "cbc:InvoiceTypeCode"


def properties(*pairs: tuple[str, str], product: str = "", line: str = LINE) -> Change:
    """Properties of the line, and its product."""
    markup = "".join(
        f"<cac:AdditionalItemProperty><cbc:NameCode>{code}</cbc:NameCode>"
        + (
            f"<cac:UsabilityPeriod><cbc:StartDate>{value}</cbc:StartDate>"
            f"<cbc:EndDate>{value}</cbc:EndDate></cac:UsabilityPeriod>"
            if code in ("4003", "4004", "7014")
            else f"<cbc:Value>{value}</cbc:Value>"
        )
        + "</cac:AdditionalItemProperty>"
        for code, value in pairs
    )
    if product:
        markup = (
            "<cac:CommodityClassification><cbc:ItemClassificationCode>"
            f"{product}</cbc:ItemClassificationCode></cac:CommodityClassification>{markup}"
        )
    changes = [after(f"{line}/cac:Item/*[last()]", part) for part in reversed(_parts(markup))]
    return all_of(*changes)


def _parts(markup: str) -> list[str]:
    ends = ("</cac:CommodityClassification>", "</cac:AdditionalItemProperty>")
    parts, rest = [], markup
    while rest:
        end = min(rest.index(e) + len(e) for e in ends if e in rest)
        parts.append(rest[:end])
        rest = rest[end:]
    return parts


HOME = (
    ("7001", "1"),
    ("7002", "3"),
    ("7003", "P12345678"),
    ("7004", "C-1234"),
    ("7005", "2026-01-31"),
    ("7006", "150101"),
    ("7007", "Av. Ejemplar 123"),
)


def home(without: str, line: str) -> tuple[Change, Change]:
    """A mortgage on another home, whole and without one property."""
    path = f"{line}/cac:Item/cac:AdditionalItemProperty[cbc:NameCode='{without}']"
    return properties(*HOME, product="84121901", line=line), drop(path)


def homes(kind: str, line: str) -> list[Twin]:
    found = []
    for code, name in (("3151", "7003"), ("3154", "7006"), ("3155", "7007")):
        whole, less = home(name, line)
        found.append(of(kind, code, less, before=whole))
    return found


LOAN = (("7004", "C-1234"), ("7005", "2026-01-31"), ("7012", "1000.00"))
INSURED = (("7013", "P-1"), ("7014", "2026-12-01"), ("7015", "1"), ("7016", "1000.00"))
ONE_PROPERTY = f"{LINE}/cac:Item/cac:AdditionalItemProperty[cbc:NameCode='{{}}']"
ADVANCE = (
    "<cac:AdditionalDocumentReference><cbc:ID>{number}</cbc:ID>"
    "<cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode>"
    "<cbc:DocumentStatusCode>1</cbc:DocumentStatusCode><cac:IssuerParty><cac:PartyIdentification>"
    '<cbc:ID schemeID="6">{issuer}</cbc:ID></cac:PartyIdentification></cac:IssuerParty>'
    "</cac:AdditionalDocumentReference>"
)
PAID = (
    '<cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount currencyID="PEN">59.00</cbc:PaidAmount>'
    "</cac:PrepaidPayment>"
)


def advance(kind: str, number: str, issuer: str = ISSUER) -> Change:
    """An advance and its document, as far as these rules look."""
    place = "cbc:DocumentCurrencyCode"
    return all_of(
        after(place, PAID), after(place, ADVANCE.format(kind=kind, number=number, issuer=issuer))
    )


def advances(kind: str, catalogue_12: str, number: str) -> list[Twin]:
    """An advance that SUNAT lacks, and one of an issuer that does not exist."""
    key = (kinds_of[catalogue_12], number)
    before = advance(catalogue_12, number)
    return [
        of(kind, "3218", before=before, good=held({key: known()}), bad=Holding()),
        of(
            kind,
            "2529",
            before=advance(catalogue_12, number, "20999000208"),
            good=ORDINARY,
            bad=taxpayer("20999000208", Standing(known=False)),
        ),
    ]


kinds_of = {"02": "01", "03": "03", "10": "04"}


def issued(days: int) -> Change:
    """Dated so many days before today."""
    return put("cbc:IssueDate", str(TODAY - timedelta(days=days)))


def sales(kind: str) -> list[Twin]:
    """What facturas and boletas share."""
    loan = all_of(attribute(KIND, "listID", "2100"), properties(*LOAN))
    whole = all_of(attribute(KIND, "listID", "2104"), properties(*INSURED))
    funeral = all_of(whole, put(f"{ONE_PROPERTY.format('7015')}/cbc:Value", "3"))
    return [
        of(kind, "3241", drop(ONE_PROPERTY.format("7012")), before=loan),
        of(kind, "2898", drop(ONE_PROPERTY.format("7016")), before=whole),
        of(kind, "2899", drop(ONE_PROPERTY.format("7013")), before=funeral),
    ]


GUEST = properties(("4003", "2026-11-18"), ("4004", "2026-11-19"))
FACTURA = (
    *sales("01"),
    *homes("01", LINE),
    of(
        "01",
        "4282",
        put(f"{ONE_PROPERTY.format('4004')}//cbc:StartDate", "2026-11-17"),
        before=GUEST,
    ),
    *advances("01", "02", "F001-90"),
)
BOLETA = (
    *sales("03"),
    *advances("03", "03", "B001-90"),
    of("03", "1079", issued(8), before=issued(7)),
)

SUB = f"{LINE}/cac:TaxTotal/cac:TaxSubtotal"
EXEMPT, INCOME = f"{SUB}[1]", f"{SUB}[2]"
TOTAL = "cac:TaxTotal/cac:TaxSubtotal"
SUMS = "cac:LegalMonetaryTotal"
SCHEME = "cac:TaxCategory/cac:TaxScheme"


def isc(path: str) -> Change:
    """The tribute in a line turned into ISC."""
    return all_of(
        put(f"{path}/{SCHEME}/cbc:ID", "2000"),
        put(f"{path}/{SCHEME}/cbc:Name", "ISC"),
        put(f"{path}/{SCHEME}/cbc:TaxTypeCode", "EXC"),
    )


PURCHASE = (
    of("04", "2108", issued(2), before=issued(1)),
    of("04", "2329", issued(-1), before=issued(0)),
    of("04", "4347", issued(8), before=all_of(put("cbc:ID", "0001-1"), issued(7))),
    of("04", "2463", good=ORDINARY, bad=taxpayer(ISSUER, Standing(third_category=False))),
    of("04", "3105", drop(EXEMPT), beside="4297 4309"),
    of("04", "3223", isc(INCOME), beside="4293 4294 4345 4346 4312"),
    of("04", "3110", put(f"{EXEMPT}/cbc:TaxAmount", "0.50")),
    of("04", "2464", put(f"{INCOME}/cbc:TaxAmount", "2.51"), beside="4346 4312"),
    of("04", "4237", put(f"{INCOME}/cac:TaxCategory/cbc:Percent", "1.60")),
    of("04", "4301", put("cac:TaxTotal/cbc:TaxAmount", "1.01")),
    of("04", "4345", put(f"{TOTAL}[2]/cbc:TaxableAmount", "101.01")),
    of("04", "4346", put(f"{TOTAL}[2]/cbc:TaxAmount", "2.51")),
    of(
        "04",
        "4310",
        put(f"{SUMS}/cbc:TaxInclusiveAmount", "101.01"),
        before=put(f"{SUMS}/cbc:PayableAmount", "99.00"),
    ),
    of("04", "4312", put(f"{SUMS}/cbc:PayableAmount", "97.49")),
    of("04", "3213", drop("cac:AdditionalDocumentReference"), before=advance("10", "L001-90")),
    of(
        "04",
        "3214",
        put("cac:AdditionalDocumentReference/cbc:DocumentStatusCode", "2"),
        before=advance("10", "L001-90"),
        beside="3213",
    ),
    *advances("04", "10", "L001-90"),
)

REASON = "cac:DiscrepancyResponse/cbc:ResponseCode"
BILLED = "cac:BillingReference"
REFERENCE = f"{BILLED}/cac:InvoiceDocumentReference"
SECOND = (
    "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F001-8</cbc:ID>"
    "<cbc:DocumentTypeCode>01</cbc:DocumentTypeCode></cac:InvoiceDocumentReference>"
    "</cac:BillingReference>"
)
OTHER_DOCUMENT = (
    "<cac:AdditionalDocumentReference><cbc:ID>{}</cbc:ID><cbc:DocumentTypeCode>99"
    "</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
)
FACTURA_9 = ("01", "F001-9")


def tribute(path: str, code: str, name: str, type_code: str) -> Change:
    """Another tribute in a subtotal."""
    scheme = f"{path}/{SCHEME}"
    return all_of(
        put(f"{scheme}/cbc:ID", code),
        put(f"{scheme}/cbc:Name", name),
        put(f"{scheme}/cbc:TaxTypeCode", type_code),
    )


def exported(line: str) -> Change:
    """A note of an export: lines and totals of 9995, no tax."""
    sub = f"{line}/cac:TaxTotal/cac:TaxSubtotal"
    return all_of(
        put(REASON, "11"),
        tribute(sub, "9995", "EXP", "FRE"),
        tribute(TOTAL, "9995", "EXP", "FRE"),
        put(f"{sub}/cac:TaxCategory/cbc:TaxExemptionReasonCode", "40"),
        put(f"{sub}/cac:TaxCategory/cbc:Percent", "0.00"),
        put(f"{line}/cac:PricingReference//cbc:PriceAmount", "50.00"),
        *(
            put(path, "0.00")
            for path in (
                f"{sub}/cbc:TaxAmount",
                f"{line}/cac:TaxTotal/cbc:TaxAmount",
                f"{TOTAL}/cbc:TaxAmount",
                "cac:TaxTotal/cbc:TaxAmount",
            )
        ),
        put(
            "*[local-name()='LegalMonetaryTotal' or local-name()='RequestedMonetaryTotal']"
            "/cbc:PayableAmount",
            "100.00",
        ),
        put(
            "*[local-name()='LegalMonetaryTotal' or local-name()='RequestedMonetaryTotal']"
            "/cbc:TaxInclusiveAmount",
            "100.00",
        ),
    )


def total_of(code: str, name: str, type_code: str) -> Change:
    """One more subtotal of the document."""
    return after(
        TOTAL,
        '<cac:TaxSubtotal><cbc:TaxableAmount currencyID="PEN">0.50</cbc:TaxableAmount>'
        '<cbc:TaxAmount currencyID="PEN">0.00</cbc:TaxAmount><cac:TaxCategory><cac:TaxScheme>'
        f"<cbc:ID>{code}</cbc:ID><cbc:Name>{name}</cbc:Name>"
        f"<cbc:TaxTypeCode>{type_code}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory>"
        "</cac:TaxSubtotal>",
    )


def notes(kind: str, line: str, money: str, states: tuple[str, str, str]) -> list[Twin]:
    """What credit and debit notes share."""
    unknown, voided, rejected = states
    good = held({FACTURA_9: known()})
    boleta = held({("03", "B001-9"): known()})
    to_boleta = all_of(
        put("cbc:ID", "BC01-1"),
        put(f"{REFERENCE}/cbc:ID", "B001-9"),
        put(f"{REFERENCE}/cbc:DocumentTypeCode", "03"),
    )
    as_boleta = Base(BASES[kind].xml, f"{ISSUER}-{kind}-BC01-1")
    two = after(BILLED, SECOND)
    return [
        of(kind, "2108", issued(4), before=issued(3)),
        Twin(kind, "1079", as_boleta, issued(6), all_of(to_boleta, issued(5))),
        of(kind, "2524", drop(BILLED), beside="4312 3280 4198"),
        of(kind, "3194", two, before=exported(line)),
        of(kind, "2884", put(f"{BILLED}[2]//cbc:DocumentTypeCode", "12"), before=two),
        of(
            kind,
            "3105",
            isc(f"{line}/cac:TaxTotal/cac:TaxSubtotal"),
            beside="2638 3271 3272 2373 2199 3277 3291 3050 2040",
        ),
        of(kind, "3107", total_of("1000", "IGV", "VAT"), before=exported(line), beside="3277 3291"),
        of(kind, "3221", total_of("9997", "EXO", "VAT"), before=exported(line)),
        of(kind, "3280", put(f"cac:{money}/cbc:PayableAmount", "119.01")),
        Twin(kind, "4312", as_boleta, put(f"cac:{money}/cbc:PayableAmount", "119.01"), to_boleta),
        *homes(kind, line),
        of(kind, "2885", good=good, bad=held({FACTURA_9: known(issued=date(2026, 11, 21))})),
        of(kind, "3209", good=good, bad=held({FACTURA_9: known(currency="USD")})),
        Twin(
            kind,
            "4368",
            as_boleta,
            None,
            to_boleta,
            boleta,
            held({("03", "B001-9"): known(currency="USD")}),
        ),
        of(kind, unknown, good=good, bad=Holding()),
        of(kind, voided, good=good, bad=held({FACTURA_9: known(State.VOIDED)})),
        of(kind, rejected, good=good, bad=held({FACTURA_9: known(State.REJECTED)})),
    ]


TERMS = "cac:PaymentTerms"
BOLETA_9 = ("03", "B001-9")
CREDIT = (
    *notes("07", "cac:CreditNoteLine", "LegalMonetaryTotal", ("2119", "2120", "2121")),
    of("07", "3261", after(BILLED, SECOND), base="terms note"),
    of(
        "07",
        "2635",
        after("cac:AdditionalDocumentReference", OTHER_DOCUMENT.format("OTRO-02")),
        before=all_of(put(REASON, "10"), after(BILLED, OTHER_DOCUMENT.format("OTRO-01"))),
    ),
    of(
        "07",
        "3249",
        all_of(drop(f"{TERMS}[3]"), drop(f"{TERMS}[2]")),
        base="terms note",
        beside="3319",
    ),
    of("07", "3319", put(f"{TERMS}[3]/cbc:Amount", "58.99"), base="terms note"),
    of(
        "07",
        "3286",
        good=held({FACTURA_9: known(total="118.00")}),
        bad=held({FACTURA_9: known(total="117.99")}),
    ),
    of(
        "07",
        "4028",
        base="boleta note",
        good=held({BOLETA_9: known(total="118.00")}),
        bad=held({BOLETA_9: known(total="117.99")}),
    ),
    of(
        "07",
        "3260",
        base="terms note",
        good=held({FACTURA_9: known()}),
        bad=held({FACTURA_9: known(on_credit=False)}),
    ),
    of(
        "07",
        "3320",
        base="terms note",
        good=held({FACTURA_9: known(total="118.00")}),
        bad=held({FACTURA_9: known(total="117.99")}),
    ),
    of(
        "07",
        "3321",
        put(f"{TERMS}[2]/cbc:PaymentDueDate", "2026-11-20"),
        base="terms note",
        good=held({FACTURA_9: known()}),
        beside="3267",
    ),
)
DEBIT = tuple(notes("08", "cac:DebitNoteLine", "RequestedMonetaryTotal", ("2209", "2207", "2208")))


def guides(kind: str, id_: str) -> list[Twin]:
    start = "cac:Shipment/cac:ShipmentStage/cac:TransitPeriod/cbc:StartDate"
    issuer = "cac:DespatchSupplierParty//cac:PartyIdentification/cbc:ID"
    return [
        of(kind, "1034", put(issuer, "20999000216")),
        of(kind, "1035", put("cbc:ID", f"{id_[:3]}2-1")),
        of(kind, "1036", put("cbc:ID", f"{id_}-2")),
        of(kind, "3343", put(start, "2026-11-20")),
    ]


GUIDES = (*guides("09", "T001"), *guides("31", "V001"))

R, P = "sac:SUNATRetentionDocumentReference", "sac:SUNATPerceptionDocumentReference"
AGENT = "cac:AgentParty/cac:PartyIdentification/cbc:ID"


def withheld(kind: str, word: str, paid: str, codes: dict[str, str]) -> list[Twin]:
    """What retención and percepción share, under each one's codes."""
    document = f"sac:SUNAT{word}DocumentReference"
    information = f"{document}[2]/sac:SUNAT{word}Information"
    date_ = f"{document}[2]/cac:Payment/cbc:PaidDate"
    return [
        of(kind, "1034", put(AGENT, "20999000216")),
        of(kind, "1049", put("cbc:ID", f"{kinds.BASES[kind].name[15]}001-16")),
        of(
            kind,
            "2600",
            put("cbc:IssueDate", "2026-11-11"),
            before=all_of(
                put("cbc:IssueDate", "2026-11-12"),
                put(f"{document}[1]//cbc:PaidDate", "2026-11-11"),
                put(date_, "2026-11-11"),
            ),
        ),
        of(
            kind,
            codes["struck off"],
            good=ORDINARY,
            bad=taxpayer(ISSUER, Standing(struck_off=True)),
        ),
        of(kind, codes["unknown"], good=ORDINARY, bad=taxpayer(CUSTOMER, Standing(known=False))),
        of(kind, codes["rate"], put(f"sac:SUNAT{word}Percent", codes["other rate"])),
        of(kind, codes["total"], put("cbc:TotalInvoiceAmount", codes["other total"])),
        of(kind, codes["paid"], put(f"sac:SUNATTotal{paid}", codes["other paid"])),
        of(
            kind,
            codes["formula"],
            put(f"{information}/sac:SUNAT{word}Amount", "40.00"),
            beside=f"{codes['total']}",
        ),
        of(kind, codes["months"], put(date_, "2026-10-30"), beside=codes["time"]),
        of(kind, codes["time"], put(date_, "2026-11-09")),
    ]


RETENTION = (
    *withheld(
        "20",
        "Retention",
        "Paid",
        {
            "struck off": "2617",
            "unknown": "2621",
            "rate": "2619",
            "other rate": "3.05",
            "total": "2628",
            "other total": "92.41",
            "paid": "2629",
            "other paid": "2987.61",
            "formula": "2623",
            "months": "2661",
            "time": "2625",
        },
    ),
    of("20", "4091", good=ORDINARY, bad=taxpayer(CUSTOMER, Standing(good_taxpayer=True))),
    of(
        "20",
        "2985",
        put(f"{R}/cbc:IssueDate", "2014-03-01"),
        before=all_of(
            put("sac:SUNATRetentionSystemCode", "02"),
            put(f"{R}[1]/cbc:IssueDate", "2014-02-28"),
            put(f"{R}[2]/cbc:IssueDate", "2014-02-28"),
        ),
    ),
)

FUEL = Standing(fuel_perception_agent=True)
F_100, F_101 = ("01", "F001-100"), ("01", "F001-101")
RELATED = {F_100: known(issued=date(2026, 11, 10)), F_101: known(issued=date(2026, 11, 10))}


def related(**changed: object) -> tuple[Holding, Holding]:
    """Registers that hold both facturas, and ones where the first is otherwise."""
    found = known(**{"issued": date(2026, 11, 10), **changed})  # type: ignore[arg-type]  # a test's
    return held(RELATED), held({**RELATED, F_100: found})


def exceptional() -> Change:
    """The exceptional kind of percepción: one factura in cash."""
    return all_of(
        after("cbc:CustomizationID", "<sac:ExceptionalIndicator>01</sac:ExceptionalIndicator>"),
        drop(f"{P}[1]"),
        put("cbc:TotalInvoiceAmount", "11.80"),
        put("sac:SUNATTotalCashed", "601.80"),
    )


B_100 = ("03", "B001-100")
OF_BOLETA = all_of(put(f"{P}[2]/cbc:ID", "B001-100"), attribute(f"{P}[2]/cbc:ID", "schemeID", "03"))
WITH_BOLETA = {F_101: RELATED[F_101], B_100: RELATED[F_100]}
PERCEPTION = (
    *withheld(
        "40",
        "Perception",
        "Cashed",
        {
            "struck off": "4285",
            "unknown": "2605",
            "rate": "2603",
            "other rate": "2.05",
            "total": "2667",
            "other total": "19.41",
            "paid": "2668",
            "other paid": "989.41",
            "formula": "2608",
            "months": "2659",
            "time": "2612",
        },
    ),
    of("40", "4089", good=ORDINARY, bad=taxpayer(CUSTOMER, Standing(retention_agent=True))),
    of("40", "4090", good=ORDINARY, bad=taxpayer(CUSTOMER, Standing(spared_perception=True))),
    of(
        "40",
        "4086",
        good=taxpayer(CUSTOMER, FUEL),
        bad=Holding(taxpayers={CUSTOMER: FUEL, ISSUER: FUEL}, keeps_documents=False),
    ),
    of("40", "2609", good=held(RELATED), bad=held({F_101: RELATED[F_101]})),
    of("40", "2610", good=held(RELATED), bad=related(issued=date(2026, 11, 9))[1]),
    of("40", "3312", good=held(RELATED), bad=related(perceives=True)[1]),
    of("40", "3329", good=held(RELATED), bad=related(on_credit=False)[1]),
    of(
        "40",
        "3328",
        before=OF_BOLETA,
        good=held(WITH_BOLETA),
        bad=held({**WITH_BOLETA, B_100: known(issued=date(2026, 11, 10), perceives=True)}),
    ),
    of("40", "3325", before=exceptional(), good=related(on_credit=False)[1], bad=held(RELATED)),
)

ACCOUNT = "cac:AccountingSupplierParty/cbc:CustomerAssignedAccountID"


def summaries(kind: str) -> list[Twin]:
    """What all summaries share."""
    name = BASES[kind].name.partition("-")[2]
    return [
        of(kind, "1034", put(ACCOUNT, "20999000216")),
        of(kind, "2220", put("cbc:ID", f"{name}7")),
        of(kind, "2346", put("cbc:IssueDate", "2026-11-20")),
        of(kind, "2671", put("cbc:ReferenceDate", "2026-11-22")),
    ]


def tomorrow(kind: str, code: str) -> Twin:
    """Made tomorrow, by its date and by its file's name."""
    return of(kind, code, today=TODAY - timedelta(days=1))


VOID = "sac:VoidedDocumentsLine"
F_15, FC_2 = ("01", "F001-15"), ("07", "FC01-2")
VOIDABLE = {F_15: known(), FC_2: known()}
BAJA = (
    *summaries("RA"),
    tomorrow("RA", "2301"),
    of("RA", "2324", good=held(VOIDABLE), bad=Holding(VOIDABLE, frozenset({"RA-20261121-1"}))),
    of("RA", "2011", good=ORDINARY, bad=taxpayer(ISSUER, Standing(found=False))),
    of("RA", "2105", good=held(VOIDABLE), bad=held({F_15: known()})),
    of("RA", "2398", good=held(VOIDABLE), bad=held({**VOIDABLE, F_15: known(State.REJECTED)})),
    of("RA", "2323", good=held(VOIDABLE), bad=held({**VOIDABLE, F_15: known(State.VOIDED)})),
    of(
        "RA",
        "2957",
        put("cbc:ReferenceDate", "2026-11-13"),
        before=put("cbc:ReferenceDate", "2026-11-14"),
    ),
    of(
        "RA",
        "2375",
        good=held(VOIDABLE),
        bad=held({**VOIDABLE, F_15: known(issued=date(2026, 11, 19))}),
    ),
)
R_15, P_2, L_1 = ("20", "R001-15"), ("40", "P001-2"), ("04", "L001-15")
REVERSIBLE = {R_15: known(), P_2: known()}
OF_PURCHASE = all_of(
    put(f"{VOID}[1]/cbc:DocumentTypeCode", "04"), put(f"{VOID}[1]/sac:DocumentSerialID", "L001")
)
WITH_PURCHASE = {L_1: known(), P_2: known()}
REVERSION = (
    *summaries("RR"),
    tomorrow("RR", "2301"),
    of("RR", "2223", good=held(REVERSIBLE), bad=Holding(REVERSIBLE, frozenset({"RR-20261121-1"}))),
    of("RR", "2750", good=held(REVERSIBLE), bad=held({R_15: known()})),
    of("RR", "2751", good=held(REVERSIBLE), bad=held({**REVERSIBLE, R_15: known(State.VOIDED)})),
    of(
        "RR",
        "2398",
        before=OF_PURCHASE,
        good=held(WITH_PURCHASE),
        bad=held({**WITH_PURCHASE, L_1: known(State.REJECTED)}),
    ),
    of(
        "RR",
        "2958",
        put("cbc:ReferenceDate", "2026-11-13"),
        before=all_of(OF_PURCHASE, put("cbc:ReferenceDate", "2026-11-14")),
    ),
)

ROW = "sac:SummaryDocumentsLine"
DAILY = {("03", "B001-2"): known()}  # what example 57 voids
NOTED = {**DAILY, ("03", "B001-70"): known()}
PERCEIVED = (
    "<sac:SUNATPerceptionSummaryDocumentReference>"
    "<sac:SUNATPerceptionSystemCode>01</sac:SUNATPerceptionSystemCode>"
    "<sac:SUNATPerceptionPercent>2.00</sac:SUNATPerceptionPercent>"
    '<cbc:TotalInvoiceAmount currencyID="PEN">2.36</cbc:TotalInvoiceAmount>'
    '<sac:SUNATTotalCashed currencyID="PEN">120.36</sac:SUNATTotalCashed>'
    '<cbc:TaxableAmount currencyID="PEN">118.00</cbc:TaxableAmount>'
    "</sac:SUNATPerceptionSummaryDocumentReference>"
)
PERCEPTION_LINE = f"{ROW}[1]/sac:SUNATPerceptionSummaryDocumentReference"
WITH_PERCEPTION = all_of(
    after(f"{ROW}[1]/cac:Status", PERCEIVED),
    put(f"{ROW}[1]//cbc:CustomerAssignedAccountID", CUSTOMER),
    put(f"{ROW}[1]//cbc:AdditionalAccountID", "6"),
)
RICE = all_of(
    tribute(f"{ROW}[1]/cac:TaxTotal/cac:TaxSubtotal", "1016", "IVAP", "VAT"),
    *(
        put(f"{ROW}[1]/cac:TaxTotal{path}/cbc:TaxAmount", "4.00")
        for path in ("", "/cac:TaxSubtotal")
    ),
    put(f"{ROW}[1]/sac:TotalAmount", "104.00"),
)


def taxed(amount: str, total: str) -> Change:
    """The first line with this IGV and total."""
    return all_of(
        *(
            put(f"{ROW}[1]/cac:TaxTotal{path}/cbc:TaxAmount", amount)
            for path in ("", "/cac:TaxSubtotal")
        ),
        put(f"{ROW}[1]/sac:TotalAmount", total),
    )


def third(state: str) -> Change:
    """The first line's boleta a second time, in another state."""
    return all_of(
        twice(f"{ROW}[1]"),
        put(f"{ROW}[2]/cbc:LineID", "9"),
        put(f"{ROW}[2]/cac:Status/cbc:ConditionCode", state),
    )


def perceiving(code: str, standing: Standing) -> Twin:
    """A line with percepción to a buyer whom the lists speak against."""
    return of("RC", code, before=WITH_PERCEPTION, good=ORDINARY, bad=taxpayer(CUSTOMER, standing))


SUMMARY = (
    *summaries("RC"),
    tomorrow("RC", "2236"),
    of("RC", "1078", good=ORDINARY, bad=taxpayer(ISSUER, Standing(must_use_ose=True))),
    of(
        "RC",
        "2223",
        before=drop(f"{ROW}[3]"),
        good=held(DAILY),
        bad=Holding(DAILY, frozenset({"RC-20261121-1"})),
    ),
    of("RC", "4443", put("cbc:ReferenceDate", "2026-11-13"), beside="2957"),
    of("RC", "2663", before=drop(f"{ROW}[3]"), good=held(DAILY), bad=Holding()),
    of(
        "RC",
        "2987",
        before=drop(f"{ROW}[3]"),
        good=held(DAILY),
        bad=held({("03", "B001-2"): known(State.VOIDED)}),
    ),
    of(
        "RC",
        "2282",
        before=drop(f"{ROW}[3]"),
        good=held(DAILY),
        bad=held({**DAILY, ("03", "B001-9"): known()}),
    ),
    of(
        "RC",
        "2957",
        put(f"{ROW}[1]/cac:Status/cbc:ConditionCode", "3"),
        before=all_of(
            put("cbc:ReferenceDate", "2026-11-13"), put(f"{ROW}[4]//cbc:ConditionCode", "1")
        ),
    ),
    of("RC", "3095", third("2")),
    of(
        "RC",
        "3096",
        put(f"{ROW}[2]/cac:Status/cbc:ConditionCode", "2"),
        before=all_of(third("1"), put(f"{ROW}[2]/cbc:ID", "B001-2")),
    ),
    of(
        "RC",
        "2989",
        good=held(NOTED),
        bad=held(DAILY),
        before=put(f"{ROW}[3]/cac:BillingReference//cbc:ID", "B001-70"),
    ),
    of(
        "RC",
        "2990",
        good=held(NOTED),
        bad=held({**DAILY, ("03", "B001-70"): known(State.VOIDED)}),
        before=put(f"{ROW}[3]/cac:BillingReference//cbc:ID", "B001-70"),
    ),
    of("RC", "2071", attribute(f"{ROW}[1]/sac:BillingPayment/cbc:PaidAmount", "currencyID", "USD")),
    of(
        "RC",
        "4027",
        put(f"{ROW}[1]/sac:TotalAmount", "123.01"),
        before=put(f"{ROW}[1]/sac:TotalAmount", "123.00"),
    ),
    of("RC", "4019", taxed("23.01", "123.01"), before=taxed("23.00", "123.00")),
    of("RC", "4302", taxed("9.01", "109.01"), before=RICE),
    of(
        "RC",
        "2891",
        put(f"{PERCEPTION_LINE}/sac:SUNATPerceptionPercent", "2.01"),
        before=WITH_PERCEPTION,
    ),
    of(
        "RC",
        "2608",
        put(f"{PERCEPTION_LINE}/sac:SUNATTotalCashed", "121.37"),
        before=WITH_PERCEPTION,
    ),
    of(
        "RC",
        "2601",
        before=WITH_PERCEPTION,
        good=ORDINARY,
        bad=taxpayer(ISSUER, Standing(struck_off=True)),
    ),
    perceiving("2605", Standing(known=False)),
    perceiving("4089", Standing(retention_agent=True)),
    perceiving("4090", Standing(spared_perception=True)),
    of(
        "RC",
        "4086",
        before=WITH_PERCEPTION,
        good=taxpayer(CUSTOMER, FUEL),
        bad=Holding(taxpayers={CUSTOMER: FUEL, ISSUER: FUEL}, keeps_documents=False),
    ),
)

TWINS: tuple[Twin, ...] = (
    *FACTURA,
    *BOLETA,
    *PURCHASE,
    *CREDIT,
    *DEBIT,
    *GUIDES,
    *RETENTION,
    *PERCEPTION,
    *BAJA,
    *REVERSION,
    *SUMMARY,
)
