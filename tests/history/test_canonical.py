import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.history.canonical import (
    canonical,
    digest,
    is_commitment,
    open_word,
    parse,
    seal_word,
    snapshot_digest,
)
from candour.kernel.history.chain import COMMITMENT

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | texts
    | st.dates()
    | st.decimals(allow_nan=False)
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_canonical_text_read_and_written_again_is_the_same(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)
    assert parse(canonical(value)) == json.loads(canonical(value))


@given(st.dictionaries(texts, st.integers(), max_size=6))
def test_the_order_in_which_a_dict_was_filled_does_not_show(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    assert canonical({"b": [1, None, True], "a": "£ “é”"}) == '{"a":"£ “é”","b":[1,null,true]}'


def test_times_are_utc_with_microseconds() -> None:
    summer = datetime(2026, 6, 15, 11, 30, tzinfo=timezone(timedelta(hours=1)))
    assert canonical(summer) == '"2026-06-15T10:30:00.000000Z"'
    assert canonical(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == '"2026-01-02T03:04:05.000006Z"'


def test_dates_are_iso_and_decimals_keep_their_digits() -> None:
    assert canonical([date(2026, 1, 2), Decimal("1.50")]) == '["2026-01-02","1.50"]'


@pytest.mark.parametrize("value", [1.5, float("nan"), [{"a": 0.1}]])
def test_a_float_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="a float has no canonical text"):
        canonical(value)


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a time without its zone has no canonical text"):
        canonical({"at": datetime(2026, 1, 2)})  # noqa: DTZ001


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object()])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("text", ["", "{} {}", '{"a":1}x', "nothing"])
def test_only_one_whole_value_can_be_parsed(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse(text)


@given(texts)
def test_a_sealed_word_opens_and_its_commitment_is_its_hash(word: str) -> None:
    commitment, salted = seal_word(word)
    assert open_word(salted) == word
    assert commitment == {"commit": digest(salted)}
    assert is_commitment(commitment) is True


def test_the_same_word_is_committed_to_differently_each_time() -> None:
    assert seal_word("a name")[0] != seal_word("a name")[0]


@given(values)
def test_a_text_shows_its_commitments_and_nothing_that_only_looks_like_one(value: object) -> None:
    commitment = seal_word("a word")[0]
    text = canonical({"said": value, "looks": canonical(commitment), "word": commitment})
    assert COMMITMENT.findall(text) == [commitment["commit"]]


def test_a_state_is_tied_to_its_row_and_day() -> None:
    facts = '{"score":4}'
    known = snapshot_digest("risks.risk", 7, date(2026, 1, 2), facts)
    assert known == digest('risks.risk|7|2026-01-02|{"score":4}')
    assert known == snapshot_digest("risks.risk", 7, "2026-01-02", facts)
    assert known != snapshot_digest("risks.risk", 8, date(2026, 1, 2), facts)
    assert known != snapshot_digest("risks.risk", 7, date(2026, 1, 3), facts)
