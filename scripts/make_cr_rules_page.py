"""Write docs/authorities/cr-rules.md: every rule of Hacienda's, and who of ours enforces it.

Run: PYTHONPATH=src python scripts/make_cr_rules_page.py [--print]; with it, to stdout instead.
Needs no papers: rows and codes stand in the rulebook; SERVICE are those given outside of it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from acuse_sandbox.hacienda.judging.verdict import BARE
from acuse_sandbox.hacienda.rulebook.kinds import KINDS, TABLE
from acuse_sandbox.hacienda.rulebook.rule import EVERY, SALES

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/authorities/cr-rules.md"
PRODUCT = ROOT / "src/acuse/jurisdictions/cr"
SANDBOX = ROOT / "src/acuse_sandbox/hacienda"
CODE = re.compile(r"CR-[A-Z]+(?:-[0-9]+)?")
LAST = 83  # row of the paper's table

# Row, code, effect, the code in DetalleMensaje ("text" for a bare sentence), kinds.
SERVICE = (
    (1, "CR-API-1", "400", "", "all"),
    (2, "CR-API-2", "400", "", "all"),
    (3, "CR-API-3", "400", "", "all"),
    (4, "CR-API-4", "400", "", "all"),
    (5, "CR-API-5", "401", "", "all"),
    (6, "CR-API-6", "403", "", "all"),
    (7, "CR-API-7", "400", "", "all"),
    (8, "CR-API-8", "429", "", "all"),
    (9, "CR-API-9", "403", "", "all"),
    (10, "CR-XSD", "reject", "-1", "all"),
    (11, "CR-NS", "reject", "-1", "all"),
    (12, "CR-ENC", "reject", "-1", "all"),
    (13, "CR-SIG-1", "reject", "text", "all"),
    (14, "CR-SIG-2", "reject", "text", "all"),
    (15, "CR-POL-1", "reject", "text", "all"),
    (16, "CR-POL-2", "reject", "text", "all"),
    (17, "CR-CERT-1", "reject", "text", "all"),
    (18, "CR-CERT-2", "reject", "text", "all"),
    (74, "CR-REF-1", "reject", "-1", "02 03 08 10"),
)
EFFECTS = {"R": "reject", "O": "observe"}
HEAD = """# Costa Rica: the rules of Hacienda

Made by `scripts/make_cr_rules_page.py`; do not edit. Row and code of every rule of section 9.2 of the country file `costa-rica.md`, what the pretended Hacienda does to a document that breaks it, the code it then writes into DetalleMensaje (**text**: a bare sentence), of which kinds it asks it, and whether the product checks it before it sends. Kinds: 01 factura, 02 and 03 notes, 04 tiquete, 05 answer of a receiver (06 and 07 too), 08 factura de compra, 09 factura de exportación, 10 recibo de pago. Codes of -9000 and below are the sandbox's own: Hacienda's were never seen. Hacienda's list of codes was not found, and many effects are UNCONFIRMED: the country file says which.

"""  # noqa: E501  # a paragraph of Markdown is one line
COLUMNS = (
    "| row | code | effect | in DetalleMensaje | kinds | in the product |\n"
    "|---|---|---|---|---|---|\n"
)


def product() -> frozenset[str]:
    """The codes that the product's own checks carry."""
    return _found(PRODUCT)


def service() -> frozenset[str]:
    """The codes that the sandbox gives outside its rulebook."""
    return _found(SANDBOX, besides="rulebook")


def _found(folder: Path, besides: str = "-") -> frozenset[str]:
    texts = (p.read_text("utf-8") for p in folder.rglob("*.py") if besides not in p.parts)
    return frozenset(code for text in texts for code in CODE.findall(text))


def kinds(asked: frozenset[str]) -> str:
    """The kinds that a rule is asked of, in words where there are words."""
    if asked == EVERY:
        return "all"
    if asked == EVERY - {"05"}:
        return "all but 05"
    if asked == SALES:
        return "all but 05, 10"
    return " ".join(sorted(asked))


def rows() -> Iterator[tuple[int, str, str, str, str]]:
    """Row, code, effect, Hacienda's code and kinds of every rule, in the paper's order."""
    given = service()
    found = [row for row in SERVICE if row[1] in given]
    merged: dict[tuple[int, str], frozenset[str]] = {}
    for rule in TABLE:
        merged[rule.number, rule.code] = merged.get((rule.number, rule.code), frozenset())
        merged[rule.number, rule.code] |= rule.kinds
    seen = {rule.code: rule for rule in TABLE}
    for (number, code), asked in merged.items():
        rule = seen[code]
        sim = "text" if rule.sim == BARE else str(rule.sim)
        found.append((number, code, EFFECTS[rule.act.value], sim, kinds(asked)))
    yield from sorted(found, key=lambda row: (row[0], len(row[1]), row[1]))


def page() -> str:
    """The whole page."""
    checked = product()
    lines = [
        f"| {number} | `{code}` | {effect} | {sim} | {asked} | {'yes' if code in checked else ''} |"
        for number, code, effect, sim, asked in rows()
    ]
    told = {code for _, code, *_ in rows()}
    count = (
        f"{len(told)} codes in {len({row[0] for row in rows()})} of {LAST} rows, for the "
        f"{len(KINDS)} kinds; the product checks {len(told & checked)} of them.\n\n"
    )
    return HEAD + count + COLUMNS + "\n".join(lines) + "\n"


def main() -> None:
    """Write the page anew, or print it."""
    if "--print" in sys.argv[1:]:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(page())
    else:
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
