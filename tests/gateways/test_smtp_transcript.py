"""What a person may read of a dialogue: all of it, but no secret."""

from __future__ import annotations

import time
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.gateways import smtp
from acuse.gateways.smtp_transcript import HIDDEN, LONGEST, MOST_LINES, Said, Side, transcript
from tests.gateways.loopback import PATIENCE, self_signed, server_context
from tests.gateways.smtp_server import ScriptedSmtp

MESSAGE = smtp.prepare(b"Subject: prueba\r\n\r\nHola.\r\n")


def tried(server: ScriptedSmtp, **changes: object) -> tuple[SmtpOutcome, tuple[Said, ...]]:
    return smtp.try_out(
        MESSAGE,
        sender="ventas@salida.example",
        recipient="ana@taller.example",
        route=server.route(**changes),
    )


def lines(said: tuple[Said, ...], side: Side) -> list[str]:
    return [one.text for one in said if one.side is side]


def test_a_dialogue_is_told_line_by_line_with_who_said_it_and_when() -> None:
    with ScriptedSmtp(extensions=("PIPELINING", "AUTH PLAIN")) as server:
        outcome, said = tried(server, username="ventas", password="una-clave-larga")  # noqa: S106
    assert (outcome.stage, outcome.code) == (Stage.DOT, 250)
    assert lines(said, Side.CLIENT) == [
        "EHLO localhost",
        f"AUTH PLAIN {HIDDEN}",
        "MAIL FROM:<ventas@salida.example>",
        "RCPT TO:<ana@taller.example>",
        "DATA",
        "(26 bytes)",
        ".",
    ]
    assert lines(said, Side.SERVER)[0] == "220 mail.example ESMTP"
    assert lines(said, Side.SERVER)[-1] == "250 2.0.0 queued as ABC123"
    assert "una-clave-larga" not in repr(said)
    moments = [one.at_ms for one in said]
    assert moments == sorted(moments)


@pytest.mark.parametrize("way", ["AUTH PLAIN", "AUTH LOGIN"])
@given(password=st.text(min_size=8, max_size=40).filter(lambda told: told.strip() == told))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_password_is_ever_in_it_though_the_server_says_it_back(way: str, password: str) -> None:
    if not password.isprintable() or password.isspace():
        password = f"clave-{len(password)}-larga"
    encoded = b64encode(password.encode())
    plain = b64encode(b"\0ventas\0" + password.encode())
    echo = b"535 " + password.encode() + b" " + encoded + b" " + plain + b" is wrong\r\n"
    with ScriptedSmtp({"AUTH": echo}, extensions=(way,)) as server:
        outcome, said = tried(server, username="ventas", password=password)
    assert outcome.stage is Stage.AUTH
    told = "\n".join(one.text for one in said)
    for secret in (password, encoded.decode(), plain.decode()):
        assert secret not in told


def test_tls_is_told_with_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with ScriptedSmtp(extensions=("STARTTLS",), tls=server_context(pem)) as server:
        _, said = tried(server, security=smtp.Security.STARTTLS)
    assert any(text.startswith("TLSv1.") for text in lines(said, Side.NOTE))


def test_an_endless_server_fills_no_page() -> None:
    endless = b"".join(b"250-" + b"x" * 2000 + b"\r\n" for _ in range(190)) + b"250 end\r\n"
    with ScriptedSmtp({"EHLO": endless}) as server:
        _, said = tried(server)
    assert len(said) == MOST_LINES
    assert said[-1].text == "…"
    assert max(len(one.text) for one in said) <= LONGEST


def test_a_trial_keeps_no_connection_and_takes_none() -> None:
    with ScriptedSmtp() as server:
        for _ in range(2):
            assert tried(server)[0].code == 250
        assert server.said.count("EHLO localhost") == 2
        deadline = time.monotonic() + PATIENCE  # nobody waits for the answer to QUIT
        while server.said.count("QUIT") < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.said.count("QUIT") == 2


def test_nothing_is_written_along_in_ordinary_sending() -> None:
    with ScriptedSmtp() as server:
        outcome = smtp.send(
            MESSAGE,
            sender="a@b.example",
            recipient="c@d.example",
            route=server.route(),
            before_dot=lambda: True,
        )
        smtp.close_all()
    assert outcome.code == 250


def test_a_secret_is_hidden_however_it_is_cut() -> None:
    kept = transcript("ventas", "una-clave-larga")
    kept.add(Side.SERVER, "250 x una-clave-larga y " + "z" * LONGEST)
    assert "clave" not in kept.lines[0].text
    assert "una-clave-larga" not in repr(kept)


def test_a_private_address_is_not_called_where_it_is_not_allowed() -> None:
    with ScriptedSmtp() as server:
        outcome, said = tried(server, private=False)
        assert (outcome.stage, outcome.code) == (Stage.CONNECT, 0)
        assert "private network" in outcome.text
        assert said == ()
        assert server.said == []
