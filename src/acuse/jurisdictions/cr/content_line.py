"""What only Costa Rica knows of a line, parsed once. Source: costa-rica.md 3.3 and 3.4."""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.document import Line, Tax
from acuse.domain.money import ZERO
from acuse.jurisdictions.cr import lists
from acuse.jurisdictions.cr.codes import TARIFFS, USUAL_TARIFF
from acuse.jurisdictions.cr.content import figure, told
from acuse.jurisdictions.cr.doubts import ALCOHOLIC
from acuse.jurisdictions.cr.specific import Specific

SERVICES = "56789"  # the first digit of a service's CABYS


def cabys(line: Line) -> str:
    """The product's code of thirteen digits."""
    return told(line.extra, "cabys")


def is_service(line: Line) -> bool:
    """Whether the line is a service: as told, else by its CABYS, else by its unit."""
    said = told(line.extra, "product_kind")
    if said:
        return said == "SERVICE"
    code = cabys(line)
    return code[0] in SERVICES if code else line.unit in lists.SERVICE_UNITS


def unit(line: Line) -> str:
    """The unit's code: Sp for a service and Unid for goods where none is told."""
    return line.unit or ("Sp" if is_service(line) else "Unid")


def code_of(tax: Tax) -> str:
    """Hacienda's code of a tax, "" for one that does not exist."""
    return lists.TAXES.get(tax.code, "")


def value_added(line: Line) -> Tax | None:
    """The line's IVA of whatever kind; None where it has none."""
    for tax in line.taxes:
        if code_of(tax) in lists.VALUE_ADDED:
            return tax
    return None


def others(line: Line) -> tuple[Tax, ...]:
    """The line's other taxes."""
    return tuple(tax for tax in line.taxes if code_of(tax) not in lists.VALUE_ADDED)


def tariff(line: Line) -> str:
    """The code of the IVA tariff: as told, else the usual one for its percentage, else ""."""
    said = told(line.extra, "tariff")
    if said:
        return said
    tax = value_added(line)
    if tax is None:
        return USUAL_TARIFF[ZERO] if is_free_by_factory(line) else ""
    return USUAL_TARIFF.get(tax.percent, "")


def rate(tariff_code: str) -> Decimal:
    """The rate of a tariff; 0 for one that does not exist."""
    return TARIFFS.get(tariff_code, ZERO)


def factor(line: Line) -> Decimal | None:
    """The factor of used goods."""
    return figure(line.extra, "vat_factor")


def factory(line: Line) -> str:
    """Whether IVA is or was collected at the factory, by its code; "" for no."""
    return told(line.extra, "factory_vat")


def is_free_by_factory(line: Line) -> bool:
    """Whether the factory collected the IVA before: the goods count as exempt."""
    return factory(line) == lists.FREE_BY_FACTORY


def told_base(line: Line) -> Decimal | None:
    """The base as the issuer says it, where he may: IVA of the factory, or of special reckoning."""
    base = figure(line.extra, "taxable_base")
    if base is None or factory(line) == lists.BY_FACTORY:
        return base
    tax = value_added(line)
    return base if tax is not None and code_of(tax) == lists.SPECIAL_IVA else None


def exonerated_points(line: Line) -> Decimal:
    """How many points of the tariff the customer is freed of; 0 for none."""
    return figure(line.extra, "exonerated_points") or ZERO


def is_assumed(line: Line) -> bool:
    """Whether the issuer bears the IVA, or collects it at the factory."""
    return bool(line.extra.get("tax_assumed")) or factory(line) == lists.BY_FACTORY


def is_alcoholic(line: Line) -> bool:
    """Whether the line sells an alcoholic drink: then the issuer's register is named."""
    taxed = any(code_of(tax) == lists.ALCOHOL for tax in line.taxes)
    return taxed or cabys(line).startswith(ALCOHOLIC) or any(map(is_alcoholic, line.components))


def specific(line: Line, tax: Tax) -> Specific:
    """How a specific tax of the line is counted."""
    extra = line.extra
    return Specific(
        quantity=figure(extra, "specific_quantity") or line.quantity,
        percent=figure(extra, "specific_percent") if code_of(tax) == lists.ALCOHOL else None,
        volume=figure(extra, "specific_volume") if code_of(tax) == lists.DRINKS else None,
        per_unit=ZERO if tax.per_unit is None else tax.per_unit,
        amount=figure(extra, "specific_amount"),
    )


def paid_tax(line: Line) -> Decimal | None:
    """What of a payment is IVA, where the issuer says it (a recibo de pago)."""
    return figure(line.extra, "paid_tax")


def serials(line: Line) -> tuple[str, ...]:
    """Numbers of chassis or series of what is sold."""
    text = told(line.extra, "serial_numbers")
    return tuple(one.strip() for one in text.split(";") if one.strip())
