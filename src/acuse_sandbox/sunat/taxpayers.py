"""What this SUNAT knows of each taxpayer: stated by the RUC's first eight digits.

Every RUC with a good check digit exists, is active and is no agent of anything, unless its
prefix stands in the table. Every taxpayer has the annexes 0001 to 0099.
"""

from __future__ import annotations

from dataclasses import dataclass

from acuse_sandbox.sunat.identity import is_ruc


@dataclass(frozen=True, slots=True)
class Standing:
    """A taxpayer's entries in the lists that the rules ask."""

    known: bool = True
    active: bool = True
    found: bool = True  # "habido"
    must_use_ose: bool = False
    without_capacity: bool = False  # SSCO
    retention_agent: bool = False  # padrón 03
    reduced_rate: bool = False  # padrón 01 with dates: 10.5 %
    gives_product_codes: bool = False  # padrón 12
    exports_services: bool = True  # padrón 05
    sells_tax_free: bool = False  # padrón 14
    perception_agent: bool = False  # padrón 01
    fuel_perception_agent: bool = False  # padrón 02
    spared_perception: bool = False  # padrón 04
    good_taxpayer: bool = False  # padrón 10
    third_category: bool = True  # pays income tax of the third category
    struck_off: bool = False  # acts as an agent of retención or percepción, and is none


ORDINARY = Standing()

STANDINGS = {
    "20999001": Standing(known=False),
    "20999002": Standing(active=False),
    "20999003": Standing(found=False),
    "20999004": Standing(must_use_ose=True),
    "20999005": Standing(without_capacity=True),
    "20999006": Standing(retention_agent=True),
    "20999007": Standing(reduced_rate=True),
    "20999008": Standing(gives_product_codes=True),
    "20999009": Standing(exports_services=False),
    "20999010": Standing(sells_tax_free=True),
    "20999011": Standing(perception_agent=True),
    "20999012": Standing(fuel_perception_agent=True),
    "20999013": Standing(spared_perception=True),
    "20999014": Standing(good_taxpayer=True),
    "20999015": Standing(third_category=False),
    "20999016": Standing(struck_off=True),
}


def standing(ruc: str) -> Standing:
    """What the lists say of a RUC; one with a wrong check digit is unknown."""
    if not is_ruc(ruc):
        return Standing(known=False)
    return STANDINGS.get(ruc[:8], ORDINARY)


def has_annex(ruc: str, code: str) -> bool:
    """True if the taxpayer has this establishment."""
    return standing(ruc).known and len(code) == 4 and code.isdigit() and int(code) < 100
