"""A whole year of two boards, run through their pages: from the forward plan to what the public reads.

Only what the boards work on is made by commands; everything that a board secretary, an owner or the public does is a page.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.boards.models import Board, BoardAction, Decision, Item, Meeting, Pack, Question, StandingItem
from candour.config.cli import main
from candour.kernel.history.verify import verify
from candour.kernel.publication.models import Published
from candour.recommendations.models import Recommendation
from tests.boards.test_resolving import proposed
from tests.factories import NOW, House, a_risk
from tests.papers.pack.makers import own_pdf, word_file

pytestmark = pytest.mark.django_db
BOARDS = "/boards/office"
CGB, JARAP = "Corporate Governance Board", "Joint Audit, Risk and Assurance Panel"
AREAS = ("Finance", "Transformation", "People", "Corporate risk management", "Inspections")
DAYS = (date(2026, 7, 16), date(2026, 9, 17), date(2026, 11, 19), date(2027, 1, 21), date(2027, 3, 18))


@dataclass
class Clock:
    now: datetime = NOW


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that the test turns."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock


class Filled(HTMLParser):
    """The answers that a page's own form would send as it stands: the form that keeps what was seen, else the last."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.area = self.choice = ""
        self.feed(page[page.index("<main") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and ("selected" in given or self.choice not in self.forms[-1]):
            self.forms[-1][self.choice] = value
        elif tag == "textarea":
            self.area = name
            self.forms[-1][name] = ""
        elif (
            tag == "input" and name and self.forms and given.get("type") not in ("radio", "checkbox", "file", "submit")
        ):
            self.forms[-1][name] = value
        elif tag == "input" and name and "checked" in given:
            self.forms[-1][name] = given.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.choice = "" if tag == "select" else self.choice

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area] += data

    @property
    def answers(self) -> dict[str, Any]:
        return next((form for form in self.forms if "seen" in form), self.forms[-1] if self.forms else {})


@dataclass
class Desk:
    """Somebody at a browser, on the day that the clock says. turns: how many pages were sent."""

    house: House
    name: str
    clock: Clock
    client: Client = field(default_factory=Client)
    turns: int = 0

    def on(self, day: date, hour: int = 9) -> "Desk":
        self.clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        self.client.force_login(self.house.people[self.name])
        return self

    def read(self, address: str) -> str:
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    def send(self, address: str, **answers: Any) -> str:
        """Open a page, change some answers of its form and send it; gives where it leads."""
        given = Filled(self.read(address)).answers | answers
        answer = self.client.post(address, {name: value for name, value in given.items() if value is not None})
        self.turns += 1
        assert answer.status_code == 302, f"{address}: {said(answer.content.decode())}"
        return str(answer["Location"])


def said(page: str) -> str:
    start = page.find("govuk-error-summary")
    return " ".join(re.sub(r"<[^>]*>", " ", page[start : start + 3000]).split())[:600]


@dataclass
class Year:
    """The year as it is run: who runs it, and what its boards work on."""

    house: House
    secretary: Desk
    owner: Desk
    asked: dict[str, Recommendation] = field(default_factory=dict)

    def post(self, name: str) -> int:
        return int(self.house.posts[name].pk)


@pytest.fixture
def year(house: House, the_day: Clock) -> Year:
    """Risks and recommendations for the boards to work on; the rest is done on pages."""
    a_risk(house, reference="R001", title="The boiler fails", owner=house.posts["owner"])
    a_risk(house, reference="R002", title="A secret tunnel", sensitivity="restricted")
    asked = {name: proposed(house, reference=name, title=f"Recommendation {name}") for name in ("A1", "A2", "A3")}
    asked["B1"] = proposed(house, reference="B1", title="A hidden duty", sensitivity="restricted")
    return Year(house, Desk(house, "secretary", the_day), Desk(house, "owner", the_day), asked)


def set_up(year: Year, code: str, name: str, *, months: int, areas: tuple[str, ...]) -> None:
    """A board with its seats, its standing areas, its closed item and its duty of the year."""
    desk, at = year.secretary, f"{BOARDS}/{code}/"
    facts = {"name": name, "code": code, "months": months, "starts_at": "10:00", "quorum": 3, "in_public": "on"}
    assert desk.send("/boards/new/", **facts, secretary=year.post("secretary"), reason="The scheme of governance") == at
    seats = (
        ("chief", "chair", "finance"),
        ("policy", "member", ""),
        ("reader", "member", ""),
        ("owner", "attendee", ""),
    )
    for post, role, by in seats:
        substitute = year.post(by) if by else ""
        desk.send(f"{at}seats/give/", post=year.post(post), role=role, substitute=substitute, reason="Agreed")
    desk.send(f"{at}terms/agree/", text="It holds to account.", agreed_by="Commissioner", reason="The first")
    business = {"sort": "business", "wanted": "note", "minutes": 5, "reason": "Agreed"}
    desk.send(f"{at}standing/add/", title="Apologies and declarations of interest", **business)
    desk.send(f"{at}standing/add/", title="Minutes of the last meeting and actions", **business)
    for area in areas:
        paper = "risk-register" if area == "Corporate risk management" else ""
        desk.send(f"{at}standing/add/", title=area, paper=paper, lead=year.post("finance"), reason="Agreed")
    closed = {"closed": "on", "ground": "operation", "every": 1, "reason": "Agreed"}
    desk.send(f"{at}standing/add/", title="Restricted risks and operations", **closed)
    duty = {"sort": "duty", "wanted": "decide", "every": 0, "must_day": 28, "must_month": 2, "law": "Schedule 5"}
    desk.send(f"{at}standing/add/", title="Budget and precept", **duty, reason="The law")


def plan(year: Year, code: str, rhythm: str) -> list[date]:
    desk, at = year.secretary, f"{BOARDS}/{code}/plan-year/"
    desk.send(f"{at}?{rhythm}")
    board = Board.objects.get(code=code)
    return list(board.meetings.order_by("held_on").values_list("held_on", flat=True))


def meeting_of(code: str, day: date) -> Meeting:
    return Meeting.objects.select_related("record").get(board__code=code, held_on=day)


def at_(meeting: Meeting) -> str:
    return f"/boards/meetings/office/{meeting.record.reference}/"


def items_of(meeting: Meeting) -> dict[str, Item]:
    """By title; what has a namesake in the open part as "… (closed)"."""
    rows = (
        Item.objects.filter(meeting=meeting, withdrawn_on=None).select_related("record").order_by("closed", "position")
    )
    found: dict[str, Item] = {}
    for row in rows:
        found[f"{row.record.title} (closed)" if row.record.title in found else row.record.title] = row
    return found


def item_at(item: Item) -> str:
    return f"/boards/items/office/{item.record.reference}/"


def take_up(year: Year, meeting: Meeting, areas: tuple[str, ...] = AREAS) -> dict[str, Item]:
    """Everything that is offered goes on the agenda, but for the areas that are not named."""
    left = StandingItem.objects.filter(title__in=AREAS).exclude(title__in=areas).values_list("pk", flat=True)
    page = year.secretary.read(at_(meeting))
    keys = [part.split('"', 1)[0] for part in page.split('name="due" value="')[1:]]
    keys = [key for key in keys if key not in {f"standing:{pk}" for pk in left}]
    more = {"ground": "operation"} if "Ground for excluding" in year.secretary.read(f"{at_(meeting)}take-up/") else {}
    year.secretary.send(f"{at_(meeting)}take-up/", due=keys, **more)
    return items_of(meeting)


def attend(year: Year, meeting: Meeting, **there: str) -> None:
    """there: by name of the post whether it was; another in its place as "substitute:finance"."""
    answers: dict[str, Any] = {}
    for name, presence in there.items():
        word, _, by = presence.partition(":")
        answers[f"presence-{year.post(name)}"] = word
        if by:
            answers[f"by-{year.post(name)}"] = year.post(by)
    year.secretary.send(f"{at_(meeting)}attendance/take/", **answers)


def minute(year: Year, item: Item, **answers: Any) -> None:
    given = {
        "text": f"{item.record.title} was discussed.",
        "summary": f"We looked at {item.record.title.lower()}.",
        "go": "next",
    }
    year.secretary.send(f"{item_at(item)}minute/", **(given | answers))


def hold(year: Year, meeting: Meeting, before: Meeting) -> None:
    """A later meeting, held in the ordinary way: it takes up what is due and signs the minutes of the last one."""
    desk, day = year.secretary, meeting.held_on
    desk.on(date.fromordinal(day.toordinal() - 21))
    take_up(year, meeting, ("Finance",))
    desk.send(f"{at_(meeting)}send/")
    desk.on(day, 10)
    desk.send(f"{at_(meeting)}open/")
    attend(year, meeting, chief="present", policy="present", reader="present")
    items = items_of(meeting).values()
    asked = Question.objects.filter(item__in=items)
    for item in items:
        minute(year, item, **{f"answer-{each.pk}": "agreed" for each in asked if each.item_id == item.pk})
    desk.on(day, 13)
    desk.send(f"{at_(meeting)}close/", finished="12:30")
    desk.send(f"{at_(before)}sign/", agreed_at=meeting.pk, by=year.post("chief"))


def test_a_year_of_two_boards(year: Year, tmp_path: Path, capsys: Any) -> None:
    desk = year.secretary.on(date(2026, 6, 16))
    set_up(year, "cgb", CGB, months=2, areas=AREAS)
    set_up(year, "jarap", JARAP, months=3, areas=("Internal audit", "Corporate risk management"))
    desk.send(
        "/boards/limits/set/", what="Contracts", board=Board.objects.get(code="cgb").pk, reason="Scheme of consent"
    )
    assert plan(year, "cgb", "start=1+July+2026&count=5&months=2&nth=3&weekday=3") == list(DAYS)
    panel_days = plan(year, "jarap", "start=1+July+2026&count=3&months=3&nth=2&weekday=1")
    assert panel_days == [date(2026, 7, 14), date(2026, 10, 13), date(2027, 1, 12)]
    forward_plan(year)
    july, september, november, january, march = (meeting_of("cgb", day) for day in DAYS)
    agenda(year, july)
    pack(year, july)
    sit(year, july)
    published(year, july)
    corrected(year, july, september)
    followed(year, july, (september, november, january, march))
    panel(year, [meeting_of("jarap", day) for day in panel_days])
    read_by_the_public(year, tmp_path, capsys)
    assert verify().failure == ""


def forward_plan(year: Year) -> None:
    """The year's grid: the duty falls in time, an item moves to another meeting, something comes once."""
    desk, at = year.secretary, f"{BOARDS}/cgb/forward/"
    page = desk.read(f"{at}?year=2026/27")
    assert ("No meeting takes" in page, all(area in page for area in AREAS)) == (False, True)
    row = page[page.index("Budget and precept") :].split("</tr>")[0]
    cells = [
        ("Planned" in cell, f'data-meeting="{meeting_of("cgb", DAYS[3]).pk}"' in cell) for cell in row.split("<td ")[1:]
    ]
    assert [here for here, _ in cells] == [is_january for _, is_january in cells]
    people = Board.objects.get(code="cgb").standing.get(title="People")
    moved = {"standing": people.pk, "planned": "", "away": meeting_of("cgb", DAYS[0]).pk, "to": ""}
    desk.client.post(f"{at}move/?year=2026/27", moved)
    once = {"title": "Estate strategy", "meeting": meeting_of("cgb", DAYS[1]).pk, "minutes": 20}
    assert desk.send(f"{BOARDS}/cgb/plan-once/", **once).startswith(at)
    row = desk.read(f"{at}?year=2026/27").split("Estate strategy", 1)[1].split("</tr>")[0]
    assert row.count("Planned") == 1


def agenda(year: Year, july: Meeting) -> None:
    """What is due is offered and taken up, with what the registers ask; a risk is put to the board; the agenda goes out."""
    desk = year.secretary.on(date(2026, 6, 22))
    items = take_up(year, july)
    assert [title for title in ("People", "Estate strategy") if title in items] == []
    assert [row.closed for row in items.values()].count(True) == 2
    made = desk.send(f"{at_(july)}add/", title="Risks to close", wanted="decide", part="open")
    assert desk.client.post(f"{made}ask/", {"act": "risk.close", "reference": "R009", "seen": 1}).status_code == 422
    assert desk.client.post(f"{made}ask/", {"act": "risk.close", "reference": "R002", "seen": 1}).status_code == 422
    desk.send(f"{made}ask/", act="risk.close", reference="r001")
    assert "R001" in desk.read(made)
    budget = items_of(july)["Finance"]
    file = SimpleUploadedFile("Budget report.pdf", own_pdf(), content_type="application/pdf")
    desk.send(f"{item_at(budget)}papers/add/", file=file, title="Budget report")
    word = SimpleUploadedFile("People.docx", word_file(), content_type="application/octet-stream")
    desk.send(
        f"{item_at(items_of(july)['Inspections'])}papers/add/", file=word, title="Inspections, position", draft="on"
    )
    desk.on(date(2026, 7, 3))
    desk.send(f"{at_(july)}send/")
    assert "Agenda out" in desk.read(at_(july))


def pack(year: Year, july: Meeting) -> None:
    """The open pack and the closed one; a late paper follows as a supplement; what Candour wrote is written anew when asked."""
    desk = year.secretary.on(date(2026, 7, 6))
    inspections = items_of(july)["Inspections"]
    desk.send(f"{at_(july)}packs/open/issue/")
    desk.client.post(f"{item_at(inspections)}papers/{inspections.papers.get().pk}/final/")
    desk.on(date(2026, 7, 8))
    desk.send(f"{at_(july)}packs/open/supplement/", reason="It came after the pack")
    a_risk(year.house, reference="R003", title="The lift stops", at=datetime(2026, 7, 8, 8, tzinfo=UTC))
    paper = items_of(july)["Corporate risk management"].papers.get()
    desk.on(date(2026, 7, 9))
    desk.send(f"{at_(july)}packs/open/issue/", anew=[paper.pk], reason="A new risk")
    packs = Pack.objects.filter(meeting=july, closed=False).order_by("pk")
    assert [each.name for each in packs] == ["Version 1", "Supplement 1 to version 1", "Version 2"]
    assert [each.changes for each in packs][1:] == [
        "Added: 6 Inspections: Inspections, position.",
        "Written anew: 5 Corporate risk management.",
    ]
    assert "Written anew: 5 Corporate risk management." in desk.read(f"{at_(july)}packs/")


def sit(year: Year, july: Meeting) -> None:
    """Attendance with a warning, then a quorum; interests; minutes; a vote; answers that close a risk and a recommendation."""
    desk = year.secretary.on(DAYS[0], 9)
    assert desk.send(f"{at_(july)}open/") == f"{at_(july)}minutes/"
    attend(year, july, chief="substitute:finance", reader="apologies")
    assert "There is no quorum." in desk.read(f"{at_(july)}attendance/")
    attend(year, july, reader="present", policy="present")
    assert "There is no quorum." not in desk.read(f"{at_(july)}attendance/")
    items = items_of(july)
    closures, risks = items["Recommendations proposed closed"], items["Risks to close"]
    questions = {each.about.reference: each for each in Question.objects.filter(item=closures).select_related("about")}
    assert sorted(questions) == ["A1", "A2", "A3"]
    left = {"nature": "A governor of the school", "interest_post": year.post("policy"), "withdrew": "on", "go": "stay"}
    minute(year, closures, text="", summary="", **left)
    assert "There is no quorum for this item" in desk.read(f"{item_at(closures)}minute/")
    minute(
        year, closures,
        **{
            f"answer-{questions['A1'].pk}": "agreed", f"answer-{questions['A2'].pk}": "sent back",
            f"why-{questions['A2'].pk}": "Bring the signed memorandum", f"answer-{questions['A3'].pk}": "not reached",
        },
    )  # fmt: skip
    minute(year, risks, **{f"answer-{Question.objects.get(item=risks).pk}": "agreed"})
    decided = {"resolved": "To let the contract for boilers.", "reasons": "It is the cheapest.", "key": "on"}
    decided |= {"mover": year.post("finance"), "seconder": year.post("policy"), "votes_for": 2, "votes_against": 1}
    asked = {"action": "Bring the boiler contract", "action_owner": year.post("owner"), "action_due": "1 October 2026"}
    minute(year, items["Finance"], **decided, **asked, what="Contracts", value="40,000")
    for title, item in items.items():
        if title not in ("Finance", "Risks to close", "Recommendations proposed closed"):
            extra = {f"answer-{each.pk}": "agreed" for each in Question.objects.filter(item=item)}
            minute(year, item, **extra)
    desk.on(DAYS[0], 12)
    assert "Not everything is minuted yet" not in desk.read(f"{at_(july)}close/")
    desk.send(f"{at_(july)}close/", finished="12:30")
    states = {name: Recommendation.objects.get(pk=it.pk).outcome for name, it in year.asked.items()}
    assert states == {"A1": "closed", "A2": "", "A3": "", "B1": "closed"}
    assert "Closed" in desk.read("/risks/office/R001/")
    assert Decision.objects.filter(item=items["Finance"]).get().value == 40_000
    assert year.owner.on(DAYS[0], 13).read("/desk/").count("Bring the boiler contract") >= 1


def published(year: Year, july: Meeting) -> None:
    """The agenda, the summary of the open part and a decision are public; nothing of the closed part is."""
    desk, key = year.secretary.on(date(2026, 7, 20)), july.record.reference
    decision = Decision.objects.get(item=items_of(july)["Finance"])
    for source, name in (("agenda", key), ("summary", key), ("decision", f"2026/{decision.pk}")):
        assert desk.send(f"/publication/office/{source}/{name}/publish/") == f"/public/office/{source}/{name}/"
    public = Client()
    pages = [public.get(f"/public/office/{source}/{key}/").content.decode() for source in ("agenda", "summary")]
    assert ["Corporate risk management" in page for page in pages] == [True, True]
    hidden = ("Restricted risks and operations", "A hidden duty", "B1", "closed part")
    assert [word for word in hidden for page in pages if word in page] == []
    assert "We looked at finance." in pages[1]


def corrected(year: Year, july: Meeting, september: Meeting) -> None:
    """A minute is written anew before it is signed and the summary corrected; a decision is withdrawn with a note."""
    desk, key = year.secretary, july.record.reference
    minute(year, items_of(july)["Finance"], summary="We looked at the boilers.", action_due="")
    desk.send(f"/publication/office/summary/{key}/publish/", note="It did not say what was looked at.")
    page = Client().get(f"/public/office/summary/{key}/").content.decode()
    assert ("We looked at the boilers." in page, "It did not say what was looked at." in page) == (True, True)
    decision = Decision.objects.get(item=items_of(july)["Finance"])
    desk.send(f"/publication/office/decision/2026/{decision.pk}/withdraw/", reason="The contractor asked for time")
    gone = Client().get(f"/public/office/decision/2026/{decision.pk}/")
    assert (gone.status_code, "The contractor asked for time" in gone.content.decode()) == (410, True)


def followed(year: Year, july: Meeting, later: tuple[Meeting, ...]) -> None:
    """The action is followed through three later meetings, each signs the minutes before it, and one minute is corrected."""
    action = BoardAction.objects.select_related("item__record").get(action__text="Bring the boiler contract")
    at = f"/records/item/office/{action.item.record.reference}/actions/{action.pk}"
    before = july
    for place, meeting in enumerate(later):
        hold(year, meeting, before)
        page = year.secretary.read(f"{at_(meeting)}actions/")
        assert (action.number in page) == (place < 3)
        if place == 1:
            assert "Late" in page
            year.owner.on(meeting.held_on, 14).send(f"{at}/move", due="15 January 2027", reason="The supplier is late")
        if place == 2:
            done = {"outcome": "The contract is signed", "done_on": "21 January 2027"}
            year.owner.on(meeting.held_on, 14).send(f"{at}/done", **done)
        before = meeting
    correct = {"says": "Transformation was discussed", "should": "Transformation was noted", "agreed_at": later[0].pk}
    year.secretary.send(f"{item_at(items_of(july)['Transformation'])}correct/", **correct)
    minutes = year.secretary.read(f"{at_(july)}minutes/")
    assert ("Signed on 17 September 2026" in minutes, "read “Transformation was noted”" in minutes) == (True, True)
    assert "Estate strategy" in items_of(later[0])
    assert Recommendation.objects.get(pk=year.asked["A3"].pk).outcome == "closed"
    assert "Budget and precept" in items_of(later[2])
    log = year.secretary.client.get("/papers/board-actions/draft.txt?since=2026-07-01&audience=public").content.decode()
    assert " ".join(log.split()).count("Done on 21 January 2027: The contract is signed") == 1


def panel(year: Year, meetings: list[Meeting]) -> None:
    """The panel meets too: a meeting from agenda to minutes, signed by the next."""
    first, second, _ = meetings
    desk = year.secretary
    for meeting, before in ((first, None), (second, first)):
        day = date(2027, 3, 22) if before is None else date(2027, 3, 23)  # minuted late: its day has passed
        desk.on(day)
        take_up(year, meeting, ())
        desk.send(f"{at_(meeting)}send/")
        desk.send(f"{at_(meeting)}open/", started="10:00")
        attend(year, meeting, chief="present", policy="present", reader="present")
        for item in items_of(meeting).values():
            minute(year, item)
        desk.send(f"{at_(meeting)}close/", finished="11:30")
        if before is not None:
            desk.send(f"{at_(before)}sign/", agreed_at=meeting.pk, by=year.post("chief"))
    assert "Signed off" in desk.read(f"{BOARDS}/jarap/")


def read_by_the_public(year: Year, tmp_path: Path, capsys: Any) -> None:
    """A member of the public searches what boards decided; the same stands in a folder of files."""
    desk = year.secretary.on(date(2027, 3, 24))
    january = (
        Decision.objects.filter(item__closed=False, item__meeting__board__code="cgb").exclude(of=None).order_by("pk")
    )
    for row in january:
        if not Published.objects.filter(source="decision", key=f"{row.met_on.year}/{row.pk}").exists():
            desk.send(f"/publication/office/decision/{row.met_on.year}/{row.pk}/publish/")
    public = Client()
    found = public.get("/public/?source=decision&q=recommendation").content.decode()
    assert ("A1" in found, "boilers" in found) == (True, False)
    assert "decisions of boards" not in public.get("/boards/decisions/", follow=True).content.decode().casefold()
    assert "boilers" in desk.read("/boards/decisions/?q=boilers+cheapest")
    assert main(["publish", "--to", str(tmp_path / "site")]) == 0
    texts = {path.name: path.read_text(errors="ignore") for path in (tmp_path / "site").rglob("*.html")}
    index = (tmp_path / "site" / "index.html").read_text()
    assert ("Summary: Corporate Governance Board, 16 July 2026" in index, "boilers" in index) == (True, False)
    assert [name for name, text in texts.items() if "A hidden duty" in text or "secret tunnel" in text] == []
