import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from candour.config.demo.asks import ASKS
from candour.config.demo.audits import AUDITS, OPINIONS, PRIORITIES
from candour.config.demo.bodies import BODIES
from candour.config.demo.follow_ups import ACTIONS
from candour.config.demo.posts import POSTS, ROLES_OF_POSTS, SPELLS, USERS
from candour.config.demo.quiet import QUIET
from candour.config.demo.risks import TALES
from candour.config.demo.scales import SCALES
from candour.config.demo.shapes import Review, Settle
from candour.config.roles import ROLES
from candour.kernel.scales.rules import check

PAPERS = Path(__file__).parents[3] / "shared" / "papers"
LONGEST_COPIED = 8  # words


def texts(value: Any) -> Iterator[str]:
    """Every text in the demo's data."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name))
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts(item)


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of one word more than may be copied."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + LONGEST_COPIED + 1]) for start in range(len(words) - LONGEST_COPIED)}


def test_no_run_of_more_than_eight_words_is_found_in_a_real_paper() -> None:
    papers = sorted(PAPERS.glob("*.txt"))
    if not papers:
        pytest.skip("the papers are not beside this checkout")
    printed = set().union(*(runs(paper.read_text()) for paper in papers))
    told = [TALES, ACTIONS, ASKS, QUIET, POSTS, BODIES, SCALES, AUDITS, OPINIONS, PRIORITIES]
    said = set().union(*(runs(text) for text in texts(told)))
    assert len(said) > 1000
    assert said & printed == set()


def test_both_scales_can_be_scored_on() -> None:
    assert {name: check(matrix) for name, matrix in SCALES.items()} == {"office": [], "force": []}


def test_references_and_titles_are_used_once() -> None:
    assert [ref for ref, times in Counter(tale.ref for tale in TALES).items() if times > 1] == []
    assert [title for title, times in Counter(tale.title for tale in TALES).items() if times > 1] == []
    assert [tale.ref for tale in TALES if not re.fullmatch(r"MPC0\d\d|ST02\d\d", tale.ref)] == []


def test_references_and_headings_of_recommendations_are_used_once_and_lead_to_what_there_is() -> None:
    assert [ref for ref, times in Counter(ask.ref for ask in ASKS).items() if times > 1] == []
    assert {ask.repeat_of for ask in ASKS if ask.repeat_of} <= {ask.ref for ask in ASKS}
    assert {ask.bears_on for ask in ASKS if ask.bears_on} <= {tale.ref for tale in TALES}
    assert {post for ask in ASKS for post, _ in ask.owners} <= set(POSTS)


def test_every_title_says_what_could_happen() -> None:
    assert [tale.title for tale in TALES if len(tale.title.split()) < 5 or tale.title.startswith("Risk")] == []
    assert [tale.ref for tale in TALES if not (tale.source and tale.event and tale.effect)] == []


def test_steps_answer_controls_that_stand() -> None:
    wrong = []
    for tale in TALES:
        numbers = [number for step in tale.steps if isinstance(step, Review) for number, _, _ in step.answers]
        numbers += [step.number for step in tale.steps if isinstance(step, Settle)]
        wrong += [(tale.ref, number) for number in numbers if not 1 <= number <= len(tale.controls)]
    assert wrong == []


def test_posts_and_roles_of_the_data_exist() -> None:
    named = {user.post for user in USERS} | {spell.post for spell in SPELLS}
    named |= {post for tale in TALES for post in (tale.owner, tale.officer)}
    named |= {action.owner for action in ACTIONS} | {audit.owner for audit in AUDITS}
    assert {ref for audit in AUDITS for ref in audit.risks} - {tale.ref for tale in TALES} == set()
    assert {action.ref for action in ACTIONS} - {tale.ref for tale in TALES} == set()
    assert named - set(POSTS) == set()
    roles = {role for user in USERS for role, _ in user.grants} | {role for _, role, _ in ROLES_OF_POSTS}
    assert roles - set(ROLES) == set()


def test_thirteen_users_are_offered_by_name() -> None:
    assert [user.username for user in USERS if user.named] == [
        "policy.officer",
        "board.secretary",
        "administrator",
        "chief.executive",
        "finance.officer",
        "head.communications",
        "performance.manager",
        "commissioning.officer",
        "grant.scorer",
        "force.risk",
        "force.assistant.chief",
        "panel.member",
        "auditor",
        "reader",
    ]
