"""Clients of others speak to the pretended SUNAT, and the page that says what they must hear."""

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
PAGE = REPOSITORY / "docs/authorities/pe.md"
TOOLS = REPOSITORY / "tools"
INTEROP = TOOLS / "interop_sunat.py"
STEP = re.compile(r'talk\.step\(\s*"([^"]+)"')
CLIENTS = ("sunat-py", "openubl", "cpe-engine", "sunat-sdk")


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
    """What the tool tells; skips where no client can be had."""
    code, answer = _run()
    if "skipped" in answer:
        pytest.skip(answer["skipped"])
    assert answer["ok"] == (code == 0)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_hears_what_the_page_says(told: dict[str, Any], client: str) -> None:
    if client in told["not_tried"]:
        pytest.skip(told["not_tried"][client])
    steps = {one["name"]: one for one in told["steps"] if one["name"].startswith(f"{client}/")}
    assert [one for one in steps.values() if not one["ok"]] == []
    tried = {name for name, one in steps.items() if one["said"]}
    without = {name for name in steps if not name.endswith("+xsd")}
    assert without
    assert tried in (without, set(steps))  # the second way needs the published schemas


@pytest.mark.slow
def test_without_an_index_the_tool_says_so() -> None:
    code, answer = _run(PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert (code, list(answer)) == (0, ["skipped"])
    if answer["skipped"].startswith("no Python of"):  # it looks for that before any index
        pytest.skip(answer["skipped"])
    assert "sunat-py==0.5.0 cannot be installed" in answer["skipped"]


def test_the_page_has_the_drivers_steps_and_no_other(tool: dict[str, Any]) -> None:
    page = tool["interop"].expectations(PAGE.read_text(encoding="utf-8"))
    taken = {
        f"{client.name}/{name}"
        for client in tool["CLIENTS"]
        for name in STEP.findall((TOOLS / client.files[0]).read_text(encoding="utf-8"))
    }
    assert set(page) == taken
    assert {client.name for client in tool["CLIENTS"]} == set(CLIENTS)
    assert all(len(cells) == 4 and cells[1] for cells in page.values())


def test_what_differs_or_is_not_on_the_page_is_not_ok(tool: dict[str, Any]) -> None:
    said = {
        "": {"openubl/factura": "2800", "sunat-py/factura": "2800", "openubl/new": "0"},
        "+xsd": {"openubl/factura": "fault 0306", "sunat-py/factura": "0"},
    }
    steps = {one.name: one.is_ok for one in tool["_steps"](said)}
    wrong = {name for name, is_ok in steps.items() if not is_ok}
    assert wrong == {"sunat-py/factura", "openubl/new"}


def test_every_step_that_differs_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition("<!-- interop:begin -->")[2].partition("<!-- interop:end -->")[0]
    named = {int(n) for said in re.findall(r"[0-9 ,and]+ below", table)
             for n in re.findall(r"[0-9]+", said)}  # fmt: skip
    explained = {int(n) for n in re.findall(r"^([0-9]+)\. \*\*", page, re.MULTILINE)}
    assert named == explained
