"""Every rule fails on one changed value, and passes without the change."""

from __future__ import annotations

from datetime import date

import pytest

from acuse_sandbox.hacienda.judging import reading, shape
from acuse_sandbox.hacienda.rulebook.kinds import TABLE
from acuse_sandbox.hacienda.rulebook.rules_head import working_days
from tests.sandbox.hacienda import cases_examples as ex
from tests.sandbox.hacienda.cases_examples import EXAMPLES, WORKED, Example, reference
from tests.sandbox.hacienda.cases_mistakes import (
    MISTAKES,
    OBSERVED,
    REJECTED,
    Mistake,
    replacing,
)
from tests.sandbox.hacienda.changes import find, put
from tests.sandbox.hacienda.documents import Line, factura
from tests.sandbox.hacienda.place import Place, Verdict, clave, good, schema
from tests.sandbox.hacienda.signing import sign

RULES = TABLE


def judged(place: Place, mistake: Mistake) -> Verdict:
    place.at = mistake.at
    for name, value in mistake.settings.items():
        place.set(name, value)
    for document in mistake.before:
        assert place.verdict(document).state == (
            "rechazado" if document == REJECTED else "aceptado"
        )
    for register, entry in mistake.told:
        place.hacienda.learn(register, entry)
    root = mistake.example()
    mistake.change(root)
    return place.verdict(sign(root, mistake.by), user=mistake.user)


def name(mistake: Mistake) -> str:
    return f"{mistake.code}-{mistake.note or mistake.example.__name__}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.__name__)
def test_a_factura_without_fault_is_accepted(place: Place, example: Example) -> None:
    verdict = place.verdict(sign(example()))
    assert (verdict.state, verdict.message, verdict.codes) == ("aceptado", "1", set())


@pytest.mark.authority
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.__name__)
def test_a_factura_without_fault_has_the_published_shape(example: Example) -> None:
    published = schema("FacturaElectronica_V4.4.xsd")
    root = reading.read(sign(example())).root
    assert published.validate(root), published.error_log


@pytest.mark.parametrize(
    ("example", "tax", "total"), WORKED, ids=lambda v: getattr(v, "__name__", "")
)
def test_the_worked_examples_come_out_as_in_the_paper(
    example: Example, tax: str, total: str
) -> None:
    root = example()
    assert find(root, "ResumenFactura/TotalImpuesto").text == tax
    assert find(root, "ResumenFactura/TotalComprobante").text == total


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_one_wrong_value_breaks_its_rule(place: Place, mistake: Mistake) -> None:
    verdict = judged(place, mistake)
    assert mistake.code in verdict.codes
    observed = mistake.code in OBSERVED
    assert (verdict.state, verdict.message) == (
        ("aceptado", "1") if observed else ("rechazado", "3")
    )
    rule = next(rule for rule in RULES if rule.code == mistake.code)
    assert rule.sim == 0 or str(rule.sim) in verdict.records


@pytest.mark.authority
@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_haciendas_answer_has_the_published_shape(place: Place, mistake: Mistake) -> None:
    published = schema("MensajeHacienda_V4.4.xsd")
    verdict = judged(place, mistake)
    assert published.validate(verdict.root), published.error_log


def test_every_rule_has_its_mistake() -> None:
    assert {rule.code for rule in RULES} == {mistake.code for mistake in MISTAKES}


def test_a_rule_observes_exactly_where_the_paper_says_so() -> None:
    assert {rule.code for rule in RULES if rule.act.value == "O"} == OBSERVED


def test_codes_of_ours_stay_out_of_haciendas_range() -> None:
    seen = {-1, -16, -37, -53, -99, -111, -405, 0}
    assert all(rule.sim in seen or rule.sim == -9000 - rule.number for rule in RULES)


def test_the_day_of_the_clave_is_costa_ricas(place: Place) -> None:
    place.at = place.at.fromisoformat("2026-11-26T06:00:00+00:00")
    root = factura()
    put("FechaEmision", "2026-11-26T05:59:59+00:00")(root)  # still the 25th in San José
    assert place.verdict(sign(root)).codes == set()


@pytest.mark.parametrize(
    ("issued", "observed"),
    [("2026-11-25T10:41:00-06:00", False), ("2026-11-25T10:41:01-06:00", True)],
)
def test_a_clock_may_be_ten_minutes_ahead(place: Place, issued: str, observed: bool) -> None:
    verdict = place.verdict(good(issued=issued))
    assert (verdict.state, "-53" in verdict.records) == ("aceptado", observed)


def test_a_signing_time_ahead_is_observed_too(place: Place) -> None:
    document = sign(factura(), signed_at="2026-11-25T10:41:01-06:00")
    assert place.verdict(document).records == ["-53"]


@pytest.mark.parametrize(
    ("at", "situation", "observed"),
    [
        ("2026-12-07T23:59:00-06:00", "1", False),  # the eighth working day
        ("2026-12-08T00:00:00-06:00", "1", True),
        ("2026-12-08T00:00:00-06:00", "3", False),  # no internet: it may come late
    ],
)
def test_eight_working_days_to_send(place: Place, at: str, situation: str, observed: bool) -> None:
    place.at = place.at.fromisoformat(at)
    verdict = place.verdict(good(situation=situation))
    assert (verdict.state, "-16" in verdict.records) == ("aceptado", observed)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [((2026, 11, 25), (2026, 11, 25), 0), ((2026, 11, 27), (2026, 11, 30), 1),
     ((2026, 11, 25), (2026, 12, 7), 8), ((2026, 11, 28), (2026, 11, 29), 0),
     ((2026, 11, 25), (2026, 11, 20), 0), ((2026, 11, 25), (2027, 11, 25), 261)],
)  # fmt: skip
def test_working_days_leave_out_weekends(
    first: tuple[int, int, int], last: tuple[int, int, int], days: int
) -> None:
    assert working_days(date(*first), date(*last)) == days


@pytest.mark.parametrize(("tolerance", "state"), [("0.01", "aceptado"), ("0.009", "rechazado")])
def test_sums_may_differ_by_the_tolerance_set(place: Place, tolerance: str, state: str) -> None:
    place.set("tolerance", tolerance)
    root = factura()
    put("ResumenFactura/TotalVenta", "7500.01000")(root)
    assert place.verdict(sign(root)).state == state


def test_a_rejected_document_may_be_replaced(place: Place) -> None:
    assert place.verdict(REJECTED).state == "rechazado"
    assert place.verdict(sign(replacing("10")())).state == "aceptado"


def test_an_accepted_document_may_be_referred_to(place: Place) -> None:
    first = good(number=8)
    later = factura(references=reference("01", clave(first), "04"))
    place.verdict(first)
    assert place.verdict(sign(later)).state == "aceptado"


def test_a_consecutivo_belongs_to_the_first_that_used_it_even_if_rejected(place: Place) -> None:
    place.verdict(REJECTED)
    verdict = place.verdict(good(number=9, security="00000002"))
    assert (verdict.state, verdict.records) == ("rechazado", ["-99"])


@pytest.mark.parametrize("place_code", [("5", "07", "20"), ("6", "01", "17"), ("7", "06", "05")])
def test_places_of_the_published_list_exist(place: Place, place_code: tuple[str, str, str]) -> None:
    root = factura()
    for element, code in zip(("Provincia", "Canton", "Distrito"), place_code, strict=True):
        find(root, f"Emisor/Ubicacion/{element}").text = code
    assert place.verdict(sign(root)).state == "aceptado"


@pytest.mark.parametrize("activity", ["474100", "4741.0"])
def test_an_activity_may_have_its_point(place: Place, activity: str) -> None:
    root = factura()
    find(root, "CodigoActividadEmisor").text = activity
    assert place.verdict(sign(root)).state == "aceptado"


def test_a_line_at_fault_is_named(place: Place) -> None:
    root = ex.several_tariffs()
    put("DetalleServicio/LineaDetalle[3]/UnidadMedida", "Sp")(root)
    assert "línea 3: " in place.verdict(sign(root)).detail


def test_a_thousand_lines_are_judged(place: Place) -> None:
    assert place.verdict(sign(factura(*[Line()] * 1000))).state == "aceptado"


@pytest.mark.parametrize(("where", "names"), shape.OBLIGATORY, ids=lambda v: str(v)[:40])
def test_without_the_schema_what_is_obligatory_is_still_asked_for(where: str, names: str) -> None:
    for obligatory in names.split():
        example = next(e for e in EXAMPLES if has(e, where))
        root = example()
        assert shape.complaint(part(root), "FacturaElectronica") is None
        path = "/".join(f"{{*}}{step}" for step in where.split("/")) if where else "."
        (found,) = root.findall(path)[:1]
        for child in found.findall(f"{{*}}{obligatory}"):
            found.remove(child)
        complaint = shape.complaint(part(root), "FacturaElectronica")
        assert complaint is not None
        assert obligatory in complaint.text


@pytest.mark.parametrize("amount", ["", "abc", "-1", "1e9", "1.000001", "1,5", "NaN", "9" * 14])
@pytest.mark.parametrize(
    "path", ["DetalleServicio/LineaDetalle/MontoTotal", "ResumenFactura/TotalGravado"]
)
def test_without_the_schema_an_amount_is_still_an_amount(path: str, amount: str) -> None:
    root = factura()
    find(root, path).text = amount
    assert shape.complaint(part(root), "FacturaElectronica") is not None


def part(root: reading.Element) -> reading.Part:
    return reading.read(sign(root)).part


def has(example: Example, where: str) -> bool:
    return bool(part(example()).parts(where))
