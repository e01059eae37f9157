"""An authority's file of a catalogue, read row by row: every entry, or all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from acuse.domain.catalogue import Catalogue, Entry, Nature, plain
from acuse.domain.problem import Blocked, Problem
from acuse.domain.text import clean, one_line_of

Cell = str | Decimal  # a number only where the file says that it is one
Row = tuple[int, Sequence[Cell]]  # its line in the file, from 1 on

MOST_TOLD = 20
HEADER_WITHIN = 30  # titles and notes may stand above the names of the columns
LONGEST = 2000
LARGEST_RATE = Decimal(100)
RATE = re.compile(r"(?:iva )?([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?(%?)")
FREE = {"exento", "exenta", "exentos", "exentas", "no sujeto", "no sujeta"}
UNTOLD = {"", "na", "n a", "no aplica", "nd", "n d"}
NATURES = {
    "bien": Nature.GOODS,
    "bienes": Nature.GOODS,
    "mercancia": Nature.GOODS,
    "goods": Nature.GOODS,
    "servicio": Nature.SERVICE,
    "servicios": Nature.SERVICE,
    "service": Nature.SERVICE,
}


@dataclass(frozen=True, slots=True)
class _Places:
    """In which column each thing stands; None for what the file does not have."""

    code: int
    description: int
    rate: int | None
    nature: int | None


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    catalogue: Catalogue
    places: _Places
    entries: dict[str, tuple[int, Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(rows: Iterable[Row], catalogue: Catalogue) -> tuple[Entry, ...]:
    """The file's entries, in its order. Raises Blocked: half a catalogue is none."""
    following = iter(rows)
    reading = _Reading(catalogue, _header(following, catalogue))
    for line, cells in following:
        _take(reading, line, cells)
    if reading.problems:
        raise Blocked(_told(reading.problems))
    if not reading.entries:
        raise Blocked([_empty()])
    return tuple(entry for _, entry in reading.entries.values())


def rate_of(cell: Cell, usual: Sequence[Decimal]) -> Decimal | None:
    """The percentage in a cell; None where it tells none. Raises ValueError.

    "13%", "13", "0.13" and the number 0.13 are the same; what is under 1 and no usual rate is a
    fraction of 1.
    """
    told = f"{cell:f}" if isinstance(cell, Decimal) else " ".join(cell.casefold().split())
    if plain(told) in UNTOLD:
        return None
    if plain(told) in FREE:
        return Decimal(0)
    found = RATE.fullmatch(told)
    if found is None:
        raise ValueError(told)
    figure = Decimal(found[1].replace(",", "."))
    if not found[2] and figure < 1 and figure not in usual:
        figure *= 100
    if figure > LARGEST_RATE:
        raise ValueError(told)
    return figure.quantize(Decimal("0.001")).normalize() + 0


def _header(rows: Iterator[Row], catalogue: Catalogue) -> _Places:
    names = catalogue.columns
    for _, (_, cells) in zip(range(HEADER_WITHIN), rows, strict=False):
        titles = [plain(cell) if isinstance(cell, str) else "" for cell in cells]
        code = _place(titles, names.code)
        if code is None:
            continue
        description = _place(titles, names.description, after=code)
        if description is not None:
            rate, nature = _place(titles, names.rate), _place(titles, names.nature)
            return _Places(code, description, rate, nature)
    raise Blocked([_no_header(catalogue)])


def _place(titles: Sequence[str], names: Sequence[str], *, after: int = -1) -> int | None:
    """The column of the surest name; of two with one name, the first after the code's."""
    for name in names:
        places = [place for place, title in enumerate(titles) if title == name]
        if places:
            return next((place for place in places if place > after), places[0])
    return None


def _take(reading: _Reading, line: int, cells: Sequence[Cell]) -> None:
    def cell(place: int | None) -> Cell:
        return cells[place] if place is not None and place < len(cells) else ""

    places, catalogue = reading.places, reading.catalogue
    code, described = _code(cell(places.code), catalogue), str(cell(places.description)).strip()
    if not code and not described:
        return  # a note between the rows
    if len(code) != catalogue.digits or not (code.isascii() and code.isdigit()):
        reading.problems.append(_bad_code(line, code, catalogue))
        return
    description = clean(described, field=f"rows.{line}", longest=LONGEST)
    if isinstance(description, Problem) or not description:
        reading.problems.append(_bad_description(line, code))
        return
    try:
        rate = rate_of(cell(places.rate), catalogue.rates)
    except ValueError:
        reading.problems.append(_bad_rate(line, str(cell(places.rate))))
        return
    nature = NATURES.get(plain(str(cell(places.nature)))) or catalogue.nature(code)
    _keep(reading, line, Entry(code, description, rate, nature))


def _keep(reading: _Reading, line: int, entry: Entry) -> None:
    before = reading.entries.setdefault(entry.code, (line, entry))
    if before[1] != entry:
        reading.problems.append(_twice(line, entry.code, before[0]))


def _code(cell: Cell, catalogue: Catalogue) -> str:
    """The code as told; a spreadsheet that took it for a number lost the zeros before it."""
    if isinstance(cell, Decimal):
        return f"{cell:f}".removesuffix(".0").zfill(catalogue.digits)
    return cell.strip().removeprefix("'")


def _told(problems: Sequence[Problem]) -> Sequence[Problem]:
    more = len(problems) - MOST_TOLD
    if more <= 0:
        return problems
    text = f"Y {more} líneas más con algo por corregir. Empieza por las de arriba."
    return [*problems[:MOST_TOLD], Problem("rows", "XX-CAT-7", text)]


def _no_header(catalogue: Catalogue) -> Problem:
    return Problem(
        "rows",
        "XX-CAT-2",
        f"En las primeras {HEADER_WITHIN} líneas no hay una con los nombres de las columnas del "
        f"código y de la descripción del {catalogue.title}. Deja los nombres como los da el "
        "archivo oficial, o llámalas «Código», «Descripción» e «Impuesto».",
    )


def _bad_code(line: int, code: str, catalogue: Catalogue) -> Problem:
    text = f"Línea {line}: el código «{one_line_of(code, 20)}» no es de {catalogue.digits} dígitos."
    hint = "Si la hoja de cálculo perdió el cero inicial, da formato de texto a la columna."
    return Problem(f"rows.{line}", "XX-CAT-3", f"{text} {hint}")


def _bad_description(line: int, code: str) -> Problem:
    text = f"Línea {line}: al código {code} le falta una descripción que se pueda leer."
    return Problem(f"rows.{line}", "XX-CAT-4", f"{text} Complétala en el archivo.")


def _bad_rate(line: int, told: str) -> Problem:
    text = f"Línea {line}: el impuesto «{one_line_of(told, 20)}» no se entiende."
    return Problem(f"rows.{line}", "XX-CAT-5", f"{text} Escribe 13%, 0.13, Exento, o nada.")


def _twice(line: int, code: str, before: int) -> Problem:
    text = f"Línea {line}: el código {code} ya está en la línea {before}, y dice otra cosa."
    return Problem(f"rows.{line}", "XX-CAT-6", f"{text} Deja una de las dos.")


def _empty() -> Problem:
    text = "El archivo no tiene ningún código: no se cambió nada. Revisa que sea el completo."
    return Problem("rows", "XX-CAT-8", text)
