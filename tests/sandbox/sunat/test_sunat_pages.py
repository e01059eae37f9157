"""What scripts make stays what they would make: the rulebook's tables, and the page about them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from acuse_sandbox import papers
from acuse_sandbox.sunat.rulebook import judge, table

REPOSITORY = Path(__file__).parents[3]
PAGE = REPOSITORY / "docs/authorities/pe-rules.md"


def ran(script: str, argument: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "scripts" / script), argument],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env=os.environ
        | {
            "PYTHONPATH": str(REPOSITORY / "src"),
            "ACUSE_AUTHORITY_DIR": str(papers.folder()),
        },
    )


def test_the_page_of_codes_is_the_script_s() -> None:
    made = ran("make_pe_rules_page.py", "--print")
    assert made.stdout == PAGE.read_text(encoding="utf-8"), "run scripts/make_pe_rules_page.py"


@pytest.mark.authority
def test_the_tables_are_the_script_s() -> None:
    if not (papers.folder() / "pe/rules").is_dir():
        pytest.skip(f"no published sheets in {papers.folder()}")
    made = ran("make_pe_rulebook.py", "--check")
    assert (made.returncode, made.stdout + made.stderr) == (0, "")


def test_the_page_names_every_code_of_the_sheets() -> None:
    named = set(re.findall(r"^\| `([0-9]{4})` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {
        code for kind in (*judge.BY_HAND, "firma", "general") for code in table.sheet(kind)
    }


@pytest.mark.parametrize("kind", judge.BY_HAND)
def test_a_rule_stands_in_its_kind_s_sheet_and_in_one_place(kind: str) -> None:
    ours = {"1009", "1010", "3617"}  # no date at all; a rule newer than the sheets we hold
    assert judge.enforced(kind) - table.sheet(kind) <= ours
    mechanical = {row.code for row in table.rows(kind)}
    assert mechanical.isdisjoint(rule.code for rule in judge.by_hand(kind))


def test_the_rulebook_gives_most_of_what_the_sheets_name() -> None:
    given = {code for kind in judge.BY_HAND for code in judge.enforced(kind)}
    assert len(given) >= 780
