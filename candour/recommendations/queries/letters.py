"""What went out in a cycle: its links and letters, what became of each, and what came through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Count, Max, Q

from candour.kernel.history.models import Entry
from candour.kernel.notices.models import Notice
from candour.kernel.notices.queries import why_back
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.recommendations import rules
from candour.recommendations.models import AnswerLink, Cycle
from candour.recommendations.queries.cycles import AskRow
from candour.recommendations.queries.links import shut_on
from candour.recommendations.rules import mail

ANSWERS = ("recommendation.updated", "recommendation.closure_proposed")


@dataclass(frozen=True)
class Letter:
    """A letter of a cycle, and what it was for in words. stopped: the link that it carries opens no more."""

    notice: Notice
    words: str
    stopped: bool = False

    @property
    def state(self) -> Literal["sent", "back", "waits", "gathered", "failed", "dropped"]:
        """back: it went out, and a mail server sent it back. gathered: it waits for a letter that gathers several.

        failed: it was tried, and did not go out. dropped: its link stopped before it went out, and it never will.
        """
        it = self.notice
        if it.sent_at:
            return "back" if self.back else "sent"
        if it.dropped_at or self.stopped:
            return "dropped"
        return "failed" if it.error else "gathered" if it.gathered_at else "waits"

    @property
    def back(self) -> str:
        """Why it came back, and what mends it; "" where it did not."""
        return why_back(self.notice)


@dataclass(frozen=True)
class LinkRow:
    """A link with the letters that carried it. shut: why it opens no more; "" where it does.

    answers: how many came through it; used_at: when something last did, a file too; None where nothing did.
    """

    link: AnswerLink
    letters: tuple[Letter, ...]
    shut: rules.Opens
    answers: int
    used_at: datetime | None
    owes: bool

    @property
    def last(self) -> Letter | None:
        return self.letters[-1] if self.letters else None


@dataclass(frozen=True)
class LineLetter:
    """A letter to the post above, about a post that has not answered."""

    post: Post
    letter: Letter


@dataclass(frozen=True)
class WentOut:
    """Everything that went out in a cycle. nowhere: posts that owe an answer and answer to no post that could be told."""

    links: tuple[LinkRow, ...]
    line: tuple[LineLetter, ...]
    nowhere: tuple[Post, ...]


def went_out(cycle: Cycle, asks: Sequence[AskRow], *, today: date) -> WentOut:
    """The links and letters to and about posts that are asked something which the reader sees. Four queries.

    asks: what the reader sees of what the cycle asks. Links that open stand before those that do not, by post, its own first.
    """
    posts = {row.ask.post_id: row.ask.post for row in asks}
    owing = {row.ask.post_id for row in asks if row.owes}
    rows = AnswerLink.objects.filter(cycle=cycle, post__in=posts).select_related("cycle", "post", "to")
    links = list(rows.order_by("post__title", "to__title", "-pk"))
    links.sort(key=lambda link: (link.post.title, link.to_id != link.post_id))
    notices = Notice.objects.filter(key__startswith=mail.beginning(cycle.pk)).select_related("to").order_by("pk")
    notices = notices.prefetch_related("returned")
    shut = {link.pk: shut_on(link, today) for link in links}
    by_link: dict[int, list[Letter]] = {}
    line = []
    for notice in notices:
        key = mail.read_key(notice.key)
        letter = Letter(notice, key.words, stopped=shut.get(notice.about_id or 0, "") != "")
        if notice.about_id is not None:
            by_link.setdefault(notice.about_id, []).append(letter)
        elif key.post in posts:
            line.append(LineLetter(posts[key.post], letter))
    used = _used([link.pk for link in links], {row.ask.recommendation_id for row in asks})
    found = []
    for link in links:
        answers, last = used.get(link.pk, (0, None))
        carried, owes = tuple(by_link.get(link.pk, ())), link.post_id in owing
        found.append(LinkRow(link, carried, shut[link.pk], answers, last, owes))
    nowhere = tuple(post for number, post in posts.items() if number in owing and post.answers_to_id is None)
    return WentOut(tuple(sorted(found, key=lambda row: row.shut != "")), tuple(line), nowhere)


def _used(links: Sequence[int], records: set[int]) -> dict[int, tuple[int, datetime | None]]:
    """By link how many answers came through it, and when something last did, on some records. One query."""
    rows = Entry.objects.filter(
        record_kind=Record._meta.label_lower, record_id__in=records, actor_kind="link", actor_id__in=links
    )
    told = rows.order_by().values_list("actor_id")
    counted = told.annotate(answers=Count("pk", filter=Q(event__in=ANSWERS)), last=Max("recorded_at"))
    return {link: (answers, last) for link, answers, last in counted}
