"""A catalogue's file: taken whole, replaced whole; documents keep their codes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from acuse.domain.problem import Blocked
from acuse.flow import outside
from acuse.flow.catalogue import Imported, import_file
from acuse.flow.issue import warnings
from acuse.jurisdictions.cr.cabys import CABYS
from acuse.store import catalogues, documents
from tests.flow.house import House
from tests.support import makers

HEADER = "Código,Descripción,Impuesto"
RICE = "2316100000100,Arroz integral,1%"
DESIGN = "8314100000000,Diseño y desarrollo de aplicaciones,13%"
SAMPLE = "2399999000100,Bien de la muestra,13%"


pytestmark = pytest.mark.django_db(transaction=True)


def take(*lines: str, name: str = "") -> Imported:
    content = "\n".join((HEADER, *lines)).encode()
    return import_file(
        CABYS, content, file_name="catalogo.csv", name=name, by="prueba", at=outside.now()
    )


def test_each_import_tells_what_is_new_changed_and_gone() -> None:
    assert take(RICE, DESIGN) == Imported(entries=2, new=2, changed=0, gone=0)
    assert take(RICE, DESIGN) == Imported(entries=2, new=0, changed=0, gone=0)
    again = take(RICE.replace("1%", "13%"), SAMPLE, name="de mayo")
    assert again == Imported(entries=2, new=1, changed=1, gone=1)
    found = catalogues.edition(CABYS)
    assert found
    assert (found.name, found.file_name, found.entries) == ("de mayo", "catalogo.csv", 2)


def test_a_file_with_one_bad_line_changes_nothing() -> None:
    take(RICE)
    with pytest.raises(Blocked) as blocked:
        take(DESIGN, "831410000000,Doce dígitos,13%")
    assert [one.code for one in blocked.value.problems] == ["XX-CAT-3"]
    with pytest.raises(Blocked):
        import_file(CABYS, b"\0", file_name="x", name="", by="prueba", at=outside.now())
    assert catalogues.all_of(CABYS).keys() == {"2316100000100"}


def test_two_imports_at_once_leave_one_of_them_whole() -> None:
    def one(lines: tuple[str, ...]) -> None:
        take(*lines)
        connections.close_all()

    sets = ((RICE, DESIGN), (DESIGN, SAMPLE), (RICE, SAMPLE), (RICE, DESIGN, SAMPLE))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, sets))
    left = set(catalogues.all_of(CABYS))
    assert left in [{line.split(",")[0] for line in lines} for lines in sets]


def test_a_code_that_left_the_catalogue_stays_in_its_documents(house: House) -> None:
    take(SAMPLE)
    company = house.costa_rica()
    issued = house.issue(company)
    take(RICE)
    kept = documents.load_of(company.id, issued.id).document
    assert kept.lines[0].extra["cabys"] == "2399999000100"


def test_its_issuer_is_warned_by_the_table_and_never_stopped(house: House) -> None:
    company, document = house.costa_rica(), makers.costa_rican_document()

    def warned() -> list[str]:
        return [one.code for one in warnings(company.id, document, at=outside.now())]

    assert warned() == []
    take(SAMPLE)
    assert warned() == []
    take(SAMPLE.replace("13%", "1%"))
    assert warned() == ["CR-LIN-3"]
    take(RICE)
    assert warned() == ["CR-LIN-2"]
    assert house.issue(company).number


def test_no_country_without_a_catalogue_is_asked_about_one(house: House) -> None:
    company = house.peru()
    take(RICE)
    assert warnings(company.id, makers.document(), at=outside.now()) == ()
