"""Magic customers: only a name that ends in a command commands."""

from __future__ import annotations

import pytest

from acuse_sandbox.magic import LONGEST, magic
from acuse_sandbox.world import Script, ScriptedReply


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("Bodega Sur ACEPTA", ScriptedReply(Script.ACCEPT)),
        ("Bodega Sur OBSERVA", ScriptedReply(Script.OBSERVE)),
        ("Bodega Sur OBSERVA 4252", ScriptedReply(Script.OBSERVE, code="4252")),
        ("Bodega Sur RECHAZA 2017", ScriptedReply(Script.REJECT, code="2017")),
        ("Bodega Sur RECHAZA -53", ScriptedReply(Script.REJECT, code="-53")),
        ("Bodega Sur RECHAZA", ScriptedReply(Script.REJECT)),
        ("Bodega Sur DEMORA 3", ScriptedReply(Script.SLOW, seconds=3.0)),
        ("Bodega Sur DEMORA 0,5", ScriptedReply(Script.SLOW, seconds=0.5)),
        ("Bodega Sur RECHAZA FAD06", ScriptedReply(Script.REJECT, code="FAD06")),
        ("BODEGA SUR OBSERVA FAJ43B", ScriptedReply(Script.OBSERVE, code="FAJ43b")),
        ("RECHAZA 2017", ScriptedReply(Script.REJECT, code="2017")),
    ],
)
def test_a_name_that_ends_in_a_command_commands(name: str, reply: ScriptedReply) -> None:
    assert magic(name) == reply


@pytest.mark.parametrize(
    "name",
    [
        "Bodega Sur rechaza 2017",
        "Bodega Sur: Rechaza  2017",
        "Bodega Sur RECHAZA 2017.",
        "Bodega Sur (RECHAZA 2017) \t",
        "Bodega Sur-RECHAZA 2017!…",
    ],
)
def test_case_blanks_and_punctuation_do_not_matter(name: str) -> None:
    assert magic(name) == ScriptedReply(Script.REJECT, code="2017")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Bodega Sur S.A.",
        "ACEPTA Bodega Sur",  # the command is not at the end
        "Bodega NOACEPTA",  # not a word of its own
        "Bodega ACEPTA 5",  # accepting takes no value
        "Bodega RECHAZADA",
        "Bodega RECHAZA 2017 y otros",
        "Bodega RECHAZA todo",
        "Bodega DEMORA",  # for how long is not said
        "Bodega DEMORA mucho",
    ],
)
def test_other_names_command_nothing(name: str) -> None:
    assert magic(name) is None


def test_a_delay_has_an_upper_bound() -> None:
    assert magic("Bodega Sur DEMORA 99999") == ScriptedReply(Script.SLOW, seconds=LONGEST)
