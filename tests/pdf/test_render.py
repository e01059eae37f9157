"""The paper shows what the face says, carries the XML, and is the same every time."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from acuse.domain.face import Face, FaceLine, Field, Section
from acuse.pdf import fit
from acuse.pdf.render import CannotRender, render
from tests.pdf.faces import MOMENT, XML, costa_rica, peru
from tests.pdf.pictures import png

BOTH = pytest.mark.parametrize("face", [peru(), costa_rica()], ids=["pe", "cr"])
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "$x^2$ *negrita* _cursiva_ <etiqueta> @cita // nada",
    "<script>alert(1)</script>",
    '"; panic("x") #{',
    "${jndi} {{7*7}} ../../etc/passwd",
    'Ltda. "El Ñato" & Cía; S.A.S.\\',
)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    """Without white space and places to break: a line that wraps is the same text."""
    return re.sub(rf"[\s{fit.BREAK}]", "", text)


def shown(face: Face, logo: bytes | None = None) -> str:
    return squeezed("".join(pages(render(face, logo))))


@BOTH
def test_the_paper_shows_every_text_of_the_face(face: Face) -> None:
    text = shown(face)
    fields = (*face.issuer, *face.counterparty, *face.facts, *face.totals)
    wanted = [face.title, face.number, face.issuer_name, face.issuer_id, face.words]
    wanted += [part for field in fields for part in (field.label, field.value)]
    wanted += [cell for line in face.lines for cell in line.cells]
    wanted += [*face.notes, *face.legal, face.fiscal_id_label, face.fiscal_id]
    assert [part for part in wanted if squeezed(part) not in text] == []


@pytest.mark.parametrize("paper", ["A4", "80mm"])
def test_sections_stand_between_the_facts_and_the_lines(paper: str) -> None:
    fields = (Field("Placa", "ABC123"), Field("Dirección", "Av. de los Inventos " * 12))
    sections = tuple(Section(f"Parte {n} {HOSTILE[n]}", fields) for n in range(len(HOSTILE)))
    face = peru(3, paper=paper, sections=sections)
    text = shown(face)
    for section in sections:
        assert squeezed(section.title) in text
    assert text.count("ABC123") == len(sections)
    assert text.count(squeezed(fields[1].value)) == len(sections)
    assert text.index("Parte6") < text.index("PRD-00001")


@BOTH
def test_the_signed_xml_is_inside_byte_for_byte(face: Face) -> None:
    attached = PdfReader(BytesIO(render(face, None))).attachments
    assert attached == {face.xml_name: [XML]}


@BOTH
def test_the_same_face_gives_the_same_bytes(face: Face) -> None:
    assert render(face, png()) == render(face, png())


def test_another_face_in_between_changes_nothing() -> None:
    first = render(peru(), None)
    render(costa_rica(60), png())
    assert render(peru(), None) == first


def test_it_says_that_it_is_pdf_a_3b_made_at_the_sealing() -> None:
    reader = PdfReader(BytesIO(render(peru(), None)))
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("3", "B")
    assert reader.metadata is not None
    created = reader.metadata.creation_date
    assert created is not None
    assert int(created.timestamp()) == MOMENT
    assert reader.metadata.title == "FACTURA ELECTRÓNICA F001-123"
    assert str(reader.root_object["/Lang"]) == "es"


def test_a_watermark_stands_on_every_page_outside_production_only() -> None:
    rehearsal = pages(render(costa_rica(60), None))
    assert all("SINVALIDEZFISCAL" in squeezed(page) for page in rehearsal)
    assert "SINVALIDEZFISCAL" not in shown(costa_rica(60, watermark=""))


def test_a_long_invoice_repeats_its_header_and_counts_its_pages() -> None:
    found = pages(render(peru(60), None))
    assert len(found) >= 3
    for number, page in enumerate(found, start=1):
        assert "PRD-" not in page or "Descripción" in page  # the last may hold the sums alone
        assert f"Página {number} de {len(found)}" in page
        assert "F001-123" in page


def test_a_row_is_never_parted_by_the_end_of_a_page() -> None:
    found = [squeezed(page) for page in pages(render(peru(60), None))]
    long = squeezed(peru(3).lines[2].cells[3])
    assert sum(page.count(long) for page in found) == 12


def test_a_row_longer_than_a_page_is_parted_and_not_lost() -> None:
    words = " ".join(f"palabra{n}" for n in range(1500))
    line = FaceLine(("1", "NIU", "A", words, "1.00", "", "1.00"))
    assert "palabra1499" in shown(peru(1, lines=(line,)))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_user_wrote_is_printed_and_never_run(hostile: str) -> None:
    face = peru(
        1,
        issuer_name=hostile,
        counterparty=(Field(hostile, hostile),),
        facts=(Field("x", hostile),),
        lines=(FaceLine(("1", hostile, hostile, hostile, "1.00", "", "1.00")),),
        notes=(hostile,),
        legal=(hostile,),
        words=hostile,
        fiscal_id=hostile,
        watermark=hostile,
    )
    text = shown(face)
    assert text.count(squeezed(hostile)) >= 9
    assert "root:" not in text


def test_a_name_in_an_arabic_or_hebrew_script_is_printed() -> None:
    text = shown(peru(1, issuer_name="שלום"))
    assert "שלום" in text or "םולש" in text  # the reader of the text may turn it round


@pytest.mark.parametrize("name", ["Café 😀 Feliz", "Café 李 Feliz", "Café \x01 Feliz"])
def test_a_character_without_a_glyph_gets_a_stand_in_and_stops_nothing(name: str) -> None:
    assert "Café□Feliz" in shown(peru(1, issuer_name=name))


def test_a_flood_of_characters_without_glyphs_is_printed_too() -> None:
    flood = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 3000))
    assert "□□□" in shown(peru(1, notes=(flood,)))


def test_a_logo_is_drawn_and_a_damaged_one_stops_nothing() -> None:
    plain = render(peru(1), None)
    assert _images(render(peru(1), png())) == _images(plain) + 1
    for damaged in (png()[:60], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 no", b"<svg/>", b"GIF89a"):
        assert _images(render(peru(1), damaged)) == _images(plain)


def _images(pdf: bytes) -> int:
    return len(re.findall(rb"/Subtype\s*/Image", pdf))


def test_an_xml_that_would_not_be_embedded_as_it_is_is_refused() -> None:
    with pytest.raises(CannotRender, match="UTF-8"):
        render(peru(1, xml="<a>ñ</a>".encode("latin-1")), None)


def test_the_templates_are_all_that_the_compiler_can_read() -> None:
    from importlib import resources

    folder = resources.files("acuse.pdf").joinpath("templates")
    assert sorted(one.name for one in folder.iterdir()) == [
        "constancia.typ",
        "document.typ",
        "probe.typ",
        "ticket.typ",
    ]


def test_a_face_without_lines_words_notes_or_code_is_printed() -> None:
    text = shown(peru(0, words="", notes=(), legal=(), qr="", xml=b"", issuer=()))
    assert "F001-123" in text


def test_figures_that_are_too_long_shrink_and_words_break() -> None:
    column = costa_rica(1).columns[7]
    width = fit.room(column, costa_rica(1).columns)
    assert fit.cell("1,00", width=width, figures=True) == ("1,00", fit.BODY)
    text, size = fit.cell("999.999.999.999,99", width=width, figures=True)
    assert text == "999.999.999.999,99"
    assert size < fit.BODY
    text, size = fit.cell("X" * 100, width=width, figures=False)
    assert fit.BREAK in text
    assert text.replace(fit.BREAK, "") == "X" * 100


def test_a_break_never_parts_a_letter_from_its_accent() -> None:
    assert f"{fit.BREAK}\u0301" not in fit.broken("e\u0301" * 50, 10)


def test_the_code_is_one_path_of_whole_modules() -> None:
    from acuse.pdf.qr import svg

    drawing = ElementTree.fromstring(svg("20999888772|01|F001|123|"))
    (path,) = drawing
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", path.attrib["d"])


@pytest.mark.parametrize("error", ["m", "q"])
def test_the_code_says_what_another_encoder_says_at_that_level(error: str) -> None:
    import segno

    from acuse.pdf import qr

    content = peru().qr
    expected = segno.make_qr(content, error=error, mask=qr.MASK, boost_error=False)
    assert expected.error.lower() == error
    assert _modules(qr.svg(content, error=error)) == [list(row) for row in expected.matrix]


def _modules(drawing: str) -> list[list[int]]:
    """The drawing read back as dark and light modules, without its quiet zone."""
    from acuse.pdf.qr import QUIET

    size = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])  # type: ignore[index]
    grid = [[0] * size for _ in range(size)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", drawing):
        for at in range(int(x), int(x) + int(run)):
            grid[int(y)][at] = 1
    return [row[QUIET:-QUIET] for row in grid[QUIET:-QUIET]]
