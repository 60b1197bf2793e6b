"""Clean register papers: nothing in them contradicts anything else. Other seeds give other words, scales and layouts."""

import copy
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from candour.kernel.calendar import add_months

LAYOUTS = ("paper", "rows", "cards", "spans")
SIZES = (3, 4, 5, 6)
SCORE_FORMS = ("number", "band", "product", "triple", "letters")
DATED = date(2024, 5, 14)
LEAST = 9  # risks of a paper: enough for an order to show
WORDS = {
    3: (("Minor", "Serious", "Grave"), ("Seldom", "Sometimes", "Often")),
    4: (("Slight", "Medium", "High", "Severe"), ("Remote", "Possible", "Likely", "Expected")),
    5: (("Trivial", "Minor", "Moderate", "Major", "Critical"), ("Rare", "Unlikely", "Possible", "Likely", "Certain")),
    6: (("Nil", "Small", "Modest", "Marked", "Major", "Ruinous"), ("Never", "Rare", "Odd", "Even", "Likely", "Sure")),
}
BANDS = {3: (3, 6), 4: (4, 9), 5: (6, 14), 6: (8, 20)}  # highest score of Low and of Medium
TITLES = (
    "The radio masts on the moor go silent", "A supplier of custody meals stops trading", "Volunteers leave after the winter",
    "The boiler of the archive bursts", "Grant money arrives too late to be spent", "A laptop with case notes is mislaid",
    "The lease of the riverside station lapses", "Drivers wait too long for their tests", "Victims are told nothing for weeks",
    "The new switchboard drops calls", "Old vans fail the clean air rules", "An election changes what is wanted",
    "Flood water reaches the property store", "The pension return is sent late", "Translators are not found at night",
)  # fmt: skip
OWNERS = ("Chief Executive", "Chief Finance Officer", "Head of Estates", "Head of Fleet", "Director of People")
CONTROLS = (
    "Weekly call with the supplier", "Spare parts kept at two sites", "Two officers trained for each shift",
    "Stock counted on the first of each month", "Contract with a second garage", "Alarms tested each week",
)  # fmt: skip
NEWS = (
    "talked through with the team and left as it is", "the second garage has taken four vans", "nothing new to tell",
    "alarms were tried at all sites", "training is half done",
)  # fmt: skip
HEADINGS = {
    "Reference": ("Ref", "URN", "Risk ID", "Risk No.", "Reference"),
    "Title": ("Title", "Risk title", "Risk", "Risk name"),
    "Owner": ("Owner", "Risk owner", "Lead director", "Accountable officer"),
    "Impact": ("Impact", "Severity", "Consequence"),
    "Likelihood": ("Likelihood", "Probability", "Frequency"),
    "Score": ("Score", "Rating", "Risk score"),
    "Previous score": ("Previous score", "Last rating", "Prior score"),
    "Direction": ("Direction of travel", "Trend", "DoT", "Movement"),
    "Status": ("Status", "Risk status"),
    "First recorded": ("Date raised", "First recorded", "Date identified"),
    "Last review": ("Last reviewed", "Date of last review", "Reviewed"),
    "Next review": ("Next review", "Review due"),
    "Controls": ("Existing controls", "Mitigations", "Controls in place"),
    "Further": ("Further actions", "Planned controls", "Treatment plan"),
    "Updates": ("Progress", "Commentary", "Latest update"),
    "Key date": ("Next key date", "Next milestone"),
}


@dataclass
class Paper:
    """A register as printed: columns with their headings, rows and cards by column, prose, bands, levels and grid."""

    layout: str
    size: int
    form: str = "number"
    words: bool = False
    first: str = "Impact"
    dated: date = DATED
    dated_text: str = ""
    headings: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    cards: list[dict[str, str]] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    bands: list[str] = field(default_factory=list)
    levels: dict[str, list[list[str]]] = field(default_factory=dict)
    grid: list[list[str]] = field(default_factory=list)
    more: list[list[list[str]]] = field(default_factory=list)  # further tables at the end
    totals: list[str] = field(default_factory=list)

    def row(self, reference: str) -> dict[str, str]:
        return next(row for row in self.rows if row["Reference"] == reference)

    def card(self, reference: str) -> dict[str, str]:
        return next(card for card in self.cards if card["Reference"] == reference)

    def copy(self) -> "Paper":
        return copy.deepcopy(self)


def said(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def band_of(score: int, size: int) -> str:
    low, medium = BANDS[size]
    return "Low" if score <= low else "Medium" if score <= medium else "High"


def score_text(impact: int, likelihood: int, paper: Paper) -> str:
    pair = (impact, likelihood) if paper.first == "Impact" else (likelihood, impact)
    score = impact * likelihood
    return {
        "number": str(score),
        "band": f"{score} ({band_of(score, paper.size)})",
        "product": f"{pair[0]} x {pair[1]} = {score}",
        "triple": f"{pair[0]}/{pair[1]}/{score}",
        "letters": f"I{impact} L{likelihood} = {score}",
    }[paper.form]


def clean(seed: int, *, layout: str, size: int, form: str = "number", words: bool = False) -> Paper:
    """A paper of nine to twelve risks in which everything agrees."""
    rng = random.Random(seed)  # noqa: S311 nothing secret
    paper = Paper(layout, size, form, words, rng.choice(("Impact", "Likelihood")))
    paper.dated_text = f"{DATED:%A} {DATED.day} {DATED:%B %Y}" if seed % 2 else f"{DATED.day} {DATED:%B %Y}"
    paper.headings = {name: rng.choice(names) for name, names in HEADINGS.items()}
    number = rng.randint(LEAST, 12)
    prefix = rng.choice(("MP", "SR-", "R/", "OFF"))
    titles = rng.sample(TITLES, number)
    levels = sorted(
        ((rng.randint(1, size), rng.randint(1, size)) for _ in range(number)), key=lambda pair: -pair[0] * pair[1]
    )
    levels[0] = (size, size)
    for n, (impact, likelihood) in enumerate(levels):
        risk = _risk(rng, paper, (f"{prefix}{n + 11:03}", titles[n]), impact, likelihood)
        _place(paper, risk, impact * likelihood)
    _scale(paper)
    _counts(paper)
    return paper


def _risk(rng: random.Random, paper: Paper, named: tuple[str, str], impact: int, likelihood: int) -> dict[str, str]:
    words = WORDS[paper.size]
    first = DATED - timedelta(days=rng.randint(400, 1500))
    last = DATED - timedelta(days=rng.randint(5, 60))
    before = rng.choice(
        (impact * likelihood, max(1, impact * (likelihood - 1)), impact * min(paper.size, likelihood + 1))
    )
    score = impact * likelihood
    tasked = rng.random() < 0.4
    arrow = "→" if before == score else "↑" if score > before else "↓"
    due = add_months(DATED, rng.randint(1, 8))
    older = last - timedelta(days=rng.randint(20, 300))
    controls = rng.sample(CONTROLS, 2)
    return {
        "Reference": named[0], "Title": named[1], "Owner": rng.choice(OWNERS),
        "Impact": words[0][impact - 1] if paper.words else str(impact),
        "Likelihood": words[1][likelihood - 1] if paper.words else str(likelihood),
        "Score": score_text(impact, likelihood, paper), "Previous score": str(before), "Direction": arrow,
        "Status": "Controls Tasked" if tasked else "Managed",
        "First recorded": said(first), "Last review": said(last), "Next review": said(add_months(last, 3)),
        "Controls": " ".join(f"• {text}" for text in controls),
        "Further": f"• A second alarm to be installed by {due.day} {due:%B %Y}" if tasked else "",
        "Updates": f"• {said(older)} - {rng.choice(NEWS)} • {said(last)} - {rng.choice(NEWS)}",
        "Key date": said(due),
    }  # fmt: skip


def _place(paper: Paper, risk: dict[str, str], score: int) -> None:
    overview = ("Reference", "Title", "Owner", "Impact", "Likelihood", "Score", "Previous score", "Direction", "Status",
                "First recorded", "Last review", "Next review")  # fmt: skip
    told = ("Controls", "Further", "Updates")
    if paper.layout == "cards":
        paper.cards.append({name: risk[name] for name in (*overview, *told, "Key date")})
        return
    if paper.layout == "spans":
        risk["Previous score"] = risk["Direction"] = ""
    names = overview if paper.layout == "paper" else (*overview, *told)
    paper.rows.append({name: risk[name] for name in names})
    if paper.layout == "paper" and band_of(score, paper.size) == "High":
        names = ("Reference", "Title", "Owner", "Score", "First recorded", *told, "Key date")
        paper.cards.append({name: risk[name] for name in names})


def _scale(paper: Paper) -> None:
    size, (low, medium) = paper.size, BANDS[paper.size]
    paper.bands = [f"{medium + 1} - {size**2} High", f"{low + 1} - {medium} Medium", f"1 - {low} Low"]
    for axis, words in zip(("Impact", "Likelihood"), WORDS[size], strict=True):
        step = 100 // size
        ranges = [f"{1 + step * n}% - {step * (n + 1)}%" for n in range(size)]
        paper.levels[axis] = [[str(n), word, ranges[n - 1]] for n, word in enumerate(words, 1)]
    paper.grid = [["", *[f"{n} {word}" for n, word in enumerate(WORDS[size][0], 1)]]]
    for value in range(size, 0, -1):
        paper.grid.append([f"{value} {WORDS[size][1][value - 1]}", *[str(value * n) for n in range(1, size + 1)]])


def _counts(paper: Paper) -> None:
    rows = paper.rows or paper.cards
    scores = [int(row["Impact"]) * int(row["Likelihood"]) for row in rows] if not paper.words else []
    high = sum(band_of(score, paper.size) == "High" for score in scores)
    paper.counts = [f"There are {len(rows)} live strategic risks on the register."]
    if scores:
        paper.counts.append(f"{high} risks are rated High.")
        share = f"{100 * high / len(rows):.0f}"
        paper.counts.append(f"That is {high} of {len(rows)}, or {share}%.")
    paper.counts.append("All strategic risks are reviewed at least quarterly.")
