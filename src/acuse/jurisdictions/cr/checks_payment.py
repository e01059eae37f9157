"""What is wrong with a line of a recibo de pago. Source: costa-rica.md 3.8."""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Line
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Problem
from acuse.jurisdictions.cr import content_line, forms
from acuse.jurisdictions.cr.checks_tax import tax_problems
from acuse.jurisdictions.cr.forms import problem
from acuse.jurisdictions.cr.line_sums import line_sum


def payment_problems(field: str, line: Line, kind: DocumentKind) -> Iterator[Problem]:
    """What is wrong with the line at that path: a payment has an amount and its IVA, no more."""
    yield from forms.sized(f"{field}.name", "El detalle", line.description, 3, 200)
    if line.quantity != 1:
        text = f"La cantidad es {line.quantity} y de un pago es 1. El precio es lo pagado."
        yield problem(f"{field}.quantity", "CR-REP-3", text)
    if line.discounts or line.components:
        text = "Un pago no lleva descuentos ni surtidos. Quítalos."
        yield problem(f"{field}.discount", "CR-REP-3", text)
        return
    yield from tax_problems(field, line, kind)
    figures = tuple(forms.figure(f"{field}.price", "Lo pagado", line.price, 5))
    yield from figures
    told = content_line.paid_tax(line)
    if figures or told is None:
        return
    yield from forms.figure(f"{field}.extra.paid_tax", "El IVA pagado", told, 5, zero=True)
    if told > line_sum(line).subtotal:
        text = f"El IVA pagado ({told}) es más que lo pagado ({line.price}). Corrígelo."
        yield problem(f"{field}.extra.paid_tax", "CR-LIN-10", text)
