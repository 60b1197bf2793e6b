from dataclasses import replace
from urllib.parse import quote

from django.apps import AppConfig
from django.urls import reverse


class Config(AppConfig):
    name = "candour.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        from candour.audits.intake import progress
        from candour.boards.queries import acts
        from candour.kernel.establishment import work
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.notices import sources as notices
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.records import raised as raised_from_records
        from candour.kernel.records.kinds import Kind, Owners, Parts, register, told_in
        from candour.recommendations import intake
        from candour.recommendations.access import RecommendationPermission
        from candour.recommendations.commands.acts import CLOSE
        from candour.recommendations.commands.letters import ABOUT
        from candour.recommendations.commands.raising import raise_from_records
        from candour.recommendations.commands.reminding import write_reminders
        from candour.recommendations.intake import across, choices, columns, reported, save
        from candour.recommendations.models import Assignment, RecommendationLine, SlipLine
        from candour.recommendations.papers.changes.kind import RECOMMENDATION_CHANGES
        from candour.recommendations.papers.export import RECOMMENDATION_EXPORT
        from candour.recommendations.papers.kind import RECOMMENDATIONS
        from candour.recommendations.queries.lines import recommendation_lines, recommendation_texts, slip_lines
        from candour.recommendations.queries.links import link_address
        from candour.recommendations.queries.owned import RECOMMENDATIONS as OWNED
        from candour.recommendations.queries.raised import raised, raised_then

        register(
            Kind(
                name="recommendation",
                label="Recommendation",
                plural="Recommendations",
                see=RecommendationPermission.SEE,
                address=lambda organisation, reference: quote(f"/recommendations/{organisation}/{reference}/"),
                line_model=RecommendationLine,
                lines=recommendation_lines,
                search_text=recommendation_texts,
                events=told_in("candour.recommendations.views.words"),
                owners=Owners(Assignment, of="recommendation"),
                parts=(Parts(SlipLine, slip_lines),),
            )
        )
        papers_in.register(
            papers_in.PaperKind(
                name=intake.KIND,
                label="Recommendations tracker",
                recognises=intake.recognises,
                propose=intake.propose,
                choices=choices.choices,
                compare=save.compare,
                save=save.save,
                against={"audit-progress": across.between},
                fields=columns.FIELDS,
                needs=frozenset({"text", "heading"}),
            )
        )
        exports.register(RECOMMENDATION_EXPORT)
        papers_out.register(RECOMMENDATIONS)
        papers_out.register(RECOMMENDATION_CHANGES)
        raised_from_records.register("recommendation", raised, then=raised_then)
        raised_from_records.register_maker(raise_from_records)
        notices.register_address(ABOUT, link_address)
        notices.register_reminder("update cycles", write_reminders)
        letters()
        self.open_to_people_and_scripts()
        # What its reports recommend is raised from the audits that a progress report brings.
        (report,) = (kind for kind in papers_in.kinds() if kind.name == progress.KIND)
        papers_in.register(replace(report, compare=reported.compare, save=reported.save))
        acts.register(CLOSE)
        work.register(OWNED)

    def open_to_people_and_scripts(self) -> None:
        """Its place in the navigation and among the registers of a past day, and its register in the API."""
        from candour.kernel.records import registers
        from candour.kernel.service import scopes
        from candour.kernel.web import called, navigation
        from candour.recommendations.access import RecommendationPermission as Permission

        registers.register(
            registers.Register(
                order=30,
                label="Recommendations",
                permission=Permission.SEE,
                at=lambda day: f"{reverse('recommendations')}?as_at={day.isoformat()}",
                changes=lambda since, day: (
                    f"{reverse('paper-draft', args=['recommendation-changes'])}"
                    f"?since={since.isoformat()}&as_at={day.isoformat()}"
                ),
            )
        )
        called.call(
            {
                "answer": "The link in a letter",
                "recommendations-cycle": "A cycle of updates",
                "recommendations-cycle-letters": "The letters of a cycle of updates",
            }
        )
        navigation.register("Recommendations", "recommendations", Permission.SEE, order=30)
        write = frozenset({Permission.UPDATE})
        scopes.register(scopes.Register("recommendations", "Recommendations", Permission.SEE, write, order=20))


def letters() -> None:
    """The kinds of letters about recommendations."""
    from candour.kernel.notices.rules import Pace
    from candour.kernel.notices.sources import Kind, register_kind
    from candour.recommendations.commands import dates, letters

    why = "Each holds a link that opens the question to your post alone, and a day to answer by"
    register_kind(Kind(letters.ABOUT, "What update cycles ask of your posts", Pace.AT_ONCE, why, order=10))
    register_kind(Kind(letters.LINE, "Posts below yours that have not answered", Pace.NEVER, order=40))
    register_kind(Kind(dates.KIND, "Answers to new dates that you asked for", Pace.NEVER, order=50))
