"""Every code of SUNAT's has its class: by the table's row, else by its thousand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from acuse.domain.delivery import Hold, Send, Skip, decide
from acuse.domain.party import Environment, Wish
from acuse.domain.submission import AlreadyKnown, Judged, NoAnswer, Pending, Refused
from acuse.domain.verdict import Outcome
from acuse.jurisdictions.pe.rules_verdicts import RANGES, Meaning, meaning
from tests.jurisdictions.pe.makers import billed, call, cdr, fault, read
from tests.support.makers import company

FINDINGS = {
    Meaning.BUSY: NoAnswer,
    Meaning.PENDING: Pending,
    Meaning.CREDENTIALS: Refused,
    Meaning.FILE: Refused,
    Meaning.KNOWN: AlreadyKnown,
    Meaning.CONTENT: Refused,
    Meaning.UNPROVEN: NoAnswer,
    Meaning.TICKET: NoAnswer,  # where none was asked about
    Meaning.ODD: NoAnswer,
}


@pytest.mark.parametrize("number", sorted({n for first, last, *_ in RANGES for n in (first, last)}))
def test_the_ends_of_each_range_mean_what_the_table_says(number: int) -> None:
    code = f"{number:04d}"
    first = next(m for a, b, m, _ in RANGES if a <= number <= b)
    assert meaning(code) is first
    told = read(fault(code), made=call(issuer=company(environment=Environment.PRODUCTION)))
    assert isinstance(told, FINDINGS[first])


CLASSES = {  # kind in the published list of codes: what such a code may mean
    "exception": {
        Meaning.BUSY,
        Meaning.PENDING,
        Meaning.CREDENTIALS,
        Meaning.TICKET,
        Meaning.FILE,
        Meaning.KNOWN,
        Meaning.CONTENT,
    },
    "rejection": {Meaning.UNPROVEN, Meaning.KNOWN, Meaning.CREDENTIALS},
    "observation": {Meaning.ODD},
}


@pytest.mark.authority
def test_every_published_code_has_the_class_of_its_kind(authority_dir: Path) -> None:
    text = (authority_dir / "pe/errors/catalogo-completo.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["kind"] in CLASSES]
    assert len(rows) > 1900
    wrong = [row["code"] for row in rows if meaning(row["code"]) not in CLASSES[row["kind"]]]
    assert wrong == []


@pytest.mark.authority
def test_only_named_rejections_are_more_than_rejections(authority_dir: Path) -> None:
    """Codes from 2000 to 3999 that stand in a row of their own, and no others."""
    text = (authority_dir / "pe/errors/catalogo-completo.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["kind"] == "rejection"]
    named = {row["code"] for row in rows if meaning(row["code"]) is not Meaning.UNPROVEN}
    assert named == {"2109", "2222", "2223", "2324", "2403"}


def test_every_row_tells_where_it_comes_from() -> None:
    assert all(source for *_, source in RANGES)
    assert all(first <= last for first, last, *_ in RANGES)


@pytest.mark.parametrize("code", ["", "x", "12345", "\u0661\u0660\u0660\u0660", "0000", "0999"])
def test_an_unreadable_or_unlisted_code_says_nothing_of_the_document(code: str) -> None:
    assert meaning(code) is Meaning.BUSY


@pytest.mark.authority
def test_every_published_code_in_a_cdr_mails_what_is_accepted_and_nothing_else(
    authority_dir: Path,
) -> None:
    text = (authority_dir / "pe/errors/catalogo-completo.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["kind"] in CLASSES]
    mailed = dict.fromkeys(CLASSES, 0)
    for row in rows:
        notes = (f"{row['code']} - observado",) if row["kind"] == "observation" else ()
        code = "0" if notes else row["code"]
        found = read(billed(cdr(code, "dicho", notes=notes)))
        if isinstance(found, Judged) and found.verdict.outcome.accepts:
            mailed[row["kind"]] += 1
            assert isinstance(decided(found.verdict.outcome), Send)
            assert found.verdict.outcome is Outcome.ACCEPTED_WITH_OBSERVATIONS
        elif isinstance(found, Judged):
            with pytest.raises(ValueError, match="has no delivery"):
                decided(found.verdict.outcome)
    observed = sum(row["kind"] == "observation" for row in rows)
    assert mailed == {"exception": 0, "rejection": 0, "observation": observed}
    assert observed > 100


def decided(outcome: Outcome) -> Send | Hold | Skip:
    """What becomes of the mail where every gate is open."""
    return decide(
        switch=True,
        wish=Wish.AS_COMPANY,
        outcome=outcome,
        company_problems=(),
        emails=("ana@cliente.example",),
    )
