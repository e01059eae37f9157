"""For any row of the rulebook's table two documents: one that passes it and one that breaks it.

Both come from the kind's good document, with the row's element put in where it lacks; they
differ in that element alone.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree
from tests.sandbox.sunat.cases_kinds import SAC
from tests.sandbox.sunat.changes import PREFIXES, Element

from acuse_sandbox.sunat.rulebook.table import Row, catalogue

FORMS = (  # what a form in the table can be filled with; the first that fits
    "F001-1", "B001-1", "L001-1", "R001-1", "P001-1", "T001-1", "V001-1", "AB-1", "2026-11",
    "2026-11-123-123456", "Credito", "F001", "R001", "P001", "L001", "12.5", "10:00:00", "ABC123",
    "Q12345678", "1234567890", "X1",
)  # fmt: skip
FILLERS = {"@schemeID": "6"}
OTHER = "otro"


class Target(NamedTuple):
    """An element that a path leads to, or one of its attributes."""

    node: Element
    attribute: str

    @property
    def value(self) -> str:
        return self.node.get(self.attribute, "") if self.attribute else self.node.text or ""

    def set(self, value: str) -> None:
        if self.attribute:
            self.node.set(self.attribute, value)
        else:
            self.node.text = value

    def clear(self, *, whole: bool) -> None:
        """Take it away; an element that says more than its text is only emptied, unless whole."""
        if self.attribute:
            self.node.attrib.pop(self.attribute, None)
            return
        if self.node.attrib and not whole:
            self.node.text = ""
            return
        parent = self.node.getparent()
        assert parent is not None
        for each in parent.findall(self.node.tag):
            parent.remove(each)


def tag(step: str) -> str:
    """A step of a path as lxml names it."""
    prefix, colon, local = step.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}" if colon else f"{{{SAC}}}{step}"


def reach(node: Element, path: str, *, anew: bool = False) -> Target:
    """The first element at the end of a path, made where there is none; or a new one beside it."""
    path, _, attribute = path.partition("@")
    steps = [step for step in path.split("/") if step]
    for number, step in enumerate(steps, 1):
        found = None if anew and number == len(steps) else node.find(tag(step))
        node = etree.SubElement(node, tag(step)) if found is None else found
    return Target(node, attribute)


def relative(context: Element, path: str) -> tuple[Element, str]:
    """Where a path of the table starts: the document ("/"), above ("^") or here."""
    if path.startswith("/"):
        return context.getroottree().getroot(), path[1:]
    while path.startswith("^"):
        parent = context.getparent()
        assert parent is not None
        context, path = parent, path[1:]
    return context, path


def meet(row: Row, context: Element) -> None:
    """Make the row's condition true."""
    for term in row.when.split(";") if row.when else ():
        found = re.fullmatch(r"([^=!~>?]+)(!=|!\?|=|!~|~|>|\?)(.*)", term)
        assert found is not None, term
        path, sign, value = found.groups()
        node, steps = relative(context, path)
        if sign == "!?":
            assert not reach_value(node, steps), term  # the base documents have none
            continue
        if sign == "!=":
            if reach_value(node, steps) in value.split("|"):
                reach(node, steps).set("99")
            continue
        target = reach(node, steps, anew=path in (row.path, f"/{row.context}"))
        if sign == "=" and target.value not in value.split("|"):
            target.set(value.split("|")[0])
        elif sign == "~" and not re.fullmatch(value, target.value):
            target.set(next(form for form in (*FORMS, "0001-1") if re.fullmatch(value, form)))
        elif sign == ">":
            target.set(f"{int(value) + 1}.00")
        elif sign == "?" and not target.value:
            target.set("1")


def reach_value(node: Element, path: str) -> str:
    """What stands at the end of a path; "" without making it."""
    path, _, attribute = path.partition("@")
    for step in (step for step in path.split("/") if step):
        found = node.find(tag(step))
        if found is None:
            return ""
        node = found
    return node.get(attribute, "") if attribute else node.text or ""


def _sized(argument: str, filler: str, *, more: int) -> str:
    return filler * (int(argument.partition("-")[2]) + more)


def _number(target: Target, argument: str) -> str:
    digits = argument.partition(".")[2]
    found = target.value
    return (
        found if re.fullmatch(rf"[0-9]+(\.[0-9]{{1,{digits}}})?", found) and float(found) else "1"
    )


def _longer(number: str, argument: str) -> str:
    """The same number with more decimals than there may be."""
    whole, _, decimals = number.partition(".")
    return f"{whole}.{decimals.ljust(int(argument.partition('.')[2]) + 1, '0')}"


def _listed(target: Target, argument: str) -> str:
    known = catalogue(argument)
    return target.value if target.value in known else min(known)


def _named(target: Target, argument: str) -> str:
    known = argument.split("|")
    return target.value if target.value in known else known[0]


def _formed(target: Target, argument: str) -> str:
    return next(f for f in (target.value, *FORMS) if f and re.fullmatch(argument, f))


Value = Callable[[Target, str], str]
VALUES: dict[str, tuple[Value, Value]] = {  # check: a good value, a bad one
    "empty": (lambda t, a: "x", lambda t, a: ""),
    "text": (lambda t, a: _sized(a, "x", more=0), lambda t, a: _sized(a, "x", more=1)),
    "digits": (lambda t, a: _sized(a, "1", more=0), lambda t, a: _sized(a, "1", more=1)),
    "count": (lambda t, a: "1", lambda t, a: "0"),
    "least": (lambda t, a: "1", lambda t, a: "0"),
    "decimal": (_number, lambda t, a: _longer(_number(t, a), a)),
    "above": (_number, lambda t, a: _longer(_number(t, a), a)),
    "small": (lambda t, a: "0.00", lambda t, a: "2.00"),
    "zero": (lambda t, a: "0.00", lambda t, a: "5.00"),
    "positive": (lambda t, a: t.value or "1.00", lambda t, a: "0.00"),
    "date": (lambda t, a: "2026-12-20", lambda t, a: "20-12-2026"),
    "in": (_listed, lambda t, a: OTHER),
    "is": (_named, lambda t, a: OTHER),
    "form": (_formed, lambda t, a: "¿?"),
    "not": (lambda t, a: OTHER, lambda t, a: a.split("|")[0]),
}


def pair(root: Element, row: Row) -> tuple[Element, Element]:
    """The document that passes the row, and the one that breaks it."""
    good, bad = copy.deepcopy(root), copy.deepcopy(root)
    _make(good, row, good=True)
    _make(bad, row, good=False)
    return good, bad


def _make(root: Element, row: Row, *, good: bool) -> None:
    context = reach(root, row.context).node
    meet(row, context)
    if row.check == "once":
        _twice(context, row, good=good)
        return
    start, path = relative(context, row.path)
    if row.check == "some":
        _have(start, path, row, good=good)
    elif row.check == "many":
        _count(start, path, int(row.argument) + (0 if good else 1))
    elif row.check in ("same", "differs"):
        _compare(context, start, path, row, good=good)
    elif row.check in ("missing", "lacks", "absent"):
        target = reach(start, path)
        if good is (row.check == "absent"):
            target.clear(whole=row.check != "missing")
        elif not target.value:
            target.set(FILLERS.get(path.rpartition("/")[2], "1"))
    else:
        target = reach(start, path)
        target.set(VALUES[row.check][0 if good else 1](target, row.argument))


def _have(start: Element, path: str, row: Row, *, good: bool) -> None:
    wanted = row.argument.split("|")
    for found in start.findall("/".join(tag(step) for step in path.split("/"))):
        if found.text in wanted and not good:
            found.text = "9999"
    if good and reach_value(start, path) not in wanted:
        reach(start, path, anew=True).set(wanted[0])


def _count(start: Element, path: str, wanted: int) -> None:
    target = reach(start, path)
    if not target.value:
        target.set("1")
    found = start.findall(tag(path.split("/")[0]))
    for extra in found[1:]:
        start.remove(extra)
    for _ in range(wanted - 1):
        found[0].addnext(copy.deepcopy(found[0]))


def _compare(context: Element, start: Element, path: str, row: Row, *, good: bool) -> None:
    other, steps = relative(context, row.argument)
    wanted = reach(other, steps)
    if not wanted.value:
        wanted.set("PEN" if "urrency" in row.argument else "20999888772")
    target = reach(start, path)
    equal = good is (row.check == "same")
    target.set(wanted.value if equal else _unlike(wanted.value))


def _unlike(value: str) -> str:
    if re.fullmatch(r"[0-9.]+", value):
        return "20999000119" if len(value) == 11 and value != "20999000119" else f"{value}1"
    return "USD" if value != "USD" else "EUR"


def _twice(context: Element, row: Row, *, good: bool) -> None:
    for part in row.path.split("+"):
        target = reach(*relative(context, part))
        if not target.value:
            target.set("1")
    second = copy.deepcopy(context)
    context.addnext(second)
    if good:
        target = reach(*relative(second, row.path.split("+")[-1]))
        target.set(f"{target.value}9"[-8:] if target.value[:1].isdigit() else f"{target.value}X")
