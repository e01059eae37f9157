"""The fields of one line of a document's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from acuse.domain.parts import Part
from acuse.domain.traits import FieldSpec, KindTraits, Lines, Scope, Traits
from acuse.web.documents import kept
from acuse.web.documents.fields import ADJUSTED, Folded, folded
from acuse.web.inputs import Filled, Input, Lookup, offered

IN_THE_OPEN = 4  # more fields of its own than that would bury the line
MOST_TAXES = 10
NO_TAX = ("", "Sin impuesto")


@dataclass(frozen=True, slots=True)
class LineInputs:
    """One line: what all countries have, the country's own, and what few lines need.

    `kept` is what the line says and the form has no field for, as JSON; `words` tell of it.
    """

    index: int
    common: tuple[Input, ...]
    own: tuple[Input, ...]
    more: Folded
    kept: str = ""
    words: tuple[str, ...] = ()


def line(
    index: int,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    traits: Traits,
    kind: KindTraits,
    told: Mapping[str, str] | None = None,
) -> LineInputs:
    """The inputs of one line of a document of that kind; `told`: what catalogues say of codes."""
    form, of = Filled(values, errors), f"items-{index}-"
    own = traits.own(Scope.LINE, kind.kind)
    if kind.lines is Lines.PAYMENTS:
        return LineInputs(index, _payment(form, of), form.own(own, f"{of}extra-"), folded(()))
    taxes = _taxes(form, of, traits) if kind.lines is Lines.SALES else ()
    open_ = own if len(own) <= IN_THE_OPEN else tuple(spec for spec in own if spec.required)
    rest = tuple(spec for spec in own if spec not in open_)
    defaults = {f"{of}extra-{spec.name}": spec.default for spec in rest}
    defaults[f"{of}code"] = values.get(f"{of}code", "")  # harmless: nobody must see it to decide
    rare = _rest(form, of, traits) if taxes else (form.input(f"{of}code", "Código"),)
    return LineInputs(
        index,
        (*_goods(form, of, traits), *(_price(form, of, traits, taxes[0]) if taxes else ())),
        _own(form, of, open_, told or {}),
        folded((*taxes[1:], *rare, *_own(form, of, rest, told or {})), defaults),
        values.get(f"{of}kept", ""),
        kept.words(values.get(f"{of}kept", "")),
    )


def _own(
    form: Filled, of: str, specs: tuple[FieldSpec, ...], told: Mapping[str, str]
) -> tuple[Input, ...]:
    """The country's own fields, those with a catalogue as fields that are looked up."""
    found = form.own(specs, f"{of}extra-")
    return tuple(
        replace(one, lookup=_lookup(of, spec), told=told.get(one.value.strip(), ""))
        for one, spec in zip(found, specs, strict=True)
    )


def _lookup(of: str, spec: FieldSpec) -> Lookup | None:
    catalogue = spec.catalogue
    if catalogue is None:
        return None
    settled, nature = (
        f"{of}extra-{name}" if name else ""
        for name in (catalogue.rate_field, catalogue.nature_field)
    )
    return Lookup(catalogue.name, catalogue.title, tax_name(of, 0), settled, nature)


def _goods(form: Filled, of: str, traits: Traits) -> tuple[Input, ...]:
    unit = form.values.get(f"{of}unit", traits.units[0][0])
    return (
        form.input(f"{of}name", "Producto o servicio", required=True),
        form.input(f"{of}quantity", "Cantidad", "1"),
        form.input(
            f"{of}unit",
            "Unidad",
            traits.units[0][0],
            choices=offered(traits.units, unit, unit or "—"),
        ),
    )


def _price(form: Filled, of: str, traits: Traits, tax: Input) -> tuple[Input, ...]:
    price = "Precio" if Part.TAX_INCLUDED in traits.parts else "Precio sin impuesto"
    return (
        form.input(f"{of}price", price, required=True),
        form.input(f"{of}discount", "Desc. %"),
        tax,
    )


def _payment(form: Filled, of: str) -> tuple[Input, ...]:
    return (
        form.input(f"{of}name", "Documento relacionado", required=True),
        form.input(f"{of}price", "Importe pagado", required=True),
    )


def tax_name(of: str, index: int) -> str:
    """The name of a line's first, second … tax."""
    return f"{of}tax-{index}" if index else f"{of}tax"


def unit_name(of: str, index: int) -> str:
    """The name of what its first, second … tax is of one unit."""
    return f"{of}perunit-{index}" if index else f"{of}perunit"


def _taxes(form: Filled, of: str, traits: Traits) -> tuple[Input, ...]:
    """The first tax, then a further one where the country has several, and per-unit amounts."""
    choices = tuple((f"{code}|{percent}", words) for code, percent, words in traits.taxes)
    several = len({code for code, _, _ in traits.taxes}) > 1
    first = choices[0][0]
    found = [_tax(form, tax_name(of, 0), (*choices, NO_TAX) if several else choices, first)]
    told = [n for n in range(1, MOST_TAXES) if form.values.get(tax_name(of, n))]
    places = range(1, max(told, default=0) + (2 if several else 1))
    found += [_tax(form, tax_name(of, place), (NO_TAX, *choices), "") for place in places]
    if Part.UNIT_TAXES in traits.parts:
        only = "Solo de los impuestos que se cuentan por unidad."
        for place in range(len(found)):
            label = f"Impuesto por unidad{f' {place + 1}' if place else ''}"
            found.append(form.input(unit_name(of, place), label, help=only))
    return tuple(found)


def _tax(form: Filled, name: str, choices: tuple[tuple[str, str], ...], default: str) -> Input:
    value = form.values.get(name, default)
    words = value.replace("|", " ") + " %" if value else NO_TAX[1]
    label = "Impuesto" if default else "Otro impuesto o retención"
    return form.input(name, label, default, choices=offered(choices, value, words))


def _rest(form: Filled, of: str, traits: Traits) -> tuple[Input, ...]:
    found = [
        form.input(f"{of}code", "Código"),
        form.input(f"{of}discount_amount", "Descuento, en dinero"),
        form.input(f"{of}discount_reason", "Motivo del descuento"),
    ]
    if Part.LINE_CHARGES in traits.parts:
        found.append(form.input(f"{of}charge", "Cargo", help=ADJUSTED))
        found.append(form.input(f"{of}charge_reason", "Motivo del cargo"))
    return tuple(found)
