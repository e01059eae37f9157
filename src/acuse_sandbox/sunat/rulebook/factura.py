"""The rulebook of the factura (01): all checks that need nothing but the document and the lists.

Source: SUNAT's sheet of 2026-02-12. Not here: what the table says of attributes and of the
properties of special operations, and the register's answers 1032 and 1033, which `sending` gives.
`family` lends these rules to the factura's relatives.
"""

from __future__ import annotations

from acuse_sandbox.sunat.rulebook import (
    rules_header,
    rules_line_taxes,
    rules_lines,
    rules_parties,
    rules_payment,
    rules_tax_totals,
    rules_totals,
)

# First the faults, which leave the number free; then what rejects or is remarked.
FAULTS = rules_header.IDENTITY + rules_parties.FAULTS

RULES = (
    rules_header.RULES
    + rules_parties.RULES
    + rules_lines.RULES
    + rules_line_taxes.RULES
    + rules_totals.CHARGES
    + rules_tax_totals.RULES
    + rules_totals.RULES
    + rules_payment.RULES
)
