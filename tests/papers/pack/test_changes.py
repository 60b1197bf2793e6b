from candour.kernel.papers.pack import Difference, Held, difference, said
from tests.papers.pack.makers import part, short, upload, word_file
from tests.papers.samples import everything


def held(*words: str) -> list[Held]:
    """ "a1" is the part a with the content 1."""
    return [Held(word[0], word[0], word[1:]) for word in words]


def test_the_same_pack_has_no_difference():
    assert difference(held("a1", "b2"), held("a1", "b2")) == Difference()
    assert said(Difference()) == "No paper changed."


def test_parts_are_added_removed_and_replaced():
    found = difference(held("a1", "b2", "c3"), held("a1", "b9", "d4"))
    assert [part.key for part in found.added] == ["d"]
    assert [part.key for part in found.removed] == ["c"]
    assert [part.key for part in found.replaced] == ["b"]
    assert found.moved == ()
    assert said(found) == "Added: d. Removed: c. Replaced: b."


def test_only_the_part_that_was_moved_is_said_to_be():
    found = difference(held("a1", "b2", "c3", "d4"), held("d4", "a1", "b2", "c3"))
    assert [part.key for part in found.moved] == ["d"]
    found = difference(held("a1", "b2", "c3"), held("a1", "x7", "b2", "c3"))
    assert (found.moved, [part.key for part in found.added]) == ((), ["x"])


def test_the_same_paper_under_another_key_is_the_same_paper():
    assert difference(held("a1", "b2"), held("a1", "c2")) == Difference()


def test_a_paper_is_told_by_what_it_says_and_by_its_marking():
    assert part("a", short()).holds == part("a", short()).holds
    assert part("a", short()).holds != part("a", short("Other words.")).holds
    one = upload(word_file(), "a.docx")
    assert part("a", one).holds != part("a", one, marking="OFFICIAL-SENSITIVE").holds
    assert part("a", everything(draft=False)).holds.label == "Office risk register"
