"""Configuración: the switch, the company's data, its keys."""
