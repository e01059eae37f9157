"""Where a Costa Rican document is looked up: at Hacienda, by its clave.

Source: costa-rica.md 7 (the clave serves the look-up). No paper names the page; that staging has
none is UNCONFIRMED.
"""

from __future__ import annotations

from acuse.domain.face import Field
from acuse.domain.jurisdiction import Sealed
from acuse.domain.lookup import Lookup
from acuse.domain.party import Company, Environment
from acuse.jurisdictions.cr.traits import TRAITS

WHERE = "en el portal de Hacienda, en su consulta de comprobantes electrónicos"
WHERE_ENGLISH = "on Hacienda's website, in its look-up of electronic documents"


def verify(company: Company, sealed: Sealed) -> Lookup | None:
    """The clave, bare: in groups, as the paper has it, it would not be taken."""
    if company.environment is not Environment.PRODUCTION:
        return None
    return Lookup(WHERE, WHERE_ENGLISH, (Field(TRAITS.words.fiscal_id, sealed.fiscal_id),))
