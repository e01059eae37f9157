"""The code tables: facts, small ones here, long ones in the CSVs beside."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from importlib import resources

IDENTITIES = {  # our word -> Hacienda's code (costa-rica.md 2)
    "CF": "01",
    "CJ": "02",
    "DIMEX": "03",
    "NITE": "04",
    "EXT": "05",
    "NC": "06",
}
TARIFFS = {  # CodigoTarifaIVA -> rate
    "01": Decimal(0),
    "02": Decimal(1),
    "03": Decimal(2),
    "04": Decimal(4),
    "05": Decimal(0),
    "06": Decimal(4),
    "07": Decimal(8),
    "08": Decimal(13),
    "09": Decimal("0.5"),
    "10": Decimal(0),
    "11": Decimal(0),
}
USUAL_TARIFF = {  # the code that a percentage means where none is told
    Decimal(13): "08",
    Decimal(4): "04",
    Decimal(2): "03",
    Decimal(1): "02",
    Decimal("0.5"): "09",
    Decimal(0): "10",
}
PAYMENT_MEANS = {
    "CASH": "01",
    "CARD": "02",
    "CHECK": "03",
    "TRANSFER": "04",
    "THIRD_PARTY": "05",
    "SINPE": "06",
    "PLATFORM": "07",
}
PAYMENT_WORDS = {
    "01": "Efectivo",
    "02": "Tarjeta",
    "03": "Cheque",
    "04": "Transferencia",
    "05": "Recaudado por terceros",
    "06": "SINPE Móvil",
    "07": "Plataforma digital",
}
DISCOUNTS = {
    "01": "Regalía",
    "02": "Regalía con IVA cobrado",
    "03": "Bonificación",
    "04": "Por volumen",
    "05": "De temporada",
    "06": "Promocional",
    "07": "Comercial",
    "08": "Por frecuencia",
    "09": "Sostenido",
}
EXONERATIONS = {  # TipoDocumentoEX1; 99 needs words of its own and is not offered
    "01": "Compras autorizadas por la DGT",
    "02": "Ventas exentas a diplomáticos",
    "03": "Autorizado por ley especial",
    "04": "Autorización local genérica",
    "05": "Transitorio V",
    "06": "Servicios turísticos (ICT)",
    "07": "Transitorio XVII",
    "08": "Zona franca",
    "09": "Servicios complementarios para la exportación",
    "10": "Corporaciones municipales",
    "11": "Autorización local concreta",
}
INSTITUTIONS = {  # NombreInstitucion of an exoneration; 99 is not offered either
    "01": "Ministerio de Hacienda",
    "02": "Ministerio de Relaciones Exteriores",
    "03": "Ministerio de Agricultura y Ganadería",
    "04": "Ministerio de Economía, Industria y Comercio",
    "05": "Cruz Roja",
    "06": "Bomberos",
    "07": "Obras del Espíritu Santo",
    "08": "Fecrunapa",
    "09": "EARTH",
    "10": "INCAE",
    "11": "Junta de Protección Social",
    "12": "Aresep",
}
SERVICE_UNITS = frozenset({"Sp", "Spe", "St", "Os", "Al", "Alc", "Cm", "I"})


@cache
def units() -> frozenset[str]:
    """The codes of all units; case and accents count."""
    return frozenset(row["code"] for row in _rows("units.csv"))


@cache
def places() -> dict[str, tuple[str, str, str]]:
    """Location code -> names of province, canton and district."""
    return {
        row["code"]: (row["province"], row["canton"], row["district"])
        for row in _rows("places.csv")
    }


@cache
def currencies() -> frozenset[str]:
    """The codes of all currencies."""
    return frozenset(row["code"] for row in _rows("currencies.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("codes", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
