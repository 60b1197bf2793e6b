"""Counts of recommendations: the table of a report against those listed, sentences against the table. Pure."""

from collections import Counter
from collections.abc import Iterator

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import counted, read_number

from ..found import Report
from ..labels import BY_NAME, BY_NUMBER, RAISED
from ..paper import Paper


def check(paper: Paper) -> Iterator[Finding]:
    """By report and priority. A recommendation whose priority cannot be read may be of any."""
    yield from _of_all(paper)
    for report in paper.reports:
        yield from _listed(report)
        for word, number, said, place in report.said:
            stated = report.counts.get(word)
            if stated is not None and stated != number:
                message = f"{report.title}: the text says {said}; the table gives {stated} of priority {word}."
                yield Finding(
                    "count-in-words", "error", place, report.title, said, f"{stated} of priority {word}", message
                )


def _listed(report: Report) -> Iterator[Finding]:
    unclear = sum(one.priority not in report.counts for one in report.recommendations)
    for word, stated in report.counts.items():
        right = sum(one.priority == word for one in report.recommendations)
        if report.partly and not right:  # a table of all reports counts what this one does not set out
            continue
        if report.count_place and not right <= stated <= right + unclear:
            message = (
                f"{report.title}: the table states {counted(stated, 'recommendation')} of priority {word}; {right} "
                f"are listed."
            )
            says = f"priority {word}: {stated}"
            yield Finding("count-differs", "error", report.count_place, report.title, says, f"{right} listed", message)


def _of_all(paper: Paper) -> Iterator[Finding]:
    """Sentences of the front that count by priority what the reports raised: where one count is theirs, all should be."""
    sums = Counter[str]()
    names: dict[str, str] = {}
    for report in paper.reports:
        sums.update(report.counts)
        names |= {name.casefold(): word for word, name in report.names.items() if name}
    known = {word.casefold(): word for word in sums} | names
    for line in paper.front:
        if not RAISED.search(line.words) or "recommendation" not in line.words.casefold():
            continue
        said = [(known.get(hit["name"].casefold()), hit) for hit in BY_NAME.finditer(line.words)]
        said += [(known.get(hit["priority"].casefold()), hit) for hit in BY_NUMBER.finditer(line.words)]
        told = [(word, read_number(hit["number"]), hit[0]) for word, hit in said if word]
        if len(told) < 2 or not any(number == sums[word] > 0 for word, number, _text in told):
            continue
        for word, number, text in told:
            if number is not None and number != sums[word]:
                message = f"The text says {text}; the reports of this paper have {sums[word]} of priority {word}."
                yield Finding(
                    "count-in-words", "error", line.place, "", text, f"{sums[word]} of priority {word}", message
                )
