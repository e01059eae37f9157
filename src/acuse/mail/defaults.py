"""The words that a letter has where the company wrote none of its own."""

from __future__ import annotations

from acuse.domain.traits import KindTraits, Lines


def default_body(kind: KindTraits) -> str:
    """The one sentence that matters, as a template; what has no price tells no amount."""
    article = "la" if kind.feminine else "el"
    name = kind.name[:1].lower() + kind.name[1:]
    amount = "" if kind.lines is Lines.GOODS else " por {{documento.total}}"
    return (
        "Hola, {{cliente.nombre}}:\n\n"
        f"{{{{empresa.nombre}}}} te envió {article} {name} {{{{documento.numero}}}}{amount}; "
        "{{documento.veredicto}}."
    )
