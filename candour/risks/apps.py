from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.risks"
    label = "risks"

    def ready(self) -> None:
        from candour.kernel.records.kinds import Kind, register
        from candour.risks.access import RiskPermission
        from candour.risks.models import RiskLine
        from candour.risks.queries.lines import risk_lines, risk_texts

        register(
            Kind(
                name="risk",
                label="Risk",
                plural="Risks",
                see=RiskPermission.SEE,
                address=lambda organisation, reference: f"/risks/{organisation}/{reference}/",
                line_model=RiskLine,
                lines=risk_lines,
                search_text=risk_texts,
            )
        )
