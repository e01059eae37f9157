"""No file of code over 300 lines, but data, rule tables, migrations and cases (design.md 3.12)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LONGEST = 300
SUFFIXES = {".py", ".html", ".js", ".mjs", ".typ", ".sh", ".sql"}


def exempt(path: Path) -> bool:
    """Whether the file is data rather than code."""
    data = {"migrations", "cases"}
    return path.name.startswith(("rules_", "cases_")) or bool(data & set(path.parts))


def main() -> int:
    """Name what is too long."""
    listed = subprocess.run(
        ["git", "ls-files", "src", "tests", "scripts", "tools", "benchmarks"],
        capture_output=True,
        text=True,
        check=True,
    )
    long = []
    for name in listed.stdout.split():
        path = Path(name)
        if path.suffix not in SUFFIXES or exempt(path) or not path.exists():
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            long.append(f"{name}: {lines} lines")
    print("\n".join(long) or f"No file over {LONGEST} lines.")
    return 1 if long else 0


if __name__ == "__main__":
    sys.exit(main())
