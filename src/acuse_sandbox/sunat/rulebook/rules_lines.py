"""Checks of each line: number, quantity, item, prices, discounts and charges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from acuse_sandbox.sunat.rulebook import catalogs, formats
from acuse_sandbox.sunat.rulebook.invoice import Amount, Charge, Line, Price
from acuse_sandbox.sunat.rulebook.rule import Case, Check, Rule, Spot
from acuse_sandbox.sunat.rulebook.table import catalogue

PROFESSIONAL_GOODS = frozenset({"84121901", "80131501"})  # what operation 0112 may sell
PRODUCT = re.compile(r"[0-9]{8}")
GTIN_LENGTHS = {f"GTIN-{n}": n for n in (8, 12, 13, 14)}
PRICE = "cac:PricingReference/cac:AlternativeConditionPrice"
CHARGE = "cac:AllowanceCharge"
PRODUCT_NODE = "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode"


def each(node: str, wrong: Callable[[Line], bool], value: Callable[[Line], str | None]) -> Check:
    """A check that fails in every line where something is wrong."""
    return lambda case: [Spot(node, value(x) or "", x.id) for x in case.invoice.lines if wrong(x)]


def each_price(node: str, wrong: Callable[[Line, Price], bool]) -> Check:
    """A check that fails at every price of a line where something is wrong."""

    def check(case: Case) -> Iterable[Spot]:
        for line in case.invoice.lines:
            for price in line.prices:
                if wrong(line, price):
                    yield Spot(f"{PRICE}/{node}", price.amount.text or "", line.id)

    return check


def each_charge(
    node: str, wrong: Callable[[Charge], bool], value: Callable[[Charge], str | None]
) -> Check:
    """A check that fails at every discount or charge of a line where something is wrong."""

    def check(case: Case) -> Iterable[Spot]:
        for line in case.invoice.lines:
            for charge in line.charges:
                if wrong(charge):
                    yield Spot(f"{CHARGE}/{node}", value(charge) or "", line.id)

    return check


def malformed(amount: Amount, form: re.Pattern[str]) -> bool:
    """True if the element is there and has another form."""
    return amount.text is not None and not form.fullmatch(amount.text)


def factor_misses(charge: Charge) -> bool:
    """True if the amount is not base by factor."""
    product = charge.base.number * charge.factor.number
    return charge.factor.number > 0 and formats.far(charge.amount.number, product)


def repeated_line(case: Case) -> Iterable[Spot]:
    """2752: two lines of one number."""
    counted = Counter(line.id for line in case.invoice.lines)
    return [Spot("cac:InvoiceLine/cbc:ID", id_, id_) for id_, n in counted.items() if n > 1]


def repeated_price(case: Case) -> Iterable[Spot]:
    """2409: two prices of one type in a line."""
    for line in case.invoice.lines:
        counted = Counter(price.type_code for price in line.prices)
        for code in (code for code, n in counted.items() if n > 1):
            yield Spot(f"{PRICE}/cbc:PriceTypeCode", code or "", line.id)


def reference_value(line: Line) -> Decimal:
    """The price that the line's value follows from: of a free line, its reference value."""
    if not line.is_free:
        return line.price.number
    values = (p.amount.number for p in line.prices if p.type_code == "02")
    return next(values, formats.ZERO)


def value_misses(line: Line) -> bool:
    """3271: the line's value is not price by quantity, less discounts, more charges."""
    product = reference_value(line) * line.quantity.number
    return formats.far(line.value.number, product - line.sum_of("00") + line.sum_of("47"))


def price_misses(line: Line, price: Price) -> bool:
    """3270: the price with taxes is not what the line's sums say."""
    if line.is_free or price.type_code == "02" or line.quantity.number == 0:
        return False
    total = line.value.number + line.tax.number - line.sum_of("01") + line.sum_of("48")
    return formats.far(price.amount.number, total / line.quantity.number)


def no_product_code(case: Case) -> Iterable[Spot]:
    """4331: an issuer who must name its products, and a line without a code."""
    if not case.stands(case.invoice.supplier.number, lambda s: s.gives_product_codes):
        return
    for line in case.invoice.lines:
        if not line.product_code and not line.gtin:
            yield Spot(PRODUCT_NODE, "", line.id)


def no_professional_good(case: Case) -> Iterable[Spot]:
    """3181: operation 0112 without a line of a deductible good."""
    codes = {line.product_code for line in case.invoice.lines}
    bare = case.invoice.operation == "0112" and not codes & PROFESSIONAL_GOODS
    return (Spot(PRODUCT_NODE),) if bare else ()


def _general(line: Line) -> bool:
    code = line.product_code or ""
    return bool(PRODUCT.fullmatch(code)) and code.endswith("0000")


def _odd_gtin(line: Line) -> bool:
    length = GTIN_LENGTHS.get(line.gtin_scheme or "")
    return line.gtin is not None and length is not None and len(line.gtin) != length


RULES = (
    Rule(
        "2023",
        "El número de línea debe ir de 1 a 999",
        each(
            "cbc:ID",
            lambda x: not formats.LINE_NUMBER.fullmatch(x.id) or int(x.id) == 0,
            lambda x: x.id,
        ),
    ),
    Rule("2752", "Dos líneas tienen el mismo número", repeated_line),
    Rule(
        "2024",
        "La cantidad falta o es cero",
        each(
            "cbc:InvoicedQuantity",
            lambda x: (
                not x.quantity.text
                or (not malformed(x.quantity, formats.UNIT) and x.quantity.number == 0)
            ),
            lambda x: x.quantity.text,
        ),
    ),
    Rule(
        "2025",
        "La cantidad no tiene la forma esperada",
        each(
            "cbc:InvoicedQuantity",
            lambda x: bool(x.quantity.text) and malformed(x.quantity, formats.UNIT),
            lambda x: x.quantity.text,
        ),
    ),
    Rule(
        "2883",
        "Falta la unidad de medida",
        each(
            "cbc:InvoicedQuantity/@unitCode",
            lambda x: x.quantity.exists and not x.quantity.unit,
            lambda x: x.quantity.unit,
        ),
    ),
    Rule(
        "2936",
        "La unidad de medida no está en el catálogo 03",
        each(
            "cbc:InvoicedQuantity/@unitCode",
            lambda x: bool(x.quantity.unit) and x.quantity.unit not in catalogue("03"),
            lambda x: x.quantity.unit,
        ),
    ),
    Rule(
        "2026",
        "Falta la descripción",
        each("cac:Item/cbc:Description", lambda x: not x.description, lambda x: x.description),
    ),
    Rule(
        "2027",
        "La descripción debe tener hasta 500 caracteres",
        each(
            "cac:Item/cbc:Description",
            lambda x: (
                bool(x.description)
                and (len(x.description or "") > 500 or not (x.description or "").strip())
            ),
            lambda x: x.description,
        ),
    ),
    Rule(
        "2068",
        "Falta el valor unitario",
        each("cac:Price/cbc:PriceAmount", lambda x: not x.price.exists, lambda x: x.price.text),
    ),
    Rule(
        "2369",
        "El valor unitario no tiene la forma esperada",
        each(
            "cac:Price/cbc:PriceAmount",
            lambda x: malformed(x.price, formats.UNIT),
            lambda x: x.price.text,
        ),
    ),
    Rule(
        "2640",
        "Una línea gratuita no lleva valor unitario",
        each(
            "cac:Price/cbc:PriceAmount",
            lambda x: x.is_free and x.price.number > 0,
            lambda x: x.price.text,
        ),
    ),
    Rule(
        "2370",
        "El valor de venta no tiene la forma esperada",
        each(
            "cbc:LineExtensionAmount",
            lambda x: not x.value.exists or malformed(x.value, formats.AMOUNT),
            lambda x: x.value.text,
        ),
    ),
    Rule(
        "2028",
        "Falta el precio unitario",
        each(
            f"{PRICE}/cbc:PriceAmount",
            lambda x: not any(p.amount.exists for p in x.prices),
            lambda x: None,
        ),
    ),
    Rule(
        "2367",
        "El precio unitario no tiene la forma esperada",
        each_price("cbc:PriceAmount", lambda x, p: malformed(p.amount, formats.UNIT)),
    ),
    Rule(
        "2410",
        "El tipo de precio no está en el catálogo 16",
        each_price("cbc:PriceTypeCode", lambda x, p: p.type_code not in catalogs.PRICE_TYPES),
    ),
    Rule("2409", "La línea repite un tipo de precio", repeated_price),
    Rule(
        "3224",
        "El precio referencial es solo para líneas gratuitas",
        each_price(
            "cbc:PriceAmount",
            lambda x, p: not x.is_free and p.type_code == "02" and p.amount.number > 0,
        ),
    ),
    Rule(
        "3234",
        "Una línea gratuita lleva precio de tipo 02",
        each_price("cbc:PriceTypeCode", lambda x, p: x.is_free and p.type_code != "02"),
    ),
    Rule(
        "3114",
        "El indicador no corresponde al código de la línea",
        each_charge(
            "cbc:ChargeIndicator",
            lambda c: c.indicator != catalogs.LINE_CHARGES.get(c.reason or "", c.indicator),
            lambda c: c.indicator,
        ),
    ),
    Rule(
        "3073",
        "Falta el código del cargo o descuento de la línea",
        each_charge("cbc:AllowanceChargeReasonCode", lambda c: not c.reason, lambda c: c.reason),
    ),
    Rule(
        "2954",
        "El código del cargo o descuento de la línea no está en el catálogo 53",
        each_charge(
            "cbc:AllowanceChargeReasonCode",
            lambda c: bool(c.reason) and c.reason not in catalogs.CHARGES,
            lambda c: c.reason,
        ),
    ),
    Rule(
        "3052",
        "El factor de la línea no tiene la forma esperada",
        each_charge(
            "cbc:MultiplierFactorNumeric",
            lambda c: malformed(c.factor, formats.FACTOR),
            lambda c: c.factor.text,
        ),
    ),
    Rule(
        "2955",
        "El importe del cargo o descuento no tiene la forma esperada",
        each_charge(
            "cbc:Amount", lambda c: malformed(c.amount, formats.AMOUNT), lambda c: c.amount.text
        ),
    ),
    Rule(
        "3053",
        "La base del cargo o descuento no tiene la forma esperada",
        each_charge(
            "cbc:BaseAmount", lambda c: malformed(c.base, formats.AMOUNT), lambda c: c.base.text
        ),
    ),
    Rule(
        "3290",
        "El importe no es la base por el factor en la línea",
        each_charge("cbc:Amount", factor_misses, lambda c: c.amount.text),
    ),
    Rule(
        "3271",
        "El valor de venta no es precio por cantidad",
        each("cbc:LineExtensionAmount", value_misses, lambda x: x.value.text),
    ),
    Rule(
        "3270",
        "El precio unitario no coincide con los importes de la línea",
        each_price("cbc:PriceAmount", price_misses),
    ),
    Rule("3181", "La operación 0112 pide un producto deducible", no_professional_good),
    Rule(
        "4268",
        "El código del cargo o descuento no es de línea",
        each_charge(
            "cbc:AllowanceChargeReasonCode",
            lambda c: c.reason in catalogs.CHARGES and c.reason not in catalogs.LINE_CHARGES,
            lambda c: c.reason,
        ),
    ),
    Rule(
        "4269",
        "El código propio del producto no tiene la forma esperada",
        each(
            "cac:Item/cac:SellersItemIdentification/cbc:ID",
            lambda x: x.seller_code is not None and not formats.is_line(x.seller_code, 1, 30),
            lambda x: x.seller_code,
        ),
    ),
    Rule("4331", "El emisor debe indicar el código de producto", no_product_code),
    Rule(
        "4332",
        "El código de producto debe tener 8 dígitos",
        each(
            PRODUCT_NODE,
            lambda x: x.product_code is not None and not PRODUCT.fullmatch(x.product_code),
            lambda x: x.product_code,
        ),
    ),
    Rule(
        "4337",
        "El código de producto es demasiado general",
        each(PRODUCT_NODE, _general, lambda x: x.product_code),
    ),
    Rule(
        "4333",
        "Falta el tipo de código GTIN",
        each(
            "cac:Item/cac:StandardItemIdentification/cbc:ID/@schemeID",
            lambda x: x.gtin is not None and not x.gtin_scheme,
            lambda x: x.gtin,
        ),
    ),
    Rule(
        "4334",
        "El código GTIN no tiene la longitud de su tipo",
        each("cac:Item/cac:StandardItemIdentification/cbc:ID", _odd_gtin, lambda x: x.gtin),
    ),
    Rule(
        "4335",
        "El tipo de código GTIN no existe",
        each(
            "cac:Item/cac:StandardItemIdentification/cbc:ID/@schemeID",
            lambda x: bool(x.gtin_scheme) and x.gtin_scheme not in GTIN_LENGTHS,
            lambda x: x.gtin_scheme,
        ),
    ),
)
