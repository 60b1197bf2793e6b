"""What mail servers send back is read, whoever sent it; whatever else comes is left aside."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.notices.reports import LARGEST, Report, read_reports
from candour.kernel.notices.rules import Pace, cause, for_good, next_due, offered, pace_of, shuts, status_in
from tests.notices.reports import NOT_HERE, complaint, from_exchange, from_postfix

NUMBER = "0123456789abcdef0123456789abcdef"
WHO = "chief@mereford.example"


def test_a_report_of_postfix_names_the_letter_the_address_and_why() -> None:
    words = f"550 5.1.1 <{WHO}>: Recipient address rejected: User unknown"
    assert read_reports(from_postfix(NUMBER, WHO)) == [Report(NUMBER, frozenset({WHO}), "failed", "5.1.1", words)]


def test_a_report_of_exchange_is_read_in_its_own_way_of_writing() -> None:
    words = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found"
    assert read_reports(from_exchange(NUMBER, WHO)) == [Report(NUMBER, frozenset({WHO}), "failed", "5.1.10", words)]


def test_a_delay_and_a_complaint_are_told_apart_from_a_failure() -> None:
    (late,) = read_reports(from_postfix(NUMBER, WHO, action="delayed", status="4.4.1"))
    assert (late.kind, late.status) == ("delayed", "4.4.1")
    assert read_reports(complaint(NUMBER, WHO)) == [Report(NUMBER, frozenset({WHO}), "complaint", "", "abuse")]


@pytest.mark.parametrize(
    "raw",
    [
        NOT_HERE,
        b"",
        b"\x00\xff" * 50,
        from_postfix(NUMBER, WHO, action="delivered"),
        from_postfix("not-a-number-of-ours", WHO),
        from_postfix(NUMBER, WHO) + b"x" * LARGEST,
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno parts at all",
    ],
)
def test_what_is_no_report_about_a_letter_of_ours_is_left_aside(raw: bytes) -> None:
    assert read_reports(raw) == []


@given(st.binary(max_size=400), st.integers(0, 1400), st.integers(0, 60))
def test_a_report_that_was_damaged_is_read_or_left_aside_and_never_breaks_the_reader(
    noise: bytes, at: int, cut: int
) -> None:
    for raw in (from_postfix(NUMBER, WHO), from_exchange(NUMBER, WHO), complaint(NUMBER, WHO)):
        for report in read_reports(raw[:at] + noise + raw[at + cut :]):
            assert report.kind in {"failed", "delayed", "complaint"}
            assert len(report.message) == 32


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        (550, "5.1.1 User unknown", "5.1.1"),
        (550, "<a@b>: 5.7.1 Relaying denied", "5.7.1"),
        (550, "No such mailbox", "5.1.1"),
        (550, "Message rejected as spam", "5.7.0"),
        (552, "Quota exceeded", "5.2.2"),
        (553, "Bad mailbox name", "5.1.3"),
        (554, "Transaction failed", "5.3.0"),
        (530, "Must issue a STARTTLS command first", "5.3.0"),
        (451, "Try again later", "4.3.0"),
    ],
)
def test_a_reply_code_means_what_the_standards_say(code: int, words: str, status: str) -> None:
    assert status_in(code, words) == status


@pytest.mark.parametrize(
    ("status", "shut", "given_up"),
    [
        ("5.1.1", True, True), ("5.1.10", True, True), ("5.2.1", True, True), ("5.2.2", False, True),
        ("5.6.0", False, True), ("5.3.0", False, False), ("5.4.4", False, False), ("5.7.1", False, False),
        ("", False, False),
    ],
)  # fmt: skip
def test_only_what_is_about_the_address_shuts_it(status: str, shut: bool, given_up: bool) -> None:
    assert (shuts(status), for_good(status)) == (shut, given_up)


def test_a_cause_says_what_mends_it() -> None:
    assert cause("5.1.1") == "There is no such mailbox: correct the address of the person"
    assert cause("5.2.2") == "The mailbox is full: ask the person to make room, then send it again"
    assert cause("5.1.99") == "The address is wrong: correct it"
    assert cause("") == "The mail server refused it: ask whoever keeps it, or correct the address"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, whose first is a Sunday, when London keeps UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pace", "after", "due"),
    [
        (Pace.DAILY, at(4, 7, 59), at(4, 8)),
        (Pace.DAILY, at(4, 8), at(5, 8)),
        (Pace.DAILY, at(4, 20), at(5, 8)),
        (Pace.WEEKLY, at(2, 7), at(2, 8)),  # a Monday
        (Pace.WEEKLY, at(2, 8), at(9, 8)),
        (Pace.WEEKLY, at(4, 12), at(9, 8)),
        (Pace.WEEKLY, at(1, 23), at(2, 8)),
    ],
)
def test_a_letter_that_gathers_others_is_due_at_the_hour_and_on_the_day_chosen(
    pace: Pace, after: datetime, due: datetime
) -> None:
    assert next_due(pace, hour=8, weekday=0, after=after) == due


def test_the_hour_is_londons_in_summer_too() -> None:
    after = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
    assert next_due(Pace.DAILY, hour=8, weekday=0, after=after) == datetime(2026, 6, 16, 7, 0, tzinfo=UTC)


def test_nobody_wishes_for_slower_than_a_kind_allows() -> None:
    assert offered(Pace.AT_ONCE) == (Pace.AT_ONCE,)
    assert offered(Pace.DAILY) == (Pace.AT_ONCE, Pace.DAILY)
    assert pace_of("never", Pace.DAILY) is Pace.DAILY
    assert pace_of("weekly", Pace.NEVER) is Pace.WEEKLY
    assert pace_of("", Pace.NEVER) is Pace.AT_ONCE
    assert pace_of("sometimes", Pace.NEVER) is Pace.AT_ONCE
