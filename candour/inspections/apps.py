from urllib.parse import quote

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.inspections"
    label = "inspections"

    def ready(self) -> None:
        from candour.inspections.access import InspectionPermission
        from candour.inspections.commands import reminding
        from candour.inspections.intake import LIST
        from candour.inspections.papers.export import INSPECTION_EXPORT
        from candour.inspections.papers.kind import INSPECTIONS
        from candour.inspections.papers.response import RESPONSE
        from candour.inspections.queries.owned import OWNED
        from candour.kernel.establishment import work
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.notices import sources as notices
        from candour.kernel.notices.rules import Pace
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.publication import sources
        from candour.kernel.records import registers
        from candour.kernel.service import scopes
        from candour.kernel.web import called, navigation

        kinds()
        called.call({"statement": "A form of the management statement"})
        navigation.register("Inspections", "inspections", InspectionPermission.SEE, order=37)
        papers_in.register(LIST)
        papers_out.register(INSPECTIONS)
        exports.register(INSPECTION_EXPORT)
        sources.register(RESPONSE)
        at, changes = registers.as_paper(INSPECTIONS.name)
        registers.register(
            registers.Register(
                order=37, label="Inspections", permission=InspectionPermission.SEE, at=at, changes=changes
            )
        )
        notices.register_address(reminding.ABOUT, reminding.address_of_inspection)
        notices.register_address(reminding.ABOUT_REVIEW, reminding.address_of_review)
        notices.register_reminder("inspections", reminding.write_reminders)
        notices.register_kind(
            notices.Kind(
                reminding.ABOUT, "Days of inspections", Pace.AT_ONCE, "Some of the days are set by law", order=20
            )
        )
        notices.register_kind(
            notices.Kind(
                reminding.ABOUT_REVIEW,
                "Monthly reviews of inspections",
                Pace.DAILY,
                notices.SET_FOR_A_POST,
                order=32,
            )
        )
        for source in OWNED:
            work.register(source)
        scopes.register(scopes.Register("inspections", "Inspections", InspectionPermission.SEE, order=70))


def kinds() -> None:
    """Inspections and items of the force management statement as kinds of records."""
    from candour.inspections.access import InspectionPermission
    from candour.inspections.models import InspectionLine, StatementLine
    from candour.inspections.queries import lines as made
    from candour.kernel.records.kinds import Kind, register, told_in

    register(
        Kind(
            name="inspection",
            label="Inspection",
            plural="Inspections",
            see=InspectionPermission.SEE,
            address=lambda organisation, reference: quote(f"/inspections/{organisation}/{reference}/"),
            line_model=InspectionLine,
            lines=made.inspection_lines,
            search_text=made.inspection_texts,
            events=told_in("candour.inspections.views.words"),
        )
    )
    register(
        Kind(
            name="statement-item",
            label="Item of the force management statement",
            plural="Items of the force management statement",
            see=InspectionPermission.SEE,
            address=lambda organisation, reference: quote(f"/inspections/statement/{organisation}/{reference}/"),
            line_model=StatementLine,
            lines=made.statement_lines,
            search_text=made.statement_texts,
            events=told_in("candour.inspections.views.words"),
        )
    )
