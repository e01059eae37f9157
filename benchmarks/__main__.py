"""`make bench`: each goal as a ratio, as a table and, at BENCH_JSON, as JSON."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path


def prepare() -> None:
    """A home and a database of this run's own."""
    home = tempfile.mkdtemp(prefix="acuse-bench-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)  # after the database has stopped
    os.environ["ACUSE_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "acuse.project.settings"
    from acuse.gateways import postgres

    os.environ["DATABASE_URL"] = postgres.start(Path(home))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def main() -> int:
    """Measure what was named, or everything."""
    prepare()
    from benchmarks import journey, mails, paper, signing, smtp

    modules = {"signing": signing, "paper": paper, "smtp": smtp, "journey": journey, "mails": mails}
    wanted = sys.argv[1:] or list(modules)
    found = []
    for name in wanted:
        for goal in modules[name].goals():
            sign = "≤" if goal.most else "≥"
            met = "met" if goal.met else "NOT MET"
            line = f"{goal.name:12} {goal.ratio:7.2f}  {sign} {goal.goal:<5} {met:8} {goal.note}"
            print(line, flush=True)
            found.append(goal)
    path = os.environ.get("BENCH_JSON")
    if path:
        goals = [
            {"name": g.name, "ratio": round(g.ratio, 3), "goal": g.goal, "met": g.met}
            for g in found
        ]
        Path(path).write_text(json.dumps({"goals": goals}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
