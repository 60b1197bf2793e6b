"""Words that must not be kept go once one asks and another approves; the history holds, and says that it happened."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from candour.config.backup.make import back_up
from candour.config.backup.restore import examine
from candour.kernel.access import Forbidden
from candour.kernel.evidence.commands import add_file
from candour.kernel.evidence.models import File
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.commands import redact
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import as_at, entries_of, events
from candour.kernel.history.removing import without
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import stage
from candour.kernel.intake.document import Reading
from candour.kernel.notices.commands import Letter, write
from candour.kernel.records.models import Record
from candour.kernel.records.search import search
from candour.kernel.retention import commands
from candour.kernel.retention.models import Removal
from candour.kernel.retention.queries.removals import look_for, records_holding
from candour.kernel.rules import Refused
from candour.risks import commands as risks
from candour.risks.models import Risk, Update
from tests.evidence import samples
from tests.factories import NOW, TODAY, House, a_risk
from tests.history.test_redaction import NAME, places_of
from tests.retention.test_disposal import now_of

LEFT = "Met [removed] on Monday; all is well"
WHY = "It names a person who asked to be forgotten"


@pytest.fixture
def told(house: House) -> tuple[Risk, Update]:
    """A risk whose update names somebody, as does a reason; the title did."""
    risk = a_risk(house, title=f"{NAME} could leave", reason=f"{NAME} raised it")
    said: dict[str, Any] = {"actor": house.actors["policy"], "at": NOW}
    update = risks.record_update(risk, text=f"Met {NAME.upper()} on Monday; all is well", reason="", **said)
    words = {"source": "", "event": "", "effect": "", "context": ""}
    risks.change_wording(risk, title="Somebody could leave", **words, reason="A name less", **said)
    return risk, update


def asked(house: House, risk: Risk, *, words: str = NAME, only: Callable[[str], bool] = bool) -> Removal:
    record = now_of(risk)
    codes = [row.code for row in look_for(record, words).rows if only(row.code)]
    said = {"actor": house.actors["policy"], "at": NOW, "reason": WHY}
    return commands.ask_removal(record, words=words, places=codes, files=[], **said)


def approved(house: House, removal: Removal, name: str = "chief") -> Removal:
    fresh = Removal.objects.select_related("record__organisation").get(pk=removal.pk)
    return commands.approve_removal(fresh, actor=house.actors[name], at=NOW, reason="It is right to")


def test_what_is_found_says_where_and_what_would_be_left(house: House, told: tuple[Risk, Update]) -> None:
    risk, _ = told
    rows = look_for(now_of(risk), NAME.lower()).rows
    assert [(row.what, row.now, row.leave, row.past) for row in rows] == [
        ("Record of 10 January 2026: title", "", "", 2),
        ("Update of 15 June 2026: text", f"Met {NAME.upper()} on Monday; all is well", LEFT, 1),
        ("Reason of entry 1, risk raised, 10 January 2026", f"{NAME} raised it", REMOVED, 1),
    ]  # fmt: skip


def test_once_approved_the_words_are_nowhere_and_the_rest_is_kept(house: House, told: tuple[Risk, Update]) -> None:
    risk, update = told
    removal = asked(house, risk)
    assert places_of(NAME) != []
    approved(house, removal)
    assert places_of(NAME) == []
    assert Update.objects.get(pk=update.pk).text == LEFT
    assert now_of(risk).title == "Somebody could leave"
    assert verify().failure == ""
    assert list(search(NAME, actor=house.actors["policy"])) == []
    assert list(search("monday well", actor=house.actors["policy"])) == [now_of(risk)]


def test_a_past_day_shows_that_words_were_removed_and_what_never_held_them(
    house: House, told: tuple[Risk, Update]
) -> None:
    risk, _ = told
    approved(house, asked(house, risk))
    then = as_at(Record.objects.filter(pk=risk.pk), date(2026, 5, 1))[0]
    now = as_at(Record.objects.filter(pk=risk.pk), TODAY)[0]
    assert (then["title"], now["title"]) == (REMOVED, "Somebody could leave")


def test_the_entry_says_when_by_whom_and_why_but_not_what(house: House, told: tuple[Risk, Update]) -> None:
    risk, _ = told
    approved(house, asked(house, risk))
    last = events([entries_of(now_of(risk))[0]])[0]
    assert (last.event, last.actor_label, last.reason) == (
        "history.redacted",
        "Chief Executive",
        f"{WHY}. Asked for by Policy and Compliance Officer on 15 June 2026; approved: It is right to",
    )


def test_only_what_was_chosen_goes(house: House, told: tuple[Risk, Update]) -> None:
    risk, update = told
    approved(house, asked(house, risk, only=lambda code: code.startswith("risks.update")))
    assert Update.objects.get(pk=update.pk).text == LEFT
    assert places_of(NAME) == ["history.entry.words", "history.snapshot.words"]
    assert verify().failure == ""


def test_who_asked_cannot_approve_and_who_may_not_remove_cannot_either(house: House, told: tuple[Risk, Update]) -> None:
    risk, _ = told
    removal = commands.ask_removal(
        now_of(risk),
        words=NAME,
        places=[look_for(now_of(risk), NAME).rows[1].code],
        files=[],
        actor=house.actors["chief"],
        at=NOW,
        reason=WHY,
    )
    with pytest.raises(Refused, match="You asked for this yourself: somebody else must approve it"):
        approved(house, removal)
    with pytest.raises(Forbidden):
        approved(house, removal, "policy")
    approved(house, removal, "finance")
    with pytest.raises(Refused, match="It was decided on 15 June 2026"):
        approved(house, removal, "finance")


def test_nobody_asks_without_a_reason_or_with_one_that_repeats_the_words(
    house: House, told: tuple[Risk, Update]
) -> None:
    record = now_of(told[0])
    codes = [row.code for row in look_for(record, NAME).rows]

    def ask(reason: str, places: list[str], actor: str = "policy") -> None:
        said = {"actor": house.actors[actor], "at": NOW, "reason": reason}
        commands.ask_removal(record, words=NAME, places=places, files=[], **said)

    for reason, places, message in (
        (" ", codes, "Say why, without repeating what must not be kept"),
        (f"{NAME.lower()} asked", codes, "Say why without repeating the words: the reason stays"),
        (WHY, [], "Choose what must go"),
        (WHY, ["risks.update:999:text"], "Some of it is no longer there: look for the words again"),
    ):
        with pytest.raises(Refused, match=message):
            ask(reason, places)
    with pytest.raises(Forbidden):
        ask(WHY, codes, "reader")
    assert Removal.objects.count() == 0


def test_a_text_that_changed_meanwhile_is_asked_for_anew(house: House, told: tuple[Risk, Update]) -> None:
    risk, _ = told
    control = risks.add_control(risk, text=f"{NAME} checks it", actor=house.actors["policy"], at=NOW, reason="Agreed")
    removal = asked(house, risk)
    risks.settle_control(control, answer="in place", actor=house.actors["policy"], at=NOW, reason="It is done")
    with pytest.raises(Refused, match="The record changed since this was asked for"):
        approved(house, removal)
    assert places_of(NAME) != []
    refused = Removal.objects.select_related("record").get(pk=removal.pk)
    commands.refuse_removal(refused, actor=house.actors["chief"], at=NOW, reason="Ask again")
    assert (refused.outcome, refused.leaves) == ("refused", [])
    approved(house, asked(house, risk))
    assert (places_of(NAME), verify().failure) == ([], "")


def test_who_asked_may_take_it_back(house: House, told: tuple[Risk, Update]) -> None:
    removal = asked(house, told[0])
    with pytest.raises(Forbidden):
        commands.refuse_removal(removal, actor=house.actors["owner"], at=NOW, reason="No")
    commands.refuse_removal(removal, actor=house.actors["policy"], at=NOW, reason="Not needed")
    assert Entry.objects.order_by("-pk")[0].event == "retention.removal_refused"
    assert verify().failure == ""


def test_files_are_erased_with_the_words(
    house: House, told: tuple[Risk, Update], files: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    risk, _ = told
    said = {"actor": house.actors["policy"], "at": NOW}
    file = add_file(now_of(risk), name=f"{NAME}.pdf", content=io.BytesIO(samples.PDF), **said)
    codes = [row.code for row in look_for(now_of(risk), NAME).rows]
    removal = commands.ask_removal(now_of(risk), words=NAME, places=codes, files=[file.pk], reason=WHY, **said)
    with django_capture_on_commit_callbacks(execute=True):
        approved(house, removal)
    file.refresh_from_db()
    assert (file.name, file.erased_on, [path for path in files.rglob("*") if path.is_file()]) == (
        f"{REMOVED}.pdf",
        TODAY,
        [],
    )
    assert (places_of(NAME), verify().failure, File.objects.count()) == ([], "", 1)


def test_a_backup_made_afterwards_holds_none_of_it(house: House, told: tuple[Risk, Update], tmp_path: Path) -> None:
    approved(house, asked(house, told[0]))
    target = tmp_path / "a.candour"
    back_up(target, at=NOW)
    assert examine(target).manifest["history"]["entries"] == Entry.objects.count()
    assert NAME.lower().encode() not in gzip.decompress(target.read_bytes()).lower()


def test_letters_and_papers_that_were_read_in_lose_the_words_too(house: House) -> None:
    risk = a_risk(house, title=f"{NAME} could leave")
    reference = risk.record.reference
    with transaction.atomic():
        post = house.posts["chief"]
        write([Letter("a", post, f"{reference} {NAME} could leave", f"{reference}: {NAME} could leave")], at=NOW)
        write([Letter("b", post, f"{NAME} could leave", "Of something else")], at=NOW)
    said = {"actor": house.actors["policy"], "at": NOW}
    source = {"file": "a.txt", "sha256": "0" * 64}
    reading = Reading("risk-register", source, {}, [{"reference": reference, "title": f"{NAME} could leave"}])
    stage(reading, organisation=house.office, **said)
    approved(house, asked(house, risk))
    assert places_of(NAME) == ["notices.notice.subject"]  # of a letter that does not name the record
    assert verify().failure == ""


def test_words_are_found_in_every_record_that_one_may_see_with_accents_too(house: House) -> None:
    seen = a_risk(house, title="Zoë Ångström could leave")
    past = a_risk(house, reason="As ZOË ångström said")
    hidden = a_risk(house, title="Zoë Ångström again", organisation=house.force, owner=house.posts["force_policy"])
    found = records_holding("Zoë Ångström", house.actors["policy"])
    assert found == sorted([now_of(seen), now_of(past)], key=lambda record: record.reference)
    assert now_of(hidden) not in found
    assert records_holding('"commit"', house.actors["policy"]) == []


def test_what_a_quote_or_a_line_end_stands_in_is_found(house: House) -> None:
    risk = a_risk(house, source='He said "Zoe\nSmith" left')
    assert records_holding('"Zoe', house.actors["policy"]) == [now_of(risk)]


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Ann met ann.", "ANN", "[removed] met [removed]."),
        ("Ann", "", "[removed]"),
        ("a.b axb", "a.b", "[removed] axb"),
        ("He was removed by Ann", "removed", "He was [removed] by Ann"),
        ("İstanbul", "i̇stanbul", "[removed]"),
    ],
)
def test_what_is_left_of_a_text(text: str, words: str, left: str) -> None:
    assert without(text, words) == left


def test_a_title_without_room_for_the_mark_goes_whole(house: House) -> None:
    risk = a_risk(house, title="Jo " * 100)
    assert look_for(now_of(risk), "Jo").rows[0].leave == REMOVED


def test_words_removed_one_field_at_a_time_leave_the_same_as_before(house: House, told: tuple[Risk, Update]) -> None:
    risk, update = told
    said = {"actor": house.actors["chief"], "at": NOW, "reason": "A name"}
    assert redact(now_of(risk), update, "text", **said) == 1
    assert Update.objects.get(pk=update.pk).text == REMOVED
    assert json.loads(entries_of(now_of(risk))[0].canonical)["event"] == "history.redacted"
