"""A client of others speaks to the pretended DIAN, and the page that says what it must hear."""

from __future__ import annotations

import ast
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from acuse_sandbox.dian.rulebook.table import rows

REPOSITORY = Path(__file__).parents[3]
PAGE = REPOSITORY / "docs/authorities/co.md"
TABLE = REPOSITORY / "scripts/make_co_rules_table.py"
INTEROP = REPOSITORY / "tools/interop_dian.py"
DOUBTS = REPOSITORY / "src/acuse/jurisdictions/co/doubts.py"


def _tool(environment: dict[str, str] | None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(INTEROP), "--json"]
    return subprocess.run(command, capture_output=True, text=True, timeout=900, env=environment)


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, object]]:
    """What the tool tells of each step; skips where facho cannot be had."""
    done = _tool(None)
    assert done.returncode in (0, 1), done.stderr
    answer = json.loads(done.stdout)
    if "skipped" in answer:
        pytest.skip(answer["skipped"])
    assert answer["ok"] == (done.returncode == 0)
    return {step["name"]: step for step in answer["steps"]}


@pytest.mark.slow
def test_facho_hears_what_the_page_says(told: dict[str, dict[str, object]]) -> None:
    assert [step for step in told.values() if not step["ok"]] == []
    tried = {name for name, step in told.items() if step["said"]}
    assert set(told) - tried <= {"schema-order", "schema-mended"}


def test_without_an_old_python_the_tool_says_so(tmp_path: Path) -> None:
    done = _tool({"PATH": str(tmp_path), "HOME": str(tmp_path)})
    assert (done.returncode, list(json.loads(done.stdout))) == (0, ["skipped"])
    assert "3.8" in json.loads(done.stdout)["skipped"]


def test_a_step_that_differs_or_is_not_on_the_page_is_not_ok() -> None:
    tool = runpy.run_path(str(INTEROP.with_name("interop.py")))
    rows = tool["expectations"](PAGE.read_text("utf-8"))
    name, (sent, expected, *_) = next(iter(rows.items()))
    assert tool["Step"](name, sent, expected, said=expected).is_ok
    assert tool["Step"](name, sent, expected, said="").is_ok
    assert not tool["Step"](name, sent, expected, said="00").is_ok
    assert not tool["Step"]("new", "", "", said="00").is_ok


def test_the_table_of_codes_is_the_rulebook_s() -> None:
    page = PAGE.read_text(encoding="utf-8")
    made = subprocess.run(
        [sys.executable, str(TABLE), "--print"], capture_output=True, text=True, check=True
    )
    assert made.stdout == page, "run scripts/make_co_rules_table.py"


def test_every_code_of_the_rulebook_is_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition("<!-- rules:begin -->")[2].partition("<!-- rules:end -->")[0]
    named = set()
    for code, kinds in re.findall(r"^\| `([^`]+)` \| ([A-Z ]+) \|", table, re.MULTILINE):
        named |= {code.replace("..", kind) for kind in kinds.split()}
    assert named == {row.code for row in rows()}


def test_every_doubt_is_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    names = set()
    for node in ast.parse(DOUBTS.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {one.id for one in ast.walk(node.targets[0]) if isinstance(one, ast.Name)}
    assert {"POLICY", "HEADER_TIP", "calculation_rate"} <= names
    missing = {name for name in names if f"`{name}`" not in page}
    assert missing == {"TIP"}  # a word, no doubt
