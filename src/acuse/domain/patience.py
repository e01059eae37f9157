"""How long to wait before trying or asking again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


def _seconds(*values: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=value) for value in values)


@dataclass(frozen=True, slots=True)
class Patience:
    """The waits of one journey; the last delay of a series repeats.

    Source: design.md 3.5 (sending, asking), reliability.md F67 (mail), 5.3 and 5.4 N3.
    """

    sending: tuple[timedelta, ...] = _seconds(5, 30, 120, 300, 900)
    asking: tuple[timedelta, ...] = _seconds(2, 5, 10, 30, 60, 120, 300, 600)
    hinted: tuple[timedelta, ...] = _seconds(*[10] * 10, *[60] * 20, 600)  # between calls
    mailing: tuple[timedelta, ...] = _seconds(60, 300, 900, 1800, 3600, 3600, 7200, 14400)
    mail_tries: int = 37  # so that the last one comes after five days
    proof_gap: timedelta = timedelta(minutes=10)  # between two "not known" before a second send
    lease: timedelta = timedelta(minutes=5)  # a worker silent for so long has lost its row
    dot_lease: timedelta = timedelta(minutes=15)  # the final dot may be answered after ten
    evidence_window: timedelta = timedelta(minutes=30)  # for news of an uncertain mail
    hold: timedelta = timedelta(days=30)  # a held mail is released by itself for so long
    collecting: timedelta = timedelta(minutes=3)  # between two visits to a company's mailbox
    pace: float = 1.0  # scales the waits that an authority's page asks for

    def hurried(self, factor: float) -> Patience:
        """The same waits, `factor` times as long: rehearsals need not wait ten minutes.

        How long a held mail waits is a matter of days, not of rehearsal, and stays.
        """
        return Patience(
            sending=tuple(wait * factor for wait in self.sending),
            asking=tuple(wait * factor for wait in self.asking),
            hinted=tuple(wait * factor for wait in self.hinted),
            mailing=tuple(wait * factor for wait in self.mailing),
            mail_tries=self.mail_tries,
            proof_gap=self.proof_gap * factor,
            lease=self.lease * factor,
            dot_lease=self.dot_lease * factor,
            evidence_window=self.evidence_window * factor,
            hold=self.hold,
            collecting=self.collecting * factor,
            pace=self.pace * factor,
        )


def delay(series: tuple[timedelta, ...], tries: int) -> timedelta:
    """The wait after so many tries (the first failure is try 1)."""
    return series[min(max(tries, 1), len(series)) - 1]
