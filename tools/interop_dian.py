"""An independent client, facho 0.2.1 of 2021, speaks to the pretended DIAN.

    .venv/bin/python tools/interop_dian.py [--json]

Makes an environment for facho in a folder that is removed afterwards, starts the sandbox, and
compares what was said with the table "An independent client" of `docs/authorities/co.md`.
Exit 0: every step behaved as the page says, or no step could be tried (and why); 1: one did not.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import interop
from interop import TOOLS, Skipped, Step, Told, command

PAGE = interop.REPOSITORY / "docs/authorities/co.md"
VERSIONS = ("3.10", "3.9", "3.8")  # pyOpenSSL 22 and cryptography 38 have wheels for these
# facho asks for no upper bounds. pyOpenSSL lost PKCS #12 in 23.3; xades 1.0 writes another shape.
PINS = (
    "facho==0.2.1",
    "pyOpenSSL==22.1.0",
    "cryptography==38.0.4",
    "xmlsig==0.1.9",
    "xades==0.2.4",
    "zeep==4.2.1",
)
SERVICE = "/dian/WcfDianCustomerServices.svc"
ISSUER = {
    "nit": "999888777",
    "digit": "1",
    "name": "EMISOR DE PRUEBA S.A.S.",
    "email": "facturas@emisor.example",
}
BUYER = {
    "nit": "999000111",
    "digit": "4",
    "name": "COMPRADOR DE PRUEBA S.A.S.",
    "email": "compras@comprador.example",
}
SOFTWARE, PIN = "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0", "75315"
TEST_KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"  # of the public test range
PASSWORD = "clave-inventada"


def conversation() -> Told:
    """Every step of the page; raises Skipped."""
    wanted = interop.expectations(PAGE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="interop-dian-") as made:
        folder = Path(made)
        wheels = "lxml,xmlsec,cryptography"
        python = interop.environment(folder / "venv", _interpreter(), PINS, wheels=wheels)
        asked = _asked(folder)
        nothing = folder / "no-papers"
        nothing.mkdir()
        with interop.sandbox(folder / "bare.json", papers=nothing) as bare:
            asked["address"] = _known(bare)
            papers = interop.papers("co/xsd/maindoc/UBL-Invoice-2.1.xsd")
            if papers is None:
                said = _drive(python, folder, asked)
            else:
                with interop.sandbox(folder / "papers.json", papers=papers) as strict:
                    asked["address_with_schemas"] = _known(strict)
                    said = _drive(python, folder, asked)
    unknown = {name: ["", ""] for name in said if name not in wanted}
    steps = [
        Step(name, sent, expected, said.get(name, ""))
        for name, (sent, expected, *_) in (wanted | unknown).items()
    ]
    return Told(steps, {})


def _known(sandbox: interop.Sandbox) -> str:
    """The service's address, once it knows the issuer's software."""
    told = {"nit": ISSUER["nit"], "software_id": SOFTWARE, "pin": PIN}
    sandbox.tell("dian/software", told)
    return sandbox.address + SERVICE


def _drive(python: Path, folder: Path, asked: dict[str, object]) -> dict[str, str]:
    """What was said at each step."""
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    for name in ("facho_driver.py", "facho_documents.py", "facho_wsdl.py"):
        shutil.copy(TOOLS / name, folder)
    # facho writes the machine's own hour into SigningTime: it was made for machines in Colombia.
    words = [str(python), "facho_driver.py", "."]
    done = command(words, cwd=folder, env={"TZ": "America/Bogota"})
    if done.returncode:
        raise RuntimeError(f"the driver failed:\n{done.stderr}")
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return {one["step"]: one["said"] for one in told}


def _interpreter() -> str:
    """An old Python that really runs, from PATH or pyenv; raises Skipped."""
    roots = [os.environ.get("PYENV_ROOT", ""), str(Path.home() / ".pyenv")]
    pyenv = shutil.which("pyenv")
    if pyenv:
        roots.insert(0, command([pyenv, "root"]).stdout.strip())
    for version in VERSIONS:
        found = [shutil.which(f"python{version}") or ""]
        for root in filter(None, roots):
            found += map(str, Path(root).glob(f"versions/{version}.*/bin/python"))
        for candidate in filter(None, found):
            # pyenv's shims lie in PATH for versions that are not chosen, and then fail.
            asked = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
            if command([candidate, "-c", asked]).stdout.strip() == version:
                return candidate
    raise Skipped(f"no Python of {', '.join(VERSIONS)} on PATH or in pyenv")


def _asked(folder: Path) -> dict[str, object]:
    """What the driver needs to know; the keys of an invented issuer are written too."""
    written = interop.certificate("CO", ISSUER["nit"], PASSWORD)
    for what, content in written.items():
        (folder / what).write_bytes(content)
    return {
        **{what: str(folder / what) for what in written},
        "password": PASSWORD,
        "issuer": ISSUER,
        "buyer": BUYER,
        "software": SOFTWARE,
        "pin": PIN,
        "technical_key": TEST_KEY,
        "address": "",
        "address_with_schemas": "",
    }


if __name__ == "__main__":
    sys.exit(interop.run("facho speaks to the pretended DIAN", conversation))
