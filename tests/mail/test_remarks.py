"""What we note of a try ourselves is shown in Spanish; a server's words stay its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from acuse.flow import deliver, pace, withhold
from acuse.mail.remarks import shown

SOURCES = Path(__file__).parents[2] / "src/acuse"
SPOKEN = ("gateways/smtp_session.py", "gateways/smtp_line.py", "gateways/smtp.py")


def told(source: str) -> list[str]:
    """The texts of the outcomes that this module makes up itself."""
    found = []
    for node in ast.walk(ast.parse((SOURCES / source).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Broke", "SmtpOutcome"):
            last = node.args[2] if len(node.args) > 2 else None
            if isinstance(last, ast.Constant) and last.value:
                found.append(str(last.value))
    return found


@pytest.mark.parametrize("source", SPOKEN)
def test_whatever_the_dialogue_notes_itself_has_spanish_words(source: str) -> None:
    for text in told(source):
        assert shown(text) != text


def test_there_are_such_texts() -> None:
    assert len([text for source in SPOKEN for text in told(source)]) >= 5


@pytest.mark.parametrize(
    "outcome", [pace.NOT_TRIED, withhold.SUPPRESSED, withhold.NOT_MEANT, deliver.NO_ROAD]
)
def test_whatever_the_flow_notes_itself_has_spanish_words(outcome: object) -> None:
    text = getattr(outcome, "text", "")
    assert text
    assert shown(text) != text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5.3.4 this server takes 900000 bytes, the mail has 1000000",
            "admite 900000 bytes y el correo tiene 1000000",
        ),
        ("[Errno 111] Connection refused", "no atiende en ese puerto"),
        ("timed out", "no respondió a tiempo"),
        ("5.1.1 no such user", "5.1.1 no such user"),
        ("connection refused by policy", "connection refused by policy"),
        ("", ""),
    ],
)
def test_what_a_server_said_stays_as_it_was_said(text: str, expected: str) -> None:
    assert shown(text) == expected
