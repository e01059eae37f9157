"""Four independent clients speak to the pretended SUNAT.

    .venv/bin/python tools/interop_sunat.py [--json]

Makes an environment for each client in a folder that is removed afterwards, starts the sandbox,
and compares what was said with the table "Independent clients" of `docs/authorities/pe.md`.
Exit 0: every step behaved as the page says, or could not be tried (and why); 1: one did not.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import interop
from interop import TOOLS, Skipped, Step, Told, command

PAGE = interop.REPOSITORY / "docs/authorities/pe.md"
OLDEST = (3, 11, 6)  # what cpe-engine asks for


@dataclass(frozen=True, slots=True)
class Client:
    """A client by the first word of its steps: what is installed, what drives it."""

    name: str
    pins: tuple[str, ...]
    files: tuple[str, ...]


CLIENTS = (  # beside each client the packages that write, sign or send its bytes
    Client(
        "sunat-py",
        (
            "sunat-py==0.5.0",
            "lxml==5.4.0",
            "signxml==4.5.1",
            "cryptography==44.0.3",
            "zeep==4.3.3",
            "requests==2.34.2",
            "Jinja2==3.1.6",
        ),
        ("sunat_py_driver.py", "sunat_py_documents.py"),
    ),
    Client(
        "openubl",
        (
            "openubl==1.1.0",
            "lxml==6.1.3",
            "signxml==5.2.0",
            "cryptography==50.0.2",
            "pydantic==2.14.4",
            "Jinja2==3.1.6",
        ),
        ("openubl_driver.py",),
    ),
    Client(
        "cpe-engine",
        (
            "cpe-engine==0.2.6",
            "lxml==6.1.3",
            "signxml==5.2.0",
            "cryptography==50.0.2",
            "requests==2.34.2",
            "Jinja2==3.1.6",
        ),
        ("cpe_engine_driver.py",),
    ),
    Client(
        "sunat-sdk",
        ("facturacion-electronica-sunat-sdk==1.0.0rc9",),
        ("sunat_sdk_driver.py", "sunat_sdk_documents.py"),
    ),
)
ISSUERS = {  # the sandbox knows agents by the first digits of the RUC (`sunat/taxpayers.py`)
    "ordinary": "20999888772",
    "retains": "20999006001",
    "perceives": "20999011005",
}
BUYER, PERSON = "20999000119", "40404040"
USER, PASSWORD = "USUARIO1", "clave-inventada"
Said = dict[str, str]


def conversation() -> Told:
    """Every step of the page; raises Skipped where no client can be tried."""
    if sys.version_info < OLDEST:
        raise Skipped(f"no Python of {'.'.join(map(str, OLDEST))} or later")
    said: dict[str, Said] = {"": {}, "+xsd": {}}
    skipped: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="interop-sunat-") as made:
        folder = Path(made)
        nothing = folder / "no-papers"
        nothing.mkdir()
        asked = _asked(folder)
        pythons = _environments(folder, skipped)
        worlds = {"": nothing, "+xsd": interop.papers("pe/xsd/2.1/maindoc/UBL-Invoice-2.1.xsd")}
        for world, papers in worlds.items():
            if papers is not None:
                said[world] = _said(folder / f"world{world}", papers, asked, pythons)
    return Told(_steps(said), skipped)


def _steps(said: dict[str, Said]) -> list[Step]:
    """What was said beside what the page says; a step that it lacks expects nothing."""
    wanted = interop.expectations(PAGE.read_text(encoding="utf-8"))
    unknown = {name: ["", "", ""] for one in said.values() for name in one if name not in wanted}
    steps = []
    for name, (sent, bare, strict, *_) in (wanted | unknown).items():
        steps.append(Step(name, sent, bare, said[""].get(name, "")))
        steps.append(Step(f"{name}+xsd", sent, strict or bare, said["+xsd"].get(name, "")))
    return steps


def _environments(folder: Path, skipped: dict[str, str]) -> dict[Client, Path]:
    """The Python of each client that can be had; raises Skipped if none can."""

    def made(client: Client) -> Path | Skipped:
        at = folder / client.name
        try:
            return interop.environment(at, sys.executable, client.pins, wheels=":all:")
        except Skipped as reason:
            return reason

    found = {}
    with ThreadPoolExecutor(2) as pool:
        for client, python in zip(CLIENTS, pool.map(made, CLIENTS), strict=True):
            if isinstance(python, Skipped):
                skipped[client.name] = str(python)
            else:
                found[client] = python
    if not found:
        raise Skipped("; ".join(skipped.values()))
    return found


def _said(folder: Path, papers: Path, asked: dict[str, Any], pythons: dict[Client, Path]) -> Said:
    """What was said to every client; none finds in the register what another sent."""
    said: Said = {}
    folder.mkdir()
    with interop.sandbox(folder / "ports.json", papers=papers) as sandbox:
        at = asked | {"address": f"{sandbox.address}/sunat"}
        for client, python in pythons.items():
            sandbox.tell("clear", {})
            place = folder / client.name
            place.mkdir()
            said |= _driven(client, python, place, at)
    return said


def _driven(client: Client, python: Path, place: Path, asked: dict[str, Any]) -> Said:
    """What was said to one client."""
    (place / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    for name in ("sunat_told.py", *client.files):
        shutil.copy(TOOLS / name, place)
    done = command([str(python), client.files[0], "."], cwd=place)
    if done.returncode:
        raise RuntimeError(f"the driver of {client.name} failed:\n{done.stderr}")
    told = json.loads((place / "told.json").read_text(encoding="utf-8"))
    return {one["step"]: one["said"] for one in told}


def _asked(folder: Path) -> dict[str, Any]:
    """What the drivers need to know; the keys of the invented issuers are written too."""
    files: dict[str, dict[str, str]] = {"key": {}, "certificate": {}, "pkcs12": {}}
    for issuer, ruc in ISSUERS.items():
        for what, content in interop.certificate("PE", ruc, PASSWORD).items():
            path = folder / f"{issuer}.{what}"
            path.write_bytes(content)
            files[what][issuer] = str(path)
    return {
        **files,
        "issuers": ISSUERS,
        "buyer": BUYER,
        "person": PERSON,
        "user": USER,
        "password": PASSWORD,
    }


if __name__ == "__main__":
    sys.exit(interop.run("four clients speak to the pretended SUNAT", conversation))
