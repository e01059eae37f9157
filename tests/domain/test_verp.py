"""The signed name in the return path: found wherever servers leave it, never invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain import verp

KEYS = verp.Keys(b"k" * 32)
NEXT = verp.Keys(b"n" * 32, previous=KEYS.current)
NAMES = st.binary(min_size=verp.NAME, max_size=verp.NAME)
TOKEN = verp.token(b"0123456789", KEYS)


@given(NAMES)
def test_a_token_is_read_in_any_case_and_fits_a_return_path(name: bytes) -> None:
    token = verp.token(name, KEYS)
    assert re.fullmatch(r"[a-z0-9]{32}", token)
    assert verp.read(token, KEYS) == verp.read(token.upper(), KEYS) == token
    path = verp.return_path("facturacion.electronica@acuse.example", token)
    assert path is not None
    assert len(path.partition("@")[0]) <= 64
    assert list(verp.within(path.swapcase(), KEYS)) == [token]


@given(NAMES, st.integers(0, 31), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_token_with_one_letter_changed_is_none(name: bytes, place: int, letter: str) -> None:
    token = verp.token(name, KEYS)
    changed = token[:place] + letter + token[place + 1 :]
    assert (verp.read(changed, KEYS) is None) == (changed != token)


@given(st.text(max_size=80))
def test_any_other_text_is_no_token(text: str) -> None:
    assert verp.read(text, KEYS) is None
    assert list(verp.within(text, KEYS)) == []


def test_the_key_before_still_opens_and_the_one_before_that_does_not() -> None:
    assert verp.read(TOKEN, NEXT) == TOKEN
    new = verp.token(b"0123456789", NEXT)
    assert new != TOKEN
    assert verp.read(new, NEXT) == new
    assert verp.read(TOKEN, verp.Keys(b"z" * 32, previous=b"n" * 32)) is None


def test_what_comes_back_of_mail_sent_by_an_earlier_version_is_still_known() -> None:
    assert verp.read("gaytemzugu3doobzidkomokl6zakjidd", KEYS) == TOKEN


@pytest.mark.parametrize(
    "path",
    [
        f"avisos+{TOKEN}@acuse.example",
        f"{TOKEN}@b.acuse.example",
        f"<AVISOS+{TOKEN.upper()}@acuse.example>",
        f"prvs=1234abcdef=avisos+{TOKEN}@acuse.example",
        f"SRS0=ab=CD=acuse.example=avisos+{TOKEN}@relevo.example",
        f"avisos-{TOKEN}@acuse.example",
    ],
)
def test_a_token_is_found_behind_what_servers_put_before_it(path: str) -> None:
    assert list(verp.within(path, KEYS)) == [TOKEN]


@pytest.mark.parametrize("path", [f"x{TOKEN}@a.example", f"{TOKEN}x", TOKEN[:-1], TOKEN[1:], ""])
def test_a_longer_or_shorter_word_is_no_token(path: str) -> None:
    assert list(verp.within(path, KEYS)) == []


def test_a_text_full_of_words_costs_little() -> None:
    assert list(verp.within("a" * 32 + " " + ("b" * 32 + " ") * 99 + TOKEN, KEYS)) == []
    assert verp.return_path("a" * 32 + "@acuse.example", TOKEN) is None
    assert verp.return_path("@b.acuse.example", TOKEN) == f"{TOKEN}@b.acuse.example"


def test_a_name_is_tagged_as_long_as_servers_take_what_stands_before_the_at() -> None:
    tag = f"+{TOKEN}"
    longest = "a" * (64 - len(tag))
    assert verp.return_path(f"{longest}@acuse.example", TOKEN) == f"{longest}{tag}@acuse.example"
    assert verp.return_path(f"{longest}a@acuse.example", TOKEN) is None


@pytest.mark.parametrize("keys", [(b"", b""), (b"k" * 31, b""), (b"k" * 32, b"k")])
def test_a_weak_key_is_refused(keys: tuple[bytes, bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        verp.Keys(*keys)


def test_keys_do_not_show_themselves() -> None:
    assert "kkk" not in repr(KEYS)
