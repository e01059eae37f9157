"""Which column of a table of contacts holds what: guessed by its heading, settled by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from acuse.domain.catalogue import plain
from acuse.domain.catalogue_file import Cell, Row
from acuse.domain.problem import Problem
from acuse.domain.told_identity import kind_named
from acuse.domain.traits import Scope, Traits

HEADER_WITHIN = 10  # a title may stand above the names of the columns
OWN = "extra-"  # before the name of a field that only the country knows


class Column(StrEnum):
    """What a column may hold; a country's own fields come besides."""

    KIND = "kind"
    NUMBER = "number"
    DIGIT = "digit"
    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    EMAILS = "emails"
    PHONE = "phone"
    ADDRESS = "address"
    PLACE = "place"
    DISTRICT = "district"
    CITY = "city"
    REGION = "region"
    WISH = "wish"


LABELS = {
    Column.KIND: "Tipo de identificación",
    Column.NUMBER: "Número de identificación",
    Column.DIGIT: "Dígito de verificación",
    Column.NAME: "Nombre o razón social",
    Column.GIVEN: "Nombres",
    Column.FAMILY: "Apellidos",
    Column.EMAILS: "Correos",
    Column.PHONE: "Teléfono",
    Column.ADDRESS: "Dirección",
    Column.DISTRICT: "Distrito o barrio",
    Column.CITY: "Ciudad, provincia o cantón",
    Column.REGION: "Departamento o región",
    Column.WISH: "Envío automático",
}

SEVERAL = frozenset({Column.GIVEN, Column.FAMILY, Column.EMAILS})  # joined in the file's order

# Headings of other programs' files, surest first; figures at their end do not count.
HEADINGS: Mapping[Column, Sequence[str]] = {
    Column.KIND: (
        "tipo de identificacion",
        "tipo identificacion",
        "tipo de documento",
        "tipo documento",
        "tipo de documento de identidad",
        "tipo doc",
        "identification type",
        "document type",
        "tipo",
    ),
    Column.NUMBER: (
        "numero de identificacion",
        "numero identificacion",
        "identificacion",
        "nit",
        "ruc",
        "cedula",
        "cedula juridica",
        "nit o cedula",
        "nit cedula",
        "cedula nit",
        "ruc dni",
        "dni ruc",
        "dni",
        "numero de documento",
        "numero documento",
        "nro documento",
        "nro de documento",
        "no identificacion",
        "documento",
        "identification",
        "identification number",
        "tax id",
        "id fiscal",
    ),
    Column.DIGIT: ("digito de verificacion", "digito verificacion", "dv", "check digit"),
    Column.NAME: (
        "nombre o razon social",
        "nombre razon social",
        "razon social",
        "razon social nombre",
        "nombre completo",
        "nombre del cliente",
        "cliente",
        "nombre",
        "nombres y apellidos",
        "nombre y apellidos",
        "apellidos y nombres",
        "contacto",
        "tercero",
        "empresa",
        "company name",
        "company",
        "full name",
        "name",
    ),
    Column.GIVEN: ("nombres", "primer nombre", "segundo nombre", "first name", "second name"),
    Column.FAMILY: (
        "apellidos",
        "apellido",
        "primer apellido",
        "segundo apellido",
        "apellido paterno",
        "apellido materno",
        "last name",
    ),
    Column.EMAILS: (
        "correo electronico",
        "correos electronicos",
        "correo",
        "correos",
        "email",
        "e mail",
        "emails",
        "mail",
        "correo de facturacion",
        "correo facturacion",
        "correo facturacion electronica",
        "correo electronico de facturacion",
        "correo secundario",
        "email secundario",
        "correo adicional",
        "correo electronico adicional",
        "correo electronico secundario",
        "email address",
    ),
    Column.PHONE: (
        "telefono",
        "telefono principal",
        "telefono fijo",
        "celular",
        "movil",
        "telefono celular",
        "telefono movil",
        "phone",
        "mobile",
    ),
    Column.ADDRESS: (
        "direccion",
        "direccion fiscal",
        "domicilio fiscal",
        "domicilio",
        "direccion exacta",
        "otras senas",
        "address",
    ),
    Column.PLACE: (
        "ubigeo",
        "codigo de municipio",
        "codigo municipio",
        "codigo dane",
        "codigo ubigeo",
        "codigo de ubicacion",
        "municipio",
        "ciudad municipio",
    ),
    Column.DISTRICT: ("distrito", "barrio", "district"),
    Column.CITY: ("ciudad", "canton", "provincia", "city"),
    Column.REGION: ("departamento", "region", "estado", "state"),
    Column.WISH: ("envio automatico", "enviar documentos electronicos", "envio de correo"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A file's table: the line of its headings, and the rows below that are not blank."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What each column holds, "" for what is left out; the kind of identities that tell none."""

    columns: tuple[str, ...]
    kind: str = ""


def table(rows: Sequence[Row]) -> Table:
    """The rows below the headings: the line, of the first ones, that names the most columns."""
    told = [(line, kept) for line, cells in rows if (kept := _kept(cells))]
    if not told:
        return Table((), ())
    first = told[:HEADER_WITHIN]
    known = [sum(_known(cell) is not None for cell in cells) for _, cells in first]
    at = known.index(max(known))
    headings = [" ".join(str(cell).split()) for cell in first[at][1]]
    below = tuple(told[at + 1 :])
    widest = max((len(cells) for _, cells in below), default=0)
    headings += [""] * (widest - len(headings))
    return Table(tuple(headings), below)


def guess(headings: Sequence[str], traits: Traits) -> Layout:
    """What the columns hold by their headings: each thing once, but for what may stand in several.

    "Nombre" beside "Apellidos" is the name that one is given; numbers under "RUC" are of that kind.
    """
    found: list[str] = [""] * len(headings)
    labels = _labels(traits)
    places = {
        one: _places(headings, (*names, _heading(labels[one]))) for one, names in HEADINGS.items()
    }
    for one, at in places.items():
        for place in at if one in SEVERAL else at[:1]:
            found[place] = one.value
    for spec in traits.own(Scope.CUSTOMER):
        for place in _places(headings, (plain(spec.label),)):
            found[place] = found[place] or OWN + spec.name
    name = found.index(Column.NAME.value) if Column.NAME.value in found else None
    if name is not None and Column.FAMILY.value in found and _heading(headings[name]) == "nombre":
        found[name] = Column.GIVEN.value
    number = headings[found.index(Column.NUMBER)] if Column.NUMBER in found else ""
    return Layout(tuple(found), kind_named(number, traits.tax_ids) or "")


def choices(traits: Traits) -> tuple[tuple[str, str], ...]:
    """What a column may be said to hold, in words; "" first."""
    labels = _labels(traits)
    own = ((OWN + spec.name, spec.label) for spec in traits.own(Scope.CUSTOMER))
    return ("", "No importar"), *((one.value, labels[one]) for one in Column), *own


def layout_problems(layout: Layout, table: Table, traits: Traits) -> Iterator[Problem]:
    """What keeps the table from being read so: a thing told twice, or a needed one never."""
    known = {key for key, _ in choices(traits)}
    labels = dict(choices(traits))
    for key in sorted({one for one in layout.columns if one}):
        if key not in known:
            yield Problem("columns", "XX-IMP-2", f"No hay un dato que se llame «{key[:30]}».")
        elif layout.columns.count(key) > 1 and key not in SEVERAL:
            text = f"Dos columnas dicen ser «{labels[key]}». Deja una."
            yield Problem("columns", "XX-IMP-2", text)
    if Column.NUMBER not in layout.columns:
        yield Problem("columns", "XX-IMP-2", "Di qué columna tiene el número de identificación.")
    if not {Column.NAME.value, Column.GIVEN.value, Column.FAMILY.value} & set(layout.columns):
        yield Problem("columns", "XX-IMP-2", "Di qué columna tiene el nombre o la razón social.")
    if layout.kind and layout.kind not in {one.key for one in traits.tax_ids}:
        yield Problem("kind", "XX-IMP-2", f"No hay un tipo «{layout.kind[:20]}».")
    if not table.rows:
        text = "El archivo no tiene ninguna fila debajo de los nombres de las columnas."
        yield Problem("file", "XX-IMP-1", text)


def _labels(traits: Traits) -> dict[Column, str]:
    return {**LABELS, Column.PLACE: traits.words.place}


def _kept(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells without the blank ones at the end, which a workbook has as many as it likes."""
    last = max((n for n, cell in enumerate(cells, start=1) if str(cell).strip()), default=0)
    return tuple(cells[:last])


def _places(headings: Sequence[str], names: Sequence[str]) -> list[int]:
    """The columns with one of the names, the surest name's first."""
    said = [_heading(one) for one in headings]
    return sorted(
        (place for place, one in enumerate(said) if one in names),
        key=lambda place: (names.index(said[place]), place),
    )


def _known(cell: Cell) -> Column | None:
    said = _heading(str(cell)[:100])
    return next((one for one, names in HEADINGS.items() if said in names), None)


def _heading(text: str) -> str:
    return plain(text[:100]).rstrip("0123456789 ")
