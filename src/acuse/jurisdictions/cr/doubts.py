"""What nobody could confirm about Hacienda, in one place, each with its source.

Nothing is built on these being right: they are expected to move (costa-rica.md 11).
"""

from __future__ import annotations

from decimal import Decimal

from acuse.jurisdictions.cr.specific import Specific
from acuse.xml.xades import Policy

# Section 4: the pair in five public projects; whether Hacienda checks the digest is unknown.
POLICY = Policy(
    identifier=(
        "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/Resoluci%C3%B3n_General_sobre_"
        "disposiciones_t%C3%A9cnicas_comprobantes_electr%C3%B3nicos_para_efectos_tributarios.pdf"
    ),
    digest="DWxin1xWOeI8OuWQXazh4VjLWAaCLAA954em7DMh0h8=",
)

# Section 1: the resolution's date.
LEGEND = "Autorizada mediante resolución N.º MH-DGT-RES-0027-2024 del 13 de noviembre de 2024."

# Section 5: sources disagree on the staging address; `endpoints` of the company replaces it.
STAGING = "https://api.comprobanteselectronicos.go.cr/recepcion-sandbox/v1"

# Section 5: the limits are not published; ours leaves room below ten calls a second.
CALLS_PER_SECOND = 5.0

# Section 2: from the end of 2026 letters may stand in the number of a legal person; capitals
# assumed.
LEGAL_PERSON = "[0-9A-Z]{10}"

# Section 3.5: which class of the summary a tariff's amounts go to. Whichever reading is right,
# TotalVenta, TotalImpuesto and TotalComprobante come out the same.
TAXED, EXEMPT, EXONERATED, NOT_SUBJECT = "gravado", "exento", "exonerado", "no sujeto"
CLASSES = {
    "01": TAXED,
    "02": TAXED,
    "03": TAXED,
    "04": TAXED,
    "05": TAXED,
    "06": TAXED,
    "07": TAXED,
    "08": TAXED,
    "09": TAXED,
    "10": EXEMPT,
    "11": NOT_SUBJECT,
}


def exonerated_part(gross: Decimal, points: Decimal, rate: Decimal) -> Decimal:
    """How much of a line counts as exonerated, unrounded: as the points to the tariff (3.5)."""
    return gross * points / rate


# Section 3.4: with a gift (regalía) or a bonus (bonificación) IVA is figured on MontoTotal, as if
# there were no discount. The schema's note says so of bundles; of plain lines nobody could say.
GIFTS = frozenset({"01", "03"})

# Section 3.4: a bundle's gross amount goes to the class of its part with the highest tariff.


# Section 9.2, CR-LIN-14: what counts as alcoholic, by the first digits of the CABYS.
ALCOHOLIC = ("241", "242", "243")


def specific_amount(told: Specific) -> Decimal:
    """What a tax counted by units comes to, unrounded, where its issuer does not say it (3.4).

    Units × tax of one; of alcohol the proportion, of drinks the volume stands for the units.
    """
    units = told.quantity
    if told.proportion is not None:
        units = told.proportion
    elif told.volume is not None:
        units = told.quantity * told.volume
    return units * told.per_unit


def qr_content(clave: str) -> str:
    """What the QR holds: the bare clave (section 7)."""
    return clave
