"""The country's own fields (`extra`) of the document format, as its traits declare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acuse.domain.intake_fields import Fields
from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import FieldSpec, FieldType, Scope, Traits


def own_fields(
    fields: Fields, scope: Scope, traits: Traits, kind: DocumentKind | None = None
) -> Mapping[str, Any]:
    """What only this country knows, as its traits declare it; what is not given is left out.

    With a kind, what belongs to other kinds of document is refused.
    """
    specs = traits.own(scope, kind)
    inner = fields.child("extra")
    found = _each(fields, inner, specs)
    if inner is None:
        return found
    known = {spec.name for spec in specs}
    for name, declared in _by_name(traits.own(scope)).items():
        if inner.take(name) not in (None, "") and name not in known:
            inner.wrong(name, "24", _of_others(declared, traits, kind))
    inner.finish()
    return found


def fields_of(fields: Fields, specs: tuple[FieldSpec, ...]) -> Mapping[str, Any]:
    """What `extra` says of exactly these fields; what is not given is left out."""
    inner = fields.child("extra")
    found = _each(fields, inner, specs)
    if inner is not None:
        inner.finish()
    return found


def _each(fields: Fields, inner: Fields | None, specs: tuple[FieldSpec, ...]) -> dict[str, Any]:
    """The fields' values by their declared types; `inner` is `extra`, where there is one."""
    found: dict[str, Any] = {}
    for spec in specs:
        if inner is not None and inner.given(spec.name):
            value = _own(inner, spec)
            if value not in (None, ""):
                found[spec.name] = value
        elif spec.required:
            fields.wrong(f"extra.{spec.name}", "1", f"Falta «{spec.name}» ({spec.label}).")
    return found


def _by_name(specs: tuple[FieldSpec, ...]) -> dict[str, list[FieldSpec]]:
    """The fields by their keys: one may be declared for several kinds, each with its choices."""
    found: dict[str, list[FieldSpec]] = {}
    for spec in specs:
        found.setdefault(spec.name, []).append(spec)
    return found


def _of_others(declared: list[FieldSpec], traits: Traits, kind: DocumentKind | None) -> str:
    """That the field belongs to other kinds of document than this one, and to which."""
    named = {one.kind: one.name for one in traits.kinds}
    kinds = frozenset[DocumentKind]().union(*(spec.kinds for spec in declared))
    theirs = ", ".join(name for one, name in named.items() if one in kinds)
    ours = named.get(kind, "") if kind else ""
    spec = declared[0]
    return f"«{spec.name}» ({spec.label}) no va en «{ours}»: es de {theirs}. Quítalo."


def _own(fields: Fields, spec: FieldSpec) -> object:
    """One of the country's own fields, read by its declared type."""
    match spec.type:
        case FieldType.TEXT:
            return fields.text(spec.name, 500)
        case FieldType.DECIMAL:
            return fields.figure(spec.name)
        case FieldType.INTEGER:
            value = fields.figure(spec.name)
            if value is not None and value != value.to_integral_value():
                fields.wrong(spec.name, "3", f"«{spec.name}» dice {value}. Escribe un entero.")
                return None
            return None if value is None else int(value)
        case FieldType.DATE:
            return fields.day(spec.name)
        case FieldType.BOOLEAN:
            return fields.flag(spec.name, False)
        case FieldType.CHOICE:
            return fields.choice(spec.name, {code: code for code, _ in spec.choices}, "")
