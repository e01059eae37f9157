"""What nobody could confirm about the DIAN, in one place, each with its source.

Nothing is built on these being right: they are expected to move. Sections are colombia.md's.
"""

from __future__ import annotations

from decimal import Decimal

from acuse.domain.money import trimmed
from acuse.xml.xades import Policy

# Section 2: two texts are seen for documents soporte; this one is of the signed sample of 2021.
PURCHASE_PROFILE = (
    "DIAN 2.1: documento soporte en adquisiciones efectuadas a no obligados a facturar."
)

# Section 2: the text of a documento equivalente's note is not in the page; made after its kin.
RECEIPT_NOTE_PROFILE = "DIAN 2.1: Nota de Ajuste al Documento Equivalente"

# Section 1, contingency: a documento equivalente made again while the DIAN is down is an "08";
# whether that is its InvoiceTypeCode is not said.
RECEIPT_CONTINGENCY = "08"

# Section 2: 61 characters by rule AAD03; most products send «… de la Factura …» and live.
EVENT_PROFILE = "DIAN 2.1: ApplicationResponse de Factura Electrónica de Venta"

# Section 9: `1` in the five official examples; RADIAN's annex may want the event's code there.
EVENT_CUSTOMIZATION = "1"

# Section 9: the beginning is fixed, the rest of the oath is not published.
TACIT_OATH = (
    "Manifiesto bajo la gravedad de juramento que transcurridos 3 días hábiles siguientes a la "
    "fecha de recepción de la mercancía o del servicio en la referida factura de este evento, el "
    "adquirente no manifestó expresamente la aceptación o rechazo de la referida factura."
)

# Section 5: the pair in several public clients.
POLICY = Policy(
    identifier="https://facturaelectronica.dian.gov.co/politicadefirma/v2/politicadefirmav2.pdf",
    digest="dMoMvtcG5aIzgYo0tIsSQeVJBDnUnfSOfBpxXrmor0Y=",
    description="Política de firma para facturas electrónicas de la República de Colombia",
)

# Section 2, row 20: the three groups are named there, their namespace is not; public clients write
# them in the root's own, each inside the element that stands first here.
POS_MAKER = ("FabricanteSoftware", "InformacionDelFabricanteDelSoftware")
POS_BUYER = ("BeneficiosComprador", "InformacionVeneficiosComprador")  # sic
POS_TILL = ("PuntoVenta", "InformacionCajaVenta")

# Section 3b, FAI06: which code of document the paper number of a type 03 has.
PAPER_TYPE = "FTC"

# Section 3, "Lines": the codes are listed, which of them an adjustment after tax has is not. By
# law a discount that leaves the taxable base alone is a conditional one; a tip is named there.
HEADER_DISCOUNT, HEADER_CHARGE, HEADER_TIP = "01", "02", "03"
TIP = "propina"

# Section 3, DiscrepancyResponse: a note without reference must give a concept; where the user chose
# none it is an adjustment of the price (91), or "others" (92).
CREDIT_REASON, DEBIT_REASON = "4", "4"

# Section 3, "Numbers": percentages have two decimals, yet ICA is set in hundredths of a per mil
# (9.66 ‰ = 0.966 %), and a rounded rate would no longer be amount ÷ base.
TAX_DECIMALS = 3


# Section 3, PaymentExchangeRate: of the two shapes we write (b), source COP, which the rules of
# 2025 want (XML in pesos); whether (a), source the agreed currency, is still taken is not said.
# In (b), pesos for one unit of the agreed currency.
def calculation_rate(pesos_for_one: Decimal) -> str:
    """The text of CalculationRate."""
    return trimmed(pesos_for_one, 6, 2)
