"""Whatever people, workers, servers and time do in whatever order: nothing double, nothing lost.

`ACUSE_WALKS=300:400` walks by those seeds instead. A broken walk tells its story; with the same
`PYTHONHASHSEED` its seed walks it again.
"""

from __future__ import annotations

import os

import pytest

from tests.flow.house import House
from tests.flow.walked import Broken
from tests.flow.walker import Walk, here

FROM, _, TO = os.environ.get("ACUSE_WALKS", "0:8").partition(":")
STEPS = 60


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(int(FROM), int(TO)))
def test_whatever_happens(house: House, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk(house, seed, monkeypatch)
    try:
        walk.verdict()
        for _ in range(STEPS):
            walk.step()
        walk.rest()
    except Broken as broken:
        pytest.fail("\n".join([f"by seed {seed}: {broken}", *walk.story, here()]))
