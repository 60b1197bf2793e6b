from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.kernel.evidence"
    label = "evidence"

    def ready(self) -> None:
        from candour.kernel.evidence.access import EvidencePermission
        from candour.kernel.evidence.check import check
        from candour.kernel.history.verify import checks
        from candour.kernel.records.happened import guard

        checks.append(check)
        guard("evidence.", EvidencePermission.SEE)
