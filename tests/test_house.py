"""Rules of the house that neither the import contracts nor ruff can say (design.md 3.3)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import acuse
from acuse import jurisdictions

ROOT = Path(acuse.__file__).parent
COUNTRIES = set(jurisdictions.CODES)
INVENTED = "cli/rehearsal"  # the demo's companies are data, each of one country


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def countries_in(tree: ast.AST) -> list[str]:
    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in COUNTRIES
    ]


def transactions_in(tree: ast.AST) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"atomic", "on_commit"})
        or (isinstance(node, ast.alias) and node.name in {"atomic", "on_commit"})
    ]


def test_no_country_is_named_outside_its_folder() -> None:
    found = {
        name: countries
        for name, tree in sources()
        if not name.startswith(("jurisdictions/", INVENTED)) and (countries := countries_in(tree))
    }
    assert found == {}


def test_transactions_are_opened_in_flow_only() -> None:
    found = {
        name: lines
        for name, tree in sources()
        if not name.startswith("flow/") and (lines := transactions_in(tree))
    }
    assert found == {}


def test_the_rules_see_what_they_forbid() -> None:
    assert countries_in(ast.parse("if country == 'PE': pass")) == ["1: PE"]
    forms = ("with transaction.atomic(): pass", "from django.db.transaction import atomic as a")
    assert all(transactions_in(ast.parse(form)) == [1] for form in forms)
