"""Files of documents: one JSON object, an array of them, or JSON Lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from acuse.domain.json_text import parse_json
from acuse.domain.problem import Problem

LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a file, or why it cannot be read; `line` is where it begins."""

    line: int
    where: str
    content: Mapping[str, object] | Problem


def read_file(path: Path) -> list[Entry]:
    """The file's documents in order; one that cannot be read stands for itself alone."""
    try:
        if path.stat().st_size > LARGEST:
            return [_unreadable(path, 1, "El archivo pesa más de 50 MB. Divídelo.")]
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        return [_unreadable(path, 1, f"No se puede leer {path}: {error.strerror}.")]
    except UnicodeDecodeError as error:
        return [_unreadable(path, 1, f"El archivo no es texto UTF-8 (byte {error.start}).")]
    whole = parse_json(text)
    if isinstance(whole, list):
        return [_entry(path, n, f"{path}[{n - 1}]", one) for n, one in enumerate(whole, start=1)]
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if isinstance(whole, Problem) and len(lines) > 1 and lines[0][1].lstrip().startswith("{"):
        first = parse_json(lines[0][1])
        if not isinstance(first, Problem):
            return [_entry(path, n, f"{path}:{n}", parse_json(line)) for n, line in lines]
    return [_entry(path, 1, str(path), whole)]


def _entry(path: Path, line: int, where: str, content: object) -> Entry:
    if isinstance(content, Problem):
        return Entry(line, where, content)
    if not isinstance(content, dict):
        text = "Un documento es un objeto JSON: {…}. Revisa docs/document-format.md."
        return Entry(line, where, Problem("", "XX-DOC-0", text))
    return Entry(line, where, cast("Mapping[str, object]", content))


def _unreadable(path: Path, line: int, text: str) -> Entry:
    return Entry(line, str(path), Problem("", "XX-FIL-1", text))
