"""The public page in the reader's language: Spanish, or English."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from acuse import jurisdictions
from acuse.store import models
from acuse.web.public import words
from acuse.web.public.words import Language
from tests.flow.house import House
from tests.flow.test_public_pages import pages as pages
from tests.web.forms import page
from tests.web.test_public_page import COUNTRIES, mailed
from tests.web.test_public_page import reader as reader

ENGLISH = {"accept-language": "en-GB,en;q=0.9,es;q=0.5"}
# Words that stay are names: of authorities, of kinds of document, of fields in their own forms.
SPANISH = re.compile(
    r"\b(?:Descargar|Para|Emisión|Vence|Copiar|Tengo|pregunta|guárdalo|aceptó|Aceptada|Búscalo|"
    r"enlace|quien|documento de prueba|los archivos|respuesta)\b",
    re.IGNORECASE,
)


def language(response: HttpResponse) -> str:
    return str(page(response).getroottree().getroot().get("lang"))


def own_words(response: HttpResponse) -> str:
    """What the page says in its own language: without what is marked as of another."""
    root = page(response).getroottree().getroot()
    for foreign in root.xpath("//body//*[@lang]"):
        foreign.text = ""
        for one in foreign:
            foreign.remove(one)
    return " ".join(root.xpath("string(//body)").split())


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_reader_of_english_reads_english(
    house: House, pages: None, reader: Client, country: str
) -> None:
    company = COUNTRIES[country](house)
    _, plain = mailed(house, company)
    models.Company.objects.filter(pk=company.id).update(environment="PRODUCTION")
    response = reader.get(f"/d/{plain}", headers=ENGLISH)
    told = own_words(response)
    assert language(response) == "en"
    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies
    for words_ in ("Download", "Signed XML", "I have a question", "Copy", "Accepted"):
        assert words_ in told
    assert re.search(
        r"(?:The DIAN|SUNAT|Hacienda) accepted it on \d{1,2} [A-Z][a-z]{2} 20\d\d\.", told
    )
    assert SPANISH.findall(told) == []
    kind = page(response).xpath("//h1/*[@lang='es']")  # a proper name
    assert len(kind) == 1


def test_a_reader_of_anything_else_reads_spanish(house: House, pages: None, reader: Client) -> None:
    _, plain = mailed(house, house.peru())
    for accepts in ("", "es-PE,en;q=0.9", "fr,de;q=0.9", "*", "en;q=0", "x" * 5000, "en;q=ñ"):
        response = reader.get(f"/d/{plain}", headers={"accept-language": accepts})
        assert language(response) == "es", accepts
        assert "Descargar" in own_words(response)
        assert "Accept-Language" in response["Vary"]


def test_the_switch_says_more_than_the_browser(house: House, pages: None, reader: Client) -> None:
    _, plain = mailed(house, house.peru())
    shown = reader.get(f"/d/{plain}")
    (link,) = page(shown).xpath("//nav//a[@lang='en']")
    assert link.text_content() == "English"
    response = reader.get(f"/d/{plain}{link.get('href')}")
    assert language(response) == "en"
    assert not response.cookies
    (back,) = page(response).xpath("//nav//a[@lang='es']")
    assert back.text_content() == "Español"
    again = reader.get(f"/d/{plain}{back.get('href')}", headers=ENGLISH)
    assert language(again) == "es"
    assert language(reader.get(f"/d/{plain}?lang=fr")) == "es"


def test_what_opens_nothing_says_so_in_english_too(
    house: House, pages: None, reader: Client
) -> None:
    _, plain = mailed(house, house.peru())
    found = [reader.get(f"/d/{one}?lang=en") for one in ("A" * 22, "corto")]
    assert {one.status_code for one in found} == {404}
    assert len({one.content for one in found}) == 1
    assert "opens no document" in own_words(found[0])
    models.Document.objects.update(state="VOIDED")
    assert "No longer valid" in own_words(reader.get(f"/d/{plain}?lang=en"))


def test_each_word_is_there_in_both_languages() -> None:
    for name, told in words.WORDS.items():
        assert len(told) == len(Language), name
        assert all(told), name
        assert {field for text in told for field in re.findall(r"{(\w+)}", text)} <= words.FACTS


@pytest.mark.parametrize("code", jurisdictions.CODES)
def test_a_country_says_its_own_words_in_english(code: str) -> None:
    told = jurisdictions.find(code).traits.words
    english = dict(told.english)
    assert len(english) == len(told.english)
    assert english.pop(told.authority)
    assert all(one and one != spanish for spanish, one in english.items())
