"""An uploaded table is read apart: its rows, or a refusal; whatever the file, the house stands."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acuse.flow.contact_tables import LIMITS
from acuse.gateways.spreadsheet import Limits, Unreadable
from acuse.gateways.table_reader import TableReader
from tests.gateways.test_spreadsheet import SHEET, rewritten, workbook


@pytest.fixture(scope="module")
def reader() -> Iterator[TableReader]:
    made = TableReader()
    yield made
    made.close()


def refused(reader: TableReader, content: bytes, within: Limits = LIMITS) -> str:
    with pytest.raises(Unreadable) as why:
        reader.read(content, within=within)
    return str(why.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_comes_back_as_it_was_saved(
    reader: TableReader, encoding: str, delimiter: str
) -> None:
    lines = (("RUC", "Razón social"), ("020", '"a; b, c\td"'))
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    assert reader.read(content, within=LIMITS) == (
        (1, ("RUC", "Razón social")),
        (2, ("020", "a; b, c\td")),
    )


def test_commas_within_addresses_do_not_part_cells(reader: TableReader) -> None:
    content = b"NIT;Nombre\n" + b"1;Calle 1, Piso 2, Oficina 3, Torre 4\n" * 20
    assert reader.read(content, within=LIMITS)[1] == (
        2,
        ("1", "Calle 1, Piso 2, Oficina 3, Torre 4"),
    )


def test_a_workbooks_figures_come_back_as_figures(reader: TableReader) -> None:
    content = workbook(["RUC", "Nombre"], [20999888772.0, "Ana"], [900123456, "=1+1"], [0.5, True])
    rows = [(line, cells[:2]) for line, cells in reader.read(content, within=LIMITS)]
    assert rows[1] == (2, (Decimal("20999888772.0"), "Ana"))
    assert rows[2] == (3, (Decimal(900123456), ""))  # a formula that nobody computed says nothing
    assert rows[3] == (4, (Decimal("0.5"), "True"))


def test_a_bomb_is_refused_unopened(reader: TableReader) -> None:
    def blown(name: str, part: bytes) -> bytes:
        return part + b" " * (70 << 20) if name == SHEET else part

    bomb = rewritten(workbook(["a"]), blown)
    assert len(bomb) < 200_000
    assert "tamaño" in refused(reader, bomb)


def test_what_is_too_much_is_refused(reader: TableReader) -> None:
    assert "pesa más de 5 MB" in refused(reader, b"a" * (LIMITS.content + 1))
    assert "líneas" in refused(reader, b"a,b\n" * (LIMITS.lines + 1))
    assert "demasiado texto" in refused(reader, b"a,b\n" * 100, Limits(10**6, 10**6, 1000, 100))
    assert "no se puede leer" in refused(reader, b"a,b\n" + b"x" * 1_000_000)


def test_a_cell_of_a_megabyte_is_text_like_any_other(reader: TableReader) -> None:
    rows = reader.read(workbook(["a", "x" * 1_000_000]), within=LIMITS)
    assert len(str(rows[0][1][1])) <= 1_000_000


def test_a_child_that_dies_or_hangs_refuses_the_file_and_the_next_is_read() -> None:
    for program in ("import os; os._exit(1)", "import time; time.sleep(60)"):
        broken = TableReader((sys.executable, "-c", program), seconds=0.5)
        assert "demasiado complejo" in refused(broken, b"a,b")
        broken.close()


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda more: b"PK\x03\x04" + more),
        st.text(max_size=200).map(lambda text: text.encode("utf-16")),
    )
)
def test_any_bytes_are_rows_or_refused(reader: TableReader, content: bytes) -> None:
    try:
        rows = reader.read(content, within=LIMITS)
    except Unreadable:
        return
    assert all(isinstance(line, int) for line, _ in rows)


def test_a_workbook_cut_anywhere_is_refused_or_read(reader: TableReader) -> None:
    whole = workbook(["RUC", "Nombre"], ["1", "Ana"])
    for cut in range(4, len(whole), len(whole) // 12):
        assert refused(reader, whole[:cut])
    assert zipfile.is_zipfile(io.BytesIO(whole))
