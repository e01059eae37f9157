"""Who needs what in a despatch advice, as data. Source: peru.md 12."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from acuse.jurisdictions.pe.content_despatch import PRIVATE, PUBLIC, Trip


class Need(StrEnum):
    """Whether something must, may or must not be told."""

    MUST = "MUST"
    MAY = "MAY"
    NOT = "NOT"


class Addressee(StrEnum):
    """Who the goods may go to."""

    OURSELVES = "OURSELVES"  # 2554
    ANOTHER = "ANOTHER"  # 2555
    ANYBODY = "ANYBODY"


@dataclass(frozen=True, slots=True)
class Reason:
    """What a reason of catalogue 20 asks for.

    `ruc`: the addressee has one (3417); `own_places`: both ends are establishments of ours;
    `customs`: it hangs from a DAM or DS; `text`: it is to be described.
    """

    addressee: Addressee
    ruc: bool = False
    buyer: Need = Need.NOT
    supplier: Need = Need.NOT
    own_places: bool = False
    customs: bool = False
    text: bool = False
    arrival: Need = Need.MUST


_OURS, _ANOTHER, _ANYBODY = Addressee.OURSELVES, Addressee.ANOTHER, Addressee.ANYBODY
REASONS: Mapping[str, Reason] = {
    "01": Reason(_ANOTHER),
    "02": Reason(_OURS, supplier=Need.MUST),
    "03": Reason(_ANOTHER, buyer=Need.MUST),
    "04": Reason(_OURS, own_places=True),
    "05": Reason(_ANOTHER, ruc=True),
    "06": Reason(_ANOTHER, ruc=True),
    "07": Reason(_OURS, supplier=Need.MAY),
    "08": Reason(_ANYBODY, customs=True),
    "09": Reason(_ANOTHER, customs=True),
    "13": Reason(_ANYBODY, buyer=Need.MAY, supplier=Need.MAY, text=True),
    "14": Reason(_ANOTHER),
    "17": Reason(_ANOTHER, ruc=True),
    "18": Reason(_ANYBODY, arrival=Need.MAY),  # sold on the way
    "19": Reason(_ANYBODY),  # of 2026-08: what else it asks for is UNCONFIRMED
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What a way of carrying asks for."""

    carrier: Need
    vehicle: Need
    driver: Need


LIGHT, REGISTERED = "light_vehicle", "carrier_vehicle"
NEEDS: Mapping[tuple[str, str], Needs] = {  # mode, the indicator that changes it
    (PRIVATE, ""): Needs(Need.NOT, Need.MUST, Need.MUST),
    (PRIVATE, LIGHT): Needs(Need.NOT, Need.MAY, Need.MAY),
    (PUBLIC, ""): Needs(Need.MUST, Need.NOT, Need.NOT),
    (PUBLIC, REGISTERED): Needs(Need.MUST, Need.MUST, Need.MUST),
    (PUBLIC, LIGHT): Needs(Need.MUST, Need.MAY, Need.MAY),
}
CARRIES = Needs(Need.MUST, Need.MUST, Need.MUST)  # document 31: the carrier is its issuer


def needs(trip: Trip) -> Needs:
    """What the trip's way of carrying asks for; of an unknown one, nothing."""
    changed = next((one for one in (LIGHT, REGISTERED) if one in trip.indicators), "")
    usual = NEEDS.get((trip.mode, ""), Needs(Need.MAY, Need.MAY, Need.MAY))
    return NEEDS.get((trip.mode, changed), usual)


# Catalogue 61: what a sender's and a carrier's advice may hang from.
_FOR_BOTH = "01 03 04 09 12 48 50 52 80".split()
FOR_SENDER = frozenset(_FOR_BOTH) | frozenset("49 71 72 73 74 75 76 77 78 81 91 92".split())
FOR_CARRIER = frozenset(_FOR_BOTH) | frozenset("31 65 66 67 68 69 82 93 94 95".split())
CUSTOMS = frozenset({"50", "52"})  # DAM, DS
DEPOSITS = frozenset({"49", "80"})  # of goods that SUNAT regulates
# A carrier's advice hangs from several documents only if one of these is among them (3346).
SEVERAL = frozenset("09 31 65 66 67 68 69".split())
