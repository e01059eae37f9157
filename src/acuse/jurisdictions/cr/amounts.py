"""Elements that hold money (DecimalDineroType): five decimals, written as the sums give them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from acuse.xml.build import Markup

Amount = Callable[[Decimal], Markup]


def amount(name: str) -> Amount:
    """A function that writes `<name>1.00000</name>`; its argument has five decimals already.

    A figure needs no escaping, which is a third of the cost of writing a line.
    """
    start, end = f"<{name}>", f"</{name}>"

    def write(value: Decimal) -> Markup:
        return Markup(f"{start}{value!s}{end}")

    return write
