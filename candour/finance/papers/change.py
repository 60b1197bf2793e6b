"""The part of the paper on change: projects with their last highlight report, collaborations, and what needs attention."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from candour.finance import rules
from candour.finance.queries.collaborations import CollaborationWhole
from candour.finance.queries.projects import ProjectWhole
from candour.finance.queries.rows import Row as Kept
from candour.finance.queries.rows import SchemeWhole
from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.money import pounds
from candour.kernel.papers.document import (
    Block,
    Column,
    Heading,
    PageBreak,
    Row,
    Table,
    anchor_for,
    bold,
    cell,
    link,
    para,
)

TONES: Mapping[str, str] = {
    "Off track": "red",
    "Funding does not add up": "red",
    "Over its budget": "red",
    "Short of its plan": "amber",
    "Slipping": "amber",
    "Figures late": "amber",
    "At risk": "amber",
    "On track": "green",
    "Report late": "red",
    "Past its end": "red",
    "Change asked for": "blue",
    "Awaits approval": "blue",
    "Agreement expired": "red",
    "Review late": "red",
    "No shares agreed": "amber",
    "Agreement ends soon": "amber",
    "Review due": "amber",
    "Running": "green",
}
WORD_TONES: Mapping[str, str] = {"high": "red", "medium": "amber", "low": "green", "": ""}
LOOKED_AT = {
    "project": frozenset(rules.PROJECT_ORDER[:6]),
    "collaboration": frozenset(rules.COLLABORATION_ORDER[:4]),
}


def troubled(
    savings: Sequence[SchemeWhole],
    capital: Sequence[SchemeWhole],
    projects: Sequence[ProjectWhole],
    collaborations: Sequence[CollaborationWhole],
) -> list[tuple[Kept[Any], str, str]]:
    """(row, tone, why) of everything that a board has to look at; red before amber, each group in its own order."""
    found: list[tuple[Kept[Any], str, str]] = []
    for scheme in (*savings, *capital):
        if scheme.row.state in rules.TROUBLED:
            found.append((scheme.row, TONES[scheme.row.state], _why_scheme(scheme.row.line, scheme.row.state)))
    for project in projects:
        if project.row.state in LOOKED_AT["project"]:
            found.append((project.row, TONES[project.row.state], _why_project(project.row.line, project.row.state)))
    for one in collaborations:
        if one.row.state in LOOKED_AT["collaboration"]:
            found.append((one.row, TONES[one.row.state], _why_collaboration(one.row.line, one.row.state)))
    return sorted(found, key=lambda each: ("red", "amber", "blue").index(each[1]))


def _why_scheme(line: rules.SchemeLine, state: str) -> str:
    saves = line.sort == "saving"
    year = rules.Amounts(line.budget, line.forecast, line.actual)
    whole = rules.Amounts(line.whole_budget, line.whole_forecast)
    return {
        "Off track": f"Rated {line.word}",
        "Funding does not add up": f"Funding {rules.saying.unfunded(line.unfunded)}",
        "Over its budget": f"{rules.saying.over(whole.variance)} in all",
        "Short of its plan": rules.saying.behind(year.variance) if saves else rules.saying.over(year.variance),
        "Slipping": rules.saying.slipped(line.slipped),
    }[state]


def _why_project(line: rules.ProjectLine, state: str) -> str:
    worst = [
        f"{name} {word}"
        for name, word, tone in (
            ("time", line.time_word, line.time_tone),
            ("cost", line.cost_word, line.cost_tone),
            ("benefits", line.benefits_word, line.benefits_tone),
        )
        if tone == "high"
    ]
    over = rules.Amounts(line.budget, line.forecast).variance
    return {
        "Off track": ", ".join(worst).capitalize(),
        "Over its budget": rules.saying.over(over),
        "Past its end": f"Expected by {say_date(line.expected)}" if line.expected else "",
        "Report late": f"Report due {say_date(line.report_due)}" if line.report_due else "",
        "Change asked for": f"Asked on {say_date(line.asked_on)}" if line.asked_on else "",
        "Awaits approval": f"Needs {line.waiting}",
    }[state]


def _why_collaboration(line: rules.CollaborationLine, state: str) -> str:
    return {
        "Agreement expired": f"Ended {say_date(line.ends)}" if line.ends else "",
        "Review late": f"Review due {say_date(line.review_due)}",
        "No shares agreed": "No year has shares",
        "Agreement ends soon": f"Ends {say_date(line.ends)}" if line.ends else "",
    }[state]


def projects_words(projects: Sequence[ProjectWhole]) -> str:
    """How many projects stand, how many need attention, and what their cashable benefits come to."""
    running = [one.row for one in projects if one.row.line.closed_on is None]
    bad = sum(one.state in LOOKED_AT["project"] for one in running)
    planned, measured = (sum(getattr(one.line, name) for one in running) for name in ("planned", "measured"))
    many, need = "project stands" if len(running) == 1 else "projects stand", "needs" if bad == 1 else "need"
    said = f"{len(running)} {many}; {bad} {need} attention."
    if planned:
        said += f" Of cashable benefits of {rules.saying.short(planned)} a year, {rules.saying.short(measured)} is measured."
    return said


def collaborations_words(collaborations: Sequence[CollaborationWhole]) -> str:
    """How many collaborations stand, and what the body bears of them in all."""
    running = [one.row for one in collaborations if one.row.line.closed_on is None]
    bad = sum(one.state in LOOKED_AT["collaboration"] for one in running)
    borne = [one.line.own_cost for one in running if one.line.own_cost is not None]
    many = "collaboration stands" if len(running) == 1 else "collaborations stand"
    cost = f" Our share of their cost comes to {rules.saying.short(sum(borne))}." if borne else ""
    return f"{len(running)} {many}; {bad} {'needs' if bad == 1 else 'need'} attention.{cost}"


def projects(wholes: Sequence[ProjectWhole]) -> Iterator[Block]:
    """The table of projects, then each that runs with its last highlight report."""
    yield PageBreak(landscape=True)
    yield Heading(1, "Projects")
    yield para(projects_words(wholes))
    running = [one for one in wholes if one.row.line.closed_on is None]
    yield Table(
        "Projects, worst first",
        (
            Column("Reference", 9, kind="reference"),
            Column("Project", 24),
            Column("Stage", 14),
            Column("Time", 8),
            Column("Cost", 8),
            Column("Benefits", 8),
            Column("Budget", 11, "right", "number"),
            Column("Forecast", 11, "right", "number"),
            Column("Done by", 13),
            Column("State", 13),
        ),
        tuple(_project_row(one) for one in wholes),
    )
    for one in running:
        if one.reports or one.benefits:
            yield from _project(one)


def _project_row(one: ProjectWhole) -> Row:
    line = one.row.line
    told = one.reports or one.benefits
    title = (
        link(one.row.title, f"#{anchor_for(one.row.reference)}") if told and line.closed_on is None else one.row.title
    )
    return Row(
        (
            cell(one.row.reference),
            cell(title),
            cell(line.stage),
            cell(line.time_word or "not yet", tone=WORD_TONES[line.time_tone]),
            cell(line.cost_word or "not yet", tone=WORD_TONES[line.cost_tone]),
            cell(line.benefits_word or "not yet", tone=WORD_TONES[line.benefits_tone]),
            cell(pounds(line.budget)),
            cell(pounds(line.forecast)),
            cell(say_date(line.expected) if line.expected else "no day"),
            cell(one.row.state, tone=TONES.get(one.row.state, "")),
        )
    )


def _project(one: ProjectWhole) -> Iterator[Block]:
    yield Heading(2, f"{one.row.reference} {one.row.title}", anchor=anchor_for(one.row.reference))
    if one.reports:
        last = one.reports[0]
        yield para(bold(f"{MONTHS[last['period'].month - 1]} {last['period'].year}. "), last["progress"])
        if last["next"]:
            yield para(bold("Next. "), last["next"])
        if last["issues"]:
            yield para(bold("In the way. "), last["issues"])
    if one.benefits:
        yield _benefits(one.benefits)


def _benefits(rows: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        "Benefits",
        (
            Column("Benefit", 40),
            Column("Kind", 14),
            Column("Planned each year", 15, "right", "number"),
            Column("Measured by", 16),
            Column("Measured each year", 15, "right", "number"),
        ),
        tuple(
            Row(
                (
                    cell(one["what"]),
                    cell("Cashable" if one["cashable"] else "Not cashable"),
                    cell(pounds(one["planned"])),
                    cell(say_date(one["due"])),
                    cell("not yet" if one["measured_on"] is None else pounds(one["measured"])),
                )
            )
            for one in rows
        ),
    )


def collaborations(wholes: Sequence[CollaborationWhole]) -> Iterator[Block]:
    """The table of collaborations, then the shares of each that has any."""
    yield PageBreak(landscape=True)
    yield Heading(1, "Collaborations")
    yield para(collaborations_words(wholes))
    yield Table(
        "Collaborations, worst first",
        (
            Column("Reference", 10, kind="reference"),
            Column("Collaboration", 28),
            Column("Lead body", 18),
            Column("Cost of the year", 13, "right", "number"),
            Column("Our share", 13, "right", "number"),
            Column("Review due", 14),
            Column("Agreement ends", 14),
            Column("State", 15),
        ),
        tuple(
            Row(
                (
                    cell(one.row.reference),
                    cell(one.row.title),
                    cell(one.row.line.lead),
                    cell(pounds(one.row.line.cost)),
                    cell(pounds(one.row.line.own_cost)),
                    cell(say_date(one.row.line.review_due)),
                    cell(say_date(one.row.line.ends) if one.row.line.ends else "no day"),
                    cell(one.row.state, tone=TONES.get(one.row.state, "")),
                )
            )
            for one in wholes
        ),
    )
    for one in wholes:
        if one.years and one.row.line.closed_on is None:
            yield from _shares(one)


def _shares(one: CollaborationWhole) -> Iterator[Block]:
    last = one.years[0]
    yield Heading(2, f"{one.row.reference} {one.row.title}, {rules.say_year(last.year)}")
    rows = [
        Row((cell(share.member), cell(rules.say_share(share.share)), cell(pounds(borne))))
        for share, borne in last.shares
    ]
    rows.append(Row((cell(bold("All members")), cell(bold("100%")), cell(bold(pounds(last.cost))))))
    yield Table(
        "Shares of the cost",
        (Column("Member", 50), Column("Share", 20, "right", "number"), Column("Cost", 30, "right", "number")),
        tuple(rows),
    )
    if one.reviews:
        review = one.reviews[0]
        yield para(bold(f"Reviewed {say_date(review['on'])}. "), review["found"])
    if one.benefits:
        yield _benefits(one.benefits)
