from typing import TYPE_CHECKING
from urllib.parse import quote

from django.apps import AppConfig

if TYPE_CHECKING:
    from candour.kernel.intake.kinds import PaperKind


class Config(AppConfig):
    name = "candour.boards"
    label = "boards"

    def ready(self) -> None:
        from candour.boards.access import BoardPermission
        from candour.boards.models import BoardActionLine, BoardActionText, ItemLine, MeetingLine
        from candour.boards.papers.actions import BOARD_ACTIONS
        from candour.boards.papers.agenda import AGENDAS
        from candour.boards.papers.decisions import BOARD_DECISIONS
        from candour.boards.papers.notice import NOTICES
        from candour.boards.papers.summary import SUMMARIES
        from candour.boards.queries.lines import (
            action_lines,
            action_texts,
            item_lines,
            item_texts,
            meeting_lines,
            meeting_texts,
        )
        from candour.boards.queries.owned import SOURCES
        from candour.kernel.actions.access import ActionPermission
        from candour.kernel.establishment import work
        from candour.kernel.evidence import cited
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.publication import sources
        from candour.kernel.records import registers
        from candour.kernel.records.kinds import Kind, Parts, register, told_in
        from candour.kernel.service import scopes
        from candour.kernel.web import navigation

        register(
            Kind(
                name="meeting",
                label="Meeting",
                plural="Meetings",
                see=BoardPermission.SEE,
                address=lambda organisation, reference: quote(f"/boards/meetings/{organisation}/{reference}/"),
                line_model=MeetingLine,
                lines=meeting_lines,
                search_text=meeting_texts,
                events=told_in("candour.boards.views.words"),
            )
        )
        register(
            Kind(
                name="item",
                label="Agenda item",
                plural="Agenda items",
                see=BoardPermission.SEE,
                address=lambda organisation, reference: quote(f"/boards/items/{organisation}/{reference}/"),
                line_model=ItemLine,
                lines=item_lines,
                search_text=item_texts,
                events=told_in("candour.boards.views.words"),
                parts=(Parts(BoardActionLine, action_lines), Parts(BoardActionText, action_texts)),
            )
        )
        for source in (AGENDAS, SUMMARIES, NOTICES):
            sources.register(source)
        _call_pages()
        navigation.register("Boards", "boards", BoardPermission.SEE, order=40)
        _write_letters()
        papers_out.register(BOARD_ACTIONS)
        for owned in SOURCES:
            work.register(owned)
        papers_out.register(BOARD_DECISIONS)
        for order, label, permission, kind in (
            (41, "Actions of boards", ActionPermission.SEE, BOARD_ACTIONS),
            (42, "Decisions of boards", BoardPermission.SEE, BOARD_DECISIONS),
        ):
            registers.register(registers.Register(order, label, permission, *registers.as_paper(kind.name)))
        papers_in.register(_log_of_actions())
        _watch_history()
        cited.register(cited.Source("boards.Pack", ("pdf_sha256", "word_sha256")))
        cited.register(cited.Source("boards.Making", ("pdf_sha256",), held=False))
        scopes.register(scopes.Register("boards", "Boards, decisions and their actions", BoardPermission.SEE, order=85))


def _write_letters() -> None:
    """The letters of boards: papers that are out, and actions that are due."""
    from candour.boards.commands import packs
    from candour.boards.commands.reminding import ABOUT, link_address, write_reminders
    from candour.kernel.notices import sources as notices
    from candour.kernel.notices.rules import Pace

    notices.register_address(ABOUT, link_address)
    notices.register_address(packs.ABOUT, packs.link_address)
    notices.register_reminder("actions of boards", write_reminders)
    notices.register_kind(notices.Kind(packs.ABOUT, "Papers of boards", Pace.NEVER, order=60))
    due = "Actions of boards that are due to your posts"
    notices.register_kind(notices.Kind(ABOUT, due, Pace.DAILY, notices.SET_FOR_A_POST, order=30))


def _watch_history() -> None:
    """What is written in every recording of a decision, and what verify looks at."""
    from candour.boards.commands.finding import finish
    from candour.boards.queries.kept import first_failure, wrong_text
    from candour.kernel.history.batch import finishers
    from candour.kernel.history.verify import checks, checks_in_parts

    finishers.append(finish)
    checks.append(first_failure)
    checks_in_parts.append(wrong_text)


def _log_of_actions() -> "PaperKind":
    from candour.boards import intake
    from candour.boards.intake import save as saving
    from candour.boards.intake.columns import FIELDS
    from candour.kernel.intake.kinds import Choice, PaperKind

    return PaperKind(
        name=intake.KIND,
        label="Log of actions",
        recognises=intake.recognises,
        propose=intake.propose,
        choices=lambda finding, record: [Choice("0", "Keep as printed")],
        compare=saving.compare,
        save=saving.save,
        fields=FIELDS,
        needs=frozenset({"text"}),
    )


def _call_pages() -> None:
    """What pages of boards are called where the log of openings names them."""
    from candour.kernel.web import called

    pack = "A pack of a meeting"
    called.call({"board": "A board", "board-forward": "The forward plan of a board", "decision": "A decision"})
    called.call({"pack-file": pack, "pack-share": pack, "meeting-pack": pack})
