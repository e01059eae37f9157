""" "Entregado por otro medio": how, to whom and when, as a small form and its value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from acuse import jurisdictions
from acuse.domain.handover import HandedOver, Way
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.text import clean
from acuse.web.inputs import Filled, Input

WAYS = (
    (Way.PRINTED.value, "Impreso"),
    (Way.BY_HAND.value, "En mano, los archivos"),
    (Way.OTHER.value, "Por otro medio"),
)


def inputs(company: Company, values: Mapping[str, str]) -> tuple[Input, ...]:
    """The fields: who writes it down, and when, is known without asking."""
    form = Filled(values, {})
    return (
        form.input("handover-way", "Cómo", WAYS[0][0], choices=WAYS),
        form.input("handover-to", "A quién", required=True),
        form.input("handover-day", "Cuándo", type="date", help="Vacío, hoy."),
        form.input("handover-note", "Detalle"),
    )


def read(values: Mapping[str, str], company: Company, at: datetime) -> HandedOver | str:
    """What the form says, or what is wrong with it."""
    to = clean(values.get("handover-to", ""), field="handover-to", longest=120)
    note = clean(values.get("handover-note", ""), field="handover-note", longest=300)
    for told in (to, note):
        if isinstance(told, Problem):
            return told.text
    assert isinstance(to, str)
    assert isinstance(note, str)
    ways = {way.value: way for way in Way}
    way = ways.get(values.get("handover-way", ""))
    if way is None or not to:
        return "No se anotó la entrega: falta a quién o cómo se entregó. Complétalo."
    if way is Way.OTHER and not note:
        return "No se anotó la entrega: di en el detalle por qué medio fue."
    today = jurisdictions.find(company.jurisdiction).traits.day(at)
    told_day = values.get("handover-day", "").strip()
    try:
        day = date.fromisoformat(told_day) if told_day else today
    except ValueError:
        return f"No se anotó la entrega: «{told_day[:20]}» no es una fecha."
    if day > today:
        return "No se anotó la entrega: la fecha todavía no llega. Corrígela."
    return HandedOver(way, day, to, note)
