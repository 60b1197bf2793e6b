"""candour people FILE: joiners, movers and leavers, with findings, and nothing saved where anything is wrong."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from candour.config.cli import main
from candour.kernel.establishment.commands import add_person, appoint
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Appointment, Person, Post, holding
from candour.kernel.signin.people.reading import Unreadable, read_rows
from tests.factories import ROLES, START, House
from tests.signin.people import SAID

HEADING = "username,name,email,body,post,from,to"
ALL = {name: (title, home) for name, (title, home, _) in ROLES.items() if home == "office"}


def line(username: str, post: str, *, body: str = "office", name: str = "", email: str = "", more: str = ",") -> str:
    return f"{username},{name or username.title()},{email or f'{username}@mereford.example'},{body},{post},{more}"


def everybody(**changed: str) -> list[str]:
    """A row for each of the office, as they are; of some another post, or "" for none."""
    posts = {name: title for name, (title, _) in ALL.items()} | changed
    return [line(name, post) for name, post in posts.items() if post]


@pytest.fixture
def people(house: House, tmp_path: Path, capsys) -> Any:  # type: ignore[no-untyped-def]
    """Runs the verb on lines; gives the exit code and what was told."""
    Person.objects.filter(username__in=ALL).update(email="")
    for name in ALL:
        Person.objects.filter(username=name).update(email=f"{name}@mereford.example")

    def run(lines: list[str], *more: str) -> tuple[int, dict[str, Any]]:
        path = tmp_path / "people.csv"
        path.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
        code = main(["people", str(path), "--json", *more])
        return code, json.loads(capsys.readouterr().out)

    return run


def codes(told: dict[str, Any], severity: str = "error") -> list[str]:
    return [finding["code"] for finding in told["findings"] if finding["severity"] == severity]


def titles(username: str, day: date | None = None) -> list[str]:
    rows = Appointment.objects.filter(holding(day or timezone.localdate()), person__username=username)
    return sorted(rows.values_list("post__title", flat=True))


def test_the_file_as_things_stand_changes_nothing(people: Any) -> None:
    before = Entry.objects.count()
    assert people(everybody()) == (
        0,
        {"rows": 9, "saved": True, "changes": {}, "wrong": [], "findings": []},
    )
    assert Entry.objects.count() == before


def test_who_is_new_joins_with_a_post_and_an_invitation(people: Any) -> None:
    code, told = people([*everybody(), line("new.clerk", "Assistant", name="New Clerk")])
    assert (code, told["changes"]) == (0, {"joiner": 1, "mover-in": 1})
    person = Person.objects.get(username="new.clerk")
    assert (person.name, person.has_usable_password(), titles("new.clerk")) == ("New Clerk", False, ["Assistant"])
    assert Notice.objects.get().person == person
    assert verify().failure == ""


def test_where_the_directory_signs_people_in_nobody_is_invited(people: Any, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DIRECTORY = settings.DIRECTORY | {"issuer": "https://id.example"}
    people([*everybody(), line("new.clerk", "Assistant")])
    assert Notice.objects.count() == 0


def test_who_moves_leaves_one_post_for_the_other(people: Any) -> None:
    code, told = people(everybody(reader="Head of Communications"))
    assert (code, told["changes"]) == (0, {"mover-in": 1, "mover-out": 1})
    assert titles("reader") == ["Head of Communications"]
    assert titles("reader", timezone.localdate() - timedelta(days=1)) == ["Assistant"]
    assert people(everybody(reader="Head of Communications"))[1]["changes"] == {}


def test_who_is_not_in_the_file_is_stopped_and_their_posts_end(people: Any) -> None:
    code, told = people(everybody(reader=""))
    assert (code, told["changes"]) == (0, {"mover-out": 1, "leaver": 1})
    assert (Person.objects.get(username="reader").is_active, titles("reader")) == (False, [])
    assert people(everybody(reader=""))[1]["changes"] == {}
    assert people(everybody())[1]["changes"] == {"restored": 1, "mover-in": 1}
    assert (Person.objects.get(username="reader").is_active, titles("reader")) == (True, ["Assistant"])


def test_a_body_that_the_file_does_not_name_is_left_alone(people: Any, house: House) -> None:
    person = Person.objects.get(username="reader")
    appoint(person, Post.objects.get(pk=house.posts["force_reader"].pk), starts=START, **SAID)
    people(everybody(reader=""))
    assert (Person.objects.get(username="reader").is_active, titles("reader")) == (True, ["Force Analyst"])
    assert titles("force_policy") == ["Force Risk Manager"]


def test_a_last_day_and_another_name_are_taken_over(people: Any) -> None:
    rows = [*everybody(reader=""), line("reader", "Assistant", name="R Eader", more="2018-04-01,2099-03-31")]
    assert people(rows)[1]["changes"] == {"renamed": 1, "days-changed": 1}
    row = Appointment.objects.get(person__username="reader")
    assert (row.ends, Person.objects.get(username="reader").name) == (date(2099, 3, 31), "R Eader")


def test_a_file_that_is_cut_short_stops_nobody_unless_it_is_said_to_be_right(people: Any) -> None:
    few = everybody(reader="", owner="", secretary="", chief="")
    code, told = people(few)
    assert (code, told["saved"], codes(told)) == (1, False, ["many-leavers"])
    assert "The file stops 4 of 9 people, which is more than 3" in told["wrong"][0]
    assert Person.objects.filter(is_active=False).count() == 0
    assert people(few, "--leavers", "5")[0] == 1
    assert people(few, "--leavers", "4")[0] == 0
    assert Person.objects.filter(is_active=False).count() == 4


def test_the_last_who_gives_roles_is_not_taken_away_and_nothing_else_is_done(people: Any) -> None:
    code, told = people([*everybody(admin=""), line("new.clerk", "Assistant")])
    assert (code, told["saved"]) == (1, False)
    assert told["wrong"][0].startswith("not in the file, admin: Nobody else can give roles in Office of Mereford")
    assert Person.objects.filter(username="new.clerk").exists() is False


def test_checking_saves_nothing(people: Any) -> None:
    before = Entry.objects.count()
    code, told = people([*everybody(reader=""), line("new.clerk", "Assistant")], "--check")
    assert (code, told["saved"], told["changes"]) == (
        0,
        False,
        {"joiner": 1, "mover-in": 1, "mover-out": 1, "leaver": 1},
    )
    assert Entry.objects.count() == before


WRONG = {
    "username-wrong": [line("new clerk", "Assistant", email="a@mereford.example")],
    "name-missing": ["new,,new@mereford.example,office,Assistant,,"],
    "email-wrong": [line("new", "Assistant", email="nowhere")],
    "body-unknown": [line("new", "Assistant", body="ofice")],
    "post-unknown": [line("new", "Assistent")],
    "date-unreadable": [line("new", "Assistant", more="31/2/2026,")],
    "ends-before-start": [line("new", "Assistant", more="2026-04-01,2026-03-01")],
    "row-repeated": [line("new", "Assistant"), line("new", "assistant")],
    "person-differs": [line("new", "Assistant"), line("new", "Chief Executive", name="Other")],
    "username-differs": [
        line("new", "Assistant", name="N"), line("NEW", "Chief Executive", name="N", email="new@mereford.example"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_saved(people: Any, code: str) -> None:
    before = Entry.objects.count()
    status, told = people([*everybody(), *WRONG[code]])
    last = next(finding for finding in told["findings"] if finding["severity"] == "error")
    assert (status, told["saved"], codes(told)) == (1, False, [code])
    assert (last["place"], Entry.objects.count()) == (f"line {10 + len(WRONG[code])}", before)


def test_a_person_without_an_address_is_warned_of(people: Any) -> None:
    status, told = people([*everybody(), "new,New,,office,Assistant,,"])
    assert (status, codes(told, "warning")) == (0, ["email-missing"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The heading lacks username, name, body, post"),
        (b"username,name,body\n", "The heading lacks post"),
        (b"username,name,body,post,telephone\n", "names telephone, which is not known"),
        (b"username,name,body,post,post\n", "names a column twice"),
        (b"username,name,body,post\n", "The file has no rows: it would stop everybody"),
        (b"username,name,body,post\na,b\n", "has 2 cells, not 4"),
        ("username,name,body,post\né".encode("latin-1"), "not in UTF-8"),
        (b"username,name,body,post\n\x00,b,c,d", "nought bytes"),
    ],
)
def test_a_file_that_is_none_of_people_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(message)):
        read_rows(content)


def test_semicolons_tabs_quotes_and_the_mark_of_utf_8_are_read() -> None:
    for between in ";\t":
        text = '\ufeffName;username;body;post\n\n"O\'Brien; A";ab;office;Assistant\n'.replace(";", between, 3)
        text = text if between == ";" else "\ufeffName\tusername\tbody\tpost\n\nA\tab\toffice\tAssistant\n"
        row = read_rows(text.encode())[0]
        assert (row.username, row.body, row.post, row.line) == ("ab", "office", "Assistant", 3)


def test_a_file_that_is_not_there_is_said(house: House, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["people", "/nowhere/people.csv"]) == 2
    assert "/nowhere/people.csv cannot be read" in capsys.readouterr().err


def test_every_finding_is_documented_and_every_documented_one_can_be_given() -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs/rules/people-findings.md").read_text()
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (error|warning|note) \|", page, re.MULTILINE))
    source = (root / "candour/kernel/signin/people/checks.py").read_text()
    given = dict(re.findall(r'Finding\("([a-z-]+)", "(error|warning)"', source))
    kinds = ("joiner", "renamed", "restored", "mover-in", "mover-out", "days-changed", "leaver")
    assert rows == given | dict.fromkeys(kinds, "note")


def test_a_break_glass_sign_in_is_not_the_files(people: Any, house: House) -> None:
    person = add_person(username="outside", name="Outside", password=None, **SAID)
    people(everybody())
    assert Person.objects.get(pk=person.pk).is_active is True
