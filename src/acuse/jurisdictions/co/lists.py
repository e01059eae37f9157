"""Short lists of the DIAN that forms offer: concepts of notes, kinds of identity.

Source: colombia.md 3 ("Identity types", "Credit-note concepts").
"""

from __future__ import annotations

from acuse.domain.traits import TaxIdKind

CREDIT_REASONS = (
    ("1", "Devolución parcial de bienes o no aceptación parcial del servicio"),
    ("2", "Anulación de la factura"),
    ("3", "Rebaja o descuento parcial o total"),
    ("4", "Ajuste de precio"),
    ("5", "Descuento comercial por pronto pago"),
    ("6", "Descuento comercial por volumen de ventas"),
)
DEBIT_REASONS = (
    ("1", "Intereses"),
    ("2", "Gastos por cobrar"),
    ("3", "Cambio del valor"),
    ("4", "Otros"),
)
PURCHASE_REASONS = (
    ("1", "Devolución parcial de bienes o no aceptación parcial del servicio"),
    ("2", "Anulación del documento soporte"),
    ("3", "Rebaja o descuento parcial o total"),
    ("4", "Ajuste de precio"),
    ("5", "Otros"),
)
TAX_IDS = (
    TaxIdKind("NIT", "NIT", "31", ("Número de identificación tributaria",)),
    TaxIdKind("CC", "Cédula de ciudadanía", "13", ("Cédula", "Cédula ciudadanía")),
    TaxIdKind("CE", "Cédula de extranjería", "22", ("Cédula extranjería",)),
    TaxIdKind("PP", "Pasaporte", "41"),
    TaxIdKind("TI", "Tarjeta de identidad", "12"),
    TaxIdKind("RC", "Registro civil", "11"),
    TaxIdKind("TE", "Tarjeta de extranjería", "21"),
    TaxIdKind(
        "DE", "Documento extranjero", "42", ("DIE", "Documento de identificación extranjero")
    ),
    TaxIdKind("PEP", "PEP", "47"),
    TaxIdKind("PPT", "PPT", "48"),
    TaxIdKind("NITX", "NIT de otro país", "50", ("FOREIGN_NIT", "NIT extranjero")),
    TaxIdKind("NUIP", "NUIP", "91"),
)
CONSUMER = "222222222222"  # consumidor final, as a cédula
