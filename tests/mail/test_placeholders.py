"""Templates: `{{path}}` only, every fault told in its place, whatever somebody writes."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.problem import Blocked
from acuse.mail.letter import values
from acuse.mail.placeholders import (
    BY_PATH,
    LONGEST_BODY,
    LONGEST_VALUE,
    VARIABLES,
    fill,
    fill_line,
    problems,
)
from tests.mail.letters import facts


def codes(text: str, **more: object) -> list[str]:
    return [one.code for one in problems(text, field="body", **more)]  # type: ignore[arg-type]


def test_every_variable_has_its_value() -> None:
    told = values(facts(link="https://a.example/d"))
    assert set(told) == set(BY_PATH)
    assert all(told.values())
    text = "\n".join(f"{{{{{one.path}}}}}" for one in VARIABLES)
    assert codes(text) == []
    ((*lines,),) = fill(text, told, field="body")
    assert len(lines) == len(VARIABLES)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("a\n{{cliente.nombr}}", "XX-TPL-2", "Línea 2: no existe la variable «cliente.nombr»"),
        ("{{cliente.nombr}}", "XX-TPL-2", "¿Quisiste decir «cliente.nombre»?"),
        ("{{}}", "XX-TPL-2", "Elige una de la lista"),
        ("{{7*7}}", "XX-TPL-2", "«7*7»"),
        ("{{cliente.__class__}}", "XX-TPL-2", "no existe"),
        ("{{cliente.nombre|upper}}", "XX-TPL-2", "no existe"),
        ("hola {{cliente.nombre", "XX-TPL-1", "sin cerrar cerca de «hola {{cliente.nombre»"),
        ("cliente.nombre}}", "XX-TPL-1", "sin cerrar"),
        ("{{{cliente.nombre}}}", "XX-TPL-1", "de más"),
        ("{{cliente.nombre}}}", "XX-TPL-1", "de más"),
        ("{{{cliente.nombre}}", "XX-TPL-1", "de más"),
        ("{{ {{cliente.nombre}} }}", "XX-TPL-1", "de más"),
        ("{{cliente.\nnombre}}", "XX-TPL-1", "Línea 1"),
    ],
)
def test_a_fault_is_told_in_its_place(text: str, code: str, words: str) -> None:
    found = problems(text, field="body")
    assert code in [one.code for one in found]
    assert any(words in one.text for one in found)
    assert {one.field for one in found} == {"body"}


@pytest.mark.parametrize(
    "text",
    ["", "Sin variables", "{ a } {b}", "} al principio y al final {", "100 % { } $x {%if%} #{y}"],
)
def test_text_that_names_nothing_is_text(text: str) -> None:
    assert codes(text) == []
    assert fill_line(text, {}, field="subject") == text


def test_the_subject_takes_no_variable_that_may_be_missing() -> None:
    assert codes("{{enlace}}") == []
    assert codes("{{enlace}}", one_line=True) == ["XX-TPL-3"]
    for one in VARIABLES:
        found = codes(f"Factura {{{{{one.path}}}}}", one_line=True)
        assert found == (["XX-TPL-3"] if one.optional else []), one.path


def test_what_this_kind_has_no_value_for_is_told_before() -> None:
    assert codes("{{documento.total}}", without={"documento.total"}) == ["XX-TPL-4"]
    (told,) = problems("{{empresa.telefono}}", field="body", without={"empresa.telefono"})
    assert "Configuración > Empresa" in told.text


def test_a_value_is_one_line_and_no_longer_than_it_may_be() -> None:
    told = {"cliente.nombre": "a\r\nb\u2028c" + "x" * 9000}
    filled = fill_line("{{cliente.nombre}}", told, field="subject")
    assert filled.startswith("a b cxxx")
    assert len(filled) == LONGEST_VALUE


@pytest.mark.parametrize("unit", ["{", "}", "{{", "{{a", "{{{}}", "{{a}}", "{{\n", "\n"])
def test_whatever_is_repeated_takes_little_time(unit: str) -> None:
    text = unit * (LONGEST_BODY * 5 // len(unit))
    before = time.process_time()
    problems(text, field="body")
    with contextlib.suppress(Blocked):
        fill(text, {}, field="body")
    assert time.process_time() - before < 2


@given(st.text(alphabet=st.sampled_from("{}ab. \ncliente.nombre"), max_size=60))
def test_what_has_no_problem_is_filled(text: str) -> None:
    if problems(text, field="body"):
        return
    told = {"cliente.nombre": "X"}
    shown = "\n\n".join(
        "\n".join("".join(one.text for one in line) for line in paragraph)
        for paragraph in fill(text, told, field="body")
    )
    assert "{{" not in shown
    assert "}}" not in shown
