"""Facturas: list, detail, new."""
