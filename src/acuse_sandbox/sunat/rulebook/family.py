"""One rule, several codes: what a check of the factura is called in the sheets of its relatives.

SUNAT's sheets judge a boleta's sums as observations where a factura's are errors, and a note's
like those of the document it corrects (peru.md 3.3). A rule holds for a kind if the kind's sheet
names its code or the code's pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from acuse_sandbox.sunat.rulebook import factura, table
from acuse_sandbox.sunat.rulebook.rule import Case, Finding, Rule, Spot

FACTURA, LIQUIDATION = "01", "04"
NOTES = ("07", "08")
KINDS = ("01", "03", "04", "07", "08")

OBSERVED = {  # rejected in a factura: only remarked in a boleta
    "2801": "4207",
    "2802": "4208",
    "3030": "4198",
    "3239": "4199",
    "3270": "4287",
    "3271": "4288",
    "3272": "4294",
    "3273": "4295",
    "3274": "4296",
    "3275": "4297",
    "3276": "4298",
    "3277": "4299",
    "3278": "4309",
    "3279": "4310",
    "3280": "4312",
    "3283": "4022",
    "3284": "4023",
    "3285": "4024",
    "3288": "4212",
    "3289": "4244",
    "3290": "4289",
    "3291": "4290",
    "3292": "4293",
    "3293": "4300",
    "3294": "4301",
    "3295": "4302",
    "3296": "4303",
    "3297": "4304",
    "3298": "4305",
    "3299": "4306",
    "3300": "4307",
    "3301": "4308",
    "3302": "4311",
    "3303": "4314",
    "3305": "4317",
    "3306": "4321",
    "3307": "4322",
}
RENAMED = {  # the same check under another number
    "04": {"2071": "2338", "3288": "2591", "3305": "2592"},
    "07": {"2041": "2199"},
    "08": {"2041": "2199"},
}
# What a kind's sheet asks otherwise than the factura's: its own rules or the table say it.
OTHERWISE = {
    "03": frozenset({"1001", "2108", "2800", "3206", "4009"}),
    "04": frozenset(
        """1001 1007 1008 2014 2015 2017 2021 2022 2108 2329 2505 2521 2800 2801 2802 3071 3072
        3089 3090 3105 3114 3206 3213 3214 3215 3216 3223 3279 3280 3294 3296 3298 4009 4013 4014
        4092 4093 4094 4095 4096 4097 4098 4237 1083 3110""".split()
    ),
    "07": frozenset(
        """1001 1007 1008 2014 2015 2022 2023 2108 2642 2644 2800 3105 3107 3206 3246 3257 3280
        4009 2365 2071 4332 3244 3319 3249 4092 4338""".split()
    ),
    "08": frozenset(
        """1001 1007 1008 2014 2015 2022 2023 2108 2642 2644 2800 3105 3107 3206 3280 4009 2365
        2071 4332 3127 3034 3128 4092 4338""".split()
    ),
}
NOT_FOR_NRUS = frozenset({"2993", "3111", "3279", "3462"})  # boletas whose IGV is zero
NRUS = "0113"


def findings(case: Case) -> Iterator[Finding]:
    """What the factura's rules find in it or in one of its relatives, under the kind's codes."""
    of_factura = case.kind not in NOTES or case.modified == FACTURA
    simplified = case.invoice.operation == NRUS
    for rule, names in _rules(case.kind):
        if simplified and rule.code in NOT_FOR_NRUS:
            continue
        for spot in rule.check(case):
            yield Finding(names[0 if of_factura else -1], rule.text, _own(spot, case.kind))


@cache
def _rules(kind: str) -> tuple[tuple[Rule, tuple[str, ...]], ...]:
    held = codes(kind)
    every = factura.FAULTS + factura.RULES
    return tuple((rule, held[rule.code]) for rule in every if rule.code in held)


@cache
def codes(kind: str) -> dict[str, tuple[str, ...]]:
    """The code that each rule has for a kind; two where the document corrected decides."""
    every = {rule.code for rule in factura.FAULTS + factura.RULES}
    if kind == FACTURA:
        return {code: (code,) for code in every}
    found = {code: _codes(kind, code) for code in every - OTHERWISE[kind]}
    return {code: names for code, names in found.items() if names}


def _codes(kind: str, code: str) -> tuple[str, ...]:
    names = (RENAMED.get(kind, {}).get(code, code), OBSERVED.get(code, ""))
    return tuple(name for name in names if name in table.sheet(kind))


@cache
def enforced(kind: str) -> frozenset[str]:
    """All codes that these rules give for a kind."""
    return frozenset(name for names in codes(kind).values() for name in names)


def _own(spot: Spot, kind: str) -> Spot:
    """The place in the kind's own words; in a liquidación the parties have changed their seats."""
    if kind in ("01", "03"):
        return spot
    node = spot.node
    if kind == LIQUIDATION:
        seats = node.split("Supplier")
        node = "Supplier".join(part.replace("Customer", "\0") for part in seats)
        node = node.replace("Supplier", "Customer").replace("\0", "Supplier")
    for shared, own in table.WORDS.get(kind, {}).items():
        node = node.replace(shared, own)
    return Spot(node, spot.value, spot.line)
