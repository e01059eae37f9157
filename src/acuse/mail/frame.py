"""The house's HTML around a letter: styles written on its elements, values put in afterwards.

Mail programs read styles on elements; css-inline writes them there once a process, over our own
files alone: no parser ever meets what a user wrote, which goes in escaped.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources
from string import Template

import css_inline


def whole(name: str, /, **values: str) -> str:
    """The page of that name; every value is HTML already."""
    return _page(name).substitute(values)


def piece(name: str, /, **values: str) -> str:
    """The fragment of that name with these texts, which are escaped here."""
    return _fragment(name).substitute({key: escape(value) for key, value in values.items()})


def paragraph(lines: str) -> str:
    """A paragraph of the letter; `lines` is HTML already."""
    return _fragment("paragraph.html").substitute(lines=lines)


@cache
def _page(name: str) -> Template:
    html = _read(name).replace("$css", _read("letter.css"))
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return Template(inliner.inline(html) + "\n")


@cache
def _fragment(name: str) -> Template:
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    return Template(inliner.inline_fragment(_read(name), _read("letter.css")).strip())


def _read(name: str) -> str:
    folder = resources.files(__package__).joinpath("templates")
    return folder.joinpath(name).read_text(encoding="utf-8")
