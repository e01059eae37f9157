"""Identity numbers of each country: one as people write it, and one that cannot be."""

from __future__ import annotations

from acuse.store import models

RIGHT = {
    "peru": ("RUC", "20999888772", "20999888772"),
    "colombia": ("NIT", "999.888.777-1", "999888777"),
    "costa_rica": ("CJ", "3-101-999888", "3101999888"),
}
WRONG = {  # a figure is another or missing; the code of the rule, and what helps
    "peru": ("RUC", "20999888771", "PE-2017", "2"),
    "colombia": ("NIT", "999888777-2", "CO-FAK24", "debería ser 1"),
    "costa_rica": ("CJ", "3-101-99988", "CR-REC-1", "diez dígitos"),
}
COUNTRIES = sorted(RIGHT)


def kept() -> list[tuple[str, str]]:
    """Kind and number of each contact."""
    return list(models.Customer.objects.values_list("tax_id_kind", "tax_id"))
