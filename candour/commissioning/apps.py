from urllib.parse import quote

from django.apps import AppConfig
from django.urls import reverse


class Config(AppConfig):
    name = "candour.commissioning"
    label = "commissioning"

    def ready(self) -> None:
        from candour.commissioning.access import CommissioningPermission
        from candour.commissioning.models import AgreementLine
        from candour.commissioning.papers.changes.kind import AGREEMENT_CHANGES
        from candour.commissioning.papers.export import AGREEMENT_EXPORT
        from candour.commissioning.papers.kind import AGREEMENTS
        from candour.commissioning.queries.lines import agreement_lines, agreement_texts
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
        from candour.kernel.records import registers
        from candour.kernel.records.kinds import Kind, register
        from candour.kernel.web import navigation

        register(
            Kind(
                name="agreement",
                label="Agreement",
                plural="Agreements",
                see=CommissioningPermission.SEE,
                address=lambda organisation, reference: quote(f"/agreements/{organisation}/{reference}/"),
                line_model=AgreementLine,
                lines=agreement_lines,
                search_text=agreement_texts,
            )
        )
        navigation.register("Agreements", "agreements", CommissioningPermission.SEE, order=45)
        registers.register(
            registers.Register(
                order=45,
                label="Agreements",
                permission=CommissioningPermission.SEE,
                at=lambda day: f"{reverse('agreements')}?as_at={day.isoformat()}",
                changes=lambda since, day: (
                    f"{reverse('agreements-changes')}?since={since.isoformat()}&as_at={day.isoformat()}"
                ),
            )
        )
        papers_out.register(AGREEMENTS)
        papers_out.register(AGREEMENT_CHANGES)
        exports.register(AGREEMENT_EXPORT)
