"""Every row of the paper's table has its rule, and the page that says so is the script's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from acuse_sandbox import papers
from acuse_sandbox.hacienda.rulebook.kinds import TABLE

REPOSITORY = Path(__file__).parents[3]
PAGE = REPOSITORY / "docs/authorities/cr-rules.md"
ROW = re.compile(r"^\| (\d+) \| `(CR-[A-Z]+(?:-\d+)?)` \|", re.MULTILINE)


def test_the_page_of_rules_is_the_scripts() -> None:
    script = REPOSITORY / "scripts/make_cr_rules_page.py"
    made = subprocess.run(
        [sys.executable, str(script), "--print"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env=os.environ
        | {
            "PYTHONPATH": str(REPOSITORY / "src"),
            "ACUSE_AUTHORITY_DIR": str(papers.folder()),
        },
    )
    assert made.stdout == PAGE.read_text(encoding="utf-8"), "run scripts/make_cr_rules_page.py"


def test_the_page_has_every_row_and_every_rule() -> None:
    found = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert {int(row) for row, _ in found} == set(range(1, 84))
    assert {rule.code for rule in TABLE} < {code for _, code in found}
    assert len({code for _, code in found}) == len(found)
