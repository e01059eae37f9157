"""Lines: numbers, quantities, prices, discounts, products. Source: colombia.md 3, 3b and 10."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from acuse_sandbox.dian.rulebook import codes
from acuse_sandbox.dian.rulebook.nodes import ZERO, Node
from acuse_sandbox.dian.rulebook.rule import Case, Check, Rule, by_line, notifies, rejects, when
from acuse_sandbox.dian.rulebook.rules_totals import (
    ALLOWANCE,
    amount_is_wrong,
    indicator_is_wrong,
    is_charge,
    percent_is_wrong,
)

PRICE = "cac:Price"
REFERENCE = "cac:PricingReference/cac:AlternativeConditionPrice"
AMOUNT = "cbc:LineExtensionAmount"
NOTE_LENGTH = range(20, 5001)
PRICE_TYPES = frozenset({"01", "02", "03"})
PESO = Decimal(1)
NOT_BOUGHT = ("F", "C", "D", "DE", "NA")
BOUGHT = ("DS", "NS")


def _ids_are_not_consecutive(case: Case) -> bool:
    told = [line.value("cbc:ID") for line in case.lines]
    return told != [str(ordinal) for ordinal in range(1, len(told) + 1)]


def _note_is_short_or_long(case: Case, line: Node) -> bool:
    return any(len(one.text.strip()) not in NOTE_LENGTH for one in line.all("cbc:Note"))


def _quantity_is_negative(case: Case, line: Node) -> bool:
    return line.amount(case.kind.quantity) < ZERO


def _unit_is_unknown(case: Case, line: Node) -> bool:
    return line.attribute(case.kind.quantity, "unitCode") not in codes.UNITS


def _amount_differs(case: Case, line: Node) -> bool:
    """The BaseQuantity is the quantity sold here, not UBL's divisor."""
    counted = line.amount(f"{PRICE}/cbc:PriceAmount") * line.amount(f"{PRICE}/cbc:BaseQuantity")
    for one in line.all(ALLOWANCE):
        amount = one.amount("cbc:Amount")
        counted += amount if is_charge(one) else -amount
    has_price = line.has(f"{PRICE}/cbc:PriceAmount") and line.has(f"{PRICE}/cbc:BaseQuantity")
    return has_price and abs(line.amount(AMOUNT) - counted) >= PESO


def _is_free(line: Node) -> bool:
    if line.value("cbc:FreeOfChargeIndicator") == "true":
        return True
    return line.amount(AMOUNT) == ZERO and line.amount(f"{PRICE}/cbc:PriceAmount") == ZERO


def _has_no_reference_price(case: Case, line: Node) -> bool:
    return _is_free(line) and not line.has(REFERENCE)


def _reference_price_is_nothing(case: Case, line: Node) -> bool:
    price = line.first(REFERENCE)
    return price is not None and price.amount("cbc:PriceAmount") <= ZERO


def _reference_type_is_unknown(case: Case, line: Node) -> bool:
    price = line.first(REFERENCE)
    return price is not None and price.value("cbc:PriceTypeCode") not in PRICE_TYPES


def _has_no_product_code(case: Case, line: Node) -> bool:
    return not line.value("cac:Item/cac:StandardItemIdentification/cbc:ID")


def _has_no_description(case: Case, line: Node) -> bool:
    return not line.value("cac:Item/cbc:Description")


def _price_lacks(has: Callable[[Node], bool]) -> Check:
    """A check of a price that is there."""
    return by_line(lambda _, line: line.has(PRICE) and not has(line.at(PRICE)))


def _any_allowance(fails: Callable[[Node], bool]) -> Check:
    return by_line(lambda _, line: any(map(fails, line.all(ALLOWANCE))))


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("AV01", rejects(), "El documento no tiene líneas", when(lambda c: not c.lines)),
    Rule("AV02", rejects(*NOT_BOUGHT), "Las líneas no están numeradas de 1 en adelante",
         when(_ids_are_not_consecutive)),
    Rule("AV02b", rejects(*BOUGHT), "Las líneas no están numeradas de 1 en adelante",
         when(_ids_are_not_consecutive)),
    Rule("AV03", rejects(), "La nota de la línea no tiene entre 20 y 5000 letras",
         by_line(_note_is_short_or_long)),
    Rule("AV04b", rejects(), "La cantidad de la línea es negativa",
         by_line(_quantity_is_negative)),
    Rule("AV05", rejects(), "La unidad de la línea no está en la lista",
         by_line(_unit_is_unknown)),
    Rule("AV06", rejects(), "El valor de la línea no es precio por cantidad y sus descuentos",
         by_line(_amount_differs)),
    Rule("AW01", rejects(), "La línea sin costo no dice su precio de referencia",
         by_line(_has_no_reference_price)),
    Rule("AW03", rejects(), "El precio de referencia de la línea es cero",
         by_line(_reference_price_is_nothing)),
    Rule("AW05", rejects(), "El tipo del precio de referencia no es 01, 02 ni 03",
         by_line(_reference_type_is_unknown)),
    Rule("AZ02", rejects(), "Falta la descripción de la línea", by_line(_has_no_description)),
    Rule("AZ09", notifies(), "No se informó el código del producto o servicio",
         by_line(_has_no_product_code)),
    Rule("BB01", rejects(), "Falta el precio de la línea",
         by_line(lambda _, line: not line.has(PRICE))),
    Rule("BB02", rejects(), "Falta el valor del precio de la línea",
         _price_lacks(lambda price: price.number("cbc:PriceAmount") is not None)),
    Rule("BB03", rejects(), "La moneda del precio no es la del documento",
         by_line(lambda case, line: line.has(f"{PRICE}/cbc:PriceAmount")
                 and line.attribute(f"{PRICE}/cbc:PriceAmount", "currencyID")
                 != case.root.value("cbc:DocumentCurrencyCode"))),
    Rule("BB04", rejects(), "Falta la cantidad a la que va el precio",
         _price_lacks(lambda price: price.number("cbc:BaseQuantity") is not None)),
    Rule("BB05", rejects(), "Falta la unidad de la cantidad a la que va el precio",
         _price_lacks(lambda price: not price.has("cbc:BaseQuantity")
                      or bool(price.attribute("cbc:BaseQuantity", "unitCode")))),
    Rule("BE03", rejects(), "Un descuento o cargo de la línea no dice cuál de los dos es",
         _any_allowance(indicator_is_wrong)),
    Rule("BE04", rejects(), "Falta el motivo de un descuento o cargo de la línea",
         _any_allowance(lambda one: not one.value("cbc:AllowanceChargeReason"))),
    Rule("BE05", rejects(), "El porcentaje de un descuento o cargo de la línea falta",
         _any_allowance(percent_is_wrong)),
    Rule("BE06", rejects(), "El valor de un descuento o cargo de la línea no es su porcentaje",
         _any_allowance(amount_is_wrong)),
    Rule("BE08", rejects(), "Falta la base de un descuento o cargo de la línea",
         _any_allowance(lambda one: not one.has("cbc:BaseAmount"))),
)
# fmt: on
