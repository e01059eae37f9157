"""What the customer reads, in text and in HTML: the same facts, and nothing a name can bend."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Blocked
from acuse.mail import letter
from acuse.mail.letter import LetterFacts, subject_line
from acuse.mail.packing import PACKED_END
from tests.mail.letters import FILES, body, facts

SENTENCE = (
    "Comercial Ejemplar te envió la factura electrónica F001-123 por S/ 118.00; "
    "SUNAT la aceptó el 25/11/2026."
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    "</td></tr></table>",
    "$total ${company} {{7*7}} {authority} %s",
    "javascript:alert(1)",
    "<!-- x",
    "&lt;b&gt;",
)


def letter_texts(told: LetterFacts, words: str = "") -> tuple[str, str]:
    return letter.letter_texts(told, words or body())


class Seen(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


def words(html: str) -> str:
    return re.sub(r"\s+", " ", " ".join(seen(html).texts))


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
def test_both_forms_tell_the_same(form: int) -> None:
    made = letter_texts(facts())[form]
    read = re.sub(r"\s+", " ", made) if form == 0 else words(made)
    for told in (
        "Hola, Inversiones Ñandú & Cía. S.A.C.",
        SENTENCE,
        "25/12/2026",
        "facturas@ejemplar.example",
        "RUC 20999888772",
        "el documento legal",
        "la constancia de SUNAT",
        "para leer e imprimir",
        "Correo automático",
        *(file.name for file in FILES),
    ):
        assert told in read


def test_a_document_without_a_due_date_says_nothing_of_one() -> None:
    assert "Vence" in letter_texts(facts())[0]
    for made in letter_texts(facts(due_on="")):
        assert "Vence" not in made


def test_a_rehearsal_says_so_first_in_both_forms() -> None:
    text, html = letter_texts(facts(watermark="SIN VALOR TRIBUTARIO"))
    assert "SIN VALOR TRIBUTARIO" in text.splitlines()[0]
    assert words(html).index("SIN VALOR TRIBUTARIO") < words(html).index("Hola")
    assert all("documento de prueba" not in made for made in letter_texts(facts()))


def test_each_file_says_what_it_is_for() -> None:
    files = (("1.xml", ""), ("1-respuesta.xml", ""), ("1.pdf", ""), ("otro.bin", ""))
    text, _ = letter_texts(facts(authority="Hacienda", files=files))
    assert "- 1.xml: el documento legal: guárdalo" in text
    assert "- 1-respuesta.xml: la respuesta de Hacienda, que prueba la aceptación" in text
    assert "- 1.pdf: para leer e imprimir" in text
    assert "- otro.bin\n" in text


def test_an_archive_is_the_receipt_or_the_whole_packet() -> None:
    files = (("R-1.zip", ""), ("R-1.xml", ""), ("z0999.zip", ""))
    text, _ = letter_texts(facts(authority="SUNAT", files=files))
    assert "- R-1.zip: la constancia de SUNAT (CDR)\n" in text
    assert "- R-1.xml: la constancia de SUNAT (CDR)\n" in text
    assert "- z0999.zip: el documento legal con su PDF: guárdalo\n" in text


def test_the_letter_loads_nothing_and_runs_nothing() -> None:
    page = seen(letter_texts(facts(watermark="SIN VALOR TRIBUTARIO"))[1])
    assert {tag for tag, _ in page.elements} <= {
        "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "div", "strong",
        "br", "span", "tbody", "p",
    }  # fmt: skip
    names = {name for _, attributes in page.elements for name, _ in attributes}
    assert not names & {"src", "href", "action", "background"}
    assert "url(" not in letter_texts(facts())[1]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_shown_and_changes_no_element(hostile: str) -> None:
    fields = ("company_name", "customer_name", "number", "total", "company_email", "due_on")
    calm = seen(letter_texts(facts(**dict.fromkeys(fields, "x")))[1])
    page = seen(letter_texts(facts(**dict.fromkeys(fields, hostile)))[1])
    assert page.elements == calm.elements
    assert hostile in "".join(page.texts)


@given(
    text=st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]),
        min_size=1,
    )
)
def test_for_all_names_the_page_has_the_same_elements(text: str) -> None:
    calm = seen(letter_texts(facts(customer_name="x"))[1])
    page = seen(letter_texts(facts(customer_name=text))[1])
    assert page.elements == calm.elements
    assert f"Hola, {text}:" in "".join(page.texts)


def test_the_article_agrees_with_the_kind() -> None:
    text, _ = letter_texts(facts(), body(DocumentKind.PURCHASE, "CO"))
    assert "te envió el documento soporte F001-123" in text
    text, _ = letter_texts(facts(), body(DocumentKind.RECEIPT, "CO"))
    assert "te envió el documento equivalente POS" in text


def test_what_has_no_price_is_sent_without_an_amount() -> None:
    told = facts(total="", kind_name="Guía de remisión", number="T001-1")
    text, page = letter_texts(told, body(DocumentKind.DESPATCH))
    assert "electrónica T001-1; SUNAT la aceptó" in text
    assert " por ;" not in text + page


def test_the_companys_own_words_stand_in_the_frame() -> None:
    own = "Estimado cliente:\n{{cliente.nombre}}\n\nVa <b>{{documento.numero}}</b> & gracias."
    text, page = letter_texts(facts(), own)
    assert text.startswith("Estimado cliente:\nInversiones Ñandú & Cía. S.A.C.\n\nVa <b>F001-123")
    assert "Estimado cliente:<br>Inversiones Ñandú &amp; Cía. S.A.C.</p>" in page
    assert "Va &lt;b&gt;F001-123&lt;/b&gt; &amp; gracias.</p>" in page
    for made in (text, page):
        assert "te envió" not in made
        assert "Correo automático" in made


def test_a_link_is_a_button_and_an_address_in_the_text() -> None:
    link = "https://acuse.example/d/abc?x=1&y=2"
    text, page = letter_texts(facts(link=link), "Mira {{enlace}}.")
    assert f"Mira {link}.\n" in text
    assert f"Ver documento: {link}\n" in text
    hrefs = [dict(told)["href"] for tag, told in seen(page).elements if tag == "a"]
    assert hrefs == [link, link]
    strange = letter_texts(facts(link="javascript:alert(1)"), "Mira {{enlace}}.")[1]
    assert "href" not in strange.split("Mira")[1].split("</p>")[0]


def test_a_paragraph_about_a_link_is_left_out_without_one() -> None:
    text, page = letter_texts(facts(), "Hola\n\nDescárgalo en\n{{enlace}}\n\nAdiós")
    assert text.startswith("Hola\n\nAdiós\n")
    assert "Descárgalo" not in page


def test_files_behind_the_link_say_so() -> None:
    told = facts(
        files=((f"1{PACKED_END}", "application/zip"),),
        linked=("1.pdf",),
        link="https://a.example/d",
    )
    for made in letter_texts(told):
        assert "los documentos legales comprimidos" in made
        assert "no cabe en un correo" in made
        assert "Adjuntos" not in made


def test_styles_stand_on_the_elements() -> None:
    page = seen(letter_texts(facts())[1])
    for tag, told in page.elements:
        if tag in ("p", "td") and dict(told).get("class"):
            assert dict(told).get("style"), (tag, told)
    assert "prefers-color-scheme: dark" in "".join(page.texts)


def test_the_subject_is_one_line_of_values() -> None:
    template = "{{documento.tipo}} {{ documento.numero }} – {{empresa.nombre}} {{documento.total}}"
    assert subject_line(facts(), template) == (
        "Factura electrónica F001-123 – Comercial Ejemplar S/ 118.00"
    )
    broken = facts(company_name="A\r\nBcc: x@y.example")
    assert subject_line(broken, "{{empresa.nombre}}") == "A Bcc: x@y.example"


def test_a_value_that_is_missing_stops_the_letter() -> None:
    with pytest.raises(Blocked) as stopped:
        letter_texts(facts(company_phone=""), "Llama al {{empresa.telefono}}")
    (problem,) = stopped.value.problems
    assert (problem.field, problem.code) == ("body", "XX-TPL-5")
    assert "«empresa.telefono»" in problem.text


def test_what_a_value_holds_is_not_read_again() -> None:
    told = facts(customer_name="{{documento.total}} {{x}} {{")
    text, _ = letter_texts(told, "Hola {{cliente.nombre}}")
    assert text.startswith("Hola {{documento.total}} {{x}} {{\n")
