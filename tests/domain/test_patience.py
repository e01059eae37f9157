"""How long is waited, and how that fits the waits of others."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.patience import Patience, delay
from acuse.gateways.smtp import Waits


@given(st.integers(-3, 60))
def test_the_last_wait_of_a_series_repeats(tries: int) -> None:
    series = Patience().asking
    expected = series[0] if tries < 1 else series[min(tries, len(series)) - 1]
    assert delay(series, tries) == expected


def test_a_hurried_patience_waits_for_less_but_holds_as_long() -> None:
    calm, hurried = asdict(Patience()), asdict(Patience().hurried(0.01))
    for name, wait in calm.items():
        if name in ("mail_tries", "hold"):
            assert hurried[name] == wait
        elif isinstance(wait, tuple):
            assert hurried[name] == tuple(one * 0.01 for one in wait), name
        else:
            assert hurried[name] == wait * 0.01, name


def test_a_mail_that_is_put_off_is_tried_for_five_days() -> None:
    patience = Patience()
    tried = sum((delay(patience.mailing, n) for n in range(1, patience.mail_tries)), timedelta())
    assert timedelta(days=5) <= tried < timedelta(days=5) + patience.mailing[-1]


def test_nobody_takes_a_mail_from_a_worker_that_may_still_hear_of_its_dot() -> None:
    # Taken away, it would be uncertain and sent once more, though the server is about to say yes.
    longest = timedelta(seconds=Waits().reply + Waits().dot)  # until the dot is out, and its answer
    writing = timedelta(minutes=1)  # the answer into the database
    assert Patience().dot_lease >= longest + writing
