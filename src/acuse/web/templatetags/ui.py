"""Small pieces of every screen: icons, chips, figures, fields."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from acuse.domain.face import Column, FaceLine
from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import Traits
from acuse.flow import outside
from acuse.mail import remarks
from acuse.web import format as formats
from acuse.web.states import Chip

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing that says nothing to a screen reader: a word stands beside it."""
    url = static("vendor/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        url,
        name,
    )


@register.filter
def remark(text: str) -> str:
    """What was said of a try, ours in Spanish."""
    return remarks.shown(text)


@register.simple_tag
def chip(state: Chip | None) -> SafeString:
    """A state: colour, icon and word."""
    if state is None:
        return format_html('<span class="muted">{}</span>', "–")
    return format_html(
        '<span class="chip {}">{}{}</span>', state.tone, icon(state.icon), state.words
    )


@register.simple_tag
def money(amount: Decimal, currency: str, traits: Traits) -> str:
    """An amount with its currency."""
    return formats.money(amount, currency, traits)


@register.simple_tag
def moment(at: datetime, traits: Traits) -> str:
    """A moment in the company's time."""
    return formats.moment(at, traits, now=outside.now())


@register.simple_tag
def full_moment(at: datetime, traits: Traits) -> str:
    """A moment, whole."""
    return formats.full_moment(at, traits)


@register.simple_tag
def agree(words: str, kind: str, traits: Traits) -> str:
    """Words about a document in the gender of its kind: "L{o} rechazó"."""
    return traits.agree(DocumentKind(kind), words)


@register.filter
def of(mapping: dict[str, object], key: str) -> object:
    """The mapping's value at a key that is known only at display."""
    return mapping.get(key, "")


@register.filter
def with_columns(line: FaceLine, columns: tuple[Column, ...]) -> list[tuple[str, bool]]:
    """The cells of a printed line, each with whether its column holds figures."""
    return [(cell, c.figures) for cell, c in zip(line.cells, columns, strict=True)]
