"""A measure among bodies like it: means, ranks, quarters, members by date, and figures of others read from workbooks."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from candour.kernel.access import CANDOUR
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import load as load_paper
from candour.kernel.intake.commands import read
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.document import texts
from candour.kernel.rules import Refused
from candour.performance import commands, rules
from candour.performance.commands import NewFigure
from candour.performance.intake.save import compare
from candour.performance.models import Group, Measure, Member, Observation, PeerFigure
from candour.performance.papers.kind import gather
from candour.performance.papers.paper import performance_paper
from candour.performance.queries import compared, compares, figures_then, groups_on, in_full
from candour.performance.rules import Mean, Peer
from tests.factories import NOW, TODAY, House
from tests.performance.factories import BY, LAST, a_measure, load, part
from tests.risks.pages import questions, said, signed_in

pages = pytest.mark.usefixtures("moment")
SINCE = date(2025, 1, 1)
BODIES = ("Northmere", "Southmere", "Eastmere", "Westmere")


def peer(name: str, value: Any = None, top: Any = None, bottom: Any = None, **more: Any) -> Peer:
    numbers = [None if number is None else Decimal(str(number)) for number in (value, top, bottom)]
    return Peer(name, *numbers, **more)


def mean(kind: str, *peers: Peer, own_in: bool = False, unit: str = "percent") -> Mean:
    return rules.mean_of(kind, peers, unit=unit, per=1000, own_in=own_in)


# The rules


def test_a_weighted_mean_is_made_of_parts_and_a_simple_one_of_rates() -> None:
    bodies = (peer("Big", 50, 500, 1000), peer("Small", 100, 10, 10), peer("Own", 80, 8, 10, own=True))
    assert mean("weighted", *bodies) == Mean("weighted", Decimal("50.4950"), ("Big", "Small"), ())
    assert mean("simple", *bodies) == Mean("simple", Decimal("75.0000"), ("Big", "Small"), ())
    assert mean("simple", *bodies, own_in=True).value == Decimal("76.6667")
    assert mean("weighted", *bodies, own_in=True).value == Decimal("50.7843")


def test_who_gives_no_parts_is_lacking_and_percentages_are_never_weighted_without() -> None:
    without = (peer("A", 50), peer("B", 70), peer("C", hidden=True))
    assert mean("weighted", *without) == Mean("weighted", None, (), ("A", "B", "C"))
    assert mean("simple", *without) == Mean("simple", Decimal(60), ("A", "B"), ("C",))
    assert mean("weighted", peer("A", 50, 5, 10), peer("B", 70)).lacking == ("B",)
    assert mean("weighted", peer("A", 50, 0, 0), peer("B", 5, 5, 10)).of == ("B",)
    assert mean("weighted", peer("A", 50, 5, 10), unit="number").value is None


def test_bodies_are_ranked_the_best_first_and_equal_figures_share_a_rank() -> None:
    bodies = [peer("A", 5), peer("B", 9), peer("C", 9), peer("D"), peer("E", 1), peer("F", hidden=True)]
    found = rules.ranked(bodies, "higher")
    assert [(one.peer.name, one.rank, one.tied, one.quarter) for one in found] == [
        ("B", 1, True, "Best quarter"), ("C", 1, True, "Best quarter"), ("A", 3, False, "Third quarter"),
        ("E", 4, False, "Last quarter"), ("D", 0, False, ""), ("F", 0, False, ""),
    ]  # fmt: skip
    assert [rules.say_rank(one, 4) for one in found] == [
        "equal 1st of 4",
        "equal 1st of 4",
        "3rd of 4",
        "4th of 4",
        "",
        "",
    ]
    assert [one.peer.name for one in rules.ranked(bodies, "lower")][:2] == ["E", "A"]
    assert rules.ranked(bodies, "neither")[0].quarter == "Highest quarter"
    assert [one.quarter for one in rules.ranked(bodies[:3], "higher")] == ["", "", ""]


# Groups and what they are compared by

pytestmark = pytest.mark.django_db


def a_group(house: House, **values: Any) -> Group:
    given = {"name": "Most similar forces", "own": "Mereford", "source": "HMICFRS", "bodies": BODIES}
    return commands.set_up_group(organisation=house.office, joined=SINCE, effective=SINCE, **(BY | given | values))


def of_percent(house: House, **values: Any) -> Measure:
    return a_measure(house, unit="percent", places=1, **values)


def other(it: Measure, body: str, top: Any, bottom: Any = 100, month: date = LAST, **more: Any) -> NewFigure:
    return NewFigure(it, month, body=body, numerator=Decimal(top), denominator=Decimal(bottom), **more)


def standing(it: Measure, period: date = LAST, as_at: date | None = None) -> Any:
    whole = in_full(it, actor=CANDOUR, today=TODAY, as_at=as_at)
    assert whole is not None
    (group,) = groups_on(compares(it), as_at=as_at)
    return compared(whole, group, figures_then(it.pk, period), period=period, as_at=as_at)


def test_past_periods_are_compared_with_who_was_in_the_group_then(house: House) -> None:
    group, it = a_group(house), of_percent(house)
    march = date(2026, 3, 1)
    for month in (march, LAST):
        figures = [other(it, name, 10 + place, month=month) for place, name in enumerate((*BODIES, "Newmere"))]
        load(it, [part(it, month, 12, 100), *figures])
    member = Member.objects.select_related("group").get(body="Northmere")
    commands.leave_group(member, left=date(2026, 5, 31), **BY)
    commands.join_group(group, body="Newmere", joined=date(2026, 4, 1), **BY)
    assert [one.peer.name for one in standing(it, march).ranked] == [
        "Westmere", "Eastmere", "Mereford", "Southmere", "Northmere",
    ]  # fmt: skip
    assert [one.peer.name for one in standing(it).ranked] == [
        "Newmere",
        "Westmere",
        "Eastmere",
        "Mereford",
        "Southmere",
    ]
    assert (standing(it, march).own.rank, standing(it, march).own.tied) == (2, True)
    with pytest.raises(Refused, match="in the group already"):
        commands.join_group(group, body="newmere", joined=TODAY, **BY)
    with pytest.raises(Refused, match="left already"):
        commands.leave_group(member, left=TODAY, **BY)


def test_what_others_revise_stands_beside_what_they_said_and_a_past_day_knows_only_that(house: House) -> None:
    a_group(house)
    it = of_percent(house)
    load(
        it,
        [part(it, LAST, 80, 100), other(it, "Northmere", 70), other(it, "Southmere", 90)],
        effective=date(2026, 6, 5),
    )
    load(it, [other(it, "Northmere", 75), other(it, "Southmere", 90)])
    assert PeerFigure.objects.count() == 3  # one stood so already
    assert standing(it).mean.value == Decimal("82.5000")
    assert standing(it, as_at=date(2026, 6, 10)).mean.value == Decimal("80.0000")
    assert standing(it).missing == ("Eastmere", "Westmere")
    assert Observation.objects.count() == 1
    assert verify().failure == ""
    PeerFigure.objects.filter(body="Southmere").update(value=Decimal(91))
    assert "not those that were loaded" in verify().failure


def test_a_small_number_of_another_body_is_not_kept(house: House) -> None:
    a_group(house)
    it = a_measure(house, smallest=5)
    load(it, [NewFigure(it, LAST, body=name, value=Decimal(n)) for name, n in zip(BODIES, (3, 8, 9, 0), strict=True)])
    found = standing(it)
    assert (found.hidden, found.missing) == (("Northmere",), ("Mereford",))
    assert PeerFigure.objects.get(body="Northmere").value is None
    assert found.mean.value == Decimal("5.6667")


# Workbooks of other bodies


def book(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets:
        sheet = made.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    made.close()
    return out.getvalue()


COLUMN = [["Ref", "Force", "Row", "May 2026"]] + [
    ["M-001", name, what, n]
    for name, top in (("Northmere", 70), ("southmere", 90), ("Mereford", 80), ("Nowhere", 1))
    for what, n in (("Numerator", top), ("Denominator", 100))
]
ACROSS = [
    ["Ref", "Period", "Row", "Northmere", "Southmere", "Mereford", "Nowhere"],
    ["M-001", "May 2026", "Numerator", 70, 90, 80, 1],
    ["M-001", "May 2026", "Denominator", 100, 100, 100, 100],
]


def sheet(top: int) -> list[list[Any]]:
    return [["Ref", "Row", "May 2026"], ["M-001", "Numerator", top], ["M-001", "Denominator", 100]]


@pytest.mark.parametrize(
    "file",
    [
        book(("Figures", COLUMN)), book(("Figures", ACROSS)),
        book(*((name, sheet(top)) for name, top in (("Northmere", 70), ("Southmere", 90), ("Mereford", 80), ("Nowhere", 1)))),
    ],
    ids=["a column Force", "a column to each", "a sheet to each"],
)  # fmt: skip
def test_a_workbook_gives_figures_of_others_and_says_who_is_in_no_group(house: House, file: bytes) -> None:
    a_group(house)
    it = of_percent(house)
    reading = read(read_document(file, "forces.xlsx"))
    assert (reading.kind, reading.findings) == ("measures", [])
    (match,) = compare(reading.records, organisation=house.office, effective=None, actor=CANDOUR)
    assert match.plan == ("1 new figure", "2 figures of other bodies")
    nowhere = "M-001: ‘Nowhere’ is in no group of bodies that are compared. Add it to one, then load its 1 figure"
    assert match.conflicts == (nowhere,)
    saved = load_paper(reading, organisation=house.office, actor=CANDOUR, at=NOW, effective=TODAY)
    assert saved.conflicts == (nowhere,)
    found = standing(it)
    assert [(one.peer.name, one.peer.value) for one in found.ranked[:3]] == [
        ("Southmere", Decimal("90.0000")), ("Mereford", Decimal("80.0000")), ("Northmere", Decimal("70.0000")),
    ]  # fmt: skip


# Pages and the paper


def a_comparison(house: House, **values: Any) -> Measure:
    a_group(house)
    it = of_percent(house, mean="weighted", **values)
    load(it, [part(it, LAST, 80, 100), *(other(it, name, 70 + 10 * n, 100 + n) for n, name in enumerate(BODIES[:3]))])
    return it


@pages
def test_the_page_says_where_it_stands_and_by_which_mean(house: House) -> None:
    it = a_comparison(house)
    shown = signed_in(house, "reader").get("/performance/office/M-001/compare/")
    words = said(shown)
    assert "Mereford, 80.0% in May 2026, is 2nd of 4, in the second quarter." in words
    assert "The weighted mean of 3 bodies, without Mereford, is 79.2%." in words
    assert "Not in the mean, which is of those that gave parts: Westmere." in words
    assert "Without a figure of May 2026: Westmere." in words
    assert "The simple mean of the same bodies" not in words
    assert shown.context["chart"].table.rows[0] == ("Eastmere", "88.2%", "1st of 4", "Best quarter")
    assert "Figures up to May 2026. Compare" in said(signed_in(house, "reader").get("/performance/office/M-001/"))
    wrong = signed_in(house, "reader").get("/performance/office/M-001/compare/?period=2019-01-01")
    assert "chart" not in wrong.context
    commands.restrict_measure(it, sensitivity="restricted", **BY)
    assert signed_in(house, "reader").get("/performance/office/M-001/compare/").status_code == 404


@pages
def test_groups_are_kept_through_their_pages(house: House) -> None:
    client = signed_in(house, "policy")
    assert "No group yet" in said(client.get("/performance/groups/"))
    answers = {"name": "Similar", "own": "Mereford", "source": "HMICFRS", "joined": "1/1/2025", "reason": "To compare"}
    wrong = client.post("/performance/groups/set-up/", answers | {"bodies": "A\nMereford"})
    assert "the body itself not among the others" in said(wrong)
    client.post("/performance/groups/set-up/", answers | {"bodies": "Northmere\n\nSouthmere"})
    group = Group.objects.get()
    where = f"/performance/groups/{group.pk}/"
    seen = iter(range(1, 9))
    client.post(where + "join/", {"seen": next(seen), "body": "Eastmere", "joined": "1/4/2026", "reason": "New list"})
    one = Member.objects.get(body="Northmere")
    client.post(where + "leave/", {"seen": next(seen), "which": one.pk, "left": "1/4/2026", "reason": "New list"})
    client.post(where + "change/", answers | {"seen": next(seen), "name": "Most similar"})
    words = said(client.get("/performance/groups/"))
    assert "Most similar" in words
    assert "Mereford and 2 others today. HMICFRS" in words
    assert signed_in(house, "reader").get(where + "join/").status_code == 404
    assert signed_in(house, "force_policy").get(where + "join/").status_code == 404


@pages
def test_comparing_asks_as_often_for_many_as_for_one(house: House) -> None:
    it = a_comparison(house)
    client = signed_in(house, "policy")
    addresses = [f"/performance/office/M-001/{more}" for more in ("compare/", "compare/?as_at=2026-06-14", "")]
    addresses.append("/performance/groups/")
    for address in addresses:
        client.get(address)
    first = [questions(client, address) for address in addresses]
    commands.join_group(Group.objects.get(), body="Newmere", joined=date(2025, 1, 1), **BY)
    a_group(house, name="Another")
    load(it, [other(it, name, 5, month=month) for name in BODIES for month in (date(2026, 4, 1), date(2026, 3, 1))])
    assert [questions(client, address) for address in addresses] == first
    assert max(first) <= 12


def test_the_paper_says_where_each_measure_stands_by_who_was_in_the_group(house: House) -> None:
    a_comparison(house, sensitivity="public")
    stock = gather(CANDOUR, organisation=house.office, as_at=TODAY, since=date(2026, 4, 1), at=NOW)
    words = " ".join(" ".join(texts(performance_paper(stock, "public"))).split())
    assert "Appendix C: bodies like this one Most similar forces: each figure, and its place" in words
    assert "May 2026 80.0%, 2nd of 4" in words


def test_a_group_is_not_called_like_another_nor_its_own_body_like_a_member(house: House) -> None:
    group = a_group(house)
    a_group(house, name="Another")
    facts = {"name": "Nearest forces", "own": "Mereford", "source": "HMICFRS"}
    for values, words in (({"name": "another"}, "is there already"), ({"own": "northmere"}, "in the group as another")):
        with pytest.raises(Refused, match=words):
            commands.change_group(group, **(BY | facts | values))
    commands.change_group(group, **(BY | facts))
    assert [one.name for one in groups_on(Group.objects.all())] == ["Another", "Nearest forces"]
