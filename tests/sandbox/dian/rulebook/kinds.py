"""The ten kinds of documents and an invented sale, as data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lxml import etree

Element = etree._Element

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
SOFTWARE, PIN = "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0", "75315"
ISSUER, BUYER = "999888777", "999000111"
DVS = {ISSUER: "1", BUYER: "4", "800197268": "4"}
NAMES = {ISSUER: "Tejidos del Páramo S.A.S.", BUYER: "Almacén La Ceiba Ltda."}
CORRECTED = "ab" * 48
AGENCY = (
    'schemeAgencyID="195" schemeAgencyName="CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)"'
)
BOGOTA = ("11001", "Bogotá, D.C.", "Bogotá", "11")
MEDELLIN = ("05001", "Medellín", "Antioquia", "05")
SCHEMES = {"CUFE": "CUFE-SHA384", "CUDE": "CUDE-SHA384", "CUDS": "CUDS-SHA384"}


@dataclass(frozen=True)
class Kind:
    """What a kind writes in its own way."""

    root: str
    profile: str
    operation: str
    identifier: str
    prefix: str
    resolution: str = ""
    first: int = 990000000
    last: int = 995000000

    @property
    def is_note(self) -> bool:
        """Whether it corrects another document."""
        return self.root != "Invoice"


SALE = "DIAN 2.1: Factura Electrónica de Venta"
SUPPORT = "DIAN 2.1: documento soporte en adquisiciones efectuadas a no obligados a facturar."
ADJUSTED = (
    "DIAN 2.1: Nota de ajuste al documento soporte en adquisiciones efectuadas a sujetos"
    " no obligados a expedir factura o documento equivalente"
)
KINDS = {
    "01": Kind("Invoice", SALE, "10", "CUFE", "SETP", "18760000001"),
    "02": Kind("Invoice", SALE, "10", "CUFE", "SETP", "18760000001"),
    "03": Kind("Invoice", SALE, "10", "CUDE", "SETP", "18760000001"),
    "04": Kind("Invoice", SALE, "10", "CUFE", "SETP", "18760000001"),
    "05": Kind("Invoice", SUPPORT, "10", "CUDS", "DSE", "18760000005"),
    "20": Kind("Invoice", "DIAN 2.1: Documento Equivalente POS", "10", "CUDE", "EPOS",
               "18760000020"),
    "08": Kind("Invoice", "DIAN 2.1: Documento Equivalente POS", "10", "CUDE", "EPOS",
               "18760000020"),
    "91": Kind("CreditNote", "DIAN 2.1: Nota Crédito de Factura Electrónica de Venta", "20",
               "CUDE", "NC"),
    "92": Kind("DebitNote", "DIAN 2.1: Nota Débito de Factura Electrónica de Venta", "30",
               "CUDE", "ND"),
    "94": Kind("CreditNote", "DIAN 2.1: Nota de ajuste", "10", "CUDE", "NP"),
    "95": Kind("CreditNote", ADJUSTED, "10", "CUDS", "NS"),
}  # fmt: skip
LETTERS = {
    "01": "F", "91": "C", "92": "D", "05": "DS", "95": "NS", "20": "DE", "94": "NA",
}  # fmt: skip
BOUGHT = ("05", "95")


@dataclass(frozen=True)
class Line:
    """One line; `taxes` are (code, name, percent)."""

    quantity: int
    price: Fraction
    taxes: tuple[tuple[str, str, int], ...] = (("01", "IVA", 19),)
    discount: int = 0  # in percent
    is_free: bool = False
    withheld: int = 0  # ReteRenta, in percent

    @property
    def gross(self) -> Fraction:
        """Quantity by price."""
        return self.quantity * self.price

    @property
    def amount(self) -> Fraction:
        """What is charged."""
        return Fraction(0) if self.is_free else self.gross * (100 - self.discount) / 100

    @property
    def base(self) -> Fraction:
        """What is taxed: of a free item its value."""
        return self.gross if self.is_free else self.amount


LINES = (
    Line(2, Fraction(50000), withheld=11),
    Line(4, Fraction(15000), (("01", "IVA", 5), ("04", "INC", 8)), discount=10),
    Line(1, Fraction(2000), is_free=True),
    Line(3, Fraction(1000), ()),
)


def money(value: Fraction) -> str:
    """An amount with two decimals."""
    return f"{float(value):.2f}"
