"""A table of contacts, read row by row: a contact with what was changed in it, or what is wrong.

Source: product.md 5.5; the addresses by mail.md 1 and 2.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from acuse.domain.catalogue import plain
from acuse.domain.catalogue_file import Cell
from acuse.domain.contact_cells import number_of, text_of
from acuse.domain.contact_columns import OWN, Column, Layout, Table
from acuse.domain.contact_mails import NOBODY, Holders, Mails, Note, read_mails, shared
from acuse.domain.email import Decision
from acuse.domain.party import Address, Customer, TaxId, Wish
from acuse.domain.problem import Problem
from acuse.domain.text import clean, one_line_of
from acuse.domain.told_identity import KIND, NUMBER, ToldIdentity, kind_named
from acuse.domain.traits import FieldSpec, FieldType, Scope, Traits

LONGEST = {  # as the contact's form has it
    Column.KIND: 60,
    Column.NUMBER: 32,
    Column.DIGIT: 20,
    Column.NAME: 1500,
    Column.GIVEN: 1500,
    Column.FAMILY: 1500,
    Column.PHONE: 32,
    Column.ADDRESS: 300,
    Column.PLACE: 60,
    Column.DISTRICT: 100,
    Column.CITY: 100,
    Column.REGION: 100,
    Column.WISH: 40,
}
LONGEST_OWN = 60
SERIOUS = frozenset({Decision.NO, Decision.ASK, Decision.WARN})
NEVER = frozenset({"nunca", "no", "never", "false", "falso"})
AS_COMPANY = frozenset({"como la empresa", "si", "as company", "true", "verdadero", "siempre"})


@dataclass(frozen=True, slots=True)
class Country:
    """What the reading asks of the country, and the company's own addresses."""

    traits: Traits
    identify: Callable[[ToldIdentity], TaxId | Problem]
    place: Callable[[str], str | Problem]
    own: Collection[str] = ()
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read: `customer` is None where `problems` say why.

    `told` are the columns that say something in this row: of a known contact no other changes.
    """

    line: int
    cells: tuple[Cell, ...]
    customer: Customer | None = None
    told: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> str | None:
        """The key of the identity; None for a row with problems."""
        return self.customer.tax_id.key if self.customer else None

    @property
    def doubtful(self) -> bool:
        """Whether something was said of it that is worth a second look."""
        return any(note.decision in SERIOUS for note in self.notes)


@dataclass(slots=True)
class _Cells:
    """The cells of one row by what they hold, with what is wrong so far."""

    found: dict[str, list[Cell]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def text(self, column: str, longest: int) -> str:
        """What the columns of that name say, joined; "" with a problem where it cannot be kept."""
        if column not in self.found:
            return ""
        told = " ".join(text_of(cell) for cell in self.found[column])
        cleaned = clean(told, field=column, longest=longest)
        if isinstance(cleaned, Problem):
            self.problems.append(cleaned)
            return ""
        return cleaned

    def number(self, column: Column) -> tuple[str, bool]:
        """A number that names something, and whether the file held a figure."""
        if column not in self.found:
            return "", False
        number = number_of(self.found[column][0], field=column, longest=LONGEST[column])
        if isinstance(number, Problem):
            self.problems.append(number)
            return "", False
        return number


def read(
    table: Table,
    layout: Layout,
    country: Country,
    *,
    taken: Collection[str] = (),
    held: Holders = NOBODY,
) -> tuple[ReadRow, ...]:
    """Every row of the table, in its order. `taken` are addresses that a person stands by.

    An address that many contacts share, with those that `held` it before, is doubted as a filler
    is: whoever it belongs to would get the documents of all. Who holds it keeps it.
    """
    rows = tuple(_row(line, cells, layout, country, taken) for line, cells in table.rows)
    many = shared(_holders(rows), held) - {one.casefold() for one in taken}
    return _told_once([_without(row, many, held) for row in rows])


def _row(
    line: int, cells: Sequence[Cell], layout: Layout, country: Country, taken: Collection[str]
) -> ReadRow:
    found: dict[str, list[Cell]] = {}
    for column, cell in zip(layout.columns, cells, strict=False):
        if column and str(cell).strip():
            found.setdefault(column, []).append(cell)
    row = _Cells(found)
    tax_id = _identity(row, layout, country)
    name = _name(row)
    mails = _mails(row, country, taken)
    customer = Customer(
        tax_id=tax_id or TaxId("", ""),
        name=name,
        emails=mails.accepted,
        address=_address(row, country),
        phone=row.text(Column.PHONE, LONGEST[Column.PHONE]),
        wish=_wish(row),
        extra=_own(row, country.traits),
    )
    told = frozenset(found) - ({Column.EMAILS} if not mails.accepted else frozenset())
    return ReadRow(
        line,
        tuple(cells),
        None if row.problems else customer,
        told,
        (*row.notes, *mails.notes),
        tuple(row.problems),
    )


def _identity(row: _Cells, layout: Layout, country: Country) -> TaxId | None:
    number, figure = row.number(Column.NUMBER)
    digit, _ = row.number(Column.DIGIT)
    said = row.text(Column.KIND, LONGEST[Column.KIND])
    kind = kind_named(said, country.traits.tax_ids)
    if kind is None:
        known = ", ".join(one.key for one in country.traits.tax_ids)
        text = f"El tipo de identificación «{one_line_of(said, 30)}» no existe. Usa: {known}."
        row.problems.append(Problem(KIND, "XX-IMP-5", text))
        return None
    if not number:
        if not any(one.field == Column.NUMBER for one in row.problems):
            text = "Falta el número de identificación. Complétalo."
            row.problems.append(Problem(NUMBER, "XX-IMP-3", text))
        return None
    digit = digit if any(map(str.isdigit, digit)) else ""
    made = country.identify(ToldIdentity(number, kind, digit, figure))
    if isinstance(made, Problem) and made.field == KIND and layout.kind:
        made = country.identify(ToldIdentity(number, layout.kind, digit, figure))
    if isinstance(made, Problem):
        row.problems.append(made)
        return None
    if figure and made.number != number and made.number.lstrip("0") == number.lstrip("0"):
        row.notes.append(Note.fixed(f"Repusimos los ceros que perdió el número: {made.number}."))
    return made


def _name(row: _Cells) -> str:
    whole = row.text(Column.NAME, LONGEST[Column.NAME])
    parts = (row.text(one, LONGEST[one]) for one in (Column.GIVEN, Column.FAMILY))
    name = whole or " ".join(part for part in parts if part)
    bad = {Column.NAME, Column.GIVEN, Column.FAMILY} & {one.field for one in row.problems}
    if not name and not bad:
        text = "Falta el nombre o la razón social. Complétalo."
        row.problems.append(Problem(Column.NAME, "XX-IMP-3", text))
    return name


def _mails(row: _Cells, country: Country, taken: Collection[str]) -> Mails:
    written = [text_of(cell) for cell in row.found.get(Column.EMAILS, ())]
    return read_mails(written, own=country.own, taken=taken, rehearsal=country.rehearsal)


def _address(row: _Cells, country: Country) -> Address | None:
    place, _ = row.number(Column.PLACE)
    line, district, city, region = (
        row.text(one, LONGEST[one])
        for one in (Column.ADDRESS, Column.DISTRICT, Column.CITY, Column.REGION)
    )
    code = ""
    if any(map(str.isdigit, place)):
        made = country.place(place)
        if isinstance(made, Problem):
            row.problems.append(made)
        else:
            code = made
    else:
        city = city or place  # the place's name stands where its code was looked for
    if not (line or code or district or city or region):
        return None
    return Address(line, code, district, city, region)


def _wish(row: _Cells) -> Wish:
    said = row.text(Column.WISH, LONGEST[Column.WISH])
    told = plain(said)
    if told in NEVER:
        return Wish.NEVER
    if told and told not in AS_COMPANY:
        text = f"El envío automático «{one_line_of(said, 20)}» no se entiende. Escribe «nunca» o"
        row.problems.append(Problem(Column.WISH, "XX-IMP-6", f"{text} «como la empresa»."))
    return Wish.AS_COMPANY


def _own(row: _Cells, traits: Traits) -> dict[str, str]:
    """The country's own fields, those of a list by their code or by their words."""
    kept: dict[str, str] = {}
    for spec in traits.own(Scope.CUSTOMER):
        column = OWN + spec.name
        if column not in row.found:
            continue
        told = row.text(column, LONGEST_OWN)
        value = _chosen(spec, told) if spec.type is FieldType.CHOICE and told else told
        if value is None:
            text = f"{spec.label}: «{one_line_of(told, 30)}» no está en la lista. Usa: "
            text += ", ".join(words for _, words in spec.choices) + "."
            row.problems.append(Problem(column, "XX-IMP-6", text))
        elif value:
            kept[spec.name] = value
    return kept


def _chosen(spec: FieldSpec, told: str) -> str | None:
    same = plain(told)
    names = ((code, (plain(code), plain(words))) for code, words in spec.choices)
    return next((code for code, known in names if same in known), None)


def _holders(rows: Iterable[ReadRow]) -> dict[str, set[str]]:
    """By each address the contacts that have it."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for address in row.customer.emails if row.customer else ():
            found.setdefault(address.casefold(), set()).add(row.key or "")
    return found


def _without(row: ReadRow, many: Collection[str], held: Holders) -> ReadRow:
    """The row without the addresses that too many contacts have, but those it has already."""
    if row.customer is None:
        return row
    emails = row.customer.emails
    gone = {one for one in many if row.key not in held.get(one, ())}
    left = tuple(one for one in emails if one.casefold() not in gone)
    if left == emails:
        return row
    notes = tuple(Note.shared(one) for one in emails if one not in left)
    told = row.told if left else row.told - {Column.EMAILS}
    customer = replace(row.customer, emails=left)
    return replace(row, customer=customer, told=told, notes=(*row.notes, *notes))


def _told_once(rows: Sequence[ReadRow]) -> tuple[ReadRow, ...]:
    """The rows; one that says otherwise of an identity that an earlier one told has a problem."""
    first: dict[str, ReadRow] = {}
    kept = []
    for row in rows:
        if row.customer is not None:
            before = first.setdefault(row.customer.tax_id.key, row)
            if before.customer != row.customer:
                row = replace(row, customer=None, problems=(_twice(row, before.line),))
        kept.append(row)
    return tuple(kept)


def _twice(row: ReadRow, before: int) -> Problem:
    number = row.customer.tax_id.number if row.customer else ""
    text = f"La identificación {number} ya está en la línea {before}, con otros datos. Deja una."
    return Problem(NUMBER, "XX-IMP-7", text)
