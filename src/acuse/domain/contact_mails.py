"""The addresses of a row: good ones kept, all others left out and shown, never taken in silence.

Source: mail.md 1 and 2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from acuse.domain.email import MOST_SHARED, Addresses, Decision, read_addresses, says_nothing
from acuse.domain.email_words import NOTHING
from acuse.domain.text import one_line_of

Holders = Mapping[str, Collection[str]]  # by folded address, the keys of whose it is
NOBODY: Holders = {}


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of a row that is imported all the same.

    `address` is one that was left out and may be taken as it is, or was; "" where there is none.
    """

    decision: Decision
    text: str
    address: str = ""

    @classmethod
    def fixed(cls, text: str) -> Note:
        """Something was mended."""
        return cls(Decision.FIX, text)

    @classmethod
    def no_mail(cls, written: str) -> Note:
        """A number or a link stood where the address is expected: there is no address."""
        told = one_line_of(written.strip())
        return cls.fixed(f"«{told}» es un número o un enlace, no un correo: no se toma.")

    @classmethod
    def shared(cls, address: str) -> Note:
        """An address was left out because too many contacts have it."""
        text = f"{address} está en más de {MOST_SHARED} contactos, de este archivo o ya guardados:"
        return cls(Decision.ASK, f"{text} no se toma. ¿Es de todos ellos?", address)


@dataclass(frozen=True, slots=True)
class Mails:
    """The addresses that are kept, in the order written, and what is to be said of the others."""

    accepted: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def read_mails(
    written: Sequence[str],
    *,
    own: Collection[str] = (),
    taken: Collection[str] = (),
    rehearsal: bool = False,
) -> Mails:
    """What the columns of addresses hold. One bad address does not lose the row's others."""
    raw = "; ".join(one for one in written if not says_nothing(one))
    other = tuple(map(Note.no_mail, filter(_no_mail, written)))
    if not raw:
        return Mails((), other)
    read = read_addresses(raw, rehearsal=rehearsal, own=own, confirmed=taken, imported=True)
    stood_by = {address.casefold() for address in taken}
    as_it_is = [
        Note(Decision.WARN, f"{address} se toma tal cual, como marcaste.", address)
        for address in read.accepted
        if address.casefold() in stood_by
    ]
    return Mails(read.accepted, (*_notes(raw, read), *other, *as_it_is))


def _no_mail(written: str) -> bool:
    return says_nothing(written) and written.strip().lower() not in NOTHING


def shared(told: Holders, held: Holders = NOBODY) -> set[str]:
    """The addresses told that too many contacts have, with those that `held` them before."""
    return {
        address
        for address, keys in told.items()
        if len({*keys, *held.get(address, ())}) > MOST_SHARED
    }


def _notes(raw: str, read: Addresses) -> list[Note]:
    notes = [
        Note(Decision.NO, f"«{one.written}» no se toma como correo: {one.reason}.")
        for one in read.rejected
    ]
    notes += [
        Note(Decision.ASK, f"«{one.written}» no se toma. {one.question}", one.kept)
        for one in read.suggestions
    ]
    notes += [Note(Decision.WARN, text) for text in read.warnings]
    if read.accepted and _cleaned(raw, read):
        kept = ", ".join(read.accepted)
        notes.append(Note.fixed(f"De «{one_line_of(raw.strip())}» queda: {kept}."))
    return notes


def _cleaned(raw: str, read: Addresses) -> bool:
    """Whether something of what was written is not as it was: more than parted by separators."""
    left = raw.casefold()
    for one in read.accepted:
        left = left.replace(one.casefold(), "", 1)
    said = (*(one.written for one in read.rejected), *(one.written for one in read.suggestions))
    for written in said:
        left = left.replace(written.casefold(), "", 1)
    return bool(left.strip(";,/| \t\r\n"))
