"""Write docs/authorities/pe-rules.md: every code of SUNAT's sheets, and who of ours enforces it.

Run: PYTHONPATH=src python scripts/make_pe_rules_page.py [--print]; with it, to stdout instead.
Needs no papers: the sheets' codes stand in the rulebook's own tables.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from acuse.jurisdictions.pe.rules_properties import (
    FIRST_HOME,
    INSURANCE,
    MORTGAGE_RULES,
    REQUIRED,
    STATE,
)
from acuse.jurisdictions.pe.severity import DEBIT, NOTE, OTHERWISE, RECEIPT
from acuse_sandbox.sunat.rulebook import family, judge, table
from acuse_sandbox.sunat.rulebook.rule import severity

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/authorities/pe-rules.md"
PRODUCT = ROOT / "src/acuse/jurisdictions/pe"
SERVICE = ROOT / "src/acuse_sandbox/sunat"
SHEETS = (*judge.BY_HAND, "firma", "general")
OURS = re.compile(r"PE-([0-9]{4})")
QUOTED = re.compile(r'"([0-9]{4})"')
GUIDES = frozenset({"09", "31"})

CLASSES = {
    "register": "needs a register that the sandbox does not keep",
    "paper": "of contingency on paper, series in digits: not ours",
    "supervised": "of issuers under another system: not ours",
    "silent": "the list that we hold says code and element, not the condition",
    "catalogue": "needs a catalogue too large to hold, or not published",
    "service": "an answer of the service's own state",
}
WHY = {
    **dict.fromkeys(("2404", "2988", "3207", "3219", "3228", "4204", "4441", "1084"), "paper"),
    **dict.fromkeys(("4198", "4199", "4210"), "paper"),
    **dict.fromkeys(("1080", "2581"), "supervised"),
    **dict.fromkeys(("2450", "2451", "2460", "2461", "2462", "2471", "3326", "3327"), "register"),
    **dict.fromkeys(("2326", "2328"), "register"),
    "0127": "service",
    "4332": "catalogue",
}
HEAD = """# Peru: the codes of SUNAT's sheets

Made by `scripts/make_pe_rules_page.py`; do not edit. Which codes the pretended SUNAT gives, kind by kind, and which the product checks before it sends. **table**: a row of `rulebook/tables/rules.csv`. **function**: written by hand. **factura**: a rule of the factura that serves its relatives under the code of their sheet. **service**: given outside the rulebook, by file, signature or register. Kinds: 01 factura, 03 boleta, 04 liquidación, 07 and 08 notes, 09 and 31 guías, 20 retención, 40 percepción, RC, RA, RR; firma and general are the sheets on signature and envelope. Codes below 2000 are faults, from 4000 observations; the rest reject.

"""  # noqa: E501  # a paragraph of Markdown is one line


def product() -> frozenset[str]:
    """The codes that the product's checks carry, in their text or in their tables."""
    properties = (*REQUIRED, *STATE, *MORTGAGE_RULES, *FIRST_HOME, *INSURANCE.values())
    renamed = (*OTHERWISE.values(), *RECEIPT.values(), *NOTE.values(), *DEBIT.values())
    return _found(PRODUCT, OURS) | {rule for rule, *_ in properties} | {*renamed}


def service() -> frozenset[str]:
    """The codes that the sandbox gives outside the rulebook."""
    return _found(SERVICE, QUOTED, besides="rulebook")


def _found(folder: Path, code: re.Pattern[str], besides: str = "-") -> frozenset[str]:
    texts = (p.read_text("utf-8") for p in folder.rglob("*.py") if besides not in p.parts)
    return frozenset(match for text in texts for match in code.findall(text))


def enforcer(kind: str, code: str, elsewhere: frozenset[str]) -> str:
    """Who gives a code for a kind; the class of the reason in parentheses where nobody does."""
    if kind in judge.BY_HAND:
        if kind in family.KINDS and code in family.enforced(kind):
            return "factura" if kind != family.FACTURA else "function"
        if code in {row.code for row in table.rows(kind)}:
            return "table"
        if code in {rule.code for rule in judge.by_hand(kind)}:
            return "function"
    if code in elsewhere:
        return "service"
    return f"({WHY.get(code, _default(kind))})"


def _default(kind: str) -> str:
    if kind in GUIDES:
        return "silent"
    return "service" if kind == "general" else "register"


def lines() -> Iterator[str]:
    """One line a code."""
    elsewhere, checked = service(), product()
    every = sorted({code for kind in SHEETS for code in table.sheet(kind)})
    for code in every:
        by: dict[str, list[str]] = {}
        for kind in (k for k in SHEETS if code in table.sheet(k)):
            by.setdefault(enforcer(kind, code, elsewhere), []).append(kind)
        sandbox = " · ".join(f"{who} {' '.join(kinds)}" for who, kinds in by.items())
        mark = "yes" if code in checked else ""
        yield f"| `{code}` | {severity(code).value} | {sandbox} | {mark} |\n"


def counts() -> str:
    """How many codes there are, given and checked."""
    elsewhere, checked = service(), product()
    every = {code for kind in SHEETS for code in table.sheet(kind)}
    given = {
        code
        for kind in SHEETS
        for code in table.sheet(kind)
        if not enforcer(kind, code, elsewhere).startswith("(")
    }
    return (
        f"{len(every)} codes; the sandbox gives {len(given)}, the product checks "
        f"{len(every & checked)}. Neither knows {len(every - given - checked)}.\n\n"
    )


def page() -> str:
    """The whole page."""
    why = "".join(f"- **({name})** {text}.\n" for name, text in CLASSES.items())
    head = "| code | what it is | in the sandbox | in the product |\n|---|---|---|---|\n"
    return (
        f"{HEAD}{counts()}Where nobody gives a code, the reason:\n\n{why}\n{head}{''.join(lines())}"
    )


def main() -> None:
    """Write the page anew, or print it."""
    if "--print" in sys.argv[1:]:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(page())
    else:
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
