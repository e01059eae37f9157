"""Invented faces of both countries, with as many lines as a test asks for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from acuse.domain.face import Column, Face, FaceLine, Field

MOMENT = 1_795_620_600  # 2026-11-25 15:30 UTC
XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Invoice xmlns="urn:ejemplo">'
    + "".join(f"<Línea n='{n}'>Ñandú &amp; Cía. — ₡ S/ €</Línea>\r\n" for n in range(200))
    + "</Invoice>"
).encode()

THINGS = (
    "Servicio de consultoría tributaria, mes de noviembre",
    "Resma de papel bond A4 de 75 g",
    "Instalación y puesta en marcha de equipo de refrigeración industrial con garantía extendida "
    "de veinticuatro meses, repuestos originales y visitas trimestrales de mantenimiento",
    "Café tostado en grano",
    "Tornillo autoperforante 8 × 1″, caja de 100",
)


def peru(size: int = 10, **changes: object) -> Face:
    """A factura of Peru in soles."""
    price = Decimal("118.25")
    rows = tuple(
        FaceLine(
            (
                f"{n % 7 + 1}",
                "NIU",
                f"PRD-{n:05d}",
                THINGS[n % len(THINGS)],
                f"{price + n:,.2f}",
                "5.00" if n % 4 == 0 else "",
                f"{(n % 7 + 1) * (price + n):,.2f}",
            )
        )
        for n in range(size)
    )
    total = sum((n % 7 + 1) * (price + n) for n in range(size))
    made = Face(
        title="FACTURA ELECTRÓNICA",
        number="F001-123",
        issuer_name="Comercial Ejemplar",
        issuer=(
            Field("", "Comercial Ejemplar de los Andes S.A.C."),
            Field("", "Av. de los Inventos 1234, piso 5, Miraflores, Lima, Lima"),
            Field("Tel.", "+51 1 555 0100"),
            Field("", "facturas@ejemplar.example"),
        ),
        issuer_id="RUC 20999888772",
        counterparty=(
            Field("Cliente", "Inversiones Ñandú & Cía. S.A.C."),
            Field("RUC", "20999000119"),
            Field("Dirección", "Jr. de la Prueba 456, Arequipa, Arequipa, Arequipa"),
        ),
        facts=(
            Field("Fecha de emisión", "25/11/2026 10:30:00"),
            Field("Moneda", "Soles"),
            Field("Forma de pago", "Crédito"),
            Field("Vencimiento", "25/12/2026"),
            Field("Orden de compra", "OC-2026-00177"),
        ),
        columns=(
            Column("Cant.", 0.09, figures=True),
            Column("Und.", 0.07),
            Column("Código", 0.11),
            Column("Descripción", 0.37),
            Column("V. unitario", 0.12, figures=True),
            Column("Dscto.", 0.10, figures=True),
            Column("V. venta", 0.14, figures=True),
        ),
        lines=rows,
        totals=(
            Field("Op. gravada", f"S/ {total:,.2f}"),
            Field("IGV (18 %)", f"S/ {total * Decimal('0.18'):,.2f}"),
            Field("Importe total", f"S/ {total * Decimal('1.18'):,.2f}"),
        ),
        words="SON: CIENTO DIECIOCHO Y 00/100 SOLES",
        notes=("Entregar en almacén de 8 a 12 h.", "Cuota 1: S/ 118.00, vence el 25/12/2026"),
        legal=(
            "Representación impresa de la FACTURA ELECTRÓNICA. Consulte su validez en la página "
            "de SUNAT con el RUC del emisor, el tipo, la serie y el número.",
        ),
        fiscal_id_label="Código hash",
        fiscal_id="q1mB0dH3l+Vt9Zk2xYc7Wn5Rf8Jp4Sg6Ue0Ia1Ob2E=",
        qr="20999888772|01|F001|123|18.00|118.00|2026-11-25|6|20999000119|"
        "q1mB0dH3l+Vt9Zk2xYc7Wn5Rf8Jp4Sg6Ue0Ia1Ob2E=|",
        watermark="",
        xml_name="20999888772-01-F001-123.xml",
        xml=XML,
        moment=MOMENT,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def costa_rica(size: int = 10, **changes: object) -> Face:
    """A factura of Costa Rica in colones, without validity."""
    rows = tuple(
        FaceLine(
            (
                f"{n % 9 + 1},5",
                "Sp",
                "8311100000100",
                THINGS[(n + 2) % len(THINGS)],
                "1.234.567,89",
                "",
                "13 %",
                "12.345.678,90",
            )
        )
        for n in range(size)
    )
    made = Face(
        title="FACTURA ELECTRÓNICA",
        number="00100001010000000123",
        issuer_name="Servicios Inventados del Valle Central y Alrededores S.A.",
        issuer=(
            Field("", "200 m norte del parque central, casa 5, Carmen, San José, San José"),
            Field("Actividad", "6201.0"),
            Field("Tel.", "+506 5550 0100"),
            Field("", "facturas@inventados.example"),
        ),
        issuer_id="Cédula 3101999888",
        counterparty=(
            Field(
                "Cliente",
                "Asociación Costarricense de Productores y Exportadores de Ejemplos de la Zona "
                "Norte, Huetar Atlántica y Pacífico Central Sociedad Anónima",
            ),
            Field("Identificación", "Cédula física 199990888"),
            Field("Correo", "cuentas.por.pagar@productores-y-exportadores-de-ejemplos.example"),
            Field("Dirección", "Frente a la escuela, Upala, Upala, Alajuela"),
        ),
        facts=(
            Field("Emisión", "25/11/2026 09:30:00"),
            Field("Condición", "Contado"),
            Field("Medio de pago", "Transferencia - depósito bancario"),
            Field("Moneda", "Colones"),
        ),
        columns=(
            Column("Cant.", 0.08, figures=True),
            Column("Und.", 0.07),
            Column("CABYS", 0.16),
            Column("Detalle", 0.27),
            Column("Precio", 0.13, figures=True),
            Column("Desc.", 0.10, figures=True),
            Column("IVA", 0.06, figures=True),
            Column("Subtotal", 0.13, figures=True),
        ),
        lines=rows,
        totals=(
            Field("Total servicios gravados", "₡ 12.345.678,90"),
            Field("Descuentos", "₡ 0,00"),
            Field("Venta neta", "₡ 12.345.678,90"),
            Field("IVA", "₡ 1.604.938,26"),
            Field("Total", "₡ 13.950.617,16"),
        ),
        words="",
        notes=(),
        legal=("Autorizada mediante resolución inventada.", "Proveedor del sistema: 3101999888"),
        fiscal_id_label="Clave numérica",
        fiscal_id="5062511260 0310199988 8001000010 1000000012 3112345678",
        qr="50625112600310199988800100001010000000123112345678",
        watermark="SIN VALIDEZ FISCAL",
        xml_name="50625112600310199988800100001010000000123112345678.xml",
        xml=XML,
        moment=MOMENT,
    )
    return replace(made, **changes)  # type: ignore[arg-type]
