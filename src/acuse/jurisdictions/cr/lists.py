"""Hacienda's short code lists, in our words for people. Source: costa-rica.md 3.3."""

from __future__ import annotations

OTHER = "99"  # in every list: what its own text says

CASH, CREDIT, PAYS_STATE, PAYS_DEFERRED = "01", "02", "09", "11"
CONDITIONS = {  # CondicionVenta
    "01": "Contado",
    "02": "Crédito",
    "03": "Consignación",
    "04": "Apartado",
    "05": "Arrendamiento con opción de compra",
    "06": "Arrendamiento en función financiera",
    "07": "Cobro a favor de un tercero",
    "08": "Servicios al Estado a crédito",
    "09": "Pago de servicios prestados al Estado",
    "10": "Crédito en IVA hasta 90 días",
    "11": "Pago de venta a crédito en IVA",
    "12": "Mercancía no nacionalizada",
    "13": "Bienes usados, no contribuyente",
    "14": "Arrendamiento operativo",
    "15": "Arrendamiento financiero",
    OTHER: "Otra",
}
ON_CREDIT = frozenset({"02", "08", "10"})  # they need a term
PAYMENT_OF = {"08": PAYS_STATE, "10": PAYS_DEFERRED}  # the REP's condition for the document's

OWN_CODE = "04"  # CodigoComercial: the issuer's internal code

MEANS = {  # our word -> TipoMedioPago
    "CASH": "01",
    "CARD": "02",
    "CHECK": "03",
    "TRANSFER": "04",
    "THIRD_PARTY": "05",
    "SINPE": "06",
    "PLATFORM": "07",
}
CARD = "02"
MEANS_WORDS = {
    "01": "Efectivo",
    "02": "Tarjeta",
    "03": "Cheque",
    "04": "Transferencia",
    "05": "Recaudado por terceros",
    "06": "SINPE Móvil",
    "07": "Plataforma digital",
    OTHER: "Otro",
}
DISCOUNTS = {  # CodigoDescuento
    "01": "Regalía",
    "02": "Regalía con IVA cobrado",
    "03": "Bonificación",
    "04": "Por volumen",
    "05": "De temporada",
    "06": "Promocional",
    "07": "Comercial",
    "08": "Por frecuencia",
    "09": "Sostenido",
    OTHER: "Otro",
}
COMMERCIAL_DISCOUNT = "07"
CHARGES = {  # TipoDocumentoOC
    "01": "Contribución parafiscal",
    "02": "Timbre de la Cruz Roja",
    "03": "Timbre de Bomberos",
    "04": "Cobro de un tercero",
    "05": "Costos de exportación",
    "06": "Impuesto de servicio 10 %",
    "07": "Timbre de colegios profesionales",
    "08": "Depósito de garantía",
    "09": "Multa o penalización",
    "10": "Intereses moratorios",
    OTHER: "Otro cargo",
}
FOR_ANOTHER = "04"
SERVICE_CHARGE = "06"

IVA, SPECIAL_IVA, USED_GOODS = "01", "07", "08"
TAXES = {  # our word -> Codigo of Impuesto
    "IVA": IVA,
    "SELECTIVO": "02",
    "COMBUSTIBLE": "03",
    "ALCOHOL": "04",
    "BEBIDAS": "05",
    "TABACO": "06",
    "IVA_ESPECIAL": SPECIAL_IVA,
    "IVA_USADOS": USED_GOODS,
    "CEMENTO": "12",
    "OTRO": OTHER,
}
TAX_WORDS = {
    IVA: "IVA",
    "02": "Selectivo de consumo",
    "03": "Impuesto a los combustibles",
    "04": "Impuesto a bebidas alcohólicas",
    "05": "Impuesto a bebidas envasadas y jabones",
    "06": "Impuesto al tabaco",
    SPECIAL_IVA: "IVA, cálculo especial",
    USED_GOODS: "IVA de bienes usados",
    "12": "Impuesto al cemento",
    OTHER: "Otro impuesto",
}
VALUE_ADDED = frozenset({IVA, SPECIAL_IVA, USED_GOODS})
SPECIFIC = frozenset({"03", "04", "05", "06"})  # counted by units, not by price
IN_THE_BASE = frozenset({"02", "04", "05", "12"})  # IVA is charged on them too
ALCOHOL, DRINKS = "04", "05"

EXONERATIONS = {  # TipoDocumentoEX1
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
    OTHER: "Otra",
}
INSTITUTIONS = {  # NombreInstitucion of an exoneration
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
    OTHER: "Otra",
}
TRANSACTIONS = {  # TipoTransaccion
    "01": "Venta normal",
    "02": "Autoconsumo de mercancía, exento",
    "03": "Autoconsumo de mercancía, gravado",
    "04": "Autoconsumo de servicio, exento",
    "05": "Autoconsumo de servicio, gravado",
    "06": "Cuota de afiliación",
    "07": "Cuota de afiliación, exenta",
    "08": "Bien de capital para el emisor",
    "09": "Bien de capital para el receptor",
    "10": "Bien de capital para ambos",
    "11": "Bien de capital de autoconsumo, exento para el emisor",
    "12": "Bien de capital sin contraprestación, exento para el emisor",
    "13": "Sin contraprestación a terceros",
}
BY_FACTORY, FREE_BY_FACTORY = "01", "02"
FACTORY = {  # IVACobradoFabrica
    BY_FACTORY: "Se cobra en fábrica",
    FREE_BY_FACTORY: "Ya se cobró en fábrica: exento",
}
SERVICE_UNITS = frozenset({"Sp", "Spe", "St", "Os", "Al", "Alc", "Cm", "I"})
