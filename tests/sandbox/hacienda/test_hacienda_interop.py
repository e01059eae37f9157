"""A client of others speaks to the pretended Hacienda, and the page that says what it must hear."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[3]
PAGE = REPOSITORY / "docs/authorities/cr.md"
TOOLS = REPOSITORY / "tools"
INTEROP = TOOLS / "interop_hacienda.py"
CLIENT = TOOLS / "hacienda_sdk"
STEP = re.compile(r'talk\.step\(\s*"([^"]+)"')


def _run(**environment: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, str(INTEROP), "--json"]
    told = subprocess.run(
        command, capture_output=True, text=True, timeout=900, env=os.environ | environment
    )
    assert told.returncode in (0, 1), told.stderr
    return told.returncode, json.loads(told.stdout)


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    """The tool's own names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOOLS))
        return runpy.run_path(str(INTEROP))


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the tool tells; skips where the client cannot be had."""
    code, answer = _run()
    if "skipped" in answer:
        pytest.skip(answer["skipped"])
    assert answer["ok"] == (code == 0)
    return answer


@pytest.mark.slow
def test_the_client_hears_what_the_page_says(told: dict[str, Any]) -> None:
    steps = {one["name"]: one for one in told["steps"]}
    assert [one for one in steps.values() if not one["ok"]] == []
    tried = {name for name, one in steps.items() if one["said"]}
    without = {name for name in steps if not name.endswith("+xsd")}
    assert without
    assert tried in (without, set(steps))  # the second way needs the published schemas


@pytest.mark.slow
def test_without_a_registry_the_tool_says_so(tmp_path: Path) -> None:
    code, answer = _run(npm_config_offline="true", npm_config_cache=str(tmp_path))
    assert (code, list(answer)) == (0, ["skipped"])
    assert "the client cannot be installed: npm error code ENOTCACHED" in answer["skipped"]


def test_the_client_and_what_it_needs_are_pinned_by_their_digests() -> None:
    wanted = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted["@dojocoding/hacienda-sdk"] == "0.2.0"
    lock = json.loads((CLIENT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert lock.pop("")["dependencies"] == wanted
    assert all(one["integrity"].startswith("sha512-") for one in lock.values())
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_page_has_the_drivers_steps_and_no_other(tool: dict[str, Any]) -> None:
    page = tool["interop"].expectations(PAGE.read_text(encoding="utf-8"))
    code = "".join(one.read_text(encoding="utf-8") for one in sorted(CLIENT.glob("*.mjs")))
    assert set(page) == {f"sdk/{name}" for name in STEP.findall(code)}
    assert all(len(cells) == 4 and cells[1] for cells in page.values())


def test_what_differs_or_is_not_on_the_page_is_not_ok(tool: dict[str, Any]) -> None:
    said = {
        "": {"sdk/factura": "rechazado -1 CR-NS", "sdk/again": "http 202", "sdk/new": "0"},
        "+xsd": {"sdk/factura": "aceptado"},
    }
    steps = {one.name: one.is_ok for one in tool["_steps"](said)}
    wrong = {name for name, is_ok in steps.items() if not is_ok}
    assert wrong == {"sdk/factura+xsd", "sdk/again", "sdk/new"}


def test_every_step_that_differs_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition("<!-- interop:begin -->")[2].partition("<!-- interop:end -->")[0]
    named = {int(n) for said in re.findall(r"[0-9 ,and]+ below", table)
             for n in re.findall(r"[0-9]+", said)}  # fmt: skip
    explained = {int(n) for n in re.findall(r"^([0-9]+)\. \*\*", page, re.MULTILINE)}
    assert named == explained
