"""Checks of the optional attributes: who keeps a list, what it is called, where it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot

SUNAT = "PE:SUNAT"
UNECE = "United Nations Economic Commission for Europe"
CATALOGUE = "urn:pe:gob:sunat:cpe:see:gem:catalogos:catalogo"


def _list(name: str, catalogue: str = "", agency: str = SUNAT) -> dict[str, str]:
    found = {"listAgencyName": agency, "listName": name}
    return found | ({"listURI": CATALOGUE + catalogue} if catalogue else {})


def _scheme(name: str, catalogue: str = "", agency: str = SUNAT) -> dict[str, str]:
    found = {"schemeAgencyName": agency, "schemeName": name}
    return found | ({"schemeURI": CATALOGUE + catalogue} if catalogue else {})


# By element and its parent: the only value that each attribute may have, where it is given.
EXPECTED = {
    ("Invoice", "CustomizationID"): {"schemeAgencyName": SUNAT},
    ("Invoice", "InvoiceTypeCode"): _list("Tipo de Documento", "01")
    | {"name": "Tipo de Operacion", "listSchemeURI": f"{CATALOGUE}51"},
    ("Invoice", "DocumentCurrencyCode"): _list("Currency", agency=UNECE)
    | {"listID": "ISO 4217 Alpha"},
    ("PartyIdentification", "ID"): _scheme("Documento de Identidad", "06"),
    ("RegistrationAddress", "ID"): _scheme("Ubigeos", agency="PE:INEI"),
    ("Address", "ID"): _scheme("Ubigeos", agency="PE:INEI"),
    ("RegistrationAddress", "AddressTypeCode"): _list("Establecimientos anexos"),
    ("Country", "IdentificationCode"): _list("Country", agency=UNECE) | {"listID": "ISO 3166-1"},
    ("DespatchDocumentReference", "DocumentTypeCode"): _list("Tipo de Documento", "01"),
    ("AdditionalDocumentReference", "DocumentTypeCode"): {
        "listAgencyName": SUNAT,  # its name differs between advances and the rest: not judged
        "listURI": f"{CATALOGUE}12",
    },
    ("AdditionalDocumentReference", "DocumentStatusCode"): _list("Anticipo"),
    ("PrepaidPayment", "ID"): _scheme("Anticipo"),
    ("PaymentTerms", "PaymentMeansID"): _scheme("Codigo de detraccion", "54"),
    ("PaymentMeans", "PaymentMeansCode"): _list("Medio de pago", "59"),
    ("AllowanceCharge", "AllowanceChargeReasonCode"): _list("Cargo/descuento", "53"),
    ("TaxScheme", "ID"): _scheme("Codigo de tributos", "05"),
    ("TaxCategory", "TaxExemptionReasonCode"): _list("Afectacion del IGV", "07"),
    ("AlternativeConditionPrice", "PriceTypeCode"): _list("Tipo de Precio", "16"),
    ("InvoiceLine", "InvoicedQuantity"): {
        "unitCodeListID": "UN/ECE rec 20",
        "unitCodeListAgencyName": UNECE,
    },
    ("CommodityClassification", "ItemClassificationCode"): _list(
        "Item Classification", agency="GS1 US"
    )
    | {"listID": "UNSPSC"},
    ("AdditionalItemProperty", "NameCode"): _list("Propiedad del item", "55"),
}


def _other(name: str, case: Case) -> Iterable[Spot]:
    for parent, element, attribute, value in case.invoice.attributes:
        expected = EXPECTED.get((parent, element), {}).get(attribute)
        if attribute == name and expected is not None and value != expected:
            yield Spot(f"{parent}/{element}/@{attribute}", value)


def other(name: str) -> Check:
    """A check that fails where an attribute has another value than the only one allowed."""
    return partial(_other, name)


RULES = (
    Rule("4251", "La entidad de la lista no es la esperada", other("listAgencyName")),
    Rule("4252", "El nombre de la lista no es el esperado", other("listName")),
    Rule("4253", "La dirección de la lista no es la esperada", other("listURI")),
    Rule("4254", "El identificador de la lista no es el esperado", other("listID")),
    Rule("4255", "El nombre del esquema no es el esperado", other("schemeName")),
    Rule("4256", "La entidad del esquema no es la esperada", other("schemeAgencyName")),
    Rule("4257", "La dirección del esquema no es la esperada", other("schemeURI")),
    Rule("4258", "La lista de unidades no es la esperada", other("unitCodeListID")),
    Rule(
        "4259",
        "La entidad de la lista de unidades no es la esperada",
        other("unitCodeListAgencyName"),
    ),
    Rule("4260", "El nombre del tipo de operación no es el esperado", other("name")),
    Rule("4261", "La dirección del tipo de operación no es la esperada", other("listSchemeURI")),
)
