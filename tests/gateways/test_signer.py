"""The signer opens what is honest, signs for whom the key belongs to, and survives the rest."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from acuse.domain.problem import Blocked
from acuse.domain.sealing import Credential
from acuse.gateways.invented import make_certificate
from acuse.gateways.signer import Opened, SignerClient, SignerUnavailable, credential, holder_ids
from acuse.gateways.signer_process import SignerServer
from acuse.gateways.vault import Vault
from tests.gateways import certificates
from tests.gateways.certificates import PASSWORD

KEYS = Vault({b"11111111": b"a" * 32}, b"11111111")
DATA = b"<Invoice/>"


class Running:
    """A signer in a thread, and a client of it."""

    def __init__(self, path: Path, vault: Vault = KEYS) -> None:
        self.path = path
        self._server = SignerServer(path, vault)
        self._thread = threading.Thread(target=self._server.serve)
        self._thread.start()
        self.client = SignerClient(path)

    def stop(self) -> None:
        self._server.stop()
        self._thread.join()


@pytest.fixture
def signer(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "s")
    yield running
    running.client.close()
    running.stop()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The good file, opened for company 7 by a signer that has ended since."""
    running = Running(tmp_path_factory.mktemp("opened") / "s")
    found = running.client.open_pkcs12(certificates.good(), PASSWORD, 7)
    running.client.close()
    running.stop()
    return found


def verifies(certificate: bytes, signature: bytes, data: bytes) -> None:
    public = x509.load_der_x509_certificate(certificate).public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())


def problem(ask: Callable[[], object]) -> str:
    with pytest.raises(Blocked) as caught:
        ask()
    (found,) = caught.value.problems
    assert found.text
    return found.code.removeprefix("XX-CRT-")


def means_of(signer: Running, opened: Opened, company: int = 7, **secrets: str) -> Credential:
    stored = opened.certificate, opened.wrapped_key
    return credential(signer.client, company, lambda: stored, secrets.__getitem__)


def test_an_opened_certificate_signs_for_its_company(signer: Running) -> None:
    opened = signer.client.open_pkcs12(certificates.good(), PASSWORD, 7)
    means = means_of(signer, opened, user="ana")
    verifies(means.certificate, means.sign(DATA), DATA)
    assert means.secret("user") == "ana"
    with pytest.raises(KeyError):
        means.secret("other")


def test_what_is_known_of_an_opened_certificate(signer: Running) -> None:
    opened = signer.client.open_pkcs12(certificates.good(), PASSWORD, 7)
    assert opened.facts.holder_ids == ("20999888772",)
    assert opened.facts.valid_until > certificates.AT > opened.facts.valid_from
    assert opened.facts.sha256 == sha256(opened.certificate).hexdigest()


def test_the_invented_certificate_of_a_rehearsal_opens(signer: Running) -> None:
    made = make_certificate("Ñandú SAC", "20999888772", password="x", at=certificates.AT)
    assert signer.client.open_pkcs12(made, "x", 1).facts.holder_ids == ("20999888772",)


def test_the_key_never_comes_back_in_plain(signer: Running, opened: Opened) -> None:
    prime = certificates.rsa_key().private_numbers().p
    assert prime.to_bytes(128) not in opened.wrapped_key
    assert "wrapped_key" not in repr(opened)
    means = means_of(signer, opened, k="secreto")
    assert "secreto" not in repr(means)
    assert repr(opened.wrapped_key) not in repr(means)


def test_another_company_s_key_does_not_sign(signer: Running, opened: Opened) -> None:
    for company in (7, 8, 7):  # the key is open already, and still does not serve company 8
        means = means_of(signer, opened, company)
        if company == 7:
            verifies(opened.certificate, means.sign(DATA), DATA)
        else:
            assert problem(lambda held=means: held.sign(DATA)) == "wrong_key"  # type: ignore[misc]


def test_a_key_under_another_certificate_does_not_sign(signer: Running, opened: Opened) -> None:
    name = certificates.subject((NameOID.SERIAL_NUMBER, "20999000119"))
    other = certificates.certificate(certificates.rsa_key(), name)
    means = means_of(signer, replace(opened, certificate=other.public_bytes(Encoding.DER)))
    assert problem(lambda: means.sign(DATA)) == "wrong_key"


def test_an_altered_key_does_not_sign(signer: Running, opened: Opened) -> None:
    altered = opened.wrapped_key[:-1] + bytes([opened.wrapped_key[-1] ^ 1])
    means = means_of(signer, replace(opened, wrapped_key=altered))
    assert problem(lambda: means.sign(DATA)) == "wrong_key"


def test_a_signer_with_other_keys_opens_nothing_of_ours(tmp_path: Path, opened: Opened) -> None:
    stranger = Running(tmp_path / "t", Vault({b"11111111": b"b" * 32}, b"11111111"))
    means = means_of(stranger, opened)
    assert problem(lambda: means.sign(DATA)) == "wrong_key"
    stranger.client.close()
    stranger.stop()


def bad_files() -> dict[str, tuple[bytes, str, str]]:
    """The file, its password, and the word for what is wrong with it."""
    good, key, other = certificates.good(), certificates.rsa_key(), certificates.rsa_key(number=1)
    curve, small = ec.generate_private_key(ec.SECP256R1()), certificates.rsa_key(1024)
    made = certificates.certificate
    return {
        "wrong password": (good, "otra", "password"),
        "no password": (good, "", "password"),
        "cut": (good[:-1], PASSWORD, "damaged"),
        "empty": (b"", PASSWORD, "damaged"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(3000), PASSWORD, "damaged"),
        "a flipped bit": (good[:1000] + b"\xff\x00" + good[1002:], PASSWORD, "password"),
        "no key": (certificates.p12(None, made(key)), PASSWORD, "no_key"),
        "no RSA": (certificates.p12(curve, made(curve)), PASSWORD, "not_rsa"),
        "a weak key": (certificates.p12(small, made(small)), PASSWORD, "weak"),
        "no certificate": (certificates.p12(key, None), PASSWORD, "mismatch"),
        "another's certificate": (certificates.p12(key, None, [made(other)]), PASSWORD, "mismatch"),
        "too large": (good + bytes(200 * 1024), PASSWORD, "too_large"),
    }


BAD_FILES = bad_files()


@pytest.mark.parametrize(("content", "password", "word"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_with_its_reason(
    signer: Running, content: bytes, password: str, word: str
) -> None:
    assert problem(lambda: signer.client.open_pkcs12(content, password, 7)) == word


def test_the_key_s_certificate_is_found_among_several(signer: Running) -> None:
    own, other = certificates.rsa_key(), certificates.rsa_key(number=1)
    chain = [certificates.certificate(other), certificates.certificate(own)]
    opened = signer.client.open_pkcs12(certificates.p12(own, None, chain), PASSWORD, 7)
    means = means_of(signer, opened)
    verifies(opened.certificate, means.sign(DATA), DATA)


def test_a_file_that_asks_for_hours_is_stopped_and_nobody_waits_for_it(
    signer: Running, opened: Opened
) -> None:
    means = means_of(signer, opened)
    with ThreadPoolExecutor(1) as pool:
        hostile = pool.submit(
            problem, lambda: signer.client.open_pkcs12(certificates.costly(), PASSWORD, 7)
        )
        verifies(opened.certificate, means.sign(DATA), DATA)
        assert not hostile.done()
        assert hostile.result() == "too_costly"


def test_a_key_is_opened_once(
    signer: Running, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    means = means_of(signer, opened)
    times: list[str] = []
    unwrap = Vault.unwrap

    def counted(self: Vault, envelope: bytes, *, company: int, name: str) -> bytes:
        times.append(name)
        return unwrap(self, envelope, company=company, name=name)

    monkeypatch.setattr(Vault, "unwrap", counted)
    for _ in range(5):
        means.sign(DATA)
    assert len(times) == 1


def test_threads_get_each_its_own_signature(signer: Running, opened: Opened) -> None:
    means = means_of(signer, opened)
    texts = [f"document {number}".encode() for number in range(60)]
    with ThreadPoolExecutor(6) as pool:
        for text, signature in zip(texts, pool.map(means.sign, texts), strict=True):
            verifies(opened.certificate, signature, text)


def test_a_signer_that_does_not_run_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SignerUnavailable, match="acuse signer"):
        SignerClient(tmp_path / "none").sign(7, "x", b"", DATA)


def test_a_signer_started_anew_is_found_again(tmp_path: Path) -> None:
    first = Running(tmp_path / "s")
    opened = first.client.open_pkcs12(certificates.good(), PASSWORD, 7)
    means = means_of(first, opened)
    first.stop()
    with pytest.raises(SignerUnavailable):
        means.sign(DATA)
    second = Running(tmp_path / "s")
    verifies(opened.certificate, means.sign(DATA), DATA)
    first.client.close()
    second.stop()


def test_kept_connections_of_a_signer_started_anew_are_replaced(tmp_path: Path) -> None:
    first = Running(tmp_path / "s")
    opened = first.client.open_pkcs12(certificates.good(), PASSWORD, 7)
    first.stop()
    second = Running(tmp_path / "s")
    means = means_of(first, opened)
    verifies(opened.certificate, means.sign(DATA), DATA)
    first.client.close()
    second.stop()


def test_only_our_own_user_reaches_the_socket(signer: Running) -> None:
    assert stat.S_IMODE(signer.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "noise", [b"GET / HTTP/1.1\r\n\r\n", b"\0" * 8, b"\0\0\0\2\0\0\0\0{}", b"\xff" * 8]
)
def test_noise_ends_its_own_connection_only(signer: Running, noise: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.settimeout(5)
        stranger.connect(str(signer.path))
        stranger.sendall(noise)
        with suppress(ConnectionResetError):
            assert stranger.recv(100) == b""
    assert signer.client.open_pkcs12(certificates.good(), PASSWORD, 7).certificate


def test_what_talks_to_the_signer_knows_no_key_of_it() -> None:
    """The web's and the worker's side imports neither the signer's process nor its vault."""
    check = (
        "import sys, acuse.gateways.signer as s; "
        "sys.exit(any('signer_process' in n or 'gateways.vault' in n for n in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.mark.parametrize(
    ("oid", "value", "ids"),
    [
        (NameOID.SERIAL_NUMBER, "RUC20999888772", ["20999888772"]),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "20999888772", ["20999888772"]),
        (NameOID.ORGANIZATION_IDENTIFIER, "NTRPE-20999888772", ["20999888772"]),
        (NameOID.COMMON_NAME, "||USO TRIBUTARIO|| ACME RUC: 20999888772", ["20999888772"]),
        (NameOID.SERIAL_NUMBER, "CPJ-3-101-999888", ["3101999888"]),
        (NameOID.SERIAL_NUMBER, "CPF-01-9999-0888", ["0199990888", "199990888"]),
        (NameOID.SERIAL_NUMBER, "12345678901234567890", []),
        (NameOID.COMMON_NAME, "Ana 2026", []),
        (NameOID.ORGANIZATION_NAME, "20999888772", []),
    ],
)
def test_holders_are_found_where_certifiers_write_them(
    oid: x509.ObjectIdentifier, value: str, ids: list[str]
) -> None:
    assert list(holder_ids(certificates.subject((oid, value)))) == ids
