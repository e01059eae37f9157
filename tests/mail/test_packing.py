"""A heavy packet is made lighter step by step, and what the law asks for is never lost."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest

from acuse import jurisdictions
from acuse.domain.face import Attachment
from acuse.domain.traits import Packing
from acuse.mail.compose import compose, part
from acuse.mail.packing import PACKED_END, Step, fit, weight
from tests.mail.letters import letter

ALL = Packing(zips=True, links=True)
LINK = "https://acuse.example/d/abc"
XML = Attachment("a.xml", "application/xml", b"<a>" + b"x" * 400_000 + b"</a>")
ANSWER = Attachment("a-respuesta.xml", "application/xml", b"<r/>" * 20_000)
PDF = Attachment("a.pdf", "application/pdf", random.Random(1).randbytes(300_000))
PROOF = Attachment("R-a.zip", "application/zip", random.Random(2).randbytes(200_000), optional=True)
PACKET = (XML, ANSWER, PDF)


def test_what_fits_travels_as_it_is() -> None:
    fitted = fit(PACKET, largest=2_000_000, packing=ALL, link=LINK)
    assert fitted is not None
    assert fitted.files == PACKET
    assert not fitted.steps


def test_first_its_xml_is_compressed() -> None:
    fitted = fit(PACKET, largest=600_000, packing=ALL, link=LINK)
    assert fitted is not None
    assert fitted.steps == (Step.ZIPPED,)
    packed, pdf = fitted.files
    assert (packed.name, pdf) == (f"a{PACKED_END}", PDF)
    with zipfile.ZipFile(BytesIO(packed.content)) as archive:
        read = {name: archive.read(name) for name in archive.namelist()}
    assert read == {XML.name: XML.content, ANSWER.name: ANSWER.content}
    assert fit(PACKET, largest=600_000, packing=ALL, link=LINK) == fitted


def test_then_the_optional_is_left_out_and_only_that() -> None:
    fitted = fit((*PACKET, PROOF), largest=600_000, packing=Packing(zips=True), link="")
    assert fitted is not None
    assert fitted.steps == (Step.ZIPPED, Step.LEFT_OUT)
    assert fitted.left_out == (PROOF.name,)
    assert [file.name for file in fitted.files] == [f"a{PACKED_END}", PDF.name]


def test_then_the_paper_waits_behind_the_link() -> None:
    fitted = fit(PACKET, largest=200_000, packing=ALL, link=LINK)
    assert fitted is not None
    assert fitted.steps == (Step.ZIPPED, Step.LINKED)
    assert fitted.linked == (PDF.name,)
    assert [file.name for file in fitted.files] == [f"a{PACKED_END}"]


def test_at_last_everything_does() -> None:
    big = Attachment("a.xml", "application/xml", random.Random(3).randbytes(500_000))
    fitted = fit((big, PDF), largest=200_000, packing=ALL, link=LINK)
    assert fitted is not None
    assert fitted.files == ()
    assert fitted.linked == (f"a{PACKED_END}", PDF.name)


@pytest.mark.parametrize(
    ("packing", "link"),
    [(Packing(), LINK), (Packing(zips=True), LINK), (Packing(links=True), ""), (ALL, "")],
)
def test_what_cannot_be_made_lighter_does_not_travel(packing: Packing, link: str) -> None:
    assert fit(PACKET, largest=200_000, packing=packing, link=link) is None


def test_where_the_law_fixes_the_files_they_are_not_compressed_to_fit() -> None:
    assert fit(PACKET, largest=600_000, packing=Packing(), link=LINK) is None
    linked = fit(PACKET, largest=600_000, packing=Packing(links=True), link=LINK)
    assert linked is not None
    assert (linked.files, linked.steps) == ((), (Step.LINKED,))


def test_a_packet_without_data_has_nothing_to_compress() -> None:
    papers = (PDF, Attachment("b.pdf", "application/pdf", PDF.content))
    fitted = fit(papers, largest=200_000, packing=ALL, link=LINK)
    assert fitted is not None
    assert (fitted.files, fitted.linked) == ((), ("a.pdf", "b.pdf"))


def test_the_weight_is_never_less_than_the_message() -> None:
    for files in (PACKET, (*PACKET, PROOF), ()):
        made = compose(letter(), tuple(map(part, files)))
        assert len(made) <= weight(files) <= len(made) + 70_000


def test_each_country_says_how_its_packet_may_travel() -> None:
    told = {code: jurisdictions.find(code).traits.packing for code in jurisdictions.CODES}
    assert told["CO"] == Packing()  # one ZIP with exactly two files, by its annex
    assert told["CR"].zips
    assert not told["CR"].links
    assert told["PE"] == ALL
