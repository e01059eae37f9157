"""What would reject a whole batch is told before it is signed; one bad line is enough for that."""

from __future__ import annotations

import pytest

from acuse.domain.batch import Batch
from acuse.domain.problem import Blocked
from acuse.jurisdictions.pe.checks_batch import batch_problems
from tests.jurisdictions.pe.batch_makers import seal
from tests.jurisdictions.pe.cases_batches import WRONG


@pytest.mark.parametrize(
    ("code", "field", "wrong", "right"), WRONG, ids=[f"{n}-{w[0]}" for n, w in enumerate(WRONG)]
)
def test_what_would_reject_a_whole_batch_is_told_before(
    code: str, field: str, wrong: Batch, right: Batch
) -> None:
    assert (code, field) in [(p.code, p.field) for p in batch_problems(wrong)]
    assert [p.code for p in batch_problems(right)] == []
    with pytest.raises(Blocked):
        seal(wrong)


def test_every_problem_of_a_batch_names_its_rule_and_says_what_to_do() -> None:
    found = [problem for _, _, wrong, _ in WRONG for problem in batch_problems(wrong)]
    assert all(problem.rule for problem in found)
    assert all(problem.text.endswith(".") and len(problem.text) < 200 for problem in found)
