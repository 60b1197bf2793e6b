from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.papers.pack.numbers import kept, last_number, number_pages, spans, unused


def test_pages_are_numbered_through_the_parts():
    assert number_pages({"": 1, "a": 2, "b": 1}, {}, 1) == {"": ("1",), "a": ("2", "3"), "b": ("4",)}
    assert number_pages({"": 1, "a": 2}, {}, 40) == {"": ("40",), "a": ("41", "42")}


def test_a_part_that_grew_takes_numbers_behind_its_last():
    old = number_pages({"": 1, "a": 2, "b": 1}, {}, 1)
    assert number_pages({"": 1, "a": 4, "b": 1}, old, 1) == {"": ("1",), "a": ("2", "3", "3.1", "3.2"), "b": ("4",)}


def test_the_last_part_grows_with_whole_numbers():
    old = number_pages({"": 1, "a": 2}, {}, 1)
    assert number_pages({"": 1, "a": 3}, old, 1)["a"] == ("2", "3", "4")


def test_a_part_put_between_others_takes_numbers_behind_the_one_before_it():
    old = number_pages({"": 1, "a": 2, "b": 1}, {}, 1)
    found = number_pages({"": 1, "a": 2, "new": 2, "b": 1}, old, 1)
    assert found == {"": ("1",), "a": ("2", "3"), "new": ("3.1", "3.2"), "b": ("4",)}


def test_a_number_is_never_given_twice():
    old = number_pages({"": 1, "a": 2, "b": 3}, {}, 1)
    new = number_pages({"": 1, "a": 2}, old, 1)
    assert unused(old, new) == ["4", "5", "6"]
    again = number_pages({"": 1, "a": 2, "c": 1}, kept(old, new), 1)
    assert again["c"] == ("7",)
    assert number_pages({"": 1, "a": 2, "c": 1, "b": 3}, kept(kept(old, new), again), 1)["b"] == ("4", "5", "6")


def test_a_part_that_shrank_and_grew_again_has_its_old_numbers():
    old = number_pages({"": 1, "a": 3, "b": 1}, {}, 1)
    less = number_pages({"": 1, "a": 1, "b": 1}, old, 1)
    assert less == {"": ("1",), "a": ("2",), "b": ("5",)}
    assert number_pages({"": 1, "a": 3, "b": 1}, kept(old, less), 1) == old


def test_numbers_are_said_in_runs():
    assert spans(["23", "24", "24.1", "24.2", "25"]) == "23 to 25"
    assert spans(["3", "5", "6"]) == "3, 5 to 6"
    assert spans(["4"]) == "4"
    assert last_number({"a": ("2", "3.1"), "b": ("9",)}) == 9


counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5), min_size=1)


@given(st.lists(counts, min_size=2, max_size=6))
def test_whatever_versions_come_a_number_stays_with_its_part(versions):
    every: dict = {}
    owner: dict = {}
    for version in versions:
        numbers = number_pages({"": 1, **version}, every, 1)
        printed = [label for labels in numbers.values() for label in labels]
        assert len(printed) == len(set(printed))
        assert {key: len(labels) for key, labels in numbers.items()} == {"": 1, **version}
        for key, labels in numbers.items():
            for label in labels:
                assert owner.setdefault(label, key) == key
        every = kept(every, numbers)
