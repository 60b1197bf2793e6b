from urllib.parse import quote

from django.apps import AppConfig
from django.urls import reverse


class Config(AppConfig):
    name = "candour.risks"
    label = "risks"

    def ready(self) -> None:

        from candour.boards.queries import acts
        from candour.kernel.establishment import work
        from candour.kernel.intake import kinds as papers_in
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.records import registers
        from candour.kernel.records.kinds import Kind, Parts, register, told_in
        from candour.kernel.scales import scored
        from candour.kernel.service import scopes
        from candour.kernel.web import navigation
        from candour.risks import intake
        from candour.risks.access import RiskPermission
        from candour.risks.commands.acts import CLOSE, ESCALATE, SCORE
        from candour.risks.intake import choices, labels, save
        from candour.risks.models import ControlLine, Level, RiskLine
        from candour.risks.papers.changes.kind import RISK_CHANGES
        from candour.risks.papers.export import RISK_EXPORT
        from candour.risks.papers.kind import RISK_REGISTER
        from candour.risks.queries.another_scale import band_moves, categories_in_use
        from candour.risks.queries.lines import control_lines, risk_lines, risk_texts
        from candour.risks.queries.owned import SOURCES

        register(
            Kind(
                name="risk",
                label="Risk",
                plural="Risks",
                see=RiskPermission.SEE,
                address=lambda organisation, reference: quote(f"/risks/{organisation}/{reference}/"),
                line_model=RiskLine,
                lines=risk_lines,
                search_text=risk_texts,
                events=told_in("candour.risks.views.words"),
                parts=(Parts(ControlLine, control_lines),),
            )
        )
        papers_in.register(
            papers_in.PaperKind(
                name="risk-register",
                label="Risk register paper",
                recognises=intake.recognises,
                propose=intake.propose,
                choices=choices.choices,
                compare=save.compare,
                save=save.save,
                fields=labels.FIELDS,
                needs=frozenset({"title", "summary", "reference"}),
                order=10,
            )
        )
        registers.register(
            registers.Register(
                order=20,
                label="Risks",
                permission=RiskPermission.SEE,
                at=lambda day: f"{reverse('risks')}?as_at={day.isoformat()}",
                changes=lambda since, day: (
                    f"{reverse('risk-changes')}?since={since.isoformat()}&as_at={day.isoformat()}"
                ),
            )
        )
        navigation.register("Risks", "risks", RiskPermission.SEE, order=20)
        papers_out.register(RISK_REGISTER)
        papers_out.register(RISK_CHANGES)
        exports.register(RISK_EXPORT)
        scopes.register(scopes.Register("risks", "Risks", RiskPermission.SEE, frozenset({RiskPermission.REVIEW}), 10))
        levels = tuple((str(value), str(label)) for value, label in Level.choices)
        scored.register(scored.Scored("risk", "risks", levels, band_moves, categories_in_use))
        for act in (CLOSE, ESCALATE, SCORE):
            acts.register(act)
        for source in SOURCES:
            work.register(source)
