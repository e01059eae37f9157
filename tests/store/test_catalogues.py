"""A catalogue's table: what is shipped until a file comes, found by words and by code, replaced."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection, transaction

from acuse.domain.catalogue import Entry, Nature
from acuse.flow import outside
from acuse.jurisdictions.cr.cabys import CABYS
from acuse.store import catalogues, models
from tests.store.test_guards import refused

ENTRIES = (
    Entry("0111100000100", "Trigo duro, en grano", Decimal(1), Nature.GOODS),
    Entry("2316100000100", "Arroz integral", Decimal(1), Nature.GOODS),
    Entry("2316100000200", "Arroz pulido de grano largo", Decimal("0.5"), Nature.GOODS),
    Entry("2316100000300", "Harina de arroz integral orgánico", None, Nature.GOODS),
    Entry("8314100000000", "Diseño y desarrollo de aplicaciones", Decimal(13), Nature.SERVICE),
)
pytestmark = pytest.mark.django_db(transaction=True)


def imported(*entries: Entry, name: str = "2026") -> int:
    with transaction.atomic():
        return catalogues.replace(
            CABYS,
            entries,
            name=name,
            file_name="catalogo.xlsx",
            sha256="0" * 64,
            by="prueba",
            at=outside.now(),
        )


def found(query: str, limit: int = 10) -> list[str]:
    return [entry.code for entry in catalogues.search(CABYS, query, limit=limit)]


def test_what_is_shipped_is_found_until_a_file_comes_and_no_longer() -> None:
    assert catalogues.edition(CABYS) is None
    (entry,) = catalogues.search(CABYS, "DISENO aplic", limit=5)
    assert (entry.code, entry.rate, entry.nature) == ("8314100000000", 13, Nature.SERVICE)
    assert found("inventado") == ["2399999000100"]
    assert not catalogues.known(CABYS, ["8314100000000"]).official
    imported(*ENTRIES)
    assert found("inventado") == []
    assert catalogues.known(CABYS, ["8314100000000", "2399999000100"]).entries.keys() == {
        "8314100000000"
    }
    assert catalogues.known(CABYS, []).official


def test_words_are_found_without_accents_by_their_beginnings_the_best_first() -> None:
    imported(*ENTRIES)
    assert found("arroz") == ["2316100000100", "2316100000200", "2316100000300"]
    assert found("INTEGRÁL") == ["2316100000100", "2316100000300"]
    assert found("organ arro") == ["2316100000300"]
    assert found("arroz trigo") == []
    assert found("grano") == ["0111100000100", "2316100000200"]
    assert found("arroz", limit=1) == ["2316100000100"]
    assert found("", limit=2) == ["0111100000100", "2316100000100"]


def test_a_code_is_found_by_its_beginning_however_it_is_written() -> None:
    imported(*ENTRIES)
    assert found("23161") == ["2316100000100", "2316100000200", "2316100000300"]
    assert found("2316.1000.00200") == ["2316100000200"]
    assert found("0111100000100") == ["0111100000100"]


@pytest.mark.parametrize(
    "query",
    ["'", "arroz' OR 1=1 --", "a & | ! b", "%", "_", "\0", ":*", "\\", "<->", "🙂", "a" * 99],
)
def test_no_query_is_more_than_a_query(query: str) -> None:
    imported(*ENTRIES)
    assert found(query) == []


def test_an_entry_comes_back_as_it_went() -> None:
    imported(*ENTRIES)
    assert catalogues.all_of(CABYS) == {entry.code: entry for entry in ENTRIES}
    assert catalogues.known(CABYS, ["2316100000200", "x\0"]).entries == {
        "2316100000200": ENTRIES[2]
    }


def test_a_second_edition_replaces_and_the_first_is_remembered() -> None:
    imported(*ENTRIES)
    imported(ENTRIES[1], name="2027")
    assert catalogues.all_of(CABYS).keys() == {ENTRIES[1].code}
    newest = catalogues.edition(CABYS)
    assert newest
    assert (newest.name, newest.entries) == ("2027", 1)
    assert models.CatalogueEdition.objects.count() == 2


REFUSED = (
    ("UPDATE store_catalogueedition SET sha256 = 'x'", "written once"),
    ("DELETE FROM store_catalogueedition", "written once"),
    ("UPDATE store_catalogueentry SET rate = 101", "entry_rate_is_percent"),
    ("UPDATE store_catalogueentry SET nature = 'x'", "entry_nature"),
    ("UPDATE store_catalogueentry SET code = '1'", "one_entry_per_code"),
)


@pytest.mark.parametrize(("sql", "words"), REFUSED)
def test_the_database_holds_what_must_be_true(sql: str, words: str) -> None:
    imported(*ENTRIES)
    assert words in refused(sql)


def test_many_codes_are_searched_by_an_index() -> None:
    entries = [Entry(f"{n:013d}", f"Producto número {n} de la serie") for n in range(20_000)]
    imported(*entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE store_catalogueentry")
        cursor.execute(
            "EXPLAIN SELECT code FROM (SELECT code, words FROM store_catalogueentry"
            " WHERE catalogue = 'cabys') AS entry"
            " WHERE to_tsvector('simple', words) @@ to_tsquery('simple', '1999:*')"
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "entries_by_word" in plan
    assert found("numero 19999") == ["0000000019999"]
