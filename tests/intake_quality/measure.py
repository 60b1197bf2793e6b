"""Recall and precision of the findings, form by form."""

from collections import Counter
from dataclasses import dataclass, field

from candour.kernel.intake.document import Finding
from candour.risks.intake import propose

from .forms import FITS, FORMS, SHEETS
from .papers import SCORE_FORMS, SIZES, Paper, clean
from .plants import PLANTS

# What a sheet without prose, scale or date cannot show: no reader could find it there.
NEEDS_PAPER = {
    "off_the_scale",
    "score_beyond_the_matrix",
    "wrong_colour",
    "wrong_band",
    "reviewed_after_the_paper",
    "review_overdue",
    "next_review_passed",
    "update_after_the_paper",
    "control_overdue",
    "more_live_than_listed",
    "more_new_than_listed",
    "more_high_than_listed",
    "changes_miscounted",
    "closed_but_none_listed",
    "wrong_percentage",
    "weekday_wrong",
    "total_of_a_small_table_wrong",
    "bands_overlap",
    "bands_leave_a_gap",
    "bands_beyond_the_matrix",
    "levels_overlap",
    "levels_leave_a_gap",
    "a_cell_of_the_matrix_wrong",
    "likelihood_told_otherwise",
}
NOT_IN_PDF = {"reference_with_a_mark_of_direction"}  # setting a page uses it up: what is left is what is seen
NEEDS_LEVELS = {"wrong_product"}  # words for levels need the paper's own scale  # fmt: skip


@dataclass
class Measured:
    """Of one form: clean papers read and false findings on them; contradictions planted, found, and missed by kind."""

    form: str
    clean: int = 0
    rows: int = 0
    false: list[tuple[str, Finding]] = field(default_factory=list)
    planted: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    beside: list[tuple[str, Finding]] = field(default_factory=list)

    @property
    def found(self) -> int:
        return self.planted.total() - len(self.missed)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        """Found ones among all findings, where a finding on a clean paper or on another risk than the planted is false."""
        return self.found / max(1, self.found + len(self.false) + len(self.beside))


def papers(form: str, *, every: int = 1) -> list[tuple[str, Paper]]:
    """(what it is, paper) over layouts, sizes, forms of score, words and numbers."""
    found = []
    for layout in FITS[form]:
        for size in SIZES:
            for k, score in enumerate(SCORE_FORMS):
                for words in (False, True):
                    seed = size * 100 + k * 10 + words
                    name = f"{layout} {size}x{size} {score} {'words' if words else 'numbers'}"
                    found.append((name, clean(seed, layout=layout, size=size, form=score, words=words)))
    return found[::every]


def measure(form: str, *, every: int = 1, plants: int = 3) -> Measured:
    """Read clean papers of a form, then each with every so manieth (`plants`) contradiction that it can hold."""
    measured, write = Measured(form), FORMS[form]
    for n, (name, paper) in enumerate(papers(form, every=every)):
        reading = propose(write(paper))
        measured.clean += 1
        measured.rows += len(reading.records)
        measured.false += [(name, finding) for finding in reading.findings]
        for k, (kind, plant) in enumerate(PLANTS.items()):
            if (n + k) % plants == 0 and not _cannot_show(form, kind, paper):
                _planted(measured, name, kind, paper.copy(), plant)
    return measured


def _cannot_show(form: str, kind: str, paper: Paper) -> bool:
    if form in SHEETS:
        return kind in NEEDS_PAPER or (paper.words and kind in NEEDS_LEVELS)
    return form == "pdf" and kind in NOT_IN_PDF


def _planted(measured: Measured, name: str, kind: str, paper: Paper, plant) -> None:  # type: ignore[no-untyped-def]
    expected = plant(paper)
    if expected is None:
        return
    measured.planted[kind] += 1
    findings = propose(FORMS[measured.form](paper)).findings
    if expected not in {(one.code, one.reference) for one in findings}:
        measured.missed.append((kind, name))
    other = [one for one in findings if one.reference and one.reference != expected[1] and expected[1]]
    measured.beside += [(f"{kind}: {name}", one) for one in other]
