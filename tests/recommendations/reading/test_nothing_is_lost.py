"""Whatever is printed: nothing raises, and every line ends in a recommendation, in what the paper says, or set aside."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from candour.kernel.intake.readers import read_document
from candour.recommendations.intake import propose
from candour.recommendations.intake.labels import ANCHOR, apart, label_of

LINES = (
    "\tSTORES", "LIMITED ASSURANCE", "May 2024", "\t", "\t4.1 Count the stock", "\t2. Keys",
    "Low Priority Recommendation: Count it",
    "\tHigh Priority Recommendation:", "Management Response: Agreed", "Target Date: 31 March 2025", "UPDATE April 2025:",
    "What is left to complete?", "Nothing", "PROPOSED CLOSED", "\tEnd", " Another document", "“", "1. Some words", "",
)  # fmt: skip


def told(line: str) -> str:
    """The words of a line without the form's own label, which the name of what it labels stands for."""
    label = label_of(line.strip(), in_update=True)
    return label.rest if label else line


@settings(max_examples=60, deadline=None)
@example(["Target Date: 31 March 2025", "May 2024", "Low Priority Recommendation: Count it"])
@example(["May 2024", "LIMITED ASSURANCE", "June 2024", "Low Priority Recommendation: Count it"])
@given(st.lists(st.sampled_from(LINES) | st.text(alphabet="abc 12.:–\t", max_size=20), max_size=40))
def test_every_recommendation_that_is_printed_is_proposed_and_no_word_is_dropped(lines: list[str]) -> None:
    text = "\n".join(["The tracker", "", *lines])
    reading = propose(read_document(text.encode(), "tracker.txt"))
    assert len(reading.records) == sum(bool(ANCHOR.match(line.strip("\t"))) for line in text.split("\n"))
    kept = str(reading.as_json())
    said = "\n".join(told(part) for line in text.split("\n") for part in apart(line.strip()))
    assert [word for word in re.findall(r"[A-Za-z]{4,}", said) if word.casefold() not in kept.casefold()] == []
