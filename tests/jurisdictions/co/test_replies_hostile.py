"""No bytes make the reading of a reply raise, nor judge without the DIAN's signature."""

from __future__ import annotations

from base64 import b64encode

from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.submission import Case, Judged, NoAnswer, Note, SubmissionState
from acuse.domain.verdict import Outcome
from acuse.jurisdictions.co import calls, service
from tests.jurisdictions.co import dian
from tests.jurisdictions.co.dian import case, dian_response, members, read

S = SubmissionState
REJECTED = "Regla: FAD06, Rechazo: Valor del CUFE no está calculado correctamente"

codes = st.sampled_from(["00", "66", "67", "89", "90", "98", "99", "401", "0", "", "x"])
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
receipts = st.one_of(
    st.text("=abc\n", max_size=30), st.binary(max_size=60).map(lambda raw: b64encode(raw).decode())
)
states = st.sampled_from([S.IN_FLIGHT, S.WAITING, S.UNCERTAIN])
cases = st.builds(
    lambda state, ticket, asks, known: case(
        state,
        ticket=ticket,
        asks=asks,
        notes={calls.known_note(case()): Note(known)} if known else {},
    ),
    states,
    st.sampled_from(["", dian.TICKET]),
    st.integers(0, 9),
    st.sampled_from(["", "compare", "same"]),
)


@given(cases, st.one_of(st.binary(max_size=300), texts.map(lambda text: dian.soap(""))))
def test_no_bytes_make_it_raise_or_judge(one: Case, body: bytes) -> None:
    assert isinstance(read(body, one), NoAnswer)


@given(cases, st.booleans() | st.none(), codes, st.lists(texts, max_size=2), texts, receipts)
def test_no_answer_without_a_signed_response_judges(
    one: Case, valid: bool | None, code: str, errors: list[str], text: str, receipt: str
) -> None:
    operation = service.operation_of(dian.call(one))
    inside = members(valid, code, *errors, message=text, receipt=receipt)
    assert not isinstance(read(dian_response(operation, inside), one), Judged)


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4))
def test_a_damaged_response_never_raises_and_never_accepts_what_was_rejected(
    place: int, bytes_: bytes
) -> None:
    content = dian.application_response("04", ("FAD06", "CUFE"))
    start = place % len(content)
    damaged = content[:start] + bytes_ + content[start + len(bytes_) :]
    for valid, code in ((True, "00"), (False, "99")):
        told = dian_response("SendBillSync", members(valid, code, REJECTED, receipt=damaged))
        finding = read(told)
        if isinstance(finding, Judged):
            assert finding.verdict.outcome is Outcome.REJECTED
