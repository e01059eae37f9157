"""Where a thing that is missing can be filled in: the screen, and the field on it."""

from __future__ import annotations

from django import template
from django.urls import reverse

from acuse.domain.party import Company
from acuse.domain.problem import Problem

register = template.Library()

FIELDS = {  # the problem's field below "company.", the input's name on the company's screen
    "name": "legal_name",
    "tradeName": "trade_name",
    "email": "email",
    "phone": "phone",
    "address": "line",
    "address.address": "line",
    "address.place": "place",
    "address.district": "district",
    "address.city": "city",
    "address.region": "region",
    "address.country": "line",
    "identification": "legal_name",
}
SCREENS = {
    "certificate": "keys",
    "secrets": "keys",
    "channel": "keys",
    "numberTemplates": "ranges",
    "mailRoute": "sender",
}


@register.simple_tag
def mend_url(company: Company, problem: Problem) -> str:
    """The address of the field that the problem is about."""
    name = problem.field.removeprefix("company.")
    first, _, rest = name.partition(".")
    if first in SCREENS:
        return reverse(SCREENS[first], args=[company.id])
    field = f"extra-{rest}" if first == "extra" else FIELDS.get(name, FIELDS.get(first, ""))
    place = reverse("company_data", args=[company.id])
    return f"{place}#{field}" if field else place
