"""What a mail domain was probably meant to be. Source: mail.md 1 (rows A8, A14, suggestions)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from acuse.domain import email_words as words

SHORT = 4  # letters of a provider's name; of so few, nearly every other word is one slip away
LOOK_ALIKE_SCRIPTS = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
_PASSES_FOR = str.maketrans(
    "ıɩɡɑłøđħŧаеорсухіјѕԁһԛԝкмтвοανρικτυ",
    "iigalodhtaeopcyxijsdhqwkmtboavpiktu",
)


def shown(wire: str) -> str:
    """The domain with the letters that its A-labels stand for."""
    return ".".join(map(_letters, wire.split(".")))


def passes_for_another(domain: str) -> bool:
    """Whether some look like others: two alphabets in a label, or an "ı" for an "i"."""
    return any(mixed(one) or _foreign(one) for one in domain.split("."))


def mixed(text: str) -> bool:
    """Whether Latin letters stand beside those of another alphabet."""
    scripts = set() if text.isascii() else _scripts(text)
    return len(scripts) > 1 and "LATIN" in scripts


@lru_cache(4096)  # the addresses of a file share their domains
def better_domain(wire: str) -> str:
    """The domain that was probably meant, "" where this one gives no reason to doubt."""
    if wire in words.REAL:
        return ""
    provider = _provider(wire)
    if provider:
        return provider
    head, _, last = wire.rpartition(".")
    if head.endswith(".com") and last == "com":
        return head
    known_ending = last in words.GENERIC or last in words.COUNTRIES or last.startswith("xn--")
    if known_ending or last.isdigit():
        return _with_zone(head, last)
    endings: tuple[str, ...] = words.COMMON_ENDINGS
    if head.rpartition(".")[2] in words.ZONES["co"] + words.ZONES["pe"]:
        endings = tuple(words.ZONES)
    if len(last) < 2 and endings is words.COMMON_ENDINGS:
        return f"{head}.com"
    ending = next((end for end in endings if one_slip(last, end)), "")
    return f"{head}.{ending}" if ending else ""


def completed(label: str) -> str:
    """The domain of which only the first label was written; "" where it is an ending itself."""
    for known in words.WELL_KNOWN:
        if known.partition(".")[0] == label:
            return known
    for known in words.WELL_KNOWN:
        brand = known.partition(".")[0]
        if len(brand) > SHORT and one_slip(label, brand):
            return known
    ending = label in words.COUNTRIES or label in words.GENERIC or label in words.RESERVED
    return "" if ending or not label or "." in label or label.isdigit() else f"{label}.com"


def one_slip(one: str, other: str) -> bool:
    """Whether two different words are one typing slip apart: added, left out, wrong or swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    return left[1:] == right or left == right[1:]


def _provider(wire: str) -> str:
    """The provider that people write by heart, where this is a slip or a look-alike of it."""
    plain = _plain(shown(wire))
    if plain != wire and plain in words.REAL:
        return plain
    for known in words.WELL_KNOWN:
        if wire in (f"www.{known}", f"{known}.co", f"{known}.com", known.replace(".", "")):
            return known
    return next((known for known in words.WELL_KNOWN if _near(wire, known)), "")


def _near(wire: str, known: str) -> bool:
    brand, _, ending = known.partition(".")
    if len(brand) > SHORT:
        return one_slip(wire, known)
    told, _, rest = wire.partition(".")
    if told == brand:
        return one_slip(rest, ending)
    return rest == ending and _swapped(told, brand)


def _with_zone(head: str, last: str) -> str:
    """`taller.con.co` with the zone that its country has; "" where that is well or unknown."""
    zones = words.ZONES.get(last, ())
    front, _, second = head.rpartition(".")
    if not front or second in zones:
        return ""
    zone = next((one for one in zones if _slip_of_zone(second, one)), "")
    return f"{front}.{zone}.{last}" if zone else ""


def _slip_of_zone(told: str, zone: str) -> bool:
    if len(told) == len(zone) == 2:  # another letter of two makes another word
        return _swapped(told, zone)
    return one_slip(told, zone)


def _swapped(one: str, other: str) -> bool:
    return sorted(one) == sorted(other) and one_slip(one, other)


def _letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except ValueError:
        return label


def _plain(text: str) -> str:
    """The text as it looks at a glance, without accents."""
    parted = unicodedata.normalize("NFD", text.translate(_PASSES_FOR))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def _foreign(label: str) -> bool:
    if label.isascii():
        return False
    scripts = _scripts(label)
    return bool(scripts and scripts <= LOOK_ALIKE_SCRIPTS) or any(map(_odd_latin, label))


def _odd_latin(sign: str) -> bool:
    """Whether it is no letter of the alphabet, with or without an accent."""
    bare = unicodedata.normalize("NFD", sign)[0]
    return not bare.isascii() and unicodedata.name(bare, "").startswith("LATIN")


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(sign, "?").split()[0] for sign in text if sign.isalpha()}
