"""The rulebook of the factura (01): all checks that need nothing but the document and the lists.

Source: SUNAT's sheet of 2026-02-12. Not here: the properties of special operations (transport,
lodging, banks, passengers), and the register's answers 1032 and 1033, which `sending` gives.
"""

from __future__ import annotations

from acuse_sandbox.sunat.rulebook import (
    attributes,
    header,
    line_taxes,
    lines,
    parties,
    payment,
    tax_totals,
    totals,
)

# First the faults, which leave the number free; then what rejects or is remarked.
FAULTS = header.IDENTITY + parties.FAULTS

RULES = (
    header.RULES
    + parties.RULES
    + lines.RULES
    + line_taxes.RULES
    + totals.CHARGES
    + tax_totals.RULES
    + totals.RULES
    + payment.RULES
    + attributes.RULES
)
