"""Reports are read apart: what comes back is a report, whatever came in and whatever dies."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from acuse.domain.bounce import BounceReason
from acuse.domain.report import Action, Places, Report, ReportKind, Result, Source
from acuse.gateways.report_reader import ReportReader, Unreadable, report_of
from acuse.mail.reports.read import read

FULL = Report(
    kind=ReportKind.DELIVERY,
    digest="0" * 64,
    source=Source.FIELDS,
    results=(
        Result(
            address="ana@cliente.example",
            action=Action.FAILED,
            status="5.1.1",
            code=550,
            said="no such user",
            original="ana@otro.example",
            remote="mx.cliente.example",
            reason=BounceReason.USER_UNKNOWN,
        ),
    ),
    places=Places(("a@b.example",), "envid", ("Message-ID: <a@b>",), ("<a@b>",)),
    detail="abuse",
    sender="mailer-daemon@cliente.example",
    subject="Undelivered",
    whole=False,
    by_program=True,
)


@pytest.fixture
def reader() -> Iterator[ReportReader]:
    made = ReportReader()
    yield made
    made.close()


def test_a_report_comes_back_as_the_child_meant_it() -> None:
    assert report_of(json.loads(json.dumps(asdict(FULL)))) == FULL
    defaults = Report(ReportKind.OTHER, "")
    same = [f.name for f in fields(Report) if getattr(FULL, f.name) == getattr(defaults, f.name)]
    assert same == []  # every part of a report is on the way here


def test_the_child_reads_as_the_reader_does(reader: ReportReader) -> None:
    raw = b"From: Mail Delivery System <mailer-daemon@x.example>\r\nSubject: hola\r\n\r\n\xff\x00"
    to = ("bounce+x@b.example",)
    assert reader.read(raw, to=to) == read(raw, to=to)


def test_nothing_that_a_database_refuses_comes_out(reader: ReportReader) -> None:
    told = asdict(FULL) | {"subject": "a\0b\ud800"}
    assert report_of(told).subject == "a\N{REPLACEMENT CHARACTER}b?"


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import time; time.sleep(60)",
        "say({'asked': asked, 'report': {'kind': 'NONSENSE'}})",
        "say({'asked': asked, 'report': []})",
        "say({'asked': asked})",
        "say({'asked': asked, 'problem': 'out of memory'})",
    ],
)
def test_a_child_that_does_not_answer_is_told(tmp_path: Path, program: str) -> None:
    file = tmp_path / "child.py"
    file.write_text(
        "import sys\n"
        "from acuse.gateways import wire\n"
        "def say(head):\n"
        "    sys.stdout.buffer.write(wire.pack(head)); sys.stdout.buffer.flush()\n"
        "while (message := wire.read(sys.stdin.buffer.read)) is not None:\n"
        "    asked = message[0]['asked']\n"
        f"    {program}\n"
    )
    reader = ReportReader([sys.executable, str(file)], seconds=1)
    with pytest.raises(Unreadable):
        reader.read(b"x", to=())
    reader.close()
