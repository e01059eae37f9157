"""Against flufl.bounce's own test set: addresses agree in 95 of 100, and nothing crashes.

The set is not ours and stays outside: it is taken from the package's sdist when the tests run
(`ACUSE_FLUFL_SDIST` names one that is already here). Source: mail.md 8 and 11.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tarfile
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import pytest

from acuse.domain.report import ReportKind
from acuse.mail.reports.read import read

BAR = 0.95
PATIENCE = 240

Mails = dict[str, bytes]
Expected = dict[str, set[str]]


def fetched(folder: Path) -> Path:
    """The sdist of the version that is installed; skips where no index has it."""
    told = os.environ.get("ACUSE_FLUFL_SDIST")
    if told:
        return Path(told)
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-binary", "flufl.bounce", "--dest", str(folder)),
        f"flufl.bounce=={version('flufl.bounce')}",
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    except (subprocess.SubprocessError, OSError) as why:
        pytest.skip(f"SKIPPED: the sdist of flufl.bounce cannot be had here ({why})")
    return next(folder.glob("flufl*bounce*.tar.gz"))


def expected_in(source: str) -> Expected:
    """The addresses of each mail by the tests: a file name and bytes in one literal row."""
    found: Expected = {}
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Tuple):
            continue
        leaves = [leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant)]
        names = [one for one in leaves if isinstance(one, str) and one.endswith(".txt")]
        if len(names) == 1:
            told = {one.decode().lower() for one in leaves if isinstance(one, bytes)}
            found.setdefault(names[0], set()).update(told)
    return found


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mails, Expected]:
    mails: Mails = {}
    expected: Expected = {}
    with tarfile.open(fetched(tmp_path_factory.mktemp("flufl"))) as packed:
        for member in packed.getmembers():
            path = Path(member.name)
            content = packed.extractfile(member)
            if content is None or "tests" not in path.parts:
                continue
            if path.parent.name == "data" and path.suffix == ".txt":
                mails[path.name] = content.read()
            elif path.suffix == ".py":
                for name, told in expected_in(content.read().decode()).items():
                    expected.setdefault(name, set()).update(told)
    return mails, expected


@pytest.mark.slow
def test_addresses_agree_with_the_tests_of_flufl(oracle: tuple[Mails, Expected]) -> None:
    mails, expected = oracle
    assert len(mails) > 100
    wrong = {}
    for name, told in sorted(expected.items()):
        results = read(mails[name]).results
        forms = [{one.address.lower(), one.original.lower()} for one in results]
        each_named = all(any(address in form for form in forms) for address in told)
        if not (each_named and len(forms) == len(told)):
            wrong[name] = (sorted(told), [one.address for one in results])
    agreement = 1 - len(wrong) / len(expected)
    said = f"flufl.bounce's test set: {agreement:.1%} of {len(expected)} agree; not {wrong}"
    print(said)
    assert agreement >= BAR, said


@pytest.mark.slow
def test_every_mail_of_that_set_is_read_quickly(oracle: tuple[Mails, Expected]) -> None:
    mails, _ = oracle
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        began = time.process_time()
        kinds = [read(raw).kind for raw in mails.values()]
    assert (time.process_time() - began) / len(mails) < 0.1
    assert kinds.count(ReportKind.DELIVERY) >= 110
