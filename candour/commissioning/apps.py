from urllib.parse import quote

from django.apps import AppConfig


class Config(AppConfig):
    name = "candour.commissioning"
    label = "commissioning"

    def ready(self) -> None:
        from candour.commissioning.access import CommissioningPermission
        from candour.commissioning.models import AgreementLine
        from candour.commissioning.papers.export import AGREEMENT_EXPORT
        from candour.commissioning.papers.kind import AGREEMENTS
        from candour.commissioning.queries.lines import agreement_lines, agreement_texts
        from candour.kernel.papers import exports
        from candour.kernel.papers import kinds as papers_out
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
        papers_out.register(AGREEMENTS)
        exports.register(AGREEMENT_EXPORT)
