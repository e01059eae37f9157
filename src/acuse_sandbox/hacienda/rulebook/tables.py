"""Code tables of the pretended Hacienda: facts of the published lists, in our own form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

# CodigoTarifaIVA -> its rate.
RATES: Mapping[str, Decimal] = {
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

# The codes seen at Hacienda (costa-rica.md 9.1), in our words.
SEEN: Mapping[int, str] = {
    -1: "El XML no cumple el esquema",
    -16: "Se envió fuera de plazo",
    -37: "La ubicación del emisor no es la registrada",
    -53: "La hora no corresponde a la oficial",
    -99: "El consecutivo ya fue usado",
    -111: "Un total del resumen no corresponde a las líneas",
    -405: "La fecha de la clave no es la de emisión",
}

# Forms of identifications by type; the digit rules are general knowledge, the schema has none.
IDENTITIES: Mapping[str, re.Pattern[str]] = {
    "01": re.compile(r"[1-9][0-9]{8}"),
    "02": re.compile(r"[0-9][0-9A-Z]{9}"),  # letters from about the end of 2026
    "03": re.compile(r"[0-9]{11,12}"),
    "04": re.compile(r"[0-9]{10}"),
    "05": re.compile(r".{1,20}"),
    "06": re.compile(r".{1,20}"),
}
REGISTERED_TYPES = frozenset({"01", "02", "03", "04"})

# Whom the register does not know; every other well-formed identification is a good one.
UNKNOWN = re.compile(r"3101666[0-9]{3}|966[0-9]{6}")

MAIL = re.compile(r"\s*\w+([-+.']\w+)*@\w+([-.]\w+)*\.\w+([-.]\w+)*\s*")
LONGEST_MAIL = 160
ACTIVITY = re.compile(r"(?!0{6})[0-9]{6}|(?!0000)[0-9]{4}\.[0-9]")  # "474100", or CIIU 4's "4741.0"

# The highest district of every canton, in order of the cantons, by province.
DISTRICTS: Mapping[str, tuple[int, ...]] = {
    "1": (11, 3, 11, 9, 3, 7, 5, 7, 6, 5, 5, 5, 5, 3, 4, 5, 3, 4, 11, 6),
    "2": (14, 13, 8, 3, 7, 8, 7, 5, 5, 13, 7, 5, 7, 4, 4, 3),
    "3": (11, 5, 8, 3, 10, 3, 5, 4),
    "4": (5, 6, 8, 6, 5, 4, 3, 3, 2, 5),
    "5": (5, 7, 9, 4, 4, 5, 4, 7, 6, 4, 4),
    "6": (17, 5, 9, 3, 5, 3, 4, 5, 1, 4, 2, 1, 2),
    "7": (4, 6, 6, 4, 3, 5),
}
ODD_PLACES = frozenset({("5", "07", "20")})  # in the list that was seen; probably 5-07-02

SERVICE_UNITS = frozenset({"Sp", "Spe", "St", "Os", "Al", "Alc", "Cm", "I"})
GOODS_UNITS = frozenset({"Unid"})

CABYS = re.compile(r"(?!0{13})[0-9]{13}")  # the catalogue is not at hand
SERVICE_DIGITS = frozenset("56789")
CABYS_RATES: Mapping[str, Decimal] = {  # the few codes whose tariff was seen
    "7211100000100": Decimal(0),
    "7211100000200": Decimal(13),
    "7211200000100": Decimal(0),
    "7211200000200": Decimal(0),
    "7211200000300": Decimal(13),
    "8314100000000": Decimal(13),
}
ALCOHOLIC = (
    "241",
    "242",
    "243",
)  # spirits, wines, beers in the CPC that CABYS follows: UNCONFIRMED

# Where a code 99 stands, and the text that must come with it and only with it.
LINE = "DetalleServicio/LineaDetalle"
COMBO = f"{LINE}/DetalleSurtido/LineaDetalleSurtido"
NINETY_NINES = (
    ("", "CondicionVenta", "CondicionVentaOtros"),
    ("ResumenFactura/MedioPago", "TipoMedioPago", "MedioPagoOtros"),
    (f"{LINE}/Descuento", "CodigoDescuento", "CodigoDescuentoOTRO"),
    (f"{LINE}/Impuesto", "Codigo", "CodigoImpuestoOTRO"),
    (f"{LINE}/Impuesto/Exoneracion", "TipoDocumentoEX1", "TipoDocumentoOTRO"),
    (f"{LINE}/Impuesto/Exoneracion", "NombreInstitucion", "NombreInstitucionOtros"),
    (f"{COMBO}/DescuentoSurtido", "CodigoDescuentoSurtido", "DescuentoSurtidoOtros"),
    (f"{COMBO}/ImpuestoSurtido", "CodigoImpuestoSurtido", "CodigoImpuestoOTROSurtido"),
    ("OtrosCargos", "TipoDocumentoOC", "TipoDocumentoOTROS"),
    ("InformacionReferencia", "TipoDocIR", "TipoDocRefOTRO"),
    ("InformacionReferencia", "Codigo", "CodigoReferenciaOTRO"),
)

# Referenced kinds whose Numero is a clave of Hacienda's; True: it must have been accepted.
REFERENCED: Mapping[str, bool] = {
    "01": True,
    "02": True,
    "03": True,
    "04": True,
    "10": False,  # "rejected by Hacienda": known is enough
    "11": True,
    "19": True,
    "20": True,
}
# Those whose Numero may be one (UNCONFIRMED): judged where it has the form of a clave.
PERHAPS_REFERENCED = frozenset({"12", "15", "17", "18"})
CLAVE = re.compile(r"506[a-zA-Z0-9]{47}")
SINCE_NOVEMBER_2026 = frozenset({"13", "14", "15", "16"})  # codes of reference
KINDS_SINCE_NOVEMBER_2026 = frozenset({"19", "20"})  # referenced kinds
PAYMENT_REFERENCE = "17"  # in a REP only
# CondicionVenta of a document that a REP may pay -> the REP's own.
PAID_BY: Mapping[str, str] = {"08": "09", "10": "11"}
