"""The table of widths against the font itself, read by another library."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from acuse.pdf import advances, fit

FONT = TTFont(Path(str(resources.files("acuse.pdf"))) / "fonts" / "Inter-Regular.ttf")
CMAP, METRICS = FONT.getBestCmap(), FONT["hmtx"]


def _tabular() -> dict[str, str]:
    """The tabular form of each glyph that has one."""
    table = FONT["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for index in lookups:
        for subtable in table.LookupList.Lookup[index].SubTable:
            forms |= getattr(subtable, "ExtSubTable", subtable).mapping
    return forms


TABULAR = _tabular()
KNOWN = [chr(code) for code in range(0x20, 0x250) if advances.advance(chr(code)) is not None]


def test_the_table_is_of_this_font() -> None:
    assert FONT["head"].unitsPerEm == advances.EM
    assert len(KNOWN) > 300


@pytest.mark.parametrize("sign", KNOWN)
def test_no_sign_is_wider_than_the_table_says(sign: str) -> None:
    glyph = CMAP.get(ord(sign))
    if glyph is None:  # another font stands in: its letters may be wider, so it must be unknown
        pytest.fail(f"{sign!r} is not in the font and must not be counted")
    drawn = max(METRICS[glyph][0], METRICS[TABULAR.get(glyph, glyph)][0])
    assert drawn <= advances.advance(sign)


@given(st.text(min_size=1))
def test_a_sign_outside_the_table_makes_the_width_unknown(text: str) -> None:
    unknown = any(advances.advance(sign) is None for sign in text)
    assert (advances.width(text, 8.5) is None) is unknown


def test_a_row_is_low_only_where_its_words_fit() -> None:
    assert fit.one_line("Tejido de alpaca, lote 12", width=50, figures=False)
    assert not fit.one_line("W" * 17, width=50, figures=False)
    assert fit.one_line("W" * 16, width=50, figures=False)
    assert fit.one_line("IVA 19\N{NO-BREAK SPACE}%", width=20, figures=False)
    assert not fit.one_line("corto\ny otro", width=50, figures=False)
    assert not fit.one_line("漢字", width=50, figures=False)


def test_a_word_of_wide_letters_breaks_rather_than_leave_its_cell() -> None:
    text, size = fit.cell("W" * 30, width=60, figures=False)
    assert size == fit.BODY
    assert fit.BREAK in text
