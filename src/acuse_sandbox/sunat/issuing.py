"""CDRs in the form that the issuer's SUNAT gives them, and what a script puts in their place."""

from __future__ import annotations

import itertools
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from acuse_sandbox.sunat import cdr
from acuse_sandbox.sunat.cdr import Form
from acuse_sandbox.sunat.judge import Verdict
from acuse_sandbox.sunat.options import Options
from acuse_sandbox.sunat.stem import Stem
from acuse_sandbox.sunat.troubles import WORDS
from acuse_sandbox.world import Script, ScriptedReply, World


@dataclass(slots=True)
class Issuing:
    """What writes the CDRs of one world, each with a number of its own."""

    world: World
    _ordinal: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def cdr(self, stem: Stem, verdict: Verdict, options: Options, *, signed: bool = True) -> bytes:
        """The ZIP with the CDR of a verdict; homologation never signs."""
        form = Form(options.cdr, signed and not options.is_beta, options.is_ose)
        answer = cdr.answer(
            stem,
            verdict,
            ordinal=next(self._ordinal),
            at=self.world.now(),
            zeros="zeros" in options.cdr,
        )
        return cdr.build(answer, form)

    def instead(
        self, stem: Stem, verdict: Verdict, options: Options, reply: ScriptedReply
    ) -> str | None:
        """What a script puts in the place of a CDR in base64; None where nothing does."""
        match reply.kind:
            case Script.PLAIN_TEXT:
                return WORDS
            case Script.NO_CONTENT:
                return ""
            case Script.WRONG_DOCUMENT:
                other = replace(stem, number=str(int(stem.number) + 1))
                return b64encode(self.cdr(other, verdict, options)).decode()
            case Script.UNSIGNED_CDR:
                return b64encode(self.cdr(stem, verdict, options, signed=False)).decode()
        return None
