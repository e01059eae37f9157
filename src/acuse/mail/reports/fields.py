"""Groups of "Name: value" lines, as in delivery status, receipts and complaints; read leniently."""

from __future__ import annotations

import re
from collections.abc import Mapping

LONGEST = 256 * 1024
MOST_GROUPS = 500
LONGEST_VALUE = 2000
_LINE_END = re.compile(r"\r\n|\n|\r")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,20}:(.*)", re.DOTALL)
_EMBEDDED = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")

Group = Mapping[str, str]


def groups(text: str) -> tuple[Group, ...]:
    """The groups between blank lines: values by lower-case name, the first of each name."""
    found: list[dict[str, str]] = [{}]
    last = ""
    for line in _LINE_END.split(text[:LONGEST]):
        if not line.strip():
            if found[-1]:
                found.append({})
            last = ""
            if len(found) > MOST_GROUPS:
                break
            continue
        if line[0] in " \t":
            _continue(found[-1], last, line)
            continue
        field = _FIELD.match(line)
        last = field[1].lower() if field else ""
        if field and last in found[-1]:
            last = ""  # written twice: the first counts, with its own lines
        elif field:
            found[-1][last] = field[2].strip()[:LONGEST_VALUE]
    return tuple(group for group in found if group)


def address(told: str) -> str:
    """The address of a typed field such as `rfc822; a@b`; "" for none.

    Letters beyond ASCII may be written `\\x{F1}` (RFC 6533 3).
    """
    kind, parted, rest = told.partition(";")
    plain = rest if parted else kind
    plain = re.sub(r"\([^()]{0,200}\)", "", plain)
    plain = _EMBEDDED.sub(_letter, plain).strip().strip("<>\"' \t")
    plain = plain[5:] if plain[:5].lower() == "smtp:" else plain
    return plain if "@" in plain and len(plain) <= 320 and plain.isprintable() else ""


def typed(told: str) -> str:
    """The text of a typed field such as `smtp; 550 no such user`, in one line."""
    kind, parted, rest = told.partition(";")
    plain = rest if parted and re.fullmatch(r"\s*[A-Za-z0-9-]{1,30}\s*", kind) else told
    return " ".join(plain.split())


def _continue(group: dict[str, str], name: str, line: str) -> None:
    if name and len(group[name]) < LONGEST_VALUE:
        group[name] = f"{group[name]} {line.strip()}"[:LONGEST_VALUE]


def _letter(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
