"""The table applied to a document: what its rows find, in the table's order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from acuse_sandbox.sunat.rulebook import checks, table
from acuse_sandbox.sunat.rulebook.checks import Place
from acuse_sandbox.sunat.rulebook.nodes import Node
from acuse_sandbox.sunat.rulebook.rule import Finding, Severity, Spot

WEIGHTS = {"ERROR": Severity.REJECTION, "OBSERV": Severity.OBSERVATION}
OF_ABSENCE = frozenset({"missing", "lacks", "some"})
NUMBERS = ("cbc:LineID", "cbc:ID")
LINES = frozenset(
    {"cac:InvoiceLine", "cac:CreditNoteLine", "cac:DebitNoteLine", "cac:DespatchLine"}
    | {"SummaryDocumentsLine", "VoidedDocumentsLine"}
)
TEXTS = {
    "missing": "Falta {node}",
    "empty": "{node} está vacío",
    "some": "{node} no tiene el código que se exige",
    "many": "{node} se repite",
    "once": "{node} se repite",
    "same": "{node} no coincide con el dato del que depende",
    "differs": "{node} no puede ser igual al dato con el que se compara",
    "in": "{node} no está en el catálogo",
    "is": "{node} no tiene un valor admitido",
    "not": "{node} tiene un valor que no se admite aquí",
    "absent": "{node} no va en este comprobante",
}
OTHERWISE = "{node} no tiene la forma esperada"


def findings(root: Node, kind: str) -> Iterator[Finding]:
    """What the rows of a kind find in a document."""
    carried = _names(root)
    for steps, rows in _grouped(kind):
        places = list(_places((root,), steps))
        for row, needed in rows if places else ():
            if needed and needed not in carried:
                continue  # nowhere in the document: there is nothing to judge
            if row.check == "once":
                yield from _repeated(row, places)
                continue
            for place in places:
                yield from _found(row, place)


def text(row: table.Row) -> str:
    """Our words for a row, short, in the authority's manner."""
    return TEXTS.get(row.check, OTHERWISE).format(node=row.path.split("+")[-1] or row.context)


@cache
def _grouped(kind: str) -> tuple[tuple[tuple[str, ...], tuple[tuple[table.Row, str], ...]], ...]:
    groups: dict[tuple[str, ...], list[tuple[table.Row, str]]] = {}
    for row in table.rows(kind):
        groups.setdefault(row.steps, []).append((row, _needed(row)))
    return tuple((steps, tuple(rows)) for steps, rows in groups.items())


def _needed(row: table.Row) -> str:
    """The element or attribute without which a row finds nothing; "" if absence is a finding."""
    if row.check in OF_ABSENCE:
        return ""
    return row.path.split("+")[-1].rpartition("/")[2].lstrip("^@")


def _names(root: Node) -> set[str]:
    found: set[str] = set()
    for _, node in root.walk():
        found.add(node.name)
        found.update(node.attributes)
    return found


def _places(chain: tuple[Node, ...], steps: tuple[str, ...]) -> Iterator[Place]:
    if not steps:
        yield Place(chain)
        return
    for child in chain[-1].children.get(steps[0], []):
        yield from _places((*chain, child), steps[1:])


def _found(row: table.Row, place: Place) -> Iterator[Finding]:
    values = place.values(row.path)
    wrong = checks.CHECKS[row.check](place, values, row.argument)
    for value in wrong if row.when == "" or (wrong and checks.holds(row.when, place)) else ():
        yield _finding(row, place, value)


def _repeated(row: table.Row, places: list[Place]) -> Iterator[Finding]:
    scopes: dict[int, list[Place]] = {}
    for place in places:
        if checks.holds(row.when, place):
            above = _scope(row, place)
            scopes.setdefault(id(above), []).append(place)
    for scope in scopes.values():
        for place, value in checks.repeated(scope, row.path):
            yield _finding(row, place, value)


def _scope(row: table.Row, place: Place) -> Node:
    """Within what a value may not come twice: the argument names it, or it is the document."""
    return next((n for n in place.chain if n.name == row.argument), place.chain[0])


def _finding(row: table.Row, place: Place, value: str) -> Finding:
    node = "/".join(part for part in (row.context, row.path.split("+")[-1]) if part)
    spot = Spot(node, value, line_of(place.chain))
    return Finding(row.code, text(row), spot, WEIGHTS.get(row.severity))


def line_of(chain: tuple[Node, ...]) -> str:
    """The number of the line that an element stands in; "" outside of lines."""
    for node in chain:
        if node.name in LINES:
            return next((n.text for name in NUMBERS for n in node.children.get(name, [])), "")
    return ""
