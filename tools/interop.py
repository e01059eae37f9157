"""What the tools share in which an independent client speaks to a pretended authority.

Each makes throwaway environments, starts sandboxes, lets a driver speak, and compares what was
said with a table of the authority's page: the table is the expectation.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

TOOLS = Path(__file__).resolve().parent
REPOSITORY = TOOLS.parent
BEGIN, END = "<!-- interop:begin -->", "<!-- interop:end -->"
LONGEST = 300.0


class Skipped(Exception):
    """Nothing can be tried on this machine; the message says why."""


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


@dataclass(frozen=True, slots=True)
class Told:
    """All steps, and why a client could not be tried."""

    steps: list[Step]
    skipped: dict[str, str]


def run(about: str, conversation: Callable[[], Told]) -> int:
    """The exit code; what happened goes to stdout."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
    as_json = parser.parse_args().json
    try:
        told = conversation()
    except Skipped as reason:
        print(json.dumps({"skipped": str(reason)}) if as_json else f"skipped: {reason}")
        return 0
    ok = all(step.is_ok for step in told.steps)
    if as_json:
        steps = [asdict(step) | {"ok": step.is_ok} for step in told.steps]
        whole = {"ok": ok, "steps": steps, "not_tried": told.skipped}
        print(json.dumps(whole, ensure_ascii=False))
    else:
        _show(told)
    return 0 if ok else 1


def _show(told: Told) -> None:
    """The table, for people."""
    wide = max(len(step.name) for step in told.steps)
    for step in told.steps:
        mark = "not tried" if not step.said else "ok" if step.is_ok else "DIFFERS"
        print(f"{mark:9}  {step.name:{wide}}  {step.sent or 'a step that the page does not have'}")
        said, expected = step.said or "nothing", step.expected or "nothing"
        print(f"{'':{wide + 13}}said {said}; expected {expected}")
    for client, reason in told.skipped.items():
        print(f"skipped: {client}: {reason}")
    tried = sum(1 for step in told.steps if step.said)
    differ = sum(not step.is_ok for step in told.steps)
    print(f"{tried} of {len(told.steps)} steps tried, {differ} differ")


def expectations(page: str) -> dict[str, list[str]]:
    """The rows of the page's table by the step's name: the other cells, without backticks."""
    table = page.partition(BEGIN)[2].partition(END)[0].strip().splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table]
    return {name.strip("`"): [cell.strip("`") for cell in cells] for name, *cells in rows}


def command(
    words: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command that ended, or was ended; its exit code is not 0 then."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    try:
        return subprocess.run(
            words,
            cwd=cwd,
            env=environment | (env or {}),
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(words, 1, "", str(error))


def environment(made: Path, interpreter: str, pins: tuple[str, ...], *, wheels: str) -> Path:
    """The Python of a new environment with these packages; raises Skipped.

    `wheels` names, comma-separated, what is not built from source (":all:" for everything).
    """
    if command([interpreter, "-m", "venv", str(made)]).returncode:
        raise Skipped(f"{Path(interpreter).name} makes no environments")
    python = made / "bin/python"
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary"]
    installed = command([str(python), *pip, wheels, *pins])
    if installed.returncode:
        last = (installed.stderr.strip().splitlines() or ["no word"])[-1]
        raise Skipped(f"{pins[0]} cannot be installed: {last}")
    return python


def certificate(country: str, number: str, password: str) -> dict[str, bytes]:
    """A key, its certificate (both PEM) and both sealed: of an invented holder, for two days."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.COMMON_NAME, "CERTIFICADO INVENTADO"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, number),
        ]
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 727)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    # Few rounds: some clients open it for every document, in slow languages.
    sealed = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(1000)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(password.encode())
    )
    return {
        "key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "certificate": made.public_bytes(Encoding.PEM),
        "pkcs12": pkcs12.serialize_key_and_certificates(None, key, made, None, sealed),
    }


def papers(example: str) -> Path | None:
    """The published papers, where this machine has them: a file of them says so."""
    named = os.environ.get("ACUSE_AUTHORITY_DIR", REPOSITORY.parent / "shared/authority")
    found = Path(named).resolve()
    return found if (found / example).is_file() else None


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A pretended world on loopback: where it listens, and where it is told things."""

    address: str
    control: str

    def tell(self, path: str, told: dict[str, Any]) -> None:
        """An entry of one of its registers."""
        request = urllib.request.Request(f"{self.control}/{path}", json.dumps(told).encode())
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def sandbox(ports_file: Path, *, papers: Path) -> Iterator[Sandbox]:
    """A sandbox with these papers (an empty folder: none), ended afterwards."""
    own = os.environ | {"ACUSE_AUTHORITY_DIR": str(papers), "PYTHONPATH": str(REPOSITORY / "src")}
    words = [sys.executable, "-m", "acuse_sandbox", "--ports-file", str(ports_file)]
    with subprocess.Popen(words, env=own, stdout=subprocess.DEVNULL) as process:
        try:
            ports = _ports(ports_file, process)
            yield Sandbox(*(f"http://127.0.0.1:{ports[one]}" for one in ("http", "control")))
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
