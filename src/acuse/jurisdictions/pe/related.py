"""Documents that others hang from: SUNAT's codes of them and our short words.

Source: peru.md 12, 13; catalogues 01 and 61.
"""

from __future__ import annotations

NAMES = {
    "01": "Factura",
    "03": "Boleta de venta",
    "04": "Liquidación de compra",
    "07": "Nota de crédito",
    "08": "Nota de débito",
    "09": "Guía de remisión remitente",
    "12": "Ticket",
    "20": "Comprobante de retención",
    "31": "Guía de remisión transportista",
    "40": "Comprobante de percepción",
    "48": "Comprobante de operaciones (Ley 29972)",
    "49": "Constancia de depósito, IVAP",
    "50": "Declaración aduanera de mercancías",
    "52": "Declaración simplificada",
    "65": "Autorización MATPEL, Callao",
    "66": "Autorización de carga, Lima Metropolitana",
    "67": "Permiso especial MATPEL, MTC",
    "68": "Habilitación sanitaria de transporte pesquero",
    "69": "Permiso de transporte de mercancías",
    "71": "Resolución de adjudicación de bienes",
    "72": "Resolución de comiso de bienes",
    "73": "Guía de transporte forestal o de fauna",
    "74": "Guía de tránsito, SUCAMEC",
    "75": "Autorización de saneamiento ambiental",
    "76": "Autorización de residuos sólidos",
    "77": "Certificado fitosanitario",
    "78": "Registro de alcohol etílico",
    "80": "Constancia de depósito, detracción",
    "81": "Código de autorización del SCOP",
    "82": "Declaración jurada de mudanza",
    "91": "Manifiesto de carga",
    "92": "Cita u orden de entrega del terminal portuario",
    "93": "Documento ZOFRATACNA",
    "94": "Solicitud de traslado, ZED",
    "95": "Solicitud de traslado, ZOFRATACNA",
}


def related_name(code: str) -> str:
    """Our short words for that kind of document, its code where it is none of ours."""
    return NAMES.get(code, code)
