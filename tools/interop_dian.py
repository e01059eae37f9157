"""An independent client, facho 0.2.1 of 2021, speaks to the pretended DIAN.

    .venv/bin/python tools/interop_dian.py [--json]

Makes an environment for facho in a folder that is removed afterwards, starts the sandbox, and
compares what was said with the table "An independent client" of `docs/authorities/co.md`.
Exit 0: every step behaved as the page says, or no step could be tried (and why); 1: one did not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

TOOLS = Path(__file__).resolve().parent
REPOSITORY = TOOLS.parent
PAGE = REPOSITORY / "docs/authorities/co.md"
BEGIN, END = "<!-- interop:begin -->", "<!-- interop:end -->"
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
LONGEST = 300.0


class Skipped(Exception):
    """No step can be tried on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what the page expects and what was said; "" where it was not tried."""

    name: str
    sent: str
    expected: str
    said: str

    @property
    def is_ok(self) -> bool:
        """True if it behaved, or was not tried."""
        return self.said in ("", self.expected)


def main() -> int:
    """The exit code; what happened goes to stdout."""
    parser = argparse.ArgumentParser(description="facho speaks to the pretended DIAN")
    parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
    as_json = parser.parse_args().json
    try:
        steps = conversation()
    except Skipped as reason:
        print(json.dumps({"skipped": str(reason)}) if as_json else f"skipped: {reason}")
        return 0
    ok = all(step.is_ok for step in steps)
    if as_json:
        told = [asdict(step) | {"ok": step.is_ok} for step in steps]
        print(json.dumps({"ok": ok, "steps": told}, ensure_ascii=False))
    else:
        _show(steps)
    return 0 if ok else 1


def expectations(page: str) -> dict[str, tuple[str, str]]:
    """What the page says of each step: what facho sends, and what must be said."""
    table = page.partition(BEGIN)[2].partition(END)[0].strip().splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table]
    return {name.strip("`"): (sent, said.strip("`")) for name, sent, said, *_ in rows}


def conversation() -> list[Step]:
    """Every step of the page; raises Skipped."""
    wanted = expectations(PAGE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="interop-dian-") as made:
        folder = Path(made)
        python = _environment(folder, _interpreter())
        asked = _asked(folder)
        nothing = folder / "no-papers"
        nothing.mkdir()
        with _sandbox(folder / "bare.json", papers=nothing) as address:
            asked["address"] = address
            papers = _papers()
            if papers is None:
                said = _drive(python, folder, asked)
            else:
                with _sandbox(folder / "papers.json", papers=papers) as strict:
                    asked["address_with_schemas"] = strict
                    said = _drive(python, folder, asked)
    unknown = [(name, ("", "")) for name in said if name not in wanted]
    return [
        Step(name, sent, expected, said.get(name, ""))
        for name, (sent, expected) in [*wanted.items(), *unknown]
    ]


def _drive(python: Path, folder: Path, asked: dict[str, object]) -> dict[str, str]:
    """What was said at each step."""
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    for name in ("facho_driver.py", "facho_documents.py", "facho_wsdl.py"):
        shutil.copy(TOOLS / name, folder)
    # facho writes the machine's own hour into SigningTime: it was made for machines in Colombia.
    done = _run([str(python), "facho_driver.py", "."], cwd=folder, env={"TZ": "America/Bogota"})
    if done.returncode:
        raise RuntimeError(f"the driver failed:\n{done.stderr}")
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return {one["step"]: one["said"] for one in told}


def _interpreter() -> str:
    """An old Python that really runs, from PATH or pyenv; raises Skipped."""
    roots = [os.environ.get("PYENV_ROOT", ""), str(Path.home() / ".pyenv")]
    pyenv = shutil.which("pyenv")
    if pyenv:
        roots.insert(0, _run([pyenv, "root"]).stdout.strip())
    for version in VERSIONS:
        found = [shutil.which(f"python{version}") or ""]
        for root in filter(None, roots):
            found += map(str, Path(root).glob(f"versions/{version}.*/bin/python"))
        for candidate in filter(None, found):
            # pyenv's shims lie in PATH for versions that are not chosen, and then fail.
            asked = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
            if _run([candidate, "-c", asked]).stdout.strip() == version:
                return candidate
    raise Skipped(f"no Python of {', '.join(VERSIONS)} on PATH or in pyenv")


def _environment(folder: Path, interpreter: str) -> Path:
    """The Python of a new environment with facho; raises Skipped."""
    made = folder / "venv"
    if _run([interpreter, "-m", "venv", str(made)]).returncode:
        raise Skipped(f"{Path(interpreter).name} makes no environments")
    python = made / "bin/python"
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary"]
    installed = _run([str(python), *pip, "lxml,xmlsec,cryptography", *PINS])
    if installed.returncode:
        last = (installed.stderr.strip().splitlines() or ["no word"])[-1]
        raise Skipped(f"facho's packages cannot be installed: {last}")
    return python


def _asked(folder: Path) -> dict[str, object]:
    """What the driver needs to know; the keys of an invented issuer are written too."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CO"),
            x509.NameAttribute(NameOID.COMMON_NAME, "CERTIFICADO INVENTADO"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, ISSUER["nit"]),
        ]
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 727)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    sealed = BestAvailableEncryption(PASSWORD.encode())
    written = {
        "key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "certificate": certificate.public_bytes(Encoding.PEM),
        "pkcs12": pkcs12.serialize_key_and_certificates(None, key, certificate, None, sealed),
    }
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


def _papers() -> Path | None:
    """The published papers, where this machine has them."""
    named = os.environ.get("ACUSE_AUTHORITY_DIR", REPOSITORY.parent / "shared/authority")
    found = Path(named).resolve()
    return found if (found / "co/xsd/maindoc/UBL-Invoice-2.1.xsd").is_file() else None


@contextmanager
def _sandbox(ports_file: Path, *, papers: Path) -> Iterator[str]:
    """The address of a pretended DIAN that knows the issuer's software."""
    environment = os.environ | {"ACUSE_AUTHORITY_DIR": str(papers)}
    environment["PYTHONPATH"] = str(REPOSITORY / "src")
    command = [sys.executable, "-m", "acuse_sandbox", "--ports-file", str(ports_file)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            ports = _ports(ports_file, process)
            told = {"nit": ISSUER["nit"], "software_id": SOFTWARE, "pin": PIN}
            control = f"http://127.0.0.1:{ports['control']}/dian/software"
            request = urllib.request.Request(control, json.dumps(told).encode())
            urllib.request.urlopen(request, timeout=10).close()
            yield f"http://127.0.0.1:{ports['http']}{SERVICE}"
        finally:
            process.terminate()


def _ports(ports_file: Path, process: subprocess.Popen[bytes]) -> dict[str, int]:
    end = time.monotonic() + 60
    while not ports_file.exists():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the sandbox did not start")
        time.sleep(0.05)
    ports: dict[str, int] = json.loads(ports_file.read_text())
    return ports


def _run(
    command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command that ended, or was ended; its exit code is not 0 then."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment | (env or {}),
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def _show(steps: list[Step]) -> None:
    """The table, for people."""
    for step in steps:
        mark = "not tried" if not step.said else "ok" if step.is_ok else "DIFFERS"
        print(f"{mark:9}  {step.name:14}  {step.sent or 'a step that the page does not have'}")
        print(f"{'':27}said {step.said or 'nothing'}; expected {step.expected or 'nothing'}")
    tried = sum(1 for step in steps if step.said)
    print(f"{tried} of {len(steps)} steps tried, {sum(not s.is_ok for s in steps)} differ")


if __name__ == "__main__":
    sys.exit(main())
