"""Clean trackers of recommendations: nothing in them contradicts anything else. Other seeds give other words."""

import copy
import random
from dataclasses import dataclass, field

PERIODS = ("October 2024", "April 2025")
AUDITS = ("STORES", "PAYROLL", "GRANT MAKING", "CUSTODY MEALS", "RADIO MASTS", "TRAVEL CLAIMS", "VOLUNTEERS")
OPINIONS = ("SATISFACTORY ASSURANCE", "LIMITED ASSURANCE", "SUBSTANTIAL OPINION", "MODERATE OPINION")
MONTHS = ("May 2023", "January 2024", "March 2024", "June 2024", "July 2024")
HEADINGS = (
    "Count the stock", "Keys to the store", "A second signature", "Late leavers", "Grant letters", "Returns from grantees",
    "Menus and allergies", "Testing the masts", "Spare batteries", "Receipts", "Mileage", "Checks on volunteers", "Badges",
    "Rates of pay", "Training of clerks", "Locks", "Old invoices", "Shared logins",
)  # fmt: skip
POSTS = ("Head of Stores", "Payroll Manager", "Chief Finance Officer", "Head of Estates", "Director of People")
DONE = (
    "The first half is counted.",
    "The form is rewritten.",
    "Two clerks are trained.",
    "The lock is ordered.",
    "A list is kept.",
)
LEFT = (
    "To count the second half.",
    "To print the form.",
    "To train the third clerk.",
    "To fit the lock.",
    "To check the list.",
)


@dataclass
class Rec:
    """A recommendation as printed; updates: period -> answers by question."""

    audit: str
    opinion: str
    month: str
    reference: str
    heading: str
    priority: str
    text: str
    response: str
    owner: str
    target: str
    revised: str = ""
    updates: dict[str, dict[str, str]] = field(default_factory=dict)
    closed: bool = False
    marked: bool = True  # where closed, the marker is printed

    @property
    def key(self) -> str:
        year = self.month[-4:]
        number = {"January": 1, "March": 3, "May": 5, "June": 6, "July": 7}[self.month.split()[0]]
        return f"{self.audit} {year}-{number:02} {self.reference}"


@dataclass
class Tracker:
    recs: list[Rec]
    totals: dict[str, list[str]] = field(default_factory=dict)
    listed: list[list[str]] = field(default_factory=list)
    exceeded: list[list[str]] = field(default_factory=list)
    count: str = ""
    sample: list[str] = field(default_factory=list)  # a small table inside the last story

    def copy(self) -> "Tracker":
        return copy.deepcopy(self)


def clean(seed: int) -> Tracker:
    """Four audits of two or three recommendations in which everything agrees."""
    rng = random.Random(seed)  # noqa: S311 nothing secret
    headings = rng.sample(HEADINGS, len(HEADINGS))
    recs: list[Rec] = []
    for n, audit in enumerate(rng.sample(AUDITS, 4)):
        opinion, month = rng.choice(OPINIONS), MONTHS[n]
        for k in range(1, rng.choice((3, 4))):
            closed = bool((n + k) % 2)
            recs.append(
                _rec(rng, (audit, opinion, month), f"4.{k}" if n % 2 else str(k), headings.pop(), closed=closed)
            )
    slipped = next(rec for rec in recs if not rec.closed)
    slipped.revised = "31 December 2025"
    tracker = Tracker(recs)
    _front(tracker)
    return tracker


def _rec(rng: random.Random, audit: tuple[str, str, str], reference: str, heading: str, *, closed: bool) -> Rec:
    noun = heading.lower()
    first = {
        "achieved": f"{rng.choice(DONE)} That is for {noun}.",
        "left": f"{rng.choice(LEFT)} So for {noun}.",
        "barriers": "None",
        "proposed": "No remain open",
    }
    last = {
        "achieved": f"All is done for {noun} since the autumn.",
        "left": "Nothing",
        "barriers": "None",
        "proposed": "Yes, it is done",
    }
    more = {
        "achieved": f"More is done for {noun} this spring.",
        "left": f"A little for {noun} until the summer.",
        "barriers": "Time",
        "proposed": "No",
    }
    return Rec(
        *audit, reference, heading, rng.choice(("High", "Medium", "Low")),
        f"The office should see to {noun} and write down what it finds.",
        f"Agreed: we will see to {noun} before the next inspection of the building.",
        rng.choice(POSTS), "30 September 2025",
        updates={PERIODS[0]: first, PERIODS[1]: last if closed else more}, closed=closed,
    )  # fmt: skip


def _front(tracker: Tracker) -> None:
    """The table of totals, the list of closures, the table of exceeded targets and the sentence, from the recommendations."""
    rows = {name: [rec for rec in tracker.recs if rec.priority == name] for name in ("High", "Medium", "Low")}
    for name, recs in [*rows.items(), ("Total", tracker.recs)]:
        tracker.totals[name] = [str(len(recs)), str(sum(rec.closed for rec in recs)) or "-"]
    page = 3
    for rec in tracker.recs:
        if rec.closed:
            tracker.listed.append(
                [rec.audit, rec.priority, f"{rec.reference} {rec.heading}", "✓", f"{page}-{page + 1}"]
            )
            page += 1
        if rec.revised:
            tracker.exceeded.append([f"{rec.audit} – {rec.month}"])
            tracker.exceeded.append(
                [f"{rec.reference} {rec.heading}", rec.target, f"Revised to {rec.revised}", "The builder is late"]
            )
    closed = sum(rec.closed for rec in tracker.recs)
    tracker.count = f"The following {closed} recommendations are proposed closed."
