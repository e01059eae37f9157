"""Write the table of the rulebook's codes into docs/authorities/co.md, between its two markers.

Run: python scripts/make_co_rules_table.py [--print]; with it, the page goes to stdout instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

from acuse_sandbox.dian.rulebook.table import Row, rows

PAGE = Path(__file__).parent.parent / "docs/authorities/co.md"
BEGIN, END = "<!-- rules:begin -->", "<!-- rules:end -->"
HEADER = "| code | in the kinds | severity | what is said | dossier |\n|---|---|---|---|---|\n"
EVENTS = "AA"
SEVERITIES = {"R": "rejects", "N": "notifies"}


def written(page: str) -> str:
    """The page with the table as the rulebook has it now; raises ValueError without markers."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{BEGIN} and {END} are needed")
    return f"{before}{BEGIN}\n{table(rows())}{END}{after}"


def table(found: list[Row]) -> str:
    """One line a rule: its code, `..` for the letters of the kind, and the kinds that have it."""
    kinds: dict[tuple[str, str, str, str], list[str]] = {}
    for row in found:
        code = row.code
        if row.kind != EVENTS and code.startswith(row.kind):
            code = f"..{code.removeprefix(row.kind)}"
        rule = (code, row.severity, row.text, row.source.removeprefix("colombia.md "))
        kinds.setdefault(rule, []).append(row.kind)
    return HEADER + "".join(
        f"| `{code}` | {' '.join(letters)} | {SEVERITIES[severity]} | {text} | {source} |\n"
        for (code, severity, text, source), letters in kinds.items()
    )


def main() -> None:
    """Write the page anew, or print it."""
    page = written(PAGE.read_text(encoding="utf-8"))
    if "--print" in sys.argv[1:]:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
