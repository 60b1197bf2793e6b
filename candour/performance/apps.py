from urllib.parse import quote

from django.apps import AppConfig
from django.urls import reverse


class Config(AppConfig):
    name = "candour.performance"
    label = "performance"

    def ready(self) -> None:
        from candour.kernel.establishment import work
        from candour.kernel.history.verify import checks
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.publication import sources
        from candour.kernel.records import registers
        from candour.kernel.records.kinds import Kind, Past, register, told_in
        from candour.kernel.service import scopes
        from candour.kernel.web import called, navigation
        from candour.performance.access import PerformancePermission
        from candour.performance.intake import MEASURES
        from candour.performance.models import MeasureLine, PastLine
        from candour.performance.papers.export import MEASURE_EXPORT
        from candour.performance.papers.kind import PERFORMANCE
        from candour.performance.queries.kept import measure_lines, measure_texts
        from candour.performance.queries.owned import OWNED
        from candour.performance.queries.past_lines import past_lines
        from candour.performance.queries.verify import first_failure

        register(
            Kind(
                name="measure",
                label="Measure",
                plural="Measures",
                see=PerformancePermission.SEE,
                address=lambda organisation, reference: quote(f"/performance/{organisation}/{reference}/"),
                line_model=MeasureLine,
                lines=measure_lines,
                search_text=measure_texts,
                events=told_in("candour.performance.views.words"),
                past=Past(PastLine, past_lines),
            )
        )
        checks.append(first_failure)
        called.call({"set": "A set of measures", "group": "A group of bodies"})
        navigation.register("Performance", "measures", PerformancePermission.SEE, order=42)
        papers_in.register(MEASURES)
        papers_out.register(PERFORMANCE)
        sources.open_page("Figures of measures", "open-measures")
        exports.register(MEASURE_EXPORT)
        registers.register(
            registers.Register(
                order=42,
                label="Measures",
                permission=PerformancePermission.SEE,
                at=lambda day: f"{reverse('measures')}?as_at={day.isoformat()}",
                changes=lambda since, day: (
                    f"{reverse('measures-changes')}?since={since.isoformat()}&as_at={day.isoformat()}"
                ),
            )
        )
        for source in OWNED:
            work.register(source)
        scopes.register(
            scopes.Register(
                "measures", "Measures", PerformancePermission.SEE, frozenset({PerformancePermission.MANAGE}), order=40
            )
        )
