from urllib.parse import quote

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.plan"
    label = "plan"

    def ready(self) -> None:
        from candour.kernel.establishment import work
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.publication import sources
        from candour.kernel.records import priorities, registers
        from candour.kernel.service import scopes
        from candour.kernel.web import navigation
        from candour.plan.access import PlanPermission
        from candour.plan.intake import DELIVERY_PLAN
        from candour.plan.papers.export import ACTIVITY_EXPORT
        from candour.plan.papers.kind import PLAN_DELIVERY
        from candour.plan.papers.public import PUBLIC_PLAN
        from candour.plan.queries.owned import OWNED
        from candour.plan.queries.priorities import priorities_named

        kinds()
        navigation.register("Plan", "plans", PlanPermission.SEE, order=43)
        papers_out.register(PLAN_DELIVERY)
        sources.register(PUBLIC_PLAN)
        exports.register(ACTIVITY_EXPORT)
        papers_in.register(DELIVERY_PLAN)
        at, changes = registers.as_paper("plan-delivery")
        registers.register(registers.Register(43, "Delivery of the plan", PlanPermission.SEE, at, changes))
        priorities.register(priorities_named)
        for source in OWNED:
            work.register(source)
        scopes.register(scopes.Register("plan", "Plans and activities", PlanPermission.SEE, order=50))


def kinds() -> None:
    """Plans, objectives and activities as kinds of records."""
    from candour.kernel.records.kinds import Kind, register, told_in
    from candour.plan.access import PlanPermission
    from candour.plan.models import ActivityLine, ObjectiveLine, PlanLine
    from candour.plan.queries import kept

    for name, label, plural, line, lines, texts in (
        ("plan", "Plan", "Plans", PlanLine, kept.plan_lines, kept.plan_texts),
        ("objective", "Objective", "Objectives", ObjectiveLine, kept.objective_lines, kept.objective_texts),
        ("activity", "Activity", "Activities", ActivityLine, kept.activity_lines, kept.activity_texts),
    ):
        register(
            Kind(
                name=name,
                label=label,
                plural=plural,
                see=PlanPermission.SEE,
                address=_addresses(f"/plan/{plural.lower()}/"),
                line_model=line,
                lines=lines,
                search_text=texts,
                events=told_in("candour.plan.views.words"),
            )
        )


def _addresses(where: str):  # type: ignore[no-untyped-def]
    return lambda organisation, reference: quote(f"{where}{organisation}/{reference}/")
