"""Any register written as text reads back; any text is read without an error and without losing a line."""

import json
import re
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.risks.intake import propose

WORDS = ("radio", "custody", "partner", "budget", "estate", "panel", "training", "system", "contract", "victim")
sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=8).map(lambda words: " ".join(words).capitalize())
dates = st.dates(min_value=date(2010, 1, 1), max_value=date(2030, 12, 31))
risks = st.fixed_dictionaries(
    {
        "title": sentences,
        "owner": st.sampled_from(["Chief Executive", "Chief Finance Officer", "Head of Estates"]),
        "impact": st.integers(1, 5),
        "likelihood": st.integers(1, 5),
        "first": dates,
        "previous": st.none() | st.integers(1, 25),
        "controls": st.lists(sentences, max_size=4),
        "updates": st.lists(st.tuples(dates, sentences), max_size=4),
    }
)


def written(register: list[dict], *, per_page: int) -> str:
    """A paper: overview rows with a marking between pages, then a detail block for each risk."""
    header = "Ref\tTitle\tOwner\tImpact\tLikelihood\tScore\tPrevious score\tDate raised"
    lines = ["Risk register", "", "Appendix A: Overview", "", header]
    for n, risk in enumerate(register):
        if n and n % per_page == 0:
            lines += ["", "MARKED", "", header]
        score, previous = risk["impact"] * risk["likelihood"], risk["previous"] or "-"
        first = risk["first"].strftime("%d/%m/%Y")
        lines.append(
            f"T{n:03}\t{risk['title']}\t{risk['owner']}\t{risk['impact']}\t{risk['likelihood']}\t{score}\t{previous}\t{first}"
        )
    lines += ["", "MARKED", "", "Appendix B: Details", ""]
    for n, risk in enumerate(register):
        controls = " ".join(f"• {text}" for text in risk["controls"])
        updates = " ".join(f"➤ {day:%d/%m/%Y} - {text}" for day, text in risk["updates"])
        lines += [
            f"Reference\tT{n:03}",
            f"Title\t{risk['title']}",
            f"Controls\t{controls}",
            f"Latest update\t{updates}",
        ]
        lines += ["", "MARKED", ""]
    return "\n".join(lines)


@settings(deadline=None, max_examples=60)
@given(st.lists(risks, min_size=1, max_size=8), st.integers(1, 4))
def test_a_register_written_as_text_reads_back(register, per_page):
    document = read_document(written(register, per_page=per_page).encode(), "register.txt")
    records = propose(document).as_json()["records"]
    assert [
        {
            "title": one["title"],
            "owner": one["owner"],
            "impact": one["impact_value"],
            "likelihood": one["likelihood_value"],
            "first": one["first_recorded"],
            "previous": one["previous_score"],
            "controls": [control["text"] for control in one["controls"]],
            "updates": [(update["date"], update["text"]) for update in one["updates"]],
            "sections": one["sections"],
        }
        for one in records
    ] == [
        {
            **risk,
            "first": risk["first"].isoformat(),
            "updates": [(day.isoformat(), text) for day, text in risk["updates"]],
            "sections": ["overview", "appendix b details"],
        }
        for risk in register
    ]


def tokens(text: str) -> set[str]:
    """Words of a text without tags; each must be somewhere in the reading."""
    return set(re.findall(r"[a-z]{2,}|\d+", re.sub(r"<[^<>]*>", " ", text.casefold())))


pieces = st.sampled_from(
    ["Ref", "Title", "Owner", "Score", "Controls", "Impact", "A1", "A2", "12", "5 x 2 = 10", "High", "MARKED", "- ",
     "• ",
     "➤ ", "01/02/24 - ", "\t", "\t", "\t", "\n", "\n", "\n\n", "<ul>", "</ul>", "<li>", "<p>", "Redacted", "→",
     "8 - 16 High",
     "Appendix A: New risks", "3. There are 2 new risks.", "Likelihood", "4", "NEW CONTROL", "removed", "--", "|",
     "\x0c", "#",
     "Information Controls", "Date", "Inherent", "Residual", "1", "2", "3", "Latest update", "Reference", "31/02/2024"]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(pieces, min_size=1, max_size=60).map("".join))
@example("RefRef5 x 2 = 10\nControls")
@example("Ref\tTitle\tOwner\tScore\nA1\tx\ty\t1\n\nMARKED\n\n\tmore\n\nMARKED\n\n\tyet\n\nMARKED\n")
def test_no_text_raises_and_no_word_of_it_is_dropped(text):
    try:
        document = read_document(text.encode(), "any.txt")
    except UnreadableFile:
        return
    reading = propose(document)
    said = tokens(json.dumps(reading.as_json(), ensure_ascii=False).replace("\\n", " ").replace("\\t", " "))
    assert tokens(text) - said == set()
    printed = sum(bool(row.width) for table in document.tables for row in table.rows)
    rows = reading.meta["rows"]
    assert rows["printed"] == printed
    assert rows["records"] + rows["meta"] + rows["set_aside"] + rows["joined"] == printed
    assert 0 <= rows["joined"] <= text.count("MARKED") + text.count("\x0c")


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_any_characters_are_read(text):
    try:
        document = read_document(text.encode("utf-8", "surrogatepass"), "any.txt")
    except UnreadableFile:
        return
    assert propose(document).kind == "risk-register"
