"""What is shown of a mail follows all that was told of it, whatever came first."""

from __future__ import annotations

from itertools import permutations

import pytest

from acuse.domain.activity import EventKind
from acuse.store import models
from tests.flow.house import House
from tests.flow.news import bring, dsn, mailed
from tests.flow.test_track import last_words, lines


def cause(recipient: models.Recipient) -> str:
    return models.Recipient.objects.get(pk=recipient.pk).cause


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_a_bounce_is_shown_by_the_failure_that_counts_whatever_came_first(
    house: House, order: tuple[int, ...]
) -> None:
    recipient = mailed(house)
    failures = (
        dsn(recipient, "failed", "4.4.7", "expired"),
        dsn(recipient, "failed", "5.2.2", "552 5.2.2 mailbox full"),
        dsn(recipient, "failed", "5.1.1", "550 5.1.1 no such user"),
    )
    for place in order:
        bring(failures[place])
    assert cause(recipient) == "BOUNCED"
    assert "la dirección no existe" in last_words(recipient, EventKind.RECIPIENT_BOUNCED)


def test_a_lighter_failure_that_comes_later_is_no_second_line(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient), dsn(recipient, "failed", "4.4.7", "expired"))
    assert lines(recipient).count(EventKind.RECIPIENT_BOUNCED) == 1
    assert cause(recipient) == "BOUNCED"
