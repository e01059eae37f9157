"""What the customer reads, in text and in HTML: the same facts, and nothing a name can bend."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.mail.letter import letter_texts, sentence
from tests.mail.letters import FILES, facts

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


def test_the_letter_loads_nothing_and_runs_nothing() -> None:
    page = seen(letter_texts(facts(watermark="SIN VALOR TRIBUTARIO"))[1])
    assert {tag for tag, _ in page.elements} <= {
        "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "div", "strong",
        "br", "span",
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


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_for_all_names_the_page_has_the_same_elements(text: str) -> None:
    calm = seen(letter_texts(facts(customer_name="x"))[1])
    page = seen(letter_texts(facts(customer_name=text))[1])
    assert page.elements == calm.elements
    assert f"Hola, {text}:" in "".join(page.texts)


def test_the_article_agrees_with_the_kind() -> None:
    words = sentence(facts(kind_name="Documento soporte", article="el"))
    assert "te envió el documento soporte" in words


def test_what_has_no_price_is_sent_without_an_amount() -> None:
    told = sentence(facts(total="", kind_name="Guía de remisión", number="T001-1"))
    assert "la guía de remisión T001-1; SUNAT la aceptó" in told
    text, page = letter_texts(facts(total=""))
    assert " por ;" not in text + page


LINK = "https://papeles.ejemplar.example/d/AbCdEfGhIjKlMnOpQrStUv"


def test_the_link_of_a_page_stands_in_both_forms() -> None:
    plain, html = letter_texts(facts(link=LINK))
    assert f"Ver documento: {LINK}\n" in plain
    links = [dict(attrs)["href"] for name, attrs in seen(html).elements if name == "a"]
    assert links == [LINK]
    assert "Ver documento" in words(html)


def test_without_a_page_no_link_is_shown() -> None:
    for made in letter_texts(facts()):
        assert "Ver documento" not in made
        assert "http" not in made.replace("http-equiv", "")
