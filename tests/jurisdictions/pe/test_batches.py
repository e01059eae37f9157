"""What is signed for many documents: the goldens, the schemas, two libraries' opinion, the checks.

`batches/<name>/sealed.xml` are the examples 57 and 58 of the papers and what they leave out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from acuse.domain.batch import BatchKind
from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import TaxId
from acuse.domain.verdict import Outcome, Verdict
from acuse.jurisdictions.pe import jurisdiction
from acuse.jurisdictions.pe.summary_lines import Perception, SummaryLine, line_of
from acuse.xml.verify import NotVerified, verify
from tests.jurisdictions.pe import makers
from tests.jurisdictions.pe.batch_makers import (
    ADD,
    MODIFY,
    VOID,
    D,
    batch,
    boleta,
    member,
    note,
    seal,
    seal_lines,
)
from tests.jurisdictions.pe.makers import cdr
from tests.support import signatures
from tests.support.golden import check
from tests.support.makers import AT, RUC, company, credential, customer, document, line

FOLDER = Path(__file__).parent / "batches"
REASON = "Error en el RUC"


def summed(number: str, total: str, **changes: object) -> SummaryLine:
    given: dict[str, object] = {
        "code": "03",
        "number": number,
        "identity": ("1", "12345678"),
        "state": "1",
        "currency": "PEN",
        "total": D(total),
        "sales": (("01", D("100.00")),),
        "taxes": (("1000", D("18.00")),),
    } | changes
    return SummaryLine(**given)  # type: ignore[arg-type]  # names and values as written here


def example_57() -> Sealed:
    return seal_lines(
        summed("B001-7", "118.00"),
        summed(
            "B001-8",
            "39.10",
            identity=("-", "-"),
            sales=(("01", D("20.00")), ("02", D("15.00")), ("05", D("5.00"))),
            taxes=(("1000", D("3.60")), ("7152", D("0.50"))),
        ),
        summed(
            "BC01-3",
            "11.80",
            code="07",
            sales=(("01", D("10.00")),),
            taxes=(("1000", D("1.80")),),
            modifies=("B001-7", "03"),
        ),
        summed("B001-2", "128.00", state="3", charges=D("10.00")),
        summed("B001-9", "50.00", sales=(("02", D("50.00")),), taxes=(("1000", D("0.00")),)),
    )


def example_58(kind: BatchKind) -> Sealed:
    if kind is BatchKind.VOIDING:
        members = (
            member(document(number=Number("F001", 15)), VOID, REASON),
            member(note(2, number=Number("FC01", 2)), VOID, "Nota repetida"),
        )
    else:
        members = (
            member(document(kind=DocumentKind.RETENTION, number=Number("R001", 15)), VOID, REASON),
            member(document(kind=DocumentKind.PERCEPTION, number=Number("P001", 2)), VOID, REASON),
        )
    return seal(batch(*members, kind=kind))


CASES: dict[str, Callable[[], Sealed]] = {
    "resumen-ejemplo-57": example_57,
    "resumen-una-baja": lambda: seal(batch(member(boleta(2), VOID))),
    "resumen-con-percepcion": lambda: seal_lines(
        summed("B001-7", "118.00", perception=Perception("01", D(2), D("2.36"), D("118.00")))
    ),
    "resumen-arroz-pilado": lambda: seal_lines(
        summed("B001-7", "104.00", taxes=(("1016", D("4.00")),))
    ),
    "resumen-isc-y-otros": lambda: seal_lines(
        summed(
            "B001-7",
            "139.80",
            taxes=(("1000", D("19.80")), ("2000", D("10.00")), ("9999", D("10.00"))),
        )
    ),
    "resumen-dolares-y-correccion": lambda: seal(
        batch(member(boleta(7, currency="USD")), member(boleta(8), MODIFY))
    ),
    "resumen-exonerado": lambda: seal(
        batch(member(boleta(lines=(line(taxes=(), extra={"affectation": "20"}),))))
    ),
    "resumen-nota-de-credito": lambda: seal(batch(member(note()), ordinal=33221)),
    "baja-ejemplo-58": lambda: example_58(BatchKind.VOIDING),
    "reversion-ejemplo-58": lambda: example_58(BatchKind.REVERSAL),
    "reversion-liquidacion": lambda: seal(
        batch(
            member(document(kind=DocumentKind.PURCHASE, number=Number("L001", 1)), VOID, REASON),
            kind=BatchKind.REVERSAL,
        )
    ),
}
every_case = pytest.mark.parametrize("name", CASES)


@every_case
def test_a_batch_is_sealed_as_ever(name: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden") == "write":
        (FOLDER / name).mkdir(parents=True, exist_ok=True)
    check(request, FOLDER / name / "sealed.xml", CASES[name]().content)


def test_no_golden_is_left_without_its_case() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} <= set(CASES)


@pytest.mark.authority
@every_case
def test_a_batch_follows_the_published_schema(name: str, authority_dir: Path) -> None:
    content = CASES[name]().content
    schema = _schema(authority_dir, etree.QName(etree.fromstring(content)).localname)
    assert schema.validate(etree.fromstring(content)), schema.error_log


@every_case
def test_a_batch_is_canonical_and_verified_by_three_libraries(name: str) -> None:
    content = CASES[name]().content
    root = etree.fromstring(content)
    assert etree.tostring(root, method="c14n") == content.partition(b"\n")[2]
    assert signatures.good_for_xmlsec(content)
    assert etree.QName(signatures.signed_part(content)).localname == etree.QName(root).localname
    assert verify(content).certificate == credential().certificate


def test_a_changed_amount_breaks_the_signature() -> None:
    content = example_57().content
    changed = content.replace(b">118.00<", b">18.00<")
    assert changed != content
    with pytest.raises(NotVerified):
        verify(changed)


@pytest.mark.authority
def test_500_lines_follow_the_schema_and_keep_their_places(authority_dir: Path) -> None:
    content = seal(batch(*(member(boleta(n)) for n in range(1, 501)))).content
    root = etree.fromstring(content)
    assert _schema(authority_dir, "SummaryDocuments").validate(root)
    assert [e.text for e in root.iter("{*}LineID")] == [str(n) for n in range(1, 501)]


def test_the_batch_is_named_by_ruc_day_and_ordinal() -> None:
    sealed = seal(batch(ordinal=12, made_on=date(2026, 11, 26)))
    assert sealed.number == "RC-20261126-12"
    assert sealed.file_name == f"{RUC}-RC-20261126-12.xml"
    assert seal(batch(ordinal=12, made_on=date(2026, 11, 26))) == sealed


def test_a_long_name_of_the_issuer_is_cut_to_what_a_batch_has_room_for() -> None:
    sealed = seal(batch(), company(legal_name="EMPRESA INVENTADA " * 10))
    told = etree.fromstring(sealed.content).findtext(".//{*}PartyLegalEntity/{*}RegistrationName")
    assert told is not None
    assert 3 <= len(told) <= 100
    assert told == told.strip()


def test_a_boleta_becomes_its_line() -> None:
    lines = (
        line(),
        line(quantity=D(1), price=D(30), taxes=(), extra={"affectation": "20"}),
        line(quantity=D(3), price=D(10), taxes=(), extra={"affectation": "30"}),
    )
    told = line_of(member(boleta(lines=lines)))
    assert told.total == D("178.00")
    assert told.sales == (("01", D("100.00")), ("02", D("30.00")), ("03", D("30.00")))
    assert told.taxes == (("1000", D("18.00")),)
    assert told.identity == ("1", "12345678")
    assert (told.modifies, told.perception, told.charges) == (None, None, 0)


def test_igv_stands_there_even_when_there_is_none() -> None:
    untaxed = boleta(lines=(line(taxes=(), extra={"affectation": "20"}),))
    assert line_of(member(untaxed)).taxes == (("1000", D(0)),)


def test_a_note_names_what_it_corrects_and_an_unknown_identity_is_a_dash() -> None:
    told = line_of(member(note(counterparty=customer(tax_id=TaxId("", "")))))
    assert told.code == "07"
    assert told.modifies == ("B001-7", "03")
    assert told.identity == ("-", "-")


@cache
def _schema(authority_dir: Path, name: str) -> etree.XMLSchema:
    path = authority_dir / f"pe/xsd/2.0/maindoc/UBLPE-{name}-1.0.xsd"
    return etree.XMLSchema(etree.parse(path))


def test_amounts_have_two_decimals_and_no_sign() -> None:
    root = etree.fromstring(example_57().content)
    named = [e.text for e in root.iter() if isinstance(e.tag, str) and e.get("currencyID")]
    assert named
    assert all(Decimal(text or "") >= 0 and (text or "").partition(".")[2] for text in named)


def test_the_states_are_those_of_the_catalogue() -> None:
    one = batch(member(boleta(1), ADD), member(boleta(2), MODIFY), member(boleta(3), VOID))
    root = etree.fromstring(seal(one).content)
    assert [e.text for e in root.iter("{*}ConditionCode")] == ["1", "2", "3"]


def test_a_boleta_of_a_summary_goes_out_with_the_summarys_cdr_under_its_own_name() -> None:
    archive = cdr(reference="RC-20261126-1", name=f"R-{RUC}-RC-20261126-1.xml")
    verdict = Verdict(Outcome.ACCEPTED, receipt=archive)
    one = boleta()
    files = jurisdiction.bundle(
        one, company(), makers.seal(one), verdict, b"%PDF", Draws(), credential(), AT
    )
    assert isinstance(files, tuple)
    assert files[1].name == f"R-{RUC}-RC-20261126-1.zip"
    assert files[1].content == archive
