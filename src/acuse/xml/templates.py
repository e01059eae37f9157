"""Elements rendered once, at import, with slots for what varies: writing a line is one step.

A template is made by the same element functions as all else, each slot filled by `SLOT`.
"""

from __future__ import annotations

from decimal import Decimal

from acuse.xml.build import Markup

SLOT = Markup("%s")


class Template:
    """Markup with slots; constant text must hold no per cent sign."""

    __slots__ = ("_whole",)

    def __init__(self, whole: Markup) -> None:
        self._whole: str = whole

    def __call__(self, *fillings: Markup | Decimal | int | str) -> Markup:
        """The elements with their slots filled, in order.

        Amounts and digits stand as they are; a text of anybody's must be escaped before.
        """
        return Markup(self._whole % fillings)
