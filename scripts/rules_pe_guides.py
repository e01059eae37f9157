"""The guías' mechanical checks: SUNAT's lists give code and element, the rest is our reading.

Conditions follow peru.md 12. Lengths and the forms of plate and licence are general knowledge;
3617 came in June 2026 and stands in no list we hold: UNCONFIRMED.
"""

from __future__ import annotations

from rules_pe_ours import Ours

BOTH = "09 31"
STAGE = "cac:Shipment/cac:ShipmentStage"
MODE = f"/{STAGE}/cbc:TransportModeCode"
MOTIVE = "/cac:Shipment/cbc:HandlingCode"
SPECIAL = "/cac:Shipment/cbc:SpecialInstructions"
CONTAINER = "/cac:Shipment/cac:TransportHandlingUnit/cac:Package/cbc:ID"
INDICATOR = "SUNAT_Envio_Indicador"
LIGHT = f"{INDICATOR}TrasladoVehiculoM1L"
CREW = f"{INDICATOR}VehiculoConductoresTransp"
INDICATORS = "|".join(
    INDICATOR + name
    for name in """TransbordoProgramado TrasladoVehiculoM1L RetornoVehiculoEnvaseVacio
    RetornoVehiculoVacio TrasladoTotalDAMoDS VehiculoConductoresTransp PagadorFlete_Remitente
    PagadorFlete_Subcontratador PagadorFlete_Tercero TrasporteSubcontratado""".split()
)
ISSUER = "cac:DespatchSupplierParty/cac:Party"
ADDRESSEE = "cac:DeliveryCustomerParty/cac:Party"
BUYER = "cac:BuyerCustomerParty/cac:Party"
CARRIER = "cac:CarrierParty"
SHIPPER = "cac:Shipment/cac:Delivery/cac:Despatch/cac:DespatchParty"
ID = "cac:PartyIdentification/cbc:ID"
NAME = "cac:PartyLegalEntity/cbc:RegistrationName"
PLATE = "cac:TransportHandlingUnit/cac:TransportEquipment"
DRIVER = f"{STAGE}/cac:DriverPerson"
ORIGIN = "cac:Shipment/cac:Delivery/cac:Despatch/cac:DespatchAddress"
TARGET = "cac:Shipment/cac:Delivery/cac:DeliveryAddress"
OTHER = "cac:AdditionalDocumentReference"
LINE = "cac:DespatchLine"
PRIVATE = f"{MODE}=02;{SPECIAL}!={LIGHT}"
PUBLIC = f"{MODE}=01;{SPECIAL}!={LIGHT}"
AGENCY, LIST = "PE:SUNAT", "urn:pe:gob:sunat:cpe:see:gem:catalogos:catalogo"
WITH_ISSUER = "01|03|04|09|12|48"


def _listed(path: str, name: str, number: str) -> tuple[Ours, ...]:
    return (
        (BOTH, "", f"{path}/@listAgencyName", "is", AGENCY, "", "4251"),
        (BOTH, "", f"{path}/@listName", "is", name, "", "4252"),
        (BOTH, "", f"{path}/@listURI", "is", f"{LIST}{number}", "", "4253"),
    )


def _identity(path: str) -> tuple[Ours, ...]:
    return (
        (BOTH, "", f"{path}/@schemeName", "is", "Documento de Identidad", "", "4255"),
        (BOTH, "", f"{path}/@schemeAgencyName", "is", AGENCY, "", "4256"),
        (BOTH, "", f"{path}/@schemeURI", "is", f"{LIST}06", "", "4257"),
    )


def _place(
    context: str, ubigeo: str, line: tuple[str, str], annex: str, when: str
) -> tuple[Ours, ...]:
    missing, malformed = line
    return (
        (BOTH, context, "cbc:ID", "missing", "", when, ubigeo),
        (BOTH, context, "cbc:ID", "in", "13", "", "2776"),
        (BOTH, context, "cbc:ID/@schemeName", "is", "Ubigeos", "", "4255"),
        (BOTH, context, "cbc:ID/@schemeAgencyName", "is", "PE:INEI", "", "4256"),
        (BOTH, context, "cac:AddressLine/cbc:Line", "missing", "", when, missing),
        (BOTH, context, "cac:AddressLine/cbc:Line", "text", "3-500", "", malformed),
        ("09", context, "cbc:AddressTypeCode", "missing", "", f"{MOTIVE}=04", annex),
        ("09", f"{context}/cbc:AddressTypeCode", "@listID", "missing", "", "", "3410"),
        ("09", f"{context}/cbc:AddressTypeCode", "@listID", "digits", "11-11", "", "3409"),
        (
            "09",
            f"{context}/cbc:AddressTypeCode",
            "@listID",
            "same",
            f"/{ISSUER}/{ID}",
            f"{MOTIVE}=04",
            "3414",
        ),
        (
            BOTH,
            context,
            "cac:LocationCoordinate/cbc:LatitudeDegreesMeasure",
            "form",
            r"-?[0-9]{1,3}(\.[0-9]{1,8})?",
            "",
            "3413",
        ),
        (
            BOTH,
            context,
            "cac:LocationCoordinate/cbc:LongitudeDegreesMeasure",
            "form",
            r"-?[0-9]{1,3}(\.[0-9]{1,8})?",
            "",
            "3413",
        ),
    )


HEADER: tuple[Ours, ...] = (
    (BOTH, "", "cbc:UBLVersionID", "missing", "", "", "2111"),
    (BOTH, "", "cbc:UBLVersionID", "is", "2.1", "", "2110"),
    (BOTH, "", "cbc:CustomizationID", "missing", "", "", "2113"),
    (BOTH, "", "cbc:CustomizationID", "is", "2.0", "", "2112"),
    ("09", "", "cbc:ID", "form", r"(T[A-Z0-9]{3}|EG0[1-4]|EG07|[0-9]{4})-[0-9]{1,8}", "", "1001"),
    ("31", "", "cbc:ID", "form", r"(V[A-Z0-9]{3}|EG0[1-4]|EG07|[0-9]{4})-[0-9]{1,8}", "", "1001"),
    (BOTH, "", "cbc:IssueDate", "date", "", "", "3436"),
    (BOTH, "", "cbc:IssueTime", "missing", "", "", "3437"),
    (BOTH, "", "cbc:IssueTime", "form", r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9].*", "", "3438"),
    (BOTH, "", "cbc:DespatchAdviceTypeCode", "missing", "", "", "1050"),
    ("09", "", "cbc:DespatchAdviceTypeCode", "is", "09", "", "1051"),
    ("31", "", "cbc:DespatchAdviceTypeCode", "is", "31", "", "1051"),
    *_listed("cbc:DespatchAdviceTypeCode", "Tipo de Documento", "01"),
)

PARTIES: tuple[Ours, ...] = (
    (BOTH, "", f"{ISSUER}/{ID}/@schemeID", "missing", "", "", "2678"),
    (BOTH, "", f"{ISSUER}/{ID}/@schemeID", "is", "6", "", "2511"),
    *_identity(f"{ISSUER}/{ID}"),
    (BOTH, "", f"{ISSUER}/{NAME}", "missing", "", "", "1037"),
    (BOTH, "", f"{ISSUER}/{NAME}", "text", "1-250", "", "4338"),
    (BOTH, "", f"{ADDRESSEE}/{ID}", "missing", "", "", "2757"),
    (BOTH, "", f"{ADDRESSEE}/{ID}/@schemeID", "missing", "", "", "2759"),
    (BOTH, "", f"{ADDRESSEE}/{ID}/@schemeID", "in", "06", "", "2760"),
    *_identity(f"{ADDRESSEE}/{ID}"),
    (BOTH, "", f"{ADDRESSEE}/{ID}", "digits", "11-11", f"{ADDRESSEE}/{ID}/@schemeID=6", "2758"),
    (BOTH, "", f"{ADDRESSEE}/{ID}", "digits", "8-8", f"{ADDRESSEE}/{ID}/@schemeID=1", "2758"),
    (BOTH, "", f"{ADDRESSEE}/{ID}", "text", "1-15", f"{ADDRESSEE}/{ID}/@schemeID!=1|6", "2758"),
    (BOTH, "", f"{ADDRESSEE}/{NAME}", "missing", "", "", "2761"),
    (BOTH, "", f"{ADDRESSEE}/{NAME}", "text", "1-250", "", "4152"),
    ("09", "", f"{ADDRESSEE}/{ID}/@schemeID", "is", "6", f"{MOTIVE}=05|06|17", "3417"),
    ("09", "", f"{ADDRESSEE}/{ID}", "same", f"/{ISSUER}/{ID}", f"{MOTIVE}=02|04|07", "2554"),
    (
        "09",
        "",
        f"{ADDRESSEE}/{ID}",
        "differs",
        f"/{ISSUER}/{ID}",
        f"{MOTIVE}=01|03|05|06|09|14|17",
        "2555",
    ),
    ("09", BUYER, f"{ID}/@schemeID", "missing", "", "", "3331"),
    ("09", BUYER, f"{ID}/@schemeID", "in", "06", "", "3332"),
    ("09", BUYER, ID, "missing", "", "", "3333"),
    ("09", BUYER, ID, "differs", f"/{ISSUER}/{ID}", "", "3334"),
    ("09", BUYER, ID, "differs", f"/{ADDRESSEE}/{ID}", "", "3335"),
    ("09", BUYER, ID, "digits", "11-11", f"{ID}/@schemeID=6", "3337"),
    ("09", BUYER, NAME, "missing", "", "", "3339"),
    ("09", BUYER, NAME, "text", "1-250", "", "4381"),
    ("09", BUYER, ID, "absent", "", f"{MOTIVE}!=03|13", "4377"),
    ("31", "", f"{SHIPPER}/{ID}", "missing", "", "", "3383"),
    ("31", "", f"{SHIPPER}/{ID}/@schemeID", "missing", "", "", "2541"),
    ("31", "", f"{SHIPPER}/{ID}/@schemeID", "in", "06", "", "2542"),
    ("31", "", f"{SHIPPER}/{ID}", "digits", "11-11", f"{SHIPPER}/{ID}/@schemeID=6", "3384"),
    ("31", "", f"{SHIPPER}/{ID}", "differs", f"/{ISSUER}/{ID}", "", "2560"),
    ("31", "", f"{SHIPPER}/{NAME}", "missing", "", "", "3387"),
    ("31", "", f"{SHIPPER}/{NAME}", "text", "1-250", "", "4422"),
)

SHIPMENT: tuple[Ours, ...] = (
    ("09", "cac:Shipment", "cbc:HandlingCode", "missing", "", "", "3404"),
    ("09", "cac:Shipment", "cbc:HandlingCode", "in", "20", "", "3405"),
    *_listed("cac:Shipment/cbc:HandlingCode", "Motivo de traslado", "20"),
    ("09", "cac:Shipment", "cbc:HandlingInstructions", "missing", "", f"{MOTIVE}=13", "3457"),
    ("09", "cac:Shipment", "cbc:HandlingInstructions", "text", "1-100", "", "4190"),
    (BOTH, "cac:Shipment", "cbc:GrossWeightMeasure", "missing", "", "", "2880"),
    (BOTH, "cac:Shipment/cbc:GrossWeightMeasure", "@unitCode", "missing", "", "", "2881"),
    (BOTH, "cac:Shipment/cbc:GrossWeightMeasure", "@unitCode", "is", "KGM|TNE", "", "2523"),
    (BOTH, "cac:Shipment", "cbc:GrossWeightMeasure", "above", "12.3", "", "2523"),
    ("09", "cac:Shipment/cbc:NetWeightMeasure", "@unitCode", "is", "KGM|TNE", "", "3398"),
    (
        "09",
        "cac:Shipment",
        "cbc:TotalTransportHandlingUnitQuantity",
        "missing",
        "",
        f"{MOTIVE}=08|09;{CONTAINER}!?",
        "3419",
    ),
    ("09", "cac:Shipment", "cbc:TotalTransportHandlingUnitQuantity", "digits", "1-6", "", "4384"),
    (BOTH, "cac:Shipment/cbc:SpecialInstructions", "", "is", INDICATORS, "", "3388"),
    (BOTH, "cac:Shipment/cbc:SpecialInstructions", "", "once", "", "", "3344"),
    ("09", "cac:Shipment/cbc:SpecialInstructions", "", "not", CREW, f"{MODE}=02", "3450"),
    ("09", "cac:Shipment/cbc:SpecialInstructions", "", "not", CREW, f"{SPECIAL}={LIGHT}", "3451"),
    ("09", "cac:Shipment", "cac:ShipmentStage/cbc:TransportModeCode", "missing", "", "", "2532"),
    ("09", STAGE, "cbc:TransportModeCode", "in", "18", "", "2773"),
    *_listed(f"{STAGE}/cbc:TransportModeCode", "Modalidad de traslado", "18"),
    (
        BOTH,
        "cac:Shipment",
        "cac:ShipmentStage/cac:TransitPeriod/cbc:StartDate",
        "missing",
        "",
        "",
        "3406",
    ),
    (BOTH, STAGE, "cac:TransitPeriod/cbc:StartDate", "date", "", "", "3407"),
    ("09", STAGE, f"{CARRIER}/{ID}", "missing", "", PUBLIC, "2558"),
    (
        "09",
        f"{STAGE}/{CARRIER}/cac:PartyIdentification",
        "cbc:ID/@schemeID",
        "missing",
        "",
        "",
        "2561",
    ),
    ("09", STAGE, f"{CARRIER}/{ID}/@schemeID", "is", "6", "", "2485"),
    *_identity(f"{STAGE}/{CARRIER}/{ID}"),
    ("09", STAGE, f"{CARRIER}/{ID}", "differs", f"/{ISSUER}/{ID}", "", "2560"),
    ("09", STAGE, f"{CARRIER}/{NAME}", "missing", "", PUBLIC, "2563"),
    ("09", STAGE, f"{CARRIER}/{NAME}", "text", "1-250", "", "4165"),
    ("09", STAGE, f"{CARRIER}/{ID}", "absent", "", f"{MODE}=02", "3347"),
    ("09", STAGE, f"{CARRIER}/cac:PartyLegalEntity/cbc:CompanyID", "missing", "", PUBLIC, "4391"),
    (
        BOTH,
        STAGE,
        f"{CARRIER}/cac:PartyLegalEntity/cbc:CompanyID",
        "form",
        r"[A-Za-z0-9-]{1,20}",
        "",
        "4392",
    ),
    (
        "09",
        STAGE,
        "cac:LoadingTransportEvent/cbc:OccurrenceDate",
        "missing",
        "",
        f"{MODE}=01",
        "3617",
    ),
    ("09", "cac:Shipment", f"{PLATE}/cbc:ID", "missing", "", PRIVATE, "2566"),
    ("31", "cac:Shipment", f"{PLATE}/cbc:ID", "missing", "", "", "2566"),
    (BOTH, f"cac:Shipment/{PLATE}", "cbc:ID", "form", r"(?!0+$)[A-Z0-9]{6,8}", "", "2567"),
    ("09", f"cac:Shipment/{PLATE}", "cbc:ID", "absent", "", f"{PUBLIC};{SPECIAL}!={CREW}", "3354"),
    (
        BOTH,
        f"cac:Shipment/{PLATE}",
        "cac:ApplicableTransportMeans/cbc:RegistrationNationalityID",
        "form",
        r"[A-Z0-9]{10,15}",
        "",
        "3355",
    ),
    (
        BOTH,
        f"cac:Shipment/{PLATE}/cac:ShipmentDocumentReference/cbc:ID",
        "@schemeID",
        "missing",
        "",
        "",
        "4403",
    ),
    (
        BOTH,
        f"cac:Shipment/{PLATE}/cac:ShipmentDocumentReference/cbc:ID",
        "@schemeID",
        "in",
        "D37",
        "",
        "4407",
    ),
)

CONTAINERS: tuple[Ours, ...] = (
    (
        "09",
        "cac:Shipment",
        "cac:TransportHandlingUnit/cac:Package/cbc:ID",
        "many",
        "2",
        f"{MOTIVE}=08|09",
        "3420",
    ),
    (
        "09",
        "cac:Shipment/cac:TransportHandlingUnit/cac:Package",
        "cbc:TraceID",
        "missing",
        "",
        f"{MOTIVE}=08|09",
        "3422",
    ),
)

DRIVERS: tuple[Ours, ...] = (
    ("09", STAGE, "cac:DriverPerson/cbc:JobTitle", "some", "Principal", PRIVATE, "3357"),
    ("31", STAGE, "cac:DriverPerson/cbc:JobTitle", "some", "Principal", "", "3357"),
    (BOTH, DRIVER, "cbc:JobTitle", "once", "", "cbc:JobTitle=Principal", "3358"),
    (BOTH, DRIVER, "cbc:ID", "missing", "", "", "2568"),
    (BOTH, f"{DRIVER}/cbc:ID", "@schemeID", "missing", "", "", "2570"),
    (BOTH, f"{DRIVER}/cbc:ID", "@schemeID", "in", "06", "", "2571"),
    *_identity(f"{DRIVER}/cbc:ID"),
    (BOTH, DRIVER, "cbc:ID", "digits", "8-8", "cbc:ID/@schemeID=1", "2569"),
    (BOTH, DRIVER, "cbc:FirstName", "missing", "", "", "3360"),
    (BOTH, DRIVER, "cbc:FamilyName", "missing", "", "", "3361"),
    (BOTH, DRIVER, "cbc:FirstName", "text", "1-250", "", "4409"),
    (BOTH, DRIVER, "cbc:FamilyName", "text", "1-250", "", "4409"),
    (BOTH, DRIVER, "cac:IdentityDocumentReference/cbc:ID", "missing", "", "", "2572"),
    (BOTH, DRIVER, "cac:IdentityDocumentReference/cbc:ID", "form", r"[A-Z0-9]{9,10}", "", "2573"),
)

GOODS: tuple[Ours, ...] = (
    (BOTH, LINE, "cbc:ID", "missing", "", "", "2023"),
    (BOTH, LINE, "cbc:ID", "count", "4", "", "2023"),
    (BOTH, LINE, "cbc:ID", "once", "", "", "2752"),
    (BOTH, LINE, "cbc:DeliveredQuantity", "positive", "", "", "2580"),
    (BOTH, LINE, "cbc:DeliveredQuantity", "decimal", "12.10", "", "2780"),
    (BOTH, f"{LINE}/cbc:DeliveredQuantity", "@unitCode", "missing", "", "", "2883"),
    (BOTH, LINE, "cbc:DeliveredQuantity/@unitCodeListID", "is", "UN/ECE rec 20", "", "4258"),
    (
        BOTH,
        LINE,
        "cbc:DeliveredQuantity/@unitCodeListAgencyName",
        "is",
        "United Nations Economic Commission for Europe",
        "",
        "4259",
    ),
    ("09", LINE, "cac:Item/cbc:Description", "missing", "", "", "2781"),
    ("09", LINE, "cac:Item/cbc:Description", "text", "3-500", "", "4084"),
    ("31", LINE, "cac:Item/cbc:Description", "text", "3-500", "", "4430"),
    ("09", LINE, "cac:Item/cac:SellersItemIdentification/cbc:ID", "text", "1-30", "", "4085"),
    (
        "09",
        LINE,
        "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
        "digits",
        "8-8",
        "",
        "3002",
    ),
    (BOTH, f"{LINE}/cac:Item/cac:AdditionalItemProperty", "cbc:Name", "missing", "", "", "4235"),
    (BOTH, f"{LINE}/cac:Item/cac:AdditionalItemProperty", "cbc:Value", "missing", "", "", "3064"),
    (BOTH, OTHER, "cbc:ID", "missing", "", "", "3403"),
    (BOTH, OTHER, "cbc:DocumentTypeCode", "missing", "", "", "3376"),
    (BOTH, OTHER, "cbc:DocumentTypeCode", "in", "61", "", "2692"),
    (BOTH, OTHER, "cbc:DocumentType", "missing", "", "", "4371"),
    (BOTH, OTHER, "cbc:DocumentTypeCode+cbc:ID", "once", "", "", "3340"),
    (
        BOTH,
        OTHER,
        f"cac:IssuerParty/{ID}",
        "missing",
        "",
        f"cbc:DocumentTypeCode={WITH_ISSUER}",
        "3380",
    ),
    (BOTH, f"{OTHER}/cac:IssuerParty/{ID}", "@schemeID", "missing", "", "", "3382"),
    (BOTH, OTHER, f"cac:IssuerParty/{ID}/@schemeID", "is", "6", "", "3382"),
)

GUIDES = (
    HEADER
    + PARTIES
    + SHIPMENT
    + CONTAINERS
    + DRIVERS
    + _place(ORIGIN, "2775", ("2577", "4076"), "3365", "")
    + _place(TARGET, "2775", ("2574", "4068"), "3369", f"{MOTIVE}!=18")
    + GOODS
)
