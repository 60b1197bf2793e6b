"""Papers made up for the tests: one that holds everything, and one of any length."""

import datetime

from candour.kernel.papers.document import (
    Column,
    Detail,
    Document,
    Facts,
    Figure,
    Group,
    Heading,
    Item,
    Note,
    PageBreak,
    Row,
    Table,
    anchor_for,
    bold,
    bullets,
    cell,
    fact,
    link,
    para,
    words,
)

BODY = "Police and Crime Commissioner for Mereford"
TONES = {"High": "high", "Medium": "medium", "Low": "low"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" width="400" height="120">'
    '<title>Score</title><rect x="0" y="0" width="400" height="60" fill="#fbe8e5"/>'
    '<polyline points="10,100 120,100 120,40 380,40" fill="none" stroke="#15232b" stroke-width="3"/>'
    '<text x="124" y="34" font-size="13" font-family="Source Sans Pro, Arial, sans-serif">12 High</text></svg>'
)
OVERVIEW = (
    Column("Reference", 9, kind="reference"),
    Column("Owner", 12),
    Column("Title", 26),
    Column("Impact", 8),
    Column("Likelihood", 9),
    Column("Status", 11),
    Column("First recorded", 9, kind="date"),
    Column("Last review", 9, kind="date"),
    Column("Previous score", 7, align="centre", kind="number"),
    Column("Current score", 9, kind="score"),
    Column("Direction of travel", 10),
)
DETAIL = (
    Column("Risk creation date", 10, kind="date"),
    Column("URN", 9, kind="reference"),
    Column("Risk Owner", 14),
    Column("Responsible Officer", 14),
    Column("Risk score", 9, kind="score"),
    Column("Proposed risk score", 9, kind="score"),
    Column("Movement", 10),
)
TITLES = (
    "Savings plan does not close the medium-term funding gap",
    "Services run on without a contract because tendering is late",
    "Cyber attack on force systems that the office relies on",
    "Personal data is not handled to the standard the law expects",
)


def score(value: int, word: str):
    return cell(word, badge=value, tone=TONES[word])


def overview_row(number: int) -> Row:
    reference = f"OPCC{number:03}"
    word = ("High", "Medium", "Low")[number % 3]
    return Row(
        (
            cell(link(reference, f"#{anchor_for(reference)}")),
            cell("Chief Finance Officer" if number % 2 else "Chief Executive"),
            cell(TITLES[number % 4]),
            cell("Very High"),
            cell("Likely"),
            cell("Controls Tasked") if number % 4 else cell("Overdue Control", tone="red"),
            cell("02/11/2022"),
            cell("24/09/2023"),
            cell(12),
            score({"High": 12, "Medium": 6, "Low": 3}[word], word),
            cell("→ No change" if number % 3 else "↑ Up from 8"),
        )
    )


def detail_of(number: int) -> tuple[Heading, Detail]:
    reference, title = f"OPCC{number:03}", TITLES[number % 4]
    controls = bullets(
        "Financial strategy, with oversight by the finance leads of both organisations.",
        Item(words(bold("New: "), "scenario planning for the coming budget"), bullets("Inflation", "Precept").items),
        "Efficiency plan drawn up with the force and reported each quarter.",
    )
    updates = bullets(
        *(
            Item(words(bold(f"{day:02}/09/2023"), " - Reviewed by the finance lead; the score stays as it is because "
            "the gap for next year is not closed and the settlement is not yet known."))
            for day in (2, 9, 16, 24)
        ),
        marker="update",
    )  # fmt: skip
    return (
        Heading(2, f"{reference} {title}", anchor=anchor_for(reference)),
        Detail(
            columns=DETAIL,
            cells=(
                cell("02/11/2022"),
                cell(reference),
                cell("Chief Finance Officer"),
                cell("Chief Finance Officer"),
                score(12, "High"),
                score(12, "High"),
                cell("→ No change"),
            ),
            facts=(
                fact("Title", title),
                fact(
                    "Risk summary",
                    "Savings not yet found would have to come from reserves, which are near their floor.",
                ),
                fact("Information", "Pay awards and prices have risen faster than the plan assumed."),
                fact("Controls", controls),
                fact("Latest update", updates),
                fact("Next key date", "October 2023, review by the panel"),
            ),
        ),
    )


def matrix() -> Table:
    levels = ("Low", "Medium", "High", "Very High")
    likelihoods = ("Rare", "Possible", "Likely", "Very High")

    def band(value: int) -> str:
        return "High" if value >= 8 else "Medium" if value >= 5 else "Low"

    return Table(
        caption="Overall risk score: impact across, likelihood down",
        columns=(Column("Likelihood", 14), *(Column(f"{i} {word}", 10, "centre") for i, word in enumerate(levels, 1))),
        rows=tuple(
            Row((cell(f"{n} {likelihoods[n - 1]}"), *(score(n * i, band(n * i)) for i in range(1, 5))))
            for n in (4, 3, 2, 1)
        ),
        look="matrix",
    )


def everything(*, draft: bool = True, marking: str = "OFFICIAL-SENSITIVE") -> Document:
    """Every kind of block once or more."""
    blocks = (
        Heading(1, "Purpose"),
        para("To show the panel the office’s strategic risks, and what has changed since 24 July 2023.", number=1),
        Heading(1, "Recommendation"),
        para("The panel is asked to note the register and to agree the new score of ", bold("OPCC002"), ".", number=2),
        Heading(1, "Summary"),
        para("There are ", bold(22), " live strategic risks (Appendix A): 13 high, 5 medium and 4 low.", number=3),
        para("Guidance is on ", link("the office’s site", "https://example.org/risk"), ".", number=4),
        Note(words("One risk is restricted. The public copy has one line, REDACTED, and counts it nowhere.")),
        Heading(2, "Status"),
        bullets("Controls Tasked: a control has an owner and a date.", "Overdue Control: that date has passed."),
        Facts((fact("Report of", "Chief Finance Officer"), fact("Contact", "risk@example.org")), "Who to ask"),
        PageBreak(landscape=True),
        Heading(1, "Risk overview", number="Appendix A", anchor="overview"),
        Table(
            "Strategic risks",
            OVERVIEW,
            (
                Group("High"),
                *(overview_row(number) for number in range(1, 6)),
                Group("Medium and low"),
                *(overview_row(number) for number in range(6, 9)),
                Row((cell("Total"), cell("8 risks", span=10)), total=True),
            ),
        ),
        PageBreak(),
        Heading(1, "High risks", number="Appendix B"),
        *(part for number in range(1, 9) for part in detail_of(number)),
        PageBreak(),
        Heading(1, "Scoring", number="Appendix C"),
        matrix(),
        Figure(
            SVG,
            "Score of OPCC002",
            "The score rose from 4 to 12 in May 2023.",
            Table(
                "Figures of the chart",
                (Column("Month", 10, kind="date"), Column("Score", 5, "right", "number")),
                (Row((cell("April 2023"), cell(4))), Row((cell("May 2023"), cell(12)))),
                look="plain",
            ),
        ),
    )
    return Document(
        "Office risk register",
        BODY,
        blocks,
        subtitle="Register as it stood on 22 October 2023",
        marking=marking,
        draft=draft,
        meta=(
            fact("Paper", "E, item 6"),
            fact("Meeting", "Joint Audit, Risk and Assurance Panel"),
            fact("Date", "26 October 2023"),
            fact("Report of", "Chief Finance Officer"),
            fact("Compared with", "24 July 2023"),
        ),
        date=datetime.date(2023, 10, 26),
    )


def long_paper(records: int) -> Document:
    """A register with an overview row and a detail block for each of so many records."""
    return Document(
        "Office risk register",
        BODY,
        (
            Heading(1, "Purpose"),
            para("To show the panel the register.", number=1),
            PageBreak(landscape=True),
            Heading(1, "Risk overview", number="Appendix A"),
            Table("Strategic risks", OVERVIEW, tuple(overview_row(number) for number in range(records))),
            PageBreak(),
            Heading(1, "Every risk", number="Appendix B"),
            *(part for number in range(records) for part in detail_of(number)),
        ),
    )
