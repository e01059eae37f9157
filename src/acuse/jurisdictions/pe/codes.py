"""The code tables: facts, small ones here, long ones in the CSVs beside."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

IGV, IVAP, ISC, ICBPER, OTROS = "1000", "1016", "2000", "7152", "9999"
EXPORT, FREE, EXEMPT, UNTAXED = "9995", "9996", "9997", "9998"
RICE = "17"

AFFECTATIONS = {  # catalogue 07: code -> (tribute, words)
    "10": (IGV, "Gravado"),
    "11": (FREE, "Gravado, retiro por premio"),
    "12": (FREE, "Gravado, retiro por donación"),
    "13": (FREE, "Gravado, retiro"),
    "14": (FREE, "Gravado, retiro por publicidad"),
    "15": (FREE, "Gravado, bonificación"),
    "16": (FREE, "Gravado, entrega a trabajadores"),
    RICE: (IVAP, "Arroz pilado (IVAP)"),
    "20": (EXEMPT, "Exonerado"),
    "21": (FREE, "Exonerado, transferencia gratuita"),
    "30": (UNTAXED, "Inafecto"),
    "31": (FREE, "Inafecto, retiro por bonificación"),
    "32": (FREE, "Inafecto, retiro"),
    "33": (FREE, "Inafecto, muestras médicas"),
    "34": (FREE, "Inafecto, convenio colectivo"),
    "35": (FREE, "Inafecto, retiro por premio"),
    "36": (FREE, "Inafecto, retiro por publicidad"),
    "37": (FREE, "Inafecto, transferencia gratuita"),
    "40": (EXPORT, "Exportación"),
}
TAXED = frozenset({"10", "11", "12", "13", "14", "15", "16"})  # whose IGV has a rate
MAY_BE_FREE = frozenset({RICE, "40"})  # sold or given away under one code
TRIBUTES = {  # catalogue 05: code -> (name, type), in the order they are written in the header
    ISC: ("ISC", "EXC"),
    IGV: ("IGV", "VAT"),
    IVAP: ("IVAP", "VAT"),
    EXPORT: ("EXP", "FRE"),
    EXEMPT: ("EXO", "VAT"),
    UNTAXED: ("INA", "FRE"),
    FREE: ("GRA", "FRE"),
    OTROS: ("OTROS", "OTH"),
    ICBPER: ("ICBPER", "OTH"),
}
CURRENCIES = {
    "PEN": ("S/", "SOLES"),
    "USD": ("US$", "DÓLARES AMERICANOS"),
    "EUR": ("€", "EUROS"),
}
ISC_SYSTEMS = (  # catalogue 08
    ("01", "Al valor (porcentaje)"),
    ("02", "Monto fijo por unidad"),
    ("03", "Precio de venta al público"),
)
LEGENDS = {  # catalogue 52, without the amount in words
    "1002": "TRANSFERENCIA GRATUITA DE UN BIEN Y/O SERVICIO PRESTADO GRATUITAMENTE",
    "2000": "COMPROBANTE DE PERCEPCIÓN",
    "2001": "BIENES TRANSFERIDOS EN LA AMAZONÍA REGIÓN SELVA PARA SER CONSUMIDOS EN LA MISMA",
    "2002": "SERVICIOS PRESTADOS EN LA AMAZONÍA REGIÓN SELVA PARA SER CONSUMIDOS EN LA MISMA",
    "2003": "CONTRATOS DE CONSTRUCCIÓN EJECUTADOS EN LA AMAZONÍA REGIÓN SELVA",
    "2004": "Agencia de viaje - Paquete turístico",
    "2005": "Venta realizada por emisor itinerante",
    "2006": "Operación sujeta a detracción",
    "2007": "Operación sujeta al IVAP",
    "2008": (
        "VENTA EXONERADA DEL IGV-ISC-IPM. PROHIBIDA LA VENTA FUERA DE LA ZONA COMERCIAL DE TACNA"
    ),
    "2009": "PRIMERA VENTA DE MERCANCÍA IDENTIFICABLE ENTRE USUARIOS DE LA ZONA COMERCIAL",
    "2010": "Restitución simplificada de derechos arancelarios",
    "2011": "EXPORTACIÓN DE SERVICIOS - DECRETO LEGISLATIVO N.º 919",
    "2012": "Observaciones relacionadas con el traslado de mercaderías",
}
MEANS = (  # catalogue 59
    ("001", "Depósito en cuenta"),
    ("002", "Giro"),
    ("003", "Transferencia de fondos"),
    ("004", "Orden de pago"),
    ("005", "Tarjeta de débito"),
    ("006", "Tarjeta de crédito"),
    ("007", "Cheque no negociable"),
    ("008", "Efectivo, sin obligación de usar medio de pago"),
    ("009", "Efectivo, en los demás casos"),
    ("010", "Medio de pago de comercio exterior"),
    ("011", "Documento de EDPYME o cooperativa de ahorro y crédito"),
    ("012", "Tarjeta de crédito de una empresa no financiera"),
    ("013", "Tarjeta de crédito de un banco no domiciliado"),
    ("101", "Transferencia, comercio exterior"),
    ("102", "Cheque bancario, comercio exterior"),
    ("103", "Orden de pago simple, comercio exterior"),
    ("104", "Orden de pago documentario, comercio exterior"),
    ("105", "Remesa simple, comercio exterior"),
    ("106", "Remesa documentaria, comercio exterior"),
    ("107", "Carta de crédito simple, comercio exterior"),
    ("108", "Carta de crédito documentario, comercio exterior"),
    ("999", "Otro medio de pago"),
)
PERCEPTIONS = (  # catalogue 53, the three regimes
    ("51", "Venta interna"),
    ("52", "Adquisición de combustible"),
    ("53", "Agente de percepción, tasa especial"),
)
AUTHORISED = frozenset(  # kinds that others issue and our notes may correct (2116, 2204)
    "05 06 11 12 13 15 16 17 18 21 23 24 28 30 34 37 42 43 45 55 56".split()
)
AUTHORISED_B = frozenset({"12", "16", "55"})  # of these, what a note with series B corrects (2399)
RELATED = frozenset("04 05 06 07 08 09 99 01".split())  # catalogue 12, without advances


@dataclass(frozen=True, slots=True)
class Property:
    """A property of catalogue 55: its name and the form of its value."""

    name: str
    form: str


@cache
def ubigeos() -> frozenset[str]:
    """The codes of all districts (INEI, catalogue 13)."""
    return _codes("ubigeos.csv")


@cache
def units() -> frozenset[str]:
    """The codes of all units (catalogue 03)."""
    return _codes("units.csv")


@cache
def countries() -> frozenset[str]:
    """ISO 3166 alpha-2 (catalogue 04)."""
    return _codes("countries.csv")


@cache
def operations(kind: str) -> dict[str, str]:
    """The operation types that a "factura" or a "boleta" may have (catalogue 51), with words."""
    return {row["code"]: row["name"] for row in _rows("operations.csv") if row[kind] == "1"}


@cache
def detractions() -> dict[str, str]:
    """Goods and services that are subject to detracción (catalogue 54)."""
    return {row["code"]: row["name"] for row in _rows("detractions.csv")}


@cache
def properties() -> dict[str, Property]:
    """The properties that a line may have (catalogue 55)."""
    return {row["code"]: Property(row["name"], row["form"]) for row in _rows("properties.csv")}


def _codes(name: str) -> frozenset[str]:
    return frozenset(row["code"] for row in _rows(name))


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("codes", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
