"""Which domains are of one organisation, so that what proves one counts for the other.

Source: RFC 7489 3.1 (alignment) and 3.2 (organisational domain). The table is ours, for the zones
that matter here; what people may register below a name of their own (github.io) is not in it.
"""

from __future__ import annotations

from acuse.domain.email_words import COUNTRIES, ZONES

# Below a country whose zones are not told one by one, these are no one's own name.
USUAL = frozenset("com net org edu gov gob mil nom co ac or go ne info web".split())
OTHERS = {
    "ar": ("com", "edu", "gob", "gov", "int", "mil", "net", "org", "tur", "coop", "mutual"),
    "br": ("com", "net", "org", "gov", "edu", "mil", "art", "blog", "eco", "ind", "adm", "adv"),
    "cl": ("gob", "gov", "mil", "co"),
    "ec": ("com", "info", "net", "fin", "med", "pro", "org", "edu", "gob", "gov", "mil"),
    "es": ("com", "nom", "org", "gob", "edu"),
    "mx": ("com", "org", "gob", "edu", "net"),
    "uk": ("co", "org", "me", "ltd", "plc", "net", "sch", "ac", "gov", "nhs", "police"),
}


def organisational(domain: str) -> str:
    """The domain that an organisation registered: one label below its zone (RFC 7489 3.2)."""
    labels = domain.lower().rstrip(".").split(".")
    return ".".join(labels[-3:] if _is_zone(labels[-2:]) else labels[-2:])


def aligned(one: str, other: str, *, strict: bool) -> bool:
    """Whether what proves one counts for the other.

    Strict: the same name; relaxed: of one organisation (RFC 7489 3.1.1 for DKIM, 3.1.2 for SPF).
    """
    if strict:
        return one.lower().rstrip(".") == other.lower().rstrip(".")
    return organisational(one) == organisational(other)


def _is_zone(labels: list[str]) -> bool:
    below, last = labels if len(labels) == 2 else ("", labels[-1])
    known = ZONES.get(last) or OTHERS.get(last)
    return below in known if known else last in COUNTRIES and below in USUAL
