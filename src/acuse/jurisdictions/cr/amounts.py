"""Elements that hold money (DecimalDineroType): five decimals, written as the sums give them."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from acuse.xml.build import Markup


class Amounts(Protocol):
    """Writes elements side by side, an amount in each."""

    def __call__(self, *values: Decimal) -> Markup: ...


def amounts(*names: str) -> Amounts:
    """A function that writes `<a>1.00000</a><b>2.00000</b>`; amounts have five decimals already.

    Figures need no escaping and neighbours are written at once: that is a third of a line's cost.
    """
    template = "".join(f"<{name}>%s</{name}>" for name in names)

    def write(*values: Decimal) -> Markup:
        return Markup(template % values)

    return write
